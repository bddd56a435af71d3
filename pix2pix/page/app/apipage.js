/**
 * Shows Gradio's API page at `?view=api`. Gradio 6.31 takes it for shown already but fetches it only
 * when its link is pressed, which this page hides: closed by the first press, opened by the second.
 */
export function openApiPage() {
  if (new URLSearchParams(location.search).get('view') !== 'api') return;
  /** @type {HTMLElement | null} */
  const link = document.querySelector('footer .show-api');
  if (!link) return void setTimeout(openApiPage, 100); // it comes after the page's components
  link.click();
  link.click();
}

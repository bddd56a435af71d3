/**
 * Stops a clock that nobody sees: what Gradio shows while the page loads counts its seconds at every
 * frame, and for good, though it is gone as soon as the page is there. No tablet could rest.
 * Has to run before Gradio's scripts.
 * @param {Pick<Window, 'requestAnimationFrame'>} window
 */
export function stopLoaderClock(window) {
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (run) => (LOADER_CLOCK.test(String(run)) ? 0 : ask(run));
}

const LOADER_CLOCK = /performance\.now\(\)\s*-[^;]*\/\s*(1e3|1000)/; // its seconds

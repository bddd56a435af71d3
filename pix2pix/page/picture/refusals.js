/**
 * Notices requests of the page that the server turned away, too large or at a wrong place: Gradio
 * tells of no answer then, and the page would wait for one for ever.
 *
 * @param {() => void} refused
 */
export function watchRefusals(refused) {
  if (!globalThis.PerformanceObserver) return;
  new PerformanceObserver((list) => {
    const requests = /** @type {PerformanceResourceTiming[]} */ (list.getEntries());
    if (requests.some(isRefused)) refused();
  }).observe({ type: 'resource' });
}

/**
 * Older browsers do not know the status; there the page gives up after a while.
 * @param {Pick<PerformanceResourceTiming, 'name' | 'responseStatus'>} request
 */
export function isRefused({ name, responseStatus }) {
  return /\/queue\/(join|data)\b/.test(name) && responseStatus >= 400;
}

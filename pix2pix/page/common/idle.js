/**
 * Runs `run` when the browser has nothing to do.
 * @param {() => void} run
 */
export function whenIdle(run) {
  if (window.requestIdleCallback) window.requestIdleCallback(run, { timeout: 2000 });
  else setTimeout(run, 200);
}

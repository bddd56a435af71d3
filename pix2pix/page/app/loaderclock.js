/**
 * Stops a clock that nobody sees: what Gradio shows while the page loads counts its seconds at every
 * frame, and for good, though it is gone as soon as the page is there. No tablet could rest.
 * Has to run before Gradio's scripts; frames are asked for as ever once the clock has been found.
 * @param {Pick<Window, 'requestAnimationFrame'>} window
 */
export function stopLoaderClock(window) {
  const ask = window.requestAnimationFrame;
  window.requestAnimationFrame = (run) => {
    if (!LOADER_CLOCK.test(String(run))) return ask.call(window, run);
    window.requestAnimationFrame = ask;
    return 0;
  };
}

const LOADER_CLOCK = /performance\.now\(\)\s*-[^;]*\/\s*(1e3|1000)/; // its seconds

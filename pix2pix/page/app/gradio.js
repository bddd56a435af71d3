import { Choice } from '../engine/choice.js';
import { isOnIOS } from '../engine/ios.js';
import { ServerLine } from '../picture/line.js';
import { openApiPage } from './apipage.js';
import { openPage } from './main.js';
import { makeEngines } from './paintshop.js';

/** @import { Preferences } from '../common/preferences.js' */
/** @import { Line } from '../picture/server.js' */
/** @import { PageSettings } from './app.js' */

/**
 * What Gradio runs: the page whose pictures come from the server, or are made in the browser where
 * the server has what that takes.
 *
 * @param {HTMLElement} root
 * @param {{value: object, settings: string}} props of the component, see canvas.py
 * @param {(event: string) => void} trigger tells Gradio that `props.value` holds a new request
 */
export function openInGradio(root, props, trigger) {
  /** @param {object} request */
  const queue = (request) => {
    props.value = request;
    trigger('input');
  };
  /** @type {PageSettings} */
  const settings = JSON.parse(props.settings);
  openPage(root, settings, (preferences, failing) =>
    connect(settings, preferences, new ServerLine(queue, failing)),
  );
  openApiPage();
}

/**
 * @param {PageSettings} settings
 * @param {Preferences} preferences
 * @param {ServerLine} line
 * @returns {Line}
 */
function connect({ engine }, preferences, line) {
  if (!engine) return line;
  const asked = new URLSearchParams(location.search).get('engine');
  const named = ['server', 'browser'].find((name) => name === asked);
  const choice = new Choice({
    server: (wish) => line.send(wish),
    engine: (answered) => makeEngines(engine, answered),
    answer: (detail) => window.dispatchEvent(new CustomEvent('sketch-answer', { detail })),
    domains: engine.domains,
    wanted: () => named ?? preferences.chosen.engine,
    isSteady: !isOnIOS(navigator),
  });
  window.addEventListener('sketch-answer', (event) => {
    choice.heard(/** @type {CustomEvent} */ (event).detail);
  });
  return choice;
}

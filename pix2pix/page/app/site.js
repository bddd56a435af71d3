import { whenIdle } from '../common/idle.js';
import { openPage } from './main.js';
import { makeEngines } from './paintshop.js';

/** @import { Wish } from '../engine/wish.js' */
/** @import { EngineSettings, PageSettings } from './app.js' */

/**
 * What the static page runs, see pix2pix/page/site.py: every picture is made in the browser, and the
 * page works without a network once a service worker has stored its files.
 *
 * @param {HTMLElement} root
 * @param {PageSettings & {engine: EngineSettings}} settings
 */
export function openSite(root, settings) {
  const engines = makeEngines(settings.engine, (detail) => {
    window.dispatchEvent(new CustomEvent('sketch-answer', { detail }));
  });
  openPage(root, settings, () => ({
    send: (request) => engines.send(/** @type {Wish} */ (request)),
    prepare: (domain) => engines.prepare(domain),
    patience: Infinity, // the first picture waits for 22 MB
  }));
  const night = window.matchMedia('(prefers-color-scheme: dark)');
  const wear = () => document.documentElement.classList.toggle('dark', night.matches);
  night.addEventListener('change', wear);
  wear();
  storeFiles();
}

/** Some browsers keep nothing for a page, or only for one that came by HTTPS: it works all the same. */
async function storeFiles() {
  const store = navigator.serviceWorker;
  if (!store) return;
  try {
    await store.register('sw.js');
  } catch (error) {
    console.warn(error);
    return;
  }
  await new Promise((drawn) => window.addEventListener('sketch-answer', drawn, { once: true }));
  const { active } = await store.ready;
  whenIdle(() => active?.postMessage('later')); // what other kinds need, after the first picture
}

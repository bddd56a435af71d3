import { Album } from '../album/album.js';
import { Autosave } from '../album/autosave.js';
import { Replay } from '../album/replay.js';
import { Snapshots } from '../album/snapshots.js';
import { Pupil } from '../classroom/pupil.js';
import { KeyPen } from '../drawing/keypen.js';
import { OutlineTip } from '../drawing/outlinetip.js';
import { OwnStrokes } from '../drawing/ownstrokes.js';
import { Friend } from '../friend/friend.js';
import { Celebration } from '../guide/celebration.js';
import { Demo } from '../guide/demo.js';
import { Keyboard } from '../guide/keyboard.js';
import { Missions } from '../missions/missions.js';
import { StarCount } from '../missions/starcount.js';
import { TaskBar } from '../missions/taskbar.js';
import { Templates } from '../missions/templates.js';
import { Trace } from '../missions/trace.js';
import { Description } from '../picture/description.js';
import { Enlarger } from '../picture/enlarger.js';
import { ImportDialog } from '../picture/importdialog.js';
import { KindPictures } from '../picture/kindpictures.js';
import { Look } from '../picture/look.js';
import { PhotoImport } from '../picture/photoimport.js';
import { Variants } from '../picture/variants.js';
import { Scenes } from '../scenes/scenes.js';
import { Stickers } from '../scenes/stickers.js';
import { Sounds } from '../sound/sounds.js';
import { App } from './app.js';
import { Play } from './play.js';
import { Reader } from './reader.js';
import { Settings } from './settings.js';
import { Voice } from './voice.js';

/** @import { AlbumRecord } from '../album/record.js' */
/** @import { SceneRecord } from '../scenes/scene.js' */
/** @import { Preferences } from '../common/preferences.js' */
/** @import { Failing, Line } from '../picture/server.js' */
/** @import { PageSettings } from './app.js' */

/** @typedef {{actions: Object<string, () => unknown>}} HasActions what its buttons do, by data-action */

/**
 * Makes the drawing table and what is beside it, and gives each what it uses.
 *
 * @param {HTMLElement} root
 * @param {PageSettings} settings
 * @param {(preferences: Preferences, failing: Failing) => Line} connect the way to who makes the pictures
 */
export function openPage(root, settings, connect) {
  /** @type {HasActions['actions']} */
  const actions = {};
  const app = new App(root, settings, connect, (action) => actions[action]());
  const features = [
    ...pictureFeatures(app),
    ...guideFeatures(app, settings),
    ...galleryFeatures(app, settings.backgrounds),
  ];
  for (const each of [app, ...features]) Object.assign(actions, each.actions);
}

/**
 * What is done with the picture.
 *
 * @param {App} app
 * @returns {HasActions[]}
 */
function pictureFeatures(app) {
  const { root, surface, paper, texts, table, card, server, pending, spoken, events } = app;
  const fileName = (/** @type {string} */ part) => app.fileName(part);
  new Description({ texts, table, card, spoken, events });
  const enlarger = new Enlarger({ root, table, card, pending, spoken, events, fileName });
  const shown = { root, texts, table, card, server };
  const variants = new Variants({ ...shown, pending, spoken, events });
  const photos = new PhotoImport({ paper, table, card, server, pending, variants, spoken, events });
  const importDialog = new ImportDialog({
    root,
    surface,
    texts,
    canHide: app.canHideFaces,
    read: (kind, file, hidesFaces) => photos.begin(kind, file, hidesFaces),
  });
  const look = new Look({ root, texts, card, events });
  const { row, domains } = app;
  new KindPictures({
    domains: domains.all,
    ...{ table, card, server, pending, events },
    show: (domain, picture) => row.picture(domain, picture),
  });
  return [enlarger, variants, importDialog, look];
}

/**
 * What helps to draw: settings, voice, keys, missions and templates, and a teacher.
 *
 * @param {App} app
 * @param {PageSettings} given
 * @returns {HasActions[]}
 */
function guideFeatures(app, { classroom, engine }) {
  const { root, surface, paper, texts, preferences, domains } = app;
  const { table, toolbar, card, spoken, events } = app;
  const voice = new Voice({ surface, texts, events });
  const settings = new Settings({
    ...{ root, texts, preferences, spoken, events },
    hasEngines: Boolean(engine?.domains.length),
  });
  new Reader({ root, preferences, voice });
  new KeyPen({ surface, paper, texts, table, card, spoken, events });

  const taskBar = new TaskBar({ root, texts });
  const page = { root, texts, domains, table };
  const own = new OwnStrokes(table.sketch, events); // before what asks it
  const missions = new Missions({ ...page, own, card, taskBar, spoken, voice, events });
  const trace = new Trace({
    root,
    paper,
    texts,
    preferences,
    sketch: table.sketch,
    own,
    toolbar,
    taskBar,
    spoken,
    events,
  });
  const templates = new Templates({ ...page, trace });
  new OutlineTip({ root, table, card, spoken, events, isGuided: () => taskBar.kind === 'trace' });
  new StarCount({ root, texts, events });
  new Celebration({ root, surface, preferences, card, events });
  new Keyboard(surface);
  const isGuided = () => taskBar.kind !== null;
  const demo = new Demo({ root, preferences, domains, table, isGuided, events });
  app.sought.then(() => demo.greet());
  const friend = new Friend({ root, texts, preferences, table, card, taskBar, voice, events });
  const sounds = new Sounds({ root, preferences, table, events });
  const inClass = { root, table, card, toolbar, missions, spoken, events };
  const pupil = classroom ? [new Pupil(inClass)] : [];
  const shown = [new Play({ root, texts }), settings, taskBar, missions, templates];
  return [...shown, friend, sounds, ...pupil];
}

/**
 * What keeps drawings and pictures, and what is made of them.
 *
 * @param {App} app
 * @param {string[]} backgrounds
 * @returns {HasActions[]}
 */
function galleryFeatures(app, backgrounds) {
  const { root, texts, preferences, domains, draft } = app;
  const { table, card, toolbar, pending, spoken, events } = app;
  const snapshots = new Snapshots({ table, card, events });
  const autosave = new Autosave({
    root,
    table,
    draft,
    card,
    toolbar,
    pending,
    snapshots,
    spoken,
    events,
  });
  const openAlbum = () => album.open();
  const replay = new Replay({ root, texts, preferences, table, card, snapshots, openAlbum });
  const openers = {
    replay: (/** @type {AlbumRecord} */ record) => replay.openRecord(record),
    scene: (/** @type {SceneRecord} */ record) => scenes.openRecord(record),
  };
  const kept = { domains, table, autosave, snapshots };
  const album = new Album({ root, texts, ...kept, events, openers });
  const drawn = { table, card, toolbar, pending, spoken, events };
  const stickers = new Stickers({ root, ...drawn });
  const scenes = new Scenes({ root, texts, domains, toolbar, backgrounds });
  return [autosave, replay, album, stickers, scenes];
}

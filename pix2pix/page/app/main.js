import { Album } from '../album/album.js';
import { Autosave } from '../album/autosave.js';
import { Replay } from '../album/replay.js';
import { Snapshots } from '../album/snapshots.js';
import { KeyPen } from '../drawing/keypen.js';
import { OutlineTip } from '../drawing/outlinetip.js';
import { Missions } from '../missions/missions.js';
import { TaskBar } from '../missions/taskbar.js';
import { Templates } from '../missions/templates.js';
import { Scenes } from '../scenes/scenes.js';
import { Stickers } from '../scenes/stickers.js';
import { openApiPage } from './apipage.js';
import { App } from './app.js';
import { Play } from './play.js';
import { Reader } from './reader.js';
import { Settings } from './settings.js';
import { Voice } from './voice.js';

/** What Gradio runs: makes the drawing table and what is beside it, and gives each what it uses. */

/**
 * @param {HTMLElement} root
 * @param {{value: object, settings: object}} props of the component, see canvas.py
 * @param {(event: string) => void} trigger tells Gradio that `props.value` holds a new request
 */
export function openPage(root, props, trigger) {
  const actions = {};
  const send = (request) => {
    props.value = request;
    trigger('input');
  };
  const app = new App(root, props.settings, send, (action) => actions[action]());
  const taskBar = new TaskBar(app);
  const voice = new Voice(app);
  const play = new Play(app);
  const missions = new Missions(app, taskBar, voice);
  const templates = new Templates(app, taskBar);
  new OutlineTip(app, () => taskBar.kind === 'trace');
  const snapshots = new Snapshots(app);
  const autosave = new Autosave(app, snapshots);
  const replay = new Replay(app, snapshots, () => album.open());
  const album = new Album(app, autosave, snapshots, {
    replay: (record) => replay.openRecord(record),
    scene: (record) => scenes.openRecord(record),
  });
  const stickers = new Stickers(app);
  const scenes = new Scenes(app);
  new KeyPen(app);
  const settings = new Settings(app);
  new Reader(app, voice);
  const withButtons = [app, taskBar, play, missions, templates, autosave, replay, album];
  for (const each of [...withButtons, stickers, scenes, settings]) {
    Object.assign(actions, each.actions);
  }
  openApiPage();
}

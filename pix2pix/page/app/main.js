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
import { Play } from './play.js';
import { Reader } from './reader.js';
import { Settings } from './settings.js';
import { Studio } from './studio.js';
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
  const studio = new Studio(root, props.settings, send, (action) => actions[action]());
  const taskBar = new TaskBar(studio);
  const voice = new Voice(studio);
  const play = new Play(studio);
  const missions = new Missions(studio, taskBar, voice);
  const templates = new Templates(studio, taskBar);
  new OutlineTip(studio, () => taskBar.kind === 'trace');
  const snapshots = new Snapshots(studio);
  const autosave = new Autosave(studio, snapshots);
  const replay = new Replay(studio, snapshots, () => album.open());
  const album = new Album(studio, autosave, snapshots, {
    replay: (record) => replay.openRecord(record),
    scene: (record) => scenes.openRecord(record),
  });
  const stickers = new Stickers(studio);
  const scenes = new Scenes(studio);
  new KeyPen(studio);
  const settings = new Settings(studio);
  new Reader(studio, voice);
  const withButtons = [studio, taskBar, play, missions, templates, autosave, replay, album];
  for (const each of [...withButtons, stickers, scenes, settings]) {
    Object.assign(actions, each.actions);
  }
  openApiPage();
}

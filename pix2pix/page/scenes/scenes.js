import { Dialog } from '../common/dialog.js';
import { findAll } from '../common/find.js';
import { Store } from '../common/store.js';
import { Save } from '../picture/save.js';
import { Board } from './board.js';
import { Drawer, pictureButton } from './drawer.js';
import { Scene } from './scene.js';

/** @import { Toolbar } from '../app/toolbar.js' */
/** @import { Domains } from '../common/domains.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { Piece, SceneRecord } from './scene.js' */
/** @import { Sticker } from './stickers.js' */

/** The dialog where stickers are put into scenes. */
export class Scenes extends Dialog {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {Domains} uses.domains
   * @param {Toolbar} uses.toolbar
   * @param {string[]} uses.backgrounds
   */
  constructor({ root, texts, domains, toolbar, backgrounds }) {
    super('scenes', { root, texts });
    this.domains = domains;
    this.toolbar = toolbar;
    this.backgrounds = backgrounds;
    this.scene = new Scene(backgrounds[0]);
    this.board = new Board(this.find('.scene'), {
      choose: (key) => this.choose(key),
      alter: (key, change, isSame) => this.step(() => this.scene.alter(key, change, isSame)),
      name: (node, piece) => this.texts.write(node, () => this.nameOf(piece.sticker), 'aria-label'),
      tap: (fingers) => this.deeds[fingers === 2 ? 'undo' : 'redo'](),
      mark: () => this.scene.mark(),
      reset: (mark) => this.step(() => this.scene.reset(mark)),
    });
    this.drawer = new Drawer(this.find('.drawer'), texts, {
      name: (sticker) => this.nameOf(sticker),
      pick: (sticker) => this.pick(sticker),
      isThere: (event) => this.board.mayCarry(event),
      drag: (sticker, event) => {
        const place = this.board.place(event);
        this.board.carry(event, () => this.take(this.scene.place(sticker, ...place)));
      },
    });
    /** @type {Sticker[]} of the drawer, the newest first */
    this.stickers = [];
    /** @type {string | null} the key of the piece that is chosen */
    this.chosen = null;
    /** @type {SceneRecord | null} what the album was asked for */
    this.wish = null;
    this.wasHere = false;
    /** @type {string | null} */
    this.keptId = null; // of the scene that was last written to the album
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.deeds = this.ownDeeds();
    this.dialog.addEventListener('keydown', (event) => this.press(event));
  }

  get actions() {
    /** @param {string} name */
    const act = (name) => () => {
      if (Scenes.OF_ONE.includes(name) && name !== 'remove') this.board.still(this.deeds[name]);
      else this.deeds[name]();
    };
    const deeds = Object.keys(this.deeds).map((name) => ['scene_' + name, act(name)]);
    return { ...super.actions, ...Object.fromEntries(deeds) };
  }

  /**
   * Opens one that was kept.
   * @param {SceneRecord} record
   */
  openRecord(record) {
    this.wish = record;
    this.open();
  }

  /** @returns {Object<string, () => unknown>} what can be done, by its action and by keys */
  ownDeeds() {
    /** @param {(piece: Piece) => Partial<Piece>} change */
    const alter = (change) => () => this.alterChosen(change);
    /** @param {(key: string) => void} act */
    const one = (act) => () => this.chosen && act(this.chosen);
    return {
      undo: () => this.step(() => this.scene.undo()),
      redo: () => this.step(() => this.scene.redo()),
      shrink: alter(({ size }) => ({ size: size / Scenes.GROW })),
      enlarge: alter(({ size }) => ({ size: size * Scenes.GROW })),
      left: alter(({ turn }) => ({ turn: turn - Scenes.TURN })),
      right: alter(({ turn }) => ({ turn: turn + Scenes.TURN })),
      mirror: alter(({ mirrored }) => ({ mirrored: !mirrored })),
      back: one((key) => this.step(() => this.scene.layer(key, -1))),
      front: one((key) => this.step(() => this.scene.layer(key, 1))),
      copy: one((key) => this.take(this.scene.copy(key))),
      remove: one((key) => this.remove(key)),
      thrown: () => this.throwing(!this.drawer.isThrowing),
      new: () => this.step(() => this.scene.renew()),
      save: () => this.save(),
    };
  }

  // --- coming and going ------------------------------------------------------------------------

  async onOpen() {
    if (!this.wasHere) this.showBackgrounds();
    this.throwing(false);
    this.say(null);
    const [stickers, scenes] = await Promise.all([
      Store.all('stickers'),
      Store.all('scenes'),
    ]).catch(() => {
      this.fail();
      this.keptId = null;
      return [[], []];
    });
    this.stickers = stickers.filter(Scene.isSticker).reverse(); // the newest first
    // What the album was asked for, or the newest one, as it was left.
    const wanted = this.wish ?? (this.wasHere ? null : scenes.filter(Scene.isKept).at(-1));
    if (wanted && Scene.isKept(wanted)) this.scene.open(this.known(wanted));
    else if (this.isGone(scenes)) this.scene.renew();
    this.wish = null;
    this.wasHere = true;
    this.show();
    this.dialog.dataset.ready = '';
  }

  /**
   * On a background that there is: others come from a page that has more of them.
   * @param {SceneRecord} record
   */
  known(record) {
    const [first] = this.backgrounds;
    return this.backgrounds.includes(record.background) ? record : { ...record, background: first };
  }

  /**
   * Has it been taken out of the album? It shall not come back by being looked at.
   * @param {{id: string}[]} scenes
   */
  isGone(scenes) {
    const { id } = this.scene.state;
    return this.keptId === id && !scenes.some((each) => each.id === id);
  }

  async onClose() {
    delete this.dialog.dataset.ready;
    const { thrown } = this.scene.state;
    await this.keep(true);
    await Promise.all(thrown.map((id) => Store.remove('stickers', id))).catch(() => {});
  }

  // --- showing ---------------------------------------------------------------------------------

  show() {
    const { state, past, future } = this.scene;
    if (!this.scene.piece(this.chosen)) this.chosen = null;
    this.board.show(state, this.chosen);
    const stickers = this.stickers.filter(({ id }) => !state.thrown.includes(id));
    this.drawer.show(stickers);
    for (const button of findAll(this.find('.backgrounds'), 'button')) {
      button.setAttribute('aria-pressed', String(button.dataset.background === state.background));
    }
    /**
     * @param {string} name
     * @param {boolean} isEnabled
     */
    const enable = (name, isEnabled) => this.toolbar.enable('scene_' + name, isEnabled);
    enable('thrown', stickers.length > 0);
    enable('undo', past.length > 0);
    enable('redo', future.length > 0);
    for (const name of Scenes.OF_ONE) enable(name, this.chosen !== null);
    for (const name of ['new', 'save']) enable(name, state.pieces.length > 0);
  }

  showBackgrounds() {
    const buttons = this.backgrounds.map((name) => {
      const words = () => this.texts.get('background_' + name);
      const button = pictureButton(this.texts, 'background', Scene.backgroundUrl(name), words);
      button.dataset.background = name;
      button.addEventListener('click', () => {
        if (name !== this.scene.state.background) {
          this.step(() => this.scene.commit({ background: name }));
        }
      });
      return button;
    });
    this.find('.backgrounds').replaceChildren(...buttons);
  }

  /**
   * What a sticker shows, for those who do not see it.
   * @param {{domain: string}} sticker
   */
  nameOf({ domain }) {
    const known = this.domains.find(domain);
    return known ? this.texts.title(known) : this.texts.get('sticker');
  }

  // --- what is done to stickers ------------------------------------------------------------------

  /**
   * Puts a sticker into the scene, each beside the ones before, or throws it away.
   * @param {Sticker} sticker
   */
  pick(sticker) {
    if (this.drawer.isThrowing) {
      this.step(() => this.scene.commit({ thrown: [...this.scene.state.thrown, sticker.id] }));
      return;
    }
    const [x, y] = Scenes.PLACES[this.scene.pieces.length % Scenes.PLACES.length];
    this.take(this.scene.place(sticker, x, y));
  }

  /**
   * Chooses what has just come.
   * @param {string} key
   */
  take(key) {
    this.chosen = key;
    this.changed();
    this.board.focus(key);
    this.tell('scene_placed');
  }

  /** @param {string | null} key */
  choose(key) {
    if (key === this.chosen) return;
    this.chosen = key;
    this.show();
    if (key) this.tell('scene_chosen');
  }

  /**
   * @param {(piece: Piece) => Partial<Piece>} change
   * @param {boolean} [isSame]
   */
  alterChosen(change, isSame) {
    const piece = this.scene.piece(this.chosen);
    if (piece) this.step(() => this.scene.alter(piece.key, change(piece), isSame));
  }

  /**
   * The one in front of it is chosen next, so that the focus does not get lost.
   * @param {string} key
   */
  remove(key) {
    this.tell('scene_remove');
    this.scene.remove(key);
    this.chosen = this.scene.pieces.at(-1)?.key ?? null;
    this.changed();
    if (this.chosen) this.board.focus(this.chosen);
    else this.find('.drawer-sticker, .background').focus();
  }

  /** @param {boolean} isThrowing */
  throwing(isThrowing) {
    this.find('[data-action=scene_thrown]').setAttribute('aria-pressed', String(isThrowing));
    this.drawer.throwing(isThrowing);
  }

  /** @param {() => void} change */
  step(change) {
    change();
    this.changed();
  }

  changed() {
    this.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), Scenes.PAUSE);
  }

  // --- keys ------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  press(event) {
    const held = event.ctrlKey || event.metaKey;
    let act = held ? Scenes.HELD[event.code + (event.shiftKey ? '+' : '')] : null;
    if (!held && this.chosen && !event.altKey) {
      act = Scenes.KEYS[event.key] ?? Scenes.KEYS[event.code];
    }
    const way = held ? undefined : Scenes.ARROWS[event.key];
    const target = /** @type {Element} */ (event.target);
    if (way && this.chosen && !target.closest('.drawer, .backgrounds')) {
      const by = event.shiftKey ? Scenes.MOVE / 4 : Scenes.MOVE;
      this.alterChosen(
        ({ x, y }) => ({ x: x + way[0] * by, y: y + way[1] * by * Scene.ASPECT }),
        event.repeat,
      );
    } else if (act && !this.find('[data-action=scene_' + act + ']', HTMLButtonElement).disabled) {
      this.deeds[act]();
      if (!held && act !== 'remove' && act !== 'copy') this.tell('scene_' + act);
    } else {
      return;
    }
    event.preventDefault();
  }

  // --- keeping and saving ------------------------------------------------------------------------

  /**
   * Keeps the scene in this browser; when one leaves, with a small picture of it.
   * @param {boolean} isWhole
   */
  async keep(isWhole = false) {
    clearTimeout(this.timer);
    const { id, background, pieces } = this.scene.state;
    try {
      const picture =
        isWhole && pieces.length ? (await Scene.paint(this.scene.state, 640)).toDataURL() : null;
      const now = { id, background, pieces, picture, changed: Date.now() };
      if (pieces.length) await Store.change('scenes', id, (before) => ({ ...before, ...now }));
      else await Store.remove('scenes', id);
      this.keptId = pieces.length ? id : null;
    } catch {
      this.fail();
    }
  }

  async save() {
    await Save.download(await Scene.paint(this.scene.state), 'i-canvas-scene.png');
  }

  // --- telling ---------------------------------------------------------------------------------

  /** @param {string} key */
  tell(key) {
    const piece = this.scene.piece(this.chosen);
    if (piece) this.say(() => this.nameOf(piece.sticker) + ': ' + this.texts.get(key));
  }

  /**
   * @param {(() => string) | null} words null if there is nothing to be said
   * @param {boolean} isShown
   */
  say(words, isShown = false) {
    const status = this.find('.scene-status');
    this.texts.write(status, words ?? (() => ''));
    status.toggleAttribute('data-shown', isShown);
  }

  fail() {
    this.say(() => this.texts.get('error_not_kept'), true);
  }
}

Scenes.GROW = 1.15;
Scenes.PLACES = [
  [0.5, 0.6],
  [0.2, 0.68],
  [0.8, 0.66],
  [0.36, 0.3],
  [0.66, 0.28],
];
Scenes.TURN = 15; // degrees
Scenes.MOVE = 0.02; // of the width
Scenes.PAUSE = 250; // ms until a change is kept
Scenes.OF_ONE = ['shrink', 'enlarge', 'left', 'right', 'back', 'front', 'mirror', 'copy', 'remove'];
/** @type {Object<string, [number, number]>} */
Scenes.ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** @type {Object<string, string>} */
Scenes.HELD = { KeyZ: 'undo', 'KeyZ+': 'redo', KeyY: 'redo' };
/**
 * Signs by what they are, letters by their place, so that they work with Hangul as well.
 * @type {Object<string, string>}
 */
Scenes.KEYS = {
  '-': 'shrink',
  '+': 'enlarge',
  '=': 'enlarge',
  ',': 'left',
  '.': 'right',
  '[': 'back',
  ']': 'front',
  KeyR: 'left',
  KeyT: 'right',
  KeyM: 'mirror',
  KeyC: 'copy',
  Delete: 'remove',
  Backspace: 'remove',
};

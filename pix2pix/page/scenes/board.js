import { newCanvas } from '../common/canvas.js';
import { find } from '../common/find.js';
import { Hand } from '../drawing/hand.js';
import { Grip } from './grip.js';
import { Scene } from './scene.js';

/** @import { Contact } from '../drawing/pointers.js' */
/** @import { Mark, Piece, SceneState } from './scene.js' */

/**
 * A finger's place in parts of the scene's width and height, and what fingers span.
 *
 * @typedef {[x: number, y: number]} Place
 * @typedef {{x: number, y: number, length: number, angle: number}} Spread
 */

/** The scene on the page: its stickers as buttons, and what fingers, mouse and wheel do to them. */
export class Board {
  /**
   * @param {HTMLElement} root
   * @param {{choose(key: string | null): void, name(node: HTMLElement, piece: Piece): void,
   *   alter(key: string, change: Partial<Piece>, isSame: boolean): void, tap(fingers: number): void,
   *   mark(): Mark, reset(mark: Mark): void}} handlers
   */
  constructor(root, handlers) {
    this.root = root;
    this.handlers = handlers;
    /** @type {SceneState['pieces']} */
    this.pieces = [];
    /** @type {Piece | undefined} */
    this.chosen = undefined;
    /** @type {Map<string, {node: HTMLButtonElement, image: HTMLImageElement}>} by a piece's key */
    this.nodes = new Map();
    /** @type {Map<string, Uint8ClampedArray>} by a sticker's id */
    this.masks = new Map();
    /** @type {Place[]} fingers: one that moves, or two that size and turn as well */
    this.fingers = [];
    /** @type {Mark | null} how it was before the finger came */
    this.mark = null;
    /** @type {{handle?: string, moved: boolean, piece?: Piece, spread: Spread} | null} */
    this.start = null;
    this.view = find(root, '.scene-view');
    this.background = find(root, '.scene-background', HTMLImageElement);
    this.grip = new Grip(root);
    this.lastWheel = -Infinity;
    // The focus goes where the sticker is, not where its box is.
    root.addEventListener('pointerdown', (event) => event.preventDefault());
    this.hand = new Hand(
      root,
      {
        begin: (contact) => this.begin(contact),
        move: (contact) => this.move([contact]),
        end: (contact) => this.end(contact),
        drop: () => this.drop(),
        tap: (fingers) => handlers.tap(fingers),
        pinch: (pair, isFirst) => (isFirst ? this.hold(pair) : this.move(pair)),
        released: (left) => (left ? this.hold([left]) : this.drop()),
      },
      { mayJoin: true },
    );
    root.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
  }

  // --- showing -------------------------------------------------------------------------------

  /**
   * @param {SceneState} state
   * @param {string | null} chosen the key of a piece
   */
  show({ pieces, background }, chosen) {
    this.pieces = pieces;
    this.chosen = pieces.find(({ key }) => key === chosen);
    const source = Scene.backgroundUrl(background);
    if (this.background.getAttribute('src') !== source) this.background.src = source;
    this.root.toggleAttribute('data-empty', !pieces.length);
    for (const [key, { node }] of this.nodes) {
      if (pieces.some((piece) => piece.key === key)) continue;
      node.remove();
      this.nodes.delete(key);
    }
    pieces.forEach((piece, index) => this.showPiece(piece, index));
    this.grip.show(this.chosen);
  }

  /**
   * @param {Piece} piece
   * @param {number} index
   */
  showPiece(piece, index) {
    const { node, image } = this.nodes.get(piece.key) ?? this.button(piece);
    Grip.lay(node, piece);
    node.style.zIndex = String(index + 1);
    image.style.scale = piece.mirrored ? '-1 1' : '';
    node.setAttribute('aria-pressed', String(piece === this.chosen));
  }

  /** @param {Piece} piece */
  button(piece) {
    const node = document.createElement('button');
    node.type = 'button';
    node.className = 'placed';
    const image = document.createElement('img');
    image.src = piece.sticker.picture;
    image.alt = '';
    image.draggable = false;
    node.append(image);
    node.addEventListener('focus', () => this.handlers.choose(piece.key));
    this.handlers.name(node, piece);
    const made = { node, image };
    this.nodes.set(piece.key, made);
    this.view.append(node);
    return made;
  }

  /** @param {() => void} act what a tool does */
  still(act) {
    this.grip.still(act);
  }

  /** @param {string} key */
  focus(key) {
    this.nodes.get(key)?.node.focus({ preventScroll: true });
  }

  // --- fingers and mouse ---------------------------------------------------------------------

  /**
   * Where it is, in parts of the scene's width and height.
   * @param {{x: number, y: number}} contact
   * @returns {Place}
   */
  place({ x, y }) {
    const box = this.root.getBoundingClientRect();
    return [(x - box.left) / box.width, (y - box.top) / box.height];
  }

  /** @param {Contact} contact */
  begin(contact) {
    this.mark = this.handlers.mark();
    const handle = document.elementFromPoint(contact.x, contact.y)?.closest('[data-handle]');
    if (!handle) {
      const hit = this.hit(...this.place(contact));
      const focused = /** @type {HTMLElement | null} */ (document.activeElement);
      if (hit) this.focus(hit.key);
      else focused?.blur?.();
      this.handlers.choose(hit?.key ?? null);
    }
    this.hold([contact], handle?.getAttribute('data-handle') ?? undefined);
  }

  /**
   * Whether a finger with a sticker out of the drawer is over the scene, and no other at work there.
   * @param {PointerEvent} event
   */
  mayCarry(event) {
    const isInside = this.place(event).every((part) => part > 0 && part < 1);
    return isInside && this.hand.pointers.mayAdopt(event.timeStamp);
  }

  /**
   * Goes on with a sticker that was drawn out of the drawer: putting it there is the same step.
   * @param {PointerEvent} event
   * @param {() => void} put
   */
  carry(event, put) {
    this.hand.adopt(event);
    put();
    this.mark = this.handlers.mark();
    this.hold([event]);
    const [x, y] = this.fingers[0]; // maybe where the whole sticker cannot be
    if (this.start && this.chosen) {
      Object.assign(this.start, { moved: true, piece: { ...this.chosen, x, y } });
    }
  }

  /**
   * From here on the chosen sticker goes with these fingers.
   * @param {{x: number, y: number}[]} contacts
   * @param {string} [handle]
   */
  hold(contacts, handle) {
    this.fingers = contacts.map((contact) => this.place(contact));
    const moved = Boolean(this.start?.moved); // one step of undo for all fingers
    this.start = { handle, moved, piece: this.chosen, spread: this.spread(handle) };
    this.grip.moving(true);
  }

  /** @param {Contact[]} contacts */
  move(contacts) {
    const { start } = this;
    if (!start) return;
    this.fingers = contacts.map((contact) => this.place(contact));
    const { piece, spread, handle } = start;
    if (!piece || !this.chosen) return;
    const now = this.spread(handle);
    const way = Math.hypot(now.x - spread.x, now.y - spread.y);
    if (!start.moved && this.fingers.length < 2 && way < Board.TAP) return;
    /** @type {Partial<Piece>} */
    const change = {};
    if (handle !== 'turn' && now.length) change.size = piece.size * (now.length / spread.length);
    if (handle !== 'size' && now.length) change.turn = piece.turn + now.angle - spread.angle;
    if (!handle) {
      Object.assign(change, { x: piece.x + now.x - spread.x, y: piece.y + now.y - spread.y });
    }
    this.handlers.alter(piece.key, change, start.moved);
    start.moved = true;
  }

  /** @param {Contact} contact */
  end(contact) {
    this.move([contact]);
    this.rest();
  }

  /** Takes back what a palm has moved. */
  drop() {
    if (this.start?.moved && this.mark) this.handlers.reset(this.mark);
    this.rest();
  }

  rest() {
    this.start = null;
    this.grip.moving(false);
  }

  /**
   * Middle of the fingers; length and angle between them, or from the sticker's middle.
   * @param {string | undefined} handle
   * @returns {Spread}
   */
  spread(handle) {
    const [first, second] = this.fingers;
    const { chosen } = this;
    const other = second ?? (handle && chosen ? [chosen.x, chosen.y] : first);
    const [dx, dy] = [first[0] - other[0], (first[1] - other[1]) / Scene.ASPECT];
    return {
      x: second ? (first[0] + second[0]) / 2 : first[0],
      y: second ? (first[1] + second[1]) / 2 : first[1],
      length: Math.hypot(dx, dy),
      angle: (Math.atan2(dy, dx) * 180) / Math.PI,
    };
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    const piece = this.hit(...this.place(event)) ?? this.chosen;
    if (!piece) return;
    event.preventDefault();
    const isSame = event.timeStamp - this.lastWheel < Board.PAUSE && piece.key === this.chosen?.key;
    this.lastWheel = event.timeStamp;
    this.handlers.choose(piece.key);
    const by = event.deltaY || event.deltaX; // with Shift it comes as the other
    const change = event.shiftKey
      ? { turn: piece.turn + by / 8 }
      : { size: piece.size * Math.exp(-by / 800) };
    this.handlers.alter(piece.key, change, isSame);
  }

  // --- what is under the finger -----------------------------------------------------------------

  /**
   * The foremost sticker that is opaque there; if none is, the foremost whose box it is.
   * @param {number} x
   * @param {number} y
   */
  hit(x, y) {
    const inside = this.pieces
      .toReversed()
      .map((piece) => ({ piece, place: Board.within(piece, x, y) }));
    const boxes = inside.filter(({ place }) => place.every((part) => part >= 0 && part < 1));
    return (boxes.find(({ piece, place }) => this.isOpaque(piece, ...place)) ?? boxes[0])?.piece;
  }

  /**
   * A place in the scene as a place in a sticker's picture, 0 to 1.
   * @param {Piece} piece
   * @param {number} x
   * @param {number} y
   * @returns {Place}
   */
  static within(piece, x, y) {
    const [width, height] = Scene.extent(piece);
    const [dx, dy] = [x - piece.x, (y - piece.y) / Scene.ASPECT];
    const angle = (-piece.turn * Math.PI) / 180;
    const across = (dx * Math.cos(angle) - dy * Math.sin(angle)) / width;
    const down = (dx * Math.sin(angle) + dy * Math.cos(angle)) / height;
    return [0.5 + (piece.mirrored ? -across : across), 0.5 + down];
  }

  /**
   * @param {Piece} piece
   * @param {number} across
   * @param {number} down
   */
  isOpaque(piece, across, down) {
    const { MASK } = Board;
    let mask = this.masks.get(piece.sticker.id);
    if (!mask) {
      const image = this.nodes.get(piece.key)?.image;
      if (!image?.complete) return true;
      const [, context] = newCanvas(MASK, MASK, null);
      context.drawImage(image, 0, 0, MASK, MASK);
      mask = context.getImageData(0, 0, MASK, MASK).data;
      this.masks.set(piece.sticker.id, mask);
    }
    return mask[4 * (Math.floor(down * MASK) * MASK + Math.floor(across * MASK)) + 3] > 40;
  }
}

Board.TAP = 0.006; // of the width: a finger that moves less only chooses
Board.MASK = 48; // px a side: fine enough for a finger
Board.PAUSE = 600; // ms after which turning the wheel is something new

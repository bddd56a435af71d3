import { find, findAll } from '../common/find.js';
import { Ring } from './ring.js';
import { Scene } from './scene.js';

/** @import { Place } from './board.js' */
/** @import { Box } from './ring.js' */
/** @import { Piece } from './scene.js' */

/** What is about the chosen sticker: a frame with handles, and its tools in a ring. */
export class Grip {
  /** @param {HTMLElement} board */
  constructor(board) {
    this.board = board;
    this.frame = find(board, '.grip');
    this.toolbar = find(board, '.piece-tools');
    this.tools = findAll(this.toolbar, 'button');
    /** @type {Piece | undefined} */
    this.piece = undefined;
    this.isStill = false;
    this.isMoving = false;
    new ResizeObserver(() => this.show(this.piece)).observe(board);
  }

  /** @param {Piece | undefined} piece */
  show(piece) {
    this.piece = piece;
    this.frame.hidden = !piece;
    this.toolbar.hidden = !piece;
    if (!piece) return;
    const { board, frame } = this;
    Grip.lay(frame, piece);
    /** @type {Place} */
    const size = [frame.offsetWidth, frame.offsetHeight];
    const box = Grip.box(piece, size, { width: board.clientWidth, height: board.clientHeight });
    frame.style.left = box.x + 'px';
    frame.style.top = box.y + 'px';
    if (!this.isStill && !this.isMoving) this.surround(box, size, piece.turn);
  }

  /**
   * The tools stay under the finger that presses one of them, whatever becomes of the sticker.
   * @param {() => void} act
   */
  still(act) {
    this.isStill = true;
    act();
    this.isStill = false;
  }

  /**
   * While fingers move it, nothing is to hide where it goes, or to be in the way of the second one.
   * @param {boolean} isMoving
   */
  moving(isMoving) {
    this.isMoving = isMoving;
    this.board.toggleAttribute('data-moving', isMoving);
    if (!isMoving) this.show(this.piece);
  }

  /**
   * @param {Box} box
   * @param {Place} size
   * @param {number} turn
   */
  surround(box, size, turn) {
    const { board, tools } = this;
    const { clientWidth: width, clientHeight: height } = board;
    const [{ offsetWidth: side }] = tools;
    const free = Grip.handles(box, size, turn);
    const places = Ring.about(box, { width, height }, { count: tools.length, side, free });
    places.forEach(([x, y], at) => {
      tools[at].style.left = x + 'px';
      tools[at].style.top = y + 'px';
    });
  }

  /**
   * The box around the frame, kept on the board: about a small sticker the frame is larger than
   * that, and the handles at its corners are to stay in reach.
   * @param {Pick<Piece, 'x' | 'y' | 'turn'>} piece
   * @param {Place} size of the frame
   * @param {{width: number, height: number}} board
   * @returns {Box}
   */
  static box({ x, y, turn }, size, board) {
    const [width, height] = Grip.span(size, turn);
    /**
     * @param {number} middle
     * @param {number} side
     * @param {number} whole
     */
    const within = (middle, side, whole) => Math.max(side / 2, Math.min(whole - side / 2, middle));
    return {
      x: within(x * board.width, width, board.width),
      y: within(y * board.height, height, board.height),
      width,
      height,
    };
  }

  /**
   * Where the handles are: one turns, one sizes.
   * @param {Box} box
   * @param {Place} size of the frame
   * @param {number} turn
   */
  static handles(box, [width, height], turn) {
    /** @type {Place[]} */
    const handles = [
      [0, -height / 2],
      [width / 2, height / 2],
    ];
    return handles.map((handle) => {
      const [x, y] = Grip.turned(handle, turn);
      return /** @type {Place} */ ([box.x + x, box.y + y]);
    });
  }

  /**
   * Puts something where a sticker is.
   * @param {HTMLElement} node
   * @param {Piece} piece
   */
  static lay(node, piece) {
    const [width, height] = Scene.extent(piece);
    node.style.left = 100 * piece.x + '%';
    node.style.top = 100 * piece.y + '%';
    node.style.width = 100 * width + '%';
    node.style.aspectRatio = String(width / height);
    node.style.transform = 'translate(-50%, -50%) rotate(' + piece.turn + 'deg)';
  }

  /**
   * Width and height of the box around a turned one.
   * @param {Place} size
   * @param {number} turn
   * @returns {Place}
   */
  static span([width, height], turn) {
    const [[x, y], [otherX, otherY]] = [height, -height].map((down) =>
      Grip.turned([width, down], turn),
    );
    return [Math.max(Math.abs(x), Math.abs(otherX)), Math.max(Math.abs(y), Math.abs(otherY))];
  }

  /**
   * @param {Place} place from the middle
   * @param {number} turn in degrees
   * @returns {Place}
   */
  static turned([x, y], turn) {
    const angle = (turn * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [x * cos - y * sin, x * sin + y * cos];
  }
}

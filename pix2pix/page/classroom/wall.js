import { find } from '../common/find.js';
import { gridFor } from './grid.js';

/** @import { Texts } from '../common/texts.js' */

/** @typedef {{blob: Blob, item: HTMLElement, image: HTMLImageElement}} OnWall */

/** The newest pictures of the class, as large as all of them fit; a press shows one alone. */
export class Wall {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {(id: string) => Promise<Response>} uses.fetch
   * @param {() => void} uses.changed is told when pictures came or went
   */
  constructor({ root, texts, fetch, changed }) {
    this.list = find(root, '.wall');
    this.dialog = find(root, 'dialog.class-look', HTMLDialogElement);
    this.large = find(this.dialog, '.class-look-image', HTMLImageElement);
    this.texts = texts;
    this.fetch = fetch;
    this.changed = changed;
    /** @type {Map<string, OnWall>} by id, the oldest first */
    this.pictures = new Map();
    /** @type {string | null} the id of the one that is shown alone */
    this.shown = null;
    this.isFetching = false;
    this.count = 0; // of all that came, for their names
    this.large.addEventListener('click', () => this.dialog.close());
    this.dialog.addEventListener('close', () => {
      this.shown = null;
    });
    new ResizeObserver(() => this.fit()).observe(this.list);
  }

  get isEmpty() {
    return !this.pictures.size;
  }

  /** @returns {Blob[]} the oldest first */
  get files() {
    return [...this.pictures.values()].map(({ blob }) => blob);
  }

  /** @param {string[]} ids of all pictures, the newest first */
  async show(ids) {
    for (const id of this.pictures.keys()) if (!ids.includes(id)) this.takeDown(id);
    if (!this.isFetching) {
      this.isFetching = true;
      for (const id of [...ids].reverse()) await this.bring(id);
      this.isFetching = false;
    }
    this.fit();
    this.changed();
  }

  /** @param {string} id */
  async bring(id) {
    if (this.pictures.has(id)) return;
    try {
      this.hang(id, await (await this.fetch(id)).blob());
    } catch {
      // It has been taken back meanwhile, or comes with the next news.
    }
  }

  /**
   * @param {string} id
   * @param {Blob} blob
   */
  hang(id, blob) {
    const n = ++this.count;
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'wall-picture';
    const image = document.createElement('img');
    image.src = URL.createObjectURL(blob);
    this.texts.write(image, () => this.texts.get('class_picture', { n }), 'alt');
    button.append(image);
    button.addEventListener('click', () => this.look(id));
    item.append(button);
    this.list.prepend(item);
    this.pictures.set(id, { blob, item, image });
  }

  /** @param {string} id */
  takeDown(id) {
    const gone = this.pictures.get(id);
    if (!gone) return;
    if (this.shown === id) this.dialog.close();
    URL.revokeObjectURL(gone.image.src);
    gone.item.remove();
    this.pictures.delete(id);
  }

  /** @param {string} id */
  look(id) {
    const chosen = this.pictures.get(id);
    if (!chosen) return;
    this.shown = id;
    this.large.src = chosen.image.src;
    this.large.alt = chosen.image.alt;
    this.dialog.showModal();
  }

  fit() {
    const { clientWidth, clientHeight } = this.list;
    const { columns, side } = gridFor(this.pictures.size, clientWidth, clientHeight, Wall.GAP);
    this.list.style.setProperty('--columns', String(columns));
    this.list.style.setProperty('--wall-side', side + 'px');
  }
}

Wall.GAP = 16; // px, as --space-6

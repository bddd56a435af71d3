import { DrawingInspector } from '../drawing/inspector.js';

/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { PictureCard } from './picture.js' */

/** @typedef {{name: string, colours: string[], isClosed: boolean, parts: number}} Seen */

/**
 * The picture in words, for who does not see it: its alternative text, and told when the hand rests
 * unless there is something else to be heard.
 */
export class Description {
  /**
   * @param {object} uses
   * @param {Texts} uses.texts
   * @param {DrawingTable} uses.table
   * @param {PictureCard} uses.card
   * @param {LiveRegion} uses.spoken
   * @param {EventTarget} uses.events
   */
  constructor({ texts, table, card, spoken, events }) {
    this.texts = texts;
    this.table = table;
    this.card = card;
    this.spoken = spoken;
    this.told = '';
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    for (const event of ['picture-changed', 'drawing-changed']) {
      events.addEventListener(event, () => this.later());
    }
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), Description.REST);
  }

  look() {
    const { card, table, texts, spoken } = this;
    if (!card.hasPicture || table.sketch.live) return;
    const words = this.words();
    texts.write(card.picture, words, 'alt');
    if (spoken.node.textContent !== this.told) return; // something else is said
    this.told = words();
    spoken.write(this.told);
  }

  /** @returns {() => string} */
  words() {
    const { card, table, texts } = this;
    if (card.isColoured) return () => texts.get('picture');
    const { domain } = table;
    const inspector = new DrawingInspector(table.model);
    const colours = inspector.colours.slice(0, Description.COLOURS);
    const { parts } = inspector;
    const isClosed = inspector.closed >= DrawingInspector.CLOSED;
    return () => describe(texts, { name: texts.title(domain), colours, isClosed, parts });
  }
}

Description.REST = 1500; // ms
Description.COLOURS = 3;

/**
 * @param {Texts} texts
 * @param {Seen} seen
 */
export function describe(texts, { name, colours, isClosed, parts }) {
  const list = new Intl.ListFormat(texts.language, { type: 'conjunction' });
  const named = colours.map((colour) => texts.get('color_' + colour).toLowerCase());
  const said = [name, list.format(named), texts.get(isClosed ? 'seen_closed' : 'seen_open')];
  if (parts > 1) said.push(texts.count('seen_parts', parts));
  return said.filter(Boolean).join(', ');
}

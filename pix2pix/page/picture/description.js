import { DrawingInspector } from '../drawing/inspector.js';

/** @import { Names } from '../common/domains.js' */
/** @import { LiveRegion } from '../common/liveregion.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { PictureCard } from './picture.js' */

/**
 * What is to be seen of a drawing.
 *
 * @typedef {{domain: {id: string, title: Names}, colours: string[], isClosed: boolean,
 *   parts: number}} Seen
 */

/**
 * The picture in words, for who does not see it: its alternative text, and told when the hand rests
 * unless there is something else to be heard. 'picture-described' is its event, with the words.
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
    this.events = events;
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
    const words = card.isColoured ? () => texts.get('picture') : sentence(texts, see(table));
    texts.write(card.picture, words, 'alt');
    if (!card.isColoured) {
      this.events.dispatchEvent(new CustomEvent('picture-described', { detail: words }));
    }
    if (spoken.node.textContent !== this.told) return; // something else is said
    this.told = words();
    spoken.write(this.told);
  }
}

Description.REST = 1500; // ms
Description.COLOURS = 3;

/**
 * @param {Pick<DrawingTable, 'domain' | 'model'>} table
 * @returns {Seen}
 */
export function see({ domain, model }) {
  const inspector = new DrawingInspector(model);
  const { parts, closed } = inspector;
  const colours = inspector.colours.slice(0, Description.COLOURS);
  return { domain, colours, isClosed: closed >= DrawingInspector.CLOSED, parts };
}

/**
 * It as a sentence, in the language that the page has by then.
 *
 * @param {Texts} texts
 * @param {Seen} seen
 * @returns {() => string}
 */
export function sentence(texts, { domain, colours, isClosed, parts }) {
  return () => describe(texts, { name: texts.title(domain), colours, isClosed, parts });
}

/**
 * @param {Texts} texts
 * @param {Omit<Seen, 'domain'> & {name: string}} seen
 */
export function describe(texts, { name, colours, isClosed, parts }) {
  const named = colours.map((colour) => texts.get('color_' + colour));
  const all = named.length && named.reduce((one, other) => texts.get('seen_both', { one, other }));
  const what = [all, name].filter(Boolean).join(' ').toLocaleLowerCase(texts.language);
  const thing = texts.get(/^[aeiou]/.test(what) ? 'seen_thing_vowel' : 'seen_thing', { what });
  const said = [thing, texts.get(isClosed ? 'seen_closed' : 'seen_open')];
  if (parts > 1) said.push(texts.count('seen_parts', parts));
  return texts.get('seen_said', { said: said.join(', ') });
}

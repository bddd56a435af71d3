import { find } from '../common/find.js';

/** @import { Preferences } from '../common/preferences.js' */
/** @import { PictureCard } from '../picture/picture.js' */

/**
 * What has come true is seen: sparks where it did, or a flight to where it goes. It listens to
 * 'outline-closed', 'star-earned', 'picture-kept', 'picture-saved' and 'sticker-kept', the last two
 * with the action of a button and with a picture as `detail`. Nothing of it in calm mode.
 */
export class Celebration {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {HTMLElement} uses.surface
   * @param {Preferences} uses.preferences
   * @param {PictureCard} uses.card
   * @param {EventTarget} uses.events
   */
  constructor({ root, surface, preferences, card, events }) {
    this.surface = surface;
    this.preferences = preferences;
    this.star = find(root, '.button-play');
    /**
     * @param {string} type
     * @param {(detail: string) => void} show
     */
    const on = (type, show) => {
      events.addEventListener(type, (event) => {
        if (!preferences.isStill) show(/** @type {CustomEvent} */ (event).detail);
      });
    };
    const reward = find(root, 'dialog.reward', HTMLDialogElement);
    on('outline-closed', () => this.burst(find(root, '.paper')));
    on('star-earned', () => {
      this.burst(find(reward, '.reward-show .card-star', SVGElement), reward);
      reward.addEventListener('close', () => this.burst(this.star), { once: true });
    });
    on('picture-saved', (action) => this.burst(find(root, '.below [data-action=' + action + ']')));
    on('picture-kept', () => this.fly(card.picture.src, card.picture));
    on('sticker-kept', (picture) => this.fly(picture, card.picture));
  }

  /**
   * Sparks in all directions.
   * @param {Element} from
   * @param {Element} within a dialog, where that is above the page
   */
  burst(from, within = this.surface) {
    const { left, top, width, height } = from.getBoundingClientRect();
    const reach = Math.min(Math.max(width, height) * 0.6 + 40, Celebration.REACH);
    for (const { angle, way, turn } of sparks(Celebration.SPARKS)) {
      const spark = document.createElement('span');
      spark.className = 'spark';
      spark.style.translate = left + width / 2 + 'px ' + (top + height / 2) + 'px';
      within.append(spark);
      const [x, y] = [Math.cos(angle), Math.sin(angle)].map((part) => part * way * reach);
      const at = (/** @type {number} */ part) => `translate(${x * part}px, ${y * part}px)`;
      const steps = [
        { transform: at(0.15) + ' scale(0.4)', opacity: 1 },
        { transform: at(0.85) + ` rotate(${turn / 2}deg) scale(1.2)`, opacity: 1, offset: 0.6 },
        { transform: at(1) + ` rotate(${turn}deg) scale(0.5)`, opacity: 0 },
      ];
      const timing = { duration: 800, easing: 'cubic-bezier(0.2, 0.7, 0.4, 1)' };
      spark.animate(steps, timing).finished.then(() => spark.remove());
    }
  }

  /**
   * To the star, behind which album and drawer are.
   * @param {string} picture
   * @param {Element} start
   */
  fly(picture, start) {
    const { star } = this;
    const [from, to] = [start, star].map((node) => node.getBoundingClientRect());
    const image = document.createElement('img');
    image.className = 'flight';
    image.src = picture;
    image.alt = '';
    this.surface.append(image);
    /**
     * @param {DOMRect} box
     * @param {number} scale
     * @param {number} turn
     */
    const at = (box, scale, turn) => {
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const place = 'translate(' + x + 'px, ' + y + 'px) translate(-50%, -50%) ';
      return place + 'rotate(' + turn + 'deg) scale(' + scale + ')';
    };
    const ways = [at(from, 1, 0), at(from, 1.15, -8), at(to, 0.15, 20)];
    const steps = ways.map((transform) => ({ transform }));
    const timing = { duration: 900, easing: 'cubic-bezier(0.5, 0, 0.6, 1)' };
    image.animate(steps, timing).finished.then(() => {
      image.remove();
      this.burst(star);
      star.animate({ scale: [1, 1.25, 1] }, 300);
    });
  }
}

Celebration.SPARKS = 16;
Celebration.REACH = 220; // px

/**
 * Where sparks fly: all around, by turns far and near.
 * @param {number} count
 * @returns {{angle: number, way: number, turn: number}[]} radians, part of the reach, degrees
 */
export function sparks(count) {
  return Array.from({ length: count }, (_, index) => ({
    angle: (index / count) * 2 * Math.PI - Math.PI / 2,
    way: [1, 0.62, 0.84, 0.5][index % 4],
    turn: index % 2 ? 200 : -160,
  }));
}

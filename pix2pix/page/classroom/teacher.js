import { Dialog } from '../common/dialog.js';
import { find, findAll } from '../common/find.js';
import { ask } from './ask.js';
import { Banner } from './banner.js';
import { ClassBook } from './classbook.js';
import { MissionPicker } from './missionpicker.js';
import { Poll } from './poll.js';
import { TeacherKey } from './teacherkey.js';
import { Wall } from './wall.js';

/** @import { Domains } from '../common/domains.js' */
/** @import { Texts } from '../common/texts.js' */
/** @import { News } from './pupil.js' */

/** @typedef {News & {drawing: number, pictures: string[]}} BoardNews */

/** The teacher's desk on the big screen: pencils down, a mission for all, the book, and the end. */
export class Teacher {
  /**
   * @param {object} uses
   * @param {HTMLElement} uses.root
   * @param {Texts} uses.texts
   * @param {Domains} uses.domains
   * @param {string} uses.key of the teacher's link
   * @param {(drawing: number) => void} uses.counted is told how many draw
   * @param {() => void} uses.refused is told that the link is an old one
   */
  constructor({ root, texts, domains, key, counted, refused }) {
    this.root = root;
    this.texts = texts;
    this.counted = counted;
    this.refused = refused;
    this.headers = { Authorization: 'Bearer ' + key };
    this.isResting = false;
    this.wall = new Wall({
      root,
      texts,
      fetch: (id) => ask('classroom/pictures/' + id, { headers: this.headers }),
      changed: () => this.dress(),
    });
    this.picker = new MissionPicker({
      root,
      texts,
      domains,
      start: (mission) => this.order({ kind: 'mission', mission }),
    });
    this.banner = new Banner({ root, texts, picker: this.picker });
    this.book = new ClassBook({ root, texts, wall: this.wall });
    this.end = new Dialog('class-end', { root, texts });
    root.addEventListener('click', ({ target }) => {
      const button = /** @type {Element} */ (target).closest('button');
      this.deeds[button?.dataset.deed ?? '']?.();
    });
    this.poll = new Poll(
      'classroom/board',
      {
        heard: (news) => this.hear(news),
        lost: () => this.say('class_lost'),
        refused: () => this.leave(),
      },
      { headers: this.headers },
    );
  }

  /** @returns {Object<string, () => unknown>} */
  get deeds() {
    return {
      rest: () => this.order({ kind: 'rest', resting: !this.isResting }),
      missions: () => this.picker.open(),
      'no-mission': () => this.order({ kind: 'mission', mission: null }),
      book: () => this.book.open(),
      print: () => this.book.save(),
      end: () => this.end.open(),
      forget: () => this.order({ kind: 'forget' }),
      remove: () => this.wall.shown && this.order({ kind: 'remove', picture: this.wall.shown }),
      close: () => this.close(),
    };
  }

  /**
   * @param {object} order see `Order` in protocol.py
   */
  async order(order) {
    try {
      const body = JSON.stringify(order);
      const sent = { method: 'POST', headers: this.headers, body };
      this.hear(await (await ask('classroom/orders', sent)).json());
      this.close();
    } catch {
      this.say('class_lost');
    }
  }

  /** @param {BoardNews} news */
  hear({ drawing, resting, mission, pictures }) {
    this.say(null);
    this.counted(drawing);
    this.isResting = resting;
    this.banner.show(resting, mission?.id ?? null);
    this.picker.mark(mission?.id ?? null);
    this.wall.show(pictures);
    this.dress();
  }

  /** The desk and the screen, as things are now. */
  dress() {
    const { root, texts, wall } = this;
    root.dataset.board = wall.isEmpty ? 'empty' : 'pictures';
    for (const part of ['.desk', '.show']) find(root, part).hidden = false;
    const rest = find(root, '[data-deed=rest]');
    rest.toggleAttribute('data-resting', this.isResting);
    texts.write(find(rest, '.desk-rest'), () =>
      texts.get(this.isResting ? 'class_go_on' : 'class_rest'),
    );
    find(root, '[data-deed=book]', HTMLButtonElement).disabled = wall.isEmpty;
  }

  close() {
    for (const dialog of findAll(this.root, 'dialog[open]', HTMLDialogElement)) dialog.close();
  }

  leave() {
    TeacherKey.forget();
    this.say('class_old_link');
    this.refused();
  }

  /** @param {string | null} key of a text; null if there is nothing to be said */
  say(key) {
    const { root, texts } = this;
    texts.write(find(root, '.desk-note'), () => (key ? texts.get(key) : ''));
  }
}

import { WIDTHS } from '../drawing/pens.js';
import { ImportDialog } from './importdialog.js';
import { Photo } from './photo.js';

/** @import { Studio } from '../app/studio.js' */

/**
 * Has the lines of a photo or a paper drawing found, or a gray photo coloured; the drawing stays as
 * it is until they are there.
 */
export class PhotoImport {
  /** @param {Studio} studio */
  constructor(studio) {
    this.studio = studio;
  }

  /** @param {'photo' | 'paper' | 'gray'} kind */
  async begin(kind, file) {
    const { studio } = this;
    const { pending } = studio;
    if (studio.sketch.live) return;
    studio.goOn();
    const errand = pending.begin(kind, () => this.stopped(kind));
    this.show(kind);
    const { picture, error } = await Photo.read(file);
    const wish = kind === 'gray' ? { kind: 'colourise' } : { kind: 'bring', source: kind };
    if (!error) pending.ask(errand, { ...wish, picture }, (answer) => this.end(kind, answer));
    else if (pending.end(errand)) this.end(kind, { error });
  }

  end(kind, answer) {
    const { studio } = this;
    this.hide(kind);
    if (answer.error) {
      studio.card.failTo(kind, answer.error);
      return;
    }
    studio.settle();
    if (kind === 'gray') {
      this.showColoured(answer);
      return;
    }
    studio.place(ImportDialog.strokes(answer.strokes, WIDTHS.pen[0]));
    studio.speak('import_done');
  }

  showColoured(answer) {
    const { studio } = this;
    studio.variants.close();
    studio.card.showColoured(answer);
    studio.enableSaving();
    studio.server.rest();
    studio.speak('gray_done');
  }

  stopped(kind) {
    this.hide(kind);
    this.studio.speak('import_stopped');
  }

  /** Says that it has begun: a gray photo is no matter of the paper. */
  show(kind) {
    const isGray = kind === 'gray';
    this.studio.paper.setAttribute('aria-busy', String(!isGray));
    if (isGray) this.studio.card.say('gray_waiting', true);
    this.studio.speak(isGray ? 'gray_waiting' : 'import_searching');
  }

  hide(kind) {
    if (kind === 'gray') this.studio.card.say(null);
    this.studio.paper.setAttribute('aria-busy', 'false');
    this.studio.speak(null);
  }
}

import { WIDTHS } from '../drawing/pens.js';
import { ImportDialog } from './importdialog.js';
import { Photo } from './photo.js';

/** @import { App } from '../app/app.js' */

/**
 * Has the lines of a photo or a paper drawing found, or a gray photo coloured; the drawing stays as
 * it is until they are there.
 */
export class PhotoImport {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
  }

  /** @param {'photo' | 'paper' | 'gray'} kind */
  async begin(kind, file) {
    const { app } = this;
    const { pending } = app;
    if (app.sketch.live) return;
    app.goOn();
    const errand = pending.begin(kind, () => this.stopped(kind));
    this.show(kind);
    const { picture, error } = await Photo.read(file);
    const wish = kind === 'gray' ? { kind: 'colourise' } : { kind: 'bring', source: kind };
    if (!error) pending.ask(errand, { ...wish, picture }, (answer) => this.end(kind, answer));
    else if (pending.end(errand)) this.end(kind, { error });
  }

  end(kind, answer) {
    const { app } = this;
    this.hide(kind);
    if (answer.error) {
      app.card.failTo(kind, answer.error);
      return;
    }
    app.settle();
    if (kind === 'gray') {
      this.showColoured(answer);
      return;
    }
    app.place(ImportDialog.strokes(answer.strokes, WIDTHS.pen[0]));
    app.speak('import_done');
  }

  showColoured(answer) {
    const { app } = this;
    app.variants.close();
    app.card.showColoured(answer);
    app.enableSaving();
    app.server.rest();
    app.speak('gray_done');
  }

  stopped(kind) {
    this.hide(kind);
    this.app.speak('import_stopped');
  }

  /** Says that it has begun: a gray photo is no matter of the paper. */
  show(kind) {
    const isGray = kind === 'gray';
    this.app.paper.setAttribute('aria-busy', String(!isGray));
    if (isGray) this.app.card.say('gray_waiting', true);
    this.app.speak(isGray ? 'gray_waiting' : 'import_searching');
  }

  hide(kind) {
    if (kind === 'gray') this.app.card.say(null);
    this.app.paper.setAttribute('aria-busy', 'false');
    this.app.speak(null);
  }
}

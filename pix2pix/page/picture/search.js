/**
 * Has the lines of a photo or a paper drawing found, or a gray photo coloured; the drawing stays as
 * it is until they are there.
 */
class Search {
  constructor(studio) {
    this.studio = studio;
    this.current = null;
  }

  /** @param {'photo' | 'paper' | 'gray'} kind */
  async begin(kind, file) {
    const { studio } = this;
    if (studio.sketch.live) return;
    studio.goOn();
    studio.bigger.stop();
    const search = { kind };
    this.show(search);
    const { picture, error } = await Photo.read(file);
    if (this.current !== search) return; // something else has been done since
    const wish = kind === 'gray' ? { colour: true } : { bring: kind };
    if (error) this.end(kind, { error });
    else studio.server.ask({ ...wish, picture }, (answer) => this.end(kind, answer));
  }

  end(kind, answer) {
    const { studio } = this;
    this.show(null);
    if (answer.error) {
      studio.card.failTo(kind, answer.error);
      return;
    }
    studio.settle();
    if (kind === 'gray') {
      this.showColoured(answer);
      return;
    }
    studio.place(Bring.strokes(answer.strokes, Toolbar.WIDTHS.pen[0]));
    studio.speak('bring_done');
  }

  showColoured(answer) {
    const { studio } = this;
    studio.variants.close();
    studio.card.showColoured(answer);
    studio.enableSaving();
    studio.server.rest();
    studio.speak('gray_done');
  }

  stop() {
    if (!this.current) return;
    this.studio.server.forget();
    this.show(null);
    this.studio.speak('bring_stopped');
  }

  show(search) {
    const { card, paper } = this.studio;
    if (this.current?.kind === 'gray') card.say(null);
    this.current = search;
    const isGray = search?.kind === 'gray';
    paper.setAttribute('aria-busy', String(search !== null && !isGray));
    if (isGray) card.say('gray_waiting', true);
    this.studio.speak(search && (isGray ? 'gray_waiting' : 'bring_searching'));
  }
}

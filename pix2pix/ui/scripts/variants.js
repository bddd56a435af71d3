/** The strip of the same picture in other colours: open as long as it is about the drawing. */
class Variants {
  /** @param {(index: number, picture: string) => void} pick is told which one shall be taken */
  constructor(root, texts, pick) {
    this.root = root;
    this.texts = texts;
    this.pick = pick;
    this.isAwaited = false;
    root.addEventListener('click', ({ target }) => this.take(target.closest('button')));
    root.addEventListener('keydown', (event) => this.step(event));
  }

  get buttons() {
    return [...this.root.children];
  }

  /** Shows the pictures, the first one taken. */
  open(pictures) {
    this.isAwaited = false;
    const byButton = document.activeElement?.dataset.action === 'another';
    const buttons = pictures.map((picture, index) => this.button(picture, index));
    this.root.replaceChildren(...buttons);
    this.root.hidden = false;
    // Who came by the key N goes on with arrow keys; the button stays under the finger.
    if (!byButton) buttons[0].focus({ preventScroll: true });
    this.take(buttons[0]);
  }

  button(picture, index) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'variant';
    button.setAttribute('aria-label', this.texts.get('variant') + ' ' + (index + 1));
    const image = document.createElement('img');
    image.src = picture;
    image.alt = '';
    button.append(image);
    return button;
  }

  close() {
    this.isAwaited = false;
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  take(chosen) {
    if (!chosen) return;
    for (const button of this.buttons) {
      button.setAttribute('aria-pressed', String(button === chosen));
    }
    this.pick(this.buttons.indexOf(chosen), chosen.firstChild.src);
  }

  /** Arrow keys go to the next one and take it. */
  step(event) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const { buttons } = this;
    const from = buttons.indexOf(document.activeElement);
    if (!by || from < 0) return;
    event.preventDefault();
    const next = buttons[(from + by + buttons.length) % buttons.length];
    next.focus();
    this.take(next);
  }
}

import { COLORS, WIDTHS } from '../drawing/pens.js';

/** Tools, sizes and colours: which are chosen, and the buttons that show it. */
export class Toolbar {
  /** @param {(action: string) => void} act is called for buttons that do something at once */
  constructor(root, texts, act) {
    this.root = root;
    this.tool = 'pen';
    this.color = COLORS[0][1];
    this.sizes = { pen: 1, colour: 1, eraser: 1 };
    this.palette(texts);
    root.addEventListener('click', ({ target }) => {
      const button = target.closest('button');
      if (!button || button.disabled) return;
      const { tool, size, color, action } = button.dataset;
      if (tool) this.pick(tool);
      if (size) this.resize(Number(size));
      if (color) this.paint(color);
      if (action) act(action);
    });
    this.custom = root.querySelector('.swatch-custom input');
    this.custom.addEventListener('input', () => this.paint(this.custom.value));
    this.custom.addEventListener('click', () => this.paint(this.custom.value));
    this.show();
  }

  palette(texts) {
    const custom = this.root.querySelector('.swatch-custom');
    for (const [name, color] of COLORS) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'swatch';
      button.dataset.color = color;
      button.dataset.label = 'color_' + name;
      button.style.setProperty('--swatch', color);
      custom.before(button);
    }
    texts.apply(custom.parentElement);
  }

  get width() {
    return WIDTHS[this.tool][this.sizes[this.tool]];
  }

  pick(tool) {
    this.tool = tool;
    this.show();
  }

  /** On a phone only the chosen size is shown, and a tap on it goes to the next. */
  resize(size) {
    const shown = [...this.root.querySelectorAll('[data-size]')].filter(
      (node) => node.offsetParent,
    );
    this.sizes[this.tool] = shown.length === 1 ? (size + 1) % 3 : size;
    this.show();
  }

  step(by) {
    this.sizes[this.tool] = Math.min(2, Math.max(0, this.sizes[this.tool] + by));
    this.show();
  }

  paint(color) {
    this.color = color;
    this.pick('colour');
  }

  show() {
    this.root.style.setProperty('--chosen-color', this.color);
    const press = (selector, isPressed) => {
      for (const node of this.root.querySelectorAll(selector)) {
        node.setAttribute('aria-pressed', String(isPressed(node.dataset)));
      }
    };
    const isColour = this.tool === 'colour';
    press('[data-tool]', ({ tool }) => tool === this.tool);
    press('[data-size]', ({ size }) => Number(size) === this.sizes[this.tool]);
    press('[data-color]', ({ color }) => isColour && color === this.color);
    const isOwn = isColour && !COLORS.some(([, color]) => color === this.color);
    this.custom.parentElement.classList.toggle('is-chosen', isOwn);
    this.custom.parentElement.style.setProperty('--swatch', this.custom.value);
  }

  enable(action, isEnabled) {
    for (const button of this.root.querySelectorAll('[data-action=' + action + ']')) {
      button.disabled = !isEnabled;
    }
  }
}

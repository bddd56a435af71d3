/** Tools, sizes and colours: which are chosen, and the buttons that show it. */
class Toolbar {
  /** @param {(action: string) => void} act is called for buttons that do something at once */
  constructor(root, texts, act) {
    this.root = root;
    this.tool = 'pen';
    this.color = Toolbar.COLORS[0][1];
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
    for (const [name, color] of Toolbar.COLORS) {
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
    return Toolbar.WIDTHS[this.tool][this.sizes[this.tool]];
  }

  pick(tool) {
    this.tool = tool;
    this.show();
  }

  /** On a phone only the chosen size is shown, and a tap on it goes to the next. */
  resize(size) {
    const shown = [...this.root.querySelectorAll('[data-size]')].filter((node) => node.offsetParent);
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
    const isOwn = isColour && !Toolbar.COLORS.some(([, color]) => color === this.color);
    this.custom.parentElement.classList.toggle('is-chosen', isOwn);
    this.custom.parentElement.style.setProperty('--swatch', this.custom.value);
  }

  enable(action, isEnabled) {
    for (const button of this.root.querySelectorAll('[data-action=' + action + ']')) {
      button.disabled = !isEnabled;
    }
  }
}

// Widths are parts of the canvas's side.
Toolbar.WIDTHS = {
  pen: [0.006, 0.011, 0.02],
  colour: [0.04, 0.075, 0.13],
  eraser: [0.03, 0.06, 0.12],
};

Toolbar.COLORS = [
  ['red', '#d93a32'],
  ['orange', '#f0862c'],
  ['yellow', '#f7cb3b'],
  ['lime', '#8cc152'],
  ['green', '#2f8f5b'],
  ['sky', '#55b7e6'],
  ['blue', '#2b5fc1'],
  ['violet', '#7d4fb0'],
  ['pink', '#ef8fb0'],
  ['brown', '#8a5a36'],
  ['black', '#2b2b30'],
  ['white', '#f7f5f0'],
];

import { find, findAll } from '../common/find.js';
import { COLORS, WIDTHS } from '../drawing/pens.js';

/** @import { Texts } from '../common/texts.js' */
/** @import { StrokeKind } from '../drawing/sketch.js' */

/** @typedef {'pen' | 'colour' | 'eraser'} Tool */

/** Tools, sizes and colours: which are chosen, and the buttons that show it. */
export class Toolbar {
  /**
   * @param {HTMLElement} root
   * @param {Texts} texts
   * @param {(action: string) => void} act is called for buttons that do something at once
   */
  constructor(root, texts, act) {
    this.root = root;
    /** @type {Tool} */
    this.tool = 'pen';
    this.color = COLORS[0][1];
    this.sizes = { pen: 1, colour: 1, eraser: 1 };
    this.palette(texts);
    root.addEventListener('click', ({ target }) => {
      const button = /** @type {Element} */ (target).closest('button');
      if (!button || button.disabled) return;
      const { tool, size, color, action } = button.dataset;
      if (tool) this.pick(/** @type {Tool} */ (tool));
      if (size) this.resize(Number(size));
      if (color) this.paint(color);
      if (action) act(action);
    });
    this.swatch = find(root, '.swatch-custom');
    this.custom = find(this.swatch, 'input', HTMLInputElement);
    this.custom.addEventListener('input', () => this.paint(this.custom.value));
    this.custom.addEventListener('click', () => this.paint(this.custom.value));
    this.show();
  }

  /** @param {Texts} texts */
  palette(texts) {
    const custom = find(this.root, '.swatch-custom');
    for (const [name, color] of COLORS) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'swatch';
      button.dataset.color = color;
      button.dataset.label = 'color_' + name;
      button.style.setProperty('--swatch', color);
      custom.before(button);
    }
    texts.apply(find(this.root, '.colours'));
  }

  /** What the chosen tool draws: the stroke's kind, width and colour. */
  get pen() {
    const { kind, width } = this;
    return { kind, width, color: kind === 'hint' ? this.color : null };
  }

  get kind() {
    return Toolbar.KINDS[this.tool];
  }

  get width() {
    return WIDTHS[this.tool][this.sizes[this.tool]];
  }

  /** @param {Tool} tool */
  pick(tool) {
    this.tool = tool;
    this.show();
  }

  /**
   * On a phone only the chosen size is shown, and a tap on it goes to the next.
   * @param {number} size
   */
  resize(size) {
    const shown = findAll(this.root, '[data-size]').filter((node) => node.offsetParent);
    this.sizes[this.tool] = shown.length === 1 ? (size + 1) % 3 : size;
    this.show();
  }

  /** @param {number} by */
  step(by) {
    this.sizes[this.tool] = Math.min(2, Math.max(0, this.sizes[this.tool] + by));
    this.show();
  }

  /** @param {string} color */
  paint(color) {
    this.color = color;
    this.pick('colour');
  }

  show() {
    this.root.style.setProperty('--chosen-color', this.color);
    /**
     * @param {string} selector
     * @param {(dataset: DOMStringMap) => boolean} isPressed
     */
    const press = (selector, isPressed) => {
      for (const node of findAll(this.root, selector)) {
        node.setAttribute('aria-pressed', String(isPressed(node.dataset)));
      }
    };
    const isColour = this.tool === 'colour';
    press('[data-tool]', ({ tool }) => tool === this.tool);
    press('[data-size]', ({ size }) => Number(size) === this.sizes[this.tool]);
    press('[data-color]', ({ color }) => isColour && color === this.color);
    const isOwn = isColour && !COLORS.some(([, color]) => color === this.color);
    this.swatch.classList.toggle('is-chosen', isOwn);
    this.swatch.style.setProperty('--swatch', this.custom.value);
  }

  /**
   * @param {string} action
   * @param {boolean} isEnabled
   */
  enable(action, isEnabled) {
    const buttons = '[data-action=' + action + ']';
    for (const button of findAll(this.root, buttons, HTMLButtonElement)) {
      button.disabled = !isEnabled;
    }
  }
}

/** @type {Record<Tool, StrokeKind>} */
Toolbar.KINDS = { pen: 'line', colour: 'hint', eraser: 'erase' };

import { findAll } from './find.js';

/** @import { Names } from './domains.js' */

/** @typedef {() => string | undefined} Words */

/** The page's words in the language that was chosen, or else the browser asks for. */
export class Texts {
  /**
   * @param {Object<string, Object<string, string>>} locales texts by language, then by key
   * @param {string | null} chosen language
   * @param {readonly string[]} asked what the browser asks for, the most wanted first
   */
  constructor(locales, chosen = null, asked = navigator.languages ?? [navigator.language]) {
    this.locales = locales;
    this.fallback = 'en';
    this.asked = asked;
    /** @type {WeakMap<Element, Map<string | null, Words>>} what `write` was given, by attribute */
    this.written = new WeakMap();
    this.language = this.fallback;
    this.words = locales[this.fallback];
    this.use(chosen);
  }

  /** @param {string | null} chosen */
  use(chosen) {
    const tags = [chosen ?? [], this.asked].flat().map((tag) => tag.split('-')[0].toLowerCase());
    this.language = tags.find((tag) => tag in this.locales) ?? this.fallback;
    this.words = this.locales[this.language];
  }

  /**
   * The text of `key`, its {fields} filled in, in English where a language lacks it; undefined if
   * there is none.
   *
   * @param {string} key
   * @param {Object<string, unknown>} fields
   * @returns {string | undefined}
   */
  find(key, fields = {}) {
    const text = this.words[key] ?? this.locales[this.fallback][key];
    return text?.replace(/\{(\w+)\}/g, (field, name) => String(fields[name] ?? field));
  }

  /**
   * The same for a text that there has to be.
   *
   * @param {string} key
   * @param {Object<string, unknown>} [fields]
   */
  get(key, fields) {
    return this.find(key, fields) ?? key;
  }

  /**
   * The text for `n` things, in the form that the language has for that number.
   *
   * @param {string} key what its forms begin with: '..._one', '..._other' and so on
   * @param {number} n fills in {n}
   * @param {Object<string, unknown>} [fields]
   */
  count(key, n, fields) {
    const other = key + '_other';
    const language = other in this.words ? this.language : this.fallback;
    const form = key + '_' + new Intl.PluralRules(language).select(n);
    return this.get(form in this.locales[language] ? form : other, { n, ...fields });
  }

  /**
   * A domain's name: a new language has it in its own file.
   * @param {{id: string, title: Names}} domain
   */
  title(domain) {
    return this.words['domain_' + domain.id] ?? this.name(domain.title);
  }

  /**
   * A thing's name in the page's language.
   * @param {Names} names
   */
  name(names) {
    return names[this.language] ?? names.en;
  }

  /**
   * Writes words that no attribute of the markup names, and again when the language changes.
   *
   * @template {Element} T
   * @param {T} node
   * @param {Words} words
   * @param {string | null} attribute has them; null if they are the content
   * @returns {T} the node
   */
  write(node, words, attribute = null) {
    const written = this.written.get(node) ?? new Map();
    this.written.set(node, written.set(attribute, words));
    Texts.set(node, words(), attribute);
    return node;
  }

  /**
   * @param {Element} node
   * @param {string | undefined} words
   * @param {string | null} attribute
   */
  static set(node, words = '', attribute = null) {
    if (attribute) node.setAttribute(attribute, words);
    else node.textContent = words;
  }

  /**
   * Sets the texts of all elements with data-text (content), data-label (accessible name) or
   * data-alt (text for a picture), and what was written.
   *
   * @param {HTMLElement} root
   */
  apply(root) {
    document.documentElement.lang = this.language;
    document.title = this.get('title');
    for (const node of findAll(root, '[data-text]')) {
      node.textContent = this.get(node.dataset.text ?? '');
    }
    for (const node of findAll(root, '[data-label]')) {
      const words = this.get(node.dataset.label ?? '');
      node.setAttribute('aria-label', words);
      if (node.matches('button')) node.title = words;
    }
    for (const node of findAll(root, '[data-alt]', HTMLImageElement)) {
      node.alt = this.get(node.dataset.alt ?? '');
    }
    for (const node of root.querySelectorAll('*')) {
      this.written.get(node)?.forEach((words, attribute) => Texts.set(node, words(), attribute));
    }
  }
}

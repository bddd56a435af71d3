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
    this.written = new WeakMap(); // what `write` was given, by node, then by attribute
    this.use(chosen);
  }

  use(chosen) {
    const tags = [chosen ?? [], this.asked].flat().map((tag) => tag.split('-')[0].toLowerCase());
    this.language = tags.find((tag) => tag in this.locales) ?? this.fallback;
    this.words = this.locales[this.language];
  }

  /**
   * The text of `key`, its {fields} filled in, in English where a language lacks it; undefined if
   * there is none.
   */
  get(key, fields = {}) {
    const text = this.words[key] ?? this.locales[this.fallback][key];
    return text?.replace(/\{(\w+)\}/g, (field, name) => fields[name] ?? field);
  }

  /** A domain's name: a new language has it in its own file. */
  title(domain) {
    return this.words['domain_' + domain.id] ?? this.name(domain.title);
  }

  /** A thing's name, given as {language: name}. */
  name(names) {
    return names[this.language] ?? names.en;
  }

  /**
   * Writes words that no attribute of the markup names, and again when the language changes.
   * @param {() => string | undefined} words
   * @param {string | null} attribute has them; null if they are the content
   * @returns {Element} the node
   */
  write(node, words, attribute = null) {
    const written = this.written.get(node) ?? new Map();
    this.written.set(node, written.set(attribute, words));
    Texts.set(node, words(), attribute);
    return node;
  }

  static set(node, words = '', attribute = null) {
    if (attribute) node.setAttribute(attribute, words);
    else node.textContent = words;
  }

  /**
   * Sets the texts of all elements with data-text (content), data-label (accessible name) or
   * data-alt (text for a picture), and what was written.
   */
  apply(root) {
    document.documentElement.lang = this.language;
    document.title = this.get('title');
    for (const node of root.querySelectorAll('[data-text]')) {
      node.textContent = this.get(node.dataset.text);
    }
    for (const node of root.querySelectorAll('[data-label]')) {
      node.setAttribute('aria-label', this.get(node.dataset.label));
      if (node.matches('button')) node.title = this.get(node.dataset.label);
    }
    for (const node of root.querySelectorAll('[data-alt]')) {
      node.alt = this.get(node.dataset.alt);
    }
    for (const node of root.querySelectorAll('*')) {
      this.written.get(node)?.forEach((words, attribute) => Texts.set(node, words(), attribute));
    }
  }
}

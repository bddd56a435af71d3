/** The page's words in the language that the browser asks for. */
class Texts {
  /** @param {Object<string, Object<string, string>>} locales texts by language, then by key */
  constructor(locales, fallback = 'en') {
    const asked = navigator.languages ?? [navigator.language];
    const known = asked.map((tag) => tag.split('-')[0].toLowerCase()).find((tag) => tag in locales);
    this.language = known ?? fallback;
    this.words = locales[this.language];
  }

  /** The text of `key`; undefined if there is none. */
  get(key) {
    return this.words[key];
  }

  /** A thing's name, given as {language: name}. */
  name(names) {
    return names[this.language] ?? names.en;
  }

  /**
   * Sets the texts of all elements with data-text (content), data-label (accessible name) or
   * data-alt (text for a picture).
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
  }
}

/** The page's words in the language that was chosen, or else the browser asks for. */
class Texts {
  /**
   * @param {Object<string, Object<string, string>>} locales texts by language, then by key
   * @param {string | null} chosen language
   */
  constructor(locales, chosen = null, fallback = 'en') {
    this.locales = locales;
    this.fallback = fallback;
    this.use(chosen);
  }

  use(chosen) {
    const asked = [chosen ?? [], navigator.languages ?? navigator.language].flat();
    const tags = asked.map((tag) => tag.split('-')[0].toLowerCase());
    this.language = tags.find((tag) => tag in this.locales) ?? this.fallback;
    this.words = this.locales[this.language];
  }

  /** The text of `key`, in English where a language lacks it; undefined if there is none. */
  get(key) {
    return this.words[key] ?? this.locales[this.fallback][key];
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

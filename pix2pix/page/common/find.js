/**
 * The first element below `within` that `selector` names, of the kind that is asked for.
 *
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T}
 * @throws {Error} if there is none: markup and script have grown apart
 */
export function find(within, selector, kind) {
  const wanted = kind ?? HTMLElement;
  const node = within.querySelector(selector);
  if (node instanceof wanted) return /** @type {T} */ (node);
  throw new Error(`The page has no ${wanted.name} '${selector}'.`);
}

/**
 * All of them, checked like one.
 *
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T[]}
 */
export function findAll(within, selector, kind) {
  const wanted = kind ?? HTMLElement;
  return Array.from(within.querySelectorAll(selector), (node) => {
    if (node instanceof wanted) return /** @type {T} */ (node);
    throw new Error(`'${selector}' of the page is no ${wanted.name}.`);
  });
}

/** A name that nothing else has: the time, so that names sort by it, and chance. */
export function newId() {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return Date.now().toString(36) + '-' + Array.from(random, (part) => part.toString(36)).join('');
}

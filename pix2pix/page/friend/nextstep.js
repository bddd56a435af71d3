/**
 * What to do next with a drawing: the key of the text that says so.
 *
 * @param {object} drawing
 * @param {boolean} drawing.isEmpty
 * @param {boolean} drawing.isPhoto whether there is a photo in colour instead of it
 * @param {boolean} drawing.isClosed
 * @param {boolean} drawing.hasColours
 */
export function nextStep({ isEmpty, isPhoto, isClosed, hasColours }) {
  if (isPhoto) return 'step_keep';
  if (isEmpty) return 'step_draw';
  if (!isClosed) return 'step_close';
  return hasColours ? 'step_keep' : 'step_colour';
}

/** A mistake that the child can correct; the page looks up its text by the code. */
export class DrawingError extends Error {
  /**
   * @param {string} code as `pix2pix.errors.UserError` in Python
   * @param {string} message one English sentence
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

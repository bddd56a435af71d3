/** Has the picture made bigger by the server, and keeps that as a file. */
class Bigger {
  /**
   * @param button shows whether it is awaited
   * @param {(key: string | null) => void} speak tells those who do not see the page
   * @param {(error) => void} fail shows why there is none
   */
  constructor(button, server, speak, fail) {
    Object.assign(this, { button, server, speak, fail });
    this.wait(false);
  }

  /** Asks for `picture`, a data URL, as it is now; drawing may go on meanwhile. */
  ask(picture, name) {
    this.wait(true);
    this.server.ask({ enlarge: picture }, (answer) => this.keep(answer, name));
  }

  async keep(answer, name) {
    this.wait(false);
    if (answer.error) {
      this.fail(answer.error);
      return;
    }
    await Save.whole(answer.enlarged, name);
    this.speak('bigger_done');
  }

  /** Something else is asked of the server. */
  stop() {
    if (!this.isAwaited) return;
    this.server.forget();
    this.wait(false);
  }

  wait(isAwaited) {
    this.isAwaited = isAwaited;
    this.button.setAttribute('aria-busy', String(isAwaited));
    this.speak(isAwaited ? 'bigger_waiting' : null);
  }
}

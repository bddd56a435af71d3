/** The card with the picture: empty at first, then the newest picture, or a sentence. */
class PictureCard {
  constructor(root, texts) {
    this.root = root;
    this.texts = texts;
    this.picture = root.querySelector('.picture-image');
    this.edges = root.querySelector('.edges-image');
    this.notice = root.querySelector('.notice');
    this.empty();
  }

  get hasPicture() {
    return this.root.dataset.state === 'picture';
  }

  empty() {
    this.root.dataset.state = 'empty';
    this.picture.removeAttribute('src');
    this.edges.removeAttribute('src');
    this.say(null);
  }

  show(answer) {
    this.root.dataset.state = 'picture';
    this.picture.src = answer.picture;
    this.edges.src = answer.edges;
    if (!this.isKept) this.say(null);
  }

  /** Shows another picture of the same lines. */
  recolour(picture) {
    this.picture.src = picture;
    if (!this.isKept) this.say(null);
  }

  /** Shows the sentence for an error of the server; the last picture stays. */
  fail(error) {
    this.say(this.texts.get('error_' + error.code) ?? error.message);
  }

  /** Shows why nothing was brought or made bigger; stays when a new picture comes. */
  failTo(wish, error) {
    const { code, message } = error;
    const sentence = this.texts.get('error_' + wish + '_' + code) ?? this.texts.get('error_' + code);
    this.say(sentence ?? message, true);
  }

  say(sentence, isKept = false) {
    this.isKept = isKept;
    this.notice.hidden = !sentence;
    this.notice.textContent = sentence ?? '';
  }
}

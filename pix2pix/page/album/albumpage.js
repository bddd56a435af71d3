import { Store } from '../common/store.js';
import { recordId } from './record.js';
import { paintDrawing } from './thumbnail.js';

/** @import { Album } from './album.js' */
/** @import { Autosave } from './autosave.js' */
/** @import { Snapshots } from './snapshots.js' */

/** One page of the album: drawing and picture at large, its name, and what can be done with it. */
export class AlbumPage {
  /**
   * @param {Album} album
   * @param {Autosave} autosave
   * @param {Snapshots} snapshots
   * @param {{replay(record): void, scene(record): void}} openers show a record elsewhere
   */
  constructor(album, autosave, snapshots, openers) {
    this.album = album;
    this.autosave = autosave;
    this.snapshots = snapshots;
    this.openers = openers;
    this.record = null;
    this.name = album.find('.album-name input');
    this.name.addEventListener('change', () => this.rename());
    this.name.addEventListener('keydown', ({ key }) => key === 'Enter' && this.name.blur());
  }

  get deeds() {
    return {
      open: () => this.openAgain(),
      copy: () => this.open(undefined),
      replay: () => this.openers.replay(this.record),
      heart: () => this.heart(),
      remove: () => this.album.remove(this.record),
    };
  }

  show(record) {
    const { album } = this;
    this.record = record;
    album.say(null);
    album.undoBar.hide();
    album.turn('page');
    const [drawing, picture] = ['.album-drawing', '.album-picture'].map((part) => album.find(part));
    picture.src = album.url(record.picture);
    picture.hidden = !record.picture;
    drawing.hidden = !record.drawing;
    if (record.drawing) {
      paintDrawing(drawing.getContext('2d'), record.drawing.strokes, drawing.width);
    }
    for (const deed of ['copy', 'replay', 'heart']) {
      album.find('[data-deed=' + deed + ']').hidden = !record.drawing;
    }
    this.name.value = record.name;
    album.texts.write(this.name, () => album.kindName(record), 'placeholder');
    this.showHeart();
    album.find('.album-page [data-deed=list]').focus();
  }

  showHeart() {
    const button = this.album.find('[data-deed=heart]');
    button.setAttribute('aria-pressed', String(this.record.kept === true));
  }

  openAgain() {
    if (this.record.drawing) this.open(this.record.drawing.id);
    else this.openers.scene(this.record);
  }

  /** On the drawing table it goes on as the same record; as a copy it becomes another one. */
  open(id) {
    const { drawing, domain, moments } = this.record;
    const { app } = this.album;
    if (id) this.autosave.know(this.record);
    this.album.close();
    app.open({ ...drawing, id }, domain);
    this.snapshots.put(recordId(app), moments ?? []);
  }

  rename() {
    return this.alter({ name: this.name.value.trim() });
  }

  async heart() {
    await this.alter({ kept: !this.record.kept });
    this.showHeart();
    if (this.record.kept) Store.persist();
  }

  /** Writes over the newest state of the record: another tab may be drawing on it. */
  async alter(changes) {
    const { album, record } = this;
    await album.try(async () => {
      const alter = (before) => ({ ...before, ...changes, id: record.id });
      await Store.change(record.kind, record.id, alter);
      Object.assign(record, changes);
      if (this.autosave.known.has(record.id)) this.autosave.know(record);
    });
  }
}

import { context2d } from '../common/canvas.js';
import { Store } from '../common/store.js';
import { recordId } from './record.js';
import { paintDrawing } from './thumbnail.js';

/** @import { DrawingTable } from '../drawing/table.js' */
/** @import { Album, Listed, Openers } from './album.js' */
/** @import { Autosave } from './autosave.js' */
/** @import { Snapshots } from './snapshots.js' */

/** One page of the album: drawing and picture at large, its name, and what can be done with it. */
export class AlbumPage {
  /**
   * @param {Album} album
   * @param {object} uses
   * @param {DrawingTable} uses.table
   * @param {Autosave} uses.autosave
   * @param {Snapshots} uses.snapshots
   * @param {Openers} uses.openers
   */
  constructor(album, { table, autosave, snapshots, openers }) {
    this.album = album;
    this.table = table;
    this.autosave = autosave;
    this.snapshots = snapshots;
    this.openers = openers;
    /** @type {Listed | null} the one that is shown */
    this.record = null;
    this.name = album.find('.album-name input', HTMLInputElement);
    this.name.addEventListener('change', () => this.rename());
    this.name.addEventListener('keydown', ({ key }) => key === 'Enter' && this.name.blur());
  }

  get deeds() {
    return {
      open: () => this.withRecord((record) => this.openAgain(record)),
      copy: () => this.withRecord((record) => this.open(record, undefined)),
      replay: () =>
        this.withRecord((record) => record.kind === 'drawings' && this.openers.replay(record)),
      heart: () => this.withRecord((record) => this.heart(record)),
      remove: () => this.withRecord((record) => this.album.remove(record)),
    };
  }

  /** @param {(record: Listed) => unknown} act does something with what is shown */
  withRecord(act) {
    return this.record && act(this.record);
  }

  /** @param {Listed} record */
  show(record) {
    const { album } = this;
    this.record = record;
    album.say(null);
    album.undoBar.hide();
    album.turn('page');
    const drawing = album.find('.album-drawing', HTMLCanvasElement);
    const picture = album.find('.album-picture', HTMLImageElement);
    picture.src = album.url(record.picture);
    picture.hidden = !record.picture;
    drawing.hidden = !record.drawing;
    if (record.drawing) {
      paintDrawing(context2d(drawing), record.drawing.strokes, drawing.width);
    }
    for (const deed of ['copy', 'replay', 'heart']) {
      album.find('[data-deed=' + deed + ']').hidden = !record.drawing;
    }
    this.name.value = record.name;
    album.texts.write(this.name, () => album.kindName(record), 'placeholder');
    this.showHeart(record);
    album.find('.album-page [data-deed=list]').focus();
  }

  /** @param {Listed} record */
  showHeart({ kept }) {
    this.album.find('[data-deed=heart]').setAttribute('aria-pressed', String(kept === true));
  }

  /** @param {Listed} record */
  openAgain(record) {
    if (record.kind === 'drawings') this.open(record, record.drawing.id);
    else this.openers.scene(record);
  }

  /**
   * On the drawing table it goes on as the same record; as a copy it becomes another one.
   * @param {Listed} record
   * @param {string | undefined} id of the drawing
   */
  open(record, id) {
    if (record.kind === 'scenes') return;
    const { drawing, domain, moments } = record;
    if (id) this.autosave.know(record);
    this.album.close();
    this.table.open({ ...drawing, id }, domain);
    this.snapshots.put(recordId(this.table), moments ?? []);
  }

  rename() {
    return this.withRecord((record) => this.alter(record, { name: this.name.value.trim() }));
  }

  /** @param {Listed} record */
  async heart(record) {
    await this.alter(record, { kept: !record.kept });
    this.showHeart(record);
    if (record.kept) Store.persist();
  }

  /**
   * Writes over the newest state of the record: another tab may be drawing on it.
   * @param {Listed} record
   * @param {Partial<Listed>} changes
   */
  async alter(record, changes) {
    const { album } = this;
    await album.try(async () => {
      /** @param {object} before */
      const alter = (before) => ({ ...before, ...changes, id: record.id });
      await Store.change(record.kind, record.id, alter);
      Object.assign(record, changes);
      if (this.autosave.known.has(record.id)) this.autosave.know(record);
    });
  }
}

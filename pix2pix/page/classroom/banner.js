import { find } from '../common/find.js';

/** @import { Texts } from '../common/texts.js' */
/** @import { MissionPicker } from './missionpicker.js' */

/** What the whole class reads on the big screen: pencils down, or else its mission. */
export class Banner {
  /** @param {{root: HTMLElement, texts: Texts, picker: MissionPicker}} uses */
  constructor({ root, texts, picker }) {
    this.node = find(root, '.banner');
    this.texts = texts;
    this.picker = picker;
    this.shown = '';
  }

  /**
   * @param {boolean} isResting
   * @param {string | null} id of the mission
   */
  async show(isResting, id) {
    const wanted = isResting ? 'rest' : (id ?? '');
    if (wanted === this.shown) return;
    this.shown = wanted;
    const mission = !isResting && id ? await this.picker.seek(id) : null;
    if (wanted !== this.shown) return; // it took a while
    if (id && !isResting && !mission) this.shown = ''; // is sought again
    this.node.hidden = !isResting && !mission;
    this.node.toggleAttribute('data-rest', isResting);
    find(this.node, '.banner-picture').replaceChildren(
      ...(mission ? [this.picker.picture(mission)] : []),
    );
    this.texts.write(find(this.node, '.banner-line'), () =>
      mission ? this.texts.name(mission.line) : this.texts.get('rest_title'),
    );
  }
}

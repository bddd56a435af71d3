/**
 * A finger, a pen or the mouse at one moment: its place and its width in CSS pixels.
 *
 * @typedef {object} Contact
 * @property {number} id
 * @property {'mouse' | 'pen' | 'touch'} kind
 * @property {number} x
 * @property {number} y
 * @property {number} size
 * @property {number} at in milliseconds
 * @property {number} pressure
 * @property {boolean} isEraser
 *
 * What a contact does: 'draws', 'rests' (it may not draw, but tap or pinch together with another),
 * 'waits' (for whoever draws to turn out a palm), 'joins' others in a tap or a pinch, or nothing.
 *
 * @typedef {{first: Contact, last: Contact, size: number, isOff: boolean,
 *   does: 'draws' | 'rests' | 'waits' | 'joins' | 'nothing', trail: Contact[]}} Track
 *
 * @typedef {object} Handlers
 * @property {(contact: Contact) => void} begin a line
 * @property {(contact: Contact) => void} move
 * @property {(contact: Contact) => void} end
 * @property {() => void} drop takes the line back that was begun
 * @property {(fingers: number) => void} tap by two or three fingers
 * @property {(pair: [Contact, Contact], isFirst: boolean) => void} pinch
 * @property {(left: Contact | null) => void} released a pinch is over; who goes on alone
 */

/**
 * Whose touch counts: of all that lies on a surface, what draws, taps and pinches. It knows neither
 * the page nor a clock.
 *
 * A pen is meant, whatever fingers do meanwhile. A palm is large, or lies still. Two fingers that
 * come together tap or pinch; one that comes later is an accident, unless fingers may join.
 */
export class Pointers {
  /**
   * @param {Handlers} handlers
   * @param {{mayJoin?: boolean}} options whether a second finger may join the first at any time, and
   *   the first goes on when it has left
   */
  constructor(handlers, { mayJoin = false } = {}) {
    this.handlers = handlers;
    this.mayJoin = mayJoin;
    /** @type {Map<number, Track>} by the contact's id, in the order in which they came */
    this.tracks = new Map();
    /** @type {{at: number, fingers: number, isPinch: boolean, isVoid: boolean} | null} */
    this.joint = null;
    this.lastPen = -Infinity;
  }

  /** @returns {Track | undefined} what draws */
  get drawer() {
    return this.all('draws')[0];
  }

  /** @param {Track['does']} does */
  all(does) {
    return [...this.tracks.values()].filter((track) => track.does === does);
  }

  // --- what comes from the surface -------------------------------------------------------------

  /** @param {Contact} contact */
  down(contact) {
    /** @type {Track} */
    const track = {
      first: contact,
      last: contact,
      size: contact.size,
      isOff: false,
      does: 'nothing',
      trail: [contact],
    };
    this.up(contact, true); // one that was lost sight of
    const { drawer } = this;
    this.tracks.set(contact.id, track);
    if (contact.kind === 'touch') this.touch(track, drawer);
    else if (contact.kind === 'pen') this.pen(track, drawer);
    else if (!drawer && !this.joint) this.draw(track);
  }

  /** @param {Contact} contact */
  move(contact) {
    if (contact.kind === 'pen') this.lastPen = contact.at; // also one that hovers
    const track = this.tracks.get(contact.id);
    if (!track) return;
    track.last = contact;
    track.size = Math.max(track.size, contact.size);
    track.isOff ||= Pointers.far(track.first, contact) > Pointers.STILL;
    if (track.does === 'draws') this.handlers.move(contact);
    if (track.does === 'joins') this.pinch();
    if (track.does === 'waits') {
      track.trail.push(contact);
      if (track.isOff) this.takeOver(track);
    }
  }

  /**
   * @param {Contact} contact
   * @param {boolean} isTaken by the system, which takes a palm away and a finger for its own gestures
   */
  up(contact, isTaken = false) {
    const track = this.tracks.get(contact.id);
    if (!track) return;
    if (contact.kind === 'pen') this.lastPen = contact.at;
    // Where it was taken nobody knows, and a pen that is lifted does not press.
    const { x, y } = isTaken ? track.last : contact;
    track.last = { ...track.last, x, y, at: contact.at };
    if (track.does === 'waits' && !isTaken) this.takeOver(track);
    this.tracks.delete(contact.id);
    if (track.does === 'draws') {
      const isPalm = track.first.kind === 'touch' && (!track.isOff || Pointers.isLarge(track));
      if (isTaken && isPalm) this.handlers.drop();
      else this.handlers.end(track.last);
    }
    if (track.does === 'joins') this.leave(contact.at, isTaken);
  }

  /**
   * Whether one that came down elsewhere may go on here: it does not take over from a hand at work.
   * @param {number} now
   */
  mayAdopt(now) {
    return !this.joint && (!this.drawer || this.givesWay(this.drawer, now));
  }

  /**
   * Goes on with a contact that came down elsewhere, and has begun already.
   * @param {Contact} contact
   */
  adopt(contact) {
    if (this.drawer) {
      this.drawer.does = 'nothing';
      this.handlers.drop();
    }
    const track = { first: contact, last: contact, size: contact.size, isOff: true, trail: [] };
    this.tracks.set(contact.id, { ...track, does: 'draws' });
  }

  // --- who may draw ------------------------------------------------------------------------------

  /**
   * @param {Track} track
   * @param {Track | undefined} drawer
   */
  pen(track, drawer) {
    this.lastPen = track.first.at;
    if (drawer && drawer.first.kind !== 'touch') return;
    for (const each of this.tracks.values()) if (each !== track) each.does = 'nothing';
    if (drawer) this.handlers.drop();
    if (this.joint?.isPinch) this.handlers.released(null);
    this.joint = null;
    this.draw(track);
  }

  /**
   * @param {Track} track
   * @param {Track | undefined} drawer
   */
  touch(track, drawer) {
    if (this.joint) {
      this.joinOthers(track);
      return;
    }
    const first = [...this.all('draws'), ...this.all('rests')].find((each) => each !== track);
    const now = track.first.at;
    if (first && this.belong(first, track)) this.join(first, track);
    else if (drawer && (Pointers.isLarge(track) || !this.givesWay(drawer, now))) return;
    else if (drawer) track.does = 'waits';
    else if (now - this.lastPen >= Pointers.AWAY) this.draw(track);
    else if (now - this.lastPen >= Pointers.RESTING) track.does = 'rests';
  }

  /** @param {Track} track */
  draw(track) {
    track.does = 'draws';
    this.handlers.begin(track.first);
    this.handlers.move(track.first);
    for (const contact of track.trail.slice(1)) this.handlers.move(contact);
  }

  /**
   * One that waited is the hand, and who drew was a palm; unless that has moved on meanwhile.
   * @param {Track} track
   */
  takeOver(track) {
    const { drawer } = this;
    track.does = 'nothing';
    if (this.joint || (drawer && !this.givesWay(drawer, track.last.at))) return;
    if (drawer) {
      drawer.does = 'nothing';
      this.handlers.drop();
    }
    this.draw(track);
  }

  /**
   * @param {Track} track
   * @param {number} now
   */
  givesWay(track, now) {
    if (track.first.kind !== 'touch') return false;
    return Pointers.isLarge(track) || (!track.isOff && now - track.first.at > Pointers.TOGETHER);
  }

  // --- several fingers ---------------------------------------------------------------------------

  /**
   * Whether two fingers are one hand's.
   * @param {Track} first
   * @param {Track} second
   */
  belong(first, second) {
    if (first.first.kind !== 'touch' || Pointers.isLarge(first) || Pointers.isLarge(second))
      return false;
    return this.mayJoin || second.first.at - first.first.at <= Pointers.TOGETHER;
  }

  /**
   * @param {Track} first
   * @param {Track} second
   */
  join(first, second) {
    const isTogether = second.first.at - first.first.at <= Pointers.TOGETHER;
    if (first.does === 'draws' && isTogether) this.handlers.drop();
    for (const track of [first, second]) track.does = 'joins';
    this.joint = { at: first.first.at, fingers: 2, isPinch: false, isVoid: false };
    if (!isTogether) this.startPinch(first.last, second.first);
  }

  /** @param {Track} track */
  joinOthers(track) {
    const { joint } = this;
    if (!joint || joint.isPinch) return;
    joint.fingers += 1;
    joint.isVoid ||= joint.fingers > 3 || Pointers.isLarge(track);
    track.does = 'joins';
  }

  /**
   * @param {Contact} first where the fingers were when they began to move
   * @param {Contact} second
   */
  startPinch(first, second) {
    if (this.joint) this.joint.isPinch = true;
    this.handlers.pinch([first, second], true);
  }

  pinch() {
    const { joint } = this;
    const fingers = this.all('joins');
    if (!joint || joint.isVoid) return;
    if (!joint.isPinch) {
      if (!fingers.some(({ isOff }) => isOff)) return;
      joint.isVoid = joint.fingers !== 2 || fingers.length !== 2;
      if (!joint.isVoid) this.startPinch(fingers[0].first, fingers[1].first);
    }
    const [first, second] = fingers;
    if (joint.isPinch) this.handlers.pinch([first.last, second.last], false);
  }

  /**
   * @param {number} now
   * @param {boolean} isTaken
   */
  leave(now, isTaken) {
    const { joint } = this;
    const left = this.all('joins');
    if (!joint) return;
    joint.isVoid ||= isTaken || now - joint.at > Pointers.TAP;
    if (joint.isPinch) {
      this.joint = null;
      for (const track of left) track.does = this.mayJoin ? 'draws' : 'nothing';
      this.handlers.released(this.mayJoin ? (left[0]?.last ?? null) : null);
    } else if (!left.length) {
      this.joint = null;
      if (!joint.isVoid) this.handlers.tap(joint.fingers);
    }
  }

  // --- what a contact is like --------------------------------------------------------------------

  /** @param {Track} track */
  static isLarge({ size, first }) {
    return first.kind === 'touch' && size > Pointers.PALM;
  }

  /**
   * @param {Contact} one
   * @param {Contact} other
   */
  static far(one, other) {
    return Math.hypot(one.x - other.x, one.y - other.y);
  }
}

Pointers.TOGETHER = 150; // ms in which fingers of one hand come down
Pointers.TAP = 500; // ms: fingers that stay longer do not tap
Pointers.STILL = 10; // px: a finger that moves less lies still
Pointers.PALM = 70; // px: wider than the finger of a grown-up
Pointers.RESTING = 1000; // ms after the pen in which fingers are those of the hand that holds it
Pointers.AWAY = 20_000; // ms after which a pen has been put away

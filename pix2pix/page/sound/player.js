import { RUBS, rubbed } from './recipes.js';

/** @import { Note } from './recipes.js' */

/** @typedef {keyof typeof RUBS} RubKind */

/** Makes sounds out of their recipes: every one is synthesised, none comes from a file. */
export class Player {
  /** @param {BaseAudioContext} context */
  constructor(context) {
    this.context = context;
    this.noise = Player.noise(context);
    /** @type {{kind: RubKind, source: AudioBufferSourceNode, band: BiquadFilterNode, gain: GainNode} | null} */
    this.rubbing = null;
  }

  /**
   * A second of it, to be repeated.
   * @param {BaseAudioContext} context
   */
  static noise(context) {
    const noise = context.createBuffer(1, context.sampleRate, context.sampleRate);
    const samples = noise.getChannelData(0);
    for (let at = 0; at < samples.length; at += 1) samples[at] = Math.random() * 2 - 1;
    return noise;
  }

  /** @param {Note[]} sound */
  play(sound) {
    for (const note of sound) this.note(note);
  }

  /** @param {Note} note */
  note({ wave, from, to, at, lasts, loud }) {
    const { context } = this;
    const start = context.currentTime + at;
    const end = start + lasts;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loud, start + Player.ATTACK);
    gain.gain.exponentialRampToValueAtTime(Player.SILENT, end);
    gain.connect(context.destination);
    const { source, pitch } = wave === 'noise' ? this.band(gain) : this.tone(wave, gain);
    pitch.setValueAtTime(from, start);
    pitch.exponentialRampToValueAtTime(to, end);
    source.start(start);
    source.stop(end);
  }

  /**
   * @param {OscillatorType} wave
   * @param {AudioNode} out
   */
  tone(wave, out) {
    const source = this.context.createOscillator();
    source.type = wave;
    source.connect(out);
    return { source, pitch: source.frequency };
  }

  /**
   * @param {AudioNode} out
   * @param {number} [width]
   */
  band(out, width = 1) {
    const source = this.context.createBufferSource();
    source.buffer = this.noise;
    source.loop = true;
    const band = this.context.createBiquadFilter();
    band.type = 'bandpass';
    band.Q.value = 1 / width;
    source.connect(band).connect(out);
    return { source, band, pitch: band.frequency };
  }

  /**
   * A tool goes over the paper; it falls silent by itself where the hand rests.
   * @param {RubKind} kind
   * @param {number} speed in sides of the paper a second
   */
  rub(kind, speed) {
    if (this.rubbing?.kind !== kind) this.touch(kind);
    if (!this.rubbing) return;
    const { band, gain } = this.rubbing;
    const { hertz, loud } = rubbed(RUBS[kind], speed);
    const now = this.context.currentTime;
    band.frequency.setTargetAtTime(hertz, now, Player.SWING);
    gain.gain.cancelScheduledValues(now);
    gain.gain.setTargetAtTime(loud, now, Player.SWING);
    gain.gain.setTargetAtTime(0, now + Player.LINGER, Player.SWING);
  }

  /** @param {RubKind} kind */
  touch(kind) {
    this.lift();
    const gain = this.context.createGain();
    gain.gain.value = 0;
    gain.connect(this.context.destination);
    const { source, band } = this.band(gain, RUBS[kind].width);
    source.start();
    this.rubbing = { kind, source, band, gain };
  }

  lift() {
    if (!this.rubbing) return;
    const { source, gain } = this.rubbing;
    const now = this.context.currentTime;
    gain.gain.cancelScheduledValues(now);
    gain.gain.setTargetAtTime(0, now, Player.SWING);
    source.stop(now + 8 * Player.SWING);
    this.rubbing = null;
  }
}

Player.ATTACK = 0.008; // seconds; shorter ones click
Player.SILENT = 0.0001;
Player.SWING = 0.025; // seconds to come two thirds nearer to another loudness or pitch
Player.LINGER = 0.08; // seconds that a hand is still heard after it has been seen to move

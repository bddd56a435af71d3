import { Engine } from './engine.js';

/** @import { Done } from './engine.js' */
/** @import { GpuTrial } from './gputrial.js' */
/** @import { Wish } from './wish.js' */

/**
 * The engine that runs on the processor and, where that turns out to paint the same in less time, the
 * one that runs on the graphics processor. That is found out beside, in a worker of its own, while
 * nobody draws. If it fails, then or later, the processor goes on with what was asked.
 */
export class Engines {
  /**
   * @param {object} uses
   * @param {string} uses.folder address of the engine's files
   * @param {(answer: Done) => void} uses.answered
   * @param {GpuTrial} uses.trial
   * @param {(run: () => void) => void} uses.whenIdle
   * @param {(script: string) => Worker} [uses.start]
   */
  constructor({ folder, answered, trial, whenIdle, start }) {
    this.answered = answered;
    this.trial = trial;
    this.whenIdle = whenIdle;
    this.isWarm = false;
    this.cpu = new Engine(
      folder + 'worker.js',
      {
        answered: (answer, wish) => this.heard(answer, wish),
        failed: (open) => this.fail(open),
      },
      start,
    );
    this.gpu = new Engine(
      folder + 'worker.gpu.js',
      {
        answered: (answer, wish) => this.heardOfGpu(answer, wish),
        failed: (open) => this.fallBack(open),
      },
      start,
    );
    this.used = this.cpu;
  }

  /** @param {Wish} wish */
  send(wish) {
    this.isWarm = true; // by what a child waits for
    this.used.send(wish);
  }

  /**
   * Gets ready while nothing is drawn.
   * @param {string} domain
   */
  async prepare(domain) {
    if (!this.isWarm && (await this.cpu.warm(domain))) this.isWarm = true;
    if (this.isWarm && (await this.trial.isDue())) await this.tryGpu(domain);
  }

  /** @param {string} domain */
  async tryGpu(domain) {
    const usual = this.cpu.open.size ? null : await this.cpu.warm(domain);
    if (!usual || !this.trial.begin()) return; // a drawing came, or it has begun meanwhile
    const isCompiled = await this.gpu.warm(domain);
    if (this.trial.end(usual, isCompiled && (await this.gpu.warm(domain)))) {
      this.used = this.gpu;
      this.tidy();
    } else {
      this.gpu.stop();
    }
  }

  /**
   * @param {Done} answer of the processor
   * @param {Wish} wish
   */
  heard(answer, { domain }) {
    this.answered(answer);
    this.tidy();
    if (this.trial.isOpen && !this.cpu.open.size) this.whenIdle(() => this.prepare(domain));
  }

  /**
   * @param {Done} answer of the graphics processor
   * @param {Wish} wish
   */
  heardOfGpu(answer, wish) {
    if (Engines.FAILURES.includes(answer.error?.code ?? '')) {
      this.fallBack([wish, ...this.gpu.stop()]);
    } else {
      this.answered(answer);
    }
  }

  /** @param {Wish[]} open what the graphics processor has not painted */
  fallBack(open) {
    this.trial.fail();
    this.used = this.cpu;
    for (const wish of open) this.cpu.send(wish);
  }

  /** @param {Wish[]} open what nobody can paint */
  fail(open) {
    for (const { id } of open) this.answered({ id, error: { code: 'engine_failed' } });
  }

  /** One that is not used any more gives its memory back, after its last answer. */
  tidy() {
    if (this.used === this.gpu && !this.cpu.open.size) this.cpu.stop();
  }

  /** Nobody will ask again. */
  stop() {
    this.trial.close();
    this.cpu.stop();
    this.gpu.stop();
  }
}

Engines.FAILURES = ['engine_failed', 'server_error']; // a drawing that is at fault has another code

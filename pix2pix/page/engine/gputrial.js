/** @import { Sample } from './warmup.js' */

/**
 * What is used of WebGPU.
 *
 * @typedef {{isFallbackAdapter?: boolean, info?: {isFallbackAdapter?: boolean}}} Adapter
 * @typedef {{requestAdapter(): Promise<Adapter | null>}} Gpu
 */

/**
 * Whether the graphics processor may paint: it has to be there, to paint what the processor paints, and
 * to be quicker. It is tried once; after a failure, it is not tried again as long as the tab is open.
 */
export class GpuTrial {
  /**
   * @param {object} uses
   * @param {boolean} uses.isOffered whether the runtime for it is there, and a device to trust
   * @param {Gpu} [uses.gpu]
   * @param {() => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} uses.storage the tab's; throws
   *   where it is not allowed
   */
  constructor({ isOffered, gpu, storage }) {
    this.gpu = gpu;
    this.storage = storage;
    this.isOpen = isOffered && Boolean(gpu) && !this.hasFailed;
  }

  get hasFailed() {
    try {
      return this.storage().getItem(GpuTrial.KEY) !== null;
    } catch {
      return false;
    }
  }

  /** Whether it is to be tried: only now is the browser asked what there is. */
  async isDue() {
    if (this.isOpen && !(await this.hasAdapter())) this.close();
    return this.isOpen;
  }

  async hasAdapter() {
    try {
      const adapter = await this.gpu?.requestAdapter();
      if (!adapter) return false;
      return !(adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false);
    } catch {
      return false;
    }
  }

  /**
   * Counts as failed until it ends well: a page that does not outlive it does not try again.
   * @returns {boolean} whether it is the first time
   */
  begin() {
    const isFirst = this.isOpen;
    if (isFirst) this.fail();
    return isFirst;
  }

  /**
   * @param {Sample} usual of the processor
   * @param {Sample | null} other of the graphics processor; null if it could not
   * @returns {boolean} whether it is to paint from now on
   */
  end(usual, other) {
    const passes = other !== null && agree(usual, other) && other.took < usual.took;
    if (passes) this.remember((storage) => storage.removeItem(GpuTrial.KEY));
    return passes;
  }

  fail() {
    this.close();
    this.remember((storage) => storage.setItem(GpuTrial.KEY, 'failed'));
  }

  close() {
    this.isOpen = false;
  }

  /** @param {(storage: Pick<Storage, 'setItem' | 'removeItem'>) => void} write */
  remember(write) {
    try {
      write(this.storage());
    } catch {
      // Not allowed: then the next page tries it again.
    }
  }
}

GpuTrial.KEY = 'i-canvas-gpu';
GpuTrial.TOLERANCE = 2 / 127.5; // two of 255 steps, which nobody sees

/**
 * @param {Sample} one
 * @param {Sample} other
 */
function agree(one, other) {
  const [ones, others] = [one.painted, other.painted];
  return (
    ones.length === others.length &&
    ones.every((value, at) => Math.abs(value - others[at]) <= GpuTrial.TOLERANCE) // and is a number
  );
}

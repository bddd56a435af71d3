/** @import { Model } from './translate.js' */

/** What is being made is not wanted any more. */
export class GaveWay extends Error {
  constructor() {
    super('Something else is wanted now.');
    this.code = 'gave_way';
  }
}

/**
 * Lets messages come in, and stops if one of them makes the work needless.
 * @param {() => boolean} isNeedless
 * @throws {GaveWay}
 */
export async function giveWay(isNeedless) {
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel(); // a timer would wait
    port1.onmessage = () => {
      port1.close();
      resolve(null);
    };
    port2.postMessage(null);
  });
  if (isNeedless()) throw new GaveWay();
}

/**
 * A model that gives way before and after each run of a network.
 * @template {Model} M
 * @param {M} model
 * @param {() => boolean} isNeedless
 * @returns {M}
 */
export function politeModel(model, isNeedless) {
  const { generate, refine } = model;
  /**
   * @template T
   * @param {() => Promise<T>} run
   */
  const politely = async (run) => {
    await giveWay(isNeedless);
    const made = await run();
    await giveWay(isNeedless);
    return made;
  };
  return {
    ...model,
    generate: (values) => politely(() => generate(values)),
    ...(refine && { refine: (...values) => politely(() => refine(...values)) }),
  };
}

import { Answers } from './answers.js';
import { decode, encode } from './codec.js';
import { Models } from './models.js';
import { Turns } from './turns.js';
import { warmUp } from './warmup.js';

/** @import { Runtime } from './models.js' */

/**
 * What is used of a worker's scope.
 *
 * @typedef {object} Scope
 * @property {(answer: object) => void} postMessage
 * @property {(error: unknown) => void} reportError
 * @property {((event: MessageEvent) => void) | null} onmessage
 */

/**
 * What runs in the worker: answers what it is sent, one request at a time.
 *
 * @param {Scope} scope
 * @param {Runtime} runtime
 * @param {string} folder address of the engine's files
 * @param {'wasm' | 'webgpu'} provider
 */
export function startWorker(scope, runtime, folder, provider) {
  // Threads need headers that most hosts do not send.
  runtime.env.wasm.numThreads = 1;
  const isOnGpu = provider === 'webgpu';
  runtime.env.wasm.wasmPaths = {
    wasm: new URL(isOnGpu ? 'ort.gpu.wasm' : 'ort.wasm', folder).href,
  };
  const models = new Models(runtime, (name) => readFile(new URL(name, folder)), provider);
  const answers = new Answers({ model: (...which) => models.get(...which), decode, encode });
  let isWatched = false;
  const turns = new Turns({
    answer: (...which) => answers.answer(...which),
    warm: async (domain, isAwaited) => {
      const model = () => models.get(domain);
      const sample = await warmUp({ model, decode, encode, isAwaited });
      if (isOnGpu && !isWatched) watchDevice(scope, runtime);
      isWatched = true;
      return sample;
    },
    post: (answer) => scope.postMessage(answer),
  });
  scope.onmessage = ({ data: wish }) => turns.take(wish);
}

/**
 * A graphics processor may go away at any time: then the worker ends with an error.
 *
 * @param {Scope} scope
 * @param {Runtime} runtime
 */
async function watchDevice(scope, runtime) {
  const device = await runtime.env.webgpu.device; // there is none before the first session
  scope.reportError(new Error(`The graphics processor is gone: ${(await device.lost).message}`));
}

/** @param {URL} address */
async function readFile(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw Object.assign(new Error(`${address} is missing.`), { code: 'missing_weights' });
  }
  return new Uint8Array(await answer.arrayBuffer());
}

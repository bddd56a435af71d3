import { Answers } from './answers.js';
import { decode, encode } from './codec.js';
import { Models } from './models.js';
import { Turns } from './turns.js';
import { warmUp } from './warmup.js';

/** @import { Runtime } from './models.js' */

/**
 * What runs in the worker: answers what it is sent, one request at a time.
 *
 * @param {{postMessage(answer: object): void, onmessage: ((event: MessageEvent) => void) | null}} scope
 * @param {Runtime} runtime
 * @param {string} folder address of the engine's files
 */
export function startWorker(scope, runtime, folder) {
  // Threads need headers that most hosts do not send.
  runtime.env.wasm.numThreads = 1;
  runtime.env.wasm.wasmPaths = { wasm: new URL('ort.wasm', folder).href };
  const models = new Models(runtime, (name) => readFile(new URL(name, folder)));
  const answers = new Answers({ model: (...which) => models.get(...which), decode, encode });
  const turns = new Turns({
    answer: (wish) => answers.answer(wish),
    warm: (domain, isAwaited) =>
      warmUp({ model: () => models.get(domain), decode, encode, isAwaited }),
    post: (answer) => scope.postMessage(answer),
  });
  scope.onmessage = ({ data: wish }) => turns.take(wish);
}

/** @param {URL} address */
async function readFile(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw Object.assign(new Error(`${address} is missing.`), { code: 'missing_weights' });
  }
  return new Uint8Array(await answer.arrayBuffer());
}

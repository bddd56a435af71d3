import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Engines } from '../../../pix2pix/page/engine/engines.js';
import { GpuTrial } from '../../../pix2pix/page/engine/gputrial.js';

const CPU = { painted: new Float32Array(3).fill(0.5), took: 300 };
const GPU = { ...CPU, took: 30 };

let workers;
let answers;
let idle;
let kept;

beforeEach(() => {
  [workers, answers, idle, kept] = [[], [], [], new Map()];
});

class Worker extends EventTarget {
  constructor(script) {
    super();
    this.isGpu = script.endsWith('worker.gpu.js');
    this.sent = [];
    workers.push(this);
  }

  postMessage({ kind, id }) {
    this.sent.push(id ?? kind);
  }

  terminate() {
    this.isOver = true;
  }

  async answer(data) {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
    await settle();
  }

  async fail() {
    this.dispatchEvent(new Event('error'));
    await settle();
  }
}

/** Lets all promises that are ready go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const [cpu, gpu] = [false, true].map(
  (isGpu) => () => workers.findLast((each) => each.isGpu === isGpu && !each.isOver),
);

function start({ adapter = {} } = {}) {
  const trial = new GpuTrial({
    isOffered: true,
    gpu: { requestAdapter: async () => adapter },
    storage: () => ({
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => kept.set(key, value),
      removeItem: (key) => kept.delete(key),
    }),
  });
  return new Engines({
    folder: 'engine/',
    answered: (answer) => answers.push(answer.error?.code ?? answer.id),
    trial,
    whenIdle: (run) => idle.push(run),
    start: (script) => new Worker(script),
  });
}

/** Warms up and tries the graphics processor, which does as told. */
async function tried(engines, found) {
  engines.prepare('shoes');
  await cpu().answer({ warmed: CPU }); // what was compiled with it
  await cpu().answer({ warmed: CPU });
  assert.deepEqual(gpu().sent, ['warm']);
  await gpu().answer({ warmed: GPU });
  await gpu().answer({ warmed: found });
}

test('a graphics processor that passes paints, and the other worker gives its memory back', async () => {
  const engines = start();
  await tried(engines, GPU);
  assert.equal(cpu(), undefined);
  engines.send({ id: 1, domain: 'shoes' });
  await gpu().answer({ id: 1 });
  assert.deepEqual(answers, [1]);
});

test('without a graphics processor its worker is never started', async () => {
  const engines = start({ adapter: null });
  engines.prepare('shoes');
  await cpu().answer({ warmed: CPU });
  engines.send({ id: 1, domain: 'shoes' });
  await cpu().answer({ id: 1 });
  assert.equal(workers.length, 1);
  assert.deepEqual(cpu().sent, ['warm', 1]);
  assert.deepEqual(answers, [1]);
});

for (const [name, found] of [
  ['paints something else', { ...GPU, painted: new Float32Array(3) }],
  ['is slower', { ...GPU, took: 400 }],
  ['throws', null],
]) {
  test(`one that ${name} is left alone, and nothing is heard of it`, async () => {
    const engines = start();
    await tried(engines, found);
    assert.equal(gpu(), undefined);
    engines.send({ id: 1, domain: 'shoes' });
    await cpu().answer({ id: 1 });
    assert.deepEqual(answers, [1]);
    assert.equal(workers.length, 2);
  });
}

test('one whose worker cannot be loaded is left alone', async () => {
  const engines = start();
  engines.prepare('shoes');
  await cpu().answer({ warmed: CPU });
  await cpu().answer({ warmed: CPU });
  await gpu().fail();
  assert.equal(workers.length, 2);
  assert.equal(gpu(), undefined);
  engines.send({ id: 1, domain: 'shoes' });
  assert.deepEqual(cpu().sent, ['warm', 'warm', 1]);
});

test('a device that is lost leaves its drawings to the processor, also after a reload', async () => {
  const engines = start();
  await tried(engines, GPU);
  engines.send({ id: 1, domain: 'shoes' });
  engines.send({ id: 2, domain: 'shoes' });
  await gpu().fail();
  assert.deepEqual(cpu().sent, [1, 2]);
  await cpu().answer({ id: 1 });
  await cpu().answer({ id: 2 });
  assert.deepEqual(answers, [1, 2]);
  const reloaded = start();
  reloaded.prepare('shoes');
  await cpu().answer({ warmed: CPU });
  assert.deepEqual(cpu().sent, ['warm']);
});

test('a device that is lost between drawings is not asked again', async () => {
  const engines = start();
  await tried(engines, GPU);
  await gpu().fail();
  engines.send({ id: 1, domain: 'shoes' });
  assert.equal(gpu(), undefined);
  assert.deepEqual(cpu().sent, [1]);
});

test('a run that fails is made up for by the processor', async () => {
  const engines = start();
  await tried(engines, GPU);
  engines.send({ id: 1, domain: 'shoes' });
  engines.send({ id: 2, domain: 'shoes' });
  await gpu().answer({ id: 1, error: { code: 'server_error' } });
  assert.deepEqual(cpu().sent, [1, 2]);
  assert.deepEqual(answers, []);
});

test('a drawing at fault is no failure', async () => {
  const engines = start();
  await tried(engines, GPU);
  engines.send({ id: 1, domain: 'shoes' });
  await gpu().answer({ id: 1, error: { code: 'empty_drawing' } });
  assert.deepEqual(answers, ['empty_drawing']);
  assert.equal(cpu(), undefined);
});

test('a drawing that comes during the trial is painted by the processor meanwhile', async () => {
  const engines = start();
  engines.prepare('shoes');
  await cpu().answer({ warmed: CPU });
  await cpu().answer({ warmed: CPU });
  engines.send({ id: 1, domain: 'shoes' });
  await gpu().answer({ warmed: GPU });
  await gpu().answer({ warmed: GPU });
  assert.equal(cpu().isOver, undefined); // it has still to answer
  engines.send({ id: 2, domain: 'shoes' });
  assert.deepEqual(gpu().sent, ['warm', 'warm', 2]);
  await cpu().answer({ id: 1 });
  assert.equal(cpu(), undefined);
  assert.deepEqual(answers, [1]);
});

test('a drawing puts the trial off until the page is idle again', async () => {
  const engines = start();
  engines.prepare('shoes');
  engines.send({ id: 1, domain: 'shoes' });
  await cpu().answer({ warmed: null }); // it gave way
  assert.equal(gpu(), undefined);
  await cpu().answer({ id: 1 });
  idle.pop()();
  await settle();
  await cpu().answer({ warmed: CPU });
  assert.deepEqual(gpu().sent, ['warm']);
});

test('where the processor cannot paint, that is the answer', async () => {
  const engines = start();
  engines.send({ id: 1, domain: 'shoes' });
  await cpu().fail();
  assert.deepEqual(answers, ['engine_failed']);
});

test('engines that nobody needs any more end, and try nothing', async () => {
  const engines = start();
  engines.send({ id: 1, domain: 'shoes' });
  await cpu().answer({ id: 1 });
  engines.stop();
  idle.pop()();
  await settle();
  assert.equal(
    workers.every(({ isOver }) => isOver),
    true,
  );
});

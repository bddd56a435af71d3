import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Engine } from '../../../pix2pix/page/engine/engine.js';

class Worker extends EventTarget {
  constructor(address) {
    super();
    this.address = address;
    this.sent = [];
  }

  postMessage({ kind, id }) {
    this.sent.push(id ?? kind);
  }

  answer(data) {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  terminate() {
    this.isOver = true;
  }
}

function start() {
  const [workers, answers, failed] = [[], [], []];
  const engine = new Engine(
    'engine/1/worker.js',
    {
      answered: (answer) => answers.push(answer),
      failed: (open) => failed.push(open.map(({ id }) => id)),
    },
    (address) => {
      workers.push(new Worker(address));
      return workers.at(-1);
    },
  );
  return { engine, workers, answers, failed };
}

test('the worker starts with the first request', () => {
  const { engine, workers, answers } = start();
  assert.deepEqual(workers, []);
  engine.send({ id: 1 });
  engine.send({ id: 2 });
  assert.deepEqual(workers[0].sent, [1, 2]);
  assert.equal(workers[0].address, 'engine/1/worker.js');
  workers[0].answer({ id: 1 });
  assert.deepEqual(answers, [{ id: 1 }]);
});

test('a worker that breaks leaves what is open, and the next request starts another', () => {
  const { engine, workers, failed } = start();
  engine.send({ id: 1 });
  engine.send({ id: 2 });
  workers[0].answer({ id: 1 });
  workers[0].dispatchEvent(new Event('error'));
  assert.deepEqual(failed, [[2]]);
  assert.equal(workers[0].isOver, true);
  engine.send({ id: 3 });
  assert.deepEqual(workers[1].sent, [3]);
});

test("what a worker was warmed up with is nobody's picture", async () => {
  const { engine, workers, answers } = start();
  const warmed = engine.warm('shoes');
  assert.deepEqual(workers[0].sent, ['warm']);
  workers[0].answer({ warmed: { took: 300 } });
  assert.deepEqual(await warmed, { took: 300 });
  assert.deepEqual(answers, []);
});

test('what a worker that was stopped still says is not heard', () => {
  const { engine, workers, answers } = start();
  engine.send({ id: 1 });
  assert.deepEqual(engine.stop(), [{ id: 1 }]);
  assert.equal(workers[0].isOver, true);
  workers[0].answer({ id: 1 });
  assert.deepEqual(answers, []);
});

test('a worker that breaks while it warms up says nothing', async () => {
  const { engine, workers, failed } = start();
  const warmed = engine.warm('shoes');
  workers[0].dispatchEvent(new Event('error'));
  assert.equal(await warmed, null);
  assert.deepEqual(failed, [[]]);
});

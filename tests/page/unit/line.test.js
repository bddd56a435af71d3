import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { packFrame, unpackFrame } from '../../../pix2pix/page/picture/frames.js';
import { ServerLine } from '../../../pix2pix/page/picture/line.js';

const PNG = 'data:image/png;base64,' + btoa('\x89PNG\x00\xff');
const DRAW = { id: 7, kind: 'draw', domain: '신발', drawing: PNG, hints: '' };
const HOME = ServerLine.ADDRESS;

/** @type {(request: object, end: (status: number, body?: Uint8Array) => void) => void} */
let answer;
let http;
let line;
let told;

before(async () => {
  http = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = new Uint8Array(Buffer.concat(parts)).buffer;
    answer(unpackFrame(body), (status, said) =>
      response.writeHead(status, { Connection: 'close' }).end(said),
    );
  });
  await new Promise((ready) => http.listen(0, '127.0.0.1', ready));
  ServerLine.ADDRESS = `http://127.0.0.1:${http.address().port}/picture`;
});

after(() => {
  ServerLine.ADDRESS = HOME;
  http.close();
  http.closeAllConnections();
});

beforeEach(() => {
  told = [];
  globalThis.window = new EventTarget();
  window.addEventListener('sketch-answer', ({ detail }) => told.push(['answer', detail]));
  line = new ServerLine((request) => told.push(['queue', request]), {
    refused: () => told.push(['refused']),
    broken: () => told.push(['broken']),
  });
});

afterEach(() => {
  answer = () => assert.fail('nothing more is asked');
});

test('a frame comes out as it went in', () => {
  assert.deepEqual(unpackFrame(packFrame(DRAW).buffer), DRAW);
  const large = 'data:image/png;base64,' + btoa('x'.repeat(100_000));
  assert.deepEqual(unpackFrame(packFrame({ large, PNG }).buffer), { large, PNG });
});

test('a drawing goes to the server, and its answer comes back', async () => {
  answer = ({ page, ...request }, end) => {
    assert.match(page, /^[\w-]{1,64}$/);
    assert.deepEqual(request, DRAW);
    end(200, packFrame({ id: 7, picture: PNG, edges: PNG }));
  };
  await line.send(DRAW);
  assert.deepEqual(told, [['answer', { id: 7, picture: PNG, edges: PNG }]]);
});

test('what is no drawing goes by the queue', () => {
  const wish = { id: 1, kind: 'bring', picture: PNG };
  line.send(wish);
  assert.deepEqual(told, [['queue', wish]]);
});

for (const status of ServerLine.MISSING) {
  test(`with a server that says ${status}, drawings go by the queue from then on`, async () => {
    answer = (_, end) => end(status);
    await line.send(DRAW);
    answer = () => assert.fail('it asked again');
    await line.send({ ...DRAW, id: 8 });
    assert.deepEqual(
      told.map(([way, { id }]) => [way, id]),
      [
        ['queue', 7],
        ['queue', 8],
      ],
    );
  });
}

for (const status of [413, 429, 502]) {
  test(`${status} is a refusal`, async () => {
    answer = (_, end) => end(status);
    await line.send(DRAW);
    assert.deepEqual(told, [['refused']]);
  });
}

test('an answer that breaks off is none', async () => {
  answer = (_, end) => end(200, packFrame({ id: 7, picture: PNG }).subarray(0, -2));
  await line.send(DRAW);
  assert.deepEqual(told, [['broken']]);
});

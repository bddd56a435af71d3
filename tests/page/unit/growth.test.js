import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Film } from '../../../pix2pix/page/album/film.js';
import { Snapshots } from '../../../pix2pix/page/album/snapshots.js';

const snapshots = (...points) => points.map((each) => ({ points: each, picture: null }));
const counts = (list) => list.map(({ points }) => points);
const stroke = (count) => ({ kind: 'line', points: Array(count).fill([0, 0, 0.5]) });

test('of too many snapshots every second one goes, and the last one stays', () => {
  const many = snapshots(...Array(Snapshots.MOST + 1).keys());
  const thinned = Snapshots.thin(many);
  assert.ok(thinned.length <= Snapshots.MOST);
  assert.equal(thinned.at(-1), many.at(-1));
  assert.equal(Snapshots.thin(many.slice(1)).length, Snapshots.MOST);
});

test('those seen here go on where older ones end', () => {
  assert.deepEqual(counts(Snapshots.joined(snapshots(1, 5, 9), snapshots(5, 7))), [1, 5, 7]);
  assert.deepEqual(counts(Snapshots.joined(undefined, snapshots(3))), [3]);
  assert.deepEqual(counts(Snapshots.joined(snapshots(1, 2), [])), [1, 2]);
});

test('a film shows the first points of the strokes', () => {
  const grown = (points) => Film.until([stroke(3), stroke(4)], points).map((each) => each.points);
  assert.deepEqual(grown(0), []);
  assert.deepEqual(
    grown(5).map(({ length }) => length),
    [3, 2],
  );
  assert.deepEqual(
    grown(99).map(({ length }) => length),
    [3, 4],
  );
});

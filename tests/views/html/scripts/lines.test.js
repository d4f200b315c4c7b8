import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const lines = await import("../../../../geo/periplus/views/html/lines.js");
const strokes = await import("../../../../geo/periplus/views/html/strokes.js");
const plane = await import("../../../../geo/periplus/views/html/plane.js");

/** A line through points. */
const line = (...points) => points.map(([x, y]) => L.point(x, y));
/** Points as pairs, rounded. */
const pairs = (points) => points.map(({ x, y }) => [x, y].map((at) => Math.round(at * 10) / 10));

test("a line is as long as the way along it", () => {
  assert.deepEqual(strokes.distancesAlong(line([0, 0], [3, 4], [3, 10])), [0, 5, 11]);
});

test("a line is asked for the point so far along it, and where it leads to", () => {
  const course = new strokes.Course(line([0, 0], [10, 0], [10, 10]));
  assert.deepEqual(pairs([course.at(-5), course.at(5), course.at(15), course.at(99)]), [
    [0, 0],
    [5, 0],
    [10, 5],
    [10, 10],
  ]);
  assert.deepEqual(pairs([course.ahead(4)]), [[1, 0]]);
});

test("a line in its lane keeps its ends", () => {
  const [bent] = lines.shifted([line([0, 0], [200, 0])], 13);
  assert.deepEqual(pairs([bent[0], bent.at(-1)]), [
    [0, 0],
    [200, 0],
  ]);
  assert.ok(Math.abs(Math.max(...bent.map(({ y }) => Math.abs(y))) - 13) < 1e-9);
  const straight = [line([0, 0], [200, 0])];
  assert.equal(lines.shifted(straight, 0), straight);
});

test("a barred line ends before its target, and a short one at a third", () => {
  const end = (length) => lines.stopped([line([0, 0], [length, 0])], 42)[0].at(-1).x;
  assert.ok(end(200) <= 158 && end(200) > 149);
  assert.ok(end(30) <= 10);
});

test("the X has a ring and two strokes through its middle, beyond the end", () => {
  const [ring, ...bars] = lines.crossAt([line([0, 0], [100, 0])]);
  assert.ok(ring.every((point) => Math.abs(point.distanceTo(L.point(109, 0)) - 9) < 1e-9));
  assert.equal(bars.length, 2);
  assert.deepEqual(lines.crossAt([line([0, 0])]), []);
});

test("only a piece with room for it has an arrowhead", () => {
  assert.equal(strokes.arrowheads([line([0, 0], [43, 0])]).length, 0);
  const [head] = strokes.arrowheads([line([0, 0], [100, 0])]);
  assert.deepEqual(pairs(head), [
    [58, 0],
    [45, 5.2],
    [45, -5.2],
    [58, 0],
  ]);
});

test("chevrons point to the left of a border, every other one back where it was crossed back", () => {
  const border = line([0, 0], [200, 0]);
  const sides = (isBack) => strokes.chevrons(border, isBack).map(([tip]) => Math.sign(tip.y));
  assert.deepEqual(sides(false), [-1, -1, -1, -1, -1]);
  assert.deepEqual(sides(true), [-1, 1, -1, 1, -1]);
  assert.deepEqual(strokes.chevrons(line([0, 0], [40, 0]), false), []);
});

test("a line is broken off before a border that it crosses nobody says where", () => {
  const border = line([50, -50], [50, 50]);
  const parts = [line([0, 0], [100, 0])];
  const [before, after, ...more] = strokes.apart(parts, [border]);
  assert.deepEqual(more, []);
  assert.ok(before.at(-1).x <= 35 && after[0].x >= 65);
  assert.equal(strokes.apart(parts, []), parts);
});

test("what is seen of a border keeps its order; its two ends are the farthest", () => {
  const view = L.bounds([0, 0], [100, 100]);
  const runs = strokes.inView([line([-50, 50], [150, 50], [150, 20], [50, 20])], view);
  assert.deepEqual(runs.map(pairs), [
    [
      [0, 50],
      [100, 50],
    ],
    [
      [100, 20],
      [50, 20],
    ],
  ]);
  const ends = strokes.endsOf(runs);
  assert.ok(pairs(ends).some(([x]) => x === 0));
  assert.equal(strokes.endsOf([]), undefined);
});

test("the pole of an area is in it, far from its edge, and in view", () => {
  const square = [line([0, 0], [100, 0], [100, 100], [0, 100])];
  assert.ok(strokes.isWithin(L.point(50, 50), square));
  assert.ok(!strokes.isWithin(L.point(150, 50), square));
  const pole = strokes.poleOf(square, L.bounds([0, 0], [40, 100]));
  assert.ok(strokes.isWithin(pole, square) && pole.x < 40);
  assert.equal(strokes.poleOf(square, L.bounds([200, 200], [300, 300])), undefined);
});

test("path data tells of lines in steps of a grid, downwards first", () => {
  assert.deepEqual(plane.linesIn("M10 20 5-5M0 0 1 2", 10), [
    [
      [2, 1],
      [1.5, 1.5],
    ],
    [
      [0, 0],
      [0.2, 0.1],
    ],
  ]);
});

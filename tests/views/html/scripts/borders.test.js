import "./browser.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const borders = await import("../../../../geo/periplus/views/html/borders.js");

test("a number takes five bits a digit, the lowest first", () => {
  assert.deepEqual(borders.decodeNumbers("0V_A"), [0, 31, 31 + 10 * 32]);
  assert.deepEqual(borders.decodeNumbers(""), []);
});

test("the lowest bit of a number is its sign", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map(borders.signed), [0, -1, 1, -2, 2]);
});

test("what Python writes is read as it was", () => {
  const { arcs, expected, steps } = JSON.parse(readFileSync(process.env.WRITTEN, "utf8"));
  assert.ok(expected.length > 10);
  assert.deepEqual(borders.decodeArcs(arcs, steps), expected);
});

test("a reference counts the arcs since it was first mentioned", () => {
  const units = { A: "00.1", B: "04 3", C: "" };
  // New, new; the second one backwards. New, two before the next; that one backwards.
  assert.deepEqual(borders.decodeUnits({ A: "00" }), { A: [[[0, 1]]] });
  assert.deepEqual(borders.decodeUnits({ A: "00", B: "25" }), { A: [[[0, 1]]], B: [[[1, ~0]]] });
  assert.deepEqual(Object.keys(borders.decodeUnits(units)), ["A", "B", "C"]);
  assert.deepEqual(borders.decodeUnits(units).C, []);
});

test("a ring joins arcs where they meet, also those that run backwards", () => {
  const arcs = [
    [
      [0, 0],
      [0, 1],
      [1, 1],
    ],
    [
      [0, 0],
      [1, 0],
      [1, 1],
    ],
  ];
  assert.deepEqual(borders.decodeRing([0, ~1], arcs), [
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 0],
    [0, 0],
  ]);
  assert.deepEqual(
    arcs[1],
    [
      [0, 0],
      [1, 0],
      [1, 1],
    ],
    "what was given is as it was",
  );
});

test("no coast runs along the edge of the world", () => {
  const arc = [
    [70, 179],
    [70, 180],
    [60, 180],
    [60, 179],
    [60, 178],
  ];
  assert.deepEqual(borders.withoutEdges(arc), [
    [
      [70, 179],
      [70, 180],
    ],
    [
      [60, 180],
      [60, 179],
      [60, 178],
    ],
  ]);
  assert.deepEqual(
    borders.withoutEdges([
      [-90, 1],
      [-90, 2],
    ]),
    [],
  );
});

test("over the antimeridian the world stands twice", () => {
  const groups = [[[[10, -170]]]];
  assert.equal(borders.again(groups, -180), groups);
  assert.deepEqual(borders.again(groups, 20), [[[[10, -170]]], [[[10, 190]]]]);
});

test("no line runs between two members of a union", () => {
  const arcs = [
    [
      [0, 0],
      [0, 1],
    ],
    [
      [1, 0],
      [1, 1],
    ],
    [
      [2, 0],
      [2, 1],
    ],
  ];
  const units = { A: [[[0, 1]]], B: [[[~1, 2]]] };
  assert.deepEqual(borders.outerArcs({ arcs, units }, ["A", "B"]), [arcs[0], arcs[2]]);
});

test("what lies within the members of the CSTO is among them", () => {
  const units = { KAZ: [[[0], [1]]], XBK: [[[~1]]], XAB: [[[2]]], CHN: [[[0]]] };
  const known = {
    CHN: {},
    KAZ: { csto: true },
    XAB: { territory: true },
    XBK: { territory: true },
  };
  assert.deepEqual(borders.unionOf(units, known), ["KAZ", "XBK"]);
});

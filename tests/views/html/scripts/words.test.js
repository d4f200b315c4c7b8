import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { keysOf } = await import("../../../../geo/periplus/views/html/key.js");
const labels = await import("../../../../geo/periplus/views/html/labels.js");
const { widthOf } = await import("../../../../geo/periplus/views/html/stops.js");
const height = await import("../../../../geo/periplus/views/html/height.js");

test("a text is one in the language of the page, or its parts with their languages", () => {
  assert.equal(labels.plain("Moscow"), "Moscow");
  assert.equal(
    labels.plain([
      ["the street ", ""],
      ["Арбат", "ru"],
    ]),
    "the street Арбат",
  );
});

test("texts stand under each other, each in its languages", () => {
  const told = labels.stacked("Moscow", [["Москва", "ru"]]);
  assert.deepEqual(labels.linesOf(told), [
    [
      ["Moscow", ""],
      ["", ""],
    ],
    [
      ["", ""],
      ["Москва", "ru"],
    ],
  ]);
  assert.deepEqual(labels.linesOf("a\nb").map(labels.plain), ["a", "b"]);
});

test("boxes that share an edge do not touch", () => {
  assert.ok(labels.overlap([0, 0, 10, 10], [9, 9, 20, 20]));
  assert.ok(!labels.overlap([0, 0, 10, 10], [10, 0, 20, 10]));
});

test("the key explains what is drawn of a land", () => {
  const edged = { cover: "edge", csto: true, level: "high" };
  assert.deepEqual(keysOf(edged), ["level-high", "edged", "csto"]);
  assert.deepEqual(keysOf({ cover: "striped", level: "unknown" }), ["level-unknown", "contested"]);
  assert.deepEqual(keysOf({ cover: "plain", level: "high", told_only: true }), ["plain"]);
});

test("a mark is as wide as what stands on it, and never narrower than a disc", () => {
  assert.equal(widthOf("7"), 30);
  assert.ok(widthOf("1, 3, 12") > widthOf("1, 3"));
});

test("each kind of host is told the height in its own words", () => {
  const plainly = height.heightMessages(640, {});
  assert.deepEqual(
    plainly.map((each) => typeof each),
    ["object", "object"],
  );
  const named = height.heightMessages(640, { childId: "x", secret: "s" });
  assert.ok(named.includes("pymxPYMxxxPYMxheightxPYMx640"));
  assert.deepEqual(named.at(-1), { message: "height", secret: "s", value: 640 });
});

test("only who calls the frame by its name is answered", () => {
  const names = { childId: "x", secret: "s" };
  assert.ok(height.asksForHeight({ sentinel: "amp", type: "frames-init" }, names));
  assert.ok(height.asksForHeight({ message: "ready", secret: "s" }, names));
  assert.ok(!height.asksForHeight({ message: "ready", secret: "other" }, names));
  assert.ok(height.asksForHeight("pymxPYMxxxPYMxwidthxPYMx300", names));
  for (const nothing of [null, undefined, "", 7, {}]) {
    assert.ok(!height.asksForHeight(nothing, names));
  }
});

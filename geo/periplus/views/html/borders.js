// Borders: decode the arcs of the page, and draw land, levels, hatches and lines.

import { Covers } from "./covers.js";

/** @import { Borders, JurisdictionData } from "./page-data.d.ts" */

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/** Read numbers: five bits a digit, the lowest first, and a sixth if more follow. */
function decodeNumbers(text) {
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    number += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit < 32) {
      numbers.push(number);
      number = 0;
      shift = 0;
    }
  }
  return numbers;
}

/** Read a number whose lowest bit is its sign. */
function signed(number) {
  return number % 2 ? -(number + 1) / 2 : number / 2;
}

/**
 * Decode the arcs, which stand one after another: a mark, how far the first vertex lies from the
 * last one of the arc before, and the moves from there. A closed arc returns to its first vertex.
 * @param {string} text
 * @param {[number, number]} steps of the fine and of the coarse grid in a degree
 * @returns {[number, number][][]} latitude and longitude in degrees, as Leaflet wants them
 */
function decodeArcs(text, [fine, coarse]) {
  let last = [0, 0];
  return text.match(/[ .,;][^ .,;]+/g).map((arc) => {
    const times = ".;".includes(arc[0]) ? fine / coarse : 1;
    const moves = decodeNumbers(arc.slice(1)).map(signed);
    let [lon, lat] = last.map((step) => Math.floor(step / times + 0.5));
    const steps = [];
    for (let i = 0; i < moves.length; i += 2) {
      lon += moves[i];
      lat += moves[i + 1];
      steps.push([lon * times, lat * times]);
    }
    if (",;".includes(arc[0])) {
      steps.push(steps[0]);
    }
    last = steps.at(-1);
    return steps.map(([east, north]) => [north / fine, east / fine]);
  });
}

/** Decode the polygons of all units: a reference counts the arcs since it was first mentioned. */
function decodeUnits(units) {
  let mentioned = 0;
  const chain = (text) =>
    decodeNumbers(text).map((number) => {
      const since = number >> 1;
      const arc = mentioned - since;
      mentioned += since ? 0 : 1;
      return number % 2 ? ~arc : arc;
    });
  const rings = (text) => text.split(".").map(chain);
  const decoded = Object.entries(units).map(([code, text]) => [
    code,
    text ? text.split(" ").map(rings) : [],
  ]);
  return Object.fromEntries(decoded);
}

/**
 * Decode the borders of the page; see `encoding.py`.
 * @param {Borders} borders
 */
function decodeBorders({ arcs, chains, claimed, divide, steps, units }) {
  return {
    arcs: decodeArcs(arcs, steps),
    chains,
    claimed,
    divide,
    rings: {},
    units: decodeUnits(units),
  };
}

/** Join a chain of arcs to one closed ring. */
function decodeRing(chain, arcs) {
  return chain.flatMap((reference, i) => {
    const arc = reference < 0 ? [...arcs[~reference]].reverse() : arcs[reference];
    return i ? arc.slice(1) : arc;
  });
}

/** Drop the stretches of a coast that only close a polygon at ±180° or at the pole. */
function withoutEdges(arc) {
  const onEdge = ([lat, lon]) => Math.abs(lon) >= 179.99 || lat <= -89.9;
  const parts = [[]];
  arc.forEach((vertex, i) => {
    if (i && onEdge(vertex) && onEdge(arc[i - 1])) {
      parts.push([]);
    }
    parts.at(-1).push(vertex);
  });
  return parts.filter((part) => part.length > 1);
}

/** On a map over the antimeridian the world stands a second time, to the east of the first. */
function again(groups, seam) {
  if (seam <= -180) {
    return groups;
  }
  const east = (line) => line.map(([lat, lon]) => [lat, lon + 360]);
  return [...groups, ...groups.map((lines) => lines.map(east))];
}

/**
 * Draw the land and its borders. Colours, textures and widths are the style sheet's.
 * @param {import("leaflet").Map} map
 * @param {ReturnType<typeof decodeBorders>} borders
 * @param {Record<string, JurisdictionData>} jurisdictions
 * @param {number} seam
 */
function* drawBorders(map, { arcs, divide, rings, units, claimed }, jurisdictions, seam) {
  const quiet = { fill: true, interactive: false, noClip: true, smoothFactor: 0, stroke: false };
  /** @type {Record<string, import("leaflet").Polygon>} */
  const shapes = {};
  const covers = new Covers();
  for (const [code, polygons] of Object.entries(units)) {
    rings[code] = polygons.map((polygon) => polygon.map((chain) => decodeRing(chain, arcs)));
    const drawn = again(rings[code], seam);
    if (claimed.includes(code)) {
      shapes[code] = L.polygon(drawn, { ...quiet, className: "claimed", stroke: true });
      continue;
    }
    const known = jurisdictions[code];
    const kind = known.territory ? "territory" : "state";
    shapes[code] = L.polygon(drawn, {
      ...quiet,
      className: `${kind} ${known.cover} level-${known.level}`,
      interactive: true,
    }).addTo(map);
    covers.cover(code, shapes[code].getElement(), known.cover);
    yield;
  }
  for (const code of claimed) {
    shapes[code].addTo(map);
  }
  for (const [mark, className] of [
    ["t", "contested"],
    ["b", "border"],
    ["c", "coast"],
  ]) {
    const marks = arcs.filter((_, i) => divide[i] === mark).flatMap(withoutEdges);
    const lines = again([marks], seam).flat();
    const line = L.polyline(lines, { className, interactive: false, smoothFactor: 0 }).addTo(map);
    if (mark === "c") {
      covers.shore(line.getElement());
    }
    yield;
  }
  const members = unionOf(units, jurisdictions);
  const edge = again([outerArcs({ arcs, units }, members)], seam).flat();
  const line = L.polyline(edge, { className: "csto-edge", interactive: false, smoothFactor: 0 });
  covers.union(line.addTo(map).getElement(), members);
  return shapes;
}

/** The number of an arc, whichever way it runs. */
function arcOf(reference) {
  return reference < 0 ? ~reference : reference;
}

/**
 * The members of the CSTO, and land that lies within them, as what Russia leases in Kazakhstan.
 * @param {Record<string, number[][][]>} units
 * @param {Record<string, JurisdictionData>} jurisdictions
 */
function unionOf(units, jurisdictions) {
  const known = Object.keys(units).filter((code) => jurisdictions[code]);
  const arcsOf = (code) => units[code].flat(2).map(arcOf);
  const members = known.filter((code) => jurisdictions[code].csto);
  const theirs = new Set(members.flatMap(arcsOf));
  const within = (code) => arcsOf(code).every((arc) => theirs.has(arc));
  const others = known.filter((code) => jurisdictions[code].territory && within(code));
  return [...new Set([...members, ...others])];
}

/** The arcs that only one of some countries has, and that only once: no line runs through them. */
function outerArcs({ arcs, units }, codes) {
  const uses = new Map();
  for (const arc of codes.flatMap((code) => units[code].flat(2)).map(arcOf)) {
    uses.set(arc, (uses.get(arc) ?? 0) + 1);
  }
  const outer = [...uses].filter(([, count]) => count === 1).map(([arc]) => arc);
  return outer.map((arc) => arcs[arc]).flatMap(withoutEdges);
}

export {
  again,
  decodeArcs,
  decodeBorders,
  decodeNumbers,
  decodeRing,
  decodeUnits,
  drawBorders,
  outerArcs,
  signed,
  unionOf,
  withoutEdges,
};

// Borders: decode the arcs of the page, and draw land, levels, hatches and lines.

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/** Read the numbers of an arc: five bits a digit, a sixth if more follow, the sign lowest. */
function decodeNumbers(text) {
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    number += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit < 32) {
      numbers.push(number % 2 ? -(number + 1) / 2 : number / 2);
      number = 0;
      shift = 0;
    }
  }
  return numbers;
}

/**
 * Decode one arc: steps of the grid, the first vertex and then the moves.
 * @param {string} text those of the coarse grid, if it begins with a dot
 * @param {[number, number]} steps of the fine and of the coarse grid in a degree
 * @returns {[number, number][]} latitude and longitude in degrees, as Leaflet wants them
 */
function decodeArc(text, [fine, coarse]) {
  const isCoarse = text.startsWith(".");
  const steps = isCoarse ? coarse : fine;
  const flat = decodeNumbers(isCoarse ? text.slice(1) : text);
  const vertices = [];
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < flat.length; i += 2) {
    lon += flat[i];
    lat += flat[i + 1];
    vertices.push([lat / steps, lon / steps]);
  }
  return vertices;
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

/** Draw the land and its borders. Colours, hatches and widths are the style sheet's. */
function* drawBorders(map, borders, arcs, jurisdictions, seam) {
  const quiet = { fill: true, interactive: false, noClip: true, smoothFactor: 0, stroke: false };
  const shapes = {};
  for (const [code, polygons] of Object.entries(borders.units)) {
    const rings = again(
      polygons.map((polygon) => polygon.map((chain) => decodeRing(chain, arcs))),
      seam,
    );
    const known = jurisdictions[code];
    const kind = known.territory ? "territory" : "state";
    shapes[code] = L.polygon(rings, {
      ...quiet,
      className: `${kind} level-${known.level}`,
      interactive: true,
    }).addTo(map);
    for (const pattern of [known.territory && "stripes", known.csto && "csto"]) {
      if (pattern) {
        L.polygon(rings, { ...quiet, className: pattern }).addTo(map);
      }
    }
    yield;
  }
  for (const [mark, className] of [
    ["c", "coast"],
    ["b", "border"],
    ["t", "contested"],
  ]) {
    const marks = arcs.filter((_, i) => borders.divide[i] === mark).flatMap(withoutEdges);
    const lines = again([marks], seam).flat();
    L.polyline(lines, { className, interactive: false, smoothFactor: 0 }).addTo(map);
    yield;
  }
  return shapes;
}

/**
 * Outline a country of which a stop discloses no more: along the arcs that only one of its
 * pieces has, so that no line runs through it.
 */
function outlineCountry(map, borders, code, seam) {
  const uses = new Map();
  for (const reference of borders.units[code].flat(2)) {
    const arc = reference < 0 ? ~reference : reference;
    uses.set(arc, (uses.get(arc) ?? 0) + 1);
  }
  const outer = [...uses].filter(([, count]) => count === 1).map(([arc]) => arc);
  const lines = outer.map((arc) => decodeArc(borders.arcs[arc], borders.steps));
  return L.polyline(again([lines.flatMap(withoutEdges)], seam).flat(), {
    className: "outlined",
    interactive: false,
    smoothFactor: 0,
  }).addTo(map);
}

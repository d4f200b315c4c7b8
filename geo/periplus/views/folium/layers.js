// Layers of ours on a map that somebody else made: the land under its law, routes, and their key.
// It stands in one program with the marks of lines (`strokes.js`). Words come as JSON and are
// written as text: nothing that somebody wrote is parsed or run.

const SVG_SPACE = "http://www.w3.org/2000/svg";
/** Where layers lie: land under all else that a user draws, routes above it, their marks on top. */
const PANES = { "periplus-land": 350, "periplus-route": 450, "periplus-marks": 610 };
/** The width of a lane, how far before its target a barred line ends, and the radius of its X. */
const LANE_WIDTH = 13;
const BARRED_BEFORE = 42;
const CROSS = 9;

/** Make an element with children; texts become text. */
function make(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** Make an element of a drawing. */
function makeDrawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG_SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** The data of a layer, which stands in the page under its name. */
function dataOf(name) {
  return JSON.parse(document.getElementById(`${name}_data`).textContent);
}

// ------------------------------------------------------------------------------ words

/** The parts of a text, each marked with its language. */
function runs(parts) {
  return parts.map(([text, language]) => {
    const part = make("span", "", text);
    if (language) {
      part.lang = language;
    }
    return part;
  });
}

/** One paragraph; what leads to a page on the web is a link to it, and nothing else is. */
function written(told) {
  const made = make("p", `periplus-${told.as}`);
  made.dir = "auto";
  if (told.label) {
    made.append(make("b", "", ...runs(told.label)), " ");
  }
  if (/^https?:\/\//.test(told.href ?? "")) {
    const link = make("a", "", ...runs(told.runs));
    link.href = told.href;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    made.append(link);
  } else {
    made.append(...runs(told.runs));
  }
  return made;
}

/** Paragraphs, one below the other. */
function writtenAll(paragraphs, className, language) {
  const made = make("div", className, ...paragraphs.map(written));
  made.lang = language;
  return made;
}

// ------------------------------------------------------------------------------ land

/** The patterns of covers, once in a page: dots of what is unknown, stripes of each level. */
function needPatterns(levels) {
  if (document.getElementById("periplus-patterns")) {
    return;
  }
  const square = (id, side, turn, ...drawn) =>
    makeDrawn(
      "pattern",
      {
        id,
        width: side,
        height: side,
        patternUnits: "userSpaceOnUse",
        patternTransform: `rotate(${turn})`,
      },
      ...drawn,
    );
  const ink = makeDrawn("rect", { class: "periplus-dot", width: 4.4, height: 8 });
  const dot = makeDrawn("circle", { class: "periplus-dot", cx: 3, cy: 3, r: 0.95 });
  const stripes = levels.map((level) => {
    const stripe = makeDrawn("rect", { width: 4.4, height: 8 });
    stripe.style.fill = `var(--periplus-stripe-${dashed(level)})`;
    return square(`periplus-stripes-${dashed(level)}`, 8, 45, stripe);
  });
  const all = makeDrawn(
    "defs",
    {},
    square("periplus-dots", 6, 0, dot),
    square("periplus-stripes", 8, 45, ink),
    ...stripes,
  );
  document.body.append(
    makeDrawn("svg", { id: "periplus-patterns", width: 0, height: 0, "aria-hidden": "true" }, all),
  );
}

function dashed(level) {
  return level.replaceAll("_", "-");
}

/** Decode the rings of polygons: how far each vertex lies from the one before, in steps. */
function decoded(polygons, steps, east = 0) {
  return polygons.map((rings) =>
    rings.map((moves) => {
      let [lon, lat] = [0, 0];
      return Array.from({ length: moves.length / 2 }, (_, i) => {
        lon += moves[2 * i];
        lat += moves[2 * i + 1];
        return [lat / steps, lon / steps + east];
      });
    }),
  );
}

/** How the land of a level is covered; what is suspended is edged, and never filled with its tint. */
function covering({ cover, level }) {
  if (cover === "striped") {
    return `url(#periplus-stripes-${dashed(level)})`;
  }
  if (cover === "claimed" || (cover === "full" && level === "unknown")) {
    return "url(#periplus-dots)";
  }
  if (cover === "plain") {
    return "var(--periplus-land)";
  }
  return `var(--periplus-${level === "suspended" ? "within-suspended" : dashed(level)})`;
}

/** A group whose panes are there before it is drawn, and whose shapes get their names after. */
const PeriplusGroup = L.FeatureGroup.extend({
  onAdd(map) {
    for (const [name, order] of Object.entries(PANES)) {
      if (!map.getPane(name)) {
        map.createPane(name).style.zIndex = order;
      }
    }
    L.FeatureGroup.prototype.onAdd.call(this, map);
    this.eachLayer((shape) => nameShape(shape));
  },
});

/** Give a shape its name for who listens; what can be reached by Tab opens with Enter. */
function nameShape(shape) {
  const path = shape instanceof L.Path && shape.getElement();
  const { spoken, tab } = shape.options;
  if (!(path && spoken)) {
    return;
  }
  path.setAttribute("aria-label", spoken);
  path.setAttribute("role", tab ? "button" : "img");
  path.setAttribute("tabindex", tab ? 0 : -1);
  if (tab && !path.dataset.periplus) {
    path.dataset.periplus = "named";
    path.addEventListener("keydown", (event) => pressed(event, shape));
  }
}

/** Enter and the space bar open what is told of a shape, Escape closes it. */
function pressed(event, shape) {
  if (event.key === "Escape") {
    shape._map.closePopup();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    shape.fire("click", { latlng: shape.getCenter() }, true);
  }
}

/** Bind a tooltip and a popup to a group, for each of its shapes its own. */
function bindWords(group, language, toldOf) {
  const tip = ({ options }) => writtenAll(options.tip, "periplus-told", language);
  group.bindTooltip(tip, { sticky: true, className: "periplus-tip" });
  const told = ({ options }) => writtenAll(toldOf(options), "periplus-told", language);
  group.bindPopup(told, { maxHeight: 300, maxWidth: 340 });
  return group.on("popupopen", () => group.closeTooltip());
}

/** The land under its law. */
function land(name) {
  const { attribution, key, language, lands, steps, union, worlds } = dataOf(name);
  needPatterns([...new Set(lands.map((each) => each.level).filter(Boolean))]);
  const pane = "periplus-land";
  const look = { pane, renderer: L.svg({ pane }), smoothFactor: 0.5 };
  const all = (rings) => worlds.flatMap((east) => decoded(rings, steps, east));
  const shapes = lands.map((each) => new Land(all(each.rings), each, look));
  const edge = { ...look, className: "periplus-csto", fill: false, interactive: false };
  const edges = union.length ? [L.polygon(all(union), edge)] : [];
  const group = new PeriplusGroup([...shapes, ...edges], { attribution });
  group.periplusKey = { ...key, language };
  return bindWords(group, language, (options) => options.told);
}

/** A state or territory: its tint is a style, so that it holds whatever Leaflet draws with. */
const Land = L.Polygon.extend({
  initialize(rings, each, look) {
    this.cover = covering(each);
    L.Polygon.prototype.initialize.call(this, rings, {
      ...look,
      className: `periplus-land ${each.cover} ${dashed(each.level)}`,
      spoken: each.name,
      tip: each.tip,
      told: each.told,
    });
  },
  onAdd(map) {
    L.Polygon.prototype.onAdd.call(this, map);
    this.getElement().style.fill = this.cover;
  },
});

// ------------------------------------------------------------------------------ routes

/** Put points on a line every few pixels, so that it can bend. */
function densely(points) {
  return points.flatMap((to, i) => {
    const from = points[i - 1];
    const count = from ? Math.max(1, Math.min(64, Math.ceil(from.distanceTo(to) / 8))) : 1;
    return Array.from({ length: count }, (_, k) =>
      from ? from.add(to.subtract(from).multiplyBy((k + 1) / count)) : to,
    );
  });
}

/** Shift a line aside, to the right of its direction, from its first end to its last in a bow. */
function aside(points, far) {
  const course = new Course(densely(points));
  return course.points.map((point, i) => {
    const share = course.length ? course.along[i] / course.length : 0;
    const { x, y } = course.ahead(course.along[i]);
    return point.add(L.point(-y, x).multiplyBy(far * Math.min(1, 4 * share * (1 - share))));
  });
}

/** What is left of a line that ends before its target; of a short one a third stays. */
function broken(points, before) {
  const course = new Course(densely(points));
  const end = Math.max(course.length - before, course.length / 3);
  return course.points.filter((_, i) => course.along[i] <= end);
}

/** The ring around the X at the end of a line that was barred, and its two strokes. */
function crossed(points) {
  const course = new Course(points);
  const centre = course.at(course.length).add(course.ahead(course.length).multiplyBy(CROSS));
  const around = (turn, far) => centre.add([far * Math.cos(turn), far * Math.sin(turn)]);
  const ring = Array.from({ length: 25 }, (_, i) => around((i * Math.PI) / 12, CROSS));
  const stroke = (turn) => [around(turn, CROSS / 2), around(turn + Math.PI, CROSS / 2)];
  return [ring, stroke(Math.PI / 4), stroke((3 * Math.PI) / 4)];
}

/** A polyline whose parts, in pixels, are bent by a function before they are drawn. */
const Bent = L.Polyline.extend({
  _simplifyPoints() {
    if (this._parts.length) {
      this._parts = this.options.bend(this._parts, this._map);
    }
  },
});

/** The strokes of each kind of line: their classes, and what becomes of its parts. */
const STROKES = {
  documented: [["casing"], ["documented"], ["heads", arrowheads]],
  schematic: [["casing"], ["schematic"], ["heads", arrowheads]],
  great_circle: [["casing"], ["great-circle"], ["heads", arrowheads]],
  forced: [
    ["casing broad"],
    ["forced-outer"],
    ["forced-inner"],
    ["forced-bars", crossBars],
    ["heads", arrowheads],
  ],
  barred: [
    ["casing", (parts) => ended(parts, BARRED_BEFORE)],
    ["barred", (parts) => ended(parts, BARRED_BEFORE)],
    ["cross", (parts) => ended(parts, BARRED_BEFORE).slice(-1).flatMap(crossed)],
  ],
  open: [
    ["casing", (parts) => ended(parts, 12)],
    ["open", (parts) => ended(parts, 12)],
  ],
};

/** The parts of a line that ends before its target; none, where none of it is drawn. */
function ended(parts, before) {
  return !parts.length ? parts : [...parts.slice(0, -1), broken(parts.at(-1), before)];
}

/** The borders of a map that are crossed at points nobody states, in its pixels. */
function pixels(map, borders) {
  return borders.flatMap(({ parts }) =>
    parts.map((part) => part.map((at) => map.latLngToLayerPoint(at))),
  );
}

/** The strokes of a line, and a broad one that is hovered, clicked and reached by Tab. */
function drawnLine(line, borders, look) {
  const lane = (parts) =>
    line.lane ? parts.map((part) => aside(part, line.lane * LANE_WIDTH)) : parts;
  // A line over a border that is crossed nobody says where is broken off before it.
  const bend = (parts, map) => apart(lane(parts), pixels(map, borders));
  const quiet = { ...look, interactive: false };
  const strokes = STROKES[line.look].map(
    ([name, change = (parts) => parts]) =>
      new Bent(line.parts, {
        ...quiet,
        bend: (parts, map) => change(bend(parts, map)),
        className: `periplus-stroke ${name}`,
        fill: ["heads", "cross"].includes(name),
      }),
  );
  const { name, tells, tip } = line;
  const hit = { bend: lane, className: "periplus-hit", spoken: name, tab: true, tells, tip };
  const target = line.target ? [drawnTarget(line)] : [];
  return [...strokes, new Bent(line.parts, { ...look, ...hit }), ...target];
}

/** The hollow ring at what an attempt did not reach. */
function drawnTarget({ name, target, tells, tip }) {
  return mark(target, make("span", "periplus-ring"), { name, tells, tip });
}

/** A marker that is no image: what stands on it, and its name for who listens. */
function mark(at, drawn, { name, tells, tip }) {
  const icon = L.divIcon({ className: "periplus-mark", html: drawn, iconSize: [26, 26] });
  const made = L.marker(at, { icon, pane: "periplus-marks", spoken: name, tells, tip });
  return made.on("add", () => {
    const drawnMark = made.getElement();
    drawnMark.setAttribute("aria-label", name);
    // Leaflet opens it with Enter.
    drawnMark.addEventListener("keydown", ({ key }) => key === "Escape" && made._map.closePopup());
  });
}

/** The symbol of a stop, with its number and its badges. */
function symbolOf({ mark: number = "", stayed, symbol, tab }) {
  const made = make("span", `periplus-symbol ${symbol}`, make("b", "", number));
  if (tab) {
    made.append(make("i", `periplus-tab ${tab}`));
  }
  if (stayed) {
    made.append(make("i", `periplus-stayed ${stayed}`, stayed === "barred" ? "×" : "?"));
  }
  return made;
}

/** A border that was crossed nobody says where: all of it, with its direction. */
function drawnBorder({ back, name, parts, tells, tip }, look) {
  const quiet = { ...look, interactive: false };
  const pointing = (lines, map) =>
    inView(lines, viewOf(map)).flatMap((line) => chevrons(line, back));
  const same = (lines) => lines;
  const hit = { bend: same, className: "periplus-hit", spoken: name, tab: true, tells, tip };
  return [
    new Bent(parts, { ...quiet, bend: same, className: "periplus-stroke casing border" }),
    new Bent(parts, { ...quiet, bend: same, className: "periplus-stroke border" }),
    new Bent(parts, {
      ...quiet,
      bend: pointing,
      className: "periplus-stroke heads",
      fill: true,
    }),
    new Bent(parts, { ...look, ...hit }),
  ];
}

/** What of a map is drawn, in its pixels. */
function viewOf(map) {
  const size = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  return L.bounds(corner, corner.add(size));
}

/** A route: areas below, then borders and lines, the marks of places on top. */
function route(name) {
  const { areas, attribution, borders, key, language, lines, marks, steps, told } = dataOf(name);
  const pane = "periplus-route";
  const look = { noClip: true, pane, renderer: L.svg({ padding: 0.5, pane }) };
  const shapes = areas.flatMap(({ at, look: kind, name: spoken, rings, tells, tip }) => {
    const area = { className: `periplus-area ${kind}`, spoken, tab: true, tells, tip };
    // Its number stands beside it, in words that say that the place is somewhere in it.
    const label = L.tooltip(at, { className: "periplus-tip", direction: "right", permanent: true });
    label.setContent(writtenAll(tip, "periplus-told", language));
    return [L.polygon(decoded(rings, steps), { ...look, ...area }), label];
  });
  shapes.push(...borders.flatMap((each) => drawnBorder(each, look)));
  shapes.push(...lines.flatMap((each) => drawnLine(each, borders, look)));
  shapes.push(...marks.map((each) => mark(each.at, symbolOf(each), each)));
  const group = new PeriplusGroup(shapes, { attribution });
  group.periplusKey = { ...key, language, told };
  return bindWords(group, language, ({ tells = [] }) => tells.flatMap((id) => told[id]));
}

// ------------------------------------------------------------------------------ the key

/** The sample of a sign, as it is on the map. */
function sample(entry) {
  if (entry.sign === "symbol") {
    return symbolOf(entry);
  }
  if (entry.sign === "tab" || entry.sign === "stayed") {
    return symbolOf({
      symbol: "badge",
      stayed: entry.stayed,
      tab: entry.sign === "tab" && "right",
    });
  }
  const box = makeDrawn("svg", { class: "periplus-sample", viewBox: "0 0 48 18" });
  const flat = [L.point(2, 9), L.point(46, 9)];
  const put = (className, parts, fill) =>
    box.append(
      makeDrawn("path", {
        class: className,
        d: parts.map((part) => `M${part.map(({ x, y }) => `${x} ${y}`).join("L")}`).join(""),
        fill: fill ? "inherit" : "none",
      }),
    );
  if (entry.sign === "line") {
    const strokes = STROKES[entry.look] ?? [["casing border"], ["border"]];
    for (const [name, change = (parts) => parts] of strokes) {
      put(`periplus-stroke ${name}`, change([flat]), false);
    }
    return box;
  }
  const area = makeDrawn("rect", { x: 1, y: 1, width: 46, height: 16, class: "periplus-land" });
  const { level = "", sign } = entry;
  if (sign === "csto") {
    area.classList.add("periplus-csto");
  } else if (sign === "contested") {
    area.style.fill = "url(#periplus-stripes)";
  } else {
    area.classList.add(dashed(level) || "plain");
    area.style.fill = covering({ cover: level ? "full" : "plain", level });
  }
  box.append(area);
  return box;
}

/** A journey in its order: also what has no place on the map. */
function story({ journeys, title }, told) {
  const steps = ({ steps: all, title: heading }) => [
    ...(heading ? [written(heading)] : []),
    ...all.map(({ id, symbol }) => {
      const [first, ...rest] = told[id];
      const summary = make("summary", "", ...(symbol ? [symbolOf({ symbol })] : []));
      summary.append(...runs(first.runs));
      return make("details", "periplus-step", summary, ...rest.map(written));
    }),
  ];
  const heading = make("summary", "", ...runs(title.runs));
  return make("details", "periplus-story", heading, ...journeys.flatMap(steps));
}

/** What a key says of one layer. */
function section({ entries, language, notes, story: journeys, title, told }, isOpen) {
  const list = entries.map((entry) => make("li", "", sample(entry), written(entry.text)));
  const made = make(
    "details",
    "periplus-section",
    make("summary", "", ...runs(title.runs)),
    make("ul", "", ...list),
    ...(journeys ? [story(journeys, told)] : []),
    ...notes.map(written),
  );
  made.open = isOpen;
  made.lang = language;
  return made;
}

/** Maps that are narrower than this, in pixels, begin with a closed key. */
const NARROW = 600;

/** The key to the layers of ours that a map shows, in one of its corners. */
function legend(map, position, isCollapsed) {
  const control = L.control({ position });
  const box = make("div", "periplus-legend leaflet-control");
  const isOpen = !isCollapsed && map.getSize().x >= NARROW;
  const shown = new Map();
  const renew = () => {
    const keys = new Map();
    map.eachLayer((layer) => {
      if (layer.periplusKey) {
        keys.set(layer, shown.get(layer) ?? section(layer.periplusKey, isOpen));
      }
    });
    shown.clear();
    for (const [layer, made] of keys) {
      shown.set(layer, made);
    }
    box.replaceChildren(...keys.values());
    box.hidden = !keys.size;
  };
  control.onAdd = () => {
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    map.on("layeradd layerremove", ({ layer }) => layer.periplusKey && renew());
    renew();
    return box;
  };
  return control.addTo(map);
}

const layers = { land, legend, route };

// What the map names beside the story: states, territories, seas and towns, where there is room.

import { afloat, boxAround, inDisc, inLand, inTerritory, middleOf, onLeader } from "./ground.js";
import { partsOf, stacked, tell } from "./labels.js";
import { viewOf } from "./landmarks.js";
import { around, boxesOver } from "./page.js";

/** The looks of the name of a state: at each size with the tag of the CSTO, then without. */
function looksOf({ csto, on_route: isVisited }) {
  const sizes = isVisited ? ["", "size-13", "size-11-5", "size-10-5"] : ["", "size-10-5"];
  const tags = csto ? ["", "untagged"] : [""];
  return sizes.flatMap((size) =>
    tags.flatMap((tag) => ["", "broken"].map((lines) => `${size} ${tag} ${lines}`)),
  );
}

/** The first look for which a place is found. */
function firstFound(sizes, find) {
  for (const [look, size] of sizes.entries()) {
    const found = find(size);
    if (found) {
      return Array.isArray(found) ? { box: found, look } : { ...found, look };
    }
  }
  return undefined;
}

/** Name the states: those of the story on leaders if they have no room, others only with room. */
function nameStates(data, codes, labels, isVisited) {
  const { ground, rules } = labels;
  for (const code of codes.filter(
    (each) => Boolean(data.jurisdictions[each].on_route) === isVisited,
  )) {
    const known = {
      code,
      parent: code,
      pieces: [],
      territories: new Set(),
      ...data.jurisdictions[code],
    };
    const text = known.csto ? stacked(known.name, data.texts.csto) : known.name;
    const look = `country-name ${isVisited ? "visited" : ""} ${known.csto ? "tagged" : ""}`;
    const shown = () => ground.seen([code]).area >= (isVisited ? 1 : rules.seen);
    const inside = (sizes, own, over) =>
      firstFound(sizes, (size) => inLand(ground, labels.standing, own, code, size, over));
    const led = (sizes) =>
      firstFound(sizes, (size) =>
        onLeader(ground, labels.standing, rules, ground.seen([code]), known, size),
      );
    const find = (sizes) =>
      inside(sizes, rules.own, false) ??
      (isVisited
        ? (inside(sizes, rules.own, true) ??
          inside(sizes, rules.own_least, true) ??
          led(sizes.slice(-1)))
        : undefined);
    labels.name(text, look, looksOf(known), find, { code, shown });
  }
}

/** The letters of territories that have no room for their names, by their codes. */
const lettered = new Map();

/** Name territories: in them, on leaders, or by letters that the key explains. */
function nameTerritories(data, codes, labels) {
  const { ground, rules } = labels;
  const territories = new Set(codes.filter((code) => data.jurisdictions[code].territory));
  const pieces = data.claims.flatMap((claim) => claim.pieces);
  for (const code of territories) {
    const known = { code, pieces, territories, ...data.jurisdictions[code] };
    const land = () => ground.seen([code]);
    const shown = () => {
      const [left, top, right, bottom] = land().box;
      return Math.min(right - left, bottom - top) >= rules.least;
    };
    const isNarrow = () => labels.map.getSize().x < NARROW;
    const find = (sizes) =>
      isNarrow()
        ? undefined
        : (firstFound(sizes, (size) => inTerritory(ground, labels.standing, rules, known, size)) ??
          firstFound(sizes, (size) =>
            onLeader(ground, labels.standing, rules, land(), known, size),
          ));
    const name = labels.name(
      stacked(known.name, known.status ?? ""),
      "territory-name",
      ["", "broken"],
      find,
      { code, shown },
    );
    const letter = labels.name("", "letter", [""], () => {
      const box = name.element.hidden && shown() && inDisc(ground, labels.standing, rules, land());
      if (box) {
        lettered.set(code, String.fromCharCode(97 + lettered.size));
        letter.element.textContent = lettered.get(code);
      }
      return box ? { box } : undefined;
    });
  }
  for (const { label, pieces: own, state } of data.claims) {
    const known = { code: own[0], parent: state, pieces: own, territories };
    const find = (sizes) =>
      labels.map.getSize().x < NARROW
        ? undefined
        : firstFound(sizes, (size) =>
            onLeader(ground, labels.standing, rules, ground.seen(own), known, size),
          );
    const shown = () => ground.seen(own).area >= rules.seen;
    labels.name(label, "territory-name claim", ["", "broken"], find, { shown });
  }
}

/** A map narrower than that has letters for its territories. */
const NARROW = 480;

/** Explain the letters on the map in the key: those of the first picture, or of the present view. */
function keepLetters(data, isFirst) {
  const list = document.querySelector(".key .symbols");
  for (const old of list.querySelectorAll(".lettered")) {
    old.remove();
  }
  const now = [...lettered].map(([code, letter]) => {
    const { name, status } = data.jurisdictions[code];
    return [letter, status ? [...partsOf(name), [", ", ""], ...partsOf(status)] : name];
  });
  for (const [letter, told] of isFirst ? Object.entries(data.letters) : now) {
    const entry = document.createElement("li");
    entry.className = "lettered";
    const disc = document.createElement("b");
    disc.className = "letter";
    disc.textContent = letter;
    entry.append(disc, tell(document.createElement("span"), told));
    list.append(entry);
  }
}

/** The names of the first picture: they stay as they are while all of it is seen at its size. */
class FirstNames {
  constructor(map, pane, size) {
    this.map = map;
    this.size = size;
    this.drawn = document.querySelector(".drawn");
    this.names = this.drawn.querySelector(".names");
    this.svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.svg.setAttribute("class", "first-names");
    pane.append(this.svg);
    // On paper stands the whole, as it was drawn.
    globalThis.addEventListener("beforeprint", () => {
      this.names.removeAttribute("transform");
      this.drawn.append(this.names);
    });
    globalThis.addEventListener("afterprint", () => this.show(this.isSeen));
  }

  /** Whether the map is seen as it was drawn, nearly as large, every number in its place. */
  get isSeen() {
    const [corner, far] = this.corners();
    const { x, y } = this.map.getSize();
    const scale = (far.x - corner.x) / this.size[0];
    const isWhole = corner.x > -EDGE && corner.y > -EDGE && far.x < x + EDGE && far.y < y + EDGE;
    const off = Math.hypot(corner.x + far.x - x, corner.y + far.y - y);
    const moved = this.map.getContainer().querySelector(".stop.led, .stop.crowded");
    return scale > LEAST_SCALE && scale < MOST_SCALE && isWhole && off < EDGE && !moved;
  }

  corners() {
    const [width, height] = this.size;
    return [
      [0, 0],
      [height, width],
    ].map((place) => this.map.latLngToContainerPoint(place));
  }

  /** Show them where the map lies by now, or not; gives the boxes that they take. */
  show(isShown) {
    this.svg.classList.toggle("away", !isShown);
    if (!isShown) {
      return [];
    }
    this.svg.append(this.names);
    const [corner, far] = this.corners();
    const { x, y } = this.map.getSize();
    this.svg.setAttribute("width", x);
    this.svg.setAttribute("height", y);
    const scale = (far.x - corner.x) / this.size[0];
    this.names.setAttribute("transform", `translate(${corner.x} ${corner.y}) scale(${scale})`);
    L.DomUtil.setPosition(this.svg, this.map.containerPointToLayerPoint([0, 0]));
    return boxesOver(this.map, [...this.names.children]);
  }
}

/** Between these scales letters of the first picture are neither too small nor too large. */
const LEAST_SCALE = 0.85;
const MOST_SCALE = 1.35;
/** So many pixels of its edge may lie out of view. */
const EDGE = 4;

/** Name what is no part of the story: those of its countries come first, then the wider ones. */
function drawNames(map, data, shapes, labels) {
  labels.jurisdictions = data.jurisdictions;
  labels.first = data.tiles ? undefined : new FirstNames(map, labels.pane, data.plane.size);
  labels.begin = () => lettered.clear();
  labels.end = (isFirst) => keepLetters(data, isFirst);
  const wide = (code) => {
    const bounds = shapes[code].getBounds();
    return bounds.getEast() - bounds.getWest();
  };
  const seen = Object.keys(data.jurisdictions).filter((code) => shapes[code]);
  const widths = new Map(seen.map((code) => [code, wide(code)]));
  const ordered = [...widths.keys()].sort((a, b) => widths.get(b) - widths.get(a));
  const states = ordered.filter((code) => !data.jurisdictions[code].territory);
  nameStates(data, states, labels, true);
  if (data.tiles) {
    return;
  }
  nameTerritories(data, ordered, labels);
  nameStates(data, states, labels, false);
  for (const [name, kind, x, y, minZoom] of data.seas) {
    const drift = ["ocean", "sea"].includes(kind) ? labels.rules.drift : labels.rules.drift_small;
    const at = () => map.latLngToContainerPoint([y, x]);
    const find = (sizes) =>
      firstFound(sizes, (size) =>
        afloat(labels.ground, labels.standing, [at().x, at().y], size, drift),
      );
    const shown = () => map.getZoom() >= minZoom - data.plane.zoom && viewOf(map).contains(at());
    labels.name(name, `sea ${kind}`, ["", "broken"], find, { shown });
  }
  nameTowns(map, data, labels);
}

/** So far a town stands from any other: near to what is drawn, and far from it; from a marker. */
const APART = 54;
const FAR_APART = 125;
const OFF_MARKER = 20;
/** The radius of the dot of a town. */
const DOTS = { "": 2.2, great: 2.6, small: 1.8 };

/** Name towns in the order of the page, each with its dot, on its own land or water. */
function nameTowns(map, data, labels) {
  const { rules } = labels;
  const territories = new Set(
    Object.keys(data.jurisdictions).filter((code) => data.jurisdictions[code].territory),
  );
  let named = [];
  for (const [i, [name, x, y, look, isNear]] of data.cities.entries()) {
    const dot = L.circleMarker([y, x], {
      className: "city",
      interactive: false,
      radius: DOTS[look],
    });
    const at = () => map.latLngToContainerPoint([y, x]);
    const markers = () => data.markers.map(({ position: [right, down] }) => [down, right]);
    const shown = () => {
      named = i ? named : [];
      return viewOf(map).contains(at());
    };
    const isClose = (apart) =>
      named.some((other) => other.distanceTo(at()) < apart) ||
      markers().some((place) => map.latLngToContainerPoint(place).distanceTo(at()) < OFF_MARKER);
    const find = ([size]) => {
      if (isClose(isNear ? APART : FAR_APART) || !labels.standing.isFree(around(at(), 3))) {
        return undefined;
      }
      const box = besideTown(labels, territories, at(), size, rules);
      named.push(...(box ? [at()] : []));
      return box && { box };
    };
    labels.name(name, `city ${look}`, [""], find, {
      placed: (box) => {
        if (box) {
          labels.standing.take(around(at(), 3));
          dot.addTo(map);
        } else {
          dot.remove();
        }
      },
      shown,
    });
  }
}

/** Where the name of a town stands: on its own land or water, never over a territory it is not in. */
function besideTown({ ground, standing, map }, territories, at, [width, height], rules) {
  const { x: wide, y: high } = map.getSize();
  const own = ground.at(at);
  const [aside, down] = [6.5 + width / 2, 5 + height / 2];
  const boxes = [
    [aside, 0],
    [-aside, 0],
    [0, down],
    [0, -down],
  ]
    .map(([right, low]) => boxAround([at.x + right, at.y + low], [width + 4, height + 2]))
    .filter(
      (box) =>
        box[0] >= 2 &&
        box[1] >= 2 &&
        box[2] <= wide - 2 &&
        box[3] <= high - 2 &&
        standing.isFree(box) &&
        !standing.has(standing.lines, box) &&
        ground.share(box, (code) => territories.has(code) && code !== own) === 0,
    );
  for (const most of [1 - rules.town, 1 - rules.town_least]) {
    const found = boxes.find((box) => {
      const [x, y] = middleOf(box);
      const under = ground.at({ x, y });
      return ground.share(box, (code) => code && code !== own) <= most && (!under || under === own);
    });
    if (found) {
      return found;
    }
  }
  return undefined;
}

export { drawNames };

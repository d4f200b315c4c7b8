// Labels: put names where they fit, the important ones first, none over another.

import { bestFirst, boxAround } from "./ground.js";

/** @import { Told } from "./page-data.d.ts" */

/**
 * The parts of a text, each with its language; an empty tag is the language of the page.
 * @param {Told} told
 */
function partsOf(told) {
  return typeof told === "string" ? [[told, ""]] : told;
}

/**
 * A text without its languages, for attributes.
 * @param {Told} told
 */
function plain(told) {
  return partsOf(told)
    .map(([text]) => text)
    .join("");
}

/**
 * Put a text into an element, and mark what is in another language than the page.
 * @param {HTMLElement} element
 * @param {Told} told
 */
function tell(element, told) {
  for (const [text, language] of partsOf(told)) {
    if (language) {
      const part = document.createElement("span");
      part.lang = language;
      part.dir = "auto";
      part.textContent = text;
      element.append(part);
    } else {
      element.append(text);
    }
  }
  return element;
}

/**
 * Put texts under each other.
 * @param {...Told} tolds
 */
function stacked(...tolds) {
  return tolds.flatMap((told, i) => [...(i ? [["\n", ""]] : []), ...partsOf(told)]);
}

/**
 * Take a text apart into its lines.
 * @param {Told} told
 */
function linesOf(told) {
  const lines = [[]];
  for (const [text, language] of partsOf(told)) {
    const [first, ...others] = text.split("\n");
    lines.at(-1).push([first, language]);
    lines.push(...others.map((other) => [[other, language]]));
  }
  return lines;
}

/** Whether two boxes [left, top, right, bottom] touch. */
function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/** The cells of a coarse grid, in pixels, that lines run through: labels stay off them. */
const CELL = 10;

/**
 * Name the cells that a box covers.
 * @param {number[]} box
 */
function cellsOf([left, top, right, bottom]) {
  const cells = [];
  for (let x = Math.floor(left / CELL); x <= right / CELL; x++) {
    for (let y = Math.floor(top / CELL); y <= bottom / CELL; y++) {
      cells.push(`${x},${y}`);
    }
  }
  return cells;
}

/**
 * Labels of one map. Each entry has a text, a class, and a function that gives the boxes where
 * it may stand at the present view, best first; what finds no free box stays away.
 */
class Labels {
  constructor(map, ground) {
    this.map = map;
    this.ground = ground;
    this.entries = [];
    /** @type {() => number[][]} */
    this.obstacles = undefined;
    /** @type {() => { x: number, y: number }[]} */
    this.lines = undefined;
    this.pane = map.createPane("labels");
    this.pane.setAttribute("aria-hidden", "true");
  }

  /** Place the labels, now and after each move of the map. */
  follow() {
    this.place();
    let awaited = false;
    // A move ends in several events, of which the last may find the land drawn anew.
    this.map.on("moveend popupclose resize viewreset", () => {
      if (!awaited) {
        awaited = true;
        queueMicrotask(() => {
          this.place();
          awaited = false;
        });
      }
    });
    this.map.on("zoomstart", () => this.pane.classList.add("moving"));
  }

  /**
   * Add a label; `places(size, view)` yields centres in pixels of the container.
   * Options: `room`, beside its words; `over`, that it may lie over a line if need be;
   * `always`, over anything, since it tells of a stop; `shown()`, whether it is wanted;
   * `dot`, the box of a point without which it is not shown; `minZoom`; `placed(box)`.
   */
  add(text, className, places, options = {}) {
    const element = document.createElement("span");
    element.className = `label ${className}`;
    const [first, ...others] = linesOf(text);
    tell(element, first);
    for (const other of others) {
      const more = document.createElement("span");
      more.className = "more";
      element.append(tell(more, other));
    }
    element.dir = "auto";
    this.pane.append(element);
    // Before its words, or after them, a square stands.
    const before = options.room ?? 0;
    element.style.setProperty("--room", `${before}px`);
    element.classList.toggle("roomy", before > 0);
    this.entries.push({ element, places, ...options });
  }

  place() {
    const view = this.map.getSize();
    this.ground.survey();
    const taken = this.obstacles ? this.obstacles() : [];
    const lines = new Set(this.lines?.().map(({ x, y }) => cellsOf([x, y, x, y])[0]));
    const origin = this.map.containerPointToLayerPoint([0, 0]);
    this.pane.classList.remove("moving");
    // All are measured before the first is moved: else each would be laid out anew.
    for (const entry of this.entries) {
      entry.size ??= [entry.element.offsetWidth, entry.element.offsetHeight];
    }
    for (const entry of this.entries) {
      const box =
        this.firstFree(entry, view, taken, lines) ??
        (entry.over ? this.firstFree(entry, view, taken, new Set()) : undefined) ??
        (entry.always ? this.firstFree(entry, view, [], new Set()) : undefined);
      entry.element.hidden = box === undefined;
      if (box) {
        taken.push(box);
        L.DomUtil.setPosition(entry.element, origin.add([box[0], box[1]]).round());
        entry.placed?.(box, entry.element);
      } else {
        entry.placed?.(undefined);
      }
    }
  }

  firstFree(entry, view, taken, lines) {
    const [width, height] = entry.size;
    if (entry.minZoom && this.map.getZoom() < entry.minZoom) {
      return undefined;
    }
    if (entry.shown && !entry.shown()) {
      return undefined;
    }
    if (entry.dot && taken.some((box) => overlap(entry.dot(), box))) {
      return undefined;
    }
    for (const [x, y] of entry.places([width, height], view)) {
      const box = [x - width / 2 - 2, y - height / 2 - 1, x + width / 2 + 2, y + height / 2 + 1];
      const inside = box[0] >= 2 && box[1] >= 2 && box[2] <= view.x - 2 && box[3] <= view.y - 2;
      const free = !taken.some((other) => overlap(box, other));
      if (inside && free && !cellsOf(box).some((cell) => lines.has(cell))) {
        return box;
      }
    }
    return undefined;
  }
}

/** Where the label of a point may stand: on its four sides, `gap` pixels away. */
function besidePoint(map, lat, lon, gap) {
  return ([width, height]) => {
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const aside = gap + width / 2;
    return [
      [x + aside, y],
      [x - aside, y],
      [x, y - gap - height / 2],
      [x, y + gap + height / 2],
    ];
  };
}

/**
 * Where the words on a line may stand: beside it, first near its middle and on the land that it
 * crosses, not on that of others.
 */
function besideLine(map, ground, start, end, apart, points) {
  return (size) => {
    const a = map.latLngToContainerPoint(start);
    const b = map.latLngToContainerPoint(end);
    const along = b.subtract(a);
    const right = L.point(along.y, -along.x).divideBy(a.distanceTo(b) || 1);
    const clear = (Math.abs(right.x) * size[0] + Math.abs(right.y) * size[1]) / 2 + 8 + apart;
    const crossed = new Set(points().map((point) => ground.at(point)));
    const costs = new Map();
    for (const far of [1, 1.5]) {
      for (const part of [0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2]) {
        for (const side of [-1, 1]) {
          const { x, y } = a.add(along.multiplyBy(part)).add(right.multiplyBy(side * far * clear));
          const others = ground.share(
            boxAround([x, y], size),
            (code) => code && !crossed.has(code),
          );
          costs.set([x, y], others + 0.4 * (far - 1) + 0.5 * Math.abs(part - 0.5));
        }
      }
    }
    return bestFirst([...costs.keys()], (at) => costs.get(at));
  };
}

export { besideLine, besidePoint, cellsOf, Labels, linesOf, overlap, plain, stacked, tell };

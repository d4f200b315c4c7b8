// Labels: put names where they fit, the important ones first, none over another.

import { bestFirst, boxAround, cellsAlong, middleOf, PLOT, summed } from "./ground.js";

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

/** What stands on the map by now, in cells of the ground: boxes, lines of the route, leaders. */
class Standing {
  constructor(ground) {
    this.ground = ground;
    this.boxes = [];
    this.cells = new Uint8Array(ground.cells.length);
    this.lines = new Uint8Array(ground.cells.length);
    this.leaders = new Uint8Array(ground.cells.length);
    this.renew();
  }

  renew() {
    const { high, wide } = this.ground;
    this.taken = summed(this.cells, wide, high);
    this.lined = summed(this.lines, wide, high);
    this.led = summed(this.leaders, wide, high);
  }

  /** Keep boxes free of labels. */
  take(...boxes) {
    const { high, wide } = this.ground;
    for (const [left, top, right, bottom] of boxes) {
      const [first, last] = [Math.max(0, Math.floor(left / PLOT)), Math.ceil(right / PLOT)];
      for (let y = Math.max(0, Math.floor(top / PLOT)); y < Math.min(high, bottom / PLOT); y++) {
        const row = y * wide;
        this.cells.fill(1, row + Math.min(wide, first), row + Math.max(0, Math.min(wide, last)));
      }
      this.boxes.push([left, top, right, bottom]);
    }
    this.renew();
  }

  /** Let no label stand over a leader. */
  lead(start, end) {
    for (const cell of cellsAlong(this.ground, start, end)) {
      this.leaders[cell] = 1;
      this.cells[cell] = 1;
    }
    this.renew();
  }

  /** Keep labels off the lines of the route if there is another place for them. */
  run(points) {
    for (const { x, y } of points) {
      for (const cell of cellsAlong(this.ground, [x, y], [x, y])) {
        this.lines[cell] = 1;
      }
    }
    this.renew();
  }

  isFree(box) {
    return !this.boxes.some((other) => overlap(box, other)) && !this.has(this.leaders, box);
  }

  /** Whether a box has a cell that is marked. */
  has(cells, [left, top, right, bottom]) {
    const { high, wide } = this.ground;
    for (let y = Math.max(0, Math.floor(top / PLOT)); y < Math.min(high, bottom / PLOT); y++) {
      for (let x = Math.max(0, Math.floor(left / PLOT)); x < Math.min(wide, right / PLOT); x++) {
        if (cells[y * wide + x]) {
          return true;
        }
      }
    }
    return false;
  }
}

/** What it costs words of the story: each next side, lines broken, a line under them, land of others. */
const SIDE = 0.05;
const BROKEN = 0.12;
const LINED = 0.8;
const ABROAD = 1.5;

/**
 * Labels of one map. Each entry has an element, the looks that it may take, the first that fits,
 * and a function that finds where it stands at the present view; what finds no place stays away.
 */
class Labels {
  constructor(map, ground, rules) {
    this.map = map;
    this.ground = ground;
    this.rules = rules;
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

  /** Make the element of a label, and put it out of sight. */
  write(text, className) {
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
    return element;
  }

  /**
   * Add words on a point or a line; `places(size, view)` yields centres in pixels of the container.
   * Options: `room`, beside its words; `over`, that it may lie over a line if need be;
   * `always`, over anything, since it tells of a stop; `shown()`, whether it is wanted;
   * `own()`, on whose land it may lie; `placed(box)`.
   */
  add(text, className, places, options = {}) {
    const element = this.write(text, className);
    // Before its words, or after them, a square stands.
    const before = options.room ?? 0;
    element.style.setProperty("--room", `${before}px`);
    element.classList.toggle("roomy", before > 0);
    const sizes = className === "named" ? ["", "size-13"] : [""];
    const looks = before ? [""] : sizes.flatMap((size) => [size, `${size} broken`]);
    const find = (sizes) => this.beside({ places, ...options }, sizes);
    this.entries.push({ element, find, looks, ...options });
  }

  /** Add a name that `find(sizes)` finds a place for: a box, which look it has, and a leader. */
  name(text, className, looks, find, options = {}) {
    const element = this.write(text, className);
    element.dataset.of = options.code ?? "";
    const entry = { element, find, looks, ...options };
    this.entries.push(entry);
    return entry;
  }

  place() {
    const view = this.map.getSize();
    this.ground.survey();
    this.standing = new Standing(this.ground);
    this.standing.take(...(this.obstacles ? this.obstacles() : []));
    this.standing.run(this.lines?.() ?? []);
    this.begin?.();
    // What the page drew first stands as long as it is seen whole.
    const isFirst = this.first?.isSeen ?? false;
    this.standing.take(...(this.first?.show(isFirst) ?? []));
    const origin = this.map.containerPointToLayerPoint([0, 0]);
    this.pane.classList.remove("moving");
    const ours = this.entries.filter((entry) => !isFirst || entry.room);
    const wanted = ours.filter((entry) => entry.shown?.() ?? true);
    this.measure(wanted);
    for (const entry of this.entries) {
      const found = wanted.includes(entry) ? entry.find(entry.sizes, view) : undefined;
      const { element } = entry;
      element.hidden = found === undefined;
      this.draw(entry, found, origin);
      if (found) {
        element.classList.remove(...entry.looks.join(" ").split(" ").filter(Boolean));
        element.classList.add(...entry.looks[found.look ?? 0].split(" ").filter(Boolean));
        this.standing.take(found.box);
        L.DomUtil.setPosition(element, origin.add([found.box[0], found.box[1]]).round());
        this.tint(element, found.box);
      }
      entry.placed?.(found?.box, element);
    }
    this.end?.(isFirst);
  }

  /** Measure every look of what is new, all of a look before the next: one layout for each. */
  measure(entries) {
    const unknown = entries.filter((entry) => !entry.sizes);
    const most = unknown.reduce((all, { looks }) => Math.max(all, looks.length), 0);
    for (const entry of unknown) {
      entry.sizes = [];
      entry.element.hidden = false;
    }
    const names = (look) => look.split(" ").filter(Boolean);
    for (let i = 0; i < most; i++) {
      const those = unknown.filter(({ looks }) => i < looks.length);
      for (const { element, looks } of those) {
        element.classList.add(...names(looks[i]));
      }
      for (const { element, sizes } of those) {
        sizes.push([element.offsetWidth, element.offsetHeight]);
      }
      for (const { element, looks } of those) {
        element.classList.remove(...names(looks[i]));
      }
    }
  }

  /** Draw the line from a name into its land, or take it away. */
  draw(entry, found, origin) {
    entry.leader?.remove();
    entry.leader = undefined;
    if (found?.start) {
      const [x, y] = [found.end[0] - found.start[0], found.end[1] - found.start[1]];
      const leader = document.createElement("i");
      leader.className = "leader dotted of-a-name";
      leader.style.width = `${Math.hypot(x, y)}px`;
      leader.style.left = `${origin.x + found.start[0]}px`;
      leader.style.top = `${origin.y + found.start[1]}px`;
      leader.style.transform = `rotate(${Math.atan2(y, x)}rad)`;
      this.pane.append(leader);
      entry.leader = leader;
      this.standing.lead(found.start, found.end);
    }
  }

  /** Give words the tint that lies under most of them. */
  tint(element, box) {
    const [x, y] = middleOf(box);
    const code = this.ground.at({ x, y });
    const known = this.jurisdictions?.[code];
    const mostly = code && this.ground.share(box, (each) => each === code) >= 0.6;
    const level = mostly && known?.level;
    for (const name of [...element.classList]) {
      if (name.startsWith("on-") || name.startsWith("within-")) {
        element.classList.remove(name);
      }
    }
    if (level && known.cover === "full") {
      element.classList.add(`on-${level}`);
    } else if (level && known.cover === "edge") {
      element.classList.add(`within-${level}`);
    }
  }

  /** Where words on a point or a line stand: where it costs least, or if they must over others. */
  beside(entry, sizes) {
    const { x: wide, y: high } = this.map.getSize();
    const own = entry.own?.();
    let best;
    for (const [look, size] of sizes.entries()) {
      for (const [side, at] of entry.places(size).entries()) {
        const box = boxAround(at, [size[0] + 4, size[1] + 2]);
        const inside = box[0] >= 2 && box[1] >= 2 && box[2] <= wide - 2 && box[3] <= high - 2;
        if (inside && (entry.always || this.standing.isFree(box))) {
          const lined = this.standing.has(this.standing.lines, box);
          const cost =
            SIDE * side +
            BROKEN * look +
            LINED * lined +
            (this.standing.isFree(box) ? 0 : 10) +
            (own ? ABROAD * this.ground.share(box, (code) => code && !own.has(code)) : 0);
          if ((entry.over || !lined) && !(best?.cost <= cost)) {
            best = { box, cost, look };
          }
        }
      }
    }
    return best;
  }
}

/** Where the label of a point may stand: on its four sides, `gap` pixels away. */
function besidePoint(map, down, across, gap) {
  return ([width, height]) => {
    const { x, y } = map.latLngToContainerPoint([down, across]);
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

export { besideLine, besidePoint, Labels, linesOf, overlap, partsOf, plain, stacked, tell };

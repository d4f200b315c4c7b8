// The ground: whose land lies where in view, in cells of a few pixels, so that names find room.

/** The side of a cell in pixels, and how much wider than high a name is. */
const PLOT = 8;
const FLAT = 2.5;
/** A name asks for so many places at most, so many cells apart. */
const MOST_SPOTS = 12;
const SPOTS_APART = 5;

/** Whose land is in view; `survey` looks again. Water is nobody's: its code is undefined. */
class Ground {
  constructor(map, shapes) {
    this.map = map;
    this.shapes = Object.entries(shapes);
    this.numbers = new Map(this.shapes.map(([code], i) => [code, i + 1]));
  }

  /** Fill the cells, each with the number of the land in its middle, what lies above last. */
  survey() {
    const { x, y } = this.map.getSize();
    this.wide = Math.ceil(x / PLOT);
    this.high = Math.ceil(y / PLOT);
    this.cells = new Uint16Array(this.wide * this.high);
    this.found = new Map();
    const origin = this.map.containerPointToLayerPoint([0, 0]);
    const view = L.bounds(origin, origin.add([x, y]));
    for (const [i, [, shape]] of this.shapes.entries()) {
      if (shape._pxBounds.intersects(view)) {
        this.fill(shape._rings, origin, i + 1);
      }
    }
    this.measure();
  }

  /** Fill rings row by row, between each crossing of their edges and the next. */
  fill(rings, { x: left, y: top }, number) {
    const rows = [];
    for (const ring of rings) {
      let from = ring.at(-1);
      for (const to of ring) {
        const first = Math.max(0, Math.ceil((Math.min(from.y, to.y) - top) / PLOT - 0.5));
        const last = Math.min(this.high, Math.ceil((Math.max(from.y, to.y) - top) / PLOT - 0.5));
        for (let row = first; row < last; row++) {
          const share = ((row + 0.5) * PLOT + top - from.y) / (to.y - from.y);
          rows[row] ??= [];
          rows[row].push(from.x + share * (to.x - from.x) - left);
        }
        from = to;
      }
    }
    rows.forEach((crossings, row) => {
      crossings.sort((a, b) => a - b);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const first = Math.max(0, Math.ceil(crossings[i] / PLOT - 0.5));
        const end = Math.min(this.wide, Math.ceil(crossings[i + 1] / PLOT - 0.5));
        if (first < end) {
          this.cells.fill(number, row * this.wide + first, row * this.wide + end);
        }
      }
    });
  }

  /** Measure how far each cell is from other land, in the pixels of a world that is flattened. */
  measure() {
    const { cells, high, wide } = this;
    const room = new Float32Array(cells.length);
    const free = (i, inView, next, far) =>
      inView && cells[next] === cells[i] ? room[next] + far : far / 2;
    for (let i = 0; i < cells.length; i++) {
      const [west, north] = [i % wide > 0, i >= wide];
      room[i] = Math.min(free(i, west, i - 1, PLOT), free(i, north, i - wide, PLOT * FLAT));
    }
    for (let i = cells.length - 1; i >= 0; i--) {
      const [east, south] = [i % wide < wide - 1, i < wide * (high - 1)];
      room[i] = Math.min(
        room[i],
        free(i, east, i + 1, PLOT),
        free(i, south, i + wide, PLOT * FLAT),
      );
    }
    this.room = room;
  }

  /** The cells of a land in view, the roomiest first. */
  cellsOf(code) {
    const number = this.numbers.get(code);
    if (!this.found.has(number)) {
      for (const each of this.numbers.values()) {
        this.found.set(each, []);
      }
      for (const [i, each] of this.cells.entries()) {
        this.found.get(each)?.push(i);
      }
    }
    return this.found.get(number);
  }

  /** The middles of the roomiest cells of a land, in pixels of the container. */
  spots(code) {
    const chosen = [];
    for (const i of [...this.cellsOf(code)].sort((a, b) => this.room[b] - this.room[a])) {
      const [x, y] = [i % this.wide, Math.floor(i / this.wide)];
      const far = ([otherX, otherY]) =>
        Math.abs(x - otherX) + FLAT * Math.abs(y - otherY) >= SPOTS_APART;
      if (chosen.every(far)) {
        chosen.push([x, y]);
      }
      if (chosen.length === MOST_SPOTS) {
        break;
      }
    }
    return chosen.map(([x, y]) => [(x + 0.5) * PLOT, (y + 0.5) * PLOT]);
  }

  /** The box around what is seen of a land; `undefined` of what is too small to be seen. */
  boxOf(code) {
    const cells = this.cellsOf(code);
    if (cells.length < 3) {
      return undefined;
    }
    const xs = cells.map((i) => (i % this.wide) * PLOT);
    const ys = [cells[0], cells.at(-1)].map((i) => Math.floor(i / this.wide) * PLOT);
    return [Math.min(...xs), ys[0], Math.max(...xs) + PLOT, ys[1] + PLOT];
  }

  /** Which share of a box has land of which `wanted` holds, by its code; beyond the view none. */
  share([left, top, right, bottom], wanted) {
    let [all, held] = [0, 0];
    for (let y = Math.floor(top / PLOT); y <= (bottom - 1) / PLOT; y++) {
      for (let x = Math.floor(left / PLOT); x <= (right - 1) / PLOT; x++) {
        all += 1;
        held += wanted(this.codeAt(x, y)) ? 1 : 0;
      }
    }
    return all && held / all;
  }

  codeAt(x, y) {
    const inside = x >= 0 && y >= 0 && x < this.wide && y < this.high;
    return inside ? this.shapes[this.cells[y * this.wide + x] - 1]?.[0] : undefined;
  }

  /** Whose land lies at a point, in pixels of the container. */
  at({ x, y }) {
    return this.codeAt(Math.floor(x / PLOT), Math.floor(y / PLOT));
  }
}

/**
 * The box of some size around a point.
 * @param {number[]} at
 * @param {number[]} size
 */
function boxAround([x, y], [width, height]) {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

/** So much of the name of a country lies on it, and of a sea on water. */
const MOSTLY = 0.85;

/** Where the name of a country may stand: where there is most room, if it fits there. */
function onLand(ground, code) {
  return (size) =>
    ground
      .spots(code)
      .filter((at) => ground.share(boxAround(at, size), (found) => found === code) >= MOSTLY);
}

/** Where a name that must stand may do so: as much on its land as there is room for. */
function onLandOrNear(map, ground, code) {
  return (size) => {
    const spots = ground.spots(code);
    const around = (spots.length ? spots : [middleOf(map, ground, code)]).flatMap(([x, y]) =>
      [0, -24, 24].flatMap((down) => [0, -40, 40].map((aside) => [x + aside, y + down])),
    );
    const own = (at) => ground.share(boxAround(at, size), (found) => found === code);
    return bestFirst([...spots, ...around], (at) => -own(at));
  };
}

/** The middle of the largest ring of a land too small for a cell, in pixels of the container. */
function middleOf(map, ground, code) {
  const { _rings: rings } = ground.shapes[ground.numbers.get(code) - 1][1];
  const [largest] = rings
    .map((ring) => L.bounds(ring))
    .sort((a, b) => b.getSize().x * b.getSize().y - a.getSize().x * a.getSize().y);
  const { x, y } = map.layerPointToContainerPoint(largest.getCenter());
  return [x, y];
}

/** Order places by a cost, each computed once; equal ones stay in their order. */
function bestFirst(places, cost) {
  return places
    .map((at) => [cost(at), at])
    .sort(([a], [b]) => a - b)
    .map(([, at]) => at);
}

/**
 * Where the label of a territory may stand, as soon as that can be seen: in it, or beside it where
 * it lies least on the land of others.
 */
function aroundTerritory(ground, code) {
  return (size, view) => {
    const box = ground.boxOf(code);
    if (!box) {
      return [];
    }
    const [left, top, right, bottom] = box;
    const [width, height] = size;
    const inView = (at, half, most) => Math.max(half + 4, Math.min(most - half - 4, at));
    const x = inView((left + right) / 2, width / 2, view.x);
    const y = inView((top + bottom) / 2, height / 2, view.y);
    const around = [
      [x, bottom + height / 2],
      [x, top - height / 2],
      [right + width / 2 + 3, y],
      [left - width / 2 - 3, y],
    ];
    const others = (at) => ground.share(boxAround(at, size), (found) => found && found !== code);
    // In it, also where words run out over water.
    const inside = ground.spots(code).filter((at) => others(at) <= 1 - MOSTLY);
    return [...inside, ...bestFirst(around, (at) => others(at) + 0.1 * around.indexOf(at))];
  };
}

/** So much of the words on claimed land may lie on the land of others. */
const OF_OTHERS = 0.05;

/**
 * Where the words on claimed land may stand: near it, not on the land of others; on that of its own
 * state they may, and on water.
 */
function aroundClaim(ground, pieces, state) {
  return ([width, height]) => {
    const boxes = pieces.map((code) => ground.boxOf(code)).filter(Boolean);
    if (!boxes.length) {
      return [];
    }
    const least = (side) => Math.min(...boxes.map((box) => box[side]));
    const most = (side) => Math.max(...boxes.map((box) => box[side]));
    const [left, top, right, bottom] = [least(0), least(1), most(2), most(3)];
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const around = [top - height / 2, bottom + height / 2, y, y - height, y + height].flatMap(
      (down) => [x, left, right, left - width / 2, right + width / 2].map((at) => [at, down]),
    );
    const own = new Set(pieces);
    const share = (at, wanted) => ground.share(boxAround(at, [width, height]), wanted);
    const others = (at) => share(at, (code) => code && code !== state && !own.has(code));
    const cost = (at) =>
      0.3 * share(at, (code) => own.has(code)) + Math.hypot(at[0] - x, at[1] - y) / (8 * width);
    return bestFirst(
      around.filter((at) => others(at) <= OF_OTHERS),
      cost,
    );
  };
}

/** Where the label of a sea may stand: at its point, or a little off it, on water. */
function onWater(map, ground, lat, lon) {
  return (size) => {
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const near = [0, 1, -1, 2, -2].map((down) => [x, y + down * size[1]]);
    return near.filter((at) => ground.share(boxAround(at, size), (code) => !code) >= MOSTLY);
  };
}

export {
  aroundClaim,
  aroundTerritory,
  bestFirst,
  boxAround,
  Ground,
  onLand,
  onLandOrNear,
  onWater,
};

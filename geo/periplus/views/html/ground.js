// The ground: whose land lies where in view, in cells of a few pixels, so that names find room.
// The rules are those of the drawn map (`labelling.py`); their numbers come with the data.

/** The side of a cell in pixels, and from one place that is tried to the next, in cells. */
const PLOT = 4;
const STRIDE = 2;
/** Cells around a name in which room is wanted. */
const AROUND = 3;
/** What it costs: no room around, off the middle, a long leader, on land, over a line, in a crowd. */
const COST = { central: 1, crossed: 4, crowded: 1, dry: 0.4, roomy: 2, short: 1.5 };
/** So many of the cheapest places are tried for a leader. */
const TRIED = 60;

/** Add up cells from the first corner to each: what any box holds is then told at once. */
function summed(cells, wide, high) {
  const sums = new Int32Array((wide + 1) * (high + 1));
  for (let y = 0; y < high; y++) {
    let row = 0;
    for (let x = 0; x < wide; x++) {
      row += cells[y * wide + x];
      sums[(y + 1) * (wide + 1) + x + 1] = sums[y * (wide + 1) + x + 1] + row;
    }
  }
  return sums;
}

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
    this.wide = Math.max(1, Math.ceil(x / PLOT));
    this.high = Math.max(1, Math.ceil(y / PLOT));
    this.cells = new Uint16Array(this.wide * this.high);
    this.found = new Map();
    const origin = this.map.containerPointToLayerPoint([0, 0]);
    const view = L.bounds(origin, origin.add([x, y]));
    for (const [i, [, shape]] of this.shapes.entries()) {
      if (shape._pxBounds.intersects(view)) {
        this.fill(shape._rings, origin, i + 1);
      }
    }
    this.land = this.sumsOf((code) => code);
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

  /** Which cells have land whose code is `wanted`. */
  maskOf(wanted) {
    const are = [undefined, ...this.shapes.map(([code]) => code)].map((code) =>
      wanted(code) ? 1 : 0,
    );
    return Uint8Array.from(this.cells, (number) => are[number]);
  }

  sumsOf(wanted) {
    return summed(this.maskOf(wanted), this.wide, this.high);
  }

  /** What is seen of some land: its cells, their sums, the box around them, their middle. */
  seen(codes) {
    const name = codes.join();
    if (!this.found.has(name)) {
      const mask = this.maskOf((code) => codes.includes(code));
      const [xs, ys] = [[], []];
      for (let i = 0; i < mask.length; i++) {
        if (mask[i]) {
          xs.push(i % this.wide);
          ys.push(Math.floor(i / this.wide));
        }
      }
      const mean = (values) => (values.reduce((sum, each) => sum + each, 0) / values.length) * PLOT;
      const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity) * PLOT;
      const most = (values) => values.reduce((a, b) => Math.max(a, b), -1) * PLOT + PLOT;
      this.found.set(name, {
        area: xs.length * PLOT * PLOT,
        box: [least(xs), least(ys), most(xs), most(ys)],
        mask,
        middle: [mean(xs), mean(ys)],
        sums: summed(mask, this.wide, this.high),
      });
    }
    return this.found.get(name);
  }

  /** The middle of the cell of some land that lies farthest from its edge. */
  pole({ mask }) {
    const { high, wide } = this;
    const depth = new Uint16Array(mask.length);
    let deepest = 0;
    const at = (inside, next) => (inside ? depth[next] : 0);
    for (let i = 0; i < mask.length; i++) {
      depth[i] = mask[i] && 1 + Math.min(at(i % wide > 0, i - 1), at(i >= wide, i - wide));
    }
    for (let i = mask.length - 1; i >= 0; i--) {
      const [east, south] = [i % wide < wide - 1, i < wide * (high - 1)];
      const far = 1 + Math.min(at(east, i + 1), at(south, i + wide));
      depth[i] = mask[i] && Math.min(depth[i], far);
      deepest = depth[i] > depth[deepest] ? i : deepest;
    }
    return [((deepest % wide) + 0.5) * PLOT, (Math.floor(deepest / wide) + 0.5) * PLOT];
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

/** Order places by a cost, each computed once; equal ones stay in their order. */
function bestFirst(places, cost) {
  return places
    .map((at) => [cost(at), at])
    .sort(([a], [b]) => a - b)
    .map(([, at]) => at);
}

/** All places of a box of one size, in steps; what stands on the map by now, in sums of cells. */
class Floor {
  constructor(ground, standing, [width, height]) {
    this.ground = ground;
    this.standing = standing;
    // As much is kept free around every label.
    this.width = width + 4;
    this.height = height + 2;
    this.columns = Math.ceil(this.width / PLOT);
    this.rows = Math.ceil(this.height / PLOT);
  }

  /** Which share of the box whose first cell this is, and of so many cells around it, is held. */
  share(sums, column, row, around = 0) {
    const { high, wide } = this.ground;
    const [left, top] = [Math.max(0, column - around), Math.max(0, row - around)];
    const right = Math.min(wide, column + this.columns + around);
    const bottom = Math.min(high, row + this.rows + around);
    const at = (x, y) => sums[y * (wide + 1) + x];
    const held = at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
    return held / ((this.columns + 2 * around) * (this.rows + 2 * around));
  }

  /**
   * The cheapest places, at most so many; `judge(share, box)` gives the cost of each that is free,
   * or nothing where it may not stand.
   */
  cheapest(judge, most = 1, [left, top, right, bottom] = [0, 0, Infinity, Infinity]) {
    const { high, wide } = this.ground;
    const first = (from) => Math.max(1, Math.floor(from / PLOT));
    const found = [];
    for (let row = first(top); row + this.rows < Math.min(high, bottom / PLOT + 1); row += STRIDE) {
      for (
        let column = first(left);
        column + this.columns < Math.min(wide, right / PLOT + 1);
        column += STRIDE
      ) {
        const share = (sums, around) => this.share(sums, column, row, around);
        if (share(this.standing.taken) === 0 && share(this.standing.led) === 0) {
          const [x, y] = [column * PLOT, row * PLOT];
          const box = [x, y, x + this.width, y + this.height];
          const cost = judge(share, box);
          if (cost !== undefined) {
            found.push([cost, box]);
          }
        }
      }
    }
    found.sort(([a], [b]) => a - b);
    return found.slice(0, most).map(([, box]) => box);
  }
}

/** How far a point is from a box. */
function farFrom([left, top, right, bottom], [x, y]) {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

/** The middle of a box. */
function middleOf([left, top, right, bottom]) {
  return [(left + right) / 2, (top + bottom) / 2];
}

/** What a name costs in its own land: room around it, nearness to the middle, no crowd. */
function roominess(ground, standing, { middle, sums }, share, box) {
  const [x, y] = middleOf(box);
  const off = Math.hypot(x - middle[0], y - middle[1]);
  return (
    COST.roomy * (1 - share(sums, AROUND)) +
    (COST.central * off) / (PLOT * Math.hypot(ground.wide, ground.high)) +
    COST.crowded * share(standing.taken, AROUND) +
    COST.crossed * share(standing.lined)
  );
}

/** Where the name of a country stands in it; over a line of the route only if it may be `crossing`. */
function inLand(ground, standing, own, code, size, crossing) {
  const land = ground.seen([code]);
  const judge = (share, box) =>
    share(land.sums) >= own && (crossing || share(standing.lined) === 0)
      ? roominess(ground, standing, land, share, box)
      : undefined;
  const [left, top, right, bottom] = land.box;
  const around = [left - size[0] / 3, top - size[1] / 2, right + size[0] / 3, bottom + size[1]];
  return new Floor(ground, standing, size).cheapest(judge, 1, around)[0];
}

/** Where the name of a territory stands in it, hardly on the land of others. */
function inTerritory(ground, standing, rules, known, size) {
  const land = ground.seen([known.code]);
  const { claimed, third } = othersOf(ground, known);
  const judge = (share, box) =>
    share(land.sums) >= rules.inside &&
    share(third) <= rules.third &&
    share(claimed) <= rules.claimed
      ? roominess(ground, standing, land, share, box) + 1 - share(land.sums)
      : undefined;
  return new Floor(ground, standing, size).cheapest(judge)[0];
}

/** The land that is neither a territory's nor its state's, and that under a claim. */
function othersOf(ground, { code, parent, pieces }) {
  const name = `others ${code}`;
  if (!ground.found.has(name)) {
    const own = new Set([code, parent, ...pieces]);
    const held = new Set(pieces);
    ground.found.set(name, {
      claimed: ground.sumsOf((each) => held.has(each)),
      third: ground.sumsOf((each) => each && !own.has(each)),
    });
  }
  return ground.found.get(name);
}

/** Where the name of some land stands beside it, and the leader from there that ends in it. */
function onLeader(ground, standing, rules, land, known, size) {
  const end = ground.pole(land);
  const { claimed, third } = othersOf(ground, known);
  const judge = (share, box) => {
    const far = farFrom(box, end);
    const allowed =
      far > 2 &&
      far <= rules.leader &&
      share(land.sums) <= rules.outside &&
      share(third) <= rules.third &&
      share(claimed) <= rules.claimed;
    return allowed
      ? (COST.short * far) / rules.leader +
          COST.dry * share(ground.land) +
          COST.crossed * share(standing.lined) +
          COST.crowded * share(standing.taken, AROUND)
      : undefined;
  };
  const near = [end[0], end[1], end[0], end[1]].map(
    (at, i) => at + (i < 2 ? -1 : 1) * (rules.leader + (i % 2 ? size[1] : size[0]) + PLOT),
  );
  for (const box of new Floor(ground, standing, size).cheapest(judge, TRIED, near)) {
    const start = [
      Math.max(box[0], Math.min(box[2], end[0])),
      Math.max(box[1], Math.min(box[3], end[1])),
    ];
    const isBarred = (code, i) =>
      standing.cells[i] || (known.territories.has(code) && code !== known.code);
    if (!cellsAlong(ground, start, end).some((i) => isBarred(codeOf(ground, i), i))) {
      return { box, end, start };
    }
  }
  return undefined;
}

function codeOf(ground, cell) {
  return ground.shapes[ground.cells[cell] - 1]?.[0];
}

/** The cells that a line runs through. */
function cellsAlong({ high, wide }, [x1, y1], [x2, y2]) {
  const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / (PLOT / 2)) + 1;
  const cells = [];
  for (let i = 0; i <= steps; i++) {
    const x = Math.floor((x1 + ((x2 - x1) * i) / steps) / PLOT);
    const y = Math.floor((y1 + ((y2 - y1) * i) / steps) / PLOT);
    if (x >= 0 && y >= 0 && x < wide && y < high) {
      cells.push(y * wide + x);
    }
  }
  return cells;
}

/** Where the letter of a territory stands in it. */
function inDisc(ground, standing, rules, land) {
  const end = ground.pole(land);
  const size = [2 * rules.letter - 4, 2 * rules.letter - 2];
  const judge = (share, box) => {
    const [x, y] = middleOf(box);
    const inside = share(land.sums);
    const off = Math.hypot(x - end[0], y - end[1]) / (2 * rules.letter);
    return inside >= rules.lettered ? off - inside : undefined;
  };
  return new Floor(ground, standing, size).cheapest(judge)[0];
}

/** Where the name of a sea stands: near its point, on the same water, off all land. */
function afloat(ground, standing, [x, y], size, drift) {
  const judge = (share, box) => {
    const [across, down] = middleOf(box);
    const off = Math.hypot(across - x, down - y);
    return off <= drift && share(ground.land, 1) === 0
      ? off / drift + COST.roomy * share(ground.land, AROUND) + COST.crossed * share(standing.lined)
      : undefined;
  };
  return new Floor(ground, standing, size)
    .cheapest(judge, TRIED)
    .find((box) => !cellsAlong(ground, [x, y], middleOf(box)).some((i) => ground.cells[i]));
}

export {
  afloat,
  bestFirst,
  boxAround,
  cellsAlong,
  Ground,
  inDisc,
  inLand,
  inTerritory,
  middleOf,
  onLeader,
  PLOT,
  summed,
};

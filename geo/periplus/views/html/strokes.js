// The marks on lines and borders, in pixels: the rules of `views/strokes.py`.

/** The shortest piece that has an arrowhead, and its shape: its tip, its base, its corners. */
const LEAST_PIECE = 44;
/** @type {[number, number, number]} */
const HEAD = [8, 5, 5.2];
/** Chevrons along a border: how far apart, how far from its ends at least, and their shape. */
const STEP = 38;
const CLEAR = 24;
/** @type {[number, number, number]} */
const CHEVRON = [9, 0, 5.5];
/** The direction of a border is that of a chord so far to either side. */
const REACH = 48;
/** So far a line keeps off a border that is crossed nobody says where. */
const OFF_BORDER = 15;
/** Cross-bars of a movement by force: how far apart, and half their length. */
const BARS = 13;
const HALF_BAR = 6;

/** How far along a line each of its points lies, in pixels. */
function distancesAlong(points) {
  let far = 0;
  return points.map((point, i) => {
    far += i ? point.distanceTo(points[i - 1]) : 0;
    return far;
  });
}

/** A line that can be asked for its points: by how far along it they lie. */
class Course {
  constructor(points) {
    this.points = points;
    this.along = distancesAlong(points);
    this.length = this.along.at(-1) ?? 0;
  }

  at(far) {
    const wanted = Math.max(0, Math.min(this.length, far));
    const next = Math.max(
      1,
      this.along.findIndex((each) => each >= wanted),
    );
    const [before, after] = [this.points[next - 1], this.points[next]];
    const whole = this.along[next] - this.along[next - 1];
    const share = whole ? (wanted - this.along[next - 1]) / whole : 0;
    return before.add(after.subtract(before).multiplyBy(share));
  }

  /** Where it leads to at a point: along a chord so far to either side. */
  ahead(far, reach = 4) {
    const chord = this.at(far + reach).subtract(this.at(far - reach));
    return chord.divideBy(Math.hypot(chord.x, chord.y) || 1);
  }
}

/** A triangle that points ahead, closed: how far from a point its tip, its base, its corners. */
function triangle(at, ahead, [tip, back, side]) {
  const across = L.point(-ahead.y, ahead.x).multiplyBy(side);
  const base = at.subtract(ahead.multiplyBy(back));
  const top = at.add(ahead.multiplyBy(tip));
  return [top, base.add(across), base.subtract(across), top];
}

/** The arrowheads of the parts of a line. */
function arrowheads(parts) {
  return parts
    .map((points) => new Course(points))
    .filter(({ length }) => length >= LEAST_PIECE)
    .map((course) => triangle(course.at(course.length / 2), course.ahead(course.length / 2), HEAD));
}

/** Triangles along a border that point to its left; every other one back, if need be. */
function chevrons(points, isCrossedBack) {
  const course = new Course(points);
  const room = course.length - 2 * CLEAR;
  const count = room < 0 ? 0 : Math.floor(room / STEP) + 1;
  const first = CLEAR + (room - (count - 1) * STEP) / 2;
  return Array.from({ length: count }, (_, i) => {
    const far = first + i * STEP;
    const { x, y } = course.ahead(far, REACH);
    const side = isCrossedBack && i % 2 ? -1 : 1;
    return triangle(course.at(far), L.point(side * y, -side * x), CHEVRON);
  });
}

/** The cross-bars of a movement by force. */
function crossBars(parts) {
  return parts.flatMap((points) => {
    const course = new Course(points);
    const count = Math.max(1, Math.floor(course.length / BARS));
    return Array.from({ length: count }, (_, i) => {
      const far = ((i + 0.5) * course.length) / count;
      const ahead = course.ahead(far);
      const across = L.point(-ahead.y, ahead.x).multiplyBy(HALF_BAR);
      return [course.at(far).subtract(across), course.at(far).add(across)];
    });
  });
}

/** Put points on a line so near to each other that it can be broken where it must. */
function closely(points) {
  return points.flatMap((point, i) => {
    const before = points[i - 1];
    const count = before ? Math.ceil(before.distanceTo(point) / 2) || 1 : 1;
    return Array.from({ length: count }, (_, k) =>
      before ? before.add(point.subtract(before).multiplyBy((k + 1) / count)) : point,
    );
  });
}

/** How far a point lies from a line, as far as that is less than some distance. */
function isNear(point, line, most) {
  return line.some(
    (to, i) => i && L.LineUtil.pointToSegmentDistance(point, line[i - 1], to) < most,
  );
}

/** Break a line off before every border that it would cross at a point nobody states. */
function apart(parts, borders) {
  if (!borders.length) {
    return parts;
  }
  const pieces = [];
  for (const part of parts) {
    let piece = [];
    for (const point of closely(part)) {
      if (borders.some((border) => isNear(point, border, OFF_BORDER))) {
        pieces.push(piece);
        piece = [];
      } else {
        piece.push(point);
      }
    }
    pieces.push(piece);
  }
  return pieces.filter((piece) => piece.length > 1 && new Course(piece).length > OFF_BORDER);
}

/** What is seen of the parts of a border, in their order and direction. */
function inView(borders, view) {
  return borders.flatMap((points) => {
    const runs = [];
    let last;
    points.slice(1).forEach((to, i) => {
      const cut = L.LineUtil.clipSegment(points[i], to, view, false, false);
      if (!cut) {
        last = undefined;
        return;
      }
      if (last?.equals(cut[0])) {
        runs.at(-1).push(cut[1]);
      } else {
        runs.push([...cut]);
      }
      last = cut[1];
    });
    return runs;
  });
}

/** The two ends of what is seen of a border: those of all of it together. */
function endsOf(runs) {
  const points = runs.flatMap((run) => [run[0], run.at(-1)]);
  const pairs = points.flatMap((one) => points.map((other) => [one, other]));
  const far = ([one, other]) => one.distanceTo(other);
  return pairs.reduce((best, pair) => (far(pair) > far(best) ? pair : best), pairs[0]);
}

/** How finely the inside of an area is searched for the point farthest from its edge. */
const SEARCHED = 16;

/** Whether a point lies in rings: an odd number of edges to its right. */
function isWithin({ x, y }, rings) {
  let inside = false;
  for (const ring of rings) {
    ring.forEach((to, i) => {
      const from = ring.at(i - 1);
      if (
        from.y > y !== to.y > y &&
        x < from.x + ((y - from.y) * (to.x - from.x)) / (to.y - from.y)
      ) {
        inside = !inside;
      }
    });
  }
  return inside;
}

/** The point of an area in view that lies farthest from its edge; none if none is in view. */
function poleOf(rings, view) {
  const around = L.bounds(rings.flat());
  const min = L.point(Math.max(around.min.x, view.min.x), Math.max(around.min.y, view.min.y));
  const max = L.point(Math.min(around.max.x, view.max.x), Math.min(around.max.y, view.max.y));
  let best;
  let room = 0;
  for (let i = 0.5; i < SEARCHED; i++) {
    for (let k = 0.5; k < SEARCHED; k++) {
      const point = L.point(
        min.x + ((max.x - min.x) * i) / SEARCHED,
        min.y + ((max.y - min.y) * k) / SEARCHED,
      );
      const edges = [point.x - view.min.x, view.max.x - point.x, point.y - view.min.y];
      const free = Math.min(view.max.y - point.y, ...edges);
      if (free > room && max.x > min.x && max.y > min.y && isWithin(point, rings)) {
        const far = Math.min(free, ...rings.map((ring) => distanceTo(point, ring)));
        if (far > room) {
          [best, room] = [point, far];
        }
      }
    }
  }
  return best;
}

function distanceTo(point, ring) {
  return Math.min(
    ...ring.map((to, i) => L.LineUtil.pointToSegmentDistance(point, ring.at(i - 1), to)),
  );
}

export {
  apart,
  arrowheads,
  chevrons,
  Course,
  crossBars,
  distancesAlong,
  endsOf,
  inView,
  isNear,
  isWithin,
  poleOf,
};

// The story: one step of the journey at a time, in words beside the map and marked on it.

/** Clone the words of a step; ids stay with the original, headings fit their new place. */
function wordsOf(id) {
  const words = document.getElementById(id).cloneNode(true);
  words.removeAttribute("id");
  for (const inner of words.querySelectorAll("[id]")) {
    inner.removeAttribute("id");
  }
  for (const heading of words.querySelectorAll("h4")) {
    const third = document.createElement("h3");
    third.append(...heading.childNodes);
    heading.replaceWith(third);
  }
  return words;
}

/** Clone the words of several steps, one after the other. */
function wordsOfAll(ids) {
  const words = document.createElement("div");
  words.append(...ids.map(wordsOf));
  return words;
}

/** Steps through the stops, attempts and legs in the order of the text. */
class Story {
  /** Before there is a map, there are the words. */
  constructor() {
    this.map = undefined;
    this.marked = {};
    this.steps = [...document.querySelectorAll(".told article")].map((article) => article.id);
    this.at = -1;
    this.words = document.getElementById("story-words");
    this.count = document.getElementById("story-count");
    this.back = document.getElementById("story-back");
    this.next = document.getElementById("story-next");
    this.links = [...document.querySelectorAll(".strip a, .timeline a")];
    this.back.addEventListener("click", () => this.show(this.at - 1));
    this.next.addEventListener("click", () => this.show(this.at + 1));
    const story = document.getElementById("story");
    story.addEventListener("keydown", (event) => this.key(event));
    story.hidden = false;
    for (const link of this.links) {
      link.addEventListener("click", (event) => this.open(event, link.hash.slice(1)));
    }
    this.show(0);
  }

  /** From now on the steps are marked on a map, too: `marked` knows how, by their ids, and where. */
  join(map, marked) {
    this.map = map;
    this.marked = marked;
  }

  /** Arrow keys step on and back, the way the text runs. */
  key(event) {
    const rightwards = getComputedStyle(this.words).direction === "rtl" ? -1 : 1;
    const steps = { ArrowLeft: -rightwards, ArrowRight: rightwards }[event.key];
    if (steps) {
      event.preventDefault();
      this.show(this.at + steps);
    }
  }

  /** Open the step of a stop that was chosen in the strip, or of a date. */
  open(event, id) {
    event.preventDefault();
    this.show(this.steps.indexOf(id));
    this.words.focus({ preventScroll: true });
    document.querySelector(".stage").scrollIntoView({ block: "nearest" });
  }

  show(step) {
    if (step < 0 || step >= this.steps.length || step === this.at) {
      return;
    }
    const first = this.at < 0;
    this.at = step;
    const id = this.steps[step];
    this.words.replaceChildren(wordsOf(id));
    this.count.textContent = `${step + 1} / ${this.steps.length}`;
    // aria-disabled, not disabled: a button that vanishes from under the focus loses it.
    this.back.setAttribute("aria-disabled", String(step === 0));
    this.next.setAttribute("aria-disabled", String(step === this.steps.length - 1));
    for (const link of this.links) {
      const here = link.hash === `#${id}`;
      link[here ? "setAttribute" : "removeAttribute"]("aria-current", "step");
    }
    this.mark();
    if (!first) {
      // At first it is there already, and the page would be laid out only to know that.
      this.words.scrollTop = 0;
      this.move(this.marked[id]?.bounds?.());
    }
  }

  /** Mark the present step on the map, as far as that is drawn by now. */
  mark() {
    // Several steps may share a marker or a line: so all are cleared before one is marked.
    for (const each of Object.values(this.marked)) {
      each.mark(false);
    }
    this.marked[this.steps[this.at]]?.mark(true);
  }

  /** Bring a step into the inner part of the view: no farther than that, so that all else stays. */
  move(here) {
    if (!here) {
      return;
    }
    const { map } = this;
    const size = map.getSize();
    const inner = L.bounds(size.multiplyBy(INNER), size.multiplyBy(1 - INNER));
    const zoom = Math.min(
      map.getZoom(),
      map.getBoundsZoom(here, false, size.multiplyBy(2 * INNER)),
    );
    const box = L.bounds(
      [here.getNorthWest(), here.getSouthEast()].map((corner) => map.project(corner, zoom)),
    );
    const middle = map.project(map.getCenter(), zoom);
    const corner = middle.subtract(size.divideBy(2));
    const shift = (side) => {
      const [low, high] = [box.min[side] - corner[side], box.max[side] - corner[side]];
      return Math.min(0, low - inner.min[side]) + Math.max(0, high - inner.max[side]);
    };
    const moved = middle.add([shift("x"), shift("y")]);
    if (zoom < map.getZoom() || moved.distanceTo(middle) > 1) {
      map.setView(map.unproject(moved, zoom), zoom, { animate: !stillness.matches });
    }
  }
}

/** The inner part of the view, where a step is seen well, begins so far from its edges. */
const INNER = 0.13;

/** The least room of the name of a month or year, in hundredths of the axis. */
const ROOM_OF_TICK = 9;

/** The least room that a date takes, in pixels: a number or two with an arrow. */
const LEAST_MOMENT = 44;

/** Lay the dated steps along an axis: each as long as its date leaves open, no point invented. */
function layTimeline(list) {
  const items = [...list.children];
  const day = (item, name) => Date.parse(item.dataset[name]) / 86_400_000;
  const first = Math.min(...items.map((item) => day(item, "from")));
  const last = Math.max(...items.map((item) => day(item, "to"))) + 1;
  const share = (at) => (100 * (at - first)) / (last - first);
  list.classList.add("laid");
  const axis = document.createElement("div");
  axis.className = "ticks";
  axis.setAttribute("aria-hidden", "true");
  list.after(axis);
  // A browser takes a while to load the names of months.
  painted.then(() => axis.append(...ticks(first, last, share)));
  const lay = () => {
    const least = (100 * LEAST_MOMENT) / list.clientWidth;
    const rows = [];
    for (const item of items) {
      const to = share(day(item, "to") + 1);
      const from = Math.min(share(day(item, "from")), 100 - least);
      const found = rows.findIndex((end) => end <= from + 0.01);
      const row = found < 0 ? rows.length : found;
      rows[row] = Math.max(to, from + least);
      item.style.setProperty("--from", `${from}%`);
      item.style.setProperty("--wide", `${rows[row] - from}%`);
      item.style.setProperty("--row", row);
    }
    list.style.setProperty("--rows", rows.length);
  };
  // It also lays it out at first, as soon as its room is known.
  new ResizeObserver(lay).observe(list.parentElement);
}

/** The names of the years, or of the months of less than two years, each at its place. */
function ticks(first, last, share) {
  const named = [];
  const months = last - first < 800;
  const look = months ? { month: "short", year: "numeric" } : { year: "numeric" };
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    ...look,
    timeZone: "UTC",
  });
  const step = months ? Math.ceil((last - first) / 30 / 6) : 12;
  const at = new Date(first * 86_400_000);
  at.setUTCDate(1);
  at.setUTCMonth(months ? at.getUTCMonth() : 0);
  while (at / 86_400_000 < last) {
    const where = share(at / 86_400_000);
    const told = format.format(at);
    at.setUTCMonth(at.getUTCMonth() + step);
    // One that begins before the axis is named at its start, if it has room there.
    const hasRoom = where >= 0 ? where < 92 : share(at / 86_400_000) > ROOM_OF_TICK;
    if (hasRoom) {
      const tick = document.createElement("span");
      tick.textContent = told;
      tick.style.insetInlineStart = `${Math.max(0, where)}%`;
      named.push(tick);
    }
  }
  return named;
}

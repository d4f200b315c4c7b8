// The story: one step of the journey at a time, in words beside the map and marked on it.

import { byId, stillness } from "./begin.js";

/** The elements in another one. */
function elementsIn(element) {
  return /** @type {HTMLElement[]} */ ([...element.children]);
}

/** Clone the words of a step; ids stay with the original, headings fit their new place. */
function wordsOf(id) {
  const words = /** @type {HTMLElement} */ (byId(id).cloneNode(true));
  words.removeAttribute("id");
  words.querySelector(".drawn-line")?.remove();
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

/** Whether a step is of another journey than those of the traveller who is chosen. */
function isLeftOut(id) {
  /** @type {HTMLInputElement | null} */
  const chosen = document.querySelector(".travellers :checked");
  return Boolean(chosen?.value) && !byId(id).closest(".told").matches(`.by-${chosen.value}`);
}

/** Clone the words of several steps, one after the other. */
function wordsOfAll(ids) {
  const words = document.createElement("div");
  words.append(...ids.map(wordsOf));
  return words;
}

/** So much nearer than the whole route a step is shown, at most: 2.5 times. */
const NEARER = Math.log2(2.5);

/** How long the view takes to follow a step, in seconds. */
const FLIGHT = 0.6;

/** Steps through the stops, attempts and legs in the order of the text; before them stands the whole. */
class Story {
  /** Before there is a map, there are the words. */
  constructor() {
    this.map = undefined;
    this.marked = {};
    this.steps = [...document.querySelectorAll(".told article")].map((article) => article.id);
    this.at = WHOLE;
    this.main = document.querySelector("main");
    this.words = byId("story-words");
    this.head = byId("story-head");
    this.count = byId("story-count");
    this.back = byId("story-back");
    this.next = byId("story-next");
    this.whole = {
      count: this.count.textContent,
      line: byId("drawn-line"),
      step: this.head.lastElementChild.textContent,
      words: [...this.words.childNodes],
    };
    this.items = new Map();
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const items = document.querySelectorAll(".ribbon :is(li > a, [data-step])");
    for (const item of items) {
      this.items.set(item.dataset.step ?? item.hash.slice(1), item);
    }
    this.listen();
  }

  listen() {
    this.back.addEventListener("click", () => this.turn(-1));
    this.next.addEventListener("click", () => this.turn(1));
    byId("story").addEventListener("keydown", (event) => this.key(event));
    for (const [id, item] of this.items) {
      if (item.hash) {
        item.addEventListener("click", (event) => this.open(event, this.steps.indexOf(id)));
        item.addEventListener("mouseenter", () => this.marked[id]?.mark(true));
        item.addEventListener("mouseleave", () => this.mark());
      }
    }
    for (const whole of document.querySelectorAll(".ribbon .whole")) {
      whole.addEventListener("click", (event) => this.open(event, WHOLE));
    }
  }

  /** From now on the steps are marked on a map, too: `marked` knows how, by their ids, and where. */
  join(map, marked, fit) {
    this.map = map;
    this.marked = marked;
    this.fit = fit;
  }

  /** Arrow keys step on and back, the way the text runs. */
  key(event) {
    const rightwards = getComputedStyle(this.words).direction === "rtl" ? -1 : 1;
    const steps = { ArrowLeft: -rightwards, ArrowRight: rightwards }[event.key];
    if (steps) {
      event.preventDefault();
      this.turn(steps);
    }
  }

  /** Go to the next step on or back that is shown: of the journey of a chosen traveller alone. */
  turn(by) {
    let step = this.at + by;
    while (this.steps[step] && isLeftOut(this.steps[step])) {
      step += by;
    }
    this.go(step);
  }

  /** Open a step that was chosen in the ribbon. */
  open(event, step) {
    event.preventDefault();
    this.go(step);
    this.words.focus({ preventScroll: true });
    if (!this.isUnderMap()) {
      document.querySelector(".stage").scrollIntoView({ block: "nearest" });
    }
  }

  /** Show a step, and bring its words to where they are read. */
  go(step) {
    this.show(step);
    if (this.isUnderMap()) {
      this.head.scrollIntoView({ block: "start" });
    }
  }

  /** Whether the words scroll under the map, as on a phone. */
  isUnderMap() {
    return getComputedStyle(document.querySelector(".sheet")).position === "sticky";
  }

  show(step) {
    if (step < WHOLE || step >= this.steps.length) {
      return;
    }
    if (step !== this.at) {
      this.at = step;
      this.tell();
      this.tellRibbon();
      this.mark();
      this.words.scrollTop = 0;
    }
    this.move(this.marked[this.steps[step]]?.bounds?.());
  }

  /** Put the words of the step into the panel, and on the edge of the map what is drawn of it. */
  tell() {
    const { at, steps, whole } = this;
    const id = steps[at];
    const words = id ? [wordsOf(id)] : whole.words;
    const own = id && byId(id).querySelector(".drawn-line").cloneNode(true);
    const line = /** @type {HTMLElement} */ (own ?? whole.line);
    line.hidden = false;
    line.id = "drawn-line";
    byId("drawn-line").replaceWith(line);
    this.words.replaceChildren(...words);
    const [first, then] = elementsIn(this.head);
    const [start, next] = elementsIn(this.next);
    [first.hidden, then.hidden, start.hidden, next.hidden] = [id, !id, id, !id].map(Boolean);
    then.textContent = this.whole.step.replace("{step}", String(at + 1));
    this.count.textContent = id ? `${at + 1} / ${steps.length}` : whole.count;
    // aria-disabled, not disabled: a button that vanishes from under the focus loses it.
    this.back.setAttribute("aria-disabled", String(at === WHOLE));
    this.next.setAttribute("aria-disabled", String(at === steps.length - 1));
    this.main.dataset.stepState = line.dataset.stepState;
    this.main.dataset.step = id ?? "";
  }

  /** Show in the ribbon what is past, present and to come. */
  tellRibbon() {
    for (const [i, id] of this.steps.entries()) {
      const item = this.items.get(id);
      const states = i < this.at ? "past" : i === this.at ? "present" : "future";
      item.dataset.state = this.at === WHOLE ? "" : states;
      item[i === this.at ? "setAttribute" : "removeAttribute"]("aria-current", "step");
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

  /** Let the view follow: to what is marked, or back to the whole route. */
  move(here) {
    const { map } = this;
    if (!map) {
      return;
    }
    const animate = !stillness.matches;
    const least = this.fit({ animate, duration: FLIGHT, isWanted: !here });
    const room = map.getSize().multiplyBy(2 * INNER);
    if (here && map.getBoundsZoom(here, false, room) < least) {
      this.fit({ animate, duration: FLIGHT, isWanted: true });
    } else if (here) {
      const padding = room.divideBy(2);
      map.flyToBounds(here, { animate, duration: FLIGHT, maxZoom: least + NEARER, padding });
    }
  }
}

/** The step before the first: the whole route. */
const WHOLE = -1;

/** The inner part of the view, where a step is seen well, begins so far from its edges. */
const INNER = 0.13;

export { Story, wordsOfAll };

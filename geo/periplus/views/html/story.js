// The story: one step of the journey at a time, in words beside the map and marked on it.

/** Clone the words of a stop or leg; ids stay with the original, headings fit their new place. */
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

/**
 * Steps through the stops and legs in the order of the text. `marked` knows, for the id of each
 * that is on the map, how to mark it and where it is.
 */
class Story {
  constructor(map, marked) {
    this.map = map;
    this.marked = marked;
    this.steps = [...document.querySelectorAll(".told article")].map((article) => article.id);
    this.at = -1;
    this.words = document.getElementById("story-words");
    this.count = document.getElementById("story-count");
    this.back = document.getElementById("story-back");
    this.next = document.getElementById("story-next");
    this.back.addEventListener("click", () => this.show(this.at - 1));
    this.next.addEventListener("click", () => this.show(this.at + 1));
    const story = document.getElementById("story");
    story.addEventListener("keydown", (event) => this.key(event));
    story.hidden = false;
    for (const link of document.querySelectorAll(".strip a")) {
      link.addEventListener("click", (event) => this.open(event, link.hash.slice(1)));
    }
    this.show(0);
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

  /** Open the step of a stop that was chosen in the strip. */
  open(event, id) {
    event.preventDefault();
    this.show(this.steps.indexOf(id));
    this.words.focus({ preventScroll: true });
    this.map.getContainer().scrollIntoView({ block: "nearest" });
  }

  show(step) {
    if (step < 0 || step >= this.steps.length || step === this.at) {
      return;
    }
    this.at = step;
    this.words.replaceChildren(wordsOf(this.steps[step]));
    this.words.scrollTop = 0;
    this.count.textContent = `${step + 1} / ${this.steps.length}`;
    // aria-disabled, not disabled: a button that vanishes from under the focus loses it.
    this.back.setAttribute("aria-disabled", String(step === 0));
    this.next.setAttribute("aria-disabled", String(step === this.steps.length - 1));
    // Several steps may share a marker or a line: so all are cleared before one is marked.
    for (const each of Object.values(this.marked)) {
      each.mark(false);
    }
    this.marked[this.steps[step]]?.mark(true);
    const here = this.marked[this.steps[step]]?.bounds?.();
    if (here && !this.map.getBounds().pad(-0.1).contains(here)) {
      this.map.panInsideBounds(here.pad(1), { animate: !stillness.matches });
    }
  }
}

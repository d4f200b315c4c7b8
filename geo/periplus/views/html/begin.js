// Runs once the words of the page are there, before any of it is painted: what other parts need.

/** Find an element of the page that must be there. */
function byId(id) {
  return document.getElementById(id);
}

/** Put a style sheet before that of the page, whose rules go over it. */
function addStyle(text) {
  const style = document.createElement("style");
  style.textContent = text;
  document.querySelector("style").before(style);
}

/** Whether the reader wishes for less motion. */
const stillness = globalThis.matchMedia("(prefers-reduced-motion: reduce)");

/** Let the browser answer who reads, between two pieces of work. */
function pause() {
  return new Promise((done) => setTimeout(done));
}

/** A frame out of sight is never painted: after so many milliseconds its map begins all the same. */
const UNSEEN = 1000;

/** Fulfilled once the page is painted, the drawn map in it: the map that moves begins after that. */
const painted = new Promise((done) => {
  // What is asked for a frame runs before that is painted: a frame later the first one is seen.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
  setTimeout(done, UNSEEN);
});

export { addStyle, byId, painted, pause, stillness };

// The page as it is painted first: what takes room in it stands there already, so that nothing
// jumps when the map wakes up.

/** In an article the text below the map is folded; on paper and on its own it stands open. */
function foldText() {
  const parts = [...document.querySelectorAll("details")];
  if (globalThis.parent !== globalThis.self) {
    for (const part of parts) {
      part.open = false;
    }
  }
  globalThis.addEventListener("beforeprint", () => {
    for (const part of parts) {
      part.open = true;
    }
  });
}

/** What is out of sight is laid out once the page is painted, or printed: see the style sheet. */
function layOutLater() {
  const { classList } = document.documentElement;
  const layOut = () => classList.remove("opening");
  classList.add("opening");
  painted.then(layOut);
  globalThis.addEventListener("beforeprint", layOut);
}

foldText();
if (byId("timeline")) {
  layTimeline(byId("timeline"));
}
byId("controls").hidden = false;
const story = new Story();
layOutLater();

// The page as it is painted first: what takes room in it stands there already, so that nothing
// jumps when the map wakes up.

import { addStyle, byId } from "./begin.js";
import { Story } from "./story.js";

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

/** What is laid out only after the map is there, if it is out of sight: see the style sheet. */
const later = document.querySelectorAll(
  "details, .told > li, .standings > :is(article, dl), .sources > li",
);

/** Lay all of it out, a part at a time. */
function* layOutLater() {
  for (const part of later) {
    part.classList.remove("later");
    part.getBoundingClientRect();
    yield;
  }
}

/** Make the map that moves; its program is not even compiled before the drawn one is seen. */
function runProgram() {
  const module = document.createElement("script");
  module.type = "module";
  module.textContent = byId("periplus-program").textContent;
  document.body.append(module);
}

addStyle(openingStyle);
foldText();
const story = new Story();
for (const part of later) {
  part.classList.add("later");
}
globalThis.addEventListener("beforeprint", () => [...layOutLater()]);

export { layOutLater, runProgram, story };

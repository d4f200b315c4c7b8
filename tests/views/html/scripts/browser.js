// As much of a browser as the scripts ask for while they are read; and Leaflet, from $LEAFLET.

import { readFileSync } from "node:fs";
import vm from "node:vm";

const nothing = () => undefined;
const element = () => ({
  addEventListener: nothing,
  append: nothing,
  classList: { add: nothing, contains: () => false, remove: nothing, toggle: nothing },
  dataset: {},
  lastElementChild: {},
  childNodes: [],
  before: nothing,
  querySelector: element,
  querySelectorAll: () => [],
  style: {},
});

Object.assign(globalThis, {
  document: {
    ...element(),
    createElement: element,
    createElementNS: element,
    documentElement: element(),
    getElementById: element,
  },
  matchMedia: () => ({ matches: false }),
  openingStyle: "",
  requestAnimationFrame: nothing,
  screen: {},
  window: globalThis,
});
globalThis.addEventListener = nothing;
vm.runInThisContext(readFileSync(process.env.LEAFLET, "utf8"));

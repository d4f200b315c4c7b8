// Runs after Leaflet is there and before the map is made: defaults for every map of the page.

import { stillness } from "./begin.js";

// Leaflet's animations ignore the wish for less motion; so they are switched off.
if (stillness.matches) {
  L.Map.mergeOptions({
    fadeAnimation: false,
    inertia: false,
    markerZoomAnimation: false,
    zoomAnimation: false,
  });
}

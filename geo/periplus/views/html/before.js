// Runs after Leaflet is there and before the map is made: defaults for every map of the page.

/** Whether the reader wishes for less motion. */
const stillness = globalThis.matchMedia("(prefers-reduced-motion: reduce)");

// Leaflet's animations ignore that wish; so they are switched off.
if (stillness.matches) {
  L.Map.mergeOptions({
    fadeAnimation: false,
    inertia: false,
    markerZoomAnimation: false,
    zoomAnimation: false,
  });
}

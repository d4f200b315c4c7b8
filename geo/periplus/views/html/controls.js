// What stands on and under the map: the scale, the locator, the buttons, and who may use the wheel.

/** WGS 84: the equatorial radius in kilometres, and the square of the eccentricity. */
const RADIUS = 6378.137;
const ECCENTRICITY = 0.00669437999014;
/** The longest a bar may be, in pixels. */
const LONGEST = 150;

/** How many kilometres a degree of longitude takes on a parallel of WGS 84. */
function kilometresAt(lat) {
  const turn = (lat * Math.PI) / 180;
  const curved = Math.sqrt(1 - ECCENTRICITY * Math.sin(turn) ** 2);
  return ((Math.PI / 180) * RADIUS * Math.cos(turn)) / curved;
}

/** A bar of a round length, true at the latitude that it names: the middle of the view. */
function addScale(map, frame, texts) {
  const scale = document.createElement("div");
  scale.className = "scale";
  const words = document.createElement("span");
  const bar = document.createElement("span");
  bar.className = "bar";
  scale.append(words, bar);
  frame.append(scale);
  const update = () => {
    const lat = Math.round(map.getCenter().lat);
    const degree = map.latLngToContainerPoint([lat, 1]).x - map.latLngToContainerPoint([lat, 0]).x;
    const most = (LONGEST / degree) * kilometresAt(lat);
    const [length, told] = texts.lengths.findLast(([each]) => each <= most) ?? texts.lengths[0];
    bar.style.width = `${(length / kilometresAt(lat)) * degree}px`;
    const side = plain(lat < 0 ? texts.southern : texts.northern);
    words.textContent = plain(texts.scale)
      .replace("{length}", plain(told))
      .replace("{latitude}", side.replace("{degrees}", Math.abs(lat)));
  };
  map.on("moveend zoomend resize", update);
  update();
  return scale;
}

/** Name the buttons that zoom in the language of the page. */
function nameZoom(frame, texts) {
  const zoom = frame.querySelector(".leaflet-control-zoom");
  for (const [side, text] of [
    ["in", texts.zoom_in],
    ["out", texts.zoom_out],
  ]) {
    const button = zoom.querySelector(`.leaflet-control-zoom-${side}`);
    button.setAttribute("aria-label", plain(text));
    button.title = plain(text);
  }
  return zoom;
}

/** Wider than this, in degrees, a map needs no locator; smaller land is no use in one. */
const WIDE = 100;
const LEAST_LAND = 3;

/** The land of the whole world as one path, in whole degrees from 180° W, 84° N. */
function worldPath({ rings }) {
  let path = "";
  for (const [exterior] of Object.values(rings).flat()) {
    const seen = new Set();
    let [west, east] = [180, -180];
    for (const [lat, lon] of exterior) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      seen.add(1000 * Math.round(84 - lat) + Math.round(lon + 180));
    }
    if (east - west > LEAST_LAND) {
      const points = [...seen].map((at) => `${at % 1000} ${Math.floor(at / 1000)}`);
      path += `M${points.join("L")}z`;
    }
  }
  return path;
}

/** Make an element of SVG. */
function drawing(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  return element;
}

/** A small world with the part that is shown; it stands in the corner where nothing is drawn. */
function addLocator(map, frame, borders, extent, points) {
  if (extent[2] - extent[0] > WIDE) {
    return undefined;
  }
  const world = drawing("svg", { "aria-hidden": "true", class: "locator", viewBox: "0 0 360 144" });
  // Two: over the antimeridian, one at each end of the world.
  const frames = [drawing("rect", {}), drawing("rect", {})];
  world.append(drawing("path", { d: worldPath(borders) }), ...frames);
  frame.append(world);
  const size = [world.clientWidth + 16, world.clientHeight + 16];
  const view = map.getSize();
  const free = [
    ["insetBlockEnd", "insetInlineEnd", [view.x - size[0], view.y - size[1], view.x, view.y]],
    ["insetBlockStart", "insetInlineEnd", [view.x - size[0], 0, view.x, size[1]]],
    ["insetBlockEnd", "insetInlineStart", [0, view.y - size[1] - 40, size[0], view.y]],
  ].find(([, , box]) => {
    const others = boxesOver(map, [...frame.querySelectorAll("[data-thing]")]);
    return (
      !others.some((each) => overlap(each, box)) && !points().some((point) => isInside(point, box))
    );
  });
  const [block, inline] = free ?? ["insetBlockEnd", "insetInlineEnd"];
  world.style[block] =
    block === "insetBlockEnd" && inline === "insetInlineStart" ? "3rem" : "0.6rem";
  world.style[inline] = "0.6rem";
  const update = () => {
    const bounds = map.getBounds();
    const [west, east] = [bounds.getWest(), bounds.getEast()];
    const [north, south] = [bounds.getNorth(), bounds.getSouth()];
    for (const [i, shown] of frames.entries()) {
      shown.setAttribute("x", String(west + 180 - 360 * i));
      shown.setAttribute("y", String(Math.max(0, 84 - north)));
      shown.setAttribute("width", String(Math.min(360, Math.max(4, east - west))));
      shown.setAttribute("height", String(Math.min(144, Math.max(4, north - south))));
    }
    world.toggleAttribute("hidden", east - west > 1.5 * WIDE);
  };
  map.on("moveend zoomend", update);
  update();
  return world;
}

function isInside({ x, y }, [left, top, right, bottom]) {
  return left <= x && x <= right && top <= y && y <= bottom;
}

/** Let buttons move the map by a third of what is shown, or back to the whole route. */
function wakeControls(map, whole) {
  const controls = byId("controls");
  const ways = { east: [1, 0], north: [0, -1], south: [0, 1], west: [-1, 0] };
  for (const button of controls.querySelectorAll("[data-move]")) {
    const [x, y] = ways[button.dataset.move];
    button.addEventListener("click", () => {
      const size = map.getSize();
      map.panBy([(x * size.x) / 3, (y * size.y) / 3], { animate: !stillness.matches });
    });
  }
  byId("whole").addEventListener("click", whole);
}

/**
 * Let the wheel and the finger scroll the page until the reader has taken hold of the map:
 * by a click or a tap on it. Elsewhere, or with Escape, it is let go of again.
 */
function wakeOnTouch(map, frame, hint) {
  const container = map.getContainer();
  const coarse = globalThis.matchMedia("(pointer: coarse)").matches;
  if (coarse) {
    map.dragging.disable();
  }
  const take = (taken) => {
    map.scrollWheelZoom[taken ? "enable" : "disable"]();
    if (coarse) {
      map.dragging[taken ? "enable" : "disable"]();
    }
  };
  container.addEventListener("click", () => take(true));
  document.addEventListener("pointerdown", (event) => {
    if (!container.contains(event.target)) {
      take(false);
    }
  });
  container.addEventListener("keydown", (event) => event.key === "Escape" && take(false));
  addHint(map, container, frame, hint);
}

/** Say for a moment how the wheel can zoom, when it is turned over a map that lies still. */
function addHint(map, container, frame, words) {
  const hint = document.createElement("div");
  hint.className = "hint";
  tell(hint, words);
  hint.hidden = true;
  hint.setAttribute("aria-hidden", "true");
  frame.append(hint);
  let clock;
  container.addEventListener(
    "wheel",
    () => {
      hint.hidden = map.scrollWheelZoom.enabled();
      clearTimeout(clock);
      clock = setTimeout(() => {
        hint.hidden = true;
      }, 1200);
    },
    { passive: true },
  );
}

/** Give the focus to what a popup tells, and back to what opened it. */
function keepFocusWithPopups(map, texts) {
  let from;
  map.on("popupopen", ({ popup }) => {
    from = document.activeElement;
    const box = popup.getElement();
    const words = box.querySelector(".leaflet-popup-content");
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", words.querySelector("h3")?.textContent ?? "");
    box.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", plain(texts.close));
    words.tabIndex = -1;
    words.focus({ preventScroll: true });
  });
  map.on("popupclose", ({ popup }) => {
    const had = popup.getElement()?.contains(document.activeElement);
    if (had || document.activeElement === document.body) {
      const target = from?.isConnected && from !== document.body ? from : map.getContainer();
      target.focus({ preventScroll: true });
    }
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      map.closePopup();
    }
  });
}

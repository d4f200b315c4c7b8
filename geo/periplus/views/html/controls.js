// What stands on the map: the scale, the names of the buttons, and who may use the wheel.

import { plain, tell } from "./labels.js";

/** The longest a bar may be, in pixels. */
const LONGEST = 150;

/** A bar of a round length, true in the middle of the map, or at the latitude that it names. */
function addScale(map, frame, { kilometre }, texts) {
  const scale = document.createElement("div");
  scale.className = "scale";
  const words = document.createElement("span");
  const bar = document.createElement("span");
  bar.className = "bar";
  scale.append(words, bar);
  frame.append(scale);
  const update = () => {
    const pixels =
      kilometre * map.options.crs.scale(map.getZoom()) * map.options.crs.transformation._a;
    const most = LONGEST / pixels;
    const [length, told] = texts.lengths.findLast(([each]) => each <= most) ?? texts.lengths[0];
    bar.style.width = `${length * pixels}px`;
    words.textContent = plain(texts.scale).replace("{length}", plain(told));
  };
  map.on("moveend zoomend resize", update);
  update();
  return scale;
}

/**
 * Name the buttons that zoom in the language of the page.
 * @param {Element} frame
 * @param {TextsData} texts
 */
function nameZoom(frame, texts) {
  const zoom = frame.querySelector(".leaflet-control-zoom");
  for (const [side, text] of [
    ["in", texts.zoom_in],
    ["out", texts.zoom_out],
  ]) {
    /** @type {HTMLElement} */
    const button = zoom.querySelector(`.leaflet-control-zoom-${side}`);
    button.setAttribute("aria-label", plain(text));
    button.title = plain(text);
  }
  return zoom;
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

/**
 * Say for a moment how the wheel can zoom, when it is turned over a map that lies still.
 * @param {import("leaflet").Map} map
 * @param {HTMLElement} container
 * @param {Element} frame
 * @param {Told} words
 */
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

/**
 * Give the focus to what a popup tells, and back to what opened it.
 * @param {import("leaflet").Map} map
 * @param {TextsData} texts
 */
function keepFocusWithPopups(map, texts) {
  let from;
  map.on("popupopen", ({ popup }) => {
    from = document.activeElement;
    const box = popup.getElement();
    /** @type {HTMLElement} */
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

export { addScale, keepFocusWithPopups, nameZoom, wakeOnTouch };

// Stops: markers at places.

import { besidePoint, overlap, plain } from "./labels.js";
import { setState } from "./landmarks.js";
import { wordsOfAll } from "./story.js";

/** @import { MarkerData, Told } from "./page-data.d.ts" */

/** @type {import("leaflet").PopupOptions} */
const POPUP = { autoPanPadding: [24, 24], maxHeight: 320, maxWidth: 340, minWidth: 220 };

/** Room that a mark takes: a circle for a number, more for several; in the widest of the fonts. */
function widthOf(mark) {
  const signs = [...mark].map((sign) => (/[\s,]/.test(sign) ? 4.8 : 9.4));
  return Math.max(
    30,
    signs.reduce((sum, sign) => sum + sign, 16),
  );
}

/**
 * Make the icon of stops: their numbers, their symbol, the tab of a way that is withheld, the sign of attempts.
 * @param {Pick<MarkerData, "mark"> & Partial<Omit<MarkerData, "symbol">> & { symbol: string }} thing
 */
function stopIcon({ mark, stayed, symbol, tab }) {
  const icon = document.createElement("span");
  icon.className = `symbol ${symbol}`;
  const number = document.createElement("b");
  number.textContent = mark;
  icon.append(number);
  for (const name of [tab && `tab ${tab}`, stayed && `stayed ${stayed}`]) {
    if (name) {
      const badge = document.createElement("i");
      badge.className = name;
      icon.append(badge);
    }
  }
  return L.divIcon({ className: "stop", html: icon, iconSize: [widthOf(mark), 30] });
}

/**
 * Put a marker on the map: it can be focused, opened with Enter, and has a name.
 * @param {import("leaflet").Map} map
 * @param {import("leaflet").LatLngExpression} where
 * @param {Parameters<typeof stopIcon>[0]} thing
 * @param {Told} name
 */
function addMarker(map, where, thing, name) {
  const icon = stopIcon(thing);
  const marker = L.marker(where, { icon, keyboard: true, riseOnHover: true }).addTo(map);
  marker.bindPopup(() => wordsOfAll(thing.tells), POPUP);
  marker.getElement().setAttribute("aria-label", `${thing.mark}, ${plain(name)}`);
  return marker;
}

/** Where a marker may stand that finds another at its place: around it, the nearest first. */
const ASIDE = [34, 56].flatMap((far) =>
  Array.from({ length: 12 }, (_, i) => [
    far * Math.cos((i * Math.PI) / 6),
    -far * Math.sin((i * Math.PI) / 6),
  ]),
);

/**
 * Move markers off each other: aside, with a leader to the place, or else they are dots without
 * a number until the reader comes nearer.
 */
function spread(map, placed) {
  const taken = [];
  map.getContainer().classList.toggle("many", placed.length > MOST_ASIDE);
  for (const it of placed) {
    const { x, y } = map.latLngToContainerPoint(it.marker.getLatLng());
    const boxAt = ([dx, dy]) => [x + dx - it.half, y + dy - 16, x + dx + it.half, y + dy + 16];
    const isFree = (at) => !taken.some((box) => overlap(box, boxAt(at)));
    const found = [[0, 0], ...(placed.length > MOST_ASIDE ? [] : ASIDE)].find(isFree);
    it.aside = found ?? [0, 0];
    it.box = boxAt(it.aside);
    taken.push(...(found ? [it.box] : []));
    lead(it, found === undefined);
  }
}

/** More markers than these are not led aside: it would be a thicket. */
const MOST_ASIDE = 60;

/** Show a marker at its place, beside it with a leader, or as a dot. */
function lead({ aside: [dx, dy], marker }, crowded) {
  const element = marker.getElement();
  element.classList.toggle("crowded", crowded);
  element.classList.toggle("led", Boolean(dx || dy));
  element.querySelector(".symbol").style.transform = `translate(${dx}px, ${dy}px)`;
  const leader = element.querySelector(".leader");
  leader.style.width = `${Math.hypot(dx, dy)}px`;
  leader.style.transform = `rotate(${Math.atan2(dy, dx)}rad)`;
}

/**
 * Draw the stops that have a place.
 * @param {import("leaflet").Map} map
 * @param {MarkerData[]} markers
 * @param {import("./labels.js").Labels} labels
 * @param {Record<string, object>} things
 * @returns a function that gives the boxes that labels must leave free
 */
function drawMarkers(map, markers, labels, things) {
  const placed = [];
  for (const thing of markers) {
    const [x, y] = thing.position;
    const marker = addMarker(map, [y, x], thing, thing.title);
    const leader = document.createElement("i");
    leader.className = "leader";
    marker.getElement().prepend(leader);
    const it = { aside: [0, 0], half: widthOf(thing.mark) / 2 + (thing.tab ? 10 : 2), marker };
    placed.push(it);
    things[thing.id] = {
      bounds: () => L.latLngBounds([marker.getLatLng()]),
      mark: (state) => {
        setState([marker.getElement()], state);
        marker.setZIndexOffset(state === "current" ? 10_000 : 0);
      },
    };
    const gap = widthOf(thing.mark) / 2 + (thing.tab === "right" || thing.stayed ? 16 : 8);
    const where = (size) =>
      besidePoint(map, y, x, gap)(size).map(([x, y]) => [x + it.aside[0], y + it.aside[1]]);
    labels.add(thing.title, "named", where, {
      over: true,
      shown: () => !marker.getElement().classList.contains("crowded"),
    });
  }
  return () => {
    spread(map, placed);
    return placed.map(({ box }) => box);
  };
}

/** Hand the focus to the map when what has it is about to be hidden. */
function keepFocus(map, element, hides) {
  if (hides && element.contains(document.activeElement)) {
    map.getContainer().focus({ preventScroll: true });
  }
}

export { addMarker, drawMarkers, keepFocus, lead, POPUP, stopIcon, widthOf };

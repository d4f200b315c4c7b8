// Stops: markers at places, and badges beside the names of countries that mark no place.

const POPUP = { autoPanPadding: [24, 24], maxHeight: 320, maxWidth: 340, minWidth: 220 };

/** Room that a mark takes: a circle for a number, more for several; in the widest of the fonts. */
function widthOf(mark) {
  const signs = [...mark].map((sign) => (/[\s,]/.test(sign) ? 4.8 : 9.4));
  return Math.max(
    30,
    signs.reduce((sum, sign) => sum + sign, 16),
  );
}

/** From a badge to the name beside it, in pixels: room for the ring of the present step. */
const GAP = 11;

/** Make the icon of stops: their numbers, their symbol, the badges of a gap and of attempts. */
function stopIcon({ gap, mark, stayed, symbol }) {
  const icon = document.createElement("span");
  icon.className = `symbol ${symbol}`;
  const number = document.createElement("b");
  number.textContent = mark;
  icon.append(number);
  for (const name of [gap && "gap", stayed && `stayed ${stayed}`]) {
    if (name) {
      const badge = document.createElement("i");
      badge.className = name;
      icon.append(badge);
    }
  }
  return L.divIcon({ className: "stop", html: icon, iconSize: [widthOf(mark), 30] });
}

/** Put a marker on the map: it can be focused, opened with Enter, and has a name. */
function addMarker(map, where, thing, name) {
  const icon = stopIcon(thing);
  const marker = L.marker(where, { icon, keyboard: true, riseOnHover: true }).addTo(map);
  marker.bindPopup(() => wordsOfAll(thing.tells), POPUP);
  marker.getElement().setAttribute("aria-label", `${thing.mark}, ${plain(name)}`);
  return marker;
}

/** Let the story mark what tells of a thing. */
function markable(marked, thing, here) {
  for (const id of thing.tells) {
    marked[id] ??= here;
  }
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
 * @returns a function that gives the boxes that labels must leave free
 */
function drawMarkers(map, things, labels, marked) {
  const placed = [];
  for (const thing of things) {
    const [lon, lat] = thing.position;
    const marker = addMarker(map, [lat, lon], thing, thing.title);
    const leader = document.createElement("i");
    leader.className = "leader";
    marker.getElement().prepend(leader);
    const it = { aside: [0, 0], half: widthOf(thing.mark) / 2 + (thing.gap ? 6 : 2), marker };
    placed.push(it);
    markable(marked, thing, {
      bounds: () => L.latLngBounds([marker.getLatLng()]),
      mark: (on) => {
        marker.getElement().classList.toggle("current", on);
        marker.setZIndexOffset(on ? 10_000 : 0);
      },
    });
    const gap = widthOf(thing.mark) / 2 + (thing.gap || thing.stayed ? 12 : 8);
    const where = (size) =>
      besidePoint(map, lat, lon, gap)(size).map(([x, y]) => [x + it.aside[0], y + it.aside[1]]);
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

/** So far from a place, in pixels, a badge does not look as if it marked it: less on a phone. */
const APART = 90;
const APART_SHARE = 0.2;

/**
 * Where a badge may stand with the name of its country, whose middle lies `aside` from its own:
 * the badge on its land, apart from all markers, as it marks no place; then the name on it as far
 * as there is room.
 */
function placesOfBadge(map, ground, things, code, badgeIn) {
  const near = onLandOrNear(map, ground, code);
  const own = (found) => found === code;
  return (size, view) => {
    const marks = things.map(({ position: [lon, lat] }) => map.latLngToContainerPoint([lat, lon]));
    const least = Math.min(APART, APART_SHARE * view.x);
    const [wide, aside, up] = badgeIn(size);
    const places = near(size).flatMap(([x, y]) => [
      [x, y],
      [x + aside, y + up],
    ]);
    return bestFirst(places, ([x, y]) => {
      const badge = [x - aside, y - up];
      const off = 1 - ground.share(boxAround(badge, [wide, 30]), own);
      const beyond = 1 - ground.share(boxAround([x, y], size), own);
      const isClose = marks.some((mark) => mark.distanceTo(badge) < least);
      return 2 * off + beyond + (isClose ? 0.5 : 0);
    });
  };
}

/** On maps narrower than that, in pixels, badges stand over the names, not beside them. */
const NARROW = 480;
/** The room that they take there, with the ring of the present step. */
const OVER = 42;

/** Put the numbers of stops of which only the country is known beside its name. */
function drawBadges(map, things, data, labels, marked) {
  for (const thing of things) {
    const outline = outlineCountry(map, data.borders, thing.country, data.seam);
    const known = data.jurisdictions[thing.country];
    const symbol = thing.hatched ? "area" : "country";
    const marker = addMarker(map, [0, 0], { ...thing, symbol }, known.name);
    const element = marker.getElement();
    markable(marked, thing, {
      bounds: () => (element.hidden ? outline.getBounds() : undefined),
      mark: (on) => {
        element.classList.toggle("current", on);
        outline.getElement().classList.toggle("current", on);
      },
    });
    const wide = widthOf(thing.mark);
    const above = map.getSize().x < NARROW;
    const room = above ? [0, OVER] : [wide + GAP + (thing.stayed ? 10 : 0), 0];
    const badgeIn = ([width, height]) =>
      above ? [wide, 0, (height - OVER) / 2] : [wide, (width - wide) / 2, 0];
    const where = placesOfBadge(map, labels.ground, data.markers, thing.country, badgeIn);
    const look = `country-name visited badged ${above ? "under" : ""}`;
    labels.add(stacked(known.name, ...thing.notes), look, where, {
      always: true,
      room,
      over: true,
      placed(box) {
        if (marker.isPopupOpen()) {
          // It stays while its words are read: the map goes after them, and the focus comes back.
          return;
        }
        keepFocus(map, element, !box);
        element.hidden = !box;
        if (box) {
          const middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
          const centre = above
            ? [middle[0], box[1] + OVER / 2]
            : [box[0] + 2 + wide / 2, middle[1]];
          marker.setLatLng(map.containerPointToLatLng(centre));
        }
      },
    });
  }
}

/** Hand the focus to the map when what has it is about to be hidden. */
function keepFocus(map, element, hides) {
  if (hides && element.contains(document.activeElement)) {
    map.getContainer().focus({ preventScroll: true });
  }
}

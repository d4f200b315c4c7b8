// Stops: markers at places, and badges beside the names of countries that mark no place.

const POPUP = { autoPanPadding: [24, 24], maxHeight: 320, maxWidth: 340, minWidth: 220 };

/** Room that a mark takes: a circle for a number, more for several. */
function widthOf(mark) {
  return Math.max(30, 14 + 8 * mark.length);
}

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

/**
 * Draw the stops that have a place.
 * @returns a function that gives the boxes that labels must leave free
 */
function drawMarkers(map, things, labels, marked) {
  const placed = [];
  for (const thing of things) {
    const [lon, lat] = thing.position;
    const marker = addMarker(map, [lat, lon], thing, thing.title);
    placed.push([marker, widthOf(thing.mark) / 2 + (thing.gap ? 6 : 2)]);
    markable(marked, thing, {
      bounds: () => L.latLngBounds([marker.getLatLng()]),
      mark: (on) => marker.getElement().classList.toggle("current", on),
    });
    const aside = widthOf(thing.mark) / 2 + (thing.gap || thing.stayed ? 11 : 5);
    labels.add(thing.title, "named", besidePoint(map, lat, lon, aside), { over: true });
  }
  return () =>
    placed.map(([marker, half]) => {
      const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
      return [x - half, y - 17, x + half, y + 17];
    });
}

/** Put the numbers of stops of which only the country is known beside its name. */
function drawBadges(map, things, data, labels, marked) {
  for (const thing of things) {
    const outline = outlineCountry(map, data.borders, thing.country);
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
    const where = insideCircles(map, data.anchors[thing.country] ?? [], true);
    labels.add(stacked(known.name, ...thing.notes), "country-name visited badged", where, {
      always: true,
      before: wide + 5,
      over: true,
      placed(box) {
        keepFocus(map, element, !box);
        element.hidden = !box;
        if (box) {
          const centre = [box[0] + 2 + wide / 2, (box[1] + box[3]) / 2];
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

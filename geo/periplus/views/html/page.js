// The map of the page: reads the data, draws it, and joins it to the words below.
// No text of an author is ever parsed here: it is cloned from the page, or set as text.

/** Find an element of the page that must be there. */
function byId(id) {
  return document.getElementById(id);
}

/** Room around the route, in pixels: for labels, and for the name of the last country. */
const MARGINS = { paddingBottomRight: [60, 76], paddingTopLeft: [60, 44] };

const POPUP = { autoPanPadding: [24, 24], maxHeight: 320, maxWidth: 340, minWidth: 240 };

/** Make the marker of a stop: its number, its symbol, and the badge of a gap. */
function stopIcon(stop) {
  const icon = document.createElement("span");
  icon.className = `symbol ${stop.symbol}`;
  const number = document.createElement("b");
  number.textContent = stop.number;
  icon.append(number);
  if (stop.gap) {
    const badge = document.createElement("i");
    badge.className = "gap";
    icon.append(badge);
  }
  return L.divIcon({ className: "stop", html: icon, iconSize: [30, 30] });
}

/** Draw the stops that have a place, and return the boxes that labels must leave free. */
function drawStops(map, stops, labels, marked) {
  const placed = stops.filter((stop) => stop.position);
  for (const visits of groupBy(placed, (stop) => stop.position.join()).values()) {
    const [first] = visits;
    const [lon, lat] = first.position;
    const together = {
      ...first,
      gap: visits.some((visit) => visit.gap),
      number: visits.map((visit) => visit.number).join(", "),
    };
    const marker = L.marker([lat, lon], { icon: stopIcon(together), keyboard: true }).addTo(map);
    const words = document.createElement("div");
    words.append(...visits.map((visit) => wordsOf(visit.id)));
    marker.bindPopup(words, POPUP);
    marker.getElement().setAttribute("aria-label", `${together.number}, ${plain(first.title)}`);
    for (const visit of visits) {
      marked[visit.id] = markedMarker(marker);
    }
    labels.add(first.title, "named", besidePoint(map, lat, lon, together.gap ? 26 : 20));
  }
  return () =>
    placed.map((stop) => {
      const { x, y } = map.latLngToContainerPoint([stop.position[1], stop.position[0]]);
      return [x - 17, y - 17, x + 17, y + 17];
    });
}

/** How the story marks a stop. */
function markedMarker(marker) {
  return {
    bounds: () => L.latLngBounds([marker.getLatLng()]),
    mark: (on) => marker.getElement()?.classList.toggle("current", on),
  };
}

/** Group by key, in order. */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** Draw the lines, each over a pale casing so that it reads on every tint. */
function drawLines(map, lines, labels, marked) {
  for (const line of lines) {
    const parts = line.parts.map((part) => part.map(([lon, lat]) => [lat, lon]));
    L.polyline(parts, { className: "casing", interactive: false, smoothFactor: 0 }).addTo(map);
    const drawn = L.polyline(parts, {
      className: `leg ${line.kind} ${line.attestation}`,
      smoothFactor: 0,
    }).addTo(map);
    const words = document.createElement("div");
    words.append(...line.legs.map(wordsOf));
    drawn.bindPopup(words, POPUP);
    for (const leg of line.legs) {
      marked[leg] = {
        bounds: () => drawn.getBounds(),
        mark: (on) => drawn.getElement().classList.toggle("current", on),
      };
    }
    // The middle of the longest part: where two vertices stand around it.
    const [longest] = [...parts].sort((a, b) => b.length - a.length);
    const middle = (longest.length - 1) / 2;
    const ends = [longest[Math.floor(middle)], longest[Math.ceil(middle)]];
    labels.add(line.caption, "caption", besideLine(map, ...ends));
  }
}

/** Put the numbers of stops of which only the country is known beside its name. */
function drawCountryStops(map, stops, data, labels, marked) {
  const inCountries = stops.filter((stop) => stop.country);
  for (const [code, visits] of groupBy(inCountries, (stop) => stop.country)) {
    outlineCountry(map, data.borders, code);
    const number = visits.map((visit) => visit.number).join(", ");
    const icon = stopIcon({ gap: false, number, symbol: "country" });
    const marker = L.marker([0, 0], { icon, keyboard: true });
    const words = document.createElement("div");
    words.append(...visits.map((visit) => wordsOf(visit.id)));
    marker.bindPopup(words, POPUP);
    for (const visit of visits) {
      marked[visit.id] = { mark: markedMarker(marker).mark };
    }
    const { name } = data.jurisdictions[code];
    const where = insideCircles(map, data.anchors[code] ?? [], true);
    // Room for the badge before the name: 26 pixels, and more for each further number.
    const badge = 22 + 13 * visits.length;
    labels.add(name, "country-name visited badged", where, {
      before: badge,
      placed(box) {
        if (!box) {
          marker.remove();
          return;
        }
        const centre = [box[0] + badge / 2, (box[1] + box[3]) / 2];
        marker.setLatLng(map.containerPointToLatLng(centre)).addTo(map);
        marker.getElement().setAttribute("aria-label", `${number}, ${plain(visits[0].title)}`);
      },
    });
  }
  return new Set(inCountries.map((stop) => stop.country));
}

/** Show the standing of the country under the pointer or tap. */
function drawStandings(shapes, jurisdictions) {
  for (const [code, shape] of Object.entries(shapes)) {
    const known = jurisdictions[code];
    shape.bindPopup(() => {
      const words = document.createElement("div");
      words.append(tell(document.createElement("h3"), known.name));
      for (const line of known.told) {
        words.append(tell(document.createElement("p"), line));
      }
      return words;
    }, POPUP);
  }
}

/** Let the wheel scroll the page until the reader has taken hold of the map. */
function wakeOnFocus(map) {
  const container = map.getContainer();
  container.addEventListener("pointerdown", () => map.scrollWheelZoom.enable());
  container.addEventListener("pointerleave", () => map.scrollWheelZoom.disable());
}

/** Return the part of the world to show at first. */
function extentOf(data) {
  const [west, south, east, north] = data.extent;
  return [
    [south, west],
    [north, east],
  ];
}

/** Name states and territories, those of the route first, then the roomier ones. */
function drawNames(map, data, badged, labels) {
  const roomiest = ([, anchors]) => anchors[0]?.[2] ?? 0;
  const rank = ([code]) => (data.jurisdictions[code].on_route ? 0 : 1);
  const ordered = Object.entries(data.anchors)
    .filter(([code]) => !badged.has(code))
    .sort((a, b) => rank(a) - rank(b) || roomiest(b) - roomiest(a));
  for (const [code, anchors] of ordered) {
    const known = data.jurisdictions[code];
    const visited = known.on_route ? "visited" : "";
    if (known.territory) {
      const text = [...partsOf(known.name), ["\n", ""], ...partsOf(known.status)];
      labels.add(text, `territory-name ${visited}`, aroundCircle(map, anchors));
    } else {
      labels.add(known.name, `country-name ${visited}`, insideCircles(map, anchors));
    }
  }
}

/** Mark cities for orientation: a dot that is drawn only with its name. */
function drawCities(map, cities, labels) {
  for (const [name, lon, lat, capital] of cities) {
    const dot = L.circleMarker([lat, lon], {
      className: capital ? "city capital" : "city",
      interactive: false,
      radius: capital ? 2.2 : 1.6,
    });
    labels.add(name, "city", besidePoint(map, lat, lon, 5), {
      placed: (box) => (box ? dot.addTo(map) : dot.remove()),
    });
  }
}

function drawPage(map) {
  const data = JSON.parse(byId("periplus-data").textContent);
  const fit = () => map.fitBounds(extentOf(data), { animate: false, maxZoom: 6.5, ...MARGINS });
  fit();
  const shapes = drawBorders(map, data.borders, data.jurisdictions);
  drawStandings(shapes, data.jurisdictions);
  const labels = new Labels(map);
  const marked = {};
  labels.obstacles = drawStops(map, data.stops, labels, marked);
  drawLines(map, data.lines, labels, marked);
  const badged = drawCountryStops(map, data.stops, data, labels, marked);
  drawNames(map, data, badged, labels);
  for (const [name, kind, lon, lat, minZoom] of data.seas) {
    labels.add(name, `sea ${kind}`, aroundPoint(map, lat, lon), { minZoom });
  }
  drawCities(map, data.cities, labels);
  new Story(map, marked);
  map.invalidateSize();
  fit();
  labels.place();
  wakeOnFocus(map);
}

drawPage(map_periplus);

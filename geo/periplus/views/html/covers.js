// Covers: what lies on land that is drawn already, each a use of its outline. So a band inside a
// border, stripes, a shore and the line of the CSTO follow the map without being computed again.

const SVG = "http://www.w3.org/2000/svg";

/** So far beyond the map a mask goes on: farther than anybody drags it before it is drawn anew. */
const FAR = 20_000;

/** Make an element of a drawing. */
function svgElement(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** Use a path again, which has an id by now; how it looks there is the style sheet's. */
function used(id, look = "") {
  return svgElement("use", look ? { class: look, href: `#${id}` } : { href: `#${id}` });
}

/** What covers the land of one map. */
class Covers {
  /** Cover the land of a jurisdiction, whose path is drawn: a band inside its border, or stripes. */
  cover(code, path, how) {
    path.id = `land-${code}`;
    if (how === "edge") {
      const clip = svgElement("clipPath", { id: `in-${code}` }, used(path.id));
      const band = used(path.id, "band");
      band.setAttribute("clip-path", `url(#in-${code})`);
      path.after(clip, band);
    } else if (how === "striped") {
      path.after(used(path.id, "stripes"));
    }
  }

  /** Lay a shore along the coasts, under all land. */
  shore(path) {
    path.id = "coasts";
    path.parentNode.prepend(used(path.id, "shore"));
  }

  /** Draw the line inside the edge of a union: of a broad line, what lies inside and far enough. */
  union(path, members) {
    path.id = "csto-edge";
    const clip = svgElement(
      "clipPath",
      { id: "csto-in" },
      ...members.map((code) => used(`land-${code}`)),
    );
    const all = { height: 2 * FAR, width: 2 * FAR, x: -FAR, y: -FAR };
    const mask = svgElement(
      "mask",
      { id: "csto-off", maskUnits: "userSpaceOnUse", ...all },
      svgElement("rect", { ...all, fill: "#fff" }),
      used(path.id, "csto-far"),
    );
    const line = used(path.id, "csto inside");
    const masked = svgElement("g", { mask: "url(#csto-off)" }, line);
    path.after(clip, mask, svgElement("g", { "clip-path": "url(#csto-in)" }, masked));
  }
}

export { Covers, svgElement };

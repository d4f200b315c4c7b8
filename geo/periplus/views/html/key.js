// The key: what comes into view on the land is explained from then on.

/** @import { ClaimData, JurisdictionData } from "./page-data.d.ts" */

/**
 * What there is of a jurisdiction in the key.
 * @param {JurisdictionData} jurisdiction
 */
function keysOf({ cover, csto, level, told_only: told }) {
  return [
    told ? "plain" : `level-${level}`,
    cover === "edge" && "edged",
    cover === "striped" && "contested",
    csto && "csto",
  ].filter(Boolean);
}

/**
 * Show the entries of what lies in view; those that are shown stay, so that nothing jumps back.
 * @param {import("leaflet").Map} map
 * @param {import("./ground.js").Ground} ground
 * @param {Record<string, JurisdictionData>} jurisdictions
 * @param {ClaimData[]} claims
 */
function keepKey(map, ground, jurisdictions, claims) {
  const pieces = new Set(claims.flatMap((claim) => claim.pieces));
  const explain = () => {
    const codes = new Set(ground.cells);
    for (const [code, number] of ground.numbers) {
      if (codes.has(number)) {
        const known = pieces.has(code) ? ["claimed", "level-unknown"] : keysOf(jurisdictions[code]);
        for (const key of known) {
          /** @type {NodeListOf<HTMLElement>} */
          const hidden = document.querySelectorAll(`.key [data-key="${key}"][hidden]`);
          for (const entry of hidden) {
            entry.hidden = false;
            entry.closest("div").querySelector("h2")?.removeAttribute("hidden");
          }
        }
      }
    }
  };
  // After the labels have looked where the land lies by now.
  map.on("moveend", () => setTimeout(explain));
}

export { keepKey, keysOf };

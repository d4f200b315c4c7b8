// Of several routes on one page each ribbon is one Tab stop, and so are the marks on the map: arrow
// keys go from one stop to the next.

/** How far each arrow key goes, where text runs to the right. */
const ARROWS = { ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1 };

/** Let arrow keys go through what a selector finds in an element; Tab meets one of it. */
function rove(around, selector) {
  const all = () => [...around.querySelectorAll(selector)];
  const enter = (chosen) => {
    for (const each of all()) {
      each.tabIndex = each === chosen ? 0 : -1;
    }
  };
  around.addEventListener("focusin", ({ target }) => target.matches(selector) && enter(target));
  around.addEventListener("keydown", (event) => {
    const [things, step] = [all(), ARROWS[event.key]];
    const at = things.indexOf(event.target);
    if (step && at >= 0) {
      const turned = getComputedStyle(around).direction === "rtl" && /Left|Right/.test(event.key);
      things[at + (turned ? -step : step)]?.focus();
      event.preventDefault();
      event.stopPropagation();
    }
  });
  enter(all()[0]);
}

for (const section of document.querySelectorAll(".ribbon.routes section")) {
  rove(section, ".whole, li > a");
}

export { rove };

// In the frame of another page, this one tells how high it is, in the ways that hosts listen
// for. On its own it tells nothing.

/**
 * Write a height as each kind of host reads it. Who calls a frame by a name of its own, as
 * pym.js and WordPress do, is answered only under that name.
 */
function heightMessages(height, { childId, secret }) {
  /** @type {unknown[]} */
  const messages = [
    { height, sentinel: "amp", type: "embed-size" },
    { "datawrapper-height": { periplus: height } },
  ];
  if (childId) {
    messages.push(["pym", childId, "height", height].join("xPYMx"));
  }
  if (secret) {
    messages.push({ message: "height", secret, value: height });
  }
  return messages;
}

/** Whether a message asks for the height: each kind of host asks in its own way. */
function asksForHeight(data, { childId, secret }) {
  return (
    (data?.sentinel === "amp" && data.type === "frames-init") ||
    (secret && data?.message === "ready" && data.secret === secret) ||
    (childId && typeof data === "string" && data.startsWith(`pymxPYMx${childId}xPYMxwidthxPYMx`))
  );
}

/** Report the height of the page whenever it changes, and whenever the host asks. */
function reportHeight() {
  const host = globalThis.parent;
  if (host === globalThis.self) {
    return;
  }
  const names = {
    childId: new URLSearchParams(location.search).get("childId"),
    secret: /[?&]secret=(\w+)/.exec(location.hash)?.[1],
  };
  const root = document.documentElement;
  root.classList.add("framed");
  // The map must leave room to scroll past it on a small screen.
  root.style.setProperty("--screen", `${Math.round(screen.availHeight * 0.8)}px`);
  let told = 0;
  const tell = (again) => {
    // Of the content, not of the window: so that a page can shrink again.
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (again || height !== told) {
      told = height;
      for (const message of heightMessages(height, names)) {
        host.postMessage(message, "*");
      }
    }
  };
  new ResizeObserver(() => tell(false)).observe(root);
  // A frame out of sight is not painted, so that nothing is observed in it: but the article
  // should have its height before a reader comes there.
  globalThis.addEventListener("load", () => tell(false));
  globalThis.addEventListener("resize", () => tell(false));
  globalThis.addEventListener("message", ({ data, source }) => {
    if (source === host && asksForHeight(data, names)) {
      tell(true);
    }
  });
}

reportHeight();

export { asksForHeight, heightMessages };

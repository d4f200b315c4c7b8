// In the frame of another page, a link to a source opens in a window of its own: within the frame
// many sites refuse to be shown. Where the host allows no windows, the link stays what it is.

function openLinksOutside() {
  if (globalThis.parent === globalThis.self) {
    return;
  }
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    /** @type {HTMLAnchorElement} */
    const link = target.closest('a[href^="http"]');
    const opened = link && globalThis.open(link.href, "_blank");
    if (opened) {
      opened.opener = null;
      event.preventDefault();
    }
  });
}

openLinksOutside();

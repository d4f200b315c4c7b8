// Tables that scroll sideways are reached by the keyboard too.
const reach = () => {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])")) {
    table.tabIndex = 0;
  }
};
new MutationObserver(reach).observe(document, { childList: true, subtree: true });
reach();

"""Articles that hold a page in a frame, each written after the protocol of one kind of host."""

from __future__ import annotations

from html import escape
from string import Template

#: What an article's own style sheet may do to everything, frames included.
HOSTILE_STYLE = (
    "* { box-sizing: content-box; font: italic 30px cursive !important; color: red !important }"
    " iframe { border: 0 } body { margin: 40px }"
)

#: In each script: the frames are `frames()`, and what a host does to one stands below.
SCRIPTS = {
    "none": "",
    # https://blog.apps.npr.org/pym.js/: the frame is called by its id, and told its width.
    "pym": """
        for (const frame of frames()) {
          frame.dataset.src += `?initialWidth=${frame.offsetWidth}&childId=${frame.id}`;
        }
        addEventListener("message", ({ data }) => {
          const [pym, id, kind, value] = String(data).split("xPYMx");
          if (pym === "pym" && kind === "height") {
            set(document.getElementById(id), value);
          }
        });
        addEventListener("resize", () => frames().forEach((frame) => {
          const told = ["pym", frame.id, "width", frame.offsetWidth].join("xPYMx");
          frame.contentWindow.postMessage(told, "*");
        }));
    """,
    # AMP's resizable frames, and @newswire/frames, which asks too.
    "amp": """
        addEventListener("message", ({ data, source }) => {
          if (data.sentinel === "amp" && data.type === "embed-size") {
            set(frames().find((frame) => frame.contentWindow === source), data.height);
          }
        });
        addEventListener("load", () => frames().forEach((frame) =>
          frame.contentWindow.postMessage({ sentinel: "amp", type: "frames-init" }, "*")));
    """,
    # https://developer.datawrapper.de/docs/responsive-iframe
    "datawrapper": """
        addEventListener("message", ({ data, source }) => {
          for (const value of Object.values(data["datawrapper-height"] ?? {})) {
            set(frames().find((frame) => frame.contentWindow === source), value);
          }
        });
    """,
    # WordPress: an address with a secret, heights between 200 and 1000 pixels.
    "wordpress": """
        frames().forEach((frame, index) => {
          frame.dataset.secret = `secret${index}xyz`;
          frame.dataset.src += `#?secret=${frame.dataset.secret}`;
        });
        addEventListener("message", ({ data, source }) => {
          const frame = frames().find((each) => each.dataset.secret === data.secret);
          if (frame && frame.contentWindow === source && data.message === "height") {
            set(frame, Math.min(1000, Math.max(200, data.value)));
          }
        });
        addEventListener("load", () => frames().forEach((frame) => frame.contentWindow
          .postMessage({ message: "ready", secret: frame.dataset.secret }, "*")));
    """,
}

_ARTICLE = Template("""<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>An article</title>
<style>$style</style>
<h1>An article</h1>
<main>$frames</main>
<script>
const frames = () => [...document.querySelectorAll("iframe")];
const heights = {}, messages = [];
const set = (frame, height) => {
  (heights[frame.id] ??= []).push(Number(height));
  frame.style.height = `$${height}px`;
};
addEventListener("message", ({ data }) => messages.push(data));
$script
for (const frame of frames()) {
  if (frame.dataset.src) { frame.src = frame.dataset.src; }
}
</script>
</html>""")


def article(  # noqa: PLR0913 - a host has that many sides
    source: str,
    host: str = "none",
    *,
    attribute: str = "data-src",
    count: int = 1,
    height: int = 500,
    style: str = "iframe { border: 0 }",
) -> str:
    """Return an article with `count` frames of a page: its address, or (`srcdoc`) all of it."""
    frames = "".join(
        f'<iframe id="map-{number}" title="Map" sandbox="allow-scripts" loading="lazy" '
        f'style="width: 100%; height: {height}px" {attribute}="{escape(source)}"></iframe>'
        for number in range(1, count + 1)
    )
    return _ARTICLE.substitute(style=style, frames=frames, script=SCRIPTS[host])

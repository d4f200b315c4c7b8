"""How an article takes a page in: as a frame, as a picture, as a link, as an oEmbed answer.

Content management systems keep different parts of what is pasted into them; words and links
survive everywhere, so that each form carries the route in words, and the address.
"""

from __future__ import annotations

import json
import math
import re
import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from periplus.language.text import LocalizedText, joined, same_language
from periplus.language.translator import msg, translator

if TYPE_CHECKING:
    from periplus.views.embed.pages import Page
    from periplus.views.embed.publication import Address

_TITLE = msg("Map: {title}")
_STOPS = msg("Stops: {stops}.")
_MORE = msg("{n} more")
_OPEN = msg("Open the map, with its text and sources")
#: A frame runs the page's own program and opens the links that a reader follows; it reads
#: nothing of the article, and keeps nothing.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
#: What the address of a page ends with to show ribbon, map and key alone: the id of its main part.
COMPACT = "compact"
#: The width in pixels of a usual column of text.
WIDTH = 680
#: Of the stops in a caption, in characters.
_LONGEST_ROUTE = 400
_LONGEST_NAME = 80
_LONGEST_TITLE = 200
#: What means something to a parser of HTML, or to a template engine, a shortcode or a shell
#: that a snippet may pass on its way.
_MEANING = re.compile(r"[&<>\"'{}\[\]`$\\]")
#: Characters that turn the text after them around, out of the snippet too.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Snippets:
    """What to paste, each whole in itself; `picture` only of a page that has one."""

    frame: str
    compact: str
    picture: str | None
    link: str
    text: str


def snippets(page: Page, address: Address) -> Snippets:
    """Write all forms of a page that is published at an address."""
    return Snippets(
        frame=_figure(page, address, _frame(page, address, SANDBOX)),
        compact=_figure(page, address, _compact(page, address), titled=False),
        picture=_figure(page, address, picture) if (picture := _picture(page, address)) else None,
        link=_paragraph(page, address),
        text=f"{_clean(page.title)}\n{_route(page)}\n{address.url}",
    )


def render(page: Page, address: Address) -> str:
    """Write all forms as HTML, under comments that say what each is for."""
    made = snippets(page, address)
    # No option can stand in a comment: it begins with two hyphens, which end one in XML.
    picture = made.picture or "<!-- This page has no picture: `periplus map` takes one as card -->"
    parts = (
        ("The map in a frame, where the system keeps frames", made.frame),
        ("The same without title and story, where the article has them", made.compact),
        ("A picture that leads to the map, where it drops frames: feeds, newsletters", picture),
        ("A link, which every system keeps", made.link),
        ("WordPress, Ghost and others that know oEmbed: the address alone", _text(address.url)),
    )
    return "\n".join(f"<!-- {what} -->\n{html}\n" for what, html in parts)


def render_json(page: Page, address: Address) -> str:
    """Write all forms as JSON: the forms by name (`picture` may be null), and `height`."""
    made = snippets(page, address)
    told = {
        "url": address.url,
        "height": height(page),
        "frame": made.frame,
        "compact": made.compact,
        "picture": made.picture,
        "link": made.link,
        "text": made.text,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def oembed(page: Page, address: Address) -> str:
    """Write the oEmbed answer of a page: version 1.0, of type `rich`; see https://oembed.com.

    It is a static file. Its frame has only `allow-scripts`, to which WordPress cuts it down.
    """
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": _clean(page.title),
        "html": _frame(page, address, "allow-scripts"),
        "width": WIDTH,
        "height": height(page),
    }
    if page.picture and page.card:
        answer |= {
            "thumbnail_url": page.picture,
            "thumbnail_width": page.card.width,
            "thumbnail_height": page.card.height,
        }
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


# ---------------------------------------------------------------------------- the parts


def _frame(page: Page, address: Address, sandbox: str) -> str:
    return _framed(page, address.url, height(page), sandbox)


def _compact(page: Page, address: Address) -> str:
    """Return the frame of a page that keeps title and story to itself."""
    return _framed(page, f"{address.url}#{COMPACT}", compact_height(page), SANDBOX)


def _framed(page: Page, url: str, tall: int, sandbox: str) -> str:
    return (
        f'<iframe src="{_text(url)}" title="{_text(_titled(page))}" width="{WIDTH}" '
        f'height="{tall}" style="width:100%;height:{tall}px;border:0" loading="lazy" '
        f'sandbox="{sandbox}"></iframe>'
    )


def _picture(page: Page, address: Address) -> str | None:
    if page.picture is None or page.card is None:
        return None
    alternative = _text(f"{_sentence(_titled(page))} {_route(page)}")
    return (
        f'<a href="{_text(address.url)}"><img src="{_text(page.picture)}" alt="{alternative}" '
        f'width="{page.card.width}" height="{page.card.height}" loading="lazy" '
        'style="max-width:100%;height:auto"></a>'
    )


def _figure(page: Page, address: Address, content: str, *, titled: bool = True) -> str:
    return (
        f'<figure lang="{_text(page.language)}" dir="{_text(page.direction)}" '
        f'style="margin:1.5em 0">\n{content}\n<figcaption>'
        f"{_told(page, address, titled=titled)}"
        "</figcaption>\n</figure>"
    )


def _paragraph(page: Page, address: Address) -> str:
    languages = f'lang="{_text(page.language)}" dir="{_text(page.direction)}"'
    return f"<p {languages}>{_told(page, address)}</p>"


def _told(page: Page, address: Address, *, titled: bool = True) -> str:
    """Tell the route in words, with the link to the map."""
    title = f"<strong>{_text(_sentence(page.title))}</strong> " if titled else ""
    return (
        f"{title}{_marked(_route(page), page)} "
        f'<a href="{_text(address.url)}">{_marked(translator(page.language)(_OPEN), page)}</a>'
    )


def _titled(page: Page) -> str:
    title = LocalizedText(_shortened(_clean(page.title), _LONGEST_TITLE))
    return translator(page.language)(_TITLE, title=title)


def _sentence(title: str) -> str:
    """End a title as a sentence ends, if it does not."""
    clean = _shortened(_clean(title), _LONGEST_TITLE)
    return clean if clean.endswith((".", "!", "?", "…")) else f"{clean}."


def _route(page: Page) -> LocalizedText:
    """Name the stops under their numbers, as many as a caption holds."""
    say = translator(page.language)
    told: list[str] = []
    for stop in page.stops:
        name = f"{stop.number} {_shortened(_clean(stop.title), _LONGEST_NAME)}"
        if told and len("; ".join([*told, name])) > _LONGEST_ROUTE:
            told.append(say(_MORE, n=len(page.stops) - len(told)))
            break
        told.append(name)
    return say(_STOPS, stops=joined(told, "; "))


def _shortened(text: str, longest: int) -> str:
    """Cut a text between two words; one endless word leaves nothing to cut at."""
    cut = textwrap.shorten(text, longest, placeholder=" …")
    return cut if len(cut) > len(" …") else text[: longest - 1] + "…"


def _marked(told: LocalizedText, page: Page) -> str:
    """Write a sentence as HTML: what is not in the page's language is marked with its own."""
    return "".join(
        f'<span lang="{_text(run.language)}">{_text(run.text)}</span>'
        if run.language and not same_language(run.language, page.language)
        else _text(run.text)
        for run in told.runs
    )


def _clean(text: str) -> str:
    """Put a text on one line, without the characters that would turn its neighbours around."""
    return " ".join(_TURNING.sub("", text).split())


def _text(text: str) -> str:
    """Write text as HTML: what means something to a parser is a numeric character reference."""
    return _MEANING.sub(lambda match: f"&#{ord(match[0])};", text)


# ---------------------------------------------------------------------------- the height

#: Heights in pixels, of the style sheets of `html` at `WIDTH`; a browser test holds them.
_AROUND = 60  # margins, and the room around the title, the summary and the map
_HEADLINE = (34, 40)  # a line, and the characters on it
_SUMMARY = (26, 80)
#: Of the ribbon: its head, a row of it without names, and of as many stops as names have room for.
_HEAD, _ROW, _NAMED = 28, 82, (150, 7)
_MOST_IN_A_ROW = 14
_CAPTION = 33
_MAP = 422
_STORY = 304
_KEY = 150


def height(page: Page) -> int:
    """Return a good fixed height in pixels: title, summary, ribbon, map and story are in sight.

    It is estimated from the page's own words, at the width of a usual column; what follows is
    scrolled to within the frame. Where the host listens to the page, it is replaced.
    """
    lines = (
        _lines(page.title, _HEADLINE[1]) * _HEADLINE[0]
        + _lines(page.summary, _SUMMARY[1]) * (_SUMMARY[0])
    )
    whole = _AROUND + lines + _ribbon(page) + _CAPTION + _MAP + _STORY
    return math.ceil(whole / 10) * 10


def compact_height(page: Page) -> int:
    """Return a good fixed height of the compact form: ribbon, map and the key's head in sight."""
    whole = _AROUND + _ribbon(page) + _CAPTION + _MAP + _KEY
    return math.ceil(whole / 10) * 10


def _ribbon(page: Page) -> int:
    """Estimate the height of the ribbon: its journeys are taken to be about equally long."""
    stops = math.ceil(len(page.stops) / page.journeys)
    row, most = _NAMED
    rows = row if stops <= most else math.ceil(stops / _MOST_IN_A_ROW) * _ROW
    return page.journeys * (_HEAD + rows)


def _lines(text: str, characters: int) -> int:
    """Estimate the lines of a text; East Asian characters are twice as wide."""
    wide = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return math.ceil(wide / characters)

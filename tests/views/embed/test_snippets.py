"""Pages that say where they are published, and the snippets by which articles take them in."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import PAYLOAD, PAYLOADS, hostile
from periplus import compose, trace_route
from periplus.errors import InputError, UsageError
from periplus.route.reading import parse_route
from periplus.shipped import case_names, shipped
from periplus.views import html
from periplus.views.embed import snippets
from periplus.views.embed.pages import Page, PageStop, parse_page, read_page
from periplus.views.embed.publication import Address, Card, PublishedPage, address_of, read_card
from rendered import page_of, scene_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from periplus.scene.scene import Scene

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
URL = "https://example.org/maps/the-deserter.html"


def png(width: int, height: int) -> bytes:
    """Return a white PNG file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def periplus(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run(
        [PERIPLUS, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


def parse(text: str) -> Element:
    """Parse a fragment as strictly as the standard allows."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parsed: Element = parser.parseFragment(text)
    return parsed


@pytest.fixture(scope="module")
def published(deserter_scene: Scene) -> Page:
    """Return what the page of The Deserter says when it is published with a picture."""
    publication = PublishedPage(Address(URL), Card("the-deserter.png", 1200, 630))
    return parse_page(html.render(deserter_scene, publication).encode())


# ---------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/map.html", "https://example.org/map.html"),
        ("http://localhost:8000/a/b.html?x=1&y=2", "http://localhost:8000/a/b.html?x=1&y=2"),
        ("HTTPS://EXAMPLE.ORG", "https://example.org/"),
        ("https://пример.example/карта.html", "https://xn--e1afmkfd.example/%D0%BA%D0%B0%D1%80%D1%82%D0%B0.html"),
        ("https://example.org/a%20b.html", "https://example.org/a%20b.html"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/{{7*7}}'`", "https://example.org/%7B%7B7*7%7D%7D%27%60"),
    ],
)  # fmt: skip
def test_an_address_is_made_safe(text: str, url: str) -> None:
    """ASCII, without a character that means something to HTML or to a template."""
    assert address_of(text) == Address(url)
    assert address_of(url) == Address(url)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("javascript:alert(1)", "must begin with https"),
        ("data:text/html,x", "must begin with https"),
        ("file:///etc/passwd", "must begin with https"),
        ("ftp://example.org/x", "must begin with https"),
        ("//example.org/x", "must begin with https"),
        ("map.html", "must begin with https"),
        ("", "must begin with https"),
        ("https://", "names no host"),
        ("https:///x", "names no host"),
        ("https://user:secret@example.org/", "holds a user name"),
        ("https://example.org/a b", "holds a space"),
        ("https://example.org/\nx", "holds a space, a line break"),
        ("https://example.org/\\x", "or a backslash"),
        ("https://example.org:99999/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
        ("https://example.org/x#y", "leads within a page"),
        ("https://example.org/" + "x" * 2_000, "longer than 2,000"),
    ],
)
def test_what_is_no_address_is_refused(text: str, reason: str) -> None:
    """With the reason, and an example."""
    with pytest.raises(UsageError, match=reason):
        address_of(text)


@given(st.text(max_size=40))
def test_any_text_gives_an_address_or_a_reason(text: str) -> None:
    """And an address is safe between quotation marks."""
    try:
        url = address_of(f"https://example.org/{text}").url
    except UsageError:
        return
    assert re.fullmatch(r"[!#$%&()*+,./:;=?@\w~-]+", url, re.ASCII)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (URL, "the-deserter.oembed.json"),
        ("https://example.org/maps/", "oembed.json"),
        ("https://example.org/maps/index.html", "oembed.json"),
        ("https://example.org/maps", "maps.oembed.json"),
        ("https://example.org/a%2Fb.html", "a-2Fb.oembed.json"),
    ],
)
def test_each_page_of_a_folder_has_an_answer_of_its_own(url: str, name: str) -> None:
    """So that two maps can stand side by side."""
    assert Address(url).oembed_name == name


# ---------------------------------------------------------------------------- the head


def test_the_link_to_the_answer_stands_first(deserter_scene: Scene) -> None:
    """After the encoding and the policy; WordPress looks at the first 150 kB, and at `<link`."""
    page = html.render(deserter_scene, PublishedPage(Address(URL)))
    link = page.index('<link rel="alternate" type="application/json+oembed"')
    assert link < 1_000
    assert page[:link].count("<meta") == 2
    assert f'href="{URL.removesuffix(".html")}.oembed.json">' in page
    assert f'<link rel="canonical" href="{URL}">' in page
    assert f'<meta property="og:url" content="{URL}">' in page
    assert "og:image" not in page


def test_without_an_address_there_is_no_link(deserter_scene: Scene) -> None:
    """The card has title and description, which are known."""
    page = html.render(deserter_scene)
    assert "<link" not in page
    assert "og:url" not in page
    assert '<meta property="og:title" content="The Deserter: the way out">' in page
    assert '<meta name="twitter:card" content="summary">' in page


def test_a_card_has_its_whole_address_and_its_size(deserter_scene: Scene, tmp_path: Path) -> None:
    """As read from the file."""
    picture = tmp_path / "the card.png"
    picture.write_bytes(png(120, 63))
    page = html.render(deserter_scene, PublishedPage(Address(URL), read_card(picture)))
    assert 'property="og:image" content="https://example.org/maps/the%20card.png"' in page
    assert 'property="og:image:width" content="120"' in page
    assert 'name="twitter:card" content="summary_large_image"' in page
    assert parse_page(page.encode()).card == Card("the%20card.png", 120, 63)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", png(0, 0)])
def test_a_picture_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever its name says."""
    picture = tmp_path / "card.png"
    picture.write_bytes(content)
    with pytest.raises(InputError, match="PER951 the picture of a page is a PNG file"):
        read_card(picture)
    with pytest.raises(InputError, match="PER951 the picture cannot be read"):
        read_card(tmp_path / "none.png")


# ---------------------------------------------------------------------------- reading a page


@pytest.mark.parametrize("name", case_names()[::4])
def test_a_page_tells_its_title_its_summary_and_its_stops(name: str) -> None:
    """What is read from a page is what it was made from, in any case."""
    scene = scene_of(name)
    page = parse_page(page_of(name).encode())
    assert page.title == " ".join(scene.title.split())
    assert page.summary == " ".join(scene.summary.split())
    assert [(stop.number, stop.title) for stop in page.stops] == [
        (stop.number, stop.title) for stop in scene.stops
    ]
    assert (page.language, page.direction, page.address) == ("en", "ltr", None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is not a page"),
        (b"<!DOCTYPE html><title>x</title><h1>x</h1><div id=stop-1><h2>x</h2></div>", "is not a p"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"<p>" * 10, "is not a page"),
        (b'<meta name="generator" content="Periplus">', "is not a page"),
        (b" " * 20_000_001, "is larger than 20,000,000"),
    ],
)
def test_what_is_not_ours_is_refused(content: bytes, reason: str) -> None:
    """With what to do."""
    with pytest.raises(InputError, match=f"x.html: PER952 {reason}(.|\n)*periplus map ROUTE"):
        parse_page(content, "x.html")


def test_a_page_whose_head_was_changed_is_refused(deserter_scene: Scene) -> None:
    """An address that is none would end up in an article."""
    page = html.render(deserter_scene, PublishedPage(Address(URL)))
    changed = page.replace(f'rel="canonical" href="{URL}"', 'rel="canonical" href="javascript:x"')
    with pytest.raises(InputError, match="head somebody changed"):
        parse_page(changed.encode())


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing else happens."""
    with pytest.raises(InputError):
        parse_page(b"<h1>" + content)


# ---------------------------------------------------------------------------- snippets


def test_each_snippet_is_whole(published: Page) -> None:
    """A frame with its name and limits, a picture, a link: each with the route in words."""
    made = snippets.snippets(published, Address(URL))
    frame = next(parse(made.frame).iter("iframe"))
    assert frame.get("sandbox", "").split()[0] == "allow-scripts"
    assert "allow-same-origin" not in frame.get("sandbox", "")
    assert (frame.get("src"), frame.get("loading")) == (URL, "lazy")
    assert frame.get("title") == "Map: The Deserter: the way out"
    assert frame.get("height") == str(snippets.height(published))
    assert made.picture
    image = next(parse(made.picture).iter("img"))
    assert image.get("src") == "https://example.org/maps/the-deserter.png"
    assert (image.get("width"), image.get("height")) == ("1200", "630")
    assert "1 Withheld, Russia; 2 Moscow; 3 " in image.get("alt", "")
    for text in (made.frame, made.picture, made.link):
        words = "".join(parse(text).itertext())
        assert "The Deserter: the way out. Stops: 1 Withheld, Russia; 2 Moscow; 3 " in words
        assert [link.get("href") for link in parse(text).iter("a")][-1] == URL
        assert next(iter(parse(text))).get("lang") == "en"
    assert made.text.splitlines()[-1] == URL


def test_the_answer_is_oembed(published: Page) -> None:
    """Version 1.0, type rich, every field that this type requires, and the thumbnail whole."""
    answer = json.loads(snippets.oembed(published, Address(URL)))
    assert {key: answer[key] for key in ("version", "type", "title", "width")} == {
        "version": "1.0",
        "type": "rich",
        "title": "The Deserter: the way out",
        "width": 680,
    }
    assert answer["height"] == snippets.height(published)
    assert answer["thumbnail_url"] == "https://example.org/maps/the-deserter.png"
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1200, 630)
    (frame,) = parse(answer["html"])
    # WordPress takes the address up to the quotation mark, and adds a fragment of its own.
    assert (frame.tag, frame.get("src"), frame.get("sandbox")) == ("iframe", URL, "allow-scripts")


def test_hostile_words_stay_words() -> None:
    """In every snippet, to the letter but for what turns text around; and as valid HTML."""
    source = shipped("maps", "the-deserter", "route.yaml").read_text(encoding="utf-8")
    scene = compose(trace_route(parse_route(hostile(source))))
    page = parse_page(html.render(scene, PublishedPage(Address(URL))).encode())
    made = snippets.snippets(page, Address(URL))
    shown = " ".join(PAYLOAD.replace("\u202e", "").split())
    for text in (made.frame, made.link, json.loads(snippets.oembed(page, Address(URL)))["html"]):
        tags = {found.tag for found in parse(text).iter()}
        assert tags <= {"DOCUMENT_FRAGMENT", "figure", "iframe", "figcaption", "strong", "a", "p"}
        assert not re.search(r"[{}\[\]`]|javascript:\"", text)
    words = "".join(parse(made.link).itertext())
    assert shown[:150] in words
    assert PAYLOADS[1] in words


#: What the reader of route files lets through: no control characters, no halves of letters.
TEXT = st.text(st.characters(exclude_categories=["C"]))


@given(TEXT, TEXT, st.lists(TEXT, min_size=1, max_size=40))
def test_any_words_make_valid_html(title: str, summary: str, names: list[str]) -> None:
    """Also empty ones, endless ones, and those in no script at all."""
    stops = tuple(PageStop(number, name) for number, name in enumerate(names, start=1))
    page = Page("en", "ltr", title, summary, stops)
    made = snippets.snippets(page, Address(URL))
    parse(made.frame)
    assert len(made.text) < 1_500
    assert "\n" not in made.link


def test_many_stops_are_counted() -> None:
    """A caption names what it can hold, and says how many more there are."""
    stops = tuple(PageStop(number, "A place with a long name") for number in range(1, 501))
    text = snippets.snippets(Page("en", "ltr", "T", "S", stops), Address(URL)).text
    shown = text.count("A place")
    assert 5 < shown < 30
    assert f"; {500 - shown} more." in text


def test_snippets_speak_the_language_of_the_page() -> None:
    """As far as there is a catalogue; what is English elsewhere is marked as English."""
    stops = (PageStop(1, "Москва"),)
    russian = snippets.snippets(Page("ru", "ltr", "Путь", "…", stops), Address(URL))
    assert "Map" not in russian.frame
    assert 'title="Карта: Путь"' in russian.frame
    assert 'lang="en"' not in russian.link
    welsh = snippets.snippets(Page("cy", "ltr", "Taith", "…", stops), Address(URL)).link
    assert welsh.startswith('<p lang="cy" dir="ltr"><strong>Taith.</strong> <span lang="en">Stops')
    assert '<span lang="en">Open the map' in welsh


def test_the_height_follows_the_words(published: Page) -> None:
    """A longer title or summary needs more room; so do wide characters."""
    short = Page("en", "ltr", "T", "S", published.stops)
    long = Page("en", "ltr", "T" * 300, "S" * 900, published.stops)
    wide = Page("ja", "ltr", "地" * 300, "図" * 900, published.stops)
    assert (
        snippets.height(short)
        < snippets.height(published)
        < snippets.height(long)
        < snippets.height(wide)
    )


# ---------------------------------------------------------------------------- the command


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a page that knows its address, in a folder of its own."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "the-deserter.png").write_bytes(png(1200, 630))
    arguments = ("map", "the-deserter", "--url", URL, "--card", "the-deserter.png")
    assert periplus(*arguments, cwd=folder).returncode == 0
    return folder


@pytest.mark.slow
def test_embed_prints_the_snippets(made: Path) -> None:
    """As HTML, with a comment on what each is for; the address is the page's own."""
    done = periplus("embed", "the-deserter.html", cwd=made)
    assert done.returncode == 0
    assert done.stdout.count("<!-- ") == 5
    assert f'<iframe src="{URL}"' in done.stdout
    assert "<img " in done.stdout
    assert "`-o the-deserter.oembed.json`" in done.stderr
    parse(done.stdout)


def test_embed_writes_the_answer(made: Path, tmp_path: Path) -> None:
    """Under the name that the page leads to; what somebody changed is not replaced unasked."""
    target = tmp_path / "the-deserter.oembed.json"
    first = periplus("embed", "the-deserter.html", "-o", target, cwd=made)
    assert first.returncode == 0
    assert first.stderr == (
        f"Put {target} on the server beside the page: "
        "https://example.org/maps/the-deserter.oembed.json\n"
    )
    assert json.loads(target.read_text(encoding="utf-8"))["type"] == "rich"
    again = periplus("embed", "the-deserter.html", "-o", target, cwd=made)
    assert again.returncode == 0
    target.write_text("{}", encoding="utf-8")
    again = periplus("embed", "the-deserter.html", "-o", target, cwd=made)
    assert (again.returncode, again.stdout) == (4, "")
    assert first.stdout == ""
    piped = periplus("embed", "the-deserter.html", "--format", "oembed", cwd=made)
    assert piped.stderr == ""
    assert json.loads(piped.stdout)["version"] == "1.0"


@pytest.mark.parametrize("form", ["frame", "picture", "link", "text"])
def test_one_form_alone(made: Path, form: str) -> None:
    """For a pipe; it is the same as in the JSON of all."""
    one = periplus("embed", "the-deserter.html", "--only", form, cwd=made)
    whole = periplus("embed", "the-deserter.html", "--json", cwd=made)
    assert one.stdout == json.loads(whole.stdout)[form] + "\n"


@pytest.mark.slow
def test_a_page_without_the_link_is_told_how_to_get_it(tmp_path: Path) -> None:
    """And without a picture, how to get that."""
    periplus("map", "the-deserter", cwd=tmp_path)
    done = periplus("embed", "the-deserter.html", "--url", URL, cwd=tmp_path)
    assert done.returncode == 0
    assert '<link rel="alternate" type="application/json+oembed" href="https://' in done.stderr
    assert "--card FILE.png" in done.stderr
    bare = periplus("embed", "the-deserter.html", "--only", "picture", "--url", URL, cwd=tmp_path)
    assert (bare.returncode, bare.stdout) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["embed", "page.html"], 2, "error: the page does not say where it will be published"),
        (["embed", "page.html", "--url", "javascript:x"], 2, "must begin with https:// or http://"),
        (["embed", "other.html", "--url", URL], 3, "other.html: PER952 is not a page that"),
        (["embed", "none.html", "--url", URL], 3, "none.html: PER952 cannot be read"),
        (["embed", ".", "--url", URL], 3, ".: PER952 cannot be read: Is a directory"),
        (
            ["embed", "page.html", "--url", URL, "-o", "none/oembed.json"],
            4,
            "make the folder first",
        ),
        (["embed", "page.html", "--url", URL, "--json", "--only", "link"], 2, "json has no parts"),
        (["map", "the-deserter", "--url", "x", "-o", "y.html"], 2, "must begin with https:// or"),
        (["map", "the-deserter", "--card", "x.png", "-o", "y.html"], 2, "--card needs --url"),
        (
            ["map", "the-deserter", "--card", "x.gif", "--url", URL, "-o", "y.html"],
            2,
            "a .png file",
        ),
    ],
)
def test_errors(made: Path, tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    """One clear message, no traceback, and nothing is written."""
    page = (made / "the-deserter.html").read_text(encoding="utf-8")
    (tmp_path / "page.html").write_text(re.sub(r"<link rel.*?>", "", page), encoding="utf-8")
    (tmp_path / "other.html").write_text("<!DOCTYPE html><title>Mine</title>")
    done = periplus(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.html", "page.html"]


def test_a_file_is_read_as_its_bytes_are(made: Path) -> None:
    """From a path or from memory."""
    file = made / "the-deserter.html"
    assert read_page(file) == parse_page(file.read_bytes())


def test_the_compact_form_leaves_the_title_to_the_article(deserter_scene: Scene) -> None:
    """Its frame asks for ribbon, map and key; below stand one line and the link to the page."""
    page = parse_page(html.render(deserter_scene).encode())
    made = snippets.snippets(page, address_of("https://example.org/map.html"))
    assert 'src="https://example.org/map.html#compact"' in made.compact
    told = made.compact.partition("<figcaption>")[2]
    assert page.title not in told
    assert "Stops: 1" in told
    assert 'href="https://example.org/map.html"' in told
    assert snippets.compact_height(page) < snippets.height(page)
    assert f'<main id="{snippets.COMPACT}"' in html.render(deserter_scene)

"""`periplus map --watch`: a real server on this machine, a real browser, and real edits."""

from __future__ import annotations

import http.client
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from periplus.cli.preview.server import MOST_CONNECTIONS
from periplus.shipped import case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PERIPLUS = str(Path(sys.executable).with_name("periplus"))
pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


class Watching:
    """The command, running: where its preview is, and what it says."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [PERIPLUS, "map", "case/route.yaml", "--watch", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()
        found = urlsplit(self.address)
        self.port, self.start = found.port or 0, found.path
        self.said = ""

    def until(self, words: str, seconds: float = 30) -> str:
        """Read what it says until words stand in it, and return that."""
        assert self.process.stderr
        start, end = len(self.said), time.monotonic() + seconds
        while words not in self.said[start:]:
            ready = select.select([self.process.stderr], [], [], max(0, end - time.monotonic()))[0]
            assert ready, f"{words!r} is not in {self.said[start:]!r}"
            self.said += os.read(self.process.stderr.fileno(), 65_536).decode()
        return self.said[start:]

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """Ask for a path behind the token; `Sec_Fetch_Site` is the header `Sec-Fetch-Site`."""
        return self.ask(self.start.rstrip("/") + path, **headers)

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """Ask for a path as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        return connection.getresponse()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a case to edit."""
    (tmp_path / "case").mkdir()
    shutil.copy(case("the-deserter"), tmp_path / "case" / "route.yaml")
    return tmp_path


@contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[Watching]:
    """Run the command while the block runs."""
    running = Watching(folder, *(arguments or ("--port", "0")))
    try:
        yield running
    finally:
        running.process.kill()
        running.process.communicate()


def edit(folder: Path, old: str, new: str) -> None:
    """Replace a text in the route file, as an editor saves: a new file in its place."""
    file = folder / "case" / "route.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    (folder / "case" / "saved").write_text(text.replace(old, new), encoding="utf-8")
    (folder / "case" / "saved").replace(file)


def test_an_author_edits(folder: Path, browser: Browser) -> None:
    """Each save shows in the browser; a fault is shown beside the last good page."""
    with watching(folder) as running:
        running.until("build 1: made")
        page = browser.new_page()
        messages: list[str] = []
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(running.address)
        inside = page.frame_locator("#map")
        assert "The Deserter: the way out" in inside.locator("h1").inner_text()

        edit(folder, "The Deserter: the way out", "A new title")
        running.until("build 2: made")
        page.get_by_text("Build 2 is below.").wait_for()
        inside.get_by_role("heading", name="A new title").wait_for()
        assert page.locator("#faults").is_hidden()

        edit(folder, "summary:", "summery<img src=x onerror=alert(1)>:")
        told = running.until("build 3: not made")
        assert re.search(r"case/route.yaml:\d+:\d+: PER201 unknown field 'summery<img", told)
        assert told.count("PER201") == 1
        page.get_by_text("There is no new page: the last good one is below.").wait_for()
        assert "PER201 unknown field 'summery<img src=x" in page.locator("#faults").inner_text()
        assert inside.get_by_role("heading", name="A new title").is_visible()

        edit(folder, "summery<img src=x onerror=alert(1)>:", "summary:")
        running.until("build 4: made")
        page.get_by_text("Build 4 is below.").wait_for()
        assert page.locator("#faults").is_hidden()
        assert messages == []
        assert running.process.poll() is None
        page.close()


@pytest.mark.slow
def test_the_page_is_that_of_the_command(folder: Path) -> None:
    """Byte for byte, and without a header that would change how it is shown."""
    subprocess.run([PERIPLUS, "map", "case"], cwd=folder, check=True, capture_output=True)
    with watching(folder, "--port", "0", "-o", "out.html") as running:
        running.until("build 1: made")
        answer = running.get("/map")
        assert answer.getheader("Content-Security-Policy") is None
        assert answer.read() == (folder / "case.html").read_bytes()
        for _ in range(300):
            if (folder / "out.html").exists():
                break
            time.sleep(0.1)
        assert (folder / "out.html").read_bytes() == (folder / "case.html").read_bytes()


@pytest.mark.slow
def test_a_file_that_goes_and_comes_back(folder: Path) -> None:
    """Neither ends the preview; nor does a file that was never right."""
    file = folder / "case" / "route.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text("title: [")
    with watching(folder) as running:
        assert "PER104" in running.until("build 1: not made")
        assert running.get("/map").status == 404
        file.unlink()
        assert "PER101 there is no such file" in running.until("build 2: not made")
        file.write_text(good, encoding="utf-8")
        running.until(": made")
        assert running.get("/map").status == 200


def test_path_files_are_watched_too(folder: Path) -> None:
    """A leg's documented path is part of the page."""
    plain = Path(__file__).parents[1] / "golden" / "plain.yaml"
    track = '{"type": "LineString", "coordinates": [[76.94, 43.24], [76.945, 43.25]]}'
    text = plain.read_text(encoding="utf-8")
    leg = re.search(r"^      - leg: .*$", text, re.MULTILINE)
    assert leg
    text = text.replace(leg[0], f"{leg[0]}\n        path: way.geojson", 1)
    (folder / "case" / "route.yaml").write_text(text, encoding="utf-8")
    with watching(folder) as running:
        assert "PER901" in running.until("build 1: not made")
        (folder / "case" / "way.geojson").write_text(track)
        assert "PER901" not in running.until("build 2: ")


@pytest.mark.slow
def test_ctrl_c_ends_it(folder: Path) -> None:
    """With 130 and without a traceback, also while a browser is connected."""
    with watching(folder) as running:
        running.until("build 1: made")
        stream = running.get("/events")
        assert stream.readline().startswith(b'data: {"number": 1,')
        running.process.send_signal(signal.SIGINT)
        _, rest = running.process.communicate(timeout=120)
        assert running.process.returncode == 130
        assert "Traceback" not in rest


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:PORT"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "evil.example:PORT"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1.evil.example:PORT"}, 403),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "iframe"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "script"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Dest": "empty"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "document"}, 200),
    ],
)
def test_other_sites_and_hosts_are_refused(
    shared: Watching, headers: dict[str, str], status: int
) -> None:
    """A name that leads to 127.0.0.1, a frame or a script of another site: all paths alike."""
    sent = {name: value.replace("PORT", str(shared.port)) for name, value in headers.items()}
    for path in ("/", "/map", "/around.js"):
        assert shared.get(path, **sent).status == status


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watching]:
    """Run one preview for several tests."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "case").mkdir()
    shutil.copy(case("the-deserter"), folder / "case" / "route.yaml")
    with watching(folder) as running:
        running.until("build 1: made")
        yield running


def test_only_this_machine_and_only_what_is_there(shared: Watching) -> None:
    """No other path, no file of the machine, nothing but reading."""
    for path in ("/route.yaml", "/../case/route.yaml", "//etc/passwd", "/around.html"):
        assert shared.get(path).status == 404
    for path in ("/", "/map", "/around.js", "/events", f"{shared.start[:-2]}/map"):
        assert shared.ask(path).status == 404
    connection = http.client.HTTPConnection("127.0.0.1", shared.port, timeout=10)
    connection.request("POST", f"{shared.start}map", body=b"x")
    assert connection.getresponse().status == 501


def test_connections_are_bounded(shared: Watching) -> None:
    """Whoever opens more is hung up on, and it answers again when they have gone."""
    here = ("127.0.0.1", shared.port)
    streams = [socket.create_connection(here, timeout=10) for _ in range(MOST_CONNECTIONS)]
    time.sleep(0.5)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        shared.get("/")
    for stream in streams:
        stream.close()
    time.sleep(0.5)
    assert shared.get("/").status == 200


def test_another_site_cannot_frame_it(shared: Watching, browser: Browser, tmp_path: Path) -> None:
    """As a browser sees it: from a file, which is another site."""
    article = tmp_path / "article.html"
    article.write_text(f'<!DOCTYPE html><title>x</title><iframe src="{shared.address}map">')
    page = browser.new_page()
    page.goto(article.as_uri())
    page.wait_for_timeout(300)
    assert page.frame_locator("iframe").get_by_text("Deserter").count() == 0
    page.close()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--port", "BUSY"], 2, "is in use: choose another by --port"),
        (["--port", "70000"], 2, "port 70000 is none"),
        (["-o", "-"], 2, "cannot write to standard output"),
    ],
)
def test_errors(folder: Path, arguments: list[str], code: int, message: str) -> None:
    """Said at once, with the way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [PERIPLUS, "map", "case", "--watch", *(a.replace("BUSY", port) for a in arguments)],
            cwd=folder, capture_output=True, text=True, check=False, timeout=30,
        )  # fmt: skip
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_port_without_a_preview(folder: Path) -> None:
    """It would mean nothing."""
    done = subprocess.run(
        [PERIPLUS, "map", "case", "--port", "8000"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "add --watch" in done.stderr) == (2, True)

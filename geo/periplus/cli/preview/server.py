"""The preview's server: on this machine alone, for the browser of the author alone.

Other sites that the author's browser visits must not reach it: a name of theirs that leads to
127.0.0.1 fails at the `Host` header, their scripts and frames at `Sec-Fetch-Site`. Other users of
the machine do not know the token that its address begins with.
"""

from __future__ import annotations

import errno
import json
import secrets
import threading
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import TYPE_CHECKING, Any

from periplus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from periplus.cli.preview import Build, Preview

HOST = "127.0.0.1"
#: How many connections are open at a time: a browser opens six, and a page holds one.
MOST_CONNECTIONS = 32
#: In seconds: a sign of life, so that a browser that went away is noticed.
_HEARTBEAT = 10
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: The preview's own files, by the path under which they are asked for, behind the token.
_OWN = {
    "": ("around.html", "text/html; charset=utf-8"),
    "around.css": ("around.css", "text/css; charset=utf-8"),
    "around.js": ("around.js", "text/javascript; charset=utf-8"),
}


@contextmanager
def serving(preview: Preview, port: int) -> Iterator[str]:
    """Serve a preview while the block runs; gives its address. Port 0: any that is free.

    Raises
    ------
    UsageError
        If the port cannot be had.
    """
    try:
        server = _Server(preview, port)
    except (OSError, OverflowError) as error:
        message = f"port {port} {_why(error)}: choose another by --port, or 0 for any that is free"
        raise UsageError(message) from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.address
    finally:
        preview.end()
        server.shutdown()
        server.server_close()
        thread.join()


def _why(error: OSError | OverflowError) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return "is in use"
    return "is not for you" if isinstance(error, PermissionError) else "is none"


class _Server(ThreadingHTTPServer):
    """Answers each request in a thread of its own, and waits for none of them at the end."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, preview: Preview, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.preview = preview
        self.names = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}
        self.start = f"/{secrets.token_urlsafe(16)}/"
        self._room = threading.BoundedSemaphore(MOST_CONNECTIONS)

    @property
    def address(self) -> str:
        """Where the author's browser finds it."""
        return f"http://{HOST}:{self.server_port}{self.start}"

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - of socketserver
        """Answer in a thread, if there is room for one more; else hang up."""
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the same
        """Answer, and make room."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that closes a connection is no news."""


class _Handler(BaseHTTPRequestHandler):
    """Gives the preview, the page, and a stream of what happens."""

    server: _Server
    #: In seconds: whoever asks for nothing holds a connection no longer.
    timeout = 30
    server_version = "periplus"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer, if it is the author's own browser that asks."""
        start, asked = self.server.start, self.path.partition("?")[0]
        path = asked.removeprefix(start) if asked.startswith(start) else None
        if refusal := self._refusal():
            self._send(HTTPStatus.FORBIDDEN, refusal.encode(), "text/plain; charset=utf-8")
        elif path in _OWN:
            name, kind = _OWN[path]
            content = resources.files(__package__).joinpath(name).read_bytes()
            self._send(HTTPStatus.OK, content, kind, _POLICY)
        elif path == "map" and self.server.preview.build.page is not None:
            self._send(HTTPStatus.OK, self.server.preview.build.page, "text/html; charset=utf-8")
        elif path == "events":
            self._stream()
        else:
            self._send(HTTPStatus.NOT_FOUND, b"There is nothing here.\n", "text/plain")

    def _refusal(self) -> str:
        if self.headers.get("Host") not in self.server.names:
            return f"This preview answers to {HOST}:{self.server.server_port} alone.\n"
        site = self.headers.get("Sec-Fetch-Site", "none")
        opened = self.headers.get("Sec-Fetch-Dest") == "document"
        if site not in {"none", "same-origin"} and not opened:
            return "This preview is not for other sites.\n"
        return ""

    def _send(
        self, status: HTTPStatus, content: bytes, kind: str, policy: str | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(content)

    def _stream(self) -> None:
        """Send each build as an event (https://html.spec.whatwg.org/#server-sent-events)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        preview, known = self.server.preview, 0
        while not preview.ended:
            build = preview.wait(known, _HEARTBEAT)
            self.wfile.write(
                f"data: {_event(build)}\n\n".encode() if build else b": still here\n\n"
            )
            self.wfile.flush()
            known = build.number if build else known

    def log_message(self, *_: object) -> None:
        """Say nothing of single requests."""


def _event(build: Build) -> str:
    told: dict[str, Any] = {
        "number": build.number,
        "page": build.page is not None,
        "fresh": build.fresh,
        "problem": build.problem,
        "faults": [
            {
                "severity": fault.severity,
                "where": str(fault.location),
                "code": fault.code,
                "message": fault.message,
                "hint": fault.hint,
            }
            for fault in build.faults
        ],
    }
    return json.dumps(told)

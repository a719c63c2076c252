"""A web server of a host that keeps the site in a folder of its own, with the site's 404 page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, mount: str, **options: object) -> None:
        self._mount = mount
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        inside = urlsplit(path).path.startswith(self._mount)
        return super().translate_path("/" + path.removeprefix(self._mount) if inside else "/-outside-")

    def list_directory(self, path: object) -> None:
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        inside = urlsplit(self.path).path.startswith(self._mount)
        body = page.read_bytes() if code == 404 and inside and page.is_file() else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The tests' output is no access log."""


@contextmanager
def serving(root: Path, mount: str) -> Iterator[str]:
    """The address of the site's home, e.g. `http://127.0.0.1:40123/pia/`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, mount=mount, directory=str(root))) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{mount}"
        finally:
            server.shutdown()
            thread.join()

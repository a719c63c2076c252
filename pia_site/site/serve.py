"""`pia-site serve`: the site on this machine, made anew when something changes.

Each build goes into a folder of its own and is shown when it is whole, so that a document with an
error never takes the last good state away. May import: problems, and this room.
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import monotonic
from urllib.parse import urlsplit

from pia_site.problems import Location, PiaSiteError, problem
from pia_site.site.build import render_safely
from pia_site.site.mkdocs_plugin import (
    Preview,
    Render,
    publishable,
    read_project,
    render_content,
    report,
    run_mkdocs,
)

_PORTS_TRIED = 50


def serve_site(
    project_dir: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    announce: Callable[[str], None] = print,
    render: Render = render_content,
) -> int:
    """Serves until it is interrupted; a taken port makes way for the next free one.

    Documents with errors are left out and named. Returns the exit code: 1 where the first build gives
    no site at all. Raises `PiaSiteError` where there is no project or no free port.
    """
    project = read_project(project_dir)
    port = free_port(host, port)
    mount = urlsplit(project.settings.site_url).path.rstrip("/") + "/"
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}{mount}"
    with TemporaryDirectory(prefix="pia-site-") as work:
        workshop = _Workshop(project_dir, Path(work), url, render, announce)
        if not workshop.make():
            return 1
        server = Preview(host, port, mount, workshop.make, lambda: workshop.shown)
        for path in (project.content_dir, project.config_file, *project.theme_dirs):
            server.watch(str(path))
        words = f"{url} で見られます（この端末の中だけ）。止めるには Ctrl+C を押してください。"
        try:
            server.run(lambda: announce(words))
        except KeyboardInterrupt:
            announce("終わりました。")
    return 0


def free_port(host: str, first: int) -> int:
    """The first port from `first` on that nobody listens on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, min(first + _PORTS_TRIED, 65536)):
        with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise PiaSiteError(
        [problem("F007", Location(), detail=f"{host} の {first} 番から先に空きポートがありません")]
    )


@dataclass
class _Workshop:
    """Builds the site again and again, each time into a new folder; `shown` is the last good one."""

    project_dir: Path
    work: Path
    url: str
    render: Render
    announce: Callable[[str], None]
    shown: Path = field(init=False)

    def make(self) -> bool:
        """Whether a new site is shown. What is wrong is announced, never raised."""
        start = monotonic()
        folder = Path(mkdtemp(dir=self.work))
        try:
            made = self._build_into(folder)
        except PiaSiteError as error:
            for words in report(error.problems):
                self.announce(words)
            made = False
        if not made:
            shutil.rmtree(folder)
            self.announce("誤りがあるため、ページは前のままです。直して保存すると作り直します。")
            return False
        before = getattr(self, "shown", None)
        self.shown = folder
        if before is not None:
            shutil.rmtree(before, ignore_errors=True)
        self.announce(f"サイトを作りました（{monotonic() - start:.1f} 秒）。")
        return True

    def _build_into(self, folder: Path) -> bool:
        project = read_project(self.project_dir, keep_going=True)
        site = render_safely(self.render, project)
        for words in report((*project.problems, *site.problems)):
            self.announce(words)
        if not publishable(site, keep_going=True):
            return False
        run = run_mkdocs(project, folder, prepared=site, serve_url=self.url)
        for words in run.notices:
            self.announce(words)
        return run.finished

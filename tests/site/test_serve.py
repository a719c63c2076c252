"""`serve_site` in a process of its own: it says where, shows what changed, and keeps what was good."""

import re
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from stub_project import ROOT, Project

from pia_site.site.policy import POLICY, policy_for
from pia_site.site.serve import free_port

PROGRAM = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from pia_site.pages.output import RenderedPage, RenderedSite
    from pia_site.problems import Location, problem
    from pia_site.site.serve import serve_site

    def render(content_dir, settings):
        words = (content_dir / "jimu" / "words").read_text(encoding="utf-8").strip()
        if words == "broken":
            return RenderedSite((), (problem("F003", Location(content_dir / "jimu" / "words")),))
        return RenderedSite((RenderedPage("jimu/index.md", "x", "", f"# {words}\\n"),), ())

    sys.exit(serve_site(Path(sys.argv[1]), port=int(sys.argv[2]), render=render, announce=lambda s: print(s, flush=True)))
    """
)


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def test_a_taken_port_makes_way() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) > port


@pytest.fixture
def server(project: Project) -> Iterator[subprocess.Popen[str]]:
    (project.folder / "content" / "jimu" / "words").write_text("はじめ", encoding="utf-8")
    port = free_port("127.0.0.1", 18000)
    command = [sys.executable, "-c", PROGRAM, str(project.folder), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    yield process
    process.kill()
    process.wait()


def line_with(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(process.stderr.read() if process.stderr else "")


def test_serving(project: Project, server: subprocess.Popen[str]) -> None:
    url = re.search(r"http://127\.0\.0\.1:\d+/", line_with(server, "で見られます"))
    assert url
    page = read(f"{url[0]}jimu/")
    assert "はじめ" in page
    assert "livereload" in page
    policy = policy_for(page)
    assert policy != POLICY, "the reloading script must be named"
    assert f'content="{policy}"' in page

    words = project.folder / "content" / "jimu" / "words"
    for _ in range(2):  # on a busy machine the first change may come before the server's first look
        time.sleep(1.1)
        words.write_text("つぎ", encoding="utf-8")
    line_with(server, "サイトを作りました")
    assert "つぎ" in read(f"{url[0]}jimu/")

    time.sleep(1.1)
    words.write_text("broken", encoding="utf-8")
    assert "F003" in line_with(server, "F003")
    line_with(server, "前のまま")
    assert "つぎ" in read(f"{url[0]}jimu/")
    assert not (project.folder / "site").exists()

    server.send_signal(signal.SIGINT)
    line_with(server, "終わりました")
    assert server.wait(10) == 0
    assert server.stderr
    assert "Traceback" not in server.stderr.read()


def test_serving_nothing_ends_with_one(project: Project, tmp_path: Path) -> None:
    (project.folder / "content" / "jimu" / "words").write_text("broken", encoding="utf-8")
    command = [sys.executable, "-c", PROGRAM, str(project.folder), "18500"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert result.returncode == 1
    assert "F003" in result.stdout

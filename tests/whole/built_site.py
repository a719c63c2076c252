"""A copy of the project, built once for all workers of a test run, and the pages that came of it."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from traceback import format_exc
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from pia_site.site.build import build_site

ROOT = Path(__file__).resolve().parents[2]
TOY_CONTENT = ROOT / "tests" / "toy" / "content"
MOUNT = "/pia/"
"""The sub-path that every site of these tests is looked at in."""
TOY_URL = f"https://mihon.example.jp{MOUNT}"


@dataclass(frozen=True)
class PageFile:
    """One HTML page. `url` is relative to the site's root: "" for home, "404.html" for that page."""

    url: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    @cached_property
    def ids(self) -> list[str]:
        return [element.get("id") for element in self.tree.iter() if element.get("id") is not None]

    def element(self, address: str) -> html.HtmlElement:
        """The first element with this id."""
        found = self.tree.xpath("//*[@id = $address]", address=address)
        assert found, f"/{self.url} has no #{address}"
        return found[0]

    def links_of(self, element: html.HtmlElement) -> list[str]:
        """Where the links of an element go, relative to the site's root, with their fragments."""
        return [_below(self.url, link.get("href")) for link in element.iter("a") if link.get("href")]

    def words(self) -> str:
        (main,) = self.tree.xpath("//main")
        return " ".join("".join(main.itertext()).split())


@dataclass(frozen=True)
class BuiltSite:
    project: Path
    site_url: str = ""

    @property
    def root(self) -> Path:
        return self.project / "site"

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file, by its path below the site's root."""
        return frozenset(p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file())

    @cached_property
    def pages(self) -> dict[str, PageFile]:
        """Every HTML page by its URL, in the order of the URLs."""
        names = (name for name in self.files if name.endswith(".html"))
        urls = {_url_of(name): name for name in names}
        return {url: PageFile(url, self.root / urls[url]) for url in sorted(urls)}

    def page(self, url: str) -> PageFile:
        assert url in self.pages, f"the site has no page /{url}"
        return self.pages[url]


def resolve(page_url: str, reference: str) -> tuple[str, str] | None:
    """Where a relative reference on a page leads: a path below the site's root, and a fragment.

    None where it leaves the site.
    """
    parts = urlsplit(reference)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return None
    if not parts.path:
        return page_url, unquote(parts.fragment)
    folder = page_url.rpartition("/")[0]
    steps = folder.split("/") if folder else []
    for step in unquote(parts.path).split("/")[:-1]:
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    last = unquote(parts.path).split("/")[-1]
    if last in (".", ".."):  # a folder without its slash
        return f"{reference} (no slash at the end)", ""
    return "".join(f"{step}/" for step in steps) + last, unquote(parts.fragment)


def build_real(folder: Path) -> BuiltSite:
    """content/ as it stands, without an address of its own, as whoever clones the project builds it."""
    return BuiltSite(_build(folder, lambda: _copy_real(folder), ""))


def build_toy(folder: Path) -> BuiltSite:
    """The invented documents: several editions, and an address, a publisher and a contact that are set."""
    return BuiltSite(_build(folder, lambda: _copy_toy(folder), TOY_URL), TOY_URL)


def _copy_real(folder: Path) -> None:
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)


def _copy_toy(folder: Path) -> None:
    shutil.copytree(TOY_CONTENT, folder / "content")
    for page in (ROOT / "content").glob("*.md"):
        shutil.copy(page, folder / "content")
    shutil.copytree(ROOT / "theme", folder / "theme")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for key, value in (("publisher", "見本市 <情報政策課>"), ("report_to", "pia@example.jp")):
        settings, times = re.subn(rf"(?m)^  {key}:.*$", f'  {key}: "{value}"', settings)
        assert times == 1, f"mkdocs.yml has no extra.{key}"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")


def _build(folder: Path, copy: Callable[[], None], site_url: str) -> Path:
    """Copies and builds once; every other worker waits for it and gets the same, or the same failure."""
    finished, failed = folder / "finished", folder / "failed"
    with _alone(folder.with_name(f"{folder.name}.lock")):
        if not finished.exists() and not failed.exists():
            folder.mkdir()
            try:
                copy()
                fault = _build_at(folder, site_url)
            except BaseException:
                fault = format_exc()
                raise
            finally:
                (failed if fault else finished).write_text(fault, encoding="utf-8")
    if failed.exists():
        pytest.fail(f"The site of {folder.name} was not built:\n{failed.read_text('utf-8')}", pytrace=False)
    return folder


def _build_at(folder: Path, site_url: str) -> str:
    """What went wrong, in words; nothing when all is well."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PIA_SITE_URL", site_url)
        environment.setenv("NO_MKDOCS_2_WARNING", "1")
        outcome = build_site(folder)
    if outcome.exit_code == 0 and not outcome.notices:
        return ""
    return "\n".join([*map(str, outcome.problems), *outcome.notices, f"exit code {outcome.exit_code}"])


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time; the lock goes with the process that holds it."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _url_of(name: str) -> str:
    return name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name


def _below(page_url: str, reference: str) -> str:
    place = resolve(page_url, reference)
    if place is None:
        return reference
    path, fragment = place
    return f"{path}#{fragment}" if fragment else path

"""Every address of the site: which page lies where, and the relative link from one to another.

The only module that knows URLs (design.md, URLs). All links are relative, so that the site works in
any sub-path and from a folder; a page is named by its source path below `docs_dir`, its URL follows
by MkDocs' rule of directory URLs. May import: the standard library only.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site by its source path, e.g. `jimu/iwaki-city/9/ii1.md`."""

    src_uri: str

    @property
    def url(self) -> str:
        """Where it is served, relative to the site's root: `jimu/iwaki-city/9/ii1/`, "" for home."""
        stem = self.src_uri.removesuffix(".md")
        if stem == "index":
            return ""
        return f"{stem.removesuffix('/index')}/"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A generated file that is not a page, by its path below the site's root."""

    path: str

    @property
    def url(self) -> str:
        return self.path


Target = Page | DataFile


def href(source: Page, target: Target, fragment: str | None = None) -> str:
    """The relative link from a page to a page or data file, with a fragment where one is given.

    Within one page a fragment alone suffices; the page itself without a fragment is `./`.
    """
    tail = f"#{quote(fragment)}" if fragment else ""
    if source.url == target.url:
        return tail or "./"
    return _relative(source.url, target.url) + tail


@lru_cache(maxsize=8192)
def _relative(source: str, target: str) -> str:
    path = posixpath.relpath(f"/{target}", f"/{source}")
    return quote(f"{path}/" if target.endswith("/") or not target else path)


def absolute(site_url: str, target: Target, fragment: str | None = None) -> str:
    """The full URL below a site's own address (`https://example.jp/pia/`)."""
    return f"{site_url.rstrip('/')}/{quote(target.url)}" + (f"#{quote(fragment)}" if fragment else "")


# --- the whole site ---

HOME = Page("index.md")
SEARCH = Page("search/index.md")


def list_of(kind: str) -> Page:
    """A list across bodies: jimu, bodies, systems, contractors, recipients, laws, situations, changes."""
    return Page(f"{kind}/index.md")


def prose(name: str) -> Page:
    """A page written by hand in content/, e.g. `about`, `cite`, `disclosure`."""
    return Page(f"{name}.md")


# --- one document ---

OVERVIEW = ""
CHANGES = "changes"


def jimu(body: str, number: str, page: str = OVERVIEW, published: str | None = None) -> Page:
    """A page of an assessment: its newest edition, or the edition pinned by `published`.

    `page` is the printed copy of a part ("ii1", "cover", "changes", "annex1"), "" for the overview.
    """
    folder = _document(body, number) + (f"/{published}" if published else "")
    return Page(f"{folder}/{page or 'index'}.md")


def jimu_item(body: str, number: str, address: str, published: str | None = None) -> tuple[Page, str]:
    """The page of an item address, and the fragment on it."""
    return jimu(body, number, page_of_address(address), published), address


def history(body: str, number: str) -> Page:
    return Page(f"{_document(body, number)}/history/index.md")


def diff(body: str, number: str, old: str, new: str) -> Page:
    return Page(f"{_document(body, number)}/history/{old}..{new}.md")


def on_date(body: str, number: str, date: str) -> Page:
    return Page(f"{_document(body, number)}/on/{date}.md")


def page_of_address(address: str) -> str:
    """The printed copy that an item address lies in: `ii1-4-c1-3` → `ii1`."""
    return address.split("-", 1)[0]


def _document(body: str, number: str) -> str:
    return f"jimu/{body}/{number}"


# --- entities ---


def body(slug: str) -> Page:
    return Page(f"bodies/{slug}/index.md")


def body_system(body_slug: str, slug: str) -> Page:
    """One system of one body, as that body names it."""
    return Page(f"bodies/{body_slug}/systems/{slug}.md")


def body_file(body_slug: str, slug: str) -> Page:
    """One 特定個人情報ファイル of one body."""
    return Page(f"bodies/{body_slug}/files/{slug}.md")


def system_kind(slug: str) -> Page:
    """A kind of system across bodies (中間サーバー)."""
    return Page(f"systems/{slug}.md")


def contractor(slug: str) -> Page:
    return Page(f"contractors/{slug}.md")


def recipient(slug: str) -> Page:
    return Page(f"recipients/{slug}.md")


def law(slug: str) -> Page:
    return Page(f"laws/{slug}.md")


def situation(slug: str) -> Page:
    """A resident's situation (国保に入っている) and the assessments that concern it."""
    return Page(f"situations/{slug}.md")


# --- data ---


def data_jimu(body_slug: str, number: str, published: str) -> DataFile:
    """The machine-readable rows of one edition."""
    return DataFile(f"data/{_document(body_slug, number)}/{published}.jsonl")


UNRESOLVED = Page("data/unresolved.md")
"""What could not be resolved, as written."""


LEFT_OUT = Page("data/left-out.md")
"""The documents that a build left out because of errors."""


# --- fragments ---

_UNSAFE = re.compile(r"[^a-z0-9-]+")


def date_fragment(iso: str | None) -> str:
    """The id of a date's group of change rows, which is the prefix of their addresses."""
    return f"{CHANGES}-{_UNSAFE.sub('', (iso or 'undated').replace('-', ''))}"


def unresolved_row(kind: str, body_slug: str, written: str) -> str:
    """The id of the row of `UNRESOLVED` that lists a name: the same in every build, whatever is added."""
    folded = "".join(written.split())
    return f"{kind}-{sha256(f'{kind} {body_slug} {folded}'.encode()).hexdigest()[:10]}"

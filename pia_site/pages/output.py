"""What this room hands to the site: pages as Markdown, and what was wrong on the way.

May import: problems.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pia_site.problems import Problem


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the pages need to know of mkdocs.yml. Empty where unset."""

    site_name: str = ""
    site_url: str = ""
    publisher: str = ""
    report_to: str = ""
    keep_going: bool = False
    """Whether sound documents are rendered although others are broken."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing that search finds: an item of a page, or with an empty `address` the page itself."""

    address: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page. `markdown` begins with its front matter, which repeats title and description."""

    src_uri: str
    title: str
    description: str
    markdown: str
    entries: tuple[SearchEntry, ...] | None = None
    """None: the page is found by its text as a whole. Empty: search does not find it."""


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """Everything made from `content/`. Without `keep_going` an error means that there are no pages."""

    pages: tuple[RenderedPage, ...]
    problems: tuple[Problem, ...]
    data_files: tuple[tuple[str, bytes], ...] = ()
    """Path below the site's root and content, published as they are."""
    home_block: str = ""
    """What the hand-written content/index.md shows in place of `<!-- pia-site:home -->`."""
    broken: tuple[Path, ...] = ()
    """With `keep_going`: the files that are left out."""

"""A view and its template → one Markdown page.

A template yields a single raw HTML block at column 0 without blank lines,
which Python-Markdown passes through untouched: Markdown never acts inside it, so data such as 「*」,
「_」 or 「# 」 stays what it is, and autoescaping makes 「＜」, `<script>` and quotes text. Only this
module of the room imports jinja2. May import: output, routes, views.chrome; text.marked_yaml.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pia_site.pages.output import RenderedPage, SearchEntry
from pia_site.pages.views.chrome import Chrome
from pia_site.text.marked_yaml import dump_yaml

_TEMPLATES = Path(__file__).with_name("templates")


class PageView(Protocol):
    """What every page's view has: its own facts, and the page they stand on."""

    @property
    def chrome(self) -> Chrome: ...


@cache
def environment() -> Environment:
    """Templates see escaped data and fail on a name that their view does not have."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


# Characters that no HTML text may hold, and those by which Python-Markdown marks its own stash
# (U+0002, U+0003); a tab would be expanded, and Unicode's own line ends would break the front matter.
_FORBIDDEN = {
    **dict.fromkeys((*range(0x20), 0x7F, *range(0x80, 0xA0), 0xFFFE, 0xFFFF)),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0x09: " ",
    0x0A: "\n",
    0x0D: "\n",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
_ANY_FORBIDDEN = re.compile(f"[{re.escape(''.join(map(chr, _FORBIDDEN.keys() - {0x0A})))}]")
_LINE_ENDS = re.compile(r"[ \t]*\n[ \t\n]*")


def printable(text: str) -> str:
    """Text without the characters that cannot stand in a page; every kind of line end is `\\n`."""
    return text.translate(_FORBIDDEN) if _ANY_FORBIDDEN.search(text) else text


def one_line(text: str) -> str:
    return _LINE_ENDS.sub(" ", printable(text)).strip()


def render_html(template: str, view: PageView) -> str:
    """The page's body: one block of HTML in which every line has content."""
    text = environment().get_template(f"{template}.md.j2").render(v=view, chrome=view.chrome)
    return _LINE_ENDS.sub("\n", printable(text)).strip() + "\n"


def render_page(
    template: str, view: PageView, entries: tuple[SearchEntry, ...] | None = None
) -> RenderedPage:
    """The Markdown page: front matter, and the block that `<template>.md.j2` makes of the view.

    `entries` is what search finds on it (see `RenderedPage`).
    """
    chrome = view.chrome
    title, description = one_line(chrome.title), one_line(chrome.description)
    front = dump_yaml({"title": title, "description": description, "hide": ["navigation", "toc"]})
    return RenderedPage(
        src_uri=chrome.page.src_uri,
        title=title,
        description=description,
        markdown=f"---\n{front}---\n\n{render_html(template, view)}",
        entries=entries,
    )

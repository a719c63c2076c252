"""What the search page searches: one entry per item, or per page, from data where there is data.

The file is small enough for the catalogue of today and is read whole by the browser; nothing else of
the site depends on its shape. May import: pages.output.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html.parser import HTMLParser

from pia_site.pages.output import SearchEntry

ENTRIES_URI = "search/entries.json"

Found = tuple[str, SearchEntry]
"""The URL of a page below the site's root, and one of its entries."""


def entries_json(found: Iterable[Found]) -> bytes:
    """The entries in the order of their pages' URLs: `[[url, page title, [[address, title, text], …]], …]`.

    The page's own title is that of its entry without an address, "" where it has none.
    """
    pages: dict[str, list[SearchEntry]] = {}
    for url, entry in found:
        pages.setdefault(url, []).append(entry)
    rows = [
        [
            url,
            next((entry.title for entry in entries if not entry.address), ""),
            [[entry.address, entry.title, _one_line(entry.text)] for entry in entries],
        ]
        for url, entries in sorted(pages.items())
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def plain_text(html: str) -> str:
    """The words of a page's content, without scripts, navigation and what stands on paper only."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return _one_line("".join(reader.words))


def _one_line(text: str) -> str:
    return " ".join(text.split())


class _TextReader(HTMLParser):
    _SKIPPED = frozenset({"script", "style", "nav", "svg", "button", "form"})
    _BREAKING = frozenset(
        {
            "p",
            "div",
            "li",
            "dt",
            "dd",
            "th",
            "td",
            "tr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "section",
            "article",
            "header",
            "footer",
            "summary",
            "caption",
            "br",
        }
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SKIPPED:
            self._inside.append(tag)
        if tag in self._BREAKING:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        if tag in self._BREAKING:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)

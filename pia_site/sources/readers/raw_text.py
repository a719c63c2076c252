"""Reads text taken from a PDF without its tables: pages of chunks, in the order of the text layer.

Such a layer names the form's labels and the body's words in an order of its own. What is kept here is only
what can be relied on: which page a line stands on, and which lines stood together.
May import: extract, markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pia_site.sources.extract import Block, Extract, Shape, size_of
from pia_site.sources.readers.markup import replace_controls

_PAGE_GAP = 3
"""Blank lines between two pages."""
_PAGE_START = re.compile(
    r" (?:[(（]?\s*別添\s*[0-9０-９]|(?:平成|令和)[0-9０-９元]{1,2}年[0-9０-９]{1,2}月[0-9０-９]{1,2}日)"
)
"""A line that opens a page although no gap is left before it: it keeps the indent of the page."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str


Chunk = tuple[Line, ...]
"""Lines without a blank line between them."""


@dataclass(frozen=True, slots=True)
class Page:
    chunks: tuple[Chunk, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for chunk in self.chunks for line in chunk)


@dataclass(frozen=True, slots=True)
class RawText:
    extract: Extract
    pages: tuple[Page, ...]

    def without(self, blocks: Iterable[Block]) -> RawText:
        """The rest of it, for whoever reads on."""
        gone = {line for block in blocks for line in block.lines}
        kept = (
            Page(
                tuple(
                    rest
                    for chunk in page.chunks
                    if (rest := tuple(one for one in chunk if one.number not in gone))
                )
            )
            for page in self.pages
        )
        return RawText(self.extract, tuple(page for page in kept if page.chunks))


def read_raw_text(text: str, source: str, sha256: str) -> RawText:
    """The pages of a text, and the same lines as an extract."""
    pages: list[list[list[Line]]] = [[[]]]
    gap = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        raw = replace_controls(raw.rstrip("\r"))
        if not raw.strip():
            gap += 1
            continue
        if gap >= _PAGE_GAP or (pages[-1][-1] and _PAGE_START.match(raw)):
            pages.append([[]])
        elif gap:
            pages[-1].append([])
        gap = 0
        pages[-1][-1].append(Line(number, raw.strip()))
    read = tuple(Page(tuple(tuple(chunk) for chunk in page if chunk)) for page in pages)
    blocks = tuple(
        Block(line.number, line.number, Shape.LINE, ((line.text,),)) for page in read for line in page.lines
    )
    return RawText(
        Extract(source, sha256, blocks, size_of(text)), tuple(page for page in read if page.chunks)
    )


def as_raw_text(extract: Extract) -> RawText:
    """An extract whose tables did not survive (a PDF without rules), page by page.

    The lines of a block stand in one line each, so that every line of the extract is one line of the page.
    """
    pages: list[Page] = []
    for _, blocks in groupby(extract.blocks, key=lambda block: block.page):
        lines = (Line(block.first, block.text) for block in blocks)
        pages.append(Page((tuple(lines),)))
    return RawText(extract, tuple(pages))

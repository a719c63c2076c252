"""What a reader takes out of a source: blocks of text, each with the lines it came from.

Pure data. Tick boxes survive as one character each, so that the text around them stays plain text.
May import: problems.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pia_site.problems import Problem

# Unicode noncharacters: no source can hold them (a reader replaces them), so they cannot be confused with text.
CHECKED = "\ufdd0"
"""A ticked input: `<input type="checkbox" checked>`."""
BARE = "\ufdd1"
"""An input without a tick, of which nobody knows whether the tick was lost: `<input type="checkbox">`."""
RADIO = "\ufdd2"
"""A round input: between brackets it is how an extraction shows the form's ○."""
TOKENS = CHECKED + BARE + RADIO

_TOKEN = re.compile(f"[{TOKENS}]")
_NOT_COUNTED = re.compile(rf"[\s{TOKENS}]+")
_SHOWN = {ord(CHECKED): "☑", ord(BARE): "☐", ord(RADIO): "○"}


def shown(text: str) -> str:
    """The text as a reader should see it, with signs instead of tokens."""
    return text.translate(_SHOWN) if _TOKEN.search(text) else text


class Shape(StrEnum):
    """How a block stands in its source."""

    ROW = "row"
    """A row of a table: its cells were told apart by the source."""
    LINE = "line"
    """A loose line."""
    HEADING = "heading"
    """A loose line that the source marks as a heading (Markdown)."""
    RULE = "rule"
    """The rule between the head and the body of a Markdown table: no text."""


Cell = tuple[str, ...]
"""The lines of one cell, stripped, none of them empty."""


@dataclass(frozen=True, slots=True)
class Block:
    """One row, line or heading.

    `first` and `last` are 1-based and count the lines of a text, or the lines a reader made of a PDF or a
    workbook: every line of a source has a number of its own. `page` is the page of a PDF, `sheet` and `refs`
    (a name like "C12" for every cell) the place in a workbook.
    """

    first: int
    last: int
    shape: Shape
    cells: tuple[Cell, ...]
    page: int | None = None
    sheet: str | None = None
    refs: tuple[str, ...] = ()

    @property
    def lines(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def text(self) -> str:
        """All cells as one string, for what is looked at as a whole."""
        return " ".join(line for cell in self.cells for line in cell)

    @property
    def is_row(self) -> bool:
        return self.shape is Shape.ROW


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that found no place, with the lines it stands in. `reason` says why, where that is known."""

    first: int
    last: int
    text: str
    reason: str | None = None


@dataclass(frozen=True)
class Extract:
    """A source as it was read: its file name, the SHA-256 of its bytes, its blocks in order.

    `size` counts the characters of the source that are no white space, markup included; of a PDF or a
    workbook, those of the text in it. `furniture` is text that the reader knows to be no part of the document
    (page numbers, running heads), `unread` what it saw and could not or must not read (hidden rows).
    """

    source: str
    sha256: str
    blocks: tuple[Block, ...]
    size: int
    furniture: tuple[Leftover, ...] = ()
    unread: tuple[Leftover, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def by_line(self) -> dict[int, Block]:
        """The block that every line that holds something belongs to."""
        return {line: block for block in self.blocks for line in block.lines}


def solid(text: str) -> int:
    """The characters of a text that are neither white space nor a token: what the account of a source counts."""
    return len(_NOT_COUNTED.sub("", text))


def less(text: str, taken: str) -> str:
    """The text without the characters of `taken`, each taken away once, white space put aside."""
    bag = Counter(char for char in taken if not char.isspace())
    kept = []
    for char in text:
        if bag[char] > 0:
            bag[char] -= 1
        else:
            kept.append(char)
    return "".join(kept).strip()


def size_of(source: str) -> int:
    """The characters of a source, as it lies there, that are no white space."""
    return sum(map(len, source.split()))

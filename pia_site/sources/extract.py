"""What a reader takes out of a source: blocks of text, each with the lines it came from.

Pure data. Tick boxes survive as one character each, so that the text around them stays plain text.
May import: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Unicode noncharacters: no source can hold them (a reader replaces them), so they cannot be confused with text.
CHECKED = "\ufdd0"
"""A ticked input: `<input type="checkbox" checked>`."""
BARE = "\ufdd1"
"""An input without a tick, of which nobody knows whether the tick was lost: `<input type="checkbox">`."""
RADIO = "\ufdd2"
"""A round input: between brackets it is how an extraction shows the form's ○."""
TOKENS = CHECKED + BARE + RADIO

_SHOWN = {ord(CHECKED): "☑", ord(BARE): "☐", ord(RADIO): "○"}


def shown(text: str) -> str:
    """The text as a reader should see it, with signs instead of tokens."""
    return text.translate(_SHOWN)


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
    """One row, line or heading. `first` and `last` are 1-based line numbers of the source."""

    first: int
    last: int
    shape: Shape
    cells: tuple[Cell, ...]

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
class Extract:
    """A source as it was read: its file name, the SHA-256 of its bytes, its blocks in order."""

    source: str
    sha256: str
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> frozenset[int]:
        """Every line that holds something."""
        return frozenset(line for block in self.blocks for line in block.lines)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that found no place, with the lines it stands in."""

    first: int
    last: int
    text: str

"""What a reading gathered for the items of a form, before anything is read as a value.

May import: extract, documents, forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pia_site.documents.answers import Slot
from pia_site.sources.extract import Block, Leftover, shown


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of one cell that belong to an item. `cell` is 1-based."""

    lines: tuple[str, ...]
    first: int
    last: int
    cell: int


@dataclass(slots=True)
class Gathered:
    """Everything a source prints for one item.

    `closed`: its cell is printed and ends with its row. `sure` is False where the place was inferred.
    `lost`: the label is printed, and what belongs to it cannot be told.
    """

    slot: Slot
    label_line: int
    pieces: list[Piece] = field(default_factory=list)
    closed: bool = False
    sure: bool = True
    lost: bool = False

    def add(self, lines: Iterable[str], block: Block, cell: int) -> None:
        kept = tuple(lines)
        if kept:
            self.pieces.append(Piece(kept, block.first, block.last, cell))

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for piece in self.pieces for line in piece.lines)

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The source lines of the value, or that of the label where the value is empty."""
        if not self.pieces:
            return (self.label_line,) if self.label_line else ()
        return tuple(sorted({n for piece in self.pieces for n in range(piece.first, piece.last + 1)}))

    @property
    def cell(self) -> int | None:
        return self.pieces[0].cell if self.pieces else None


class Ledger:
    """Which source lines found a place. Every line that holds something ends up here or left over."""

    def __init__(self) -> None:
        self.placed: set[int] = set()
        self.leftovers: list[Leftover] = []

    def place(self, block: Block) -> None:
        self.placed.update(block.lines)

    def joined(self) -> list[Leftover]:
        """The leftovers in the order of the source, neighbouring lines as one."""
        found: list[Leftover] = []
        for one in sorted(self.leftovers, key=lambda one: (one.first, one.last)):
            if found and one.first == found[-1].last + 1:
                found[-1] = Leftover(found[-1].first, one.last, f"{found[-1].text}\n{one.text}")
            else:
                found.append(one)
        return found

    def leave(self, block: Block, text: str | None = None) -> None:
        self.leftovers.append(Leftover(block.first, block.last, shown(block.text if text is None else text)))

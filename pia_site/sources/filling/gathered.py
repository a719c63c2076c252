"""What a reading gathered for the items of a form, before anything is read as a value.

May import: extract, documents, forms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pia_site.documents.answers import Slot
from pia_site.forms import Kind
from pia_site.sources.extract import Block, Leftover, Shape, shown, solid

ANOTHER = "同じ項目に別の記載があります"


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines of one cell that belong to an item. `cell` is 1-based.

    `made`: put together by the reader, whose words are claimed apart.
    """

    lines: tuple[str, ...]
    first: int
    last: int
    cell: int
    made: bool = False


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
    label: str | None = None
    """The label as it is printed, where damage made it another than the form's."""
    again: list[int] = field(default_factory=list)
    """Where in `pieces` the label was printed again: a repeated page or row, or a lost heading."""

    def add(self, lines: Iterable[str], block: Block, cell: int) -> None:
        kept = tuple(lines)
        if kept:
            self.pieces.append(Piece(kept, block.first, block.last, cell))

    def cut(self, tail: str) -> None:
        """Take the words at the end away: they are another item's."""
        rest = solid(tail)
        while rest and self.pieces:
            piece = self.pieces.pop()
            lines = list(piece.lines)
            while rest and lines:
                line = lines.pop()
                if solid(line) > rest:
                    lines.append(_without_end(line, rest))
                rest -= min(rest, solid(line))
            if lines:
                self.pieces.append(replace(piece, lines=tuple(lines)))

    def settle(self, ledger: Ledger) -> None:
        """Keep what stands below the label first; what stands there again is repeated, or left over."""
        ends = [*self.again, len(self.pieces)]
        prints = [self.pieces[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]
        kept = next((index for index, pieces in enumerate(prints) if pieces), 0)
        known = {_key(prints[kept])} if prints else set()
        for pieces in prints[kept + 1 :]:
            for piece in pieces:
                block = Block(piece.first, piece.last, Shape.LINE, ())
                if _key(pieces) in known:
                    ledger.repeat(block, *piece.lines)
                elif self.slot.item.kind is Kind.CHECKS:
                    prints[kept].append(piece)  # a row of boxes that goes on
                else:
                    ledger.leave(block, " ".join(piece.lines), ANOTHER)
                    self.sure = False
        self.pieces, self.again = prints[kept], []

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


def _without_end(line: str, count: int) -> str:
    """The line without its last `count` characters, tokens and white space not counted."""
    end = len(line)
    while count:
        end -= 1
        count -= solid(line[end])
    return line[:end].rstrip()


def _key(pieces: Iterable[Piece]) -> str:
    return "".join("".join(line.split()) for piece in pieces for line in piece.lines)


class Ledger:
    """What became of the words of every block of a source.

    A reader claims the words that it understood, as it goes: labels and printed lists are the form's,
    a page or row that stands there twice is repeated, what fits nowhere is left. Words given to an item are
    claimed by its pieces. What nobody claimed is left over too (`account`), so that nothing is ever lost.
    """

    def __init__(self) -> None:
        self.form_words: list[tuple[int, str]] = []
        self.placed_words: list[tuple[int, str]] = []
        self.repeated_words: list[tuple[int, str]] = []
        self.leftovers: list[Leftover] = []

    def form(self, block: Block, *words: str) -> None:
        """Labels, headings, printed lists of choices, brackets, page numbers."""
        self.form_words += [(block.first, text) for text in words]

    def place(self, block: Block, *words: str) -> None:
        """Words that stand in the edition without being a piece of an item (annexes, change rows)."""
        self.placed_words += [(block.first, text) for text in words]

    def repeat(self, block: Block, *words: str) -> None:
        """Words that stand in the source twice, and in the edition once."""
        self.repeated_words += [(block.first, text) for text in words]

    def joined(self) -> list[Leftover]:
        """The leftovers in the order of the source, neighbouring lines as one."""
        found: list[Leftover] = []
        for one in sorted(self.leftovers, key=lambda one: (one.first, one.last)):
            if found and one.first == found[-1].last + 1 and one.reason == found[-1].reason:
                found[-1] = Leftover(found[-1].first, one.last, f"{found[-1].text}\n{one.text}", one.reason)
            else:
                found.append(one)
        return [replace(one, text=shown(one.text)) for one in found]

    def leave(self, block: Block, text: str | None = None, reason: str | None = None) -> None:
        self.leftovers.append(Leftover(block.first, block.last, block.text if text is None else text, reason))

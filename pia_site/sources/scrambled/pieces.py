"""What reading a scrambled page leaves open: words without a place, places without words.

Every word that is taken out of its line is carried: it is given to an item, or left over. What is not carried is the
form's own print. May import: raw_page, raw_text, gathered, labels, extract, documents, forms, text.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pia_site.documents.answers import Slot
from pia_site.forms import Item, Kind
from pia_site.sources.extract import Block, Shape, less
from pia_site.sources.filling.gathered import Gathered, Ledger, Piece
from pia_site.sources.filling.labels import Entry
from pia_site.sources.readers.raw_text import Line
from pia_site.sources.scrambled.page import SIGNS, PageRead

_FRAME = f" 　()（）[]［］{SIGNS}件"
_WHOLE = re.compile(r"[(（][^()（）]+[)）](?:\s*件)?")
NAME = 60
"""A name is no longer."""
_NO_BOX = "どの欄の○か分かりません"


_WORDED = frozenset({Kind.TEXT, Kind.LAW})
_NO = re.compile(r"(?:なし|ない)\W*\Z")
"""A choice that leaves nothing to say."""
_PROSE = 30
"""A loose stretch of more characters is prose, not a name."""


class Enclosed(StrEnum):
    """How words stand in parentheses that the layer tore from their box."""

    WHOLE = "whole"
    """（甲）"""
    BEGINNING = "beginning"
    """（甲, or 甲（ where the layer ran backwards."""
    END = "end"
    """甲）"""
    NOT = "not"
    """Beside a box, and no option of the form: an item's words neither."""


@dataclass(frozen=True, slots=True, order=False)
class Spot:
    """A place of the form on a page."""

    entry: Entry
    slot: Slot
    member: int = 0

    def __lt__(self, other: Spot) -> bool:
        return self.slot.address < other.slot.address

    @property
    def position(self) -> tuple[str, int, int, int]:
        """Where the form prints the place."""
        sections = self.slot.part.sections
        return self.slot.part.printed, sections.index(self.slot.section), self.member, self.entry.order

    def fill(self, item: Item) -> Spot:
        """The parentheses of a box in this row."""
        address = self.slot.address.removesuffix(self.slot.item.step) + item.step
        return Spot(self.entry, replace(self.slot, address=address, item=item), self.member)


def is_worded(spot: Spot) -> bool:
    return spot.slot.item.kind in _WORDED and spot.slot.item.fill_of is None


def _is_void(spot: Spot, store: Store) -> bool:
    """Whether an item asks for more of what the choice above it denies."""
    parent = spot.entry.parent
    if parent is None or parent.kind is not Kind.CHOICE:
        return False
    above = store.gathered.get(spot.slot.address.removesuffix(spot.slot.item.step) + parent.step)
    return above is not None and _NO.search(above.text) is not None


@dataclass(frozen=True, slots=True, eq=False)
class Loose:
    """Words of the body's own. `written` is what an item is given instead of them (a choice in its brackets)."""

    lines: tuple[Line, ...]
    enclosed: Enclosed | None = None
    written: str | None = None

    @property
    def text(self) -> str:
        """Lines of one cell: a break between two of them is a wrapped line."""
        return self.written or "".join(line.text for line in self.lines)

    @property
    def first(self) -> int:
        return self.lines[0].number


def is_prose(piece: Loose) -> bool:
    text = piece.text
    return len(text) > _PROSE and ("。" in text or len(text) > NAME or len(piece.lines) > 1)


def loose(lines: Sequence[Line]) -> Loose | None:
    """The words of a piece without the parentheses and signs that are the form's; None where nothing is left."""
    whole = Loose(tuple(lines))
    text = whole.text
    opening, closing = (sum(char in brackets for char in text) for brackets in ("(（", ")）"))
    if len(lines) == 1 and (opening != closing or text[:1] in ")）" or _WHOLE.fullmatch(text)):
        words = text.strip(_FRAME)
        shape = Enclosed.BEGINNING if opening > closing else Enclosed.END
        if opening == closing:
            shape = Enclosed.WHOLE
        whole = Loose((Line(lines[0].number, words),), shape)
    return whole if whole.text.strip(_FRAME) else None


@dataclass(slots=True)
class BoxRow:
    """One row of boxes: for every option printed, whether it is ticked (None: not decided), and its line."""

    spot: Spot
    marks: dict[str, bool | None] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    sure: bool = True


@dataclass(slots=True)
class Open:
    """What one page leaves undecided. `labels` are the lines of labels whose place is certain."""

    read: PageRead
    part: str
    """The address of the copy of the part that the page goes on with."""
    pool: list[Loose] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    labels: dict[str, int] = field(default_factory=dict)
    rows: list[BoxRow] = field(default_factory=list)
    signs: list[Line] = field(default_factory=list)
    """Every ○ of the page that stands in a row of boxes, or nowhere."""
    strays: list[Line] = field(default_factory=list)
    """Those that no box can be shown to hold."""
    parens: dict[str, bool] = field(default_factory=dict)
    """By address of a parenthesis whose words are not known: whether it is opened beside its option."""
    carried: list[Line] = field(default_factory=list)

    def carry(self, *lines: Line) -> None:
        """Words taken out of their line."""
        self.carried += lines

    def leave_open(self, piece: Loose | None) -> None:
        """Words without a place, yet."""
        if piece is not None:
            self.carry(*piece.lines)
            self.pool.append(piece)

    @property
    def marks(self) -> list[int]:
        """Every line of the page that is a label, a heading or a box."""
        read = self.read
        lines = {hit.line for hit in read.hits} | {member.line for member in read.members}
        lines |= {line for _, _, line in read.sections} | {line for _, line in read.blocks}
        return sorted(lines | {line.number for line in read.boxes})

    def stretches(self) -> list[list[Loose]]:
        """Runs of loose pieces with nothing of the form between them."""
        marks = self.marks
        runs: dict[int, list[Loose]] = {}
        for piece in self.pool:
            if piece.enclosed is None and piece.written is None:
                runs.setdefault(bisect(marks, piece.first), []).append(piece)
        return list(runs.values())

    def worded(self, store: Store) -> list[Spot]:
        """The open places that prose may stand in."""
        return [spot for spot in self.spots if is_worded(spot) and not _is_void(spot, store)]

    def prose(self) -> list[list[Loose]]:
        """The stretches that hold prose."""
        return [stretch for stretch in self.stretches() if any(map(is_prose, stretch))]

    def is_even(self, store: Store) -> bool:
        """Whether the page has as many stretches of prose as places for it: then none is divided."""
        return len(self.worded(store)) == len(self.prose())

    def settle(self, spot: Spot, pieces: Sequence[Loose], store: Store, *, sure: bool = False) -> None:
        store.give(spot, pieces, sure=sure)
        self.spots.remove(spot)
        for piece in pieces:
            if piece in self.pool:
                self.pool.remove(piece)

    def claim(self, ledger: Ledger) -> None:
        """Everything on the page that nobody carried is the form's; a ○ is its box's, or left over."""
        taken: dict[int, list[str]] = defaultdict(list)
        for line in (*self.carried, *self.signs):
            taken[line.number].append(line.text)
        for line in self.read.page.lines:
            ledger.form(_at(line.number), less(line.text, "".join(taken[line.number])))
        for sign in self.signs:
            if any(sign is stray for stray in self.strays):
                ledger.leave(_at(sign.number), sign.text, _NO_BOX)
            else:
                ledger.place(_at(sign.number), sign.text)


class Store:
    """What was gathered so far, by address."""

    def __init__(self, ledger: Ledger) -> None:
        self.gathered: dict[str, Gathered] = {}
        self._ledger = ledger

    def printed(self, spot: Spot, line: int) -> Gathered:
        return self.gathered.setdefault(spot.slot.address, Gathered(spot.slot, line))

    def give(self, spot: Spot, pieces: Sequence[Loose], *, sure: bool = True) -> None:
        """Give words to a place. What is put together of several lines claims each line by itself."""
        gathered = self.printed(spot, pieces[0].first)
        gathered.sure = gathered.sure and sure
        for piece in pieces:
            made = _made(spot.slot.item, piece)
            if made is None:
                for line in piece.lines:
                    gathered.add([line.text], _at(line.number), 1)
                continue
            gathered.pieces.append(Piece((made,), piece.first, piece.lines[-1].number, 1, made=True))
            for line in piece.lines:
                self._ledger.place(_at(line.number), line.text)

    def repeat(self, piece: Loose) -> None:
        """Words that stand in the source twice."""
        for line in piece.lines:
            self._ledger.repeat(_at(line.number), line.text)

    def mark(self, spot: Spot, words: str, line: int) -> None:
        """A box as it was decided, whose sign and option are claimed by its page."""
        self.printed(spot, line).pieces.append(Piece((words,), line, line, 1, made=True))


def _made(item: Item, piece: Loose) -> str | None:
    """What an item is given instead of the lines as they stand."""
    if piece.written is not None:
        return piece.written
    if item.kind is Kind.COUNT:
        return f"({piece.text.strip(_FRAME)}) 件"
    return piece.text if item.kind is Kind.NAME and len(piece.lines) > 1 else None


def leave_all(pieces: Iterable[Loose], ledger: Ledger) -> None:
    for piece in pieces:
        for line in piece.lines:
            ledger.leave(_at(line.number), line.text)


def _at(number: int) -> Block:
    return Block(number, number, Shape.LINE, ())

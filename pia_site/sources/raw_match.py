"""What scrambled pages left open: places without a value and values without a place, brought together.

Only where one answer is possible: a loose piece that another copy of the part holds, word for word, in the very
place that is open; one open place and one piece; as many places as pieces that all say the same; labels each
followed by its own stretch of prose. May import: raw_page, raw_text, gathered, labels, extract, documents, forms,
text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pia_site.documents.answers import Slot
from pia_site.forms import Kind
from pia_site.sources.extract import Block, Shape
from pia_site.sources.gathered import Gathered
from pia_site.sources.labels import Entry
from pia_site.sources.raw_page import PageRead
from pia_site.sources.raw_text import Line
from pia_site.text.cleaning import drop_spaces, is_dash, matching_key

_PROSE = 30
"""A loose stretch of more characters is prose, not a name."""
_NAME = 60
_WORDED = frozenset({Kind.TEXT, Kind.LAW})
_NAMED = frozenset({Kind.NAME, Kind.TEXT, Kind.DATE})
_FILES = "特定個人情報ファイル名"
_FILE = "ファイル"


@dataclass(frozen=True, slots=True, order=False)
class Spot:
    """A place of the form on a page."""

    entry: Entry
    slot: Slot
    member: int = 0

    def __lt__(self, other: Spot) -> bool:
        return self.slot.address < other.slot.address


@dataclass(slots=True)
class Open:
    """What one page leaves undecided. `labels` are the lines of labels whose place is certain."""

    read: PageRead
    pool: list[list[Line]]
    spots: list[Spot] = field(default_factory=list)
    labels: dict[str, int] = field(default_factory=dict)

    def settle(self, spot: Spot, piece: list[Line], store: Store, *, sure: bool = False) -> None:
        store.give(spot, piece, sure=sure)
        self.spots.remove(spot)
        self.pool.remove(piece)


class Store:
    """What was gathered so far, by address."""

    def __init__(self) -> None:
        self.gathered: dict[str, Gathered] = {}

    def printed(self, spot: Spot, line: int) -> Gathered:
        return self.gathered.setdefault(spot.slot.address, Gathered(spot.slot, line))

    def give(self, spot: Spot, lines: list[Line], *, sure: bool = True) -> None:
        gathered = self.printed(spot, lines[0].number)
        gathered.sure = gathered.sure and sure
        whole = Block(lines[0].number, lines[-1].number, Shape.LINE, ())
        if spot.slot.item.kind is Kind.NAME:
            gathered.add([_joined(lines)], whole, 1)
        elif spot.slot.item.kind is Kind.COUNT:
            gathered.add([f"({_bare(_joined(lines))}) 件"], whole, 1)
        else:
            for line in lines:
                gathered.add([line.text], Block(line.number, line.number, Shape.LINE, ()), 1)


def match_open(pages: list[Open], store: Store) -> Iterator[list[Line]]:
    """Bring together what can be; the places that stay open are lost, the pieces that stay are yielded."""
    steps = (_match_files, _match_prose, _match_only_prose, _match_twins, _match_last)
    open_before = -1
    while (still := sum(len(page.spots) for page in pages)) != open_before:
        open_before = still
        for step in steps:
            for page in pages:
                step(page, store)
    for page in pages:
        for spot in page.spots:
            # Where nothing is left that could be its value, a printed label has none.
            blank = not page.pool and spot.slot.item.kind not in (Kind.CHOICE, Kind.COUNT)
            store.printed(spot, 0).lost = not blank
        yield from page.pool


def _match_files(page: Open, store: Store) -> None:
    """Names of files are told by their form."""
    for spot in [one for one in page.spots if one.slot.item.key == _FILES]:
        found = [p for p in page.pool if all(name.endswith(_FILE) for name in _joined(p).split("、"))]
        if len(found) == 1:
            page.settle(spot, found[0], store, sure=True)


def _match_twins(page: Open, store: Store) -> None:
    """A piece that another copy holds in the very place that is open here, or every other member does."""
    for spot in list(page.spots):
        others = [one for one in store.gathered.values() if one.pieces and one.slot.item is spot.slot.item]
        twins = [one for one in others if _is_twin(one.slot, spot.slot)]
        siblings = [one for one in others if one.slot.part is spot.slot.part and spot.entry.group]
        known = {matching_key(_bare(one.text)) for one in twins or siblings}
        found = [piece for piece in page.pool if matching_key(_bare(_joined(piece))) in known]
        if len(known) == 1 and found:
            page.settle(spot, found[0], store)


def _is_twin(one: Slot, other: Slot) -> bool:
    return (
        one.part is other.part
        and one.copy != other.copy
        and one.address.removeprefix(one.part_address) == other.address.removeprefix(other.part_address)
    )


def _match_prose(page: Open, store: Store) -> None:
    """A label whose place is certain, with prose as the very next thing on the page."""
    following = {}
    elements = sorted(
        [*_marks(page), *((piece[0].number, piece) for piece in page.pool)], key=lambda one: one[0]
    )
    for (line, element), (_, after) in itertools.pairwise(elements):
        if element is None and after is not None and _is_prose(after):
            following[line] = after
    stretches = {id(stretch[0]): stretch for stretch in _stretches(page)}
    for spot in [one for one in page.spots if one.slot.item.kind in _WORDED]:
        first = following.get(page.labels.get(spot.slot.address, -1))
        if first is not None and id(first) in stretches:
            _give_stretch(page, spot, stretches[id(first)], store)


def _match_only_prose(page: Open, store: Store) -> None:
    """One open place for prose on the page, and one stretch of it."""
    spots = [spot for spot in page.spots if spot.slot.item.kind in _WORDED]
    stretches = [stretch for stretch in _stretches(page) if any(map(_is_prose, stretch))]
    if len(spots) == len(stretches) == 1:
        _give_stretch(page, spots[0], stretches[0], store)


def _give_stretch(page: Open, spot: Spot, stretch: list[list[Line]], store: Store) -> None:
    store.give(spot, [line for piece in stretch for line in piece], sure=False)
    page.spots.remove(spot)
    for piece in stretch:
        page.pool.remove(piece)


def _marks(page: Open) -> list[tuple[int, None]]:
    """Every line of the page that is a label, a heading or a box."""
    read = page.read
    lines = {hit.line for hit in read.hits} | {member.line for member in read.members}
    lines |= {line for _, _, line in read.sections} | {line for _, line in read.blocks}
    lines |= {line.number for line in read.boxes}
    return [(line, None) for line in lines]


def _stretches(page: Open) -> list[list[list[Line]]]:
    """Runs of loose pieces with nothing of the form between them."""
    marks = sorted(line for line, _ in _marks(page))
    runs: dict[int, list[list[Line]]] = {}
    for piece in page.pool:
        if not _is_fragment(piece):
            runs.setdefault(sum(line < piece[0].number for line in marks), []).append(piece)
    return list(runs.values())


def _is_fragment(piece: list[Line]) -> bool:
    """A part of a row of boxes: 「）甲」, 「（ 乙」, 「[値]」."""
    text = _joined(piece)
    opening, closing = (sum(char in brackets for char in text) for brackets in ("(（[", ")）]"))
    return len(text) <= _PROSE and (opening != closing or text[:1] in "(（[)）")


def _match_last(page: Open, store: Store) -> None:
    """One open place and one short piece; or as many as there are places, all the same."""
    spots = [spot for spot in page.spots if spot.slot.item.kind in _NAMED]
    pieces = [piece for piece in page.pool if _is_name(piece)]
    texts = {drop_spaces(_joined(piece)) for piece in pieces}
    if spots and len(spots) == len(pieces) and (len(spots) == 1 or len(texts) == 1):
        for spot, piece in zip(spots, pieces, strict=True):
            page.settle(spot, piece, store)


def _is_name(piece: list[Line]) -> bool:
    text = _joined(piece)
    return is_dash(text) or (len(text) <= _NAME and "。" not in text and not text.startswith("["))


def _is_prose(piece: list[Line]) -> bool:
    text = _joined(piece)
    return len(text) > _PROSE and ("。" in text or len(text) > _NAME or len(piece) > 1)


def _joined(lines: Iterable[Line]) -> str:
    """Lines of one cell: a break between two of them is a wrapped line."""
    return "".join(line.text for line in lines)


def _bare(text: str) -> str:
    return text.strip("[]［］ 　()（）件")

"""Rows of tick boxes on scrambled pages: which box is whose, and what the other copy of a row tells.

A page decides what it shows (`raw_boxes`). Of the rest, another copy of the part decides where it holds the same
members, agrees with every box that the page decides, and needs exactly as many ○ as the page has left over.
May import: raw_boxes, raw_pieces, raw_text, extract, documents, forms, text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pia_site.documents.answers import Slot
from pia_site.forms import Item
from pia_site.sources.extract import BARE
from pia_site.sources.readers.raw_text import Line
from pia_site.sources.scrambled.boxes import Box, Boxes
from pia_site.sources.scrambled.pieces import BoxRow, Enclosed, Loose, Open, Spot, Store
from pia_site.text.cleaning import matching_key


def rows_on(page: Open, spots: Sequence[Spot], boxes: Boxes, store: Store) -> None:
    """The rows of boxes of a page, with the words in their parentheses."""
    page.signs += boxes.signs
    page.strays += boxes.strays
    for words in boxes.words:
        page.leave_open(Loose((words,), Enclosed.BEGINNING))
    for words in boxes.unknown:
        if words.text:
            page.leave_open(Loose((words,), Enclosed.NOT))
    rows = [BoxRow(spot) for spot in spots]
    for option in dict.fromkeys(option for spot in spots for option in spot.slot.item.options):
        found = boxes.of(option)
        owners = [row for row in rows if option in row.spot.slot.item.options]
        if found:
            _option(page, option, found, owners, _whose(found, owners, boxes, spots), boxes, store)
    page.rows += rows


def _option(
    page: Open,
    option: str,
    found: list[Box],
    owners: list[BoxRow],
    whose: list[Box],
    boxes: Boxes,
    store: Store,
) -> None:
    """The boxes of one option: `whose` holds that of each row, where the page tells; else what all say counts."""
    common = _common_mark(found, boxes) if len(found) == len(owners) else None
    alike = len(found) == len(owners) and len({box.fill for box in found}) == 1
    read: list[Box] = []
    for index, row in enumerate(owners):
        row.marks[option] = _mark(whose[index], boxes) if whose else common
        box = whose[index] if whose else found[index] if alike else None
        row.lines[option] = (box or found[0]).line
        for fill in row.spot.slot.item.fills:
            if fill.fill_of == option:
                _fill(page, row.spot.fill(fill), box, store, sure=len(owners) == 1 or not whose)
                read += [box] if box else []
    for box in found:
        if box.fill and box not in read:
            page.leave_open(Loose((Line(box.line, box.fill),), Enclosed.WHOLE))


def _whose(found: list[Box], owners: list[BoxRow], boxes: Boxes, spots: Sequence[Spot]) -> list[Box]:
    """The box of each row, where the page tells: a row has one only, or stands around its box."""
    if len(found) != len(owners):
        return []
    if len(owners) == 1:
        return found
    items = [row.spot.slot.item for row in owners]
    if len({item.key for item in items}) < len(items):
        return []  # two members' rows: nothing stands around a box that tells them apart
    told = {id(box): _neighbours_item(box, boxes, spots) for box in found}
    own = [[box for box in found if told[id(box)] is item] for item in items]
    if sum(len(one) == 1 for one in own) < len(owners) - 1 or any(len(one) > 1 for one in own):
        return []
    rest = [box for box in found if not any(box in one for one in own)]
    return [one[0] if one else rest[0] for one in own]


def _neighbours_item(box: Box, boxes: Boxes, spots: Sequence[Spot]) -> Item | None:
    """The item whose boxes stand before and after this one."""
    position = boxes.found.index(box)
    before = _owner(reversed(boxes.found[:position]), spots)
    after = _owner(boxes.found[position + 1 :], spots)
    return before if before is after or after is None else after if before is None else None


def _owner(found: Iterable[Box], spots: Sequence[Spot]) -> Item | None:
    for box in found:
        items = {spot.slot.item.key: spot.slot.item for spot in spots if box.option in spot.slot.item.options}
        if len(items) == 1:
            return next(iter(items.values()))
    return None


def _mark(box: Box, boxes: Boxes) -> bool | None:
    if box.mark is None and boxes.given[box.option]:
        return True
    return False if boxes.is_empty(box) else box.mark


def _common_mark(found: Iterable[Box], boxes: Boxes) -> bool | None:
    """What the boxes of an option all say, if they do."""
    marks = {_mark(box, boxes) for box in found}
    return marks.pop() if len(marks) == 1 else None


def _fill(page: Open, spot: Spot, box: Box | None, store: Store, *, sure: bool) -> None:
    if box is None or box.fill is None:
        page.parens[spot.slot.address] = box is not None and box.opened
        page.spots.append(spot)
        return
    store.printed(spot, box.line)
    if box.fill:
        words = Line(box.line, box.fill)
        page.carry(words)
        store.give(spot, [Loose((words,))], sure=sure)


# --- over all pages ---


def settle_rows(pages: Sequence[Open], store: Store) -> None:
    """Decide the open boxes of a page by the other copy of its rows."""
    rows = [row for page in pages for row in page.rows]
    for page in pages:
        told = [
            (row, option, _elsewhere(row, option, rows, store)) for row in page.rows for option in row.marks
        ]
        left = [(row, option, mark) for row, option, mark in told if row.marks[option] is None]
        differ = any(
            mark not in (None, row.marks[option])
            for row, option, mark in told
            if row.marks[option] is not None
        )
        ticks = [mark for _, _, mark in left]
        if not left or differ or None in ticks or ticks.count(True) != len(page.strays):
            continue
        for row, option, mark in left:
            row.marks[option] = mark
            row.sure = False
        page.strays.clear()


def _elsewhere(row: BoxRow, option: str, rows: Iterable[BoxRow], store: Store) -> bool | None:
    """What the same box of every other copy says, where they agree."""
    twins = [one for one in rows if one.sure and is_twin(one.spot.slot, row.spot.slot)]
    marks = {one.marks.get(option) for one in twins if _name(one.spot, store) == _name(row.spot, store)}
    return next(iter(marks)) if len(marks) == 1 else None


def is_twin(one: Slot, other: Slot) -> bool:
    """Whether two places are the same one in two copies of a part."""
    return (
        one.part is other.part
        and one.copy != other.copy
        and one.address.removeprefix(one.part_address) == other.address.removeprefix(other.part_address)
    )


def _name(spot: Spot, store: Store) -> str:
    """The name of the member that a row stands in."""
    named = store.gathered.get(spot.slot.group_address or "")
    return matching_key(named.text) if named else ""


def write_rows(pages: Iterable[Open], store: Store) -> None:
    """Every row as it was decided."""
    for page in pages:
        for row in page.rows:
            for option, mark in row.marks.items():
                sign = "○" if mark else " " if mark is False else BARE
                store.mark(row.spot, f"[{sign}] {option}", row.lines[option])
            if row.marks:
                store.printed(row.spot, 0).sure &= row.sure

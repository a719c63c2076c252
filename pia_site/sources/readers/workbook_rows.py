"""The cells of a sheet → the printed rows of the form, however many sheet rows each takes.

The form is drawn on a grid of narrow columns: a label is merged over the rows that belong to it, 「[」「○」「]」 and the
option stand in cells of their own, the list of a choice in rows beside it. Rows are read from what stands beside what;
where cells were unmerged, the words of the forms tell labels from values.
May import: workbook_words, changes, extract.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pia_site.sources.extract import Cell
from pia_site.sources.filling.changes import TIMINGS
from pia_site.sources.readers.workbook_words import is_heading, is_label, is_on_cover, may_be_label

_OPENING = re.compile(r"[\[［〔【][^\]］〕】]*\Z")
_CLOSING = re.compile(r"[\]］〕】]")
_EMPTY_PAIR = re.compile(r"([\[［])\s*([\]］])\s*(?:([○◯〇●✓✔☑])(?![○◯〇●])\s*|([OＯレ])[\s　]+)(?=\S)")
"""A body that typed its mark into the cell of the option, beside brackets that stay empty."""
_PARENTHESIS = re.compile(r"[(（]\Z|[)）]")
_LIST = re.compile(r"[<＜‹〈]\s*選択肢\s*[>＞›〉]")
_LISTED = re.compile(r"[0-9０-９]{1,2}\s*[)）]")
_FEWEST_COLUMNS = 4
"""A row of so many texts is the head of a table: 変更箇所, an annex of the body's own."""
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A cell that shows text, with the rows and columns it is merged over, 1-based, edges included."""

    top: int
    left: int
    bottom: int
    right: int
    lines: Cell
    name: str

    @property
    def text(self) -> str:
        return "".join(self.lines) if self.is_upright else " ".join(self.lines)

    @property
    def is_upright(self) -> bool:
        """Written downwards, one character a line, as narrow row headings are."""
        return len(self.lines) > 1 and all(len(line) == 1 for line in self.lines)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """Cells from left to right, each with the name of the sheet's cell it begins in; one cell alone is a line."""

    top: int
    cells: tuple[Cell, ...]
    names: tuple[str, ...]
    is_row: bool

    def after(self, first: Cell, name: str) -> PrintedRow:
        """The row with another cell before it."""
        return PrintedRow(self.top, (first, *self.cells), (name, *self.names), True)


@dataclass(slots=True)
class _Line:
    """The leftmost cell of some sheet rows, and what stands to its right in them."""

    leader: Box
    others: list[Box] = field(default_factory=list)

    @property
    def boxes(self) -> list[Box]:
        return [self.leader, *self.others]

    @property
    def value_left(self) -> int:
        return min((box.left for box in self.others), default=self.leader.right + 1)


class RowReader:
    """Reads the sheets of a workbook one after the other: a table may go on over several."""

    def __init__(self) -> None:
        self._columns: list[int] = []
        self._is_cover = False
        """The table is number and title on the cover: a head and one row below it."""
        self._on_cover = True

    def rows(self, boxes: Sequence[Box], right: int) -> Iterator[PrintedRow]:
        """The printed rows of a sheet, from top to bottom. `right` is the last column that it uses."""
        before: _Line | None = None
        for line in _lines(boxes):
            self._on_cover = self._on_cover and not is_heading(line.leader.text)
            in_table = self._is_in_table(line)
            if before is not None:
                if not in_table and _goes_on(before, line):
                    before.others += line.boxes
                    continue
                yield from self._printed(before, right)
                before = None
            if in_table:
                yield from self._table_rows(line)
            elif _heads_table(line):
                self._columns = [box.left for box in line.boxes]
                self._is_cover = is_on_cover(line.leader.text)
                yield _row([(box.lines, box) for box in line.boxes])
            else:
                before = line
        if before is not None:
            yield from self._printed(before, right)

    def _printed(self, line: _Line, right: int) -> Iterator[PrintedRow]:
        """The rows of the form that a line is. On the cover values stand below their labels, elsewhere beside."""
        return _printed(line, 0 if self._on_cover else right)

    # --- tables with a head ---

    def _is_in_table(self, line: _Line) -> bool:
        if not self._columns:
            return False
        text = line.leader.text
        widest = max(self._column(box.right) - self._column(box.left) for box in line.boxes)
        is_label = line.leader.left < self._columns[1] and may_be_label(text)
        if line.leader.left < self._columns[0] or is_label or is_heading(text) or (self._is_cover and widest):
            self._columns = []
            return False
        return len(line.boxes) > 1 or widest < 2

    def _column(self, place: int) -> int:
        return max(bisect_right(self._columns, place) - 1, 0)

    def _table_rows(self, line: _Line) -> Iterator[PrintedRow]:
        """A row of the table for every sheet row in which a cell begins. A date and an item that are merged over
        several changes stand for each of them."""
        merged: dict[int, Box] = {}
        for top, together in groupby(_in_order(line.boxes), key=lambda box: box.top):
            cells: list[list[Box]] = [[] for _ in self._columns]
            for box in together:
                cells[self._column(box.left)].append(box)
            first = next(box for cell in cells for box in cell)
            is_change = bool(cells[1]) or any(box.text in TIMINGS for cell in cells for box in cell)
            for column in (0, 1):
                above = merged.get(column)
                if cells[column]:
                    merged[column] = cells[column][0]
                elif is_change and above is not None and above.bottom >= top:
                    cells[column] = [above]
            yield _row([(_side_by_side(cell), cell[0] if cell else first) for cell in cells])
        if self._is_cover:
            self._columns = []


def _heads_table(line: _Line) -> bool:
    boxes = line.boxes
    if len({box.top for box in boxes}) > 1 or any(_is_form_print(box) for box in boxes):
        return False
    if len(boxes) > 1 and all(is_on_cover(box.text) for box in boxes):
        return True
    return (
        len(boxes) >= _FEWEST_COLUMNS
        and not may_be_label(line.leader.text)
        and not is_heading(line.leader.text)
    )


def _is_form_print(box: Box) -> bool:
    """Brackets, parentheses, the list of a choice: pieces of one cell of the form."""
    text = box.text
    pieces = (_OPENING, _CLOSING, _PARENTHESIS, _LIST, _LISTED)
    return any(piece.match(text) for piece in pieces)


# --- labels and their values ---


def _lines(boxes: Iterable[Box]) -> list[_Line]:
    """What stands beside each other: every box belongs to the leftmost one that its rows have in common."""
    ordered = sorted(
        boxes, key=lambda box: (box.left, box.top)
    )  # so that a line's boxes stand from left to right
    tops = sorted({box.top for box in ordered})
    lines: list[_Line] = []
    owner: dict[int, _Line] = {}
    for box in ordered:
        rows = range(bisect_left(tops, box.top), bisect_right(tops, box.bottom))
        line = next((owner[row] for row in rows if row in owner), None)
        if line is not None:
            line.others.append(box)
            continue
        line = _Line(box)
        lines.append(line)
        owner.update(dict.fromkeys(rows, line))
    return sorted(lines, key=lambda line: line.leader.top)


def _joined_lines(boxes: Iterable[Box]) -> list[_Line]:
    found: list[_Line] = []
    for line in _lines(boxes):
        if found and _goes_on(found[-1], line):
            found[-1].others += line.boxes
        else:
            found.append(line)
    return found


def _goes_on(before: _Line, line: _Line) -> bool:
    """Whether a line belongs to the value of the label above it, which is not merged over its rows, or to the boxes
    in the row of a heading."""
    takes_more = may_be_label(before.leader.text) or (before.others and _OPENING.match(line.leader.text))
    return bool(takes_more) and line.leader.left >= before.value_left


def _printed(line: _Line, right: int, depth: int = 0) -> Iterator[PrintedRow]:
    """The rows of the form that a line is; a label that ends before the column `right` has an empty value."""
    leader, others = line.leader, line.others
    if _OPENING.match(leader.text):
        yield _cell(line.boxes) if depth else _row([((), leader), (_together(line.boxes), leader)])
    elif not others:
        is_empty = leader.right < right and is_label(leader.text)
        yield PrintedRow(leader.top, (_words(leader),), (leader.name,), is_empty)
    elif is_heading(leader.text) or depth == _DEEPEST:
        yield _row([(_words(leader), leader), (_together(others), _first(others))])
    elif may_be_label(leader.text):
        yield from _beside(leader, _labelled(others, right, depth + 1))
    elif len({box.top for box in others}) > 1 or any(_is_form_print(box) for box in others):
        inner = (row for one in _joined_lines(others) for row in _printed(one, right, depth + 1))
        yield from _beside(leader, inner)
    else:
        yield _row([(_words(box), box) for box in line.boxes])


def _labelled(boxes: list[Box], right: int, depth: int) -> Iterator[PrintedRow]:
    """What stands beside a label: its value, and rows whose labels stand within its own (再委託, 使用の主体)."""
    value: list[Box] = []
    lines = _joined_lines(boxes)
    for line in lines:
        is_row = is_label(line.leader.text) and (line.others or line.leader.right < right)
        if not is_row:
            value += line.boxes
            continue
        if value:
            yield _cell(value)
            value = []
        yield from _printed(line, right, depth)
    if value:
        yield _cell(value)


def _beside(leader: Box, rows: Iterable[PrintedRow]) -> Iterator[PrintedRow]:
    """Rows with a cell to their left, which stands in the first of them, or alone above them."""
    words = _words(leader)
    for row in rows:
        if words and row.top > leader.bottom:
            yield PrintedRow(leader.top, (words,), (leader.name,), True)
            words = ()
        yield row.after(words, leader.name if words else row.names[0])
        words = ()


def _row(cells: Sequence[tuple[Cell, Box]]) -> PrintedRow:
    return PrintedRow(
        min(box.top for _, box in cells),
        tuple(cell for cell, _ in cells),
        tuple(box.name for _, box in cells),
        True,
    )


def _cell(boxes: list[Box]) -> PrintedRow:
    first = _first(boxes)
    return PrintedRow(first.top, (_together(boxes),), (first.name,), True)


def _words(box: Box) -> Cell:
    return (box.text,) if box.is_upright else box.lines


def _first(boxes: Iterable[Box]) -> Box:
    return min(boxes, key=lambda box: (box.top, box.left))


def _in_order(boxes: Iterable[Box]) -> list[Box]:
    return sorted(boxes, key=lambda box: (box.top, box.left))


# --- the pieces of one cell ---


def _together(boxes: Iterable[Box]) -> Cell:
    """The lines of a cell that the sheet has in pieces: brackets closed around what they hold, a choice before the
    list it is taken from, then row by row."""
    pieces = _brackets(_in_order(boxes))
    ahead, listed, below = _around_list(pieces)
    lines = [*_row_lines(ahead), *_row_lines(listed), *_row_lines(below)]
    return tuple(_EMPTY_PAIR.sub(_tick, line) for line in lines)


def _tick(match: re.Match[str]) -> str:
    return f"{match[1]}{match[3] or match[4]}{match[2]} "


def _brackets(boxes: list[Box]) -> list[Box]:
    """Every opening bracket with what stands up to the closing one as one piece."""
    taken: set[int] = set()
    pieces = []
    for box in boxes:
        if id(box) in taken:
            continue
        if _OPENING.match(box.text):
            inside = _up_to_closing(box, boxes)
            if inside:
                taken.update(map(id, inside))
                box = _closed(box, inside)
        pieces.append(box)
    return [piece for piece in pieces if id(piece) not in taken]


def _up_to_closing(opening: Box, boxes: list[Box]) -> list[Box]:
    """The boxes to the right of a bracket in its rows, up to the one that closes it; none where nothing does."""
    beside = [
        box
        for box in boxes
        if box.left > opening.right and box.top <= opening.bottom and box.bottom >= opening.top
    ]
    inside = []
    for box in sorted(beside, key=lambda box: box.left):
        if _OPENING.match(box.text):
            return []
        inside.append(box)
        if _CLOSING.search(box.text):
            return inside
    return []


def _closed(opening: Box, inside: list[Box]) -> Box:
    words = "".join(box.text for box in inside)
    is_empty = len(opening.text) == 1 and _CLOSING.match(words)
    text = f"{opening.text}{' ' if is_empty else ''}{words}"
    return Box(opening.top, opening.left, opening.bottom, inside[-1].right, (text,), opening.name)


def _around_list(pieces: list[Box]) -> tuple[list[Box], list[Box], list[Box]]:
    """What stands left of the printed list of a choice, the list, and what stands below it."""
    head = next((piece for piece in pieces if _LIST.search(piece.text)), None)
    if head is None:
        return pieces, [], []
    beside = [piece for piece in pieces if piece.left >= head.left]
    last = max(piece.top for piece in beside if piece is head or _LISTED.match(piece.text))
    listed = [piece for piece in beside if head.top <= piece.top <= last]
    ahead = [piece for piece in pieces if piece.top <= last and piece not in listed]
    return ahead, listed, [piece for piece in pieces if piece.top > last]


def _row_lines(pieces: Iterable[Box]) -> list[str]:
    """The lines of pieces, those of one sheet row on one line."""
    lines: list[str] = []
    for _, together in groupby(pieces, key=lambda piece: piece.top):
        lines += _side_by_side(list(together))
    return lines


def _side_by_side(pieces: list[Box]) -> Cell:
    text = " ".join("\n".join(piece.lines) for piece in pieces)
    return tuple(line.strip() for line in text.split("\n") if line.strip())

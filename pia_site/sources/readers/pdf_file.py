"""Reads a PDF file: tables by their rules, everything else as lines, page after page.

A row that a page break splits is one row again where the rules show it, or where its text was cut in the middle of a
line. Page numbers, running heads and watermarks are furniture. What cannot be read is said by page.
May import: extract, pdf_ink, page_seams, ruled_page, printed_lines, meant_lines, problems.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from pia_site.problems import Location, PiaSiteError, Problem, problem
from pia_site.sources.extract import Block, Extract, Leftover, Shape, solid
from pia_site.sources.readers.meant_lines import (
    Meant,
    begins_with_bullet,
    ends_sentence,
    inner_limit,
    is_full,
    is_upright,
    meant_lines,
    starts_with_box,
)
from pia_site.sources.readers.page_seams import Seams
from pia_site.sources.readers.pdf_ink import Fault, PageInk, UnreadablePdf, read_ink
from pia_site.sources.readers.printed_lines import Glyph, Line, printed_lines
from pia_site.sources.readers.ruled_page import Cell, Row, Table, find_tables

_FEW_LETTERS = 30
"""A page of pictures with fewer characters than this is a picture: a heading, a page number."""
_MOSTLY = 0.4
_MANY_CURVES = 500
_MARGIN = 0.12
"""The part of a page's height at its head and foot in which furniture stands."""
_RUNNING = 0.6
"""What stands at one height on so many of the pages runs through them."""
_FEWEST_RUNNING = 3
_PAGE_NUMBER = re.compile(r"[-(\[.]*(?:p\.?|page|ページ)?\d{1,4}(?:(?:/|of)\d{1,4})?(?:ページ|頁)?[-)\].]*")
_DASHES, _DIGITS = re.compile("[-‐‑–—―ー−]"), re.compile(r"\d+")
_SAME_PLACE = 3.0
_PARAGRAPH = 1.8
_FEWEST_FULL = 3
_REFUSED = {Fault.LOCKED: "I021", Fault.DAMAGED: "I020", Fault.PROGRAM: "I027"}
_TAIL = 4096
"""Bytes at the end of a file in which the mark of its end stands."""
_NEARLY = 0.85
"""Lines that all end at this part of a cell's width were broken by a narrower measure than its own."""


def read_pdf(data: bytes, source: str, sha256: str) -> Extract:
    """The extract of a whole file. Raises `PiaSiteError` where there is nothing in it that can be read.

    `source` and `sha256` are what provenance says of the file. The lines are numbered as they are printed, through all
    pages; `page` of a block is where it begins.
    """
    document = _Document()
    try:
        for page in read_ink(data):
            document.add(page)
    except UnreadablePdf as error:
        raise PiaSiteError([problem(_REFUSED[error.fault], Location())]) from error
    problems = _faults(document.pages, data)
    written = document.finish()
    size = sum(solid(block.text) for block in written.blocks)
    size += sum(solid(one.text) for one in (*written.furniture, *written.unread))
    parts = (tuple(written.blocks), size, tuple(written.furniture), tuple(written.unread))
    return Extract(source, sha256, *parts, tuple(problems))


# --- what cannot be read ---


def _faults(pages: Sequence[PageInk], data: bytes) -> list[Problem]:
    """What a user has to know of single pages, one problem a kind. Raises where no page can be read."""
    if all(page.damaged for page in pages):
        raise PiaSiteError([problem("I020", Location())])
    if not any(page.letters and not _is_picture(page) for page in pages):
        raise PiaSiteError([problem("I022", Location())])
    kinds = {
        "I023": [page for page in pages if _is_picture(page)],
        "I024": [page for page in pages if page.nameless > page.letters / 5],
        "I025": [page for page in pages if page.hidden > page.letters / 2],
        "I028": [page for page in pages if page.damaged],
    }
    found = [
        problem(code, Location(), pages="、".join(str(page.number) for page in affected))
        for code, affected in kinds.items()
        if affected
    ]
    if b"%%EOF" not in data[-_TAIL:]:
        found.append(problem("I026", Location()))
    return found


def _is_picture(page: PageInk) -> bool:
    """Whether what the page says is not in its characters."""
    return page.letters < _FEW_LETTERS and (page.picture > _MOSTLY or page.curves > _MANY_CURVES)


# --- pages ---


class _Written:
    """Blocks and furniture under running numbers: one a printed line, and one for the white before a paragraph."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.furniture: list[Leftover] = []
        self.unread: list[Leftover] = []
        self._line = 0

    def loose(self, said: Sequence[Meant], *, framed: bool = False) -> None:
        """Lines one below the other. In a frame, boxes stay with the heading that they stand below."""
        groups: list[list[Meant]] = []
        for meant in said:
            if framed and groups and starts_with_box(meant.text):
                groups[-1].append(meant)
            else:
                groups.append([meant])
        before: Line | None = None
        for group in groups:
            first = group[0].lines[0]
            if before is None or first.page != before.page or first.y - before.y > _PARAGRAPH * first.size:
                self._line += 1
            cell = tuple(meant.text for meant in group)
            self._add(Shape.LINE, (cell,), first.page, sum(len(meant.lines) for meant in group))
            before = group[-1].lines[-1]

    def row(self, page: int, cells: Sequence[Sequence[Meant]]) -> None:
        if any(cells):
            height = max(sum(len(meant.lines) for meant in cell) for cell in cells)
            shape = Shape.ROW if len(cells) > 1 else Shape.LINE
            self._add(shape, tuple(tuple(meant.text for meant in cell) for cell in cells), page, height)

    def furnish(self, texts: Iterable[str]) -> None:
        for text in texts:
            self._line += 1
            self.furniture.append(Leftover(self._line, self._line, text))

    def leave(self, lines: Iterable[Line]) -> None:
        """What no page shows."""
        for line in lines:
            self._line += 1
            reason = f"{line.page}ページの欄からはみ出していて、紙には印刷されません"
            self.unread.append(Leftover(self._line, self._line, line.text, reason))

    def _add(self, shape: Shape, cells: tuple[tuple[str, ...], ...], page: int, height: int) -> None:
        self.blocks.append(Block(self._line + 1, self._line + height, shape, cells, page))
        self._line += height


@dataclass(eq=False, slots=True)
class _Strip:
    """A table, or the lines between two tables, from head to foot of a page. `limit`: how far loose lines can reach."""

    page: int
    limit: float
    lines: list[Line] = field(default_factory=list)
    table: Table | None = None
    inside: dict[Cell, list[Line]] = field(default_factory=dict)
    goes_on: dict[Cell, tuple[_Strip, Cell]] = field(default_factory=dict)
    """Cells that go on from a page before, and where they begin."""

    def origin(self, cell: Cell) -> tuple[_Strip, Cell]:
        """Where a cell begins."""
        return self.goes_on.get(cell, (self, cell))

    def said(self, row: Row) -> list[str]:
        """The text of a row's cells, white space put aside."""
        return ["".join(line.text for line in self.inside.get(cell, ())) for cell, _ in row]


class _Document:
    """Takes the pages in order, then puts together what runs over them."""

    def __init__(self) -> None:
        self.pages: list[PageInk] = []
        self._strips: list[_Strip] = []
        self._seams = Seams()
        self._ends: dict[tuple[int, int], list[float]] = defaultdict(list)
        """Where the lines end in the cells of one width and place."""

    def add(self, ink: PageInk) -> None:
        """Read a page into lines; its characters and rules are then forgotten."""
        tables = find_tables(ink.rules)
        inside: dict[Cell, list[Glyph]] = defaultdict(list)
        loose: list[Glyph] = []
        for glyph in self._seams.shown(ink.glyphs, ink.number):
            cell = _cell_at(tables, *glyph.spot)
            (loose if cell is None else inside[cell]).append(glyph)
        lines = {cell: printed_lines(glyphs, ink.number) for cell, glyphs in inside.items()}
        for cell, said in lines.items():
            self._ends[_column(cell)] += [line.end for line in said]
        self._strips += _strips(ink, tables, printed_lines(loose, ink.number), lines)
        self.pages.append(ink)
        ink.glyphs, ink.rules = [], []

    def finish(self) -> _Written:
        """The blocks, the furniture of the pages, and what they do not show."""
        running = self._furniture()
        for strip in self._strips:
            strip.lines = [line for line in strip.lines if line not in running]
        strips = [strip for strip in self._strips if strip.lines or strip.table]
        self._join(strips)
        written = _Written()
        for run in _runs(strips):
            first = run[0]
            if first.table is None:
                written.loose(meant_lines([line for strip in run for line in strip.lines], first.limit))
            elif first.table.is_frame:
                for cell in first.table.cells:
                    written.loose(self._meant(first, cell), framed=True)
            else:
                self._rows(first, first.table, written)
        written.furnish(line.text for line in running)
        written.furnish(ink.slanted for ink in self.pages if ink.slanted)
        written.leave(self._seams.unseen())
        return written

    def _rows(self, strip: _Strip, table: Table, written: _Written) -> None:
        for row in table.rows:
            written.row(strip.page, [self._meant(strip, cell) if begins else [] for cell, begins in row])

    def _meant(self, strip: _Strip, cell: Cell) -> list[Meant]:
        lines = strip.inside.get(cell, [])
        return meant_lines(lines, self._limit(lines, cell))

    def _limit(self, lines: Sequence[Line], cell: Cell) -> float:
        """How far the lines of a cell can reach: its own edge, or where all lines of its column end before it."""
        limit = inner_limit(lines, cell.left, cell.right)
        ends = self._ends[_column(cell)]
        size = max((line.size for line in lines), default=0.0)
        if not size or (far := max(ends)) > limit - size or far - cell.left < _NEARLY * (limit - cell.left):
            return limit
        return far + 0.9 * size if sum(end > far - size for end in ends) >= _FEWEST_FULL else limit

    # --- furniture ---

    def _furniture(self) -> dict[Line, None]:
        """Page numbers, and what stands at one height on most pages."""
        found: dict[Line, None] = {}
        running: dict[tuple[str, int], list[Line]] = defaultdict(list)
        heights = {ink.number: ink.height for ink in self.pages}
        for line in (line for strip in self._strips for line in strip.lines):
            height = heights[line.page]
            if _MARGIN * height < line.y < (1 - _MARGIN) * height:
                continue
            key = unicodedata.normalize("NFKC", "".join(line.text.split())).lower()
            if _PAGE_NUMBER.fullmatch(_DASHES.sub("-", key)):
                found[line] = None
            running[_DIGITS.sub("#", key), round(line.y / _SAME_PLACE)].append(line)
        for lines in running.values():
            if len(lines) >= max(_FEWEST_RUNNING, _RUNNING * len(self.pages)):
                found |= dict.fromkeys(lines)
        return found

    # --- page breaks ---

    def _join(self, strips: Sequence[_Strip]) -> None:
        """Give cells that a page break splits what they say on the next page."""
        for upper, lower in pairwise(strips):
            if upper.table is None or lower.table is None or lower.page != upper.page + 1:
                continue
            head = lower.said(lower.table.rows[0])
            repeated = (
                len(lower.table.rows) > 1
                and sum(map(bool, head)) > 1
                and any(upper.said(row) == head for row in upper.table.rows)
            )
            above, below = upper.table.rows[-1], lower.table.rows[1 if repeated else 0]
            pairs = [
                (one, two) for one, _ in above for two, begins in below if begins and _is_below(one, two)
            ]
            for one, two in self._same_cells(upper, lower, below, pairs, repeated):
                strip, cell = upper.origin(one)
                lower.goes_on[two] = strip, cell
                strip.inside.setdefault(cell, []).extend(lower.inside.pop(two, []))

    def _same_cells(
        self, upper: _Strip, lower: _Strip, below: Row, pairs: list[tuple[Cell, Cell]], repeated: bool
    ) -> list[tuple[Cell, Cell]]:
        """Those of the cells above and below a page break that are one cell."""
        unruled = [(one, two) for one, two in pairs if one.open_foot and (two.open_head or repeated)]
        if 0 < len(unruled) < len(below) or len(unruled) == 1:
            return unruled
        cut = [self._cut(upper, lower, *pair) for pair in pairs]
        if unruled:
            # Two labels are two rows, whatever the rules say. One label may stand in either half of its cell.
            return [] if cut[0] is _Cut.BETWEEN else unruled
        # A program that closes its tables at the foot of a page.
        continues = len(pairs) == len(below) > 1 and not lower.inside.get(below[0][0])
        whole = {_Cut.BETWEEN, _Cut.BEFORE} & set(cut)
        return pairs if continues and (_Cut.SENTENCE in cut or not whole) else []

    def _cut(self, upper: _Strip, lower: _Strip, one: Cell, two: Cell) -> _Cut:
        """How the text of a cell stands to that of the cell below it on the next page."""
        strip, cell = upper.origin(one)
        above, below = strip.inside.get(cell), lower.inside.get(two)
        if not below:
            return _Cut.EMPTY
        if not above:
            return _Cut.BEFORE
        limit = self._limit(above, cell)
        if is_upright((*above, *below), limit):
            return _Cut.LINE
        if not is_full(above[-1], below[0], limit):
            return _Cut.BETWEEN
        is_whole = ends_sentence(above[-1]) or begins_with_bullet(below[0])
        return _Cut.LINE if is_whole else _Cut.SENTENCE


class _Cut(Enum):
    """What a page break cuts in two."""

    EMPTY = auto()
    """Nothing stands below it."""
    BEFORE = auto()
    """Nothing stands above it."""
    BETWEEN = auto()
    """A line ends there."""
    LINE = auto()
    """Perhaps a paragraph: the line above is full."""
    SENTENCE = auto()


def _cell_at(tables: Sequence[Table], x: float, y: float) -> Cell | None:
    for table in tables:
        if (cell := table.at(x, y)) is not None:
            return cell
    return None


def _is_below(one: Cell, two: Cell) -> bool:
    return abs(one.left - two.left) <= _SAME_PLACE and abs(one.right - two.right) <= _SAME_PLACE


def _column(cell: Cell) -> tuple[int, int]:
    return round(cell.left), round(cell.right)


def _strips(
    ink: PageInk, tables: Sequence[Table], loose: Sequence[Line], inside: dict[Cell, list[Line]]
) -> Iterator[_Strip]:
    """The tables of a page that hold text and the lines before, between and after them."""
    tables = [table for table in tables if any(cell in inside for cell in table.cells)]
    edge = ink.width - min((line.x for line in loose), default=0.0)
    limit = max([table.right for table in tables] or [edge, *(line.end for line in loose)])
    left = list(loose)
    for table in tables:
        above = [line for line in left if line.y < table.top]
        left = [line for line in left if line.y >= table.top]
        if above:
            yield _Strip(ink.number, limit, above)
        yield _Strip(
            ink.number, limit, [], table, {cell: inside[cell] for cell in table.cells if cell in inside}
        )
    if left:
        yield _Strip(ink.number, limit, left)


def _runs(strips: Iterable[_Strip]) -> Iterator[list[_Strip]]:
    """Tables one by one; loose lines that follow each other, over pages of one width, together."""
    run: list[_Strip] = []
    for strip in strips:
        if run and (strip.table or run[0].table or abs(strip.limit - run[0].limit) > _SAME_PLACE):
            yield run
            run = []
        run.append(strip)
    if run:
        yield run

"""Reads workbooks (.xlsx) of the official form as offices fill them.

What a body prints is read: hidden rows, columns and sheets, what lies outside the print area and notes are said to be
unread. The text of drawn shapes stands where the shape begins. Titles of sheets are no text of the form.
May import: workbook_package, workbook_cells, workbook_rows, extract, problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pia_site.problems import Location, PiaSiteError, Problem, problem
from pia_site.sources.extract import Block, Extract, Leftover, Shape, solid
from pia_site.sources.readers.workbook_cells import CellReader, SheetCells, cell_name, text_lines
from pia_site.sources.readers.workbook_package import Package, Range, SheetPart, refused
from pia_site.sources.readers.workbook_rows import Box, PrintedRow, RowReader

_TALLEST = 1000
"""Rows that a cell can be merged over; a taller one is a slip of the hand."""
_NAMED = 5
"""Cells that a message names one by one."""


def read_workbook(data: bytes, source: str, sha256: str) -> Extract:
    """The extract of a workbook; `source` and `sha256` are what provenance says of the file.

    Every printed row of the form is a block with a line number of its own. Raises `PiaSiteError` where the bytes are
    no workbook (I030), encrypted (I031), an older format (I032) or larger than any form (I033).
    """
    package = Package(data)
    try:
        return _Reader(package).run(source, sha256)
    except PiaSiteError:
        raise
    # A package can be sound and the XML in it anything at all.
    except Exception as damage:
        raise refused("I030") from damage


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._line = 0
        self._blocks: list[Block] = []
        self._furniture: list[Leftover] = []
        self._unread: list[Leftover] = []
        self._not_calculated: list[str] = []

    def run(self, source: str, sha256: str) -> Extract:
        cells, rows = CellReader(self._package), RowReader()
        for sheet in self._package.sheets:
            self._sheet(sheet, cells.read(sheet), rows)
            self._line += 1  # no line of a sheet follows on the last of the one before
        texts = [block.text for block in self._blocks]
        texts += [one.text for one in (*self._furniture, *self._unread)]
        return Extract(
            source,
            sha256,
            tuple(self._blocks),
            sum(map(solid, texts)),
            tuple(self._furniture),
            tuple(self._unread),
            tuple(self._problems()),
        )

    def _sheet(self, sheet: SheetPart, found: SheetCells, rows: RowReader) -> None:
        page = _Page(sheet, found)
        printed: list[Box] = []
        left_out: dict[tuple[int, str], list[str]] = {}
        for box in _boxes(found):
            reason = page.why_unprinted(box.top, box.left, box.bottom, box.right)
            if reason is None:
                printed.append(box)
            else:
                left_out.setdefault((box.top, reason), []).extend(box.lines)
        shapes = []
        for shape in self._package.shapes(sheet):
            reason = page.why_unprinted(shape.row, shape.column, shape.row, shape.column)
            if reason is None:
                shapes.append(shape)
            else:
                left_out.setdefault((shape.row, reason), []).extend(shape.lines)
        right = max((box.right for box in printed), default=0)
        if found.used is not None and not found.merged:  # all was unmerged: no text reaches the right edge
            right = max(right, found.used.right)
        for row in rows.rows(printed, right):
            while shapes and shapes[0].row < row.top:
                self._drawn(sheet, shapes.pop(0).lines)
            self._printed(sheet, row)
        for shape in shapes:
            self._drawn(sheet, shape.lines)
        for (_, reason), lines in left_out.items():
            self._leave(sheet, reason, lines)
        for text in self._package.comments(sheet):
            self._leave(sheet, "コメント", text_lines(text))
        for words in found.running:
            self._furniture.append(Leftover(self._next(), self._line, words))
        self._not_calculated += [f"{sheet.title}!{name}" for name in found.not_calculated]

    def _next(self) -> int:
        self._line += 1
        return self._line

    def _printed(self, sheet: SheetPart, row: PrintedRow) -> None:
        shape = Shape.ROW if row.is_row else Shape.LINE
        line = self._next()
        self._blocks.append(Block(line, line, shape, row.cells, sheet=sheet.title, refs=row.names))

    def _drawn(self, sheet: SheetPart, paragraphs: Iterable[str]) -> None:
        lines = text_lines("\n".join(paragraphs))
        if lines:
            line = self._next()
            self._blocks.append(Block(line, line, Shape.LINE, (lines,), sheet=sheet.title))

    def _leave(self, sheet: SheetPart, reason: str, lines: Iterable[str]) -> None:
        text = "\n".join(lines)
        if text:
            self._unread.append(
                Leftover(self._next(), self._line, text, f"{reason}（シート「{sheet.title}」）")
            )

    def _problems(self) -> Iterator[Problem]:
        if self._unread:
            reasons = dict.fromkeys((one.reason or "").partition("（")[0] for one in self._unread)
            yield problem("I034", Location(), count=len(self._unread), reasons="・".join(reasons))
        if self._not_calculated:
            named = "、".join(self._not_calculated[:_NAMED])
            others = "など" if len(self._not_calculated) > _NAMED else ""
            yield problem("I035", Location(), count=len(self._not_calculated), cells=f"{named}{others}")


class _Page:
    """What of a sheet is printed."""

    def __init__(self, sheet: SheetPart, found: SheetCells) -> None:
        self._sheet = sheet
        self._found = found
        # A print area without any text was set by mistake: nothing would be printed.
        self._areas = [area for area in sheet.printed if any(area.holds(*place) for place in found.texts)]

    def why_unprinted(self, top: int, left: int, bottom: int, right: int) -> str | None:
        if self._sheet.is_hidden:
            return "非表示のシート"
        if all(row in self._found.hidden_rows for row in range(top, bottom + 1)):
            return "非表示の行"
        if any(first <= left and right <= last for first, last in self._found.hidden_columns):
            return "非表示の列"
        if self._areas and not any(area.overlaps(top, left, bottom, right) for area in self._areas):
            return "印刷範囲の外"
        return None


def _boxes(found: SheetCells) -> Iterator[Box]:
    """The cells that show text, each as large as it is merged."""
    merged = {(area.top, area.left): area for area in found.merged if area.bottom - area.top < _TALLEST}
    for (row, column), lines in found.texts.items():
        area = merged.get((row, column), Range(row, column, row, column))
        yield Box(row, column, area.bottom, area.right, lines, cell_name(row, column))

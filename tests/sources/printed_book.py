"""Types an invented 評価書 into a workbook in the layout of the official form, for the reader of workbooks.

The official workbook is a grid of narrow columns. A label is merged over the rows of its value, the three cells
「[」「○」「]」 stand before an option, the list of a choice in rows beside it, 再委託 upright beside its labels. Systems,
委託事項 and so on from the second on stand on further sheets, those that are not needed too. Values are what
`printed_form` takes: a text, an option, ticked options.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from printed_page import COLUMNS, SHEETS

from pia_site.documents.slots import Place, section_place
from pia_site.forms import Block, Form, Group, Item, Kind, Part, Section
from pia_site.text.wareki import parse_date

WIDTH = 48
"""Columns of the grid. Labels end at `LABEL`, values begin behind it."""
LABEL = 12
SIDE, STRIP = 3, 2
"""How wide a row heading is that stands beside its labels, and the strip before a label below a label."""
CHOICE, LIST = 25, 27
WAREKI = '[$-411]ggge"年"m"月"d"日"'
WAREKI_MONTH = '[$-411]ggge"年"m"月"'
CHANGE_COLUMNS = (1, 6, 13, 25, 37, 42)
_THIN = Side(style="thin")
_GREY, _WHITE = PatternFill("solid", fgColor="DDDDDD"), PatternFill()
_WRAPPED = Alignment(wrap_text=True, vertical="center", horizontal="left")
_FONT = Font(name="Noto Sans CJK JP", size=9)


def data_of(book: Workbook) -> bytes:
    """The workbook as a file."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@dataclass
class PrintedBook:
    """`records` holds the lines of each annex by the address of its section, `changes` the six cells of each row.

    `as_dates`: days and months are typed as dates of Excel in 和暦, not as text. `rows_a_sheet` is how many changes a
    sheet takes. `ruled`: with rules, colours and fonts, for printing; they take openpyxl most of the time.
    `whole_rows`: pages end between the rows of the form, as in the official workbook. `upright`: short row headings are
    written downwards.
    """

    form: Form
    values: Mapping[str, object] = field(default_factory=dict)
    copies: Mapping[str, int] = field(default_factory=dict)
    members: Mapping[str, int] = field(default_factory=dict)
    records: Mapping[str, Sequence[str]] = field(default_factory=dict)
    changes: Sequence[Sequence[str]] = field(default_factory=list)
    as_dates: bool = False
    rows_a_sheet: int = 20
    ruled: bool = False
    whole_rows: bool = False
    upright: bool = True

    def book(self) -> Workbook:
        book = Workbook()
        book.remove(book.active)
        self._book = book
        for part in self.form.parts:
            if part.role == "cover":
                self._cover(part)
                self._contents()
            elif part.role == "changes":
                self._changes(part)
            else:
                for copy in range(1, self.copies.get(part.step, 1) + 1):
                    self._part(part, copy if part.repeats else None)
        if self.whole_rows:
            for sheet in book:
                _end_pages(sheet)
        return book

    def data(self) -> bytes:
        return data_of(self.book())

    # --- sheets ---

    def _new(self, title: str) -> None:
        self._sheet = _Sheet(self._book.create_sheet(title[:31]), self.ruled)

    def _cover(self, part: Part) -> None:
        number, title, *others = part.sections[0].nodes
        assert isinstance(number, Item)
        assert isinstance(title, Item)
        place = section_place(part, part.sections[0], None)
        self._new("表紙")
        sheet = self._sheet
        sheet.wide(part.title, head=True)
        sheet.skip()
        sheet.put(number.label, 1, 10, head=True)
        sheet.put(title.label, 11, WIDTH, head=True)
        sheet.next()
        sheet.put(self._text(number, place), 1, 10, height=2)
        sheet.put(self._text(title, place), 11, WIDTH, height=2)
        sheet.next(2)
        for item in others:
            assert isinstance(item, Item)
            if item.label != "様式":
                sheet.skip()
                sheet.wide(item.label, head=True)
                sheet.wide(self._text(item, place), height=3)
        sheet.skip()
        sheet.put(f"[{self.form.revision}　{self.form.number}]", 37, WIDTH, border=False)

    def _contents(self) -> None:
        self._new("項目一覧")
        self._sheet.wide("項目一覧", head=True)
        for part in self.form.parts[1:]:
            self._sheet.wide(_title(part))

    def _changes(self, part: Part) -> None:
        edges = [*(column - 1 for column in CHANGE_COLUMNS[1:]), WIDTH]
        rows = list(self.changes)
        for first in range(0, max(len(rows), 1), self.rows_a_sheet):
            self._new(f"({part.printed}){part.title}{first + 1}～")
            if first == 0:
                self._sheet.wide(_title(part), border=False)
            for row in (COLUMNS, *rows[first : first + self.rows_a_sheet]):
                cells = list(zip(row, CHANGE_COLUMNS, edges, strict=True))
                for text, left, right in cells:
                    self._sheet.put(text, left, right, head=row is COLUMNS)
                self._sheet.heighten(max(_lines(*cell) for cell in cells))
                self._sheet.next()

    def _part(self, part: Part, copy: int | None) -> None:
        self._part_title = f"{part.printed}{part.title[:10]}{f'({copy})' if copy else ''}"
        self._new(self._part_title)
        self._sheet.wide(_title(part), border=False)
        for section in part.sections:
            place = section_place(part, section, copy)
            if part.role == "records":
                self._sheet.wide("\n".join(self.records.get(place.address, [])), height=4)
                continue
            if section.number is not None:
                self._section_row(section, place)
            self._nodes(section.nodes, place)

    def _section_row(self, section: Section, place: Place) -> None:
        number = (section.number or "").translate(_WIDE)
        words = f"{number}．{section.title}{_star(section.star)}"
        first = section.nodes[0]
        if isinstance(first, Item) and first.step == "0":
            height = self._checks(first, place, 31, 48)
            self._sheet.put(words, 1, 30, height=height, head=True)
            self._sheet.next(height)
        else:
            self._sheet.wide(words, head=True)

    # --- rows ---

    def _nodes(self, nodes: Iterable[object], place: Place) -> None:
        for node in nodes:
            if isinstance(node, Item):
                self._item(node, place, 1)
            elif isinstance(node, Block):
                self._block(node, place)
            elif isinstance(node, Group):
                self._group(node, place)

    def _block(self, block: Block, place: Place) -> None:
        inner = place.into_block(block)
        if block.titles:
            named = f"{block.label}：　" if len(block.titles) == 1 else ""
            self._sheet.wide(named + "\n".join(block.titles), head=True, height=len(block.titles))
            self._nodes(block.nodes, inner)
            return
        top = self._sheet.row
        for node in block.nodes:
            assert isinstance(node, Item)
            self._item(node, inner, SIDE + 1)
        words = f"{block.number or ''}{block.label}"
        upright = "\n".join(words) if len(words) < 6 and self.upright else words
        self._sheet.put(upright, 1, SIDE, top=top, height=self._sheet.row - top, head=True)

    def _group(self, group: Group, place: Place) -> None:
        size = self.members.get(place.members_prefix(group), 0)
        named = any(isinstance(one, Item) and not one.step for one in group.nodes)
        printed = next(last for last in SHEETS if last >= size)
        for number in range(1, printed + 1):
            if number - 1 in SHEETS:
                title = f"{group.label}{number}～{SHEETS[SHEETS.index(number - 1) + 1]}"
                self._new(f"{self._part_title} {title}")
                self._sheet.wide(title, head=True)
            inner = place.into_member(group, number)
            if named:
                self._sheet.put(f"{group.label}{number}", 1, LABEL, height=2, head=True)
                self._sheet.put(str(self.values.get(inner.address, "")), LABEL + 1, WIDTH, height=2)
                self._sheet.next(2)
            else:
                self._sheet.wide(f"{group.label}{number}", head=True)
            self._nodes(group.nodes, inner)
        if printed > 1:
            self._new(f"{self._part_title} {group.label}の後")

    def _item(self, item: Item, place: Place, left: int) -> None:
        if not item.step or item.step == "0" or item.kind is Kind.COUNT:
            return
        if place.section.lone_item is item:
            self._sheet.next(self._value(item, place, 1, WIDTH))
        elif item.heading_is_label:
            self._sheet.wide(item.label, head=True)
            self._sheet.next(self._value(item, place, 1, WIDTH))
        else:
            height = self._value(item, place, LABEL + 1, WIDTH)
            self._sheet.put(f"{item.printed}{_star(item.star)}", left, LABEL, height=height, head=True)
            self._sheet.next(height)
        for child in item.children:
            self._item(child, place, left + STRIP if left == 1 else left)

    # --- values; each gives the rows that it takes ---

    def _value(self, item: Item, place: Place, left: int, right: int) -> int:
        if item.kind is Kind.CHOICE:
            return self._choice(item, place)
        if item.kind is Kind.CHECKS:
            return self._checks(item, place, left, right)
        text = self._text(item, place)
        height = max(_lines(text, left, right), 2)
        if not item.heading_is_label:
            height = max(_lines(item.printed, STRIP + SIDE, LABEL), height)
        cell = self._sheet.put(text, left, right, height=height)
        day = parse_date(text) if item.kind is Kind.DATE and self.as_dates else None
        if day is not None and day.iso is not None:
            year, month, of_month = (*map(int, day.iso.split("-")), 1)[:3]
            cell.value = date(year, month, of_month)
            cell.number_format = WAREKI if day.iso.count("-") == 2 else WAREKI_MONTH
        return height

    def _text(self, item: Item, place: Place) -> str:
        return str(self.values.get(place.slot(item).address, ""))

    def _choice(self, item: Item, place: Place) -> int:
        sheet, count = self._sheet, self.values.get(f"{place.slot(item).address}-o1")
        middle, row, column = (LIST + WIDTH) // 2, 1, LIST
        for index, option in enumerate(item.options):
            words = f"{index + 1}) {option}"
            half = _lines(words, LIST, middle) == 1
            if not half and column != LIST:
                row, column = row + 1, LIST
            last = middle if half and column == LIST else WIDTH
            height = _lines(words, column, last)
            sheet.put(words, column, last, top=sheet.row + row, height=height, border=False)
            row, column = (row, middle + 1) if last == middle else (row + height, LIST)
        rows = row + (column != LIST)
        rows = max(rows, _lines(item.printed, STRIP + SIDE, LABEL))
        left = LABEL + 1
        sheet.put("[", left, left, height=rows, border=False)
        sheet.put(self._text(item, place), left + 1, CHOICE - 1, height=rows, border=False)
        sheet.put("]", CHOICE, CHOICE, height=rows, border=False)
        sheet.put("＜選択肢＞", LIST, WIDTH, border=False)
        if count is not None:
            sheet.put("(", left, left, top=sheet.row + rows, border=False)
            sheet.put(count, left + 1, left + 4, top=sheet.row + rows, border=False)
            sheet.put(") 件", left + 5, left + 7, top=sheet.row + rows, border=False)
            rows += 1
        sheet.frame(left, WIDTH, rows)
        return rows

    def _checks(self, item: Item, place: Place, left: int, right: int) -> int:
        """Boxes two a row; one with parentheses takes a row of its own."""
        value = self.values.get(place.slot(item).address)
        ticked = value if isinstance(value, set) else set()
        fills = {one.fill_of: one for one in item.fills}
        under = {option: name for name, options in item.option_groups for option in options}
        middle = (left + right + 1) // 2
        row, column = self._sheet.row, left
        for name, options in groupby(item.options, key=lambda option: under.get(option, "")):
            if name:
                self._sheet.put(f"・{name}", left, right, top=row, border=False)
                row += 1
            for option in options:
                if option in fills and column != left:
                    row, column = row + 1, left
                self._box(option, option in ticked, row, column, middle - 1 if column == left else right)
                if option in fills:
                    self._parentheses(fills[option], place, row, middle, right)
                if column == left and option not in fills and right - left > 20:
                    column = middle
                else:
                    row, column = row + 1, left
            row, column = row + (column != left), left
        height = row - self._sheet.row
        self._sheet.frame(left, right, height)
        return height

    def _box(self, option: str, is_ticked: bool, row: int, left: int, right: int) -> None:
        for offset, sign in enumerate(("[", "○" if is_ticked else None, "]")):
            self._sheet.put(sign, left + offset, left + offset, top=row, border=False)
        self._sheet.put(option, left + 3, right, top=row, border=False)

    def _parentheses(self, fill: Item, place: Place, row: int, left: int, right: int) -> None:
        unit = ") 件" if fill.kind is Kind.COUNT else ")"
        inside = self.values.get(place.slot(fill).address, "")
        self._sheet.put("(", left, left, top=row, border=False)
        self._sheet.put(inside, left + 1, right - 2, top=row, border=False)
        self._sheet.put(unit, right - 1, right, top=row, border=False)


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_PAGE = 66
"""Rows of a page."""
_CHARACTERS = 1.7
"""Characters of 9 points that a column is wide."""


def _lines(text: str, left: int, right: int) -> int:
    """How many lines a text takes in columns from `left` to `right`, one sheet row each."""
    width = int((right - left + 1) * _CHARACTERS)
    return sum(max(-(-len(line) // width), 1) for line in str(text).split("\n"))


def _title(part: Part) -> str:
    printed = f"（{part.printed}）" if part.printed.startswith("別添") else part.printed
    return f"{printed}　{part.title}{_star(part.star)}"


def _star(star: bool) -> str:
    return "　※" if star else ""


def _end_pages(sheet: Worksheet) -> None:
    """Page breaks where no cell goes on below, as far down as a page reaches."""
    inside = {row for area in sheet.merged_cells.ranges for row in range(area.min_row, area.max_row)}
    start = 1
    while start + _PAGE <= sheet.max_row:
        last = next((row for row in range(start + _PAGE - 1, start, -1) if row not in inside), None)
        if last is None:
            return
        sheet.row_breaks.append(Break(id=last))
        start = last + 1


class _Sheet:
    """A sheet under construction, with the row in which the next thing begins."""

    def __init__(self, sheet: Worksheet, ruled: bool) -> None:
        self.row = 1
        self._cells = sheet
        self._ruled = ruled
        for column in range(1, WIDTH + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 2.3
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.oddFooter.center.text = "&P"

    def put(
        self,
        text: object,
        left: int,
        right: int,
        *,
        top: int | None = None,
        height: int = 1,
        head: bool = False,
        border: bool = True,
    ) -> Cell:
        """A cell merged over a rectangle that begins in this row, or at `top`."""
        top = top or self.row
        cell = self._cells.cell(top, left)
        if text not in ("", None):
            cell.value = text
        if height > 1 or right > left:
            # Not `merge_cells`, which makes an object of every cell of the range and takes ten times as long.
            area = CellRange(min_row=top, max_row=top + height - 1, min_col=left, max_col=right)
            self._cells.merged_cells.add(area)
        if self._ruled:
            cell.alignment, cell.font = _WRAPPED, _FONT
            cell.fill = _GREY if head else _WHITE
        if border:
            self.frame(left, right, height, top)
        return cell

    def wide(self, text: object, *, height: int = 1, head: bool = False, border: bool = True) -> None:
        self.put(text, 1, WIDTH, height=height, head=head, border=border)
        self.next(height)

    def frame(self, left: int, right: int, height: int, top: int | None = None) -> None:
        top = top or self.row
        for row in range(top, top + height) if self._ruled else ():
            for column in range(left, right + 1):
                self._cells.cell(row, column).border = Border(
                    left=_THIN if column == left else None,
                    right=_THIN if column == right else None,
                    top=_THIN if row == top else None,
                    bottom=_THIN if row == top + height - 1 else None,
                )

    def heighten(self, lines: int) -> None:
        self._cells.row_dimensions[self.row].height = 15 * lines

    def next(self, height: int = 1) -> None:
        self.row += height

    def skip(self) -> None:
        self.row += 1

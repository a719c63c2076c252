"""The cells of a workbook's sheets as they are shown, with what is merged and what is hidden.

The XML is read here and not with openpyxl, which loses what the account of every character needs: it refuses a merge
of whole columns (LibreOffice writes 「A:A」), drops print areas of whole columns, words under merged cells, drawn
shapes and dates by Japanese format numbers, and takes a form of 50,000 bordered cells 4 seconds; this takes 0.3.
May import: workbook_package, workbook_values, markup; the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from pia_site.sources.readers.markup import replace_controls
from pia_site.sources.readers.workbook_package import (
    Package,
    Range,
    SheetPart,
    cell_range,
    is_true,
    name,
    refused,
    rich_text,
)
from pia_site.sources.readers.workbook_values import NumberFormat, built_in, read_format, shown_number

_MOST_CELLS = 1_000_000
"""Cells of all sheets, those with nothing but a border too."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = re.compile(r"[ \t\r\u00a0]+")
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|&|.)')
"""What stands between the words of a running head: fonts, colours, the place, the page number."""


@dataclass(slots=True)
class SheetCells:
    """What stands on a sheet. `texts` holds the lines of every cell that shows any, by row and column."""

    texts: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    used: Range | None = None
    """The cells that the sheet uses, empty ones with a border too, as the program that saved it says."""
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    not_calculated: list[str] = field(default_factory=list)
    """The names of cells whose formula has no stored result: one program wrote it, and none calculated it."""
    running: list[str] = field(default_factory=list)
    """Running heads and feet."""


class CellReader:
    """Reads the sheets of a package, which have their strings and formats in common."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._strings = [_unescaped(rich_text(one)) for one in _children(package.strings, "si")]
        self._formats = list(_formats(package.styles))
        self._left = _MOST_CELLS

    def read(self, sheet: SheetPart) -> SheetCells:
        found = SheetCells()
        row = column = 0
        data: ElementTree.Element | None = None
        for event, element in ElementTree.iterparse(BytesIO(self._package.xml(sheet)), ("start", "end")):
            kind = name(element)
            if event == "start":
                if kind == "row":
                    row, column = int(element.get("r", row + 1)), 0
                    if is_true(element.get("hidden")) or element.get("ht") == "0":
                        found.hidden_rows.add(row)
                elif kind == "sheetData":
                    data = element
                continue
            if kind == "c":
                self._left -= 1
                if self._left < 0:
                    raise refused("I033")
                place = cell_range(element.get("r", "")) if len(element) else None
                row, column = (place.top, place.left) if place else (row, column + 1)
                self._cell(element, row, column, found)
            elif kind == "row" and data is not None:
                data.clear()
            elif kind == "dimension":
                found.used = cell_range(element.get("ref", ""))
            elif kind == "mergeCell":
                area = cell_range(element.get("ref", ""))
                if area is not None:
                    found.merged.append(area)
            elif kind == "col" and (is_true(element.get("hidden")) or element.get("width") == "0"):
                found.hidden_columns.append((int(element.get("min", "0")), int(element.get("max", "0"))))
            elif kind == "headerFooter":
                found.running += [
                    words for one in element if (words := _CODES.sub(" ", one.text or "").strip())
                ]
        return found

    def _cell(self, element: ElementTree.Element, row: int, column: int, found: SheetCells) -> None:
        kind, value, formula, text = element.get("t", "n"), "", False, ""
        for child in element:
            match name(child):
                case "v":
                    value = child.text or ""
                case "f":
                    formula = True
                case "is":
                    text = _unescaped(rich_text(child))
        if formula and not value and kind != "str":
            found.not_calculated.append(cell_name(row, column))
            return
        if kind == "s" and value:
            text = self._strings[int(value)]
        elif kind == "b" and value:
            text = "TRUE" if value == "1" else "FALSE"
        elif kind == "n" and value:
            how = self._format(element.get("s", "0"))
            text = shown_number(value, how, from_1904=self._package.from_1904)
        elif value:
            text = _unescaped(value)
        lines = text_lines(text)
        if lines:
            found.texts[row, column] = lines

    def _format(self, style: str) -> NumberFormat:
        number = int(style)
        return self._formats[number] if number < len(self._formats) else read_format("")


def cell_name(row: int, column: int) -> str:
    """3, 28 → AB3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def text_lines(text: str) -> tuple[str, ...]:
    """The lines of a cell, stripped, none empty."""
    lines = (_SPACES.sub(" ", line).strip() for line in replace_controls(text).split("\n"))
    return tuple(line for line in lines if line)


def _formats(styles: bytes) -> Iterator[NumberFormat]:
    """The number format of every cell style, in the order of the styles."""
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in _children(styles, "numFmt")}
    known: dict[str, NumberFormat] = {}
    for cells in _children(styles, "cellXfs"):
        for style in cells:
            number = style.get("numFmtId", "0")
            code = codes.get(number) or built_in(int(number))
            yield known.setdefault(code, read_format(code))


def _children(xml: bytes, kind: str) -> Iterator[ElementTree.Element]:
    if xml:
        yield from (one for one in ElementTree.fromstring(xml).iter() if name(one) == kind)


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are stored as _x000D_. Half of a pair is no character."""
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)


def _character(number: int) -> str:
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)

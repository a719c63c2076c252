"""The ZIP package around a workbook: unpacked with care, its sheets in order, and what lies beside their cells.

A workbook comes from outside. What is encrypted, unpacks without end or is no workbook at all is refused with a
problem. Names of elements are looked at without their namespace, which depends on the program that saved the file.
May import: problems; the standard library.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from pia_site.problems import Location, PiaSiteError, problem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST = 120 * 1024 * 1024
"""Bytes of all XML parts, unpacked. A form of 200 pages has about 20 MB."""
_CHUNK = 1024 * 1024
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
_RELATED = re.compile(r"\{[^}]*/relationships\}id")
_PRINT_AREA = "_xlnm.Print_Area"
_RANGE = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?\Z")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, 1-based, its edges included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def overlaps(self, top: int, left: int, bottom: int, right: int) -> bool:
        return self.top <= bottom and top <= self.bottom and self.left <= right and left <= self.right


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it. `printed` is its print area, empty where all of it is printed."""

    title: str
    path: str
    is_hidden: bool
    printed: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The text of a drawn shape: the row and column in which it begins, its paragraphs."""

    row: int
    column: int
    lines: tuple[str, ...]


class Package:
    """A package that is safe to read. Raises `PiaSiteError` for any other.

    `sheets` stand in the order of the workbook; `strings` and `styles` are the XML of its common parts, and
    `from_1904` says which of the two calendars of Excel its days are counted in.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            raise refused("I031" if _ENCRYPTED in data else "I032")
        try:
            self._parts = dict(_unpacked(data))
            self._read_book()
        except PiaSiteError:
            raise
        # Damaged bytes make the archive, the decompressors and the parser raise what they like.
        except Exception as damage:
            raise refused("I030") from damage

    def _read_book(self) -> None:
        book = self._of_kind("", "officeDocument")[0]
        root = ElementTree.fromstring(self._parts[book])
        parts = self._related(book)
        areas = _print_areas(root)
        self.from_1904 = any(
            name(element) == "workbookPr" and is_true(element.get("date1904")) for element in root
        )
        self.sheets: list[SheetPart] = []
        for index, element in enumerate(one for one in root.iter() if name(one) == "sheet"):
            kind, path = next(parts[value] for key, value in element.items() if _RELATED.fullmatch(key))
            if kind.endswith("/worksheet"):
                hidden = element.get("state", "visible") != "visible"
                self.sheets.append(SheetPart(element.get("name", ""), path, hidden, areas.get(index, ())))
        self.strings = self._first(book, "sharedStrings")
        self.styles = self._first(book, "styles")

    def xml(self, sheet: SheetPart) -> bytes:
        return self._parts[sheet.path]

    def shapes(self, sheet: SheetPart) -> list[Shape]:
        """The shapes that hold text, from top to bottom."""
        found = [
            shape for path in self._of_kind(sheet.path, "drawing") for shape in _shapes(self._parts[path])
        ]
        return sorted(found, key=lambda shape: (shape.row, shape.column))

    def comments(self, sheet: SheetPart) -> list[str]:
        """The text of every note."""
        return [
            rich_text(element)
            for path in self._of_kind(sheet.path, "comments")
            for element in ElementTree.fromstring(self._parts[path]).iter()
            if name(element) == "comment"
        ]

    def _first(self, part: str, kind: str) -> bytes:
        return next((self._parts[path] for path in self._of_kind(part, kind)), b"")

    def _of_kind(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that a part refers to, as far as they are there."""
        related = self._related(part).values()
        return [path for one, path in related if one.endswith(f"/{kind}") and path in self._parts]

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and path of everything that a part ("" is the package) refers to, by id."""
        folder, file = posixpath.split(part)
        rels = self._parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for element in ElementTree.fromstring(rels) if rels else ():
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
            found[element.get("Id", "")] = element.get("Type", ""), target.lstrip("/")
        return found


def refused(code: str) -> PiaSiteError:
    """The error for a workbook that is not read at all."""
    return PiaSiteError([problem(code, Location())])


def name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def is_true(value: str | None) -> bool:
    return value in ("1", "true")


def rich_text(element: ElementTree.Element) -> str:
    """The text of a string, a note or a run; the reading of kanji (rPh) is a hint and no text."""
    if name(element) == "t":
        return element.text or ""
    return "".join(rich_text(child) for child in element if name(child) != "rPh")


def cell_range(reference: str) -> Range | None:
    """「B2:F5」「$A$1」, whole rows 「1:9」 and columns 「A:F」; None for what is no range of cells."""
    match = _RANGE.match(reference.strip().upper())
    if match is None or not any(match.groups()):
        return None
    left, top, right, bottom = match.groups()
    if right is None and bottom is None:
        right, bottom = left, top
    rows = sorted((int(top or 1), int(bottom or _LAST_ROW)))
    columns = sorted((_column(left or "A"), _column(right) if right else _LAST_COLUMN))
    return Range(rows[0], columns[0], rows[1], columns[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every XML part, measured while they unpack: what a package says of itself may be a lie."""
    left = _LARGEST
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not entry.filename.endswith((".xml", ".rels")):
                continue
            pieces = []
            with archive.open(entry) as part:
                while piece := part.read(_CHUNK):
                    left -= len(piece)
                    if left < 0:
                        raise refused("I033")
                    pieces.append(piece)
            whole = b"".join(pieces)
            # No program that saves workbooks declares entities; they are a way to make text without end.
            if _DOCTYPE.search(whole):
                raise refused("I030")
            yield entry.filename.lstrip("/"), whole


def _print_areas(book: ElementTree.Element) -> dict[int, tuple[Range, ...]]:
    """The print areas by the index of their sheet."""
    areas = {}
    for element in book.iter():
        if name(element) == "definedName" and element.get("name") == _PRINT_AREA:
            ranges = (one.rpartition("!")[2] for one in _outside_quotes(element.text or ""))
            found = tuple(area for one in ranges if (area := cell_range(one)) is not None)
            areas[int(element.get("localSheetId", "0"))] = found
    return areas


def _outside_quotes(references: str) -> list[str]:
    """「'Ⅱ,1'!$A$1:$C$9,Ⅱ!$A$20」 at the commas between references."""
    return re.findall(r"(?:'(?:[^']|'')*'|[^,'])+", references)


def _shapes(drawing: bytes) -> Iterator[Shape]:
    for anchor in ElementTree.fromstring(drawing):
        start = next((child for child in anchor if name(child) == "from"), None)
        place = {name(child): int(child.text or 0) + 1 for child in (start if start is not None else ())}
        for shape in _within(anchor):
            paragraphs = (rich_text(one) for one in shape.iter() if name(one) == "p")
            lines = tuple(line for paragraph in paragraphs if (line := paragraph.strip()))
            if lines:
                yield Shape(place.get("row", 1), place.get("col", 1), lines)


def _within(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The shapes below an element, those of groups too; not the copies kept for old programs, nor hidden ones."""
    for child in element:
        if name(child) == "sp":
            properties = next((one for one in child.iter() if name(one) == "cNvPr"), None)
            if properties is None or not is_true(properties.get("hidden")):
                yield child
        elif name(child) != "Fallback":
            yield from _within(child)

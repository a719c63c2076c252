"""Reads an HTML page: its data tables as rows, everything else as headings and lines.

A table of one column is a frame, and one that only holds other tables is layout: what stands in them is read as if they
were not there. A table inside a cell becomes lines of the cell. Blocks are numbered as they are read (a row, a line or
a heading each), because an HTML file may stand on one line or break its lines anywhere.
What a browser does not show, and what it shows struck out, is not read but reported as unread.
May import: extract, markup, span_grid, problems; the only module that imports lxml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from pia_site.problems import Location, PiaSiteError, problem
from pia_site.sources.extract import Block, Cell, Extract, Leftover, Shape, size_of
from pia_site.sources.readers.markup import input_sign, replace_controls
from pia_site.sources.readers.span_grid import SpanGrid

_MARKUP = frozenset(
    ["head", "script", "style", "template", "title", "rp", "datalist", "object", "applet", "param"]
)
_FURNITURE = frozenset(["nav", "header", "footer", "noscript", "button"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ARTICLES = frozenset(["article", "main", "section"])
_CELLS = frozenset(("td", "th"))
_is_block = re.compile(
    "p|div|ul|ol|li|table|thead|tbody|tfoot|tr|td|th|caption|h[1-6]|br|hr|dl|dt|dd|blockquote|pre|address|article|aside|"
    "section|main|figure|figcaption|fieldset|legend|form|header|footer|details|summary|center|text"
).fullmatch
"""Elements that begin and end a line (`text`: in a drawing)."""
_WORDLESS_INPUTS = frozenset(["hidden", "submit", "reset", "button", "image", "file", "password"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[-a-z]*\s*:[^;]*line-through", re.IGNORECASE)
_PREFORMATTED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)

_NOT_SHOWN = "表示されない文字です"
_STRUCK_OUT = "取り消し線が付いています"
_READING = "ふりがなです"
_PICTURE = "画像の説明です"

_BREAK = "\x0b"
"""A line break that is meant; those of the file are white space. No text holds one: it is a control character."""
_SPACES = re.compile(r"[ \t\r\n\u00a0]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LAYOUT = 8
"""A table that holds so many times its own rows in tables within it is there for the layout."""
_MOST_ACROSS, _MOST_DOWN = 1000, 65534
"""As browsers limit `colspan` and `rowspan`."""


def read_html(text: str, source: str, sha256: str) -> Extract:
    """The extract of a whole page; `source` and `sha256` are what provenance says of the file.

    Raises `PiaSiteError` where the page cannot be read to its end, or shows nothing but other files.
    """
    root = _tree(text)
    if root is None:
        return Extract(source, sha256, (), size_of(text))
    page = _Page(root)
    blocks = tuple(sorted(page.blocks, key=lambda block: block.first))
    return Extract(source, sha256, blocks, size_of(text), tuple(page.furniture), tuple(page.unread))


def _tree(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = replace_controls(text).encode("utf-8", "replace")
    try:
        root: etree._Element | None = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None  # white space and comments only
    # The parser stops at elements nested too deep, and what follows would be lost.
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise PiaSiteError([problem("I047", Location())])
    if root is not None and next(root.iter("frameset"), None) is not None:
        raise PiaSiteError([problem("I048", Location())])
    return root


# --- what stands for what ---


@dataclass(slots=True)
class _Count:
    """What one table holds itself, and the rows of the tables within it."""

    rows: int = 0
    cells: int = 0
    widest: int = 0
    inner_rows: int = 0

    @property
    def is_data(self) -> bool:
        return self.widest > 1 and self.inner_rows < _LAYOUT * max(1, self.rows)


class _Plan:
    """Which tables of a page are data, and which elements are the furniture around its document.

    Head and foot of an article belong to it, and what holds a table is never furniture.
    """

    def __init__(self, root: etree._Element) -> None:
        self.data: set[etree._Element] = set()
        self.furniture: set[etree._Element] = set()
        self._tables: list[_Count] = []
        self._bare: list[bool] = []
        """Of every open element that may be furniture: whether no table was met in it."""
        self._articles = 0
        tags = ("table", "tr", *_CELLS, *_FURNITURE, *_ARTICLES)
        for event, element in etree.iterwalk(root, events=("start", "end"), tag=tags):
            (self._start if event == "start" else self._end)(element, _tag(element))

    def _start(self, element: etree._Element, tag: str) -> None:
        if tag == "table":
            self._tables.append(_Count())
            self._bare = [False] * len(self._bare)
        elif tag in _FURNITURE:
            self._bare.append(not (self._articles and tag in ("header", "footer")))
        elif tag in _ARTICLES:
            self._articles += 1
        elif self._tables and tag == "tr":
            self._tables[-1].rows += 1
            self._tables[-1].cells = 0
        elif self._tables:
            count = self._tables[-1]
            count.cells += 1
            count.widest = max(count.widest, count.cells)

    def _end(self, element: etree._Element, tag: str) -> None:
        if tag == "table":
            count = self._tables.pop()
            if self._tables:
                self._tables[-1].inner_rows += count.rows + count.inner_rows
            if count.is_data:
                self.data.add(element)
        elif tag in _FURNITURE and self._bare.pop():
            self.furniture.add(element)
        elif tag in _ARTICLES:
            self._articles -= 1


# --- the page ---


class _Page:
    """Walks through a page. Text goes to the open cell of a data table, else to the open line."""

    def __init__(self, root: etree._Element) -> None:
        self.blocks: list[Block] = []
        self.furniture: list[Leftover] = []
        self.unread: list[Leftover] = []
        self._number = 0
        self._text: list[str] = []
        self._heading: etree._Element | None = None
        self._grid: SpanGrid | None = None
        self._within = 0
        """Tables open inside a cell of the data table."""
        self._cell: etree._Element | None = None
        self._preformatted = 0
        self._plan = _Plan(root)
        self._read(root)

    def _read(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start" and self._is_put_aside(element):
                walk.skip_subtree()
                skipped = element
            elif event == "start":
                self._start(element)
            else:
                if element is not skipped:
                    self._end(element)
                self._add(element.tail or "")
        self._end_heading()

    # --- elements ---

    def _start(self, element: etree._Element) -> None:
        tag = _tag(element)
        if tag == "table":
            self._start_table(element)
        elif tag in _HEADINGS and self._cell is None:
            self._edge()
            self._heading = element
        elif self._grid is not None and not self._within and tag == "tr":
            self._edge()
            self._open_row()
        elif self._grid is not None and not self._within and tag in _CELLS:
            self._open_cell(element)
        elif _is_block(tag) and not (self._within and tag in _CELLS):
            self._edge()
        self._preformatted += _is_preformatted(element)
        self._add(element.text or "")

    def _end(self, element: etree._Element) -> None:
        tag = _tag(element)
        self._preformatted -= _is_preformatted(element)
        if tag == "table" and self._grid is not None and (self._within or element in self._plan.data):
            self._end_table()
        elif element is self._heading:
            self._end_heading()
        elif element is self._cell:
            self._close_cell()
        elif self._within and tag in _CELLS:
            self._text.append(" ")
        elif _is_block(tag):
            self._edge()
            if self._grid is not None and not self._within and tag in ("thead", "tbody", "tfoot"):
                self._grid.end_group()

    def _is_put_aside(self, element: etree._Element) -> bool:
        """Whether an element is no text of the document, or is said otherwise than by the text within it."""
        tag = _tag(element)
        if tag in _MARKUP:
            return True
        style = element.get("style", "")
        if tag not in ("html", "body") and (element.get("hidden") is not None or _HIDDEN.search(style)):
            self._put_aside(self.unread, _words(element), _NOT_SHOWN)
        elif tag in ("del", "s", "strike") or _STRUCK.search(style):
            self._put_aside(self.unread, _words(element), _STRUCK_OUT)
        elif tag in ("rt", "rtc"):
            self._put_aside(self.unread, _words(element), _READING)
        elif tag == "img":
            self._put_aside(self.unread, _clean(element.get("alt", "")), _PICTURE)
        elif element in self._plan.furniture:
            self._edge()
            self._put_aside(self.furniture, _words(element), None)
        elif tag == "select":
            self._text.append(_chosen(element))
        elif tag == "input":
            self._text.append(_input(element))
        else:
            return False
        return True

    def _put_aside(self, kept: list[Leftover], words: str, reason: str | None) -> None:
        if not words:
            return
        inside = self._cell is not None and self._grid is not None
        number = self._grid.number if inside and self._grid is not None else self._number + 1
        if kept is self.furniture and not inside:
            self._number = number
        kept.append(Leftover(number, number, words, reason))

    # --- tables ---

    def _start_table(self, element: etree._Element) -> None:
        if self._grid is not None:
            self._edge()
            self._within += 1
            return
        self._end_heading()
        if element in self._plan.data:
            self._grid = SpanGrid()

    def _end_table(self) -> None:
        self._edge()
        if self._within:
            self._within -= 1
            return
        self._close_cell()
        assert self._grid is not None
        self.blocks += [Block(number, number, Shape.ROW, cells) for number, cells in self._grid.rows()]
        self._grid = None

    def _open_row(self) -> None:
        assert self._grid is not None
        self._close_cell()
        self._number += 1
        self._grid.open_row(self._number)

    def _open_cell(self, element: etree._Element) -> None:
        assert self._grid is not None
        self._close_cell()
        self._edge()
        if not self._grid.is_open:
            self._open_row()
        self._cell = element

    def _close_cell(self) -> None:
        if self._cell is not None and self._grid is not None:
            across = _span(self._cell, "colspan", least=1, most=_MOST_ACROSS)
            down = _span(self._cell, "rowspan", least=0, most=_MOST_DOWN)
            self._grid.add(tuple(_lines(self._text)), across=across, down=down)
            self._text = []
        self._cell = None

    # --- text ---

    def _add(self, text: str) -> None:
        if text:
            text = _clean(text)
            self._text.append(text.replace("\n", _BREAK) if self._preformatted else text)

    def _edge(self) -> None:
        """The beginning or end of a line."""
        if self._cell is not None or self._heading is not None:
            self._text.append(_BREAK)
            return
        for line in self._taken():
            self._block(Shape.LINE, (line,))

    def _end_heading(self) -> None:
        """Also where a table begins inside a heading."""
        if self._heading is None:
            self._edge()
            return
        self._heading = None
        lines = tuple(self._taken())
        if lines:
            self._block(Shape.HEADING, lines)

    def _taken(self) -> Iterator[str]:
        text, self._text = self._text, []
        return _lines(text)

    def _block(self, shape: Shape, lines: Cell) -> None:
        self._number += 1
        self.blocks.append(Block(self._number, self._number, shape, (lines,)))


# --- single elements ---


def _tag(element: etree._Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _is_preformatted(element: etree._Element) -> bool:
    return _tag(element) in ("pre", "textarea") or bool(_PREFORMATTED.search(element.get("style", "")))


def _span(cell: etree._Element, name: str, *, least: int, most: int) -> int:
    written = (cell.get(name) or "").strip()
    return max(least, min(int(written[:6]), most)) if written.isascii() and written.isdigit() else 1


def _input(element: etree._Element) -> str:
    attributes = {name.lower(): value for name, value in _attributes(element)}
    if attributes.get("type", "").lower() in _WORDLESS_INPUTS:
        return ""
    return input_sign({**attributes, "value": _clean(attributes.get("value", ""))})


def _attributes(element: etree._Element) -> Iterable[tuple[str, str]]:
    return ((str(name), str(value)) for name, value in element.attrib.items())


def _chosen(select: etree._Element) -> str:
    """The chosen option in brackets. Where the file names none, the list alone: nobody knows what was shown."""
    options = [(option.get("selected") is not None, _words(option)) for option in select.iter("option")]
    chosen = [words for is_chosen, words in options if is_chosen]
    if chosen:
        return " ".join(f"[{words}]" for words in chosen)
    listed = [words for _, words in options if words]
    return (
        "<選択肢>" + "".join(f" {number}) {words}" for number, words in enumerate(listed, start=1))
        if listed
        else ""
    )


def _words(element: etree._Element) -> str:
    """All text within an element on one line, that of scripts excepted."""
    pieces = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "end":
            pieces.append(" " if _is_block(_tag(one)) else "")
            pieces.append((one.tail or "") if one is not element else "")
        elif _tag(one) in _MARKUP:
            walk.skip_subtree()
        else:
            pieces.append(" " if _is_block(_tag(one)) else "")
            pieces.append(one.text or "")
    return " ".join(_clean("".join(pieces)).split())


def _clean(text: str) -> str:
    """Text without what no document can hold: a character reference may name anything."""
    return _INVISIBLE.sub("", replace_controls(text))


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    """The lines of a text, stripped, none empty."""
    for line in "".join(pieces).split(_BREAK):
        if line := _SPACES.sub(_space, line).strip():
            yield line


def _space(match: re.Match[str]) -> str:
    """White space is one space; where the file breaks its line between two wide characters, it is nothing."""
    text, run = match.string, match[0]
    if "\n" not in run or "\u00a0" in run or not match.start() or match.end() == len(text):
        return " "
    return "" if _is_wide(text[match.start() - 1]) and _is_wide(text[match.end()]) else " "


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F", "H")

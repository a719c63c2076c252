"""An annex of the body's own out of scrambled pages: a numbered table row by row, anything else as it stands.

The cells of a row follow each other; a number opens it. A row that a page break divides, and whose number the text
layer puts elsewhere, is the one whose number comes between its neighbours'. May import: extract, gathered, raw_text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pia_site.sources.extract import Block, Shape
from pia_site.sources.filling.gathered import Ledger
from pia_site.sources.readers.raw_text import Chunk, Line

CELLS = "　"
"""What parts the cells of a row in an entry."""

_NUMBERED = re.compile(r"(?P<n>[0-9０-９]{1,3})(?:[\s　]+(?P<rest>\S.*))?")
_PAGE_NUMBER = re.compile(r"[0-9０-９]{2,3}")
_ITEM = re.compile(
    r"[・●○◎◆■□※＊]|[(（][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}(?:[-－][0-9０-９①-⑳]{1,2}|[．.])|[①-⑳]"
)
_FEWEST_ROWS = 3
_MOST_CHUNKS = 6
"""A table row of more stretches is none."""
_CELL = 15
"""Fewer characters are the wrapped end of the cell before."""


def is_numbered(text: str) -> bool:
    """Whether a row begins with its number."""
    return _NUMBERED.fullmatch(text) is not None


@dataclass(slots=True)
class _Row:
    number: int
    head: list[Line]
    """The line with the number, and the lines below it."""
    rest: list[Chunk] = field(default_factory=list)


def read_pages(pages: Sequence[Sequence[Chunk]], ledger: Ledger) -> list[str]:
    """The entries of an annex. Every word is placed, but for page numbers and the names of columns."""
    kept = [_without_page_number(page, ledger) for page in pages]
    starts = [_number(chunk) for page in kept for chunk in page]
    numbers = [number for number in starts if number is not None]
    rows = len(set(numbers))
    if rows >= _FEWEST_ROWS and rows == len(numbers) and len(starts) <= _MOST_CHUNKS * rows:
        return _table(kept, ledger)
    return [entry for page in kept for chunk in page for entry in _entries(chunk, ledger)]


def _without_page_number(page: Sequence[Chunk], ledger: Ledger) -> list[Chunk]:
    if page and len(page[-1]) == 1 and _PAGE_NUMBER.fullmatch(page[-1][0].text):
        ledger.form(_at(page[-1][0]), page[-1][0].text)
        return list(page[:-1])
    return list(page)


def _number(chunk: Chunk) -> int | None:
    match = _NUMBERED.fullmatch(chunk[0].text)
    return int(match["n"]) if match else None


# --- a table ---


def _table(pages: Sequence[Sequence[Chunk]], ledger: Ledger) -> list[str]:
    rows: list[_Row] = []
    torn: list[tuple[int, list[Chunk]]] = []
    heads: set[str] = set()
    for page in pages:
        first = next((i for i, chunk in enumerate(page) if _number(chunk) is not None), len(page))
        ahead = [chunk for chunk in page[:first] if rows and _words(chunk) not in heads]
        for chunk in page[:first]:
            if chunk not in ahead:
                _claim_head(chunk, ledger, again=_words(chunk) in heads)
                heads.add(_words(chunk))
        if ahead:
            torn.append((len(rows), ahead))
        for chunk in page[first:]:
            number = _number(chunk)
            if number is None:
                rows[-1].rest.append(chunk)
            else:
                rows.append(_Row(number, list(chunk)))
    astray = [owner for index, ahead in torn if (owner := _mend(rows, index, ahead)) is not None]
    in_order = [row.number for row in rows if row not in astray]
    if in_order == sorted(in_order):
        rows.sort(key=lambda row: row.number)
    for row in rows:
        for line in (*row.head, *(line for chunk in row.rest for line in chunk)):
            ledger.place(_at(line), line.text)
    return [_entry(row) for row in rows]


def _claim_head(chunk: Chunk, ledger: Ledger, *, again: bool) -> None:
    """The names of the columns, once a page."""
    for line in chunk:
        (ledger.repeat if again else ledger.form)(_at(line), line.text)


def _mend(rows: list[_Row], index: int, ahead: list[Chunk]) -> _Row | None:
    """Give what stands at the head of a page to the row that the page break divides.

    Returns that row where its number was put elsewhere: then the end of the page before may be its too.
    """
    last = rows[index - 1]
    following = rows[index].number if index < len(rows) else None
    between = [row for row in rows if following and last.number < row.number < following]
    if len(between) != 1:
        last.rest += ahead
        return None
    usual = Counter(_cells(row) for row in rows if row is not last).most_common(1)[0][0]
    while _cells(last) > usual:
        ahead.insert(0, last.rest.pop())
    between[0].rest += ahead
    return between[0]


def _cells(row: _Row) -> int:
    """Cells of a row that hold more than a name."""
    return sum(len(_words(chunk)) >= _CELL for chunk in (row.head[1:], *row.rest))


def _entry(row: _Row) -> str:
    match = _NUMBERED.fullmatch(row.head[0].text)
    assert match is not None
    name, cells = match["rest"] or "", [_words(row.head[1:])]
    first, _, beside = name.partition(" ")
    if len(beside) >= _CELL:
        name, cells = first, [beside + cells[0]]
    if not name:
        # The name is wrapped below its number, and its end may stand apart.
        name, cells = cells[0], []
    for chunk in row.rest:
        if len(cells) == 0 and len(_words(chunk)) < _CELL:
            name += _words(chunk)
        else:
            cells.append(_words(chunk))
    return CELLS.join(filter(None, [match["n"], name, *cells]))


# --- anything else ---


def _entries(chunk: Chunk, ledger: Ledger) -> list[str]:
    """One for a stretch of lines, or for each of its numbered or marked ones."""
    entries: list[str] = []
    for line in chunk:
        if entries and not _ITEM.match(line.text):
            entries[-1] += line.text
        else:
            entries.append(line.text)
    says = any(char.isalnum() for entry in entries for char in entry)
    for line in chunk:
        (ledger.place if says else ledger.form)(_at(line), line.text)
    return entries if says else []


def _words(chunk: Sequence[Line]) -> str:
    return "".join(line.text for line in chunk)


def _at(line: Line) -> Block:
    return Block(line.number, line.number, Shape.LINE, ())

"""Change rows out of scrambled pages: dates open them, 事前 or 事後 closes them, the page may run upwards.

The two sides of a row follow each other in the text; where one ends is told by what they say (`raw_sides`).
May import: changes, gathered, raw_sides, raw_text, extract, text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pia_site.sources.extract import Block, Shape, less
from pia_site.sources.filling.changes import TIMINGS, Row
from pia_site.sources.filling.gathered import Ledger
from pia_site.sources.readers.raw_text import Line, Page
from pia_site.sources.scrambled.sides import Cells, Word, cells_of
from pia_site.text.cleaning import matching_key
from pia_site.text.wareki import parse_date

_DATE = re.compile(
    r"(?P<date>(?:平成|令和)[0-9０-９元]{1,2}年[0-9０-９]{1,2}月[0-9０-９]{1,2}日)(?:[ ]+(?P<rest>.*))?"
)
_HEAD = ("変更日", "変更箇所")
_PAGE_NUMBER = re.compile(r"[0-9０-９]{1,3}")
_NOT_PARTED = "変更前と変更後の境が分かりません"


def read_raw_changes(pages: Iterable[Page], ledger: Ledger, current: str = "") -> list[Row]:
    """The rows in printed order, as far as their cells can be told apart.

    `current` is the wording of the rest of the document, as `matching_key` folds it.
    """
    read = [_page_rows(page, ledger, current) for page in pages]
    days = [[parse_date(row.date) for row in rows] for rows in read]
    falling = sum(_falls([day.iso or "" for day in page if day]) for page in days)
    rising = sum(_falls([day.iso or "" for day in reversed(page) if day]) for page in days)
    # A text layer that runs upwards does so on every page; pages of a single date follow the others.
    upwards = falling > rising
    return [row for rows in read for row in (reversed(rows) if upwards else rows)]


def _falls(days: list[str]) -> bool:
    return len(set(days)) > 1 and days == sorted(days, reverse=True)


def _page_rows(page: Page, ledger: Ledger, current: str) -> list[Row]:
    lines = [(line, index) for index, chunk in enumerate(page.chunks) for line in chunk]
    if lines and _PAGE_NUMBER.fullmatch(lines[-1][0].text):
        line, _ = lines.pop()
        ledger.form(_block(line.number), line.text)
    groups: list[list[tuple[Line, int]]] = []
    for line, index in lines:
        if _is_head(line.text):
            ledger.form(_block(line.number), line.text)
            continue
        if _opens_row(line.text):
            groups.append([])
        if groups:
            groups[-1].append((line, index))
        else:
            ledger.leave(_block(line.number), line.text)
    return [_row(group, ledger, current) for group in groups]


def _block(number: int) -> Block:
    return Block(number, number, Shape.LINE, ())


def _is_head(text: str) -> bool:
    return any(matching_key(word) in matching_key(text) for word in _HEAD) and _DATE.match(text) is None


def _opens_row(text: str) -> bool:
    match = _DATE.fullmatch(text)
    # Two dates side by side are the two sides of a row, not a row.
    return match is not None and not (match["rest"] and _DATE.match(match["rest"]))


def _row(group: list[tuple[Line, int]], ledger: Ledger, current: str) -> Row:
    first = _DATE.fullmatch(group[0][0].text)
    assert first is not None
    words = [Word(line.text, line.number, chunk) for line, chunk in group[1:]]
    if first["rest"]:
        words.insert(0, Word(first["rest"], group[0][0].number, group[0][1]))
    timing = _timing(words)
    cells = cells_of(words, current, inline=bool(first["rest"]))
    _claim(words, cells, ledger)
    ledger.place(_block(group[0][0].number), first["date"])
    if timing is not None:
        ledger.place(_block(timing.line), timing.text)
    return Row(
        first["date"],
        "".join(word.text for word in cells.item),
        _text(cells.before),
        _text(cells.after),
        timing.text if timing is not None else "",
        "",
        [line.number for line, _ in group],
        cells.before is not None and cells.after is not None,
    )


def _claim(words: Iterable[Word], cells: Cells, ledger: Ledger) -> None:
    placed: dict[int, list[str]] = defaultdict(list)
    for word in cells.words:
        placed[word.line].append(word.text)
    for word in words:
        ledger.place(_block(word.line), *placed[word.line])
        if rest := less(word.text, "".join(placed[word.line])):
            ledger.leave(_block(word.line), rest, _NOT_PARTED)


def _text(side: Iterable[Word] | None) -> str | None:
    return None if side is None else "\n".join(word.text for word in side)


def _timing(words: list[Word]) -> Word | None:
    """事前 or 事後 at the end of the row, taken out of its words."""
    if not words:
        return None
    last = words[-1]
    head, _, tail = last.text.rpartition(" ")
    if tail not in TIMINGS:
        return None
    words.pop()
    if head.strip():
        words.append(Word(head.rstrip(), last.line, last.chunk))
    return Word(tail, last.line, last.chunk)

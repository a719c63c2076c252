"""Change rows out of scrambled pages: dates open them, 事前 or 事後 closes them, the page may run upwards.

May import: changes, gathered, raw_text, extract, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pia_site.sources.changes import TIMINGS, Row
from pia_site.sources.extract import Block, Shape
from pia_site.sources.gathered import Ledger
from pia_site.sources.raw_text import Line, Page
from pia_site.text.cleaning import matching_key
from pia_site.text.wareki import parse_date

_DATE = re.compile(
    r"(?P<date>(?:平成|令和)[0-9０-９元]{1,2}年[0-9０-９]{1,2}月[0-9０-９]{1,2}日)(?:[ ]+(?P<rest>.*))?"
)
_HEAD = ("変更日", "変更箇所")
_PART = re.compile(r"[Ⅰ-Ⅻ]")
_NOTHING = re.compile(r"追加|新規作成|設定なし|なし|―|[(（]?\S{0,20}記載(?:なし|無し)[)）]?")
_PAGE_NUMBER = re.compile(r"[0-9０-９]{1,3}")


def read_raw_changes(pages: Iterable[Page], ledger: Ledger) -> list[Row]:
    """The rows in printed order, as far as their cells can be told apart."""
    read = [_page_rows(page, ledger) for page in pages]
    days = [[parse_date(row.date) for row in rows] for rows in read]
    falling = sum(_falls([day.iso or "" for day in page if day]) for page in days)
    rising = sum(_falls([day.iso or "" for day in reversed(page) if day]) for page in days)
    # A text layer that runs upwards does so on every page; pages of a single date follow the others.
    upwards = falling > rising
    return [row for rows in read for row in (reversed(rows) if upwards else rows)]


def _falls(days: list[str]) -> bool:
    return len(set(days)) > 1 and days == sorted(days, reverse=True)


def _page_rows(page: Page, ledger: Ledger) -> list[Row]:
    lines = [(line, index) for index, chunk in enumerate(page.chunks) for line in chunk]
    if lines and _PAGE_NUMBER.fullmatch(lines[-1][0].text):
        lines.pop()
    groups: list[list[tuple[Line, int]]] = []
    for line, index in lines:
        if _is_head(line.text):
            continue
        if _opens_row(line.text):
            groups.append([])
        if groups:
            groups[-1].append((line, index))
        else:
            ledger.leave(Block(line.number, line.number, Shape.LINE, ()), line.text)
    return [_row(group) for group in groups]


def _is_head(text: str) -> bool:
    return any(matching_key(word) in matching_key(text) for word in _HEAD) and _DATE.match(text) is None


def _opens_row(text: str) -> bool:
    match = _DATE.fullmatch(text)
    # Two dates side by side are the two sides of a row, not a row.
    return match is not None and not (match["rest"] and _DATE.match(match["rest"]))


def _row(group: list[tuple[Line, int]]) -> Row:
    first = _DATE.fullmatch(group[0][0].text)
    assert first is not None
    numbers = [line.number for line, _ in group]
    words: list[tuple[str, int]] = [(line.text, chunk) for line, chunk in group[1:]]
    if first["rest"]:
        words.insert(0, (first["rest"], group[0][1]))
    timing = ""
    if words and words[-1][0] in TIMINGS:
        timing = words.pop()[0]
    elif words and (tail := words[-1][0].rpartition(" "))[2] in TIMINGS:
        timing = tail[2]
        words[-1] = (tail[0].rstrip(), words[-1][1])
    item, before, after = _cells(words, inline=bool(first["rest"]))
    sure = before is not None and after is not None
    return Row(first["date"], item, before, after, timing, "", numbers, sure)


def _cells(words: list[tuple[str, int]], *, inline: bool) -> tuple[str, str | None, str | None]:
    """Item, before and after. A side that cannot be told is None."""
    if len(words) <= 1:
        return _of_line(words[0][0]) if words else ("", None, None)
    chunks: dict[int, list[str]] = {}
    for text, chunk in words:
        chunks.setdefault(chunk, []).append(text)
    head, *rest = chunks.values()
    if inline and " " in head[0]:
        item, before, after = _of_line(head[0])
        if not rest and before is not None and _NOTHING.fullmatch(before):
            return item, before, "\n".join(filter(None, [after, *head[1:]]))
        if before is None and after is None and _ends_with_nothing(head[0]):
            item, _, before = head[0].rpartition(" ")
            return item, before, "\n".join([*head[1:], *(line for part in rest for line in part)])
        return item, None, None
    if inline and len(head) > 1 and not _PART.match(head[1]) and not re.match("[①-⑳　]", head[1]):
        head, rest = head[:1], [head[1:], *rest]
    item = "".join(head)
    sides = [line for part in rest for line in part]
    if len(sides) > 1 and _NOTHING.fullmatch(sides[0]):
        return item, sides[0], "\n".join(sides[1:])
    if len(sides) == 1:
        return (item, *(_two(sides[0].split(" ")) or (None, None)))
    if len(rest) == 2 and not _may_run_on(rest):
        return item, "\n".join(rest[0]), "\n".join(rest[1])
    return item, None, None


def _ends_with_nothing(text: str) -> bool:
    return _NOTHING.fullmatch(text.rpartition(" ")[2]) is not None


def _may_run_on(rest: list[list[str]]) -> bool:
    """Whether a blank line may lie within a cell: only short cells are sure to have none."""
    return any(len("".join(part)) > 80 for part in rest)


def _of_line(text: str) -> tuple[str, str | None, str | None]:
    """「項目 前 後」 on one line, whose cells are parted by single spaces and may hold such spaces."""
    tokens = [token for token in text.split(" ") if token]
    if not tokens:
        return text, None, None
    item = [tokens.pop(0)]
    while tokens and (
        len(item[-1]) <= 2 or re.match(r"[①-⑳]|主な|システム[0-9０-９]|[0-9０-９]+[．.]", tokens[0])
    ):
        item.append(tokens.pop(0))
    cells = _two(tokens)
    return (" ".join(item), *cells) if cells else (" ".join([*item, *tokens]), None, None)


def _two(tokens: list[str]) -> tuple[str, str] | None:
    """Two cells out of tokens, where it is plain which belong together."""
    if len(tokens) == 2:
        return tokens[0], tokens[1]
    if len(tokens) > 1 and _NOTHING.fullmatch(tokens[0]):
        return tokens[0], " ".join(tokens[1:])
    half = len(tokens) // 2
    if len(tokens) == 2 * half and half and tokens[0] == tokens[half]:
        return " ".join(tokens[:half]), " ".join(tokens[half:])
    return None

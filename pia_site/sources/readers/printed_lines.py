"""From the characters of a cell or page, each at its place, to printed lines.

What was printed twice to look bold is read once; spaces stand where words are apart and not where letters are spaced;
a value over several lines between brackets is one. All lengths are points.
May import: text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from statistics import median

from pia_site.text.cleaning import fold_radicals

_SAME_LINE = 0.4
"""How far the middles of characters on one line are apart at most, in em."""
_BOLD = 1.0
"""The same character within this distance is one that was printed twice."""
_WORD_GAP = (0.18, 0.5, 0.8)
"""The gap that parts words, in em: between letters and digits, between those and kanji, between kanji."""
_EVEN = 0.2
_FEWEST_GAPS = 5
_CLOSE = 1.9
"""How far the lines of one value are apart at most, in em."""
_FULL = 0.7
"""How much of its width a line takes that goes on in the next."""

NEVER_FIRST = "、。，．,.・：；:;？！?!)）」』】］]〕〉》ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％%～"
_NEVER_LAST = "（(「『【［〔〈《"
_WORD = re.compile(r"[A-Za-z0-9.,]+")
_CHOICE = re.compile(r"[<＜]|[0-9０-９]{1,2}[)）]")
"""How a list of choices begins."""
_SPACED_OUT = re.compile(r"(?<![^ 　])([^\x00-\xff　])(?:[ 　]([^\x00-\xff　])){2,}(?![^ 　])")
_CHECK_BOXES = str.maketrans({"☐": "[ ]", "☑": "[○]", "☒": "[○]"})


@dataclass(eq=False, slots=True)  # not frozen: a document has a great many
class Glyph:
    """One character as printed. `x`: where it begins on its line, `end`: where the next may begin, `y`: the middle
    of its height, downwards. `turn`: how its line is turned against the page, in quarters; the three are then
    measured along the line. `spot` is its middle on the page. `inside`: how far its middle is within what it may be
    drawn in, from the head and from the foot; below 0 it does not show. None: it shows.
    """

    char: str
    x: float
    end: float
    y: float
    size: float
    spot: tuple[float, float]
    turn: int = 0
    inside: tuple[float, float] | None = None


Span = tuple[int, int]
"""The first and the last of some rows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. `opening`: the width of what could not have been parted at its beginning."""

    text: str
    page: int
    x: float
    end: float
    y: float
    size: float
    opening: float


@cache
def is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA" and not char.isspace()


def printed_lines(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """The lines of a cell or page from head to foot, upright ones first."""
    by_turn: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_turn.setdefault(glyph.turn, []).append(glyph)
    lines: list[Line | None] = []
    for turn in sorted(by_turn):
        value, others = _bracketed(_rows(by_turn[turn]))
        lines.append(_as_one([_line(row, page) for row in value]))
        lines += [_line(row, page) for row in _parenthesised(others)]
    return [line for line in lines if line is not None]


def _bracketed(rows: list[list[Glyph]]) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """A value over several lines, between brackets at their middle, head or foot and left of the list it was chosen
    from; and the rest."""
    glyphs = [glyph for row in rows for glyph in row]
    opening = [glyph for glyph in glyphs if glyph.char in "[［"]
    closing = [glyph for glyph in glyphs if glyph.char in "]］"]
    if len(opening) != 1 or len(closing) != 1 or any(glyph.x < opening[0].x for glyph in glyphs):
        return [], rows
    (begin,), (close,) = opening, closing
    value = [part for row in rows if (part := [glyph for glyph in row if glyph.x < close.end])]
    value = _around(begin, value)
    taken = {id(glyph) for row in value for glyph in row}
    beside = (glyph for row in rows if id(row[0]) in taken for glyph in row if id(glyph) not in taken)
    inside = [[glyph for glyph in row if glyph not in (begin, close)] for row in value]
    if len(value) < 2 or any(glyph.x < close.end + glyph.size for glyph in beside):
        return [], rows
    if not _is_centred(value, begin):
        if not _is_at_edge(value, begin) or any(map(_is_choice, inside)):
            return [], rows
        if not _goes_on(inside, begin, close):
            return [], rows
    rest = [[glyph for glyph in row if id(glyph) not in taken] for row in rows]
    return [opening, *filter(None, inside), closing], [row for row in rest if row]


def _around(glyph: Glyph, rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Those of the rows, from head to foot, that follow each other closely and hold the glyph."""
    groups: list[list[list[Glyph]]] = []
    for row in rows:
        if groups and row[0].y - groups[-1][-1][0].y <= _CLOSE * glyph.size:
            groups[-1].append(row)
        else:
            groups.append([row])
    return next(group for group in groups if any(glyph in row for row in group))


def _is_centred(value: list[list[Glyph]], bracket: Glyph) -> bool:
    return abs(value[0][0].y + value[-1][0].y - 2 * bracket.y) < bracket.size


def _is_at_edge(value: list[list[Glyph]], bracket: Glyph) -> bool:
    return any(abs(row[0].y - bracket.y) < _SAME_LINE * bracket.size for row in (value[0], value[-1]))


def _goes_on(value: list[list[Glyph]], begin: Glyph, close: Glyph) -> bool:
    """Whether lines stand between brackets, and each but the last goes on in the next."""
    if not all(row and begin.end <= row[0].x and row[-1].end <= close.end for row in value):
        return False
    longest = max(_width(row) for row in value)
    return all(_width(row) > _FULL * longest for row in value[:-1])


def _width(row: list[Glyph]) -> float:
    return row[-1].end - row[0].x


def _is_choice(row: list[Glyph]) -> bool:
    """Whether a line is one of a list of choices."""
    return _CHOICE.match("".join(glyph.char for glyph in row)) is not None


def _parenthesised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows; what stands over several lines between parentheses at its middle, head or foot is in one row with them."""
    for spans in (_centred, _at_edges):
        at = 0
        while at < len(rows):
            for begin, close in pairwise([glyph for glyph in rows[at] if glyph.char in "()（）"]):
                if begin.char in "(（" and close.char in ")）":
                    rows, at = _gathered(rows, at, begin, close, spans)
            at += 1
    return rows


def _gathered(
    rows: list[list[Glyph]], at: int, begin: Glyph, close: Glyph, spans: Callable[[int, int, int], list[Span]]
) -> tuple[list[list[Glyph]], int]:
    """The rows with the value between two parentheses of the row `at` put there, and where that row now is."""
    first = last = at
    while first > 0 and _is_between(rows[first - 1], begin, close, rows[first][0].y):
        first -= 1
    while last + 1 < len(rows) and _is_between(rows[last + 1], begin, close, rows[last][0].y):
        last += 1
    inner = [glyph for glyph in rows[at] if begin.x < glyph.x < close.x]
    middle = [inner] if any(not glyph.char.isspace() for glyph in inner) else []
    for top, bottom in spans(first, at, last):
        value = [*rows[top:at], *middle, *rows[at + 1 : bottom + 1]]
        is_full = len(value) > 1 and _width(value[0]) > _FULL * (close.x - begin.end)
        if is_full and _goes_on(value, begin, close):
            left = [glyph for glyph in rows[at] if glyph.x <= begin.x]
            right = [glyph for glyph in rows[at] if glyph.x >= close.x]
            whole = [*left, *(glyph for line in value for glyph in line), *right]
            return [*rows[:top], whole, *rows[bottom + 1 :]], top
    return rows, at


def _centred(first: int, at: int, last: int) -> list[Span]:
    return [(at - count, at + count) for count in range(min(at - first, last - at), 0, -1)]


def _at_edges(first: int, at: int, last: int) -> list[Span]:
    return [span for span in ((at, last), (first, at)) if span != (at, at)]


def _is_between(row: list[Glyph], begin: Glyph, close: Glyph, y: float) -> bool:
    """Whether a whole row stands between two parentheses, close to the row at `y`."""
    return (
        abs(row[0].y - y) <= _CLOSE * begin.size
        and begin.end <= row[0].x
        and row[-1].end <= close.end
        and row[0].char not in "[［"
    )


def _as_one(lines: list[Line | None]) -> Line | None:
    parts = [line for line in lines if line is not None]
    return replace(parts[0], text="".join(part.text for part in parts)) if parts else None


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if rows and glyph.y - middle <= _SAME_LINE * max(glyph.size, rows[-1][0].size):
            row = rows[-1]
            row.append(glyph)
            middle += (glyph.y - middle) / len(row)
        else:
            rows.append([glyph])
            middle = glyph.y
    return [_once(sorted(row, key=lambda glyph: glyph.x)) for row in rows]


def _once(row: list[Glyph]) -> list[Glyph]:
    kept = row[:1]
    for glyph in row[1:]:
        for one in kept[-2:]:
            if glyph.char == one.char and _is_same_place(glyph, one):
                break
        else:
            kept.append(glyph)
    return kept


def _is_same_place(glyph: Glyph, other: Glyph) -> bool:
    return abs(glyph.x - other.x) < _BOLD and abs(glyph.y - other.y) < _BOLD


def _line(row: list[Glyph], page: int) -> Line | None:
    shown = [glyph for glyph in row if not glyph.char.isspace()]
    if not shown:
        return None
    gaps = [_gap(left, right) for left, right in pairwise(shown)]
    usual = _usual(shown, gaps)
    text = _spelt(row, usual)
    text = fold_radicals(_SPACED_OUT.sub(lambda found: re.sub("[ 　]", "", found[0]), text))
    middle = sum(glyph.y for glyph in shown) / len(shown)
    size = max(glyph.size for glyph in shown)
    end = max(glyph.end for glyph in shown) + usual * size
    opening = _opening(shown, gaps, usual) + usual * size
    return Line(text.translate(_CHECK_BOXES), page, shown[0].x, end, middle, size, opening)


def _gap(left: Glyph, right: Glyph) -> float:
    """The white between two characters, in em."""
    return (right.x - left.end) / max(left.size, right.size)


def _usual(shown: list[Glyph], gaps: list[float]) -> float:
    """The white, in em, by which all characters of a line are set apart, so that it parts nothing."""
    if len(gaps) > 1 and all(is_wide(glyph.char) for glyph in shown):
        mean = sum(gaps) / len(gaps)
        if all(abs(gap - mean) <= _EVEN * mean for gap in gaps):
            return mean
    return max(0.0, median(gaps)) if len(gaps) >= _FEWEST_GAPS else 0.0


def _opening(shown: list[Glyph], gaps: list[float], usual: float) -> float:
    """The width of the first word, or of the first character with what may not be parted from it."""
    last = 0
    while last < len(gaps) and shown[last].char in _NEVER_LAST:
        last += 1
    if _WORD.match(shown[last].char):
        while last < len(gaps) and _WORD.match(shown[last + 1].char) and gaps[last] - usual < _WORD_GAP[0]:
            last += 1
    while last < len(gaps) and shown[last + 1].char in NEVER_FIRST:
        last += 1
    return shown[last].end - shown[0].x


def _spelt(row: list[Glyph], usual: float) -> str:
    """The characters of a line with one space where words are apart."""
    text = ""
    before: Glyph | None = None
    space = ""
    for glyph in row:
        if glyph.char.isspace():
            space = "　" if "\u3000" in (glyph.char, space) else " "
            continue
        if before is not None:
            wide = is_wide(before.char) + is_wide(glyph.char)
            if wide == 1 and not (before.char.isalnum() and glyph.char.isalnum()):
                wide = 0  # programs set letters and kanji apart, but not the point of "1." and kanji
            text += space or (" " if _gap(before, glyph) - usual >= _WORD_GAP[wide] else "")
        text += glyph.char
        before, space = glyph, ""
    return text

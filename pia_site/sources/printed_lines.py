"""From the characters of a cell or page, each at its place, to the lines that were meant.

Printed lines that only the width of the cell broke are one line again; what was printed twice to look bold is
read once; spaces stand where words are apart and not where letters are spaced. All lengths are points.
May import: text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
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
_DEEPEST_PADDING = 0.7
_SLACK = 0.2
_INDENT = 0.8
_CLOSE, _PITCH = 1.9, 2.3
"""Lines farther apart than this, in em, do not go on in each other."""

_NEVER_FIRST = "、。，．,.・：；:;？！?!)）」』】］]〕〉》ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％%～"
_NEVER_LAST = "（(「『【［〔〈《"
_WORD = re.compile(r"[A-Za-z0-9.,]+")
_BOX = re.compile(r"[\[［]")
_BEGINS_ANEW = re.compile(
    r"[・･○●◎◇◆■□※＜<【①-⑳]|[（(]?[0-9０-９]{1,2}[)）．.、]|[（(][ア-ンｱ-ﾝa-zａ-ｚ][)）]"
)
_ENDS = re.compile(r"[。．）)」】：:]\Z")
_SPACED_OUT = re.compile(r"(?<![^ 　])([^\x00-\xff　])(?:[ 　]([^\x00-\xff　])){2,}(?![^ 　])")
_CHECK_BOXES = str.maketrans({"☐": "[ ]", "☑": "[○]", "☒": "[○]"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as printed. `x`: where it begins on its line, `end`: where the next may begin, `y`: the middle
    of its height, downwards. `turn`: how its line is turned against the page, in quarters; the three are then
    measured along the line. `spot` is its middle on the page.
    """

    char: str
    x: float
    end: float
    y: float
    size: float
    spot: tuple[float, float]
    turn: int = 0


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


@dataclass(frozen=True, slots=True)
class Meant:
    """A line as it was written, and the printed lines it takes."""

    text: str
    lines: tuple[Line, ...]


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
        lines += [_line(row, page) for row in others]
    return [line for line in lines if line is not None]


def _bracketed(rows: list[list[Glyph]]) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """A value over several lines, between brackets at their middle and left of the list it was chosen from; and the
    rest."""
    glyphs = [glyph for row in rows for glyph in row]
    opening = [glyph for glyph in glyphs if glyph.char in "[［"]
    closing = [glyph for glyph in glyphs if glyph.char in "]］"]
    if len(opening) != 1 or len(closing) != 1 or any(glyph.x < opening[0].x for glyph in glyphs):
        return [], rows
    (begin,), (close,) = opening, closing
    value = [inside for row in rows if (inside := [glyph for glyph in row if glyph.x < close.end])]
    value = _around(begin, value)
    taken = {id(glyph) for row in value for glyph in row}
    beside = (glyph for row in rows if id(row[0]) in taken for glyph in row if id(glyph) not in taken)
    centred = abs(value[0][0].y + value[-1][0].y - 2 * begin.y) < begin.size
    if len(value) < 2 or not centred or any(glyph.x < close.end + glyph.size for glyph in beside):
        return [], rows
    inside = [[glyph for glyph in row if glyph not in (begin, close)] for row in value]
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
        if not any(glyph.char == one.char and _is_same_place(glyph, one) for one in kept[-2:]):
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
    while last < len(gaps) and shown[last + 1].char in _NEVER_FIRST:
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
            text += space or (" " if _gap(before, glyph) - usual >= _WORD_GAP[wide] else "")
        text += glyph.char
        before, space = glyph, ""
    return text


# --- lines that belong together ---


def meant_lines(lines: Sequence[Line], limit: float) -> list[Meant]:
    """Printed lines as they were written; `limit` is as far as one of them could have reached."""
    if (
        len(lines) > 1
        and all(len(line.text) == 1 for line in lines)
        and limit - lines[0].x < 4 * lines[0].size
    ):
        return [Meant("".join(line.text for line in lines), tuple(lines))]  # upright
    meant: list[Meant] = []
    for line in lines:
        before = meant[-1].lines[-1] if meant else line
        if meant and (_is_open(meant[-1].text) or _goes_on(before, line, limit)):
            between = " " if _is_letter(before.text[-1]) and _is_letter(line.text[0]) else ""
            meant[-1] = Meant(meant[-1].text + between + line.text, (*meant[-1].lines, line))
        else:
            meant.append(Meant(line.text, (line,)))
    return meant


def _is_open(text: str) -> bool:
    """Whether a line of boxes ends within the parenthesis of one, which a narrower cell may break."""
    return starts_with_box(text) and text.count("(") + text.count("（") > text.count(")") + text.count("）")


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def starts_with_box(text: str) -> bool:
    """「[ ○ ] …」, or a choice in brackets."""
    return _BOX.match(text) is not None


def is_full(before: Line, line: Line, limit: float) -> bool:
    """Whether the beginning of a line did not fit on the line before."""
    return before.end + line.opening > limit - _SLACK * line.size


def ends_sentence(line: Line) -> bool:
    return _ENDS.search(line.text) is not None


def _goes_on(before: Line, line: Line, limit: float) -> bool:
    """Whether a line ended only because the next word did not fit.

    A paragraph whose last line is full by chance, and which a line follows that begins like any other, cannot be told
    from one that goes on.
    """
    if not is_full(before, line, limit) or starts_with_box(line.text):
        return False
    if abs(before.size - line.size) > 0.2 * line.size:
        return False
    if before.page == line.page and line.y - before.y > _PITCH * line.size:
        return False
    if ends_sentence(before):
        return line.x - before.x <= _INDENT * line.size and not _BEGINS_ANEW.match(line.text)
    return True


def inner_limit(lines: Sequence[Line], left: float, right: float) -> float:
    """How far a line can reach in a cell that pads both sides alike."""
    padding = min((line.x for line in lines), default=left) - left
    size = max((line.size for line in lines), default=0.0)
    return right - max(0.0, min(padding, _DEEPEST_PADDING * size))

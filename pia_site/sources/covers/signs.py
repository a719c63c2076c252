"""The characters of some lines in plain width, without white space, each with its place and the gap before it.

Bold print that was drawn twice is undone here: 「評評価価書書」 is 「評価書」.
May import: text.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from pia_site.text.cleaning import drop_spaces, fold_radicals, fold_width

KANJI = re.compile(r"[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]")
_LONGEST = 12_000
"""Characters within which a cover stands, remarks and the furniture of a download page included."""
_SOUND_MARKS = "\u3099\u309a"


class Gap(IntEnum):
    """What lies before a character."""

    NONE = 0
    SPACE = 1
    CELL = 2
    BREAK = 3


@dataclass(frozen=True, slots=True)
class Sign:
    """One character in plain width, printed as `raw` at `start`…`end` of its line (0-based).

    `twice`: two of it stand there and count once. `doubtful`: so may the second one.
    """

    char: str
    raw: str
    line: int
    start: int
    end: int
    gap: Gap
    twice: bool = False
    doubtful: bool = False


def read_signs(lines: Sequence[str]) -> list[Sign]:
    """The first characters of some lines, drawn once."""
    return _drawn_once(list(itertools.islice(_signs(lines), _LONGEST)))


def _signs(lines: Sequence[str]) -> Iterator[Sign]:
    last: Sign | None = None
    gap = Gap.BREAK
    for number, line in enumerate(lines):
        for at, raw in enumerate(line):
            folded = _fold(raw)
            if not folded:
                gap = max(gap, _gap(raw))
            elif folded in _SOUND_MARKS and last is not None and gap is Gap.NONE:
                last = _composed(last, folded, raw, at)
            else:
                for char in folded:
                    if last is not None:
                        yield last
                    # 「㈱」 is three characters in plain width and one in print.
                    last = Sign(char, raw, number, at, at + 1, gap)
                    raw, gap = "", Gap.NONE
        gap = Gap.BREAK
    if last is not None:
        yield last


@lru_cache(maxsize=8192)
def _fold(char: str) -> str:
    return drop_spaces(fold_width(fold_radicals(char)))


def _gap(char: str) -> Gap:
    if char == "\t":
        return Gap.CELL
    if char in "\n\v\f\r\x85\u2028\u2029":
        return Gap.BREAK
    return Gap.SPACE if char.isspace() else Gap.NONE


def _composed(sign: Sign, mark: str, raw: str, at: int) -> Sign:
    """Half-width kana write their sound mark as a character of its own."""
    char = unicodedata.normalize("NFC", sign.char + mark)
    return replace(sign, char=char, raw=sign.raw + raw, end=at + 1) if len(char) == 1 else sign


# --- drawn twice ---

_FEWEST_PAIRS = 3
"""Pairs in a row that make a doubled word."""
_FIGURE = re.compile(r"[0-9A-Za-z.-]")
_BEFORE_FIGURE = frozenset("第成和式元")
_AFTER_FIGURE = frozenset("年月日号")


def _drawn_once(signs: list[Sign]) -> list[Sign]:
    """Doubled words read once. 11 stays doubtful among them, unless everything else is doubled, too."""
    found = [sign for run in _runs(signs) for sign in (_halved(run) if _is_word(run) else run)]
    if not any(sign.twice for sign in found):
        return signs
    found = [sign for line in _lines(found) for sign in (_halved(line) if _is_rest(line) else line)]
    if all(sign.twice for sign in found if KANJI.match(sign.char)):
        return [sign for word in _words(found) for sign in (_paired(word) if _is_pairs(word) else word)]
    return [sign for word in _words(found) for sign in (_doubtful(word) if _is_pairs(word) else word)]


def _runs(signs: list[Sign]) -> Iterator[list[Sign]]:
    """Runs of pairs, none longer than its line or cell, and what lies between them."""
    at = 0
    while at < len(signs):
        end = at
        while end + 1 < len(signs) and signs[end].char == signs[end + 1].char:
            if max(signs[end + 1].gap, signs[end].gap if end > at else Gap.NONE) >= Gap.CELL:
                break
            end += 2
        end = max(end, at + 1)
        yield signs[at:end]
        at = end


def _is_word(run: list[Sign]) -> bool:
    return len(run) >= 2 * _FEWEST_PAIRS and len({sign.char for sign in run if not sign.char.isascii()}) >= 2


def _is_rest(line: list[Sign]) -> bool:
    """Whether a line is the last letters of a doubled word that was wrapped."""
    return _is_pairs(line) and not all(_FIGURE.match(sign.char) for sign in line)


def _is_pairs(signs: list[Sign]) -> bool:
    pairs = zip(signs[::2], signs[1::2], strict=False)
    return len(signs) % 2 == 0 and all(a.char == b.char and not a.twice for a, b in pairs)


def _paired(signs: list[Sign]) -> list[Sign]:
    pairs = zip(signs[::2], signs[1::2], strict=True)
    return [replace(one, end=two.end, twice=True, doubtful=False) for one, two in pairs]


def _doubtful(signs: list[Sign]) -> list[Sign]:
    is_figure = all(_FIGURE.match(sign.char) for sign in signs)
    return [replace(sign, doubtful=True) for sign in signs] if is_figure else signs


def _halved(run: list[Sign]) -> list[Sign]:
    """One of each pair. Figures beside a gap or at the ends of a run may be none of it: they stay doubtful."""
    found: list[Sign] = []
    pieces = [list(piece) for _, piece in itertools.groupby(run, lambda sign: bool(_FIGURE.match(sign.char)))]
    for before, piece, after in zip([[], *pieces], pieces, [*pieces[1:], []], strict=False):
        is_inside = bool(before and after) and piece[0].gap is after[0].gap is Gap.NONE
        is_told = bool(before and before[-1].char in _BEFORE_FIGURE) or bool(
            after and after[0].char in _AFTER_FIGURE
        )
        is_figure = _FIGURE.match(piece[0].char) is not None
        found += _doubtful(piece) if is_figure and not is_inside and not is_told else _paired(piece)
    return found


def _lines(signs: list[Sign]) -> Iterator[list[Sign]]:
    yield from _cut(signs, Gap.CELL)


def _words(signs: list[Sign]) -> Iterator[list[Sign]]:
    yield from _cut(signs, Gap.SPACE)


def _cut(signs: list[Sign], gap: Gap) -> Iterator[list[Sign]]:
    cuts = [0, *(at for at in range(1, len(signs)) if signs[at].gap >= gap), len(signs)]
    for start, end in itertools.pairwise(cuts):
        if start < end:
            yield signs[start:end]

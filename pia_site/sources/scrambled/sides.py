"""The cells of one change row out of its words: item, before, after, told apart by what they say.

The text of a row runs item, before, after. Where one side ends is certain only where the words show it: 「追加」
before, 「…に次の内容を追加」 after, the first line of the before side repeated by the after side, or words that
stand in the document as it is now, which are the after side's. Else both sides stay open (None).
May import: text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from pia_site.text.cleaning import matching_key

_PART = re.compile(r"[Ⅰ-Ⅻ①-⑳　]")
_NOTHING = re.compile(r"追加|新規作成|設定なし|なし|―|[(（]?\S{0,20}記載(?:なし|無し)[)）]?")
_AMENDS = re.compile(r"[(（]?従前の.{1,12}(?:追加|変更|削除)|.{0,60}次の(?:内容|記載|文言|項目)を追加")
_DELETED = re.compile(r"削除|廃止")
_SHORT = 80
"""A blank line within a cell of so few characters is hardly to be expected."""
_PROSE = 20
"""Fewer characters may stand in a document anywhere, by chance."""


@dataclass(frozen=True, slots=True)
class Word:
    """A line of a row, or a part of one. `chunk` counts the stretches without a blank line."""

    text: str
    line: int
    chunk: int


@dataclass(frozen=True, slots=True)
class Cells:
    """The words of the cells of a row; None where they cannot be told. An empty side is printed empty."""

    item: tuple[Word, ...]
    before: tuple[Word, ...] | None = None
    after: tuple[Word, ...] | None = None

    @property
    def words(self) -> tuple[Word, ...]:
        return (*self.item, *(self.before or ()), *(self.after or ()))


_Chunks = list[tuple[Word, ...]]


def cells_of(words: Sequence[Word], current: str, *, inline: bool) -> Cells:
    """`inline`: the first word stands on the line of the date. `current`: the document as it is now, folded."""
    if not words:
        return Cells(())
    if len(words) == 1:
        return _of_line(words[0], ())
    chunks: _Chunks = [tuple(chunk) for _, chunk in groupby(words, key=lambda word: word.chunk)]
    head, *rest = chunks
    if inline and " " in head[0].text:
        return _of_line(head[0], tuple(words[1:]))
    if inline and len(head) > 1 and not _PART.match(head[1].text):
        head, rest = head[:1], [head[1:], *rest]
    before, after = _sides(rest, current) or (None, None)
    return Cells(head, before, after)


def _sides(chunks: _Chunks, current: str) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    words = tuple(word for chunk in chunks for word in chunk)
    if len(words) == 1 and (two := _two(words[0].text.split(" "), words[0])):
        return two
    if len(words) > 1 and _NOTHING.fullmatch(words[0].text):
        return words[:1], words[1:]
    for told in (_amended, _repeated, _deleted, partial(_still_standing, current=current), _both_short):
        cut = told(chunks)
        if cut is not None:
            length = sum(map(len, chunks[:cut]))
            return words[:length], words[length:]
    if len(chunks) == 1 and len(words) > 1 and _begins_with(words[1], words[0]):
        return words[:1], words[1:]
    return None


def _amended(chunks: _Chunks) -> int | None:
    """（従前の記載に次の内容を追加）: only the after side can say so."""
    found = [index for index, chunk in enumerate(chunks) if index and _AMENDS.match(_joined(chunk))]
    return found[0] if found else None


def _repeated(chunks: _Chunks) -> int | None:
    """The wording of before, changed: it begins with the same line, at most below a new heading."""
    first = matching_key(chunks[0][0].text) if chunks else ""
    found = [
        index
        for index, chunk in enumerate(chunks)
        if index and len(first) > 3 and first in {matching_key(word.text) for word in chunk[:2]}
    ]
    return found[0] if len(found) == 1 else None


def _deleted(chunks: _Chunks) -> int | None:
    return len(chunks) - 1 if len(chunks) > 1 and _DELETED.fullmatch(_joined(chunks[-1])) else None


def _still_standing(chunks: _Chunks, current: str) -> int | None:
    """Words that stand in the document as it is now, below words that do not."""
    stands = [_stands(_joined(chunk), current) for chunk in chunks]
    cut = len(stands)
    while cut and stands[cut - 1]:
        cut -= 1
    gone = (matching_key(word.text) for chunk in chunks[:cut] for word in chunk)
    if cut == len(stands) or any(len(key) >= _PROSE // 2 and key in current for key in gone):
        return None
    return cut


def _stands(text: str, current: str) -> bool:
    """Whether a stretch of words stands in the document; its end may be cut off by its frame."""
    key = matching_key(text)
    most = key if len(key) < 5 * _PROSE else key[: len(key) * 3 // 4]
    return len(key) >= _PROSE and most in current


def _both_short(chunks: _Chunks) -> int | None:
    return 1 if len(chunks) == 2 and all(len(_joined(chunk)) <= _SHORT for chunk in chunks) else None


def _begins_with(word: Word, other: Word) -> bool:
    return len(other.text) > 5 and word.text.startswith(other.text)


def _joined(chunk: Sequence[Word]) -> str:
    return "".join(word.text for word in chunk)


# --- cells of one line ---


def _of_line(word: Word, more: tuple[Word, ...]) -> Cells:
    """「項目 前 後」 on one line, whose cells are parted by single spaces and may hold such spaces."""
    tokens = [token for token in word.text.split(" ") if token]
    nothing = next((i for i, token in enumerate(tokens) if i and _NOTHING.fullmatch(token)), len(tokens))
    if nothing < len(tokens) - (not more):
        item, before, after = tokens[:nothing], tokens[nothing : nothing + 1], tokens[nothing + 1 :]
        return Cells(_words(item, word), _words(before, word), (*_words(after, word), *more))
    item = [tokens.pop(0)] if tokens else []
    while tokens and (
        len(item[-1]) <= 2 or re.match(r"[①-⑳]|主な|システム[0-9０-９]|[0-9０-９]+[．.]", tokens[0])
    ):
        item.append(tokens.pop(0))
    cells = None if more else _two(tokens, word)
    if cells is None:
        return Cells(_words(item if more else [*item, *tokens], word))
    return Cells(_words(item, word), *cells)


def _words(tokens: Sequence[str], word: Word) -> tuple[Word, ...]:
    return (Word(" ".join(tokens), word.line, word.chunk),) if tokens else ()


def _unticked(token: str) -> str:
    """A box is the same box with and without its sign."""
    return re.sub(r"[○〇●◯　]", "", token) if token[:1] in "[［【" else token


def _two(tokens: Sequence[str], word: Word) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """Two cells out of tokens, where it is plain which belong together."""
    half = len(tokens) // 2
    cut = None
    if len(tokens) == 2 or (len(tokens) > 1 and _NOTHING.fullmatch(tokens[0])):
        cut = 1
    elif len(tokens) == 2 * half and half and _unticked(tokens[0]) == _unticked(tokens[half]):
        cut = half
    if cut is None:
        return None
    return _words(tokens[:cut], word), _words(tokens[cut:], word)

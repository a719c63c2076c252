"""Finds registered names inside running text, the longest first.

A name counts only where it stands for itself: not inside a longer registered name (中間サーバー in
医療保険者等向け中間サーバー等), nor as the tail of a longer word that nobody registered (福祉システム in
障害福祉システム). May import: text.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from pia_site.text.cleaning import matching_key

_T = TypeVar("_T", bound=Hashable)

_WORD = "a-z0-9々〆一-鿿ァ-ヺー"
# What may stand before a name without being a part of it, though it is no particle.
_BEFORE = [
    "各",
    "本",
    "当",
    "同",
    "該",
    "市",
    "町",
    "村",
    "県",
    "都",
    "府",
    "区",
    "体",
    "現行",
    "次期",
    "新",
    "旧",
]
_FRONT = "(?:" + "|".join((rf"(?<![{_WORD}])", *(f"(?<={word})" for word in _BEFORE))) + ")"
_AFTER_LETTER = r"(?![a-z0-9])"
_AFTER_KATAKANA = r"(?![ァ-ヺー])"


class NameFinder(Generic[_T]):
    """Knows spellings with what they mean. `masks` are names that only keep shorter ones from counting."""

    def __init__(self, spellings: Iterable[tuple[str, _T]], masks: Iterable[str] = ()) -> None:
        self._meaning: dict[str, _T | None] = {}
        for written, meaning in spellings:
            key = matching_key(written)
            known = self._meaning.setdefault(key, meaning)
            if known != meaning:
                self._meaning[key] = None  # two meanings: it cannot be told which
        for written in masks:
            self._meaning.setdefault(matching_key(written), None)
        self._meaning.pop("", None)
        keys = sorted(self._meaning, key=lambda key: (-len(key), key))
        self._pattern = re.compile("|".join(map(_bounded, keys))) if keys else None

    def find(self, text: str) -> dict[_T, str]:
        """What is named in the text, in order, with the matching key of its first spelling there."""
        found: dict[_T, str] = {}
        if self._pattern is not None:
            for match in self._pattern.finditer(matching_key(text)):
                meaning = self._meaning[match[0]]
                if meaning is not None:
                    found.setdefault(meaning, match[0])
        return found


def _bounded(key: str) -> str:
    behind = ""
    if re.search(r"[a-z0-9]\Z", key):
        behind = _AFTER_LETTER
    elif re.search(r"[ァ-ヺー]\Z", key):
        behind = _AFTER_KATAKANA
    return (_FRONT if re.match(f"[{_WORD}]", key) else "") + re.escape(key) + behind

"""One cover as its labels divide it: what stands behind each of them, who declares, whether it is a draft.

Nothing is taken as a value here; `cover_title` and `cover_body` do that.
May import: cover_signs, cover_text, cover_marks, cover_words, text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pia_site.sources.covers import words as words
from pia_site.sources.covers.marks import LABELS, Mark, Stretch, Word
from pia_site.sources.covers.signs import Gap
from pia_site.sources.covers.text import CoverText, Range
from pia_site.text.cleaning import is_dash

_SIGNS = frozenset(":;|・.,、。/*#_＿□■◇◆-‐–—―ー[]()【】「」<>")
_PRINTED_ORDER = (
    Word.NUMBER, Word.TITLE, Word.DECLARATION, Word.REMARKS, Word.BODY, Word.APPROVAL, Word.PUBLISHED
)  # fmt: skip
_FEWEST_IN_ORDER = 4
_SURELY_TWICE = 8
"""Characters of a repeated word without a gap between that no name repeats by itself."""
_DRAFT = tuple(
    f"{left}{word}{right}" for word in ("案", "素案") for left, right in ("()", "[]", "【】", "〔〕")
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a value stands, in the order it is read in, and whether labels say so. No range: printed empty.

    Before the characters `wrapped` lie spaces that are no part of it: a line was wrapped there.
    """

    ranges: tuple[Range, ...]
    sure: bool
    wrapped: frozenset[int] = frozenset()


class View:
    """A stretch of a text with its labels. A chunk is what lies between a mark and the next one."""

    def __init__(self, text: CoverText, stretch: Stretch) -> None:
        self.text = text
        self.marks = stretch.marks
        self.end = stretch.end
        self.chunks = tuple(self._chunk(at) for at in range(len(self.marks)))

    def _chunk(self, at: int) -> Range:
        start = self.marks[at].end
        end = self.marks[at + 1].start if at + 1 < len(self.marks) else self.end
        if self.only_signs(start, end):
            return start, start
        while self.text.text[start] in ":|":
            start += 1
        while self.text.text[end - 1] in ":|":
            end -= 1
        return start, end

    def only_signs(self, start: int, end: int) -> bool:
        return all(char in _SIGNS for char in self.text.text[start:end])

    def at(self, word: Word) -> int | None:
        """Which mark is the first of its word."""
        return next((at for at, mark in enumerate(self.marks) if mark.word is word), None)

    def word(self, at: int) -> Word | None:
        """The word of a mark; None beyond the last."""
        return self.marks[at].word if 0 <= at < len(self.marks) else None

    def marks_of(self, kinds: Iterable[Word]) -> list[Mark]:
        wanted = set(kinds)
        return [mark for mark in self.marks if mark.word in wanted]

    def is_empty(self, at: int) -> bool:
        return self.chunks[at][0] >= self.chunks[at][1]

    def folded(self, ranges: Iterable[Range]) -> str:
        """Words in plain width and without white space."""
        return "".join(self.text.text[start:end] for start, end in ranges)

    # --- lines and cells ---

    def parts(self, chunk: Range) -> list[Range]:
        """The lines and cells of a stretch; what bold print repeats counts once."""
        found: list[Range] = []
        for part in self.text.parts(*self._once(chunk)) if chunk[0] < chunk[1] else ():
            once = self._once(part)
            if not found or self.folded([once]) != self.folded(found[-1:]):
                found.append(once)
        return found

    def _once(self, part: Range) -> Range:
        """「見本 見本」 is 「見本」 drawn twice."""
        start, end = part
        middle = (start + end) // 2
        if start == middle or (end - start) % 2 or not self._same(start, middle, end):
            return part
        is_twice = self.text.gap(middle) is not Gap.NONE or end - start >= _SURELY_TWICE
        return (start, middle) if is_twice else part

    def _same(self, start: int, middle: int, end: int) -> bool:
        return self.text.text[start:middle] == self.text.text[middle:end]

    def is_number(self, part: Range) -> bool:
        """Whether a line or cell is a number, perhaps one drawn twice."""
        return words.is_number(self.folded([part]))

    def is_between_digits(self, at: int) -> bool:
        """Whether a gap divides two digits: 「12 1」 may be two numbers."""
        return self.text.gap(at) is not Gap.NONE and self.text.text[at - 1 : at + 1].isdigit()

    def is_value(self, part: Range) -> bool:
        """Whether a line or cell can be part of a name: no page number, and not 「なし」."""
        folded = self.folded([part])
        return not (is_dash(folded) or self._is_page_number(folded))

    @staticmethod
    def _is_page_number(folded: str) -> bool:
        return folded.strip("-‐–—―ー()").replace("/", "").isdigit()

    def lone_parts(self) -> list[Range]:
        """Every line and cell that is no label."""
        return [part for chunk in self.chunks for part in self.parts(chunk)]

    # --- what is known of the cover as a whole ---

    @cached_property
    def in_order(self) -> bool:
        """Whether the labels stand as the form prints them."""
        labels = [mark.word for mark in self.marks if mark.word in LABELS]
        return len(labels) >= _FEWEST_IN_ORDER and labels == sorted(labels, key=_PRINTED_ORDER.index)

    @cached_property
    def is_draft(self) -> bool:
        shown = self.text.text[self.marks[0].start : self.end] if self.marks else ""
        return any(word in shown for word in _DRAFT)

    @cached_property
    def declared(self) -> Range | None:
        """The words of the declaration, by what they say; a number or a name above them is none of them."""
        for start, end in self.chunks:
            if words.is_declaration(self.text.text[start:end]):
                return self._begins_with_subject(start, end) or (start, end)
        return None

    def _begins_with_subject(self, start: int, end: int) -> Range | None:
        for at, _ in self.text.parts(start, end):
            rest = self.text.text[at:end]
            length = words.leading_number(rest)
            if length and self.text.gap(at + length) is not Gap.NONE:
                at, rest = at + length, rest[length:]
            if words.is_declaration(rest) and words.subject_of(rest):
                return at, end
        return None

    @cached_property
    def declaration(self) -> str:
        return self.folded([self.declared]) if self.declared else ""

    @cached_property
    def declared_jimu(self) -> str:
        """What the declaration says after its subject: there it names the 事務."""
        return self.declaration.partition("は")[2]

    @cached_property
    def subject(self) -> str | None:
        """Who declares."""
        return words.subject_of(self.declaration)

    def holds_declaration(self, chunk: Range) -> bool:
        return self.declared is not None and chunk[0] <= self.declared[0] < chunk[1]

"""The head of a source as one run of characters, with the gaps between them at hand.

On a damaged cover white space means little: words are broken by it, kanji set apart, cells run together. What is
looked for is looked for in the run without it, and the gaps say afterwards how much they are worth.
May import: cover_signs, text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pia_site.sources.covers.signs import KANJI, Gap, Sign, read_signs
from pia_site.text.cleaning import collapse_spaces

Range = tuple[int, int]
"""Start and end in the text of a cover."""

_FEWEST_PAIRS = 3
_SPACED = 0.6
"""Share of neighbouring kanji with a space between them from which a line is set apart."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they stand in one line (0-based), from its character `start` on."""

    line: int
    start: int
    text: str


class CoverText:
    """The first characters of some lines, without white space, in one width, doubled words read once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._signs = read_signs(lines)
        self.text = "".join(sign.char for sign in self._signs)
        self._spaced = _spaced_lines(self._signs)

    def __len__(self) -> int:
        return len(self._signs)

    def gap(self, at: int) -> Gap:
        """What lies before a character; the start and the end of the text are breaks."""
        return self._signs[at].gap if 0 < at < len(self._signs) else Gap.BREAK

    def is_spaced(self, at: int) -> bool:
        """Whether the kanji of this character's line are set apart: a space says nothing there."""
        return at < len(self._signs) and self._signs[at].line in self._spaced

    def is_edge(self, at: int) -> bool:
        """Whether words may end before this character: a gap that no wrapped or spaced word leaves."""
        return self.gap(at) >= Gap.CELL or (self.gap(at) is Gap.SPACE and not self.is_spaced(at))

    def is_doubtful(self, ranges: Iterable[Range]) -> bool:
        """Whether nobody can tell if figures of these stretches were drawn twice: 1 or 11."""
        return any(sign.doubtful for start, end in ranges for sign in self._signs[start:end])

    def parts(self, start: int, end: int) -> list[Range]:
        """A stretch cut at breaks and cells."""
        cuts = [start, *(at for at in range(start + 1, end) if self.gap(at) >= Gap.CELL), end]
        return [(a, b) for a, b in itertools.pairwise(cuts) if a < b]

    def words(self, ranges: Iterable[Range], wrapped: frozenset[int] = frozenset()) -> str:
        """Stretches as printed: wrapped lines joined, kanji that were set apart brought together.

        Spaces before the characters `wrapped` are left out.
        """
        found: list[str] = []
        for at in (at for start, end in ranges for at in range(start, end)):
            sign = self._signs[at]
            if found and sign.gap is Gap.BREAK:
                found.append("\n")
            elif found and sign.gap is not Gap.NONE and at not in wrapped and not self._is_set_apart(at):
                found.append(" ")
            found.append(sign.raw)
        return collapse_spaces("".join(found))

    def _is_set_apart(self, at: int) -> bool:
        return self._signs[at].gap is Gap.SPACE and self.is_spaced(at)

    def pieces(self, ranges: Iterable[Range]) -> tuple[Piece, ...]:
        """Stretches line by line, exactly as they lie in the source."""
        return tuple(piece for start, end in ranges for piece in self._pieces(start, end))

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        found: dict[int, Range] = {}
        for sign in self._signs[start:end]:
            first, last = found.get(sign.line, (sign.start, sign.end))
            found[sign.line] = (min(first, sign.start), max(last, sign.end))
        for line, (first, last) in found.items():
            yield Piece(line, first, self._lines[line][first:last])


def _spaced_lines(signs: Sequence[Sign]) -> set[int]:
    """The lines whose kanji stand apart; a short line is judged by the text around it."""
    pairs: dict[int, int] = {}
    gaps: dict[int, int] = {}
    for before, sign in itertools.pairwise(signs):
        if sign.line == before.line and KANJI.match(sign.char) and KANJI.match(before.char):
            pairs[sign.line] = pairs.get(sign.line, 0) + 1
            gaps[sign.line] = gaps.get(sign.line, 0) + (sign.gap is Gap.SPACE)
    whole = (sum(pairs.values()), sum(gaps.values()))
    found = set()
    for line in {sign.line for sign in signs}:
        of_line = (pairs.get(line, 0), gaps.get(line, 0))
        count, apart = of_line if of_line[0] >= _FEWEST_PAIRS else whole
        if count >= _FEWEST_PAIRS and apart >= _SPACED * count:
            found.add(line)
    return found

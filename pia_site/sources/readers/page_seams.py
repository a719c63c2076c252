"""What a page break cuts: a cell that goes on is drawn whole on both pages, and each shows its part of it.

What neither page shows ran over the edge of its cell: it is in the file, and nobody can see it on paper.
May import: printed_lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pia_site.sources.readers.printed_lines import Glyph, Line, printed_lines

_NEAR = 0.3
"""Points by which two pages may disagree on where the cut is."""

_EDGE = 1.0
"""How far the rules around a cell may be from where it is cut."""

Places = set[tuple[str, int]]
"""Characters, and how far along their line they stand, in points."""


class Seams:
    """Takes the pages in order. A line that a cut goes through belongs to the page that shows its middle."""

    def __init__(self) -> None:
        self._before: list[Glyph] = []
        """What the page before shows."""
        self._cut: Places = set()
        """That of it which the foot of its cell cuts in the middle."""
        self._below: list[list[Glyph]] = []
        """The lines of the page before that are below the foot of their cell."""
        self._unseen: list[Line] = []
        self._page = 0

    def shown(self, glyphs: Iterable[Glyph], page: int) -> list[Glyph]:
        """The characters that this page shows, but for those that the page before has shown."""
        shown: list[Glyph] = []
        above: dict[tuple[float, ...], list[Glyph]] = defaultdict(list)
        below: dict[tuple[float, ...], list[Glyph]] = defaultdict(list)
        cut: Places = set()
        for glyph in _with_neighbours(list(glyphs)):
            if glyph.inside is None:
                shown.append(glyph)
                continue
            head, foot = glyph.inside
            if foot < 0 or head < -_NEAR:
                edge, beyond = (head, above) if head < foot else (foot, below)
                # A line is what is equally far beyond the edge of one cell.
                beyond[glyph.turn, round(glyph.y), round(edge)].append(glyph)
            elif head > _NEAR or not _is_among(glyph, self._cut):
                shown.append(_well_inside(glyph, head, foot))
                if foot <= _NEAR:
                    cut.add(_place(glyph))
        self._leave(self._below, shown)
        self._page = page
        self._leave(list(above.values()), self._before)
        self._before, self._cut, self._below = shown, cut, list(below.values())
        return shown

    def unseen(self) -> list[Line]:
        """What no page shows, after the last page."""
        self._leave(self._below, [])
        self._below = []
        return self._unseen

    def _leave(self, lines: list[list[Glyph]], elsewhere: list[Glyph]) -> None:
        places = {_place(glyph) for glyph in elsewhere} if lines else set()
        for line in lines:
            if not all(_is_among(glyph, places) for glyph in line):
                self._unseen += printed_lines(line, self._page)


def _with_neighbours(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters; one of a line that hangs out belongs to it, even where its own ink does not hang out (a point)."""
    if all(glyph.inside is None for glyph in glyphs):
        return glyphs
    lines: dict[tuple[int, float], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        lines[glyph.turn, round(glyph.y, 1)].append(glyph)
    for line in lines.values():
        if any(glyph.inside is not None for glyph in line):
            line.sort(key=lambda glyph: glyph.x)
            _spread(line)
            line.reverse()
            _spread(line)
    return [glyph for line in lines.values() for glyph in line]


def _spread(line: list[Glyph]) -> None:
    for at, glyph in enumerate(line[1:], start=1):
        before = line[at - 1]
        gap = max(glyph.x - before.end, before.x - glyph.end)
        if glyph.inside is not None or before.inside is None or min(before.inside) < -glyph.size:
            continue
        if abs(gap) < glyph.size / 2:
            line[at] = replace(glyph, inside=before.inside)


def _well_inside(glyph: Glyph, head: float, foot: float) -> Glyph:
    """A character whose spot is beyond doubt in the cell whose edge it stands on."""
    down = max(_EDGE - head, 0.0) - max(_EDGE - foot, 0.0)
    if glyph.turn or not down:
        return glyph
    x, y = glyph.spot
    return replace(glyph, spot=(x, y + down))


def _place(glyph: Glyph) -> tuple[str, int]:
    return glyph.char, round(glyph.x)


def _is_among(glyph: Glyph, places: Places) -> bool:
    char, x = _place(glyph)
    return any((char, near) in places for near in (x - 1, x, x + 1))

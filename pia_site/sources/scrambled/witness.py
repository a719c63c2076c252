"""Declared changes as witnesses: a row of 変更箇所 names an item and says what stands in it.

Words without a place on a scrambled page, which the rows for one open item on that page or its neighbours hold, are
that item's. A cell that a page break divides has its label on one of the two pages only.
May import: raw_pieces, changes, labels, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pia_site.sources.filling.changes import Row
from pia_site.sources.filling.labels import label_key
from pia_site.sources.scrambled.pieces import Loose, Open, Spot, Store
from pia_site.text.cleaning import fold_width, matching_key

_SENTENCE = re.compile(r"[^。・]+")
_FEWEST = 10
"""A sentence of fewer characters may stand in any item."""
_CIRCLED = re.compile("[①-⑳]")
"""A number within a section; folded, it would run on from the section's."""
_CLOSING = "」｣』)）]］※＊ 　"


@dataclass(frozen=True, slots=True)
class _Declared:
    """A row: the item as it names it, and the words of its sides, all folded."""

    item: str
    label: str
    sides: tuple[str, ...]


class Witnesses:
    """What the rows of 変更箇所 say of the words of each item."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = [
            _Declared(
                "".join(fold_width(_CIRCLED.sub("", row.item)).split()),
                label_key(row.item.rstrip(_CLOSING)),
                tuple(matching_key(side) for side in (row.before, row.after) if side),
            )
            for row in rows
        ]

    def match(self, pages: Sequence[Open], store: Store) -> None:
        """Give every open item for prose the words that its rows hold, and the rows of no other one."""
        for index, page in enumerate(pages):
            near = [one for one in pages[max(0, index - 1) : index + 2] if one.part == page.part]
            for spot in page.worded(store):
                said = self._said_of(spot)
                rivals = [one for other in near for one in other.worded(store) if one is not spot]
                others = [self._said_of(one) for one in rivals]
                found = [
                    _witnessed(stretch, said, others, whole=one is page and one.is_even(store))
                    for one in near
                    for stretch in (one.stretches() if said else ())
                ]
                if any(found):
                    _give(page, spot, near, [some for some in found if some], store)

    def _said_of(self, spot: Spot) -> list[str]:
        return [side for row in self._rows if _names(row, spot) for side in row.sides]


def _names(row: _Declared, spot: Spot) -> bool:
    """Whether a row is about an item: its part, its section, the member it stands in, and its label."""
    slot = spot.slot
    part = re.escape(fold_width(slot.part.printed))
    section = re.search(rf"(?<![IVX]){part}(?![IVX])\D*?([0-9]+)", row.item)
    if section is None or section[1] != slot.section.number:
        return False
    member = f"{spot.entry.group.label}{spot.member}" if spot.entry.group else ""
    return row.label.endswith(label_key(slot.item.label)) and member in row.item


def _witnessed(
    stretch: list[Loose], said: Sequence[str], others: Sequence[Sequence[str]], *, whole: bool
) -> list[Loose]:
    """The pieces of a stretch that only these rows hold, and what stands between two of them."""
    own = [
        index
        for index, piece in enumerate(stretch)
        if _hold(said, piece) and not any(_hold(one, piece) for one in others)
    ]
    if not own or (whole and any(_hold(one, piece) for one in others for piece in stretch)):
        return []
    return stretch if whole else stretch[own[0] : own[-1] + 1]


def _hold(said: Iterable[str], piece: Loose) -> bool:
    """Whether most of a piece stands in the rows, sentence by sentence, or it begins with all that a row says."""
    whole = matching_key(piece.text)
    sentences = [key for part in _SENTENCE.findall(piece.text) if len(key := matching_key(part)) >= _FEWEST]
    held = sum(len(one) for one in sentences if any(one in words for words in said))
    return 2 * held > sum(map(len, sentences)) or any(
        len(one) >= _FEWEST and whole.startswith(one) for one in said
    )


def _give(page: Open, spot: Spot, near: Sequence[Open], found: list[list[Loose]], store: Store) -> None:
    pieces = list(found[0])
    for some in found[1:]:
        # The last line of a page, printed again at the head of the next.
        if len(pieces[-1].lines) == 1 and pieces[-1].text == some[0].lines[0].text:
            store.repeat(pieces.pop())
        pieces += some
    page.settle(spot, pieces, store)
    given = {id(piece) for some in found for piece in some}
    for one in near:
        one.pool[:] = [piece for piece in one.pool if id(piece) not in given]

"""What the cover says → what stands for its items, and every word of it claimed.

May import: cover, extract, gathered, documents, forms.
"""

from __future__ import annotations

from collections.abc import Sequence

from pia_site.documents.slots import section_place
from pia_site.forms import Form, Item
from pia_site.sources.covers.cover import Cover, Fact
from pia_site.sources.extract import Block
from pia_site.sources.filling.gathered import Gathered, Ledger, Piece

_FORM = "様式"


def place_cover(cover: Cover, form: Form, blocks: Sequence[Block], ledger: Ledger) -> dict[str, Gathered]:
    """The items of a cover by address; line i of the cover is `blocks[i]`. A fact that is unknown has none."""
    part = form.parts[0]
    place = section_place(part, part.sections[0], None)
    found: dict[str, Gathered] = {}
    form_line = [piece for piece in cover.own if piece.line in cover.revision.lines]
    for item in part.items():
        slot = place.slot(item)
        fact: Fact | None
        if item.label == _FORM:
            fact = Fact(" ".join(piece.text for piece in form_line), tuple(form_line), True)
        else:
            fact = _fact(cover, item)
        if fact is None or fact.value is None or (item.label == _FORM and not form_line):
            continue
        first = blocks[fact.lines[0] if fact.lines else cover.lines.start].first
        found[slot.address] = gathered = Gathered(slot, first, closed=True, sure=fact.sure or not fact.pieces)
        if fact.pieces:
            gathered.pieces = [_piece(fact, blocks)]
        for piece in fact.pieces:
            ledger.place(blocks[piece.line], piece.text)
    for piece in cover.own:
        if piece not in form_line:
            ledger.form(blocks[piece.line], piece.text)
    return found


def _piece(fact: Fact, blocks: Sequence[Block]) -> Piece:
    """The value as the cover reader put it together: doubled letters once, a wrapped line whole."""
    first, last = blocks[min(fact.lines)], blocks[max(fact.lines)]
    lines = tuple(filter(None, (line.strip() for line in (fact.value or "").split("\n"))))
    return Piece(lines, first.first, last.last, 1, made=True)


def _fact(cover: Cover, item: Item) -> Fact | None:
    """The fact of an item, whose label the form prints with more words than the cover's table names it by."""
    return next((fact for label, fact in cover.facts.items() if label in item.label.replace(" ", "")), None)

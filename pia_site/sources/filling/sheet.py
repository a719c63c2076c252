"""Giving the lines of a source to the items of a form.

A sheet knows which item is open. A line among those given that is the label of an item below opens that item, so
that cells which an extraction ran together come apart again. May import: cursor, gathered, labels, boxes, extract,
forms.
"""

from __future__ import annotations

from pia_site.forms import Block as FormBlock
from pia_site.forms import Kind
from pia_site.sources.extract import Block, less
from pia_site.sources.filling import boxes
from pia_site.sources.filling.cursor import Cursor
from pia_site.sources.filling.gathered import Gathered, Ledger
from pia_site.sources.filling.labels import Entry, Found, Rank

Values = list[tuple[int, list[str]]]
"""What a row holds beside its labels: the index of a cell and its lines."""


class Sheet:
    """What stands for every item so far, and the item that is open."""

    def __init__(self, cursor: Cursor, ledger: Ledger) -> None:
        self._cursor = cursor
        self._ledger = ledger
        self.gathered: dict[str, Gathered] = {}
        self.open: Gathered | None = None
        self.entry: Entry | None = None
        self.labels = 0
        """Labels met so far."""

    def values(self, block: Block, index: int, rest: list[str]) -> Values:
        """What a row holds beside its labels: the rest of the label's cell and the cells after it."""
        values = [(max(index, 0), rest)] if rest else []
        values += [(i, list(c)) for i, c in enumerate(block.cells) if i > index and c]
        return values

    def leave(self, block: Block, values: Values) -> None:
        for _, lines in values:
            self._ledger.leave(block, " ".join(lines))

    def of(self, entry: Entry) -> Gathered:
        slot = self._cursor.place(entry).slot(entry.item)
        if slot.address not in self.gathered:
            sure = not self._cursor.is_inferred(entry)
            self.gathered[slot.address] = Gathered(slot, 0, sure=sure)
        return self.gathered[slot.address]

    def enter(self, entry: Entry, line: int) -> None:
        self._cursor.enter_item(entry)
        self.labels += 1
        gathered = self.of(entry)
        if gathered.pieces:
            gathered.again.append(len(gathered.pieces))
        gathered.label_line = gathered.label_line or line
        self.open, self.entry = gathered, entry

    def close(self) -> None:
        self.open = self.entry = None

    def attach_all(self, entry: Entry, block: Block, values: Values) -> None:
        for cell, lines in values:
            self.attach(entry, block, cell, lines)

    def attach(self, entry: Entry, block: Block, cell: int, lines: list[str]) -> None:
        """Give lines to an item; a line among them that is the label of an item below it opens that."""
        target = entry
        start = 0
        for position, line in enumerate(lines):
            below = self._below(target, line)
            if below is None:
                continue
            self.of(target).add(lines[start:position], block, cell + 1)
            self._ledger.form(block, less(line, below.rest))
            target = below.entry
            self.enter(target, block.first)
            if below.rest:
                self.of(target).add([below.rest], block, cell + 1)
            start = position + 1
        gathered = self.of(target)
        gathered.add(lines[start:], block, cell + 1)
        self.open, self.entry = gathered, target
        if target is entry and entry.item.kind is Kind.CHOICE:
            self._split_parenthesis(entry, gathered, block, cell)

    def _below(self, entry: Entry, line: str) -> Found | None:
        """The item below `entry` (its child, or the next of its row) whose label the line is."""
        below = [
            one
            for one in self.near_items()
            if one.order > entry.order
            and one.group is entry.group
            and (one.parent is entry.item or (_row_of(one) is not None and _row_of(one) is _row_of(entry)))
        ]
        if not below:
            return None
        found = (
            [one for one in self._cursor.outline.whole(line) if one.entry in below] if len(line) < 60 else []
        )
        exact = [one for one in found if one.rank <= Rank.UNNUMBERED]
        return next(iter(exact or self._cursor.outline.leading(line, below)), None)

    def _split_parenthesis(self, entry: Entry, gathered: Gathered, block: Block, cell: int) -> None:
        """「[有料] 1) 有料 2) 無料 (手数料額、納付方法: …)」: the parenthesis is an item below."""
        children = [one for one in self.near_items() if one.parent is entry.item]
        tail = boxes.after_options(entry.item, gathered.text) if children and gathered.pieces else ""
        if not tail.startswith(("(", "（")):
            return
        inside, after = boxes.split_parenthesis(tail)
        found = self._cursor.outline.leading(inside.strip(), children)
        if found:
            self.enter(found[0].entry, block.first)
            words = " ".join(filter(None, [found[0].rest.strip(), after.strip()]))
            gathered.cut(tail)
            self._ledger.form(block, less(tail, words))
            self.of(found[0].entry).add([words] if words else [], block, cell + 1)

    def near_items(self) -> list[Entry]:
        return self._cursor.outline.items_of(self._cursor.section)


def _row_of(entry: Entry) -> FormBlock | None:
    """The row heading an entry stands under (使用の主体, 再委託), if any."""
    return next((node for node in entry.path if isinstance(node, FormBlock) and not node.titles), None)

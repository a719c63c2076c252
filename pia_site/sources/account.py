"""The account of a source: every character that is no white space is in one of five buckets.

Placed, form, markup, repeated and left over add up to the source. What a reader neither gave to an item nor claimed
otherwise is left over, so that a gap in the reading shows instead of losing words.
May import: extract, gathered, filled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pia_site.sources.extract import Extract, Leftover, less, shown, solid
from pia_site.sources.filling.filled import Filled
from pia_site.sources.filling.values import Read


@dataclass(frozen=True, slots=True)
class Account:
    """Characters of a source, white space not counted, by what became of them."""

    placed: int
    """In the edition."""
    form: int
    """The form's own: labels, headings, lists of choices, page numbers."""
    markup: int
    repeated: int
    """Printed twice, and once in the edition."""
    leftovers: int

    @property
    def total(self) -> int:
        return self.placed + self.form + self.markup + self.repeated + self.leftovers


def settle(
    extract: Extract, filled: Filled, read: Mapping[str, Read]
) -> tuple[Account, tuple[Leftover, ...]]:
    """The account of a reading, and everything that is left over in the order of the source.

    `read` holds what the words given to each item say: of a row of boxes most words are the form's.
    """
    ledger = filled.ledger
    claimed: dict[int, list[str]] = defaultdict(list)
    for line, words in (*ledger.form_words, *ledger.placed_words, *ledger.repeated_words):
        claimed[line].append(words)
    for leftover in ledger.leftovers:
        claimed[leftover.first].append(leftover.text)
    said = of_the_form = 0
    left = [*ledger.leftovers, *extract.unread]
    for address, gathered in filled.gathered.items():
        given = 0
        for piece in gathered.pieces:
            if not piece.made:
                claimed[piece.first] += piece.lines
                given += sum(map(solid, piece.lines))
        one = read.get(address)
        for words in filter(_says_something, one.unread if one and given else ()):
            left.append(Leftover(gathered.numbers[0], gathered.numbers[-1], words))
            given -= solid(words)
        own = given if one is None or one.said is None else min(one.said, given)
        said += own
        of_the_form += given - own
    for block in extract.blocks:
        words = "".join(claimed[block.first])
        if solid(words) == solid(block.text):
            continue  # every word is claimed: which ones need not be looked at
        rest = less(block.text, words)
        if _says_something(rest):
            left.append(Leftover(block.first, block.last, rest))
        else:
            of_the_form += solid(rest)
    placed = said + _solid(ledger.placed_words)
    form = of_the_form + _solid(ledger.form_words) + sum(solid(one.text) for one in extract.furniture)
    repeated = _solid(ledger.repeated_words)
    leftovers = sum(solid(one.text) for one in left)
    markup = extract.size - sum(solid(block.text) for block in extract.blocks)
    markup -= sum(solid(one.text) for one in (*extract.furniture, *extract.unread))
    return Account(placed, form, markup, repeated, leftovers), _in_order(left)


def _says_something(text: str) -> bool:
    """A bracket or a sign that stands alone is a piece of the form's own print."""
    return any(char.isalnum() for char in text)


def _solid(claims: Iterable[tuple[int, str]]) -> int:
    return sum(solid(words) for _, words in claims)


def _in_order(leftovers: Iterable[Leftover]) -> tuple[Leftover, ...]:
    """Neighbouring lines as one, as a reader should see them."""
    found: list[Leftover] = []
    for one in sorted(leftovers, key=lambda one: (one.first, one.last)):
        if found and one.first <= found[-1].last + 1 and one.reason == found[-1].reason:
            before = found[-1]
            found[-1] = Leftover(
                before.first, max(before.last, one.last), f"{before.text}\n{one.text}", one.reason
            )
        else:
            found.append(one)
    return tuple(Leftover(one.first, one.last, shown(one.text), one.reason) for one in found)

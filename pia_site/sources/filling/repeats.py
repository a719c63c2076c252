"""Pages that an extraction prints twice: a run of rows that stands there again, word for word, right after itself.

Copies of a part repeat much, too, but never all of it, their names included, and never without their headings.
May import: extract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pia_site.sources.extract import Block, solid

_FEWEST = 3
_SMALLEST = 200
"""Characters of a page at the least; a few equal rows may be meant."""
_LARGEST = 300
"""Rows of a page at the most."""


def repeated(blocks: Sequence[Block]) -> frozenset[int]:
    """The positions of the blocks that say a second time what the blocks before them say."""
    kinds: dict[object, int] = {}
    keys = [kinds.setdefault((block.shape, block.cells), len(kinds)) for block in blocks]
    seen: dict[int, list[int]] = defaultdict(list)
    found: set[int] = set()
    here = 0
    while here < len(keys):
        run = _run_before(keys, here, seen[keys[here]])
        if run >= _FEWEST and sum(solid(block.text) for block in blocks[here : here + run]) >= _SMALLEST:
            found.update(range(here, here + run))
            here += run
            continue
        seen[keys[here]].append(here)
        here += 1
    return frozenset(found)


def _run_before(keys: list[int], here: int, positions: list[int]) -> int:
    """The length of the run that ends at `here` and begins there again; 0 where there is none."""
    for start in reversed(positions):
        length = here - start
        if length > _LARGEST:
            return 0
        if keys[start + 1 : start + 2] == keys[here + 1 : here + 2] and (
            keys[start:here] == keys[here : here + length]
        ):
            return length
    return 0

"""Rows of a source as the review page shows them: where they stand, their cells, the words that were taken.

Left side of the page. Nothing here is markup: the template escapes every run of text.
May import: extract, text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pia_site.sources.extract import Block, Extract, Shape, shown
from pia_site.text.cleaning import drop_spaces

NEAR, OWN, LEFT = "near", "own", "left"
"""What a row is shown for: as a neighbour, as an item's own row, as one that holds what is left over."""
_LONGEST_NEIGHBOUR = 120
"""Characters of a neighbour's cell: the row is recognised by them, and stands whole in the list of all items."""

Run = tuple[str, bool]
"""Words, and whether they are marked."""


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell. `ref` is its name in a workbook, `own` says that the item at hand was read from it."""

    runs: tuple[Run, ...]
    own: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    place: str
    """「12行」, 「3頁」, 「シート名」."""
    cells: tuple[CellView, ...]
    role: str = OWN


class SourceRows:
    """The rows of a source in order, found by the numbers of their lines."""

    def __init__(self, extract: Extract) -> None:
        self._blocks = [block for block in extract.blocks if block.shape is not Shape.RULE]
        self._index = {line: at for at, block in enumerate(self._blocks) for line in block.lines}

    def indexes(self, lines: Iterable[int]) -> list[int]:
        """The rows that lines stand in, in the order of the source, each once."""
        return sorted({self._index[line] for line in lines if line in self._index})

    def __len__(self) -> int:
        return len(self._blocks)

    def words_at(self, index: int) -> str:
        return shown(self._blocks[index].text)

    def row(
        self,
        index: int,
        role: str = OWN,
        *,
        cells: Collection[int | None] = (None,),
        marks: Marks | None = None,
    ) -> RowView:
        """The row at an index; items were read from its `cells` (1-based, None: not known) and those after."""
        block = self._blocks[index]
        last = max((at for at, cell in enumerate(block.cells) if cell), default=-1)
        first = min((cell or 0 for cell in cells), default=0) - 1
        shown_cells = (
            _cell(
                block,
                at,
                role,
                own=last > 0 and at + 1 in cells,
                marks=marks if marks is not None and at >= first else _NO_MARKS,
            )
            for at in range(last + 1)
        )
        return RowView(_place(block), tuple(shown_cells), role)

    def between(self, before: list[int], after: list[int], most: int) -> list[int]:
        """The first rows behind the last of some and in front of the first of others, at most so many."""
        first = before[-1] + 1 if before else 0
        last = after[0] if after else len(self._blocks)
        return list(range(first, min(last, first + most)))

    def place_of(self, indexes: Sequence[int]) -> str:
        """Where several rows stand, in words: 「12～14行」, 「3頁」."""
        if not indexes:
            return ""
        first, last = self._blocks[indexes[0]], self._blocks[indexes[-1]]
        if first.sheet is not None:
            refs = [one for one in (_first_ref(first), _first_ref(last)) if one]
            return " ".join([f"シート「{first.sheet}」", "～".join(dict.fromkeys(refs))]).strip()
        if first.page is not None:
            return _span(first.page, last.page or first.page, "頁")
        return _span(first.first, last.last, "行")


class Marks:
    """The words that are looked for in the rows of one item. Each is marked where it stands first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._wanted = [word for word in (one.strip() for one in words) if word]
        self._solid = "\n".join(map(drop_spaces, self._wanted))

    def runs(self, text: str) -> tuple[Run, ...]:
        """Lines that are nothing but words of the item are marked whole, else the words in them."""
        if not self._solid:
            return ((text, False),)
        found: list[Run] = []
        for number, line in enumerate(text.split("\n")):
            if number:
                found.append(("\n", False))
            solid = drop_spaces(line)
            if len(solid) > 1 and solid in self._solid:
                found.append((line, True))
            else:
                found += self._within(line)
        return tuple(found)

    def _within(self, line: str) -> list[Run]:
        spans: list[tuple[int, int]] = []
        # Longest first, so that 「民間事業者」 is not found within 「他の民間事業者」.
        for word in sorted(self._wanted, key=len, reverse=True):
            at = line.find(word)
            if at >= 0 and not any(at < end and start < at + len(word) for start, end in spans):
                spans.append((at, at + len(word)))
                self._wanted.remove(word)
        runs: list[Run] = []
        position = 0
        for start, end in sorted(spans):
            runs += [(line[position:start], False), (line[start:end], True)]
            position = end
        return [run for run in (*runs, (line[position:], False)) if run[0]]


_NO_MARKS = Marks(())


def _cell(block: Block, at: int, role: str, *, own: bool, marks: Marks) -> CellView:
    text = shown("\n".join(block.cells[at]))
    if role == NEAR and len(text) > _LONGEST_NEIGHBOUR:
        text = f"{text[:_LONGEST_NEIGHBOUR]}…"
    ref = block.refs[at] if at < len(block.refs) else ""
    return CellView(marks.runs(text) if text else (), own, ref if text else "")


def _place(block: Block) -> str:
    if block.sheet is not None:
        return block.sheet
    if block.page is not None:
        return f"{block.page}頁"
    return _span(block.first, block.last, "行")


def _first_ref(block: Block) -> str:
    return next((ref for ref, cell in zip(block.refs, block.cells, strict=False) if cell), "")


def _span(first: int, last: int, unit: str) -> str:
    return f"{first}{unit}" if first == last else f"{first}～{last}{unit}"

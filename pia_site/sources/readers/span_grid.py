"""Tables whose cells go over several rows or columns → rows of equal width.

A cell stands in the first row and the first column that it covers; the others it covers are empty. A column in which
no cell of the table begins is none. May import: extract.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pia_site.sources.extract import Cell

_WIDEST = 100
"""Columns in which cells may begin. A table of more is no form, and its rows are not aligned."""


@dataclass(slots=True)
class _Row:
    number: int
    cells: dict[int, Cell] = field(default_factory=dict)
    width: int = 0


class SpanGrid:
    """A table that is filled cell by cell, as HTML writes one."""

    def __init__(self) -> None:
        self._rows: list[_Row] = []
        self._hanging: list[tuple[int, int, int | None]] = []
        """From and before which column a cell hangs down, and before which row it ends (None: with its group)."""

    @property
    def number(self) -> int:
        """The number of the open row."""
        return self._rows[-1].number

    @property
    def is_open(self) -> bool:
        return bool(self._rows)

    def open_row(self, number: int) -> None:
        self._rows.append(_Row(number))
        here = len(self._rows) - 1
        self._hanging = [one for one in self._hanging if one[2] is None or one[2] > here]

    def end_group(self) -> None:
        """No cell hangs down from the head of a table into its body."""
        self._hanging = []

    def add(self, cell: Cell, *, across: int, down: int) -> None:
        """The next cell of the open row. `across` is at least 1; `down` 0 means to the end of the group."""
        row = self._rows[-1]
        column = row.width
        for start, end, _ in self._hanging:
            if start <= column < end:
                column = end
        row.cells[column] = cell
        row.width = column + across
        if down != 1 and column < _WIDEST:
            self._hanging.append((column, row.width, len(self._rows) - 1 + down if down else None))
            self._hanging.sort(key=lambda one: one[0])

    def rows(self) -> list[tuple[int, tuple[Cell, ...]]]:
        """Number and cells of every row in which something stands."""
        filled = [row for row in self._rows if any(row.cells.values())]
        columns = sorted({column for row in self._rows for column in row.cells})
        if len(columns) > _WIDEST:
            return [(row.number, tuple(row.cells.values())) for row in filled]
        return [(row.number, tuple(row.cells.get(column, ()) for column in columns)) for row in filled]

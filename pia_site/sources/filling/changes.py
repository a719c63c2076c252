"""The table of changes (変更箇所): one row per declared change, over page breaks and merged cells.

May import: extract, gathered, text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pia_site.sources.extract import Block, less, shown
from pia_site.sources.filling.gathered import Ledger
from pia_site.text.cleaning import matching_key
from pia_site.text.wareki import parse_date

_COLUMNS = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")
_DATE, _ITEM, _BEFORE, _AFTER, _TIMING, _REASON = range(len(_COLUMNS))
TIMINGS = ("事前", "事後")


@dataclass(slots=True)
class Row:
    """A change as printed. A side that is None could not be told from its neighbours."""

    date: str
    item: str
    before: str | None
    after: str | None
    timing: str = ""
    reason: str = ""
    lines: list[int] = field(default_factory=list)
    sure: bool = True

    @property
    def key(self) -> tuple[str, ...]:
        """What a second print of the row has in common with it: every cell, white space put aside."""
        cells = (self.date, self.item, self.before, self.after, self.timing, self.reason)
        return tuple("".join((cell or "").split()) for cell in cells)


class ChangeTable:
    """Takes the blocks of the annex in order. Pages repeat the head of the table."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.rows: list[Row] = []
        self._is_new_page = False
        self._known: set[tuple[str, ...]] = set()

    def add(self, block: Block) -> None:
        cells = [shown("\n".join(cell)) for cell in block.cells]
        if _is_head(cells):
            self._ledger.form(block, block.text)
            self._is_new_page = True
            return
        if not block.is_row:
            self._ledger.leave(block)
            return
        aligned = _align(cells)
        if aligned is None:
            self._ledger.leave(block)
            return
        if aligned[_DATE] or aligned[_ITEM]:
            self._begin(aligned, block)
            self._is_new_page = False
        elif self.rows:
            self._continue(self.rows[-1], aligned, block)
        else:
            self._ledger.leave(block)

    def _begin(self, cells: list[str], block: Block) -> None:
        row = Row(
            date=cells[_DATE],
            item=cells[_ITEM].replace("\n", " "),
            before=cells[_BEFORE],
            after=cells[_AFTER],
            timing=cells[_TIMING],
            reason=cells[_REASON],
            lines=list(block.lines),
        )
        if self._is_new_page and self.rows and _goes_on(self.rows[-1], row):
            self._join(self.rows[-1], row, block)
            return
        known = row.key in self._known
        self._known.add(row.key)
        (self._ledger.repeat if known else self._ledger.place)(block, block.text)
        self.rows.append(row)

    def _join(self, row: Row, rest: Row, block: Block) -> None:
        """The second half of a row that a page break split, whose other cells are printed again."""
        new = [cell for cell, known in ((rest.before, row.before), (rest.after, row.after)) if cell != known]
        row.before = _joined(row.before, rest.before)
        row.after = _joined(row.after, rest.after)
        row.lines += block.lines
        row.sure = False
        words = "".join(filter(None, new))
        self._ledger.place(block, less(block.text, less(block.text, words)))
        self._ledger.repeat(block, less(block.text, words))

    def _continue(self, row: Row, cells: list[str], block: Block) -> None:
        """A row without date and item goes on with the one before it."""
        row.before = "\n".join(filter(None, [row.before, cells[_BEFORE]]))
        row.after = "\n".join(filter(None, [row.after, cells[_AFTER]]))
        row.timing = row.timing or cells[_TIMING]
        row.reason = "\n".join(filter(None, [row.reason, cells[_REASON]]))
        row.lines += block.lines
        self._ledger.place(block, block.text)


def _goes_on(row: Row, new: Row) -> bool:
    """Whether a page break split a row: each half repeats what stood in the cells that are not too long."""
    sides = (row.before == new.before or not new.before, row.after == new.after or not new.after)
    alike = matching_key(row.item) == matching_key(new.item) and (row.date, row.timing) == (
        new.date,
        new.timing,
    )
    return alike and any(sides) and row.key != new.key and row.reason == new.reason


def _joined(first: str | None, second: str | None) -> str:
    return first or "" if first == second else "\n".join(filter(None, [first, second]))


def _is_head(cells: list[str]) -> bool:
    keys = [matching_key(cell) for cell in cells if cell]
    return bool(keys) and all(key in map(matching_key, _COLUMNS) for key in keys)


def _align(cells: list[str]) -> list[str] | None:
    """The six columns of a row; the cell 事前 or 事後 tells where a row has lost or gained one."""
    if (
        cells
        and cells[0]
        and parse_date(cells[0]) is None
        and not cells[0][:1].isdigit()
        and len(cells[0]) > 20
    ):
        return None
    width = len(_COLUMNS)
    timing = [index for index, cell in enumerate(cells) if cell.strip() in TIMINGS]
    if timing and timing[-1] != _TIMING:
        at = timing[-1]
        if at < _TIMING:  # an empty cell was dropped; which one is unknown
            return None
        if any(cells[_TIMING:at]):
            return None
        cells = [*cells[:_TIMING], *cells[at:]]
    if any(cells[width:]):
        return None
    return [*cells, *[""] * width][:width]

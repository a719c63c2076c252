"""Extract + form → what stands for every item, read with a cursor over the form.

Block by block: headings of parts, sections, members and risks move the cursor; labels open an item; what
follows belongs to it until the next label. A line that fits nowhere is left over, never lost.
May import: cursor, sheet, filled, gathered, labels, boxes, records, changes, which_form, extract, forms.
"""

from __future__ import annotations

import re

from pia_site.documents.slots import section_place
from pia_site.forms import Block as FormBlock
from pia_site.forms import Form, Item, Kind, Part, Section
from pia_site.sources.extract import Block, Extract, Shape, less
from pia_site.sources.filling import boxes
from pia_site.sources.filling.annexes import OwnAnnexes
from pia_site.sources.filling.changes import ChangeTable
from pia_site.sources.filling.cursor import Cursor
from pia_site.sources.filling.filled import Filled
from pia_site.sources.filling.gathered import Gathered, Ledger
from pia_site.sources.filling.labels import (
    Entry,
    Found,
    Rank,
    find_part,
    is_undamaged,
    label_key,
    split_label,
)
from pia_site.sources.filling.records import RecordList
from pia_site.sources.filling.repeats import repeated
from pia_site.sources.filling.sheet import Sheet, Values
from pia_site.sources.which_form import FORM_LINE

_CONTENTS = ("項目一覧", "目次")
_PAGE_NUMBER = re.compile(r"[-－―\s]*\d{1,4}[-－―\s]*")
_CONTINUED = frozenset({Kind.TEXT, Kind.LAW, Kind.CONTACT})
"""Kinds whose value may run on in further rows and lines."""
_BOXED = frozenset({Kind.CHECKS, Kind.CHOICE})


def fill(extract: Extract, form: Form) -> Filled:
    """Hold an extract against a form. Never refuses: what is not understood is left over."""
    filler = _Filler(form)
    again = repeated(extract.blocks)
    for position, block in enumerate(extract.blocks):
        filler.block(block, is_repeated=position in again)
    return filler.finish()


class _Filler:
    def __init__(self, form: Form) -> None:
        self._form = form
        self._cursor = Cursor(form)
        self._ledger = Ledger()
        self._sheet = Sheet(self._cursor, self._ledger)
        self._columns: list[tuple[int, Entry]] = []
        self._damaged: dict[Entry, str] = {}
        self._records: dict[int, RecordList] = {}
        self._changes = ChangeTable(self._ledger)
        self._annexes = OwnAnnexes(self._ledger)
        self._contents: set[str] | None = None
        self._filled = Filled(form, self._sheet.gathered, {}, {}, self._records, [], self._ledger)

    def finish(self) -> Filled:
        for gathered in self._sheet.gathered.values():
            gathered.settle(self._ledger)
        for records in self._records.values():
            records.finish()
        self._filled.copies = dict(self._cursor.copies)
        self._filled.members = dict(self._cursor.members)
        self._filled.inferred = dict(self._cursor.inferred)
        self._filled.changes = self._changes.rows
        self._filled.annexes = self._annexes.finish()
        self._filled.headings += self._sheet.labels
        return self._filled

    # --- one block ---

    def block(self, block: Block, *, is_repeated: bool = False) -> None:
        if block.shape is Shape.RULE:
            return
        if (
            is_repeated and self._cursor.part.role != "changes"
        ):  # a change row is kept, and said to be repeated
            self._ledger.repeat(block, block.text)
            return
        if self._is_contents(block) or self._is_part(block):
            return
        if self._is_annex(block):
            return
        role = self._cursor.part.role
        if role == "changes":
            self._changes.add(block)
        elif role == "records" and self._cursor.copy is not None:
            self._record(block)
        elif not self._heads(block) and not self._labels(block):
            self._unlabelled(block)

    def _is_contents(self, block: Block) -> bool:
        """The list of contents repeats every heading of a part once."""
        text = block.text
        if "".join(text.split()) in _CONTENTS:
            self._contents = set()
            self._ledger.form(block, text)
            return True
        if self._contents is None:
            return False
        part = find_part(self._form, text)
        if part is None or part.step in self._contents or block.is_row:
            self._contents = None
            return False
        self._contents.add(part.step)
        self._ledger.form(block, text)
        return True

    def _is_part(self, block: Block) -> bool:
        if block.is_row and sum(map(bool, block.cells)) > 1:
            return False
        text = block.text
        if label_key(text) == label_key(self._form.parts[0].title):
            self._filled.headings += 1
            self._ledger.form(block, text)
            return True
        part = find_part(self._form, text) if len(text) <= 80 else None
        if part is None:
            return False
        self._ledger.form(block, text)
        self._enter_part(part)
        return True

    def _is_annex(self, block: Block) -> bool:
        """Whether a block belongs to an annex of the body's own, which begins with a heading or after the changes."""
        may_begin = block.shape is Shape.HEADING or self._cursor.part.role == "changes"
        return (self._annexes.is_open or may_begin) and self._annexes.add(block)

    def _enter_part(self, part: Part) -> None:
        self._annexes.close()
        self._cursor.enter_part(part)
        self._filled.parts.add(part.step)
        self._filled.headings += 1
        self._sheet.close()
        if part.role == "records" and self._cursor.copy is not None:
            self._records[self._cursor.copy] = RecordList(self._ledger)
        elif part.role == "work":
            first = self._cursor.outline.first_item(part.sections[0])
            if first is not None:
                self._sheet.enter(first, 0)

    def _record(self, block: Block) -> None:
        copy = self._cursor.copy
        assert copy is not None
        files = self._file_names()
        if self._records[copy].starts_file(block, files):
            self._enter_part(self._cursor.part)
            copy = self._cursor.copy
            assert copy is not None
        self._records[copy].add(block, files)

    def _file_names(self) -> list[str]:
        """What the document wrote as names of its files, for the headings of the annex."""
        return [
            line
            for gathered in self._sheet.gathered.values()
            if gathered.slot.item.key == "特定個人情報ファイル名"
            for line in gathered.lines
        ]

    # --- headings ---

    def _heads(self, block: Block) -> bool:
        index, cell = next((i, c) for i, c in enumerate(block.cells) if c)
        if self._cursor.part.role == "cover" and self._is_form_line(block):
            return True
        mark = boxes.first_mark(cell[0])
        words = (cell[0][:mark] if mark else cell[0]).strip()
        rest = [cell[0][mark:]] if mark else []
        heading = self._cursor.section_heading(words)
        if heading is not None:
            self._ledger.form(block, words)
            self._section(block, *heading, words, [*rest, *cell[1:]], index)
            return True
        group = self._cursor.outline.members_range(cell[0])
        if group is not None:
            self._ledger.form(block, cell[0])
            self._cursor.enter_group(group)
            self._sheet.close()
            self._rest(block, index, list(cell[1:]))
            return True
        return self._member(block, index, cell) or self._risk(block, index, cell)

    def _is_form_line(self, block: Block) -> bool:
        if FORM_LINE.fullmatch(block.text) is None:
            return False
        for entry in self._cursor.outline.items:
            if entry.item.label == "様式":
                self._sheet.enter(entry, block.first)
                self._sheet.attach(entry, block, 0, [block.text])
        self._sheet.close()
        return True

    def _section(
        self, block: Block, part: Part, found: Section, printed: str, rest: list[str], index: int
    ) -> None:
        if part is not self._cursor.part:
            self._enter_part(part)
        self._cursor.enter_section(found)
        self._note_heading(
            section_place(part, found, self._cursor.copy).address, printed, found.number, found.title
        )
        self._filled.headings += 1
        self._sheet.close()
        values = self._sheet.values(block, index, rest)
        first = self._cursor.outline.first_item(found)
        if first is None:
            self._sheet.leave(block, values)
        elif found.lone_item is not None:
            self._sheet.enter(first, block.first)
            self._sheet.attach_all(first, block, values)
        elif any(boxes.has_marks(line) for _, lines in values for line in lines):
            self._sheet.enter(first, block.first)
            self._sheet.attach_all(first, block, values)
            self._sheet.close()
        else:
            self._sheet.leave(block, values)

    def _member(self, block: Block, index: int, cell: tuple[str, ...]) -> bool:
        member = self._cursor.outline.member(cell[0])
        if member is None:
            return False
        group, number, rest = member
        if rest and not block.is_row:
            return False  # prose that begins like a heading
        self._ledger.form(block, less(cell[0], rest))
        name = self._cursor.enter_member(group, number)
        self._filled.headings += 1
        self._sheet.close()
        values = self._sheet.values(block, index, [*([rest] if rest else []), *cell[1:]])
        if name is None:
            self._sheet.leave(block, values)
            return True
        self._sheet.enter(name, block.first)
        self._sheet.attach_all(name, block, values)
        return True

    def _risk(self, block: Block, index: int, cell: tuple[str, ...]) -> bool:
        found = [one for one in self._cursor.outline.blocks(cell[0]) if _titled(one.entry)]
        sharpest = min((one.rank for one in found), default=None)
        best = self._cursor.best([one for one in found if one.rank is sharpest])
        if best is None:
            return False
        self._cursor.enter_block(best.entry)
        risk = best.entry.node
        assert isinstance(risk, FormBlock)
        address = self._cursor.place(best.entry).into_block(risk).address
        number = risk.label if split_label(cell[0])[0] is not None else None
        self._note_heading(address, cell[0], number, *risk.titles, "".join(risk.titles))
        self._filled.headings += 1
        self._sheet.close()
        # 様式4 Ⅲ4 prints its five titles one a line, in one cell or in several rows.
        titles = [line for line in cell[1:] if self._cursor.outline.blocks(line)]
        self._ledger.form(block, cell[0], *titles)
        self._rest(block, index, [line for line in cell[1:] if line not in titles])
        return True

    def _note_heading(self, address: str, printed: str, number: str | None, *labels: str | None) -> None:
        if not is_undamaged(printed, number, *filter(None, labels)):
            self._filled.damaged[address] = printed

    def _rest(self, block: Block, index: int, lines: list[str]) -> None:
        self._sheet.leave(block, self._sheet.values(block, index, lines))

    # --- labels ---

    def _labels(self, block: Block) -> bool:
        if self._is_header_row(block):
            return True
        filled = [(index, cell) for index, cell in enumerate(block.cells) if cell]
        heading: Entry | None = None
        for index, cell in filled:
            read = self._label_cell(block, cell)
            if read is None:
                break
            entries, block_entry, rest = read
            self._ledger.form(block, less("".join(cell), "".join(rest)))
            if entries:
                self._open_labels(block, entries, self._sheet.values(block, index, rest))
                return True
            heading = block_entry
            filled = filled[1:]
            if rest:
                filled.insert(0, (index, tuple(rest)))
                break
        if heading is None:
            return False
        if filled:
            self._below_heading(heading, block, [(index, list(cell)) for index, cell in filled])
        return True

    def _below_heading(self, heading: Entry, block: Block, values: Values) -> None:
        """A row heading whose item has lost its label: the values are its first item's."""
        first = next((e for e in self._cursor.outline.items if heading.node in e.path), None)
        if first is None:
            self._sheet.leave(block, values)
            return
        self._open_labels(block, [first], values)
        self._sheet.of(first).sure = False

    def _open_labels(self, block: Block, opened: list[Entry], values: Values) -> None:
        for entry in opened:
            self._sheet.enter(entry, block.first)
            gathered = self._sheet.of(entry)
            gathered.closed = block.is_row and not entry.item.heading_is_label
            gathered.label = self._damaged.pop(entry, gathered.label)
        first, *others = opened
        if not others:
            self._sheet.attach_all(first, block, values)
            return
        # Several labels in one cell: the choice takes the lines of a choice, the last label the rest.
        for cell, lines in values:
            cut = 0
            if first.item.kind is Kind.CHOICE:
                while cut < len(lines) and boxes.is_choice_line(first.item, lines[cut]):
                    cut += 1
            self._sheet.attach(first, block, cell, lines[:cut])
            self._sheet.attach(others[-1], block, cell, lines[cut:])
        self._sheet.of(first).sure = self._sheet.of(others[-1]).sure = False

    def _label_cell(
        self, block: Block, cell: tuple[str, ...]
    ) -> tuple[list[Entry], Entry | None, list[str]] | None:
        """Labels at the head of a cell: items, a row heading, and the lines that are no labels."""
        loose = not block.is_row
        entries: list[Entry] = []
        heading: Entry | None = None
        position = 0
        while position < len(cell):
            found, used = self._label_at(cell[position:], loose)
            if found is None:
                break
            position += used
            if isinstance(found.node, FormBlock):
                heading = found
                self._cursor.enter_block(found)
            else:
                entries.append(found)
                self._cursor.enter_item(found)
                printed = "".join(cell[position - used : position])
                if not is_undamaged(printed, found.item.number, found.item.label, *found.item.label_variants):
                    self._damaged[found] = printed
        if position < len(cell) and not entries:
            lead = self._leading(cell[position], loose)
            if lead is not None:
                self._cursor.enter_item(lead.entry)
                return [lead.entry], heading, [*([lead.rest] if lead.rest else []), *cell[position + 1 :]]
        if not entries and heading is None:
            return None
        return entries, heading, list(cell[position:])

    def _label_at(self, lines: tuple[str, ...], loose: bool) -> tuple[Entry | None, int]:
        """The label that the first line is, or the first two or three lines of a wrapped one."""
        for used in range(1, min(3, len(lines)) + 1):
            text = "".join(lines[:used])
            if len(text) > 120:
                break
            outline = self._cursor.outline
            found = self._cursor.best(outline.whole(text), loose=loose)
            if found is None and not loose:
                rows = [one for one in outline.blocks(text) if not _titled(one.entry)]
                found = self._cursor.best(rows)
            if found is not None and (used == 1 or found.rank is Rank.EXACT):
                return found.entry, used
        return None, 0

    def _leading(self, line: str, loose: bool) -> Found | None:
        number, _ = split_label(line)
        found = [
            one
            for one in self._cursor.outline.leading(line, self._sheet.near_items())
            if not loose
            or (one.rank is Rank.EXACT and one.entry.item.number is not None and number is not None)
        ]
        return self._cursor.best(found)

    def _is_header_row(self, block: Block) -> bool:
        """A row whose cells are all labels, over a row of values (the head of the cover)."""
        filled = [(index, cell) for index, cell in enumerate(block.cells) if cell]
        if self._columns:
            columns, self._columns = self._columns, []
            if len(filled) <= len(columns) and not any(self._label_at(cell, False)[0] for _, cell in filled):
                by_index = dict(columns)
                if not all(index in by_index for index, _ in filled):
                    last = columns[-len(filled) :]
                    by_index = {index: entry for (index, _), (_, entry) in zip(filled, last, strict=True)}
                for index, cell in filled:
                    self._sheet.attach(by_index[index], block, index, list(cell))
                return True
        if len(filled) < 2 or not block.is_row or self._cursor.part.role != "cover":
            return False
        heads: list[tuple[int, Entry]] = []
        for index, cell in filled:
            found = [one for one in self._cursor.outline.whole("".join(cell)) if one.rank is Rank.EXACT]
            if found:
                heads.append((index, found[0].entry))
        if 1 < len(heads) < len(filled):
            self._pairs(block, heads)
            return True
        if len(heads) < len(filled):
            return False
        self._ledger.form(block, block.text)
        for _, entry in heads:
            self._sheet.enter(entry, block.first)
        self._columns = heads
        return True

    def _pairs(self, block: Block, heads: list[tuple[int, Entry]]) -> None:
        """A row of labels and values in turn; a label without a value before the next one is printed empty."""
        ends = [*(index for index, _ in heads[1:]), len(block.cells)]
        self._sheet.leave(block, [(i, list(c)) for i, c in enumerate(block.cells[: heads[0][0]]) if c])
        for (index, entry), end in zip(heads, ends, strict=True):
            self._ledger.form(block, "".join(block.cells[index]))
            self._sheet.enter(entry, block.first)
            self._sheet.of(entry).closed = True
            values = [(i, list(block.cells[i])) for i in range(index + 1, end) if block.cells[i]]
            self._sheet.attach_all(entry, block, values)
        self._sheet.close()

    # --- what has no label ---

    def _unlabelled(self, block: Block) -> None:
        gathered, entry = self._sheet.open, self._sheet.entry
        lines = [line for cell in block.cells for line in cell]
        if _PAGE_NUMBER.fullmatch(block.text):
            self._ledger.form(block, block.text)
            return
        if gathered is None or entry is None:
            self._ledger.leave(block)
            return
        indented = block.is_row and not block.cells[0]
        cell = next(index for index, one in enumerate(block.cells) if one)
        if self._continues(gathered, entry.item, block, indented):
            if block.is_row and gathered.pieces:
                gathered.sure = gathered.sure and entry.item.kind in _BOXED
            self._sheet.attach(entry, block, cell, lines)
            return
        following = self._next_text(entry) if block.is_row else None
        if following is None:
            self._ledger.leave(block)
            return
        self._sheet.enter(following, block.first)
        self._sheet.attach(following, block, cell, lines)
        self._sheet.of(following).sure = False

    def _continues(self, gathered: Gathered, item: Item, block: Block, indented: bool) -> bool:
        if not gathered.pieces:
            return indented or not gathered.closed
        if item.kind in _CONTINUED:
            # A full-width row after a cell that ended is a new cell.
            return indented or not block.is_row or not gathered.closed or not item.step
        if item.kind in _BOXED:
            return boxes.has_marks(block.text) or all(
                boxes.is_choice_line(item, line) for cell in block.cells for line in cell
            )
        return not gathered.closed and not indented

    def _next_text(self, entry: Entry) -> Entry | None:
        """The next item of the same block or member that takes text and was not printed yet."""
        for one in self._sheet.near_items():
            if one.order > entry.order and one.group is entry.group and _risk_of(one) is _risk_of(entry):
                if one.item.kind not in _CONTINUED or self._cursor.has_met(one):
                    return None
                return one
        return None


def _titled(entry: Entry) -> bool:
    return isinstance(entry.node, FormBlock) and bool(entry.node.titles)


def _risk_of(entry: Entry) -> FormBlock | None:
    return next((node for node in entry.path if isinstance(node, FormBlock) and node.titles), None)

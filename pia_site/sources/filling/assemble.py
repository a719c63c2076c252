"""What was gathered → every answer of an edition, in form order, and what was wrong with it.

Every item of the form gets an answer for every printed copy and member: what a source lost is LOST, never
blank. May import: filled, gathered, values, records, changes, officials, abstract, documents, forms, text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pia_site.documents.answers import Answer, Count, Date, RecordGroup, Records, Slot, State
from pia_site.documents.edition import UNDATED, ChangeText, DeclaredChange
from pia_site.documents.slots import join, walk
from pia_site.forms import Form, Group, Item, Kind, Part
from pia_site.problems import Location, Problem, problem
from pia_site.sources.abstract import is_long
from pia_site.sources.filling import boxes
from pia_site.sources.filling.changes import Row
from pia_site.sources.filling.filled import Filled
from pia_site.sources.filling.gathered import Gathered
from pia_site.sources.filling.values import LOST, Read, read_count, read_value
from pia_site.sources.officials import Masker, is_about_official
from pia_site.text.wareki import parse_date


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer or a change row stands in the source, and whether its place was inferred."""

    lines: tuple[int, ...]
    cell: int | None
    sure: bool
    undecided: bool = False
    label: str | None = None
    """The label as printed, where damage made it another than the form's."""


@dataclass(slots=True)
class Assembled:
    answers: dict[str, Answer] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    covered_files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    changes: tuple[DeclaredChange, ...] = ()
    origins: dict[str, Origin] = field(default_factory=dict)
    read: dict[str, Read] = field(default_factory=dict)
    """What the words given to each item say."""
    problems: list[Problem] = field(default_factory=list)


def assemble(filled: Filled, masker: Masker) -> Assembled:
    """The parts of an edition that the form describes."""
    return _Assembler(filled, masker).run()


class _Assembler:
    def __init__(self, filled: Filled, masker: Masker) -> None:
        self._filled = filled
        self._form: Form = filled.form
        self._masker = masker
        self._made = Assembled()
        self._read = self._made.read

    def run(self) -> Assembled:
        self._learn_names()
        for address, gathered in self._filled.gathered.items():
            if gathered.pieces or not gathered.lost:
                self._read[address] = self._value(gathered)
        self._count_copies()
        self._count_members()
        for slot in walk(self._form, lambda part: self._made.copies[part.step], self._members_of):
            if slot.part.role != "changes":
                self._answer(slot)
        self._made.changes = tuple(self._changes())
        self._report()
        return self._made

    def _learn_names(self) -> None:
        """Every name is known before the first value is read: one may stand in an item above."""
        for gathered in self._filled.gathered.values():
            if is_about_official(gathered.slot.item.key):
                for line in gathered.lines:
                    self._masker.learn(line)
        for row in self._filled.changes:
            for side in (row.before, row.after, row.reason):
                if is_about_official(row.item):
                    self._masker.learn(side or "")
                self._short(side or "")

    def _short(self, text: str) -> str:
        return self._masker.known(text) if is_long(text) else self._masker.anywhere(text)

    def _value(self, gathered: Gathered) -> Read:
        item = gathered.slot.item
        lines = tuple(self._masker.known(line) for line in gathered.lines)
        if is_about_official(item.key):
            lines = tuple(self._masker.cell(line) for line in lines)
        return read_value(item, lines)

    # --- copies and members ---

    def _count_copies(self) -> None:
        for part in self._form.parts:
            if part.role == "changes":
                self._made.copies[part.step] = 1
            elif part.repeats:
                # A part that was lost altogether is shown as one lost copy.
                self._made.copies[part.step] = max(1, self._filled.copies.get(part.step, 0))

    def _count_members(self) -> None:
        """A member counts when its sheet is printed, also with nothing in it; a heading alone does not."""
        for prefix, printed in self._filled.members.items():
            size = printed
            while size and not self._is_printed(f"{prefix}{size}"):
                size -= 1
            self._made.groups[prefix] = size

    def _members_of(self, prefix: str) -> int:
        return self._made.groups.setdefault(prefix, 0)

    def _is_printed(self, member: str) -> bool:
        below = f"{member}-"
        return any(
            address.startswith(below) or (address == member and gathered.pieces)
            for address, gathered in self._filled.gathered.items()
        )

    # --- answers ---

    def _answer(self, slot: Slot) -> None:
        item = slot.item
        if item.kind is Kind.RECORDS:
            self._records(slot)
            return
        gathered = self._filled.gathered.get(slot.address)
        read = self._read.get(slot.address)
        if read is None and item.fill_of is not None:
            read, gathered = self._fill(slot)
        elif read is None and item.kind is Kind.COUNT:
            read, gathered = self._count(slot)
        if read is None or (slot.part.role == "work" and item.heading_is_label and read.state is State.BLANK):
            # 別添1 is a figure; where nothing is left of it, it was lost and not printed empty.
            read, gathered = LOST, None
        self._made.answers[slot.address] = Answer(slot, read.state, read.value, read.written)
        if gathered is not None and gathered.numbers:
            sure = gathered.sure and read.sure
            self._made.origins[slot.address] = Origin(
                gathered.numbers, gathered.cell, sure, read.undecided is not None, gathered.label
            )
        if read.undecided is not None:
            self._undecided(slot, read.undecided, gathered)

    def _fill(self, slot: Slot) -> tuple[Read | None, Gathered | None]:
        """The parentheses of a box: they stand in the cell of its row."""
        parent = slot.address[: -len(slot.item.step)] + slot.item.step.rpartition("-")[0]
        row = self._read.get(parent)
        found = row.fills.get(slot.item.fill_of or "") if row else None
        return found, self._filled.gathered.get(parent) if found else None

    def _count(self, slot: Slot) -> tuple[Read | None, Gathered | None]:
        """「(5) 件」 stands in the cell of the choice before it."""
        parent = self._filled.gathered.get(slot.address.rpartition("-")[0])
        written = boxes.read_count(parent.text) if parent else None
        return (read_count(written), parent) if written is not None else (None, None)

    def _records(self, slot: Slot) -> None:
        records = self._filled.records.get(slot.copy or 0)
        if records is None:
            self._made.answers[slot.address] = Answer(slot, State.LOST)
            return
        groups = tuple(RecordGroup(group.heading, tuple(group.fields)) for group in records.groups)
        state = State.PRESENT if groups else State.BLANK
        self._made.answers[slot.address] = Answer(slot, state, Records(groups) if groups else None)
        if records.files:
            self._made.covered_files[slot.part_address] = records.files
        if records.lines:
            self._made.origins[slot.address] = Origin(tuple(sorted(set(records.lines))), None, True)

    # --- 変更箇所 ---

    def _changes(self) -> Iterable[DeclaredChange]:
        part = self._form.parts_by_role.get("changes")
        if part is None:
            return
        seen: Counter[str] = Counter()
        for row in self._filled.changes:
            date = parse_date(row.date)
            day = date.iso.replace("-", "") if date and date.iso else UNDATED
            seen[day] += 1
            address = f"{part.step}-{day}-{seen[day]}"
            self._made.origins[address] = Origin(tuple(row.lines), None, row.sure)
            yield DeclaredChange(
                address=address,
                date=Date(row.date, date),
                item=self._short(row.item),
                before=self._side(row, row.before),
                after=self._side(row, row.after),
                timing=row.timing,
                reason=self._short(row.reason),
            )

    def _side(self, row: Row, text: str | None) -> ChangeText:
        if text is None:
            return ChangeText(None)
        if is_about_official(row.item):
            text = self._masker.cell(text)
        return ChangeText(self._short(text))

    # --- problems ---

    def _undecided(self, slot: Slot, written: str, gathered: Gathered | None) -> None:
        line = gathered.numbers[0] if gathered and gathered.numbers else None
        where = Location(None, line, slot.address)
        label = _label(slot)
        if written:
            self._made.problems.append(problem("I007", where, label=label, value=written))
        else:
            self._made.problems.append(problem("I006", where, label=label))

    def _report_missing_members(self, answer: Answer) -> None:
        """「委託する (4) 件」 with two of them printed: a page was lost."""
        groups = [node for node in answer.slot.section.nodes if isinstance(node, Group)]
        if not isinstance(answer.value, Count) or answer.item.fill_of is not None or len(groups) != 1:
            return
        printed = self._made.groups.get(join(answer.slot.section_address, groups[0].step), 0)
        if (answer.value.number or 0) > printed:
            where = Location(None, None, answer.address)
            self._made.problems.append(
                problem("I016", where, label=groups[0].label, stated=answer.value.number, printed=printed)
            )

    def _report(self) -> None:
        """Members whose heading was lost; what was lost, once per section."""
        for address, group in self._filled.inferred.items():
            name = f"{group.label}{address.removeprefix(address.rstrip('0123456789'))}"
            self._made.problems.append(problem("I008", Location(None, None, address), label=name))
        for answer in self._made.answers.values():
            self._report_missing_members(answer)
        lost: dict[str, list[Slot]] = {}
        total: Counter[str] = Counter()
        for answer in self._made.answers.values():
            slot = answer.slot
            if slot.item.fill_of is not None or slot.item.kind is Kind.COUNT:
                continue
            total[slot.section_address] += 1
            if answer.state is State.LOST:
                lost.setdefault(slot.section_address, []).append(slot)
        for address, slots in lost.items():
            first = slots[0]
            name = " ".join(filter(None, [_part_name(first), first.section.key]))
            if len(slots) < total[address]:
                items = "、".join(
                    " ".join(filter(None, [slot.group, f"{slot.item.row_label}（{slot.address}）"]))
                    for slot in slots
                )
                name = f"{name}」の「{items}"
            self._made.problems.append(problem("I004", Location(None, None, address), label=name))


def _part_name(slot: Slot) -> str:
    part: Part = slot.part
    return f"{part.key}（{slot.copy}）" if slot.copy is not None else part.key


def _label(slot: Slot) -> str:
    item: Item = slot.item
    return " ".join(
        filter(
            None, [f"{slot.part.printed}{slot.copy or ''}", slot.section.number, slot.group, item.row_label]
        )
    )

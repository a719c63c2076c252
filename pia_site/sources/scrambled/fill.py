"""Scrambled pages + form → what stands for every item, as far as it is certain.

A value belongs to a label where the label can stand for one place only and words stand beside it, where several
labels of one wording follow their own headings, or where all of them say the same. What a page leaves open goes
to `raw_match`; what stays open is LOST, never guessed.
May import: raw_page, raw_pieces, raw_boxes, raw_rows, raw_match, raw_text, raw_changes, annexes, filled, gathered,
labels, records, extract, documents, forms, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pia_site.documents.slots import join, section_place
from pia_site.forms import Block as FormBlock
from pia_site.forms import Form, Group, Item, Kind, Part, Section
from pia_site.sources.extract import Block, Shape, less
from pia_site.sources.filling.annexes import OwnAnnexes, own_annex_heading
from pia_site.sources.filling.filled import Filled
from pia_site.sources.filling.gathered import Ledger
from pia_site.sources.filling.labels import Entry, find_part, label_key, outlines
from pia_site.sources.filling.records import RecordList
from pia_site.sources.readers.raw_text import Line, Page, RawText
from pia_site.sources.scrambled.boxes import Chosen, chosen_options, read_boxes
from pia_site.sources.scrambled.changes import read_raw_changes
from pia_site.sources.scrambled.match import match_open
from pia_site.sources.scrambled.page import SIGNS, Hit, PageRead, PageReader
from pia_site.sources.scrambled.pieces import Enclosed, Loose, Open, Spot, Store, leave_all, loose
from pia_site.sources.scrambled.rows import rows_on, write_rows
from pia_site.text.cleaning import matching_key
from pia_site.text.numbering import number_to_int

_COUNT = re.compile(r"[(（]\s*([0-9０-９]*)\s*[)）]\s*件")


@dataclass(slots=True)
class _Where:
    """The part, copy, section and members that a page goes on with."""

    part: Part
    copy: int | None = None
    section: Section | None = None
    members: dict[str, list[int]] = field(default_factory=dict)


def fill_raw(raw: RawText, form: Form) -> Filled:
    """Hold scrambled pages against a form. Never refuses: what is not certain is left over."""
    return _RawFiller(raw, form).run()


class _RawFiller:
    def __init__(self, raw: RawText, form: Form) -> None:
        self._raw = raw
        self._form = form
        self._outlines = outlines(form)
        self._part_of = {entry: o.part for o in self._outlines.values() for entry in o.entries}
        self._reader = PageReader(form)
        self._ledger = Ledger()
        self._store = Store(self._ledger)
        self._open: list[Open] = []
        self._records: dict[int, RecordList] = {}
        self._annexes = OwnAnnexes(self._ledger)
        self._where = _Where(form.parts[0])
        self._filled = Filled(form, self._store.gathered, {}, {}, self._records, [], self._ledger)

    def run(self) -> Filled:
        changes: list[Page] = []
        for page in self._raw.pages:
            if self._is_annex(page, after_changes=bool(changes)):
                self._annexes.add_page(page.chunks)
                continue
            if changes:
                # The cells of a change row name parts and sections; 変更箇所 is the last part of every form.
                changes.append(page)
                continue
            read = self._reader.read(page, self._where.part)
            self._enter(read)
            role = self._where.part.role
            if role == "changes":
                changes.append(page)
            elif role == "records":
                self._record(page)
            else:
                self._page(read)
        now = [line.text for page in self._raw.pages if page not in changes for line in page.lines]
        self._filled.changes = read_raw_changes(changes, self._ledger, matching_key("".join(now)))
        match_open(self._open, self._store, self._filled.changes)
        write_rows(self._open, self._store)
        for left in self._open:
            leave_all(left.pool, self._ledger)
            left.claim(self._ledger)
        for records in self._records.values():
            records.finish()
        self._filled.annexes = self._annexes.finish()
        return self._filled

    # --- where a page stands ---

    def _is_annex(self, page: Page, *, after_changes: bool) -> bool:
        """Whether a page belongs to an annex of the body's own: it begins one, or goes on with it."""
        first = page.lines[0].text
        if not after_changes and find_part(self._form, first) is not None:
            self._annexes.close()
            return False
        return self._annexes.is_open or own_annex_heading(first) is not None

    def _enter(self, read: PageRead) -> None:
        last = [part for part in read.parts if part.role == "changes"]
        for part in last or read.parts:
            self._filled.parts.add(part.step)
            self._filled.headings += 1
            copy = None
            if part.repeats:
                copy = self._filled.copies[part.step] = self._filled.copies.get(part.step, 0) + 1
            self._where = _Where(part, copy)
        self._filled.headings += len(read.sections) + len(read.members) + len(read.hits)

    def _copy_of(self, part: Part) -> int | None:
        return self._filled.copies.setdefault(part.step, 1) if part.repeats else None

    def _record(self, page: Page) -> None:
        where = self._where
        for line in page.lines:
            records = self._records.setdefault(where.copy or 1, RecordList(self._ledger))
            block = _block(line.number, line.text)
            if find_part(self._form, line.text) is where.part:
                self._ledger.form(block, line.text)
                continue
            if records.starts_file(block, ()):
                where.copy = self._filled.copies[where.part.step] = (where.copy or 1) + 1
                records = self._records.setdefault(where.copy, RecordList(self._ledger))
            records.add(block, ())

    # --- one page ---

    def _page(self, read: PageRead) -> None:
        members = self._members(read)
        left = Open(read, f"{self._where.part.step}{self._where.copy or ''}")
        strays = self._loose(read, left)
        self._name_members(read, left)
        wordings = self._wordings(read, members)
        rows: list[Spot] = []
        for hits, spots in wordings:
            for spot in spots:
                self._store.printed(spot, hits[0].line)
            kind = spots[0].entry.item.kind
            if kind is Kind.CHECKS:
                rows += spots
                for hit in hits:
                    left.leave_open(loose(hit.inline))
            elif kind is not Kind.CHOICE:
                self._beside(hits, spots, read, left)
        known = [hit for hits, _ in wordings for hit in hits]
        for hit in read.hits:
            if hit not in known:  # of a member that no page has named
                left.leave_open(loose(hit.inline))
        items = [spots[0].entry.item for _, spots in wordings if spots[0].entry.item.kind is Kind.CHECKS]
        headed = self._heading_rows(read)
        boxes = read_boxes(read.boxes, [*items, *(spot.entry.item for spot in headed)], strays)
        choices = [one for one in wordings if one[1][0].entry.item.kind is Kind.CHOICE]
        chosen = self._chosen(choices, read)
        boxes.unknown = [_without(chosen, line) for line in boxes.unknown]
        rows_on(left, [*rows, *headed], boxes, self._store)
        self._choices(choices, chosen, read, left)
        self._counts(read, left)
        self._open.append(left)
        sections = [(part, section) for part, section, _ in read.sections if part is self._where.part]
        if sections:
            printed = self._where.part.sections
            self._where.section = max((section for _, section in sections), key=printed.index)

    def _loose(self, read: PageRead, left: Open) -> list[Line]:
        """What stands under no label goes to the pool; a ○ beside it is without a box."""
        strays: list[Line] = []
        for chunk in read.loose:
            if self._is_page_number(chunk):
                continue
            piece = loose(chunk)
            left.leave_open(piece)
            if piece is None or piece.enclosed:
                kept = piece.text if piece else ""
                strays += [
                    Line(line.number, char)
                    for line in chunk
                    for char in line.text
                    if char in SIGNS and char not in kept
                ]
        return strays

    def _members(self, read: PageRead) -> dict[str, list[int]]:
        """The members on the page, by group label; a page without a heading goes on with the last one."""
        found: dict[str, list[int]] = {}
        for member in read.members:
            found.setdefault(member.group.label, []).append(member.number)
            section = self._outlines[member.part.step].section_of(member.group)
            part = f"{member.part.step}{self._copy_of(member.part) or ''}"
            prefix = join(join(part, section.step), member.group.step)
            self._filled.members[prefix] = max(self._filled.members.get(prefix, 0), member.number)
        if found:
            self._where.members = {label: [max(numbers)] for label, numbers in found.items()}
        return {label: sorted(set(numbers)) for label, numbers in found.items()} or self._where.members

    def _name_members(self, read: PageRead, left: Open) -> None:
        for member in read.members:
            outline = self._outlines[member.part.step]
            named = (e for e in outline.items if e.group is member.group and not e.item.step)
            for entry in named:
                spot = self._spot(entry, member.number)
                self._store.printed(spot, member.line)
                self._give(spot, member.inline, left)

    def _wordings(self, read: PageRead, members: dict[str, list[int]]) -> list[tuple[list[Hit], list[Spot]]]:
        """Labels of one wording with every place on this page that they can stand for."""
        by_wording: dict[str, list[Hit]] = {}
        for hit in read.hits:
            by_wording.setdefault(f"{hit.item.number or ''}{label_key(hit.item.label)}", []).append(hit)
        candidates = {
            wording: self._candidates(hits[0], read, members) for wording, hits in by_wording.items()
        }
        known = {spots[0].entry for spots in candidates.values() if len(spots) == 1}
        known |= {entry for entry, _ in read.blocks if self._part_of.get(entry) is self._where.part}
        found = []
        for wording, hits in by_wording.items():
            spots = candidates[wording]
            if len(spots) > len(hits):
                spots = [spot for spot in spots if self._reaches(spot.entry, known, read)] or spots
            if spots:
                found.append((hits, spots))
        return found

    def _candidates(self, hit: Hit, read: PageRead, members: dict[str, list[int]]) -> list[Spot]:
        here = {(part.step, section.step) for part, section, _ in read.sections}
        if self._where.section is not None:
            here.add((self._where.part.step, self._where.section.step))
        entries = [e for e in hit.entries if (self._part_of[e].step, e.section.step) in here]
        spots: list[Spot] = []
        for entry in entries or hit.entries:
            numbers = members.get(entry.group.label, []) if entry.group else [0]
            spots += [self._spot(entry, number) for number in numbers]
        return spots

    def _reaches(self, entry: Entry, known: set[Entry], read: PageRead) -> bool:
        """Whether the page, a stretch of the form, can reach an item: nothing between is missing on it."""
        outline = self._outlines[self._part_of[entry].step]
        orders = [one.order for one in known if self._part_of[one] is outline.part and one.group is None]
        if entry.group is not None or not orders or min(orders) <= entry.order <= max(orders):
            return True
        wordings = {label_key(hit.item.label) for hit in read.hits}
        lower, upper = sorted((entry.order, min(orders) if entry.order < min(orders) else max(orders)))
        return all(
            label_key(one.item.label) in wordings if isinstance(one.node, Item) else one in known
            for one in outline.entries[lower + 1 : upper]
            if one.group is None and (isinstance(one.node, Item) or _has_titles(one.node))
        )

    def _spot(self, entry: Entry, member: int) -> Spot:
        part = self._part_of[entry]
        place = section_place(part, entry.section, self._copy_of(part))
        for node in entry.path:
            place = place.into_block(node) if isinstance(node, FormBlock) else place.into_member(node, member)
        return Spot(entry, place.slot(entry.item), member)

    # --- values beside labels ---

    def _give(self, spot: Spot, lines: list[Line], left: Open) -> bool:
        """The words beside a label; without any the place stays open."""
        if not lines:
            left.spots.append(spot)
            return False
        left.carry(*lines)
        self._store.give(spot, [Loose(tuple(lines))])
        return True

    def _beside(self, hits: list[Hit], spots: list[Spot], read: PageRead, left: Open) -> None:
        told = _told_apart(hits, spots, read)
        alike = (
            len(hits) == len(spots) and len({tuple(line.text for line in hit.inline) for hit in hits}) == 1
        )
        if told is None and not alike:
            left.spots += spots
            for hit in hits:
                left.leave_open(loose(hit.inline))
            return
        for hit, spot in told or list(zip(hits, spots, strict=True)):
            if not self._give(spot, hit.inline, left) and told is not None:
                left.labels[spot.slot.address] = hit.line

    # --- choices and boxes ---

    def _chosen(self, wordings: list[tuple[list[Hit], list[Spot]]], read: PageRead) -> list[Chosen]:
        """What was chosen on the page, of the choices of its parts."""
        parts = dict.fromkeys([self._where.part.step, *(part.step for part in read.parts)])
        entries = [entry for part in parts for entry in self._outlines[part].items]
        lines = [*read.boxes, *(line for hits, _ in wordings for hit in hits for line in hit.inline)]
        return chosen_options(lines, [one.item for one in entries if one.item.kind is Kind.CHOICE])

    def _choices(
        self,
        wordings: list[tuple[list[Hit], list[Spot]]],
        chosen: list[Chosen],
        read: PageRead,
        left: Open,
    ) -> None:
        """Items that share their options share what the page shows of them."""
        for line in (line for hits, _ in wordings for hit in hits for line in hit.inline):
            left.leave_open(loose([_without(chosen, line)]))
        while wordings:
            options = set(wordings[0][1][0].entry.item.options)
            rivals = [one for one in wordings if options & set(one[1][0].entry.item.options)]
            wordings = [one for one in wordings if one not in rivals]
            options = {option for _, spots in rivals for spot in spots for option in spot.entry.item.options}
            values = sorted((one.line, one.option, one.words) for one in chosen if one.option in options)
            pieces = [Loose((Line(line, words),), written=f"[{option}]") for line, option, words in values]
            chosen = [one for one in chosen if one.option not in options]
            spots = [spot for _, found in rivals for spot in found]
            told = [_told_apart(one, found, read) for one, found in rivals]
            pairs = sorted((hit.line, spot) for one in told if one for hit, spot in one)
            if len(values) == len(spots) and len({option for _, option, _ in values}) == 1:
                self._choose(spots, pieces, left)
            elif all(told) and _alternate([line for line, _ in pairs], [line for line, _, _ in values]):
                self._choose([spot for _, spot in pairs], pieces, left)
            else:
                left.spots += spots
                for piece in pieces:
                    left.leave_open(piece)
        for one in chosen:  # of a choice whose label the page does not show
            left.leave_open(Loose((Line(one.line, one.words),), written=f"[{one.option}]"))

    def _choose(self, spots: list[Spot], pieces: list[Loose], left: Open) -> None:
        for spot, piece in zip(spots, pieces, strict=True):
            left.carry(*piece.lines)
            self._store.give(spot, [piece])

    def _heading_rows(self, read: PageRead) -> list[Spot]:
        """Rows of boxes that stand in the heading of a section, without a label of their own."""
        found = []
        for part, section, line in read.sections:
            first = self._outlines[part.step].first_item(section)
            if (
                first is not None
                and first.item.kind is Kind.CHECKS
                and first.item.label in first.item.options[0]
            ):
                found.append(self._spot(first, 0))
                self._store.printed(found[-1], line)
        return found

    def _counts(self, read: PageRead, left: Open) -> None:
        """「（ 5 ）　件」 after a choice: sure where a page holds one of them on a line of its own."""
        written = [
            Loose((Line(line.number, match[1]),), Enclosed.WHOLE)
            for line in read.boxes
            if (match := _COUNT.fullmatch(line.text.strip())) and match[1]
        ]
        for hit in read.hits:
            outline = self._outlines[self._part_of[hit.entries[0]].step]
            after = outline.entries[hit.entries[0].order + 1 : hit.entries[0].order + 2]
            for entry in after:
                if isinstance(entry.node, Item) and entry.item.kind is Kind.COUNT:
                    spot = self._spot(entry, 0)
                    self._store.printed(spot, hit.line)
                    left.spots.append(spot)
                    if len(written) == 1:
                        left.leave_open(written[0])
                        left.settle(spot, written, self._store, sure=True)
                        written = []
        for piece in written:
            left.leave_open(piece)

    # --- bookkeeping ---

    def _is_page_number(self, chunk: list[Line]) -> bool:
        text = "".join(line.text for line in chunk)
        return len(text) > 1 and number_to_int(text) is not None


def _without(chosen: Iterable[Chosen], line: Line) -> Line:
    """What a line says beside what was chosen on it."""
    words = "".join(one.words for one in chosen if one.line == line.number)
    return Line(line.number, less(line.text, words))


def _told_apart(hits: list[Hit], spots: list[Spot], read: PageRead) -> list[tuple[Hit, Spot]] | None:
    """Which label stands for which place: the only one, or each the first below its own heading."""
    if len(hits) != len(spots):
        return None
    if len(hits) == 1:
        return [(hits[0], spots[0])]
    headings = _headings(read)
    found: dict[str, tuple[Hit, Spot]] = {}
    for hit in hits:
        above = [heading for line, heading in headings if line < hit.line]
        owned = [spot for spot in spots if above and above[-1] in _owners(spot)]
        if len(owned) != 1 or owned[0].slot.address in found:
            return None
        found[owned[0].slot.address] = (hit, owned[0])
    return list(found.values())


def _headings(read: PageRead) -> list[tuple[int, object]]:
    found: list[tuple[int, object]] = [
        (member.line, (member.group, member.number)) for member in read.members
    ]
    found += [(line, entry.node) for entry, line in read.blocks]
    found += [(line, section) for _, section, line in read.sections]
    return sorted(found, key=lambda one: one[0])


def _owners(spot: Spot) -> list[object]:
    """The nearest heading that a place stands under."""
    group: Group | None = spot.entry.group
    if group is not None:
        return [(group, spot.member)]
    risks: list[object] = [node for node in spot.entry.path if isinstance(node, FormBlock) and node.titles]
    return risks or [spot.entry.section]


def _alternate(labels: list[int], values: list[int]) -> bool:
    """Whether each label is followed by one value before the next label."""
    if len(labels) != len(values):
        return False
    ends = [*labels[1:], float("inf")]
    return all(label <= value < end for label, value, end in zip(labels, values, ends, strict=True))


def _has_titles(node: object) -> bool:
    return isinstance(node, FormBlock) and bool(node.titles)


def _block(number: int, text: str = "") -> Block:
    return Block(number, number, Shape.LINE, ((text,),) if text else ())

"""Scrambled pages + form → what stands for every item, as far as it is certain.

A value belongs to a label where the label can stand for one place only and words stand beside it, where several
labels of one wording follow their own headings, or where all of them say the same. What a page leaves open goes
to `raw_match`; what stays open is LOST, never guessed.
May import: raw_page, raw_boxes, raw_match, raw_text, raw_changes, filled, gathered, labels, records, extract,
documents, forms, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pia_site.documents.slots import join, section_place
from pia_site.forms import Block as FormBlock
from pia_site.forms import Form, Group, Item, Kind, Part, Section
from pia_site.sources.extract import BARE, Block, Shape
from pia_site.sources.filled import Filled
from pia_site.sources.gathered import Ledger
from pia_site.sources.labels import Entry, label_key, outlines
from pia_site.sources.raw_boxes import Boxes, chosen_options, read_boxes
from pia_site.sources.raw_changes import read_raw_changes
from pia_site.sources.raw_match import Open, Spot, Store, match_open
from pia_site.sources.raw_page import Hit, PageRead, PageReader
from pia_site.sources.raw_text import Line, Page, RawText
from pia_site.sources.records import RecordList
from pia_site.text.numbering import number_to_int

_OWN_ANNEX = re.compile(r"[(（]?\s*(?P<name>別[添紙]\s*[0-9０-９])\s*[)）]?[\s　]+(?P<title>\S.{0,60})")
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
        self._store = Store()
        self._open: list[Open] = []
        self._records: dict[int, RecordList] = {}
        self._where = _Where(form.parts[0])
        self._filled = Filled(form, self._store.gathered, {}, {}, self._records, [], self._ledger)

    def run(self) -> Filled:
        changes: list[Page] = []
        own_annex = False
        for page in self._raw.pages:
            if changes:
                # The cells of a change row name parts and sections; 変更箇所 is the last part of every form.
                own_annex = own_annex or bool(_OWN_ANNEX.match(page.lines[0].text))
                if own_annex:
                    self._leave(page.lines)
                    self._annexes(page)
                else:
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
        for piece in match_open(self._open, self._store):
            self._leave(piece)
        for records in self._records.values():
            records.finish()
        self._filled.changes = read_raw_changes(changes, self._ledger)
        return self._filled

    def _annexes(self, page: Page) -> None:
        for line in page.lines:
            if match := _OWN_ANNEX.fullmatch(line.text):
                name = "".join(match["name"].split())
                self._filled.annexes.append((name, re.sub(r"\s*[※＊]\Z", "", match["title"].strip())))

    # --- where a page stands ---

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
            if records.starts_file(block, ()):
                where.copy = self._filled.copies[where.part.step] = (where.copy or 1) + 1
                records = self._records.setdefault(where.copy, RecordList(self._ledger))
            if label_key(where.part.title) not in label_key(line.text):
                records.add(block, ())

    # --- one page ---

    def _page(self, read: PageRead) -> None:
        members = self._members(read)
        left = Open(read, [chunk for chunk in read.loose if not self._is_page_number(chunk)])
        self._name_members(read, left)
        wordings = self._wordings(read, members)
        rows = [spots[0].entry.item for _, spots in wordings if spots[0].entry.item.kind is Kind.CHECKS]
        headed = self._heading_rows(read)
        boxes = read_boxes(read.boxes, [*rows, *(spot.entry.item for spot in headed)])
        for hits, spots in wordings:
            for spot in spots:
                self._store.printed(spot, hits[0].line)
            kind = spots[0].entry.item.kind
            if kind is Kind.CHECKS:
                self._checks(spots, boxes, rows, read)
            elif kind is not Kind.CHOICE:
                self._beside(hits, spots, read, left)
        for spot in headed:
            self._checks([spot], boxes, [one.entry.item for one in headed], read)
        self._choices([one for one in wordings if one[1][0].entry.item.kind is Kind.CHOICE], read, left)
        self._counts(read, left)
        self._open.append(left)
        sections = [(part, section) for part, section, _ in read.sections if part is self._where.part]
        if sections:
            printed = self._where.part.sections
            self._where.section = max((section for _, section in sections), key=printed.index)

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
                if member.inline:
                    self._store.give(spot, member.inline)
                else:
                    left.spots.append(spot)

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

    def _beside(self, hits: list[Hit], spots: list[Spot], read: PageRead, left: Open) -> None:
        told = _told_apart(hits, spots, read)
        alike = (
            len(hits) == len(spots) and len({tuple(line.text for line in hit.inline) for hit in hits}) == 1
        )
        if told is None and not alike:
            left.spots += spots
            left.pool += [list(hit.inline) for hit in hits if hit.inline]
            return
        for hit, spot in told or list(zip(hits, spots, strict=True)):
            if hit.inline:
                self._store.give(spot, hit.inline)
            else:
                left.spots.append(spot)
                if told is not None:
                    left.labels[spot.slot.address] = hit.line

    # --- choices and boxes ---

    def _choices(self, wordings: list[tuple[list[Hit], list[Spot]]], read: PageRead, left: Open) -> None:
        """Items that share their options share what the page shows of them."""
        hits = [hit for one, _ in wordings for hit in one]
        lines = [*read.boxes, *(line for hit in hits for line in hit.inline)]
        chosen = chosen_options(lines, [hit.item for hit in hits])
        while wordings:
            options = set(wordings[0][1][0].entry.item.options)
            rivals = [one for one in wordings if options & set(one[1][0].entry.item.options)]
            wordings = [one for one in wordings if one not in rivals]
            options = {option for _, spots in rivals for spot in spots for option in spot.entry.item.options}
            values = sorted(((line, option) for option, line in chosen if option in options))
            spots = [spot for _, found in rivals for spot in found]
            told = [_told_apart(one, found, read) for one, found in rivals]
            pairs = sorted((hit.line, spot) for one in told if one for hit, spot in one)
            if len(values) == len(spots) and len({option for _, option in values}) == 1:
                self._choose(spots, values)
            elif all(told) and _alternate([line for line, _ in pairs], [line for line, _ in values]):
                self._choose([spot for _, spot in pairs], values)
            else:
                left.spots += spots
                left.pool += [[Line(line, f"[{option}]")] for line, option in values]

    def _choose(self, spots: list[Spot], values: list[tuple[int, str]]) -> None:
        for spot, (line, option) in zip(spots, values, strict=True):
            self._store.give(spot, [Line(line, f"[{option}]")])

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

    def _checks(self, spots: list[Spot], boxes: Boxes, rows: list[Item], read: PageRead) -> None:
        spare: set[int] = set()
        options = [one for one in spots[0].entry.item.options if boxes.marks.get(one) or boxes.given[one]]
        lines = [line for option in options for line in boxes.lines.get(option, [])]
        for option in options:
            printed = len(spots) * max(1, sum(option in row.options for row in rows))
            mark = boxes.decided(option, printed)
            fill = boxes.filled(option, printed)
            if not fill:
                spare |= {line for line, words in boxes.fills.get(option, []) if words.strip("() 件")}
            sign = "○" if mark else " " if mark is False else BARE
            for spot in spots:
                line = next(iter(boxes.lines.get(option, lines)))
                words = f"[{sign}] {option} {fill}".strip()
                self._store.printed(spot, line).add([words], _block(line), 1)
        self._leave(line for line in read.boxes if line.number in spare)

    def _counts(self, read: PageRead, left: Open) -> None:
        """「（ 5 ）　件」 after a choice: sure where a page holds one of them on a line of its own."""
        written = [(m[1], line.number) for line in read.boxes if (m := _COUNT.fullmatch(line.text.strip()))]
        for hit in read.hits:
            outline = self._outlines[self._part_of[hit.entries[0]].step]
            after = outline.entries[hit.entries[0].order + 1 : hit.entries[0].order + 2]
            for entry in after:
                if not isinstance(entry.node, Item) or entry.item.kind is not Kind.COUNT:
                    continue
                spot = self._spot(entry, 0)
                self._store.printed(spot, hit.line)
                if len(written) == 1:
                    self._store.give(spot, [Line(written[0][1], f"({written[0][0]}) 件")])
                else:
                    left.spots.append(spot)

    # --- bookkeeping ---

    def _is_page_number(self, chunk: list[Line]) -> bool:
        text = "".join(line.text for line in chunk)
        return len(text) > 1 and number_to_int(text) is not None

    def _leave(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self._ledger.leave(_block(line.number), line.text)


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

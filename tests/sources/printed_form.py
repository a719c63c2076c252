"""Prints an invented 評価書 the way an extraction shows one: the tests damage it and read it back.

Options and labels come from the form definitions, so that no run of a source stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pia_site.documents.slots import Place, section_place, walk
from pia_site.forms import Block, Form, Group, Item, Kind, Part, Section
from pia_site.sources.readers.formats import read_source_text
from pia_site.sources.reading import Reading, read_assessment

SHA = "0" * 64


def read(text: str | list[str], **options: object) -> Reading:
    """The edition a text holds."""
    joined = text if isinstance(text, str) else "\n".join(text)
    return read_assessment(read_source_text(joined, "mihon.txt", SHA), **options)  # type: ignore[arg-type]


def item_of(form: Form, address: str) -> Item:
    slots = walk(form, lambda part: 1, lambda prefix: 1)
    return next(slot.item for slot in slots if slot.address == address)


def choice(item: Item, value: str) -> str:
    listed = " ".join(f"{number}) {option}" for number, option in enumerate(item.options, start=1))
    return f"[{value}] <選択肢> {listed}"


def find(lines: list[str], start: str, after: str | None = None) -> int:
    """Where the first line that begins with `start` stands (below a line that begins with `after`)."""
    begin = find(lines, after) + 1 if after is not None else 0
    return next(index for index in range(begin, len(lines)) if lines[index].startswith(start))


def swap(lines: list[str], start: str, *new: str, after: str | None = None) -> list[str]:
    """The lines with one of them replaced."""
    index = find(lines, start, after)
    return [*lines[:index], *new, *lines[index + 1 :]]


def cut(lines: list[str], first: str, last: str) -> list[str]:
    """The lines without those from one that begins with `first` up to, and not with, one with `last`."""
    begin = find(lines, first)
    return [*lines[:begin], *lines[find(lines, last, after=first) :]]


@dataclass
class Printed:
    """`values` by address: a text, an option, or the ticked options of a row of boxes."""

    form: Form
    values: Mapping[str, object] = field(default_factory=dict)
    copies: Mapping[str, int] = field(default_factory=dict)
    members: Mapping[str, int] = field(default_factory=dict)
    records: Mapping[str, list[str]] = field(default_factory=dict)
    changes: list[tuple[str, ...]] = field(default_factory=list)

    def lines(self) -> list[str]:
        return list(self._lines())

    def text(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        for part in self.form.parts:
            if part.role == "cover":
                yield from self._cover(part)
            elif part.role == "changes":
                yield from self._changes(part)
            else:
                for copy in range(1, self.copies.get(part.step, 1) + 1):
                    yield from self._part(part, copy if part.repeats else None)

    def _cover(self, part: Part) -> Iterator[str]:
        number, title, *others = part.sections[0].nodes
        assert isinstance(number, Item)
        assert isinstance(title, Item)
        place = section_place(part, part.sections[0], None)
        yield part.title
        yield f"{number.label}\t{title.label}"
        yield f"{self._written(number, place)}\t{self._written(title, place)}"
        for item in others:
            assert isinstance(item, Item)
            if item.label != "様式":
                yield from ("", item.label, "", self._written(item, place))
        yield from ("", f"[{self.form.revision} {self.form.number}]", "", "項目一覧", "")
        yield from (_heading(one) for one in self.form.parts[1:])

    def _part(self, part: Part, copy: int | None) -> Iterator[str]:
        yield from ("", _heading(part), "")
        for section in part.sections:
            yield from self._section(part, section, copy)

    def _section(self, part: Part, section: Section, copy: int | None) -> Iterator[str]:
        place = section_place(part, section, copy)
        if part.role == "records":
            yield from self.records.get(place.address, [])
            return
        if section.number is not None:
            first = section.nodes[0]
            boxes = self._written(first, place) if isinstance(first, Item) and first.step == "0" else ""
            yield f"{section.number}. {section.title}{' ※' if section.star else ''}\t{boxes}"
        yield from self._nodes(section.nodes, place)

    def _nodes(self, nodes: tuple[object, ...], place: Place) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, Item):
                yield from self._item(node, place)
            elif isinstance(node, Block):
                yield from self._block(node, place)
            elif isinstance(node, Group):
                for number in range(1, self.members.get(place.members_prefix(node), 0) + 1):
                    inner = place.into_member(node, number)
                    named = any(isinstance(one, Item) and not one.step for one in node.nodes)
                    yield f"{node.label}{number}\t{self.values.get(inner.address, '') if named else ''}"
                    yield from self._nodes(node.nodes, inner)

    def _block(self, block: Block, place: Place) -> Iterator[str]:
        inner = place.into_block(block)
        if block.titles:
            yield f"{block.label}： {block.titles[0]}\t" if len(block.titles) == 1 else " ".join(block.titles)
            yield from self._nodes(block.nodes, inner)
            return
        head = f"{block.number or ''}{block.label}"
        for index, row in enumerate(self._nodes(block.nodes, inner)):
            yield f"{head if index == 0 else ''}\t{row}"

    def _item(self, item: Item, place: Place) -> Iterator[str]:
        if not item.step or item.step == "0" or item.kind is Kind.COUNT:
            return
        written = self._written(item, place)
        section = place.section
        if section.lone_item is item or (section.number is None and item.heading_is_label):
            yield f"{written}\t"
        elif item.heading_is_label:
            yield from (f"{item.label}\t", f"{written}\t")
        else:
            yield f"{item.printed}{' ※' if item.star else ''}\t{written}"
        yield from self._nodes(item.children, place)

    def _written(self, item: Item, place: Place) -> str:
        address = place.slot(item).address
        value = self.values.get(address, "")
        if item.kind is Kind.CHOICE:
            count = self.values.get(f"{address}-o1")
            return choice(item, str(value)) + (f" ({count}) 件" if count is not None else "")
        if item.kind is Kind.CHECKS:
            return " ".join(self._box(item, option, value, place) for option in item.options)
        return str(value)

    def _box(self, item: Item, option: str, ticked: object, place: Place) -> str:
        assert isinstance(ticked, set) or not ticked
        sign = "○" if isinstance(ticked, set) and option in ticked else " "
        fill = next((one for one in item.fills if one.fill_of == option), None)
        if fill is None:
            return f"[{sign}] {option}"
        inside = self.values.get(place.slot(fill).address, "")
        return f"[{sign}] {option} ({inside}){' 件' if fill.kind is Kind.COUNT else ''}"

    def _changes(self, part: Part) -> Iterator[str]:
        if self.changes:
            yield from ("", _heading(part), "")
            yield "\t".join(
                ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")
            )
            yield from ("\t".join(row) for row in self.changes)


def _heading(part: Part) -> str:
    printed = f"({part.printed})" if part.printed.startswith("別添") else part.printed
    return f"{printed} {part.title}"

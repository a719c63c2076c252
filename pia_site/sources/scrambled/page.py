"""One page of scrambled text: which labels of the form stand on it, with which words beside them.

Nothing is decided here. A hit is a label and what follows it in its own chunk; everything else is a box, a
piece of a printed list of options, or loose. May import: raw_text, labels, boxes, forms, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pia_site.forms import Block, Form, Group, Item, Kind, Part, Section
from pia_site.sources.filling.labels import (
    Entry,
    Outline,
    Rank,
    find_part,
    label_key,
    outlines,
    prefix_end,
    split_label,
)
from pia_site.sources.readers.raw_text import Chunk, Line, Page
from pia_site.text.numbering import strip_item_number

SIGNS = "○〇◯●"
_BOXED = re.compile(rf"[\[\]［］]|\A[{SIGNS}]\Z")
_NUMBERED = re.compile(r"[0-9０-９]{1,2}\s*[)）]\s*")
_LIST_MARK = re.compile(r"[<＜]\s*選択肢\s*[>＞]")
_COUNTED = re.compile(r"[(（]\s*[0-9０-９]*\s*[)）]\s*件")
_TAIL = re.compile(rf"[\s\[\]［］{SIGNS}]+\Z")
_SECTION_AT_END = re.compile(r"(?:\A|\s)([0-9０-９]{1,2}[．.]\S.*)\Z")
_LABEL_AT_END = re.compile(r"(?P<value>\S.*?)\s+(?P<label>[①-⑳]\S.*)")


@dataclass(slots=True, eq=False)
class Hit:
    """A label on the page. `entries` are all items of that wording; `inline` is what stands beside it."""

    entries: tuple[Entry, ...]
    line: int
    inline: list[Line] = field(default_factory=list)

    @property
    def item(self) -> Item:
        return self.entries[0].item


@dataclass(slots=True)
class MemberHit:
    part: Part
    group: Group
    number: int
    line: int
    inline: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class PageRead:
    """What stands on a page. Line numbers give the order of the text layer."""

    page: Page
    parts: list[Part] = field(default_factory=list)
    sections: list[tuple[Part, Section, int]] = field(default_factory=list)
    members: list[MemberHit] = field(default_factory=list)
    blocks: list[tuple[Entry, int]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    boxes: list[Line] = field(default_factory=list)
    loose: list[list[Line]] = field(default_factory=list)

    def opened(self) -> list[Line]:
        """A new loose piece, for what follows a heading that holds no words itself."""
        self.loose.append([])
        return self.loose[-1]


class PageReader:
    """Reads pages against a form, given the part that goes on from the page before."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._outlines = outlines(form)

    def read(self, page: Page, carried: Part) -> PageRead:
        read = PageRead(page)
        read.parts = [part for line in page.lines if (part := find_part(self._form, line.text))]
        parts = read.parts or [carried]
        chosen = [self._outlines[part.step] for part in parts]
        for chunk in page.chunks:
            self._chunk(chunk, chosen, read)
        read.loose = [one for one in read.loose if one]
        return read

    def _chunk(self, chunk: Chunk, chosen: list[Outline], read: PageRead) -> None:
        if _is_row_heading(chunk, chosen):
            return
        current: list[Line] | None = None
        fresh = True
        position = 0
        while position < len(chunk):
            line = chunk[position]
            if find_part(self._form, line.text):
                current, fresh, position = None, True, position + 1
                continue
            opened = self._heading(line, chosen, read)
            used = 1
            if opened is None:
                opened, used = self._label(chunk[position:], chosen, read)
            if opened is not None:
                current, fresh = opened, False
            elif _is_group_name(line.text, chosen):
                pass
            elif _is_box_line(line.text, chosen):
                read.boxes.append(line)
            elif current is not None:
                current.append(line)
            else:
                if fresh:
                    read.loose.append([])
                read.loose[-1].append(line)
                fresh = False
            position += used

    # --- headings ---

    def _heading(self, line: Line, chosen: list[Outline], read: PageRead) -> list[Line] | None:
        """A section, a member, a risk or a row heading; the list that what follows goes to."""
        text = _TAIL.sub("", line.text)
        for outline in chosen:
            section, beside = outline.section(text), line.text
            at_end = _SECTION_AT_END.search(text)
            if section is None and at_end:
                section, beside = outline.section(at_end[1]), line.text[: at_end.start(1)].rstrip()
            if section is not None:
                read.sections.append((outline.part, section, line.number))
                if _BOXED.search(beside):
                    read.boxes.append(Line(line.number, beside))
                if section.lone_item is None:
                    return read.opened()
                hit = Hit((outline.of_section(section)[0],), line.number)
                read.hits.append(hit)
                return hit.inline
            member = outline.member(line.text) or _member_at_end(outline, line.text)
            if member is not None:
                group, number, words = member
                inline = [Line(line.number, words)] if words else []
                found = MemberHit(outline.part, group, number, line.number, inline)
                read.members.append(found)
                return found.inline
            risks = [one for one in outline.blocks(line.text) if _titles(one.entry.node)]
            if risks:
                best = min(one.rank for one in risks)
                read.blocks += [(one.entry, line.number) for one in risks if one.rank is best]
                return read.opened()
            if _is_numbered_row(line.text, outline):
                return read.opened()
        return None

    # --- labels ---

    def _label(self, lines: Chunk, chosen: list[Outline], read: PageRead) -> tuple[list[Line] | None, int]:
        for outline in chosen:
            found = _wrapped_label(lines, outline)
            if found is not None:
                entries, rest, used = found
                hit = Hit(entries, lines[0].number, self._beside(rest, lines[used - 1], chosen, read))
                read.hits.append(hit)
                return hit.inline, used
            turned = _LABEL_AT_END.fullmatch(lines[0].text)
            if turned:
                known = [one for one in outline.whole(turned["label"]) if one.rank is Rank.EXACT]
                if known:
                    value = self._beside(turned["value"], lines[0], chosen, read)
                    hit = Hit(tuple(one.entry for one in known), lines[0].number, value)
                    read.hits.append(hit)
                    return read.opened(), 1
        return None, 1

    def _beside(self, rest: str, line: Line, chosen: list[Outline], read: PageRead) -> list[Line]:
        """The words after a label on its line, unless they are boxes or options."""
        if not rest:
            return []
        if _is_box_line(rest, chosen):
            read.boxes.append(Line(line.number, rest))
            return []
        return [Line(line.number, rest)]


def _member_at_end(outline: Outline, text: str) -> tuple[Group, int, str] | None:
    head, _, tail = text.rpartition(" ")
    member = outline.member(tail) if head.strip() else None
    return (member[0], member[1], head.strip()) if member else None


def _titles(node: object) -> bool:
    return isinstance(node, Block) and bool(node.titles)


def _is_numbered_row(text: str, outline: Outline) -> bool:
    """④使用の主体: a row heading with its number; without one it is an ordinary word."""
    number, _ = split_label(text)
    return number is not None and any(
        one.rank is Rank.EXACT and not _titles(one.entry.node) for one in outline.blocks(text)
    )


def _wrapped_label(lines: Chunk, outline: Outline) -> tuple[tuple[Entry, ...], str, int] | None:
    """The longest label that the lines begin with: its items, the rest of its last line, lines used."""
    number, first = strip_item_number(lines[0].text)
    best: tuple[int, list[Entry], str, int] | None = None
    for entry in outline.items:
        item = entry.item
        if not item.step or item.number != number or (item.heading_is_label and len(item.label) < 20):
            continue
        joined, used = first, 1
        while len(label_key(joined)) < len(label_key(item.label)) and used < min(len(lines), 4):
            joined += lines[used].text
            used += 1
        end = prefix_end(joined, item.label)
        if end is None or not re.match(r"[\s　※＊\[［\]］]|\Z", joined[end:]):
            continue
        length = len(item.label)
        if best is None or length > best[0]:
            best = length, [entry], re.sub(r"\A[\s　※＊]+", "", joined[end:]), used
        elif length == best[0]:
            best[1].append(entry)
    return (tuple(best[1]), best[2], best[3]) if best else None


def _is_row_heading(chunk: Chunk, chosen: Iterable[Outline]) -> bool:
    """再 / 委 / 託: a row heading printed upright."""
    key = label_key("".join(line.text for line in chunk))
    return any(
        isinstance(entry.node, Block) and not entry.node.titles and key == label_key(entry.node.label)
        for outline in chosen
        for entry in outline.entries
    )


def _is_box_line(text: str, chosen: list[Outline]) -> bool:
    """Whether a line holds only boxes and options: nothing of it is the body's own wording."""
    if _BOXED.search(text) or _LIST_MARK.search(text) or _COUNTED.fullmatch(text.strip()):
        return True
    if _NUMBERED.match(text):
        return any(prefix_end(_NUMBERED.sub("", text, count=1), option) for option in _options(chosen))
    return label_key(text) in {label_key(option) for option in _options(chosen, Kind.CHOICE)}


def _is_group_name(text: str, chosen: list[Outline]) -> bool:
    """・業務関係情報: what the form prints over some boxes of a row."""
    key = label_key(text.strip("・･ "))
    groups = (name for outline in chosen for entry in outline.items for name, _ in entry.item.option_groups)
    return key in map(label_key, groups)


def _options(chosen: Iterable[Outline], *kinds: Kind) -> Iterator[str]:
    for outline in chosen:
        for entry in outline.items:
            if not kinds or entry.item.kind in kinds:
                yield from entry.item.options

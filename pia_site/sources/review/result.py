"""What was made of a source, as the review page shows it: every place of an edition with its answer.

Right side of the page. A place is an item together with the parentheses of its boxes, because both are read from
one row and corrected in one mapping of the YAML. May import: documents, forms, text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pia_site.documents import keys
from pia_site.documents.answers import (
    Answer,
    Checks,
    Choice,
    Date,
    Law,
    Names,
    Records,
    Slot,
    State,
    Text,
)
from pia_site.documents.edition import Edition
from pia_site.documents.slots import Place as FormPlace
from pia_site.documents.slots import section_place
from pia_site.forms import Block, Group, Item, Kind, Node, Part, Section
from pia_site.text.wareki import format_both

BLANK_WORDS = "空欄"
LOST_WORDS = "欠落"
UNKNOWN_WORDS = "不明"
WITHHELD_WORDS = "本文なし（抄録）"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the form: `level` 0 a part, 1 a section, 2 a member of a group or a risk."""

    level: int
    address: str
    words: str
    crumbs: tuple[str, ...] = ()
    """What it stands below."""


@dataclass(frozen=True, slots=True)
class Place:
    """An item and the parentheses of its boxes. `keys` lead to it in the YAML; `crumbs` say where it stands."""

    slot: Slot
    keys: tuple[str, ...]
    crumbs: tuple[str, ...]
    fills: tuple[Slot, ...] = ()

    @property
    def address(self) -> str:
        return self.slot.address

    @property
    def label(self) -> str:
        return self.slot.item.row_label or "名称"

    def label_of(self, address: str) -> str:
        """The label of the item, or that of one of its parentheses."""
        fill = next((slot for slot in self.fills if slot.address == address), None)
        return f"{fill.item.fill_of}（かっこ内）" if fill is not None else self.label

    @property
    def slots(self) -> tuple[Slot, ...]:
        return (self.slot, *self.fills)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer as it stands in the YAML. What its kind does not have stays empty."""

    address: str
    label: str
    line: int
    state: str = ""
    """In words, where there is no answer or an open one."""
    is_fill: bool = False
    """What stands in the parentheses of a box."""
    is_open: bool = False
    """Lost or undecided: somebody has to look."""
    text: str = ""
    names: tuple[str, ...] = ()
    boxes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The options that are ticked, undecided and not ticked, by these words."""
    options: tuple[str, ...] = ()
    """What can be chosen, where nothing is."""
    several: bool = False
    """Whether several of the options can hold."""
    example: str = ""
    read_as: str = ""
    """The date that one is read as which is written in another way than the forms', or lacks in the calendar."""
    records: tuple[tuple[str, tuple[str, ...]], ...] = ()
    citations: tuple[str, ...] = ()
    summary: str = ""
    memo: str = ""
    keys: tuple[str, ...] = ()


def places(edition: Edition) -> Iterator[Heading | Place]:
    """Every heading and place of an edition in form order; change rows and annexes are no places."""
    for part in edition.form.parts:
        if part.role == "changes":
            continue
        copies = range(1, edition.copies.get(part.step, 0) + 1) if part.repeats else (None,)
        for copy in copies:
            yield from _copy(edition, part, copy)


def _copy(edition: Edition, part: Part, copy: int | None) -> Iterator[Heading | Place]:
    number = f"（{copy}）" if copy is not None else ""
    title = part.title if part.printed in part.title else f"{part.printed} {part.title}"
    yield Heading(0, f"{part.step}{copy or ''}", f"{title}{number}")
    top = (f"{part.key}［{copy}番目］" if copy is not None else part.key,)
    for section in part.sections:
        place = section_place(part, section, copy)
        if section.key is not None:
            yield Heading(1, place.address, section_words(section), _crumbs(part, copy))
        within = (*top, section.key) if section.key is not None else top
        lone = section.key is not None and (section.lone_item or section.lone_group) is not None
        yield from _below(edition, section.nodes, place, within, lone=lone)


def _below(
    edition: Edition,
    nodes: tuple[Node, ...],
    place: FormPlace,
    within: tuple[str, ...],
    *,
    lone: bool = False,
) -> Iterator[Heading | Place]:
    """`lone`: the one node of a section stands in the YAML under the section's own key."""
    for node in nodes:
        if isinstance(node, Item):
            yield from _item(edition, node, place, within if lone else (*within, node.key))
        elif isinstance(node, Block):
            inner = place.into_block(node)
            if node.titles:
                yield Heading(
                    2, inner.address, block_words(node), _crumbs(inner.part, inner.copy, inner.section)
                )
            yield from _below(edition, node.nodes, inner, (*within, node.key))
        else:
            above = within[:-1] if lone else within
            key = within[-1] if lone else node.key
            yield from _members(edition, node, place, above, key)


def _members(
    edition: Edition, group: Group, place: FormPlace, above: tuple[str, ...], key: str
) -> Iterator[Heading | Place]:
    for number in range(1, edition.groups.get(place.members_prefix(group), 0) + 1):
        inner = place.into_member(group, number)
        yield Heading(2, inner.address, f"{group.label}{number}")
        yield from _below(edition, group.nodes, inner, (*above, f"{key}［{number}番目］"))


def _item(edition: Edition, item: Item, place: FormPlace, own: tuple[str, ...]) -> Iterator[Heading | Place]:
    slot = place.slot(item)
    crumbs = (*_crumbs(slot.part, slot.copy, slot.section), *filter(None, [slot.group]))
    answered = (*own, keys.ANSWER) if item.children else own
    yield Place(slot, answered, crumbs, tuple(place.slot(fill) for fill in item.fills))
    yield from _below(edition, item.children, place, own)


def _crumbs(part: Part, copy: int | None, section: Section | None = None) -> tuple[str, ...]:
    printed = f"{part.printed}（{copy}）" if copy is not None else part.printed
    return (printed, section.key) if section is not None and section.key is not None else (printed,)


def section_words(section: Section) -> str:
    return ". ".join(filter(None, [section.number, section.title]))


def block_words(block: Block) -> str:
    return f"{block.label}: {'／'.join(block.titles)}"


def answer_view(answer: Answer, place: Place) -> AnswerView:
    """The view of an answer of a place: the item's own, or that of a parenthesis."""
    slot, item = answer.slot, answer.item
    return AnswerView(
        address=answer.address,
        label=place.label_of(answer.address),
        line=answer.line,
        state=_state(answer),
        is_fill=slot.address != place.address,
        is_open=answer.state is State.LOST or answer.undecided,
        text=_text(answer),
        names=answer.value.names if isinstance(answer.value, Names) else (),
        boxes=_boxes(answer),
        options=item.options if _is_to_choose(answer) else (),
        several=item.kind is Kind.CHECKS,
        example="例: 令和6年5月24日" if answer.state is State.LOST and item.kind is Kind.DATE else "",
        read_as=_read_as(answer),
        records=_records(answer),
        citations=_citations(answer),
        summary=answer.summary or "",
        memo=answer.memo or "",
        keys=(*place.keys, item.key) if slot.address != place.address else place.keys,
    )


def words_of(answer: Answer) -> tuple[str, ...]:
    """The words that a reader should find in the source: the answer's own; of boxes those in question."""
    match answer.value:
        case Text(text) | Law(str(text)):
            return tuple(text.split("\n"))
        case Names(names):
            return names
        case Choice(option):
            return (option,) if option is not None else ()
        case Checks(marks):
            unknown = answer.value.unknown
            return unknown if unknown and len(unknown) < len(marks) else answer.value.ticked
        case Records():
            return ()
    return (answer.as_text(),)


def _state(answer: Answer) -> str:
    match answer.state:
        case State.BLANK:
            return BLANK_WORDS
        case State.DASH:
            return f"「{answer.written}」と記載"
        case State.LOST:
            return LOST_WORDS
        case State.WITHHELD:
            return WITHHELD_WORDS
    if isinstance(answer.value, Choice) and answer.value.option is None:
        return UNKNOWN_WORDS
    return ""


def _text(answer: Answer) -> str:
    match answer.value:
        case Text(text) | Law(str(text)):
            return text
        case Choice(option) if option is not None:
            return option
        case Names() | Checks() | Records() | Choice() | Law() | None:
            return ""
    return answer.as_text()


def _is_to_choose(answer: Answer) -> bool:
    lost = answer.state is State.LOST
    return lost or (isinstance(answer.value, Choice) and answer.value.option is None)


def _boxes(answer: Answer) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(answer.value, Checks):
        return ()
    kinds = ((keys.TICKED, True), (keys.UNKNOWN, None), ("無", False))
    found = ((words, tuple(o for o, mark in answer.value.marks if mark is kind)) for words, kind in kinds)
    return tuple((words, options) for words, options in found if options)


def _read_as(answer: Answer) -> str:
    date = answer.value.date if isinstance(answer.value, Date) else None
    return format_both(date) if date is not None and not (date.usual and date.in_calendar) else ""


def _records(answer: Answer) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(answer.value, Records):
        return ()
    return tuple((group.heading or "", group.fields) for group in answer.value.groups)


def _citations(answer: Answer) -> tuple[str, ...]:
    if not isinstance(answer.value, Law):
        return ()
    return tuple(f"{one.law} {one.place}".strip() for one in answer.value.citations)

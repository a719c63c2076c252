"""One item of an edition as a page shows it: the answer by kind, its state in words, how to cite it.

May import: documents, forms, text, pages.routes, views.document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pia_site.documents.answers import (
    Answer,
    Checks,
    Choice,
    Count,
    Date,
    Law,
    Names,
    Records,
    Slot,
    State,
    Text,
)
from pia_site.documents.keys import UNKNOWN
from pia_site.forms import Item
from pia_site.pages.routes import Page, href
from pia_site.pages.views.chrome import Link
from pia_site.pages.views.document import Document, EntityLink
from pia_site.text.cleaning import collapse_spaces
from pia_site.text.wareki import format_both

UNDECIDED_WORDS = "不明（原本を確認）"
BLANK_WORDS = "空欄"
LOST_WORDS = "抽出時に欠落（原本を確認）"
ABSENT_WORDS = "この版のデータにありません"

_FEW = 3  # options up to this number are shown without folding


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph of one or more lines, or a list of lines that were bulleted with 「・」."""

    kind: str
    """`para` or `list`."""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameView:
    words: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Citing:
    """How to point at an address: this page's anchor, the pinned link, the words of a citation."""

    address: str
    plain: str
    pinned: str
    pinned_words: str
    words: str


@dataclass(frozen=True, slots=True)
class RelatedLink:
    kind: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class FillView:
    """What stands in the parentheses of a tick box; `words` is None where they are empty."""

    anchor: str
    words: str | None
    state: str | None
    citing: Citing
    related: tuple[RelatedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class BoxView:
    label: str
    fill: FillView | None = None


@dataclass(frozen=True, slots=True)
class OptionView:
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CitationView:
    law: str
    place: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class RecordsView:
    heading: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item. What its kind does not have stays empty; `state` is None where there is an answer."""

    is_group = False

    address: str
    anchor: str | None
    """The id; None where the heading of the group carries it (a group's name)."""
    level: int
    number: str
    label: str | None
    """None where the heading above says the same."""
    kind: str
    state: str | None
    star: bool
    star_excluded: bool
    citing: Citing
    texts: tuple[TextBlock, ...] = ()
    summary: tuple[TextBlock, ...] = ()
    withheld: bool = False
    names: tuple[NameView, ...] = ()
    options: tuple[OptionView, ...] = ()
    chosen: str | None = None
    ticked: tuple[BoxView, ...] = ()
    unknown: tuple[BoxView, ...] = ()
    filled: tuple[BoxView, ...] = ()
    """Boxes that are not ticked although something stands in their parentheses."""
    unticked: tuple[BoxView, ...] = ()
    apart: tuple[BoxView, ...] = ()
    """The parentheses of a row whose boxes are lost or were printed empty: they keep their addresses."""
    fold: bool = False
    citations: tuple[CitationView, ...] = ()
    records: tuple[RecordsView, ...] = ()
    record_count: int = 0
    value: str | None = None
    """A date or count in words."""
    as_written: str | None = None
    """The spelling of the original where the words differ from it, or the calendar lacks it."""
    in_calendar: bool = True
    see: tuple[Link, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    omitted: tuple[str, ...] = ()
    memo: tuple[TextBlock, ...] = ()
    changes: tuple[Link, ...] = ()
    children: tuple[ItemView, ...] = ()


def text_blocks(text: str, *, bullets: bool) -> tuple[TextBlock, ...]:
    """Paragraphs at blank lines; with `bullets`, runs of lines that begin with 「・」 are lists.

    An official wording keeps its bullets as characters, because they are part of the wording.
    """
    blocks: list[TextBlock] = []
    kind, lines = "para", []  # type: tuple[str, list[str]]

    def close() -> None:
        if lines:
            blocks.append(TextBlock(kind, tuple(lines)))
            lines.clear()

    for line in text.split("\n"):
        stripped = line.strip()
        listed = bullets and stripped.startswith("・") and len(stripped) > 1
        this = "list" if listed else "para"
        if not stripped or this != kind:
            close()
            kind = this
        if stripped:
            lines.append(stripped[1:].lstrip() if listed else line.rstrip())
    close()
    return tuple(blocks)


def item_view(
    document: Document,
    page: Page,
    slot: Slot,
    *,
    level: int,
    anchored: bool = True,
    labelled: bool = True,
    children: tuple[ItemView, ...] = (),
) -> ItemView:
    """The view of one place of the form; the answer may be missing from the edition."""
    answer = document.edition.answers.get(slot.address)
    item = slot.item
    common = _Common(document, page, slot)
    fields = {} if answer is None else _fields(common, answer)
    return ItemView(
        address=slot.address,
        anchor=slot.address if anchored else None,
        level=level,
        number=item.number or "",
        label=item.label if labelled else None,
        kind=_kind(item, answer),
        state=ABSENT_WORDS if answer is None else state_words(answer),
        star=item.star,
        star_excluded=item.star_excluded,
        citing=citing(document, page, slot.address, document.place_words(slot)),
        children=children,
        changes=tuple(Link(address, document.link(page, address)) for address in common.declared),
        related=common.related(fields),
        **fields,
    )


def citing(document: Document, page: Page, address: str, place: str) -> Citing:
    copy = address.split("-", 1)[0]
    return Citing(
        address=address,
        plain=document.link(page, address),
        pinned=document.pinned_link(page, address),
        pinned_words=document.pinned_words(copy, address),
        words=f"{document.cited}{collapse_spaces(place)}",
    )


def state_words(answer: Answer) -> str | None:
    """The state in words, None where there is something to show instead."""
    match answer.state:
        case State.BLANK:
            return BLANK_WORDS
        case State.DASH:
            return f"「{collapse_spaces(answer.written)}」と記載"
        case State.LOST:
            return LOST_WORDS
        case _:
            undecided = isinstance(answer.value, Choice) and answer.value.option is None
            return UNDECIDED_WORDS if undecided or answer.as_text() == UNKNOWN else None


def _kind(item: Item, answer: Answer | None) -> str:
    return item.kind.value if answer is not None else "absent"


class _Common:
    """What the fields of every kind look up: the page at hand and the links of the item."""

    def __init__(self, document: Document, page: Page, slot: Slot) -> None:
        self.document = document
        self.page = page
        self.slot = slot
        self.links: tuple[EntityLink, ...] = document.links.get(slot.address, ())
        self.declared = document.declared.get(slot.address, ())

    def related(self, fields: dict[str, Any]) -> tuple[RelatedLink, ...]:
        """The links that the answer itself does not carry already."""
        inline = {one.href for one in (*fields.get("names", ()), *fields.get("citations", ()))}
        found = (
            RelatedLink(one.kind, one.name, href(self.page, one.target, one.fragment)) for one in self.links
        )
        return tuple(one for one in dict.fromkeys(found) if one.href not in inline)

    def href_of(self, written: str) -> str | None:
        """The page of a name that stands in the answer as written."""
        folded = collapse_spaces(written)
        for link in self.links:
            if link.written and collapse_spaces(link.written) == folded:
                return href(self.page, link.target, link.fragment)
        return None


def _fields(common: _Common, answer: Answer) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "withheld": answer.state is State.WITHHELD and answer.summary is None,
        "summary": text_blocks(answer.summary or "", bullets=True),
        "omitted": answer.omitted,
        "memo": text_blocks(answer.memo or "", bullets=True),
    }
    match answer.value:
        case Text(text):
            fields["texts"] = text_blocks(text, bullets=False)
            fields["see"] = _preprinted(common, text)
        case Names(names):
            fields["names"] = tuple(
                NameView(collapse_spaces(name), common.href_of(name)) for name in names if name.strip()
            )
        case Choice(option):
            fields["chosen"] = option
            fields["options"] = tuple(OptionView(one, one == option) for one in answer.item.options)
        case Checks():
            fields |= _checks(common, answer.value)
        case Count(written, number):
            known = written != UNKNOWN
            fields["value"] = f"{number}件" if number is not None else written if known else None
        case Date():
            fields |= _date(answer.value)
        case Law(text, citations):
            fields["texts"] = text_blocks(text or "", bullets=False)
            fields["citations"] = tuple(
                CitationView(collapse_spaces(one.law), collapse_spaces(one.place), common.href_of(one.law))
                for one in citations
            )
        case Records(groups):
            fields["records"] = tuple(
                RecordsView(group.heading, tuple(map(collapse_spaces, group.fields))) for group in groups
            )
            fields["record_count"] = len(answer.value.fields)
        case None:
            fills = ((fill.fill_of, _fill(common, fill)) for fill in answer.item.fills)
            fields["apart"] = tuple(BoxView(option or "", fill) for option, fill in fills if fill is not None)
    return fields


def _date(value: Date) -> dict[str, Any]:
    if value.date is None:
        return {"value": None if value.written == UNKNOWN else collapse_spaces(value.written)}
    same = value.date.usual and value.date.in_calendar
    return {
        "value": format_both(value.date),
        "as_written": None if same else collapse_spaces(value.written),
        "in_calendar": value.date.in_calendar,
    }


def _checks(common: _Common, value: Checks) -> dict[str, Any]:
    fills = {fill.fill_of: _fill(common, fill) for fill in common.slot.item.fills}
    boxes: dict[str, list[BoxView]] = {"ticked": [], "unknown": [], "filled": [], "unticked": []}
    for option, mark in value.marks:
        fill = fills.get(option)
        box = BoxView(option, fill)
        if mark:
            boxes["ticked"].append(box)
        elif mark is None:
            boxes["unknown"].append(box)
        elif fill is not None and fill.words is not None:
            boxes["filled"].append(box)
        else:
            boxes["unticked"].append(box)
    fields: dict[str, Any] = {name: tuple(found) for name, found in boxes.items()}
    fields["fold"] = len(boxes["unticked"]) > _FEW
    return fields


def _fill(common: _Common, fill: Item) -> FillView | None:
    address = common.slot.address.removesuffix(common.slot.item.step) + fill.step
    answer = common.document.edition.answers.get(address)
    if answer is None:
        return None
    words: str | None = collapse_spaces(answer.as_text()) or None
    if isinstance(answer.value, Count) and answer.value.number is not None:
        words = f"{answer.value.number}件"
    state = state_words(answer)
    if answer.state is State.WITHHELD:
        words, state = answer.summary, None if answer.summary else "要約は未作成"
    place = common.document.place_words(answer.slot)
    return FillView(
        anchor=address,
        words=words if state is None else None,
        state=state,
        citing=citing(common.document, common.page, address, place),
        related=_Common(common.document, common.page, answer.slot).related({}),
    )


def _preprinted(common: _Common, text: str) -> tuple[Link, ...]:
    """For a cell that the form itself fills in (「別添1を参照。」): links to what it refers to."""
    printed = common.slot.item.preprinted
    if printed is None or collapse_spaces(text) != printed:
        return ()
    document = common.document
    here = set(document.copy_by_address[common.slot.part_address].files)
    meant = [copy for copy in document.copies if copy.part and printed.startswith(copy.part.printed)]
    covering = [copy for copy in meant if here & set(copy.files)]
    return tuple(
        Link(copy.label, href(common.page, document.page(copy.address))) for copy in covering or meant
    )

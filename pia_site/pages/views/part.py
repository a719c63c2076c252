"""The page of one printed copy of a part: its sections, groups and items in printed order.

May import: documents, forms, pages.routes, views.document, views.item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pia_site.documents.answers import Names
from pia_site.documents.slots import Place, join, section_place
from pia_site.forms import Block, Group, Item, Node, Section
from pia_site.pages.routes import Page, href
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.document import (
    Copy,
    Document,
    Fact,
    NavEntry,
    Notice,
    PrintLine,
    edition_words,
    shorten,
)
from pia_site.pages.views.item import Citing, ItemView, citing, item_view
from pia_site.text.cleaning import collapse_spaces


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group (委託事項2), a risk, or a heading over rows (使用の主体), with what stands below it."""

    is_group = True

    anchor: str | None
    """None for a heading over rows, which is no address."""
    level: int
    label: str
    name: str
    """What the member is called, "" where the group has no name."""
    titles: tuple[str, ...]
    citing: Citing | None
    nodes: tuple[ItemView | GroupView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A numbered section; one without title shows its items alone."""

    anchor: str | None
    number: str
    title: str | None
    star: bool
    citing: Citing | None
    nodes: tuple[ItemView | GroupView, ...]


@dataclass(frozen=True, slots=True)
class PartPage:
    chrome: Chrome
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    editions: tuple[NavEntry, ...]
    navigation: tuple[NavEntry, ...]
    print_line: PrintLine
    citing: Citing
    star_text: str | None
    files: tuple[str, ...]
    sections: tuple[SectionView, ...]
    previous: Link | None
    following: Link | None


def part_page(document: Document, copy: Copy) -> PartPage:
    """The page of a copy of a part other than 変更箇所 and annexes."""
    assert copy.part is not None
    page = document.page(copy.address)
    builder = _Builder(document, page)
    sections = tuple(
        builder.section(section, section_place(copy.part, section, copy.number))
        for section in copy.part.sections
    )
    before, after = neighbours(document, page, copy)
    files = f"（{'、'.join(copy.files)}）" if copy.one_of_several and copy.files else ""
    description = (
        f"{document.body_name}「{document.jimu_name}」の{document.edition.form.name}"
        f"（{edition_words(document.edition)}）の「{copy.printed} {copy.title}」{files}です。"
    )
    return PartPage(
        chrome=document.chrome(copy.address, copy.label, description),
        facts=document.short_facts(),
        notices=document.notices(page, copy.address),
        editions=document.editions(page, copy.address),
        navigation=document.navigation(page, copy.address, tuple(_places(sections))),
        print_line=document.print_line(page, copy.address),
        citing=citing(document, page, copy.address, document.copy_words(copy.address)),
        star_text=copy.part.star_text or ("※" if copy.part.star else None),
        files=copy.files,
        sections=sections,
        previous=before,
        following=after,
    )


def neighbours(document: Document, page: Page, copy: Copy) -> tuple[Link | None, Link | None]:
    """The pages before and after in printed order."""
    copies = document.copies
    at = copies.index(copy)

    def link(there: int) -> Link | None:
        if not 0 <= there < len(copies):
            return None
        return Link(copies[there].label, href(page, document.page(copies[there].address)))

    return link(at - 1), link(at + 1)


def _places(sections: tuple[SectionView, ...]) -> Iterator[NavEntry]:
    """The sections of the page and the groups in them, for the document's navigation."""
    for section in sections:
        if section.anchor is None or section.title is None:
            continue
        below = tuple(
            NavEntry(f"{node.label} {shorten(node.name, 20)}".strip(), f"#{node.anchor}")
            for node in section.nodes
            if isinstance(node, GroupView) and node.anchor is not None
        )
        yield NavEntry(f"{section.number} {section.title}".strip(), f"#{section.anchor}", below=below)


class _Builder:
    """Walks the form of one copy; the items stand where the form prints them."""

    def __init__(self, document: Document, page: Page) -> None:
        self._document = document
        self._page = page

    def section(self, section: Section, place: Place) -> SectionView:
        lone = section.lone_item
        titled = section.title is not None
        level = 3 if titled else 2
        if lone is not None:
            nodes: tuple[ItemView | GroupView, ...] = (self._item(lone, place, level, labelled=False),)
        else:
            nodes = tuple(self._nodes(section.nodes, place, level))
        anchor = place.address if section.step else None
        words = f"{self._document.copy_words(_copy_of(place))}{section.number or ''} {section.title}"
        return SectionView(
            anchor=anchor,
            number=section.number or "",
            title=section.title,
            star=section.star,
            citing=citing(self._document, self._page, place.address, words) if anchor else None,
            nodes=nodes,
        )

    def _nodes(self, nodes: tuple[Node, ...], place: Place, level: int) -> Iterator[ItemView | GroupView]:
        for node in nodes:
            if isinstance(node, Item):
                yield self._item(node, place, level)
            elif isinstance(node, Block):
                yield self._block(node, place, level)
            else:
                size = self._document.edition.groups.get(place.members_prefix(node), 0)
                for number in range(1, size + 1):
                    yield self._member(node, place.into_member(node, number), number, level)

    def _item(self, item: Item, place: Place, level: int, *, labelled: bool = True) -> ItemView:
        # An item without a step is the name of its group, and the group's heading has its address.
        return item_view(
            self._document,
            self._page,
            place.slot(item),
            level=level,
            anchored=bool(item.step),
            labelled=labelled,
            children=tuple(self._item(child, place, level + 1) for child in item.children),
        )

    def _block(self, block: Block, place: Place, level: int) -> GroupView:
        inside = place.into_block(block)
        anchor = inside.address if block.step else None
        words = self._words(place, f"{block.label} {'、'.join(block.titles)}")
        return GroupView(
            anchor=anchor,
            level=level,
            label=f"{block.number or ''}{block.label}",
            name=block.titles[0] if len(block.titles) == 1 else "",
            titles=block.titles if len(block.titles) > 1 else (),
            citing=citing(self._document, self._page, anchor, words) if anchor else None,
            nodes=tuple(self._nodes(block.nodes, inside, level + 1)),
        )

    def _member(self, group: Group, inside: Place, number: int, level: int) -> GroupView:
        label = f"{group.label}{number}"
        return GroupView(
            anchor=inside.address,
            level=level,
            label=label,
            name=self._name(group, inside),
            titles=(),
            citing=citing(self._document, self._page, inside.address, self._words(inside, label)),
            nodes=tuple(self._nodes(group.nodes, inside, level + 1)),
        )

    def _name(self, group: Group, inside: Place) -> str:
        """A member is called by its first item, if that is a name (システムの名称, 委託事項の名称)."""
        first = group.nodes[0]
        if not isinstance(first, Item):
            return ""
        answer = self._document.edition.answers.get(join(inside.address, first.step))
        names = answer.value.names if answer and isinstance(answer.value, Names) else ()
        return "、".join(collapse_spaces(name) for name in names)

    def _words(self, place: Place, label: str) -> str:
        copy = self._document.copy_words(_copy_of(place))
        return f"{copy}{place.section.number or ''} {label}".rstrip()


def _copy_of(place: Place) -> str:
    return place.address.split("-", 1)[0]

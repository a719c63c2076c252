"""Where the items of a form stand in an edition: addresses of copies, groups and items.

address = part [copy] ("-" step)*   (design.md, Item addresses). Steps come from the form
definition; this module only joins them. May import: answers, forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pia_site.documents.answers import Slot
from pia_site.forms import Block, Form, Group, Item, Node, Part, Section


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the walk through a form: the address so far and the group it lies in."""

    address: str
    part: Part
    section: Section
    copy: int | None = None
    group: str | None = None
    group_address: str | None = None

    def slot(self, item: Item) -> Slot:
        return Slot(
            address=join(self.address, item.step),
            item=item,
            part=self.part,
            section=self.section,
            copy=self.copy,
            group=self.group,
            group_address=self.group_address,
        )

    def into_block(self, block: Block) -> Place:
        """Below a fixed heading; a risk is a group with its own address, a row heading is not.

        Where the form prints several titles over one body (様式4 Ⅲ4), it prints no name of the group.
        """
        if block.step is None:
            return self
        address = join(self.address, block.step)
        group = block.label if len(block.titles) == 1 else None
        return replace(self, address=address, group=group, group_address=address)

    def into_member(self, group: Group, number: int) -> Place:
        """Below the `number`-th (1-based) member of a repeating group."""
        address = join(self.address, f"{group.step}{number}")
        return replace(self, address=address, group=f"{group.label}{number}", group_address=address)

    def members_prefix(self, group: Group) -> str:
        """The key of the group's size in `Edition.groups`, e.g. "ii1-4-c"."""
        return join(self.address, group.step)


def join(address: str, step: str | None) -> str:
    return f"{address}-{step}" if step else address


def section_place(part: Part, section: Section, copy: int | None) -> Place:
    """The place of a section in the `copy`-th printed copy (None for parts that do not repeat)."""
    address = join(f"{part.step}{copy or ''}", section.step)
    return Place(address, part, section, copy)


def walk(form: Form, copies: Callable[[Part], int], members: Callable[[str], int]) -> Iterator[Slot]:
    """Every slot in form order, given how many copies and group members there are.

    `copies` answers for a repeating part, `members` for a group's prefix ("i-2-s").
    """
    for part in form.parts:
        numbers = range(1, copies(part) + 1) if part.repeats else (None,)
        for copy in numbers:
            for section in part.sections:
                yield from _walk(section.nodes, section_place(part, section, copy), members)


def _walk(nodes: tuple[Node, ...], place: Place, members: Callable[[str], int]) -> Iterator[Slot]:
    for node in nodes:
        if isinstance(node, Item):
            yield place.slot(node)
            yield from _walk(node.items, place, members)
        elif isinstance(node, Block):
            yield from _walk(node.nodes, place.into_block(node), members)
        else:
            for number in range(1, members(place.members_prefix(node)) + 1):
                yield from _walk(node.nodes, place.into_member(node, number), members)

"""The shape of a form definition.

A form is a tree: `Form` → `Part` → `Section` → (`Item` | `Block` | `Group`). A `Block` is a fixed
row or risk that holds items; a `Group` repeats (システム1, 委託事項2 …). Every address step stands
in the definition and is never computed or reused. May import: nothing above `text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias


class Kind(StrEnum):
    """What kind of answer an item takes."""

    TEXT = "text"
    NAME = "name"
    CHOICE = "choice"
    CHECKS = "checks"
    COUNT = "count"
    DATE = "date"
    LAW = "law"
    CONTACT = "contact"
    RECORDS = "records"
    """記録項目: recorded field names, grouped under the headings the annex prints."""
    CHANGES = "changes"
    """変更箇所: the declared change rows."""

    @property
    def exported(self) -> str:
        """The kind's name in the machine-readable rows, where both lists are `items`."""
        return "items" if self in (Kind.RECORDS, Kind.CHANGES) else self.value


class FormType(StrEnum):
    """様式2, 様式3, 様式4 (特定個人情報保護評価に関する規則 第4条)."""

    BASIC = "basic"
    PRIORITY = "priority"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Item:
    """One answer the form asks for.

    `step` is the whole address below the container ("2", "4b", "1-o5"; "" for a group's name).
    `label` is the printed wording without number and ※; `key` is the label used in edition YAML.
    `prefix` is what stands before the label in a machine-readable row ("④", "⑦使用の主体 ", …).
    An item with `fill_of` stands in the same mapping as its parent's boxes (the parentheses of a tick
    box); other `items` stand beside the parent's 回答.
    """

    step: str
    label: str
    key: str
    kind: Kind
    number: str | None = None
    star: bool = False
    star_excluded: bool = False
    unconfirmed: bool = False
    """Known from memory only: no published page has shown it."""
    options: tuple[str, ...] = ()
    option_groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    option_variants: tuple[tuple[str, str], ...] = ()
    """Other wordings of an option that later documents print (variant, option)."""
    items: tuple[Item, ...] = ()
    label_variants: tuple[str, ...] = ()
    """Other wordings of the label that earlier revisions print."""
    fill_of: str | None = None
    """The option whose parentheses this item is."""
    heading_is_label: bool = False
    preprinted: str | None = None
    prefix: str = ""
    concept: str = ""

    @property
    def printed(self) -> str:
        """Number and label as one string, e.g. 「③委託先名」."""
        return f"{self.number or ''}{self.label}"

    @property
    def row_label(self) -> str:
        """The label of a machine-readable row (design.md, Machine-readable rows)."""
        return f"{self.prefix}{self.printed}"

    @property
    def fills(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.fill_of is not None)

    @property
    def children(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.fill_of is None)


@dataclass(frozen=True, slots=True)
class Block:
    """A fixed heading over items: a row heading (使用の主体, no step) or a risk (step "r2")."""

    key: str
    label: str
    step: str | None = None
    number: str | None = None
    titles: tuple[str, ...] = ()
    """The wording after a risk's name; 様式4 Ⅲ4 prints five over one body."""
    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A heading that repeats with a number: システム, 委託事項, 提供先, 移転先."""

    key: str
    label: str
    step: str
    nodes: tuple[Node, ...] = ()


Node: TypeAlias = Item | Block | Group


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of a part. `number` and `step` are None where a part has none."""

    key: str | None
    title: str | None
    step: str | None = None
    number: str | None = None
    star: bool = False
    nodes: tuple[Node, ...] = ()

    @property
    def lone_item(self) -> Item | None:
        """The single item whose label is the section's own heading, if the section is only that."""
        if len(self.nodes) == 1 and isinstance(self.nodes[0], Item) and self.nodes[0].heading_is_label:
            return self.nodes[0]
        return None

    @property
    def lone_group(self) -> Group | None:
        """The group that is all a section holds (Ⅰ2 システム)."""
        if len(self.nodes) == 1 and isinstance(self.nodes[0], Group):
            return self.nodes[0]
        return None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form (表紙, Ⅰ …, 別添1 …). `role` names it across forms."""

    step: str
    role: str
    key: str
    printed: str
    title: str
    star: bool = False
    star_text: str | None = None
    repeats: bool = False
    sections: tuple[Section, ...] = ()

    def items(self) -> Iterator[Item]:
        for section in self.sections:
            yield from _items(section.nodes)


@dataclass(frozen=True)
class Form:
    """One 様式 in one revision."""

    id: str
    type: FormType
    number: str
    name: str
    revision: str
    confirmed: bool
    parts: tuple[Part, ...] = field(default=())

    @cached_property
    def parts_by_step(self) -> dict[str, Part]:
        return {part.step: part for part in self.parts}

    @cached_property
    def parts_by_key(self) -> dict[str, Part]:
        return {part.key: part for part in self.parts}

    @cached_property
    def parts_by_role(self) -> dict[str, Part]:
        return {part.role: part for part in self.parts}

    def items(self) -> Iterator[Item]:
        """Every item in printed order, group members once."""
        for part in self.parts:
            yield from part.items()


def _items(nodes: tuple[Node, ...]) -> Iterator[Item]:
    for node in nodes:
        if isinstance(node, Item):
            yield node
            yield from _items(node.items)
        else:
            yield from _items(node.nodes)

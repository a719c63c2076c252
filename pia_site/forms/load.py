"""Reads the form definitions that lie beside this module.

The definitions are ours, so a mistake in one is an exception (`FormError`), not a user's problem.
May import: text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pia_site.forms.model import Block, Form, FormType, Group, Item, Kind, Node, Part, Section
from pia_site.text.marked_yaml import read_yaml

_FOLDER = Path(__file__).parent


class FormError(Exception):
    """A form definition of this package is not well formed."""


# The definitions are YAML whose scalars are all strings, hence the explicit reading of booleans.
_Flag = Annotated[bool, BeforeValidator(lambda value: value == "true" if isinstance(value, str) else value)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _NodeSpec(_Strict):
    """An item (has `kind`), a group (has `group`) or a block (has `block`)."""

    step: str | None = None
    number: str | None = None
    label: str | None = None
    key: str | None = None
    kind: Kind | None = None
    star: _Flag = False
    star_excluded: _Flag = False
    choices: str | None = None
    fills: list[_FillSpec] = []
    heading_is_label: _Flag = False
    preprinted: str | None = None
    prefix: str = ""
    concept: str = ""
    block: str | None = None
    group: str | None = None
    titles: list[str] = []
    items: list[_NodeSpec] = []


class _FillSpec(_Strict):
    step: str
    option: str
    kind: Kind = Kind.TEXT
    label: str | None = None
    key: str | None = None


class _SectionSpec(_Strict):
    step: str | None = None
    number: str | None = None
    key: str | None = None
    title: str | None = None
    star: _Flag = False
    items: list[_NodeSpec] = []


class _PartSpec(_Strict):
    step: str
    role: str
    key: str
    printed: str
    title: str
    star: _Flag = False
    star_text: str | None = None
    repeats: _Flag = False
    sections: list[_SectionSpec]


class _ChoiceSpec(_Strict):
    options: list[str]
    groups: dict[str, list[str]] = {}
    variants: dict[str, str] = {}


class _FormSpec(_Strict):
    form: str
    type: FormType
    name: str
    revision: str
    confirmed: _Flag
    sources: list[str] = Field(default=[])
    choices: dict[str, _ChoiceSpec]
    parts: list[_PartSpec]


@cache
def all_forms() -> tuple[Form, ...]:
    """Every form definition of the package, oldest revision first within a form."""
    return tuple(_load(path) for path in sorted(_FOLDER.glob("*.yaml")))


def form_by_id(form_id: str) -> Form:
    return next(form for form in all_forms() if form.id == form_id)


def find_form(name: str, revision: str | None) -> Form | None:
    """The definition for a form's name (重点項目評価書 or 様式3) and revision.

    An unknown revision (None or 不明) falls back to the newest known revision of that form.
    """
    named = [form for form in all_forms() if name in (form.name, form.number)]
    if revision in (None, "", "不明"):
        return named[-1] if named else None
    return next((form for form in named if form.revision == revision), None)


def _load(path: Path) -> Form:
    try:
        spec = _FormSpec.model_validate(read_yaml(path).plain())
    except ValidationError as error:
        raise FormError(f"{path.name}: {error}") from None
    builder = _Builder(path.name, spec.choices)
    return Form(
        id=path.stem,
        type=spec.type,
        number=spec.form,
        name=spec.name,
        revision=spec.revision,
        confirmed=spec.confirmed,
        parts=tuple(builder.part(part) for part in spec.parts),
    )


class _Builder:
    def __init__(self, file: str, choices: dict[str, _ChoiceSpec]) -> None:
        self._file = file
        self._choices = choices

    def part(self, spec: _PartSpec) -> Part:
        return Part(
            step=spec.step,
            role=spec.role,
            key=spec.key,
            printed=spec.printed,
            title=spec.title,
            star=spec.star,
            star_text=spec.star_text,
            repeats=spec.repeats,
            sections=tuple(self._section(section) for section in spec.sections),
        )

    def _section(self, spec: _SectionSpec) -> Section:
        return Section(
            key=spec.key,
            title=spec.title,
            step=spec.step,
            number=spec.number,
            star=spec.star,
            nodes=tuple(self._node(node) for node in spec.items),
        )

    def _node(self, spec: _NodeSpec) -> Node:
        if spec.kind is not None:
            return self._item(spec)
        nodes = tuple(self._node(node) for node in spec.items)
        if spec.group is not None:
            assert spec.step is not None
            return Group(key=spec.key or spec.group, label=spec.group, step=spec.step, nodes=nodes)
        if spec.block is None:
            raise FormError(f"{self._file}: a node is neither item, block nor group: {spec.label}")
        return Block(
            key=spec.key or spec.block,
            label=spec.block,
            step=spec.step,
            number=spec.number,
            titles=tuple(spec.titles),
            nodes=nodes,
        )

    def _item(self, spec: _NodeSpec) -> Item:
        assert spec.kind is not None
        if spec.label is None or spec.step is None:
            raise FormError(f"{self._file}: an item lacks its label or step: {spec.label or spec.step}")
        choice = self._choices[spec.choices] if spec.choices else _ChoiceSpec(options=[])
        children = [self._node(child) for child in spec.items]
        fills = [
            Item(
                step=fill.step,
                label=fill.label or fill.option,
                key=fill.key or fill.option,
                kind=fill.kind,
                fill_of=fill.option,
                prefix=f"{spec.prefix}{spec.number or ''}{spec.label} ",
                concept=f"{spec.concept}/{fill.option}",
            )
            for fill in spec.fills
        ]
        return Item(
            step=spec.step,
            label=spec.label,
            key=spec.key or spec.label,
            kind=spec.kind,
            number=spec.number,
            star=spec.star,
            star_excluded=spec.star_excluded,
            options=tuple(choice.options),
            option_groups=tuple((name, tuple(options)) for name, options in choice.groups.items()),
            option_variants=tuple(choice.variants.items()),
            items=(*fills, *(child for child in children if isinstance(child, Item))),
            heading_is_label=spec.heading_is_label,
            preprinted=spec.preprinted,
            prefix=spec.prefix,
            concept=spec.concept,
        )

"""Reads the form definitions that lie beside this module.

The definitions are ours, so a mistake in one is an exception (`FormError`), not a user's problem.
May import: text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, ValidationError

from pia_site.forms.model import Block, Form, FormType, Group, Item, Kind, Node, Part, Section
from pia_site.text.marked_yaml import Mapping, Sequence, read_yaml
from pia_site.text.marked_yaml import Node as YamlNode
from pia_site.text.wareki import Precision, parse_date

_FOLDER = Path(__file__).parent


class FormError(Exception):
    """A form definition of this package is not well formed."""


# The definitions are YAML whose scalars are all strings, hence the explicit reading of booleans; what is
# neither word stays a string, which a strict bool refuses.
_Flag = Annotated[
    bool, Strict(), BeforeValidator(lambda value: {"true": True, "false": False}.get(value, value))
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _NodeSpec(_Strict):
    """An item (has `kind`), a group (has `group`) or a block (has `block`)."""

    step: str | None = None
    number: str | None = None
    label: str | None = None
    label_variants: list[str] = []
    key: str | None = None
    kind: Kind | None = None
    star: _Flag = False
    star_excluded: _Flag = False
    unconfirmed: _Flag = False
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

    An unknown revision (None or 不明) takes the newest definition of that form, a revision that has no definition
    the last one before it, else the first; what is no revision (平成30年 様式) takes none.
    """
    named = [form for form in all_forms() if name in (form.name, form.number)]
    if not named or revision in (None, "", "不明"):
        return named[-1] if named else None
    day = _day(revision)
    before = [form for form in named if day is not None and (_day(form.revision) or "") <= day]
    return None if day is None else (before or named)[-1 if before else 0]


def _day(revision: str | None) -> str | None:
    """「平成30年5月」 → "2018-05"."""
    date = parse_date(revision or "")
    return date.iso if date is not None and date.precision is Precision.MONTH else None


def _load(path: Path) -> Form:
    root = read_yaml(path)
    try:
        spec = _FormSpec.model_validate(root.plain())
    except ValidationError as error:
        mistakes = [f"{path.name}:{_line(root, one['loc'])}: {one['msg']}" for one in error.errors()]
        raise FormError("\n".join(mistakes)) from None
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


def _line(root: Mapping, keys: tuple[str | int, ...]) -> int:
    """The line of a key in a definition, or of the nearest mapping or list above it."""
    node: YamlNode = root
    line = root.line
    for key in keys:
        if isinstance(node, Mapping) and key in node.entries:
            line = node.key_lines[str(key)]
            node = node.entries[str(key)]
        elif isinstance(node, Sequence) and isinstance(key, int):
            node = node.items[key]
            line = node.line
    return line


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
            if spec.step is None:
                raise FormError(f"{self._file}: a group lacks its step: {spec.group}")
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
        if spec.kind is None or spec.label is None or spec.step is None:
            raise FormError(f"{self._file}: an item lacks its kind, label or step: {spec.label or spec.step}")
        if spec.choices is not None and spec.choices not in self._choices:
            raise FormError(f"{self._file}: no choice list is called {spec.choices}")
        choice = self._choices[spec.choices] if spec.choices else _ChoiceSpec(options=[])
        fills = [
            Item(
                step=fill.step,
                label=fill.label or fill.option,
                key=fill.key or fill.option,
                kind=fill.kind,
                unconfirmed=spec.unconfirmed,
                fill_of=fill.option,
                prefix=f"{spec.prefix}{spec.number or ''}{spec.label} ",
                concept=f"{spec.concept}/{fill.option}",
            )
            for fill in spec.fills
        ]
        return Item(
            step=spec.step,
            label=spec.label,
            label_variants=tuple(spec.label_variants),
            key=spec.key or spec.label,
            kind=spec.kind,
            number=spec.number,
            star=spec.star,
            star_excluded=spec.star_excluded,
            unconfirmed=spec.unconfirmed,
            options=tuple(choice.options),
            option_groups=tuple((name, tuple(options)) for name, options in choice.groups.items()),
            option_variants=tuple(choice.variants.items()),
            items=(*fills, *(self._item(child) for child in spec.items)),
            heading_is_label=spec.heading_is_label,
            preprinted=spec.preprinted,
            prefix=spec.prefix,
            concept=spec.concept,
        )

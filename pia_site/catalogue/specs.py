"""The shape of one registry entry in YAML, and how it becomes an entity.

Keys are Japanese, as an officer writes them; an unknown key is an error. `aliases` says which of an
entry's texts are spellings, with their place in the entry, so that a clash can be shown in its line.
The only module of this room that imports pydantic. May import: entities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pia_site.catalogue.entities import (
    AssessmentEntry,
    Body,
    Contractor,
    ContractorSpelling,
    DatedLink,
    Department,
    Law,
    LawSpelling,
    PersonalInformationFile,
    Recipient,
    Situation,
    System,
    SystemKind,
)

Entity: TypeAlias = (
    Body
    | SystemKind
    | System
    | Contractor
    | Recipient
    | Department
    | Law
    | Situation
    | PersonalInformationFile
)

NOT_KNOWN = "不明"

Loc: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling, where it stands in its entry, and the assessment it is limited to."""

    text: str
    loc: Loc
    document: str | None = None


def _one_or_more(value: object) -> object:
    """A single value may stand without its dash; an empty one is no value."""
    if isinstance(value, str | dict):
        return [value] if value else []
    return value


def _bare(key: str) -> Callable[[object], object]:
    """A list whose elements are mostly one text lets that text stand alone."""

    def read(value: object) -> object:
        value = _one_or_more(value)
        if isinstance(value, list):
            return [{key: element} if isinstance(element, str) else element for element in value]
        return value

    return read


_Required = Annotated[str, Field(min_length=1)]
_Texts = Annotated[list[_Required], BeforeValidator(_one_or_more)]


class Spec(BaseModel):
    """One entry. Every entry has a slug and may have a remark and a source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: _Required
    name: _Required = Field(alias="名称")
    memo: str | None = Field(None, alias="メモ")
    source: str | None = Field(None, alias="出典")

    @property
    def scope(self) -> str | None:
        """The body whose documents the entry's spellings are limited to."""
        return None

    def aliases(self) -> Iterator[Alias]:
        yield Alias(self.name, ("名称",))

    def entity(self) -> Entity:
        raise NotImplementedError


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Assessment(_Inner):
    number: _Required = Field(alias="番号")
    printed_number: str = Field(NOT_KNOWN, alias="評価書番号")
    title: _Required = Field(alias="名称")
    situations: _Texts = Field([], alias="状況")
    memo: str | None = Field(None, alias="メモ")


class _Code(_Inner):
    value: _Required = Field(alias="値")
    source: str | None = Field(None, alias="出典")


class BodySpec(Spec):
    type: str = Field("", alias="種別")
    other_names: _Texts = Field([], alias="別名")
    code: Annotated[_Code | None, BeforeValidator(lambda v: {"値": v} if isinstance(v, str) else v)] = Field(
        None, alias="団体コード"
    )
    assessments: list[_Assessment] = Field([], alias="評価書")

    def aliases(self) -> Iterator[Alias]:
        yield from super().aliases()
        for at, text in enumerate(self.other_names):
            yield Alias(text, ("別名", at))

    def entity(self) -> Body:
        entries = tuple(
            AssessmentEntry(
                body=self.slug,
                number=entry.number,
                title=entry.title,
                printed_number=None if entry.printed_number in ("", NOT_KNOWN) else entry.printed_number,
                situations=tuple(entry.situations),
            )
            for entry in self.assessments
        )
        return Body(
            slug=self.slug,
            name=self.name,
            type=self.type,
            spellings=_texts(self),
            code=self.code.value if self.code else None,
            code_source=self.code.source if self.code else None,
            assessments=entries,
            memo=self.memo,
        )


class _Described(Spec):
    description: str = Field("", alias="説明")

    def aliases(self) -> Iterator[Alias]:
        return iter(())


class KindSpec(_Described):
    def entity(self) -> SystemKind:
        return SystemKind(self.slug, self.name, self.description)


class SituationSpec(_Described):
    def entity(self) -> Situation:
        return Situation(self.slug, self.name, self.description)


class _Spelled(Spec):
    spellings: _Texts = Field([], alias="表記")

    def aliases(self) -> Iterator[Alias]:
        yield from super().aliases()
        for at, text in enumerate(self.spellings):
            yield Alias(text, ("表記", at))


class _OfBody(_Spelled):
    body: _Required = Field(alias="機関")

    @property
    def scope(self) -> str | None:
        return self.body


class SystemSpec(_OfBody):
    kind: str | None = Field(None, alias="種類")

    def entity(self) -> System:
        return System(self.body, self.slug, self.name, self.kind or None, _texts(self), self.memo)


class FileSpec(_OfBody):
    number: _Required = Field(alias="評価書")

    def aliases(self) -> Iterator[Alias]:
        """Two 事務 of one body may each have a 被保険者ファイル; within an assessment a name is one."""
        for alias in super().aliases():
            yield Alias(alias.text, alias.loc, f"{self.body}/{self.number}")

    def entity(self) -> PersonalInformationFile:
        return PersonalInformationFile(self.body, self.slug, self.name, self.number, _texts(self), self.memo)


class DepartmentSpec(_OfBody):
    parent: str = Field("", alias="上位")

    def aliases(self) -> Iterator[Alias]:
        """A bare 「総務課」 may be one of several; it counts only where an officer lists it."""
        for at, text in enumerate(self.spellings):
            yield Alias(text, ("表記", at))
        if self.parent or not self.spellings:
            yield Alias(f"{self.parent}{self.name}", ("名称",))

    def entity(self) -> Department:
        return Department(self.body, self.slug, self.name, self.parent, _texts(self), self.memo)


class RecipientSpec(_Spelled):
    type: str = Field("", alias="種別")
    body: str | None = Field(None, alias="機関")

    @property
    def scope(self) -> str | None:
        return self.body

    def entity(self) -> Recipient:
        return Recipient(self.slug, self.name, self.type, self.body, _texts(self), self.memo)


class _ContractorSpelling(_Inner):
    written: _Required = Field(alias="表記")
    branch: str | None = Field(None, alias="支店")


class ContractorSpec(Spec):
    spellings: Annotated[list[_ContractorSpelling], BeforeValidator(_bare("表記"))] = Field([], alias="表記")

    def aliases(self) -> Iterator[Alias]:
        yield from super().aliases()
        for at, spelling in enumerate(self.spellings):
            yield Alias(spelling.written, ("表記", at, "表記"))

    def entity(self) -> Contractor:
        spellings = [ContractorSpelling(one.written, one.branch) for one in self.spellings]
        if all(one.written != self.name for one in spellings):
            spellings.insert(0, ContractorSpelling(self.name))
        return Contractor(self.slug, self.name, tuple(spellings), self.source, self.memo)


class _LawSpelling(_Inner):
    written: _Required = Field(alias="表記")
    document: str | None = Field(None, alias="評価書")


class _DatedLink(_Inner):
    date: _Required = Field(alias="施行日")
    url: _Required = Field(alias="URL")


class LawSpec(Spec):
    short_name: str = Field("", alias="略称")
    number: str | None = Field(None, alias="法令番号")
    egov_id: str | None = Field(None, alias="法令ID")
    type: str = Field("", alias="種別")
    body: str | None = Field(None, alias="機関")
    spellings: Annotated[list[_LawSpelling], BeforeValidator(_bare("表記"))] = Field([], alias="表記")
    dated_links: list[_DatedLink] = Field([], alias="施行日ごとのリンク")

    @property
    def scope(self) -> str | None:
        return self.body

    def aliases(self) -> Iterator[Alias]:
        yield from super().aliases()
        if self.short_name:
            yield Alias(self.short_name, ("略称",))
        for at, spelling in enumerate(self.spellings):
            yield Alias(spelling.written, ("表記", at, "表記"), spelling.document)

    def entity(self) -> Law:
        written = dict.fromkeys(LawSpelling(alias.text, alias.document) for alias in self.aliases())
        return Law(
            self.slug,
            self.name,
            self.short_name,
            self.number,
            self.egov_id,
            self.type,
            self.body,
            tuple(written),
            tuple(DatedLink(link.date, link.url) for link in self.dated_links),
            self.memo,
        )


def _texts(spec: Spec) -> tuple[str, ...]:
    return tuple(dict.fromkeys(alias.text for alias in spec.aliases()))


@dataclass(frozen=True, slots=True)
class Fault:
    """What pydantic found wrong with an entry: its kind of error and the place within the entry."""

    type: str
    loc: Loc


def read_spec(model: type[Spec], plain: dict[str, Any]) -> Spec | list[Fault]:
    """The entry that `plain` (all scalars strings) states, or everything that is wrong with it."""
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        return [Fault(found["type"], found["loc"]) for found in error.errors(include_url=False)]


_BELOW: dict[tuple[type[BaseModel], str], type[BaseModel]] = {
    (BodySpec, "評価書"): _Assessment,
    (BodySpec, "団体コード"): _Code,
    (ContractorSpec, "表記"): _ContractorSpelling,
    (LawSpec, "表記"): _LawSpelling,
    (LawSpec, "施行日ごとのリンク"): _DatedLink,
}


def keys_at(model: type[Spec], loc: Loc) -> list[str]:
    """The keys that may stand at a place of an entry, for a hint."""
    here: type[BaseModel] = model
    for step in loc:
        if isinstance(step, str):
            here = _BELOW.get((here, step), here)
    keys = [field.alias or name for name, field in here.model_fields.items()]
    return sorted(keys, key=lambda key: key in ("メモ", "出典"))  # the remarks come last

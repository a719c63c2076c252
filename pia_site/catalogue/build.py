"""Content and registry → `Catalogue`: the records of every newest edition, with indexes both ways.

May import: collect, entities, history, records, resolve, documents.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from pia_site.catalogue import history
from pia_site.catalogue.collect import Reading, collect_facts
from pia_site.catalogue.entities import Registry, Scoped
from pia_site.catalogue.records import (
    Citation,
    Connection,
    ContractorChange,
    DatedChange,
    DepartmentUse,
    Entrustment,
    Facts,
    FileUse,
    Handover,
    Record,
    SystemUse,
    mentions_in,
)
from pia_site.catalogue.resolve import Mention, Resolver
from pia_site.documents.edition import Assessment, DeclaredChange, Edition
from pia_site.documents.store import Content

_K = TypeVar("_K", bound=Hashable)
_R = TypeVar("_R")


@dataclass(frozen=True)
class Catalogue:
    """Everything the pages ask. Keys are ids, values tuples of records in the order of the documents.

    `facts` leads forward, from a document to what it names; the others lead back, from an entity to where
    it is named. A name that nothing resolves is in no reverse index but in `unresolved`.
    """

    registry: Registry
    resolver: Resolver
    assessments: tuple[Assessment, ...] = ()
    """Every assessment with all of its editions."""
    facts: dict[str, Facts] = field(default_factory=dict)
    """By document: the records of its newest edition."""

    documents_by_body: dict[str, tuple[str, ...]] = field(default_factory=dict)
    documents_by_situation: dict[str, tuple[str, ...]] = field(default_factory=dict)
    systems: dict[Scoped, tuple[SystemUse, ...]] = field(default_factory=dict)
    systems_by_kind: dict[str, tuple[SystemUse, ...]] = field(default_factory=dict)
    connections: dict[Scoped, tuple[Connection, ...]] = field(default_factory=dict)
    """By the system that is named as connected."""
    files: dict[Scoped, tuple[FileUse, ...]] = field(default_factory=dict)
    entrustments: dict[str, tuple[Entrustment, ...]] = field(default_factory=dict)
    """By contractor."""
    reentrustments: dict[str, tuple[Entrustment, ...]] = field(default_factory=dict)
    """By subcontractor."""
    handovers: dict[str, tuple[Handover, ...]] = field(default_factory=dict)
    """By recipient."""
    citations: dict[str, tuple[Citation, ...]] = field(default_factory=dict)
    """By law."""
    departments: dict[Scoped, tuple[DepartmentUse, ...]] = field(default_factory=dict)
    unresolved: tuple[Mention, ...] = ()
    """Every name that nothing resolves, each time it stands, in the order of the documents."""

    @cached_property
    def _by_document(self) -> dict[str, Assessment]:
        return {assessment.document: assessment for assessment in self.assessments}

    def assessment(self, document: str) -> Assessment | None:
        return self._by_document.get(document)

    def newest(self, document: str) -> Edition | None:
        assessment = self.assessment(document)
        return assessment.newest if assessment else None

    def title(self, document: str) -> str:
        """The registry's name of a 事務, else that on the cover, else ①事務の名称, else its id."""
        entry = self.registry.assessment(document)
        if entry:
            return entry.title
        edition = self.newest(document)
        for key, role in (("評価書名", "cover"), ("事務の名称", "basics")):
            answer = edition.answer_to(key, role) if edition else None
            if answer and answer.value is not None and (text := answer.as_text().strip()):
                return text
        return document

    # --- the declared changes ---

    def recent_changes(self, n: int) -> tuple[DatedChange, ...]:
        return history.recent_changes(self, n)

    def changes_by_date(self, document: str) -> dict[str, tuple[DeclaredChange, ...]]:
        return history.changes_by_date(self, document)

    def contractor_history(self, contractor: str) -> tuple[ContractorChange, ...]:
        return history.contractor_history(self, contractor)


def build_catalogue(content: Content, registry: Registry, today: date | None = None) -> Catalogue:
    """Resolve and index everything. `today` is what citations are called out of date by."""
    resolver = Resolver(registry)
    day = (today or date.today()).isoformat()
    facts = {
        assessment.document: collect_facts(Reading(assessment.newest, resolver, day))
        for assessment in content.assessments
    }
    every = list(facts.values())
    systems = [use for one in every for use in one.systems]
    entrustments = [item for one in every for item in one.entrustments]
    return Catalogue(
        registry=registry,
        resolver=resolver,
        assessments=content.assessments,
        facts=facts,
        documents_by_body=_index(facts, lambda document: [document.partition("/")[0]]),
        documents_by_situation=_index(facts, lambda document: _situations(registry, document)),
        systems=_index(systems, lambda use: _scoped([use.system])),
        systems_by_kind=_index(systems, lambda use: _kinds(registry, use.system)),
        connections=_index((one for f in every for one in f.connections), lambda one: _scoped([one.other])),
        files=_index((use for one in every for use in one.files), lambda use: _scoped([use.file])),
        entrustments=_index(entrustments, lambda one: _slugs(one.contractors)),
        reentrustments=_index(entrustments, lambda one: _slugs(one.subcontractors)),
        handovers=_index((one for f in every for one in f.handovers), lambda one: _slugs([one.recipient])),
        citations=_index((one for f in every for one in f.citations), lambda one: _slugs([one.law])),
        departments=_index(
            (use for one in every for use in one.departments), lambda use: _scoped([use.department])
        ),
        unresolved=tuple(_unresolved(record for one in every for record in one.records())),
    )


def _index(records: Iterable[_R], keys: Callable[[_R], Iterable[_K]]) -> dict[_K, tuple[_R, ...]]:
    found: dict[_K, list[_R]] = {}
    for record in records:
        for key in dict.fromkeys(keys(record)):
            found.setdefault(key, []).append(record)
    return {key: tuple(found[key]) for key in found}


def _slugs(mentions: Iterable[Mention]) -> list[str]:
    return [mention.slug for mention in mentions if mention.slug is not None]


def _scoped(mentions: Iterable[Mention]) -> list[Scoped]:
    return [mention.scoped for mention in mentions if mention.scoped is not None]


def _kinds(registry: Registry, mention: Mention) -> list[str]:
    systems = [registry.systems[id_] for id_ in _scoped([mention])]
    return [system.kind for system in systems if system.kind]


def _situations(registry: Registry, document: str) -> tuple[str, ...]:
    entry = registry.assessment(document)
    return entry.situations if entry else ()


def _unresolved(records: Iterable[Record]) -> Iterable[Mention]:
    for record in records:
        for mention in mentions_in(record):
            if not mention.resolved and mention.written.strip():
                yield mention

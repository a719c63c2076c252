"""What holds between the entries of a registry: references that lead somewhere, spellings that mean one.

May import: entities, resolve (how spellings are compared), specs, text, problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pia_site.catalogue.resolve import EntityKind, spelling_key
from pia_site.catalogue.specs import (
    BodySpec,
    ContractorSpec,
    DepartmentSpec,
    FileSpec,
    KindSpec,
    LawSpec,
    Loc,
    RecipientSpec,
    SituationSpec,
    Spec,
    SystemSpec,
)
from pia_site.problems import Location, Problem, problem
from pia_site.text.marked_yaml import Mapping, Node, Sequence


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the registry with the place it was read from."""

    path: Path
    node: Mapping
    spec: Spec

    def line_of(self, loc: Loc) -> int:
        return line_at(self.node, loc)

    def at(self, loc: Loc) -> Location:
        return Location(self.path, self.line_of(loc))


def node_at(node: Node, loc: Loc) -> Node | None:
    """The node at a place of an entry; None where there is none."""
    here: Node | None = node
    for step in loc:
        if isinstance(here, Mapping) and isinstance(step, str):
            here = here.entries.get(step)
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
        else:
            return None
    return here


def line_at(node: Node, loc: Loc) -> int:
    """The line of a place, or of the nearest thing around it that is written; keys have their own."""
    line, here = node.line, node
    for step in loc:
        if isinstance(here, Mapping) and isinstance(step, str) and step in here.entries:
            line, here = here.key_lines[step], here.entries[step]
        elif isinstance(here, Sequence) and isinstance(step, int) and step < len(here.items):
            here = here.items[step]
            line = here.line
        else:
            break
    return line


# --- references ---


def reference_problems(entries: list[Entry], slugs: dict[type[Spec], set[str]]) -> Iterator[Problem]:
    """S010 for what names a body, kind, situation or assessment that the registry lacks.

    `slugs` holds every slug written, so that an entry left out for another mistake is not missed twice.
    """
    documents = {
        f"{entry.spec.slug}/{assessment.number}"
        for entry in entries
        if isinstance(entry.spec, BodySpec)
        for assessment in entry.spec.assessments
    }
    for entry in entries:
        for loc, target, known, file in _references(entry.spec, slugs, documents):
            if target and target not in known:
                yield problem(
                    "S010",
                    entry.at(loc),
                    file=entry.path.name,
                    slug=entry.spec.slug,
                    target=target,
                    target_file=file,
                )


def _references(
    spec: Spec, slugs: dict[type[Spec], set[str]], documents: set[str]
) -> Iterator[tuple[Loc, str, set[str], str]]:
    if spec.scope:
        yield ("機関",), spec.scope, slugs[BodySpec], "bodies.yaml"
    if isinstance(spec, SystemSpec) and spec.kind:
        yield ("種類",), spec.kind, slugs[KindSpec], "systems.yaml の 種類"
    elif isinstance(spec, FileSpec) and spec.body in slugs[BodySpec]:
        yield ("評価書",), f"{spec.body}/{spec.number}", documents, "bodies.yaml"
    elif isinstance(spec, LawSpec):
        for at, spelling in enumerate(spec.spellings):
            yield ("表記", at, "評価書"), spelling.document or "", documents, "bodies.yaml"
    elif isinstance(spec, BodySpec):
        for at, assessment in enumerate(spec.assessments):
            for index, situation in enumerate(assessment.situations):
                loc: Loc = ("評価書", at, "状況", index)
                yield loc, situation, slugs[SituationSpec], "situations.yaml"


# --- spellings ---


_KINDS: dict[type[Spec], EntityKind] = {
    BodySpec: EntityKind.BODY,
    SystemSpec: EntityKind.SYSTEM,
    ContractorSpec: EntityKind.CONTRACTOR,
    RecipientSpec: EntityKind.RECIPIENT,
    DepartmentSpec: EntityKind.DEPARTMENT,
    LawSpec: EntityKind.LAW,
    FileSpec: EntityKind.FILE,
}


def alias_problems(entries: list[Entry]) -> Iterator[Problem]:
    """S012 for a spelling that means two entities in one scope: nobody could say which is meant."""
    owners: dict[tuple[EntityKind, str | None, str | None, str], Entry] = {}
    for entry in entries:
        kind = _KINDS.get(type(entry.spec))
        if kind is None:
            continue
        for alias in entry.spec.aliases():
            id_ = kind, entry.spec.scope, alias.document, spelling_key(kind, alias.text)
            first = owners.setdefault(id_, entry)
            if first is not entry:
                slugs = {"first": first.spec.slug, "second": entry.spec.slug}
                yield problem("S012", entry.at(alias.loc), alias=alias.text, **slugs)

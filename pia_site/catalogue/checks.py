"""Checks that need more than one document or the registry, as problems with their place.

Codes carry the number of their rule in the form rules. May import: build, history, records, resolve,
documents, problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pia_site.catalogue.build import Catalogue
from pia_site.catalogue.collect.reading import Reading, names_of
from pia_site.catalogue.records import Citation
from pia_site.catalogue.resolve import EntityKind, Mention
from pia_site.documents.answers import Count
from pia_site.documents.edition import Edition
from pia_site.documents.rules import check_edition
from pia_site.problems import Location, Problem, problem
from pia_site.text.cleaning import matching_key

_COUNTED = (
    ("委託の有無/件数", "委託事項", "委託の件数"),
    ("提供・移転の有無/提供を行っている", "提供先", "提供の件数"),
    ("提供・移転の有無/移転を行っている", "移転先", "移転の件数"),
)
_LISTED_ELSEWHERE = re.compile("別[紙添表]")
_OF_BODY = (EntityKind.SYSTEM, EntityKind.DEPARTMENT, EntityKind.FILE)


def check_catalogue(catalogue: Catalogue) -> list[Problem]:
    """Every finding: of each edition first, then of the catalogue as a whole."""
    editions = [edition for one in catalogue.assessments for edition in one.editions]
    problems = [
        found
        for edition in editions
        for check in (_known_to_registry, _dates_agree, _counts_agree, _agrees_with_itself)
        for found in check(catalogue, edition)
    ]
    for check_all in (_numbers_are_unique, _covers_name_their_body, _citations_in_force, _names_resolve):
        problems += check_all(catalogue)
    return problems


# --- one edition ---


def _known_to_registry(catalogue: Catalogue, edition: Edition) -> Iterator[Problem]:
    where = Location(edition.path, 1)  # the folder is wrong, so any line of the file is as good
    if edition.body not in catalogue.registry.bodies:
        yield problem("S006", where, body=edition.body)
    elif catalogue.registry.assessment(edition.document) is None:
        yield problem("S007", where, body=edition.body, number=edition.number)


def _dates_agree(catalogue: Catalogue, edition: Edition) -> Iterator[Problem]:
    """Rule 3: 公表日 is not before the last 変更日."""
    published = edition.published_on
    rows = [(row.date.date.iso, row) for row in edition.changes if row.date.date and row.date.date.iso]
    if published is None or published.iso is None or not rows:
        return
    changed, row = max(rows, key=lambda one: one[0])
    # A date may lack its day or month: it is later only where what both state is later.
    length = min(len(changed), len(published.iso))
    if changed[:length] > published.iso[:length]:
        where = Location(edition.path, row.line or None, row.address)
        yield problem("R003", where, published=published.written, changed=row.date.written)


def _agrees_with_itself(catalogue: Catalogue, edition: Edition) -> Iterator[Problem]:
    """The rules of one edition alone, which an import holds it to as well."""
    yield from check_edition(edition)


def _counts_agree(catalogue: Catalogue, edition: Edition) -> Iterator[Problem]:
    """Rule 4: counts of 委託, 提供 and 移転 equal the groups listed, unless a 別紙 lists them."""
    reading = Reading(edition, catalogue.resolver, "")
    for concept, label, name in _COUNTED:
        groups = reading.groups("files", label)
        for answer in reading.answers("files", concept):
            if not isinstance(answer.value, Count) or answer.value.number is None:
                continue
            listed = [group for group in groups if group.copy_address == answer.slot.part_address]
            titles = [title for group in listed for title in names_of(group.get(f"{label}/名称"))]
            elsewhere = any(_LISTED_ELSEWHERE.search(title) for title in titles)
            if answer.value.number != len(listed) and not elsewhere:
                yield problem(
                    "R004",
                    Location(edition.path, answer.line or None, answer.address),
                    label=name,
                    stated=answer.value.number,
                    listed=len(listed),
                )


# --- the catalogue ---


def _numbers_are_unique(catalogue: Catalogue) -> Iterator[Problem]:
    """Rule 21: 評価書番号 is unique within a body."""
    seen: dict[tuple[str, str], str] = {}
    for assessment in catalogue.assessments:
        edition = assessment.newest
        answer = edition.answer_to("評価書番号", "cover")
        if answer is None or answer.value is None or not answer.as_text().strip():
            continue
        number = answer.as_text()
        first = seen.setdefault((edition.body, matching_key(number)), assessment.document)
        if first != assessment.document:
            where = Location(edition.path, answer.line or None, answer.address)
            yield problem("R021", where, number=number, other=first)


def _covers_name_their_body(catalogue: Catalogue) -> Iterator[Problem]:
    for facts in catalogue.facts.values():
        for name in facts.names:
            mention = name.body
            if mention.slug is not None and mention.slug != mention.body:
                where = _where(catalogue, mention)
                yield problem("C004", where, written=mention.written, body=mention.body, other=mention.slug)


def _citations_in_force(catalogue: Catalogue) -> Iterator[Problem]:
    """Rule 20: citations of 番号法 whose numbers have changed, one problem for each item that has any."""
    for facts in catalogue.facts.values():
        outdated: dict[str, list[Citation]] = {}
        for citation in facts.citations:
            if citation.verdict.outdated_today:
                outdated.setdefault(citation.law.address, []).append(citation)
        for citations in outdated.values():
            first = citations[0]
            others = f" など {len(citations)} か所" if len(citations) > 1 else ""
            yield problem(
                "R020",
                _where(catalogue, first.law),
                cited=f"{first.law.written}{first.place}",
                others=others,
                epoch=first.verdict.epoch or "改正の前と後",
                explanation=first.verdict.explanation,
            )


def _names_resolve(catalogue: Catalogue) -> Iterator[Problem]:
    """C001 for each distinct name that nothing resolves, where it first stands."""
    seen: set[tuple[EntityKind, str, str]] = set()
    for mention in catalogue.unresolved:
        scope = mention.body if mention.kind in _OF_BODY else ""
        id_ = mention.kind, scope, matching_key(mention.written)
        if id_ not in seen:
            seen.add(id_)
            yield problem(
                "C001",
                _where(catalogue, mention),
                written=mention.written,
                kind=mention.kind.label,
                file=mention.kind.registry_file,
            )


def _where(catalogue: Catalogue, mention: Mention) -> Location:
    edition = catalogue.newest(mention.document)
    if edition is None:
        return Location(address=mention.address)
    answer = edition.answers.get(mention.address)
    return Location(edition.path, answer.line or None if answer else None, mention.address)

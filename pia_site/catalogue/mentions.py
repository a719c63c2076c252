"""Where the documents of a body speak of its systems: in answers, summaries and change rows.

May import: entities, finder, documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pia_site.catalogue.entities import Registry, System
from pia_site.catalogue.finder import NameFinder
from pia_site.documents.answers import Checks, Choice
from pia_site.documents.edition import Annex, ChangeText, DeclaredChange, Edition


class MentionedIn(StrEnum):
    ANSWER = "本文"
    SUMMARY = "要約"
    CHANGE = "変更箇所"
    ANNEX = "別紙"


@dataclass(frozen=True, slots=True)
class MentionPlace:
    """One place that names a system. `group_address` is that of the 委託事項, リスク … it lies in."""

    document: str
    edition: str
    address: str
    where: MentionedIn
    group_address: str | None = None
    part_role: str | None = None
    """Role of the part ("risks", "files" …); None for annexes."""


class SystemMentions:
    """Reads the editions of one body once and knows every place of every system."""

    def __init__(self, registry: Registry, body: str, editions: Iterable[Edition]) -> None:
        finder = _finder(registry, body)
        places: dict[str, list[MentionPlace]] = {}
        for edition in editions:
            if edition.body != body:
                continue
            for place, text in _texts(edition):
                for slug in finder.find(text):
                    places.setdefault(slug, []).append(place)
        self._places = {slug: tuple(dict.fromkeys(found)) for slug, found in places.items()}

    def of(self, slug: str) -> tuple[MentionPlace, ...]:
        """Every place that names the system, edition by edition in form order."""
        return self._places.get(slug, ())


def mentions_of(system: System, registry: Registry, editions: Iterable[Edition]) -> tuple[MentionPlace, ...]:
    """The places of one system; for all systems of a body `SystemMentions` reads the text only once."""
    return SystemMentions(registry, system.body, editions).of(system.slug)


def _finder(registry: Registry, body: str) -> NameFinder[str]:
    systems = [system for system in registry.systems.values() if system.body == body]
    # 「滞納管理システムファイル」 is a file, 「医療保険者等向け中間サーバー等」 another kind of system.
    files = [file for file in registry.files.values() if file.body == body]
    return NameFinder(
        [(text, system.slug) for system in systems for text in system.spellings],
        masks=[
            *(text for file in files for text in (file.name, *file.spellings)),
            *(kind.name for kind in registry.kinds.values()),
        ],
    )


def _texts(edition: Edition) -> Iterator[tuple[MentionPlace, str]]:
    for answer in edition.answers.values():
        slot = answer.slot
        # The options of a choice are the form's words, not the body's.
        chosen = isinstance(answer.value, Choice | Checks)
        for where, text in (
            (MentionedIn.ANSWER, "" if chosen else answer.as_text()),
            (MentionedIn.SUMMARY, answer.summary),
        ):
            if text:
                place = _place(edition, answer.address, where, slot.group_address, slot.part.role)
                yield place, text
    for change in edition.changes:
        place = _place(edition, change.address, MentionedIn.CHANGE, None, "changes")
        yield from ((place, text) for text in _change_texts(change))
    for annex in edition.annexes:
        place = _place(edition, annex.address, MentionedIn.ANNEX, None, None)
        yield from ((place, text) for text in _annex_texts(annex))


def _place(
    edition: Edition, address: str, where: MentionedIn, group_address: str | None, role: str | None
) -> MentionPlace:
    return MentionPlace(edition.document, edition.published, address, where, group_address, role)


def _change_texts(change: DeclaredChange) -> Iterator[str]:
    yield change.item
    for side in (change.before, change.after):
        yield from _side_texts(side)


def _side_texts(side: ChangeText) -> Iterator[str]:
    yield from (text for text in (side.text, side.summary) if text)


def _annex_texts(annex: Annex) -> Iterator[str]:
    yield from (annex.title, annex.summary or "", *annex.entries)

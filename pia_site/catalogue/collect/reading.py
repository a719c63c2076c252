"""One edition being read into records: its answers by role and concept, its names resolved.

May import: entities, resolve, documents, forms, text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pia_site.catalogue.resolve import EntityKind, Mention, Resolver
from pia_site.documents.answers import UNKNOWN, Answer, Checks, Choice, Names, State, Text
from pia_site.documents.edition import Edition
from pia_site.text.names import split_names


@dataclass(frozen=True)
class Group:
    """The answers of one member of a repeating group, or of one system of a form without groups."""

    address: str
    label: str
    copy_address: str
    answers: tuple[Answer, ...]

    def get(self, concept: str) -> Answer | None:
        """The answer whose concept ends with these whole steps."""
        return next((answer for answer in self.answers if ends_with(answer, concept)), None)

    def address_of(self, concept: str) -> str | None:
        answer = self.get(concept)
        return answer.address if answer else None

    @property
    def filled(self) -> bool:
        """Whether anything stands in it; the forms print empty groups too, their boxes unticked."""
        return any(not _blank(answer) for answer in self.answers)


def _blank(answer: Answer) -> bool:
    if isinstance(answer.value, Checks):
        return not answer.value.ticked
    return answer.state is State.BLANK


@dataclass(frozen=True)
class Reading:
    """An edition with what resolves its names. `today` is the ISO date that epochs are judged by."""

    edition: Edition
    resolver: Resolver
    today: str

    @property
    def document(self) -> str:
        return self.edition.document

    @property
    def published(self) -> str:
        return self.edition.published

    @cached_property
    def _by_role(self) -> dict[str, list[Answer]]:
        """By the head of the concept: 様式2 prints the items of "disclosure" in its part Ⅰ."""
        roles: dict[str, list[Answer]] = {}
        for answer in self.edition.answers.values():
            roles.setdefault(answer.item.concept.partition("/")[0], []).append(answer)
        return roles

    def answers(self, role: str, *concepts: str) -> Iterator[Answer]:
        """Answers of a part role whose concept ends with one of these (all of them without any)."""
        for answer in self._by_role.get(role, ()):
            if not concepts or any(ends_with(answer, concept) for concept in concepts):
                yield answer

    def groups(self, role: str, label: str) -> list[Group]:
        """The filled members of a repeating group, in order: 「委託事項」 → 委託事項1, 委託事項2 …"""
        members: dict[str, list[Answer]] = {}
        for answer in self.answers(role):
            group = answer.slot.group
            if group is not None and group.rstrip("0123456789") == label and answer.slot.group_address:
                members.setdefault(answer.slot.group_address, []).append(answer)
        groups = [
            Group(address, label, answers[0].slot.part_address, tuple(answers))
            for address, answers in members.items()
        ]
        return [group for group in groups if group.filled]

    # --- names ---

    def mention(self, kind: EntityKind, written: str, address: str) -> Mention:
        return self.resolver.mention(kind, written, self.edition, address)

    def one(self, kind: EntityKind, answer: Answer | None, address: str) -> Mention:
        """An answer that is one name. Without an answer the mention is of "", at `address`."""
        written = "、".join(names_of(answer))
        return self.mention(kind, written, answer.address if answer else address)

    def several(self, kind: EntityKind, answer: Answer | None) -> tuple[Mention, ...]:
        """An answer that may hold several names, each on its own where the whole is no known name."""
        if answer is None:
            return ()
        return tuple(
            self.mention(kind, part, answer.address)
            for name in names_of(answer)
            for part in self.parts(kind, name)
        )

    def parts(self, kind: EntityKind, written: str) -> list[str]:
        if self.resolver.knows(kind, written, self.document):
            return [written]
        return split_names(written) or [written]


def ends_with(answer: Answer, concept: str) -> bool:
    own = answer.item.concept
    return own == concept or own.endswith(f"/{concept}")


def names_of(answer: Answer | None) -> tuple[str, ...]:
    """The names an answer holds, without 不明 and what says that there is none."""
    if answer is None:
        return ()
    match answer.value:
        case Names(names):
            found: Iterable[str] = names
        case Text(text):
            found = (text,)
        case _:
            found = ()
    return tuple(name for name in found if name.strip() and name != UNKNOWN)


def text_of(answer: Answer | None) -> str:
    """The official wording of a narrative; "" where it is withheld."""
    return answer.value.text if answer and isinstance(answer.value, Text) else ""


def option_of(answer: Answer | None) -> str | None:
    return answer.value.option if answer and isinstance(answer.value, Choice) else None


def ticked_in(answer: Answer | None) -> tuple[str, ...]:
    return answer.value.ticked if answer and isinstance(answer.value, Checks) else ()


def unknown_in(answer: Answer | None) -> tuple[str, ...]:
    return answer.value.unknown if answer and isinstance(answer.value, Checks) else ()

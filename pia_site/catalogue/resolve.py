"""From a name as written to the entity it means: exact spellings within their scope, nothing guessed.

Two spellings are one when their matching keys are equal; what is compared is never a similarity. A name
is looked up in the assessment that introduces it, then in its body, then in the whole registry. A name
followed by a remark in brackets, by ※ or by 、 is looked up by its leading part too, the longest first:
中間サーバー（以下…） is 中間サーバー, 中間サーバー等 is not. May import: entities, finder, documents,
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from pia_site.catalogue.entities import Registry, Scoped
from pia_site.catalogue.finder import NameFinder
from pia_site.documents.edition import Edition
from pia_site.text.cleaning import matching_key
from pia_site.text.names import split_branch


class EntityKind(StrEnum):
    BODY = "body"
    SYSTEM = "system"
    CONTRACTOR = "contractor"
    RECIPIENT = "recipient"
    DEPARTMENT = "department"
    LAW = "law"
    FILE = "file"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def registry_file(self) -> str:
        """Where a spelling is added so that the next build knows it."""
        return _LABELS[self][1]


_LABELS = {
    EntityKind.BODY: ("評価実施機関", "bodies.yaml"),
    EntityKind.SYSTEM: ("システム", "systems.yaml"),
    EntityKind.CONTRACTOR: ("委託先", "contractors.yaml"),
    EntityKind.RECIPIENT: ("提供先・移転先", "recipients.yaml"),
    EntityKind.DEPARTMENT: ("部署", "departments.yaml"),
    EntityKind.LAW: ("法令", "laws.yaml"),
    EntityKind.FILE: ("特定個人情報ファイル", "files.yaml"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as written in one place of one edition, and the entity it resolves to, if any.

    `slug` is that of the registry; for systems, departments and files it holds within the body of
    `document`. `branch` is the branch of a contractor as written.
    """

    kind: EntityKind
    written: str
    document: str
    edition: str
    address: str
    slug: str | None = None
    branch: str | None = None

    @property
    def body(self) -> str:
        return self.document.partition("/")[0]

    @property
    def scoped(self) -> Scoped | None:
        """The id of a system, department or file."""
        return (self.body, self.slug) if self.slug is not None else None

    @property
    def resolved(self) -> bool:
        return self.slug is not None


@dataclass(frozen=True, slots=True)
class Resolved:
    slug: str
    branch: str | None = None


# A printed list number before a file's name: (1), （２）, ①, 3.
_LIST_NUMBER = re.compile(r"\s*(?:[-・]\s*)?(?:[(（]\s*\d{1,3}\s*[)）]|[①-⑳]|\d{1,3}[.．](?!\d))\s*")
_REMARK = re.compile(r"[（(※＊*、\n]")
_REMARK_OR_ADDRESS = re.compile(r"[（(※＊*、\s〒【]")


def without_list_number(written: str) -> str:
    """A name without the number that the printed list gives it."""
    return _LIST_NUMBER.sub("", written, count=1) if _LIST_NUMBER.match(written) else written


# ㈱ and 株式会社 are one word. Where it stands is part of the name: 見本株式会社 and 株式会社見本 are two.
_LEGAL_FORMS = {
    "(株)": "株式会社",
    "(有)": "有限会社",
    "(同)": "合同会社",
    "(財)": "財団法人",
    "(社)": "社団法人",
    "(一財)": "一般財団法人",
    "(一社)": "一般社団法人",
    "(公財)": "公益財団法人",
    "(公社)": "公益社団法人",
    "(福)": "社会福祉法人",
    "(学)": "学校法人",
    "(独)": "独立行政法人",
}
_LEGAL_FORM = re.compile("|".join(map(re.escape, _LEGAL_FORMS)))


def spelling_key(kind: EntityKind, written: str) -> str:
    """What two spellings of one kind of entity are compared by."""
    if kind in (EntityKind.CONTRACTOR, EntityKind.RECIPIENT):
        return _LEGAL_FORM.sub(lambda form: _LEGAL_FORMS[form[0]], matching_key(written))
    if kind is EntityKind.FILE:
        return matching_key(without_list_number(written))
    return matching_key(written)


_Scope: TypeAlias = tuple[EntityKind, str | None, str | None]
"""(kind, body, document): whose documents a spelling holds in; None for all."""


class Resolver:
    """Looks names up in one registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._law_spellings: dict[str, tuple[str, ...]] = {}
        self._contractors = NameFinder(
            (one.written, contractor.slug)
            for contractor in registry.contractors.values()
            for one in contractor.spellings
        )
        self._known: dict[tuple[_Scope, str], Resolved | None] = {}
        for scope, written, resolved in _spellings(registry):
            id_ = scope, spelling_key(scope[0], written)
            known = self._known.setdefault(id_, resolved)
            if known is not None and known.slug != resolved.slug:
                self._known[id_] = None  # two entities: which one is meant cannot be told

    def resolve(self, kind: EntityKind, written: str, document: str) -> Resolved | None:
        """The entity a name in a document means; None where the registry does not say."""
        if not written.strip():
            return None
        for part in (written, *_leading_parts(kind, written)):
            if found := self._exact(kind, part, document):
                return found
            if kind is EntityKind.CONTRACTOR:
                company, branch = split_branch(part)
                if branch and (found := self._exact(kind, company, document)):
                    return Resolved(found.slug, branch)
        return None

    def mention(self, kind: EntityKind, written: str, edition: Edition, address: str) -> Mention:
        """The name as it stands in an edition, beside what it resolves to."""
        found = self.resolve(kind, written, edition.document)
        return Mention(
            kind=kind,
            written=written,
            document=edition.document,
            edition=edition.published,
            address=address,
            slug=found.slug if found else None,
            branch=found.branch if found else None,
        )

    def knows(self, kind: EntityKind, written: str, document: str) -> bool:
        """Whether the whole name is a known spelling."""
        return self._exact(kind, written, document) is not None

    def contact_department(self, written: str, document: str) -> tuple[str, Resolved] | None:
        """The department that a line of a contact begins with, as written and as known.

        Its address follows after a blank or 〒.
        """
        for cut in (len(written), *_cuts(_REMARK_OR_ADDRESS, written)):
            if found := self._exact(EntityKind.DEPARTMENT, written[:cut], document):
                return written[:cut].strip(), found
        return None

    def contractors_named_in(self, wording: str) -> dict[str, str]:
        """Companies the registry knows that a wording names: slug → spelling, folded."""
        return self._contractors.find(wording)

    def law_spellings(self, document: str) -> tuple[str, ...]:
        """Every spelling of a law that holds in a document."""
        if document not in self._law_spellings:
            body = document.partition("/")[0]
            self._law_spellings[document] = tuple(
                spelling.written
                for law in self._registry.laws.values()
                if law.body in (None, body)
                for spelling in law.spellings
                if spelling.document in (None, document)
            )
        return self._law_spellings[document]

    def may_name_a_law(self, wording: str, document: str) -> bool:
        """Whether any spelling of a law stands in a wording, quickly: most wording names none."""
        return _any_of(self.law_spellings(document)).search(matching_key(wording)) is not None

    def law_names(self, slug: str | None) -> tuple[str, ...]:
        """The names of a law as such: its full and its short name."""
        law = self._registry.laws.get(slug) if slug else None
        return tuple(name for name in (law.name, law.short_name) if name) if law else ()

    def _exact(self, kind: EntityKind, written: str, document: str) -> Resolved | None:
        key = spelling_key(kind, written)
        if not key:
            return None
        body = document.partition("/")[0]
        for scope in ((body, document), (body, None), (None, document), (None, None)):
            id_ = (kind, *scope), key
            if id_ in self._known:
                return self._known[id_]
        return None


@lru_cache(maxsize=1024)
def _any_of(spellings: tuple[str, ...]) -> re.Pattern[str]:
    """Documents that know the same laws share a pattern."""
    keys = sorted({matching_key(spelling) for spelling in spellings} - {""})
    return re.compile("|".join(map(re.escape, keys)) or r"(?!)")


def _leading_parts(kind: EntityKind, written: str) -> Iterator[str]:
    """The name without a remark behind it, longest first; a file's remark may tell two files apart."""
    if kind is not EntityKind.FILE:
        yield from (written[:cut] for cut in _cuts(_REMARK, written))


def _cuts(separator: re.Pattern[str], written: str) -> list[int]:
    return [match.start() for match in separator.finditer(written)][::-1]


def _spellings(registry: Registry) -> Iterator[tuple[_Scope, str, Resolved]]:
    for body in registry.bodies.values():
        yield from (((EntityKind.BODY, None, None), text, Resolved(body.slug)) for text in body.spellings)
    for system in registry.systems.values():
        scope: _Scope = (EntityKind.SYSTEM, system.body, None)
        yield from ((scope, text, Resolved(system.slug)) for text in system.spellings)
    for contractor in registry.contractors.values():
        scope = (EntityKind.CONTRACTOR, None, None)
        for one in contractor.spellings:
            yield scope, one.written, Resolved(contractor.slug, one.branch)
    for recipient in registry.recipients.values():
        scope = (EntityKind.RECIPIENT, recipient.body, None)
        yield from ((scope, text, Resolved(recipient.slug)) for text in recipient.spellings)
    for department in registry.departments.values():
        scope = (EntityKind.DEPARTMENT, department.body, None)
        yield from ((scope, text, Resolved(department.slug)) for text in department.spellings)
    for law in registry.laws.values():
        for spelling in law.spellings:
            yield (EntityKind.LAW, law.body, spelling.document), spelling.written, Resolved(law.slug)
    for file in registry.files.values():
        # The assessment's own files come first; another 事務 of the body may name them too.
        for text in file.spellings:
            yield (EntityKind.FILE, file.body, file.document), text, Resolved(file.slug)
            yield (EntityKind.FILE, file.body, None), text, Resolved(file.slug)

"""部署 in their roles: responsible, owning a file, using it, source of it, where to ask.

May import: reading, records, resolve, documents, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pia_site.catalogue.collect.reading import Reading, names_of
from pia_site.catalogue.records import DepartmentRole, DepartmentUse
from pia_site.catalogue.resolve import EntityKind, Mention
from pia_site.documents.answers import Answer
from pia_site.text.names import under_headings

_ITEMS = (
    ("basics", "部署", DepartmentRole.RESPONSIBLE),
    ("files", "事務担当部署", DepartmentRole.FILE_OWNER),
    ("files", "使用部署", DepartmentRole.USER),
    ("files", "入手元/評価実施機関内の他部署", DepartmentRole.SOURCE),
)
_CONTACTS = (
    ("disclosure", "請求先", DepartmentRole.DISCLOSURE),
    ("disclosure", "連絡先", DepartmentRole.INQUIRY),
)
_TWO = re.compile(r"(?P<first>[^（(]+)[（(](?P<second>[^（()）]+)[)）]\s*\Z")
_LABELLED = re.compile(r".*?[:：]", re.DOTALL)


def collect_departments(reading: Reading) -> Iterator[DepartmentUse]:
    for role, concept, use in _ITEMS:
        for answer in reading.answers(role, concept):
            for mention in _departments(reading, answer):
                yield DepartmentUse(reading.document, reading.published, answer.address, use, mention)
    for role, concept, use in _CONTACTS:
        for answer in reading.answers(role, concept):
            for mention in _contacts(reading, answer):
                yield DepartmentUse(reading.document, reading.published, answer.address, use, mention)


def _departments(reading: Reading, answer: Answer) -> Iterator[Mention]:
    kind, document = EntityKind.DEPARTMENT, reading.document
    heading = ""
    for name in names_of(answer):
        for part in reading.parts(kind, name):
            if under := under_headings([part]):
                heading = under[0][0] or heading
            bare = under[0][1] if under else part
            # 【見本部】見本課、別課: the heading holds for 別課 too, which may be 見本部別課.
            spellings = dict.fromkeys((part, f"{heading}{bare}", bare))
            known = [one for one in spellings if reading.resolver.knows(kind, one, document)]
            halves = _halves(part)
            if not known and halves and all(reading.resolver.knows(kind, half, document) for half in halves):
                yield from (reading.mention(kind, half, answer.address) for half in halves)
            else:
                resolved = reading.mention(kind, known[0] if known else part, answer.address)
                yield replace(resolved, written=part)


def _halves(part: str) -> tuple[str, ...]:
    """「税務部収納課(市民部国保税収納課)」 is two departments where the registry knows both."""
    two = _TWO.match(part)
    return (two["first"], two["second"]) if two else ()


def _contacts(reading: Reading, answer: Answer) -> Iterator[Mention]:
    """A contact is mostly an address: only what the registry knows is a department."""
    seen: set[str] = set()
    for line in "\n".join(names_of(answer)).split("\n"):
        for start in (line, _LABELLED.sub("", line, count=1)):
            found = reading.resolver.contact_department(start.strip(), reading.document)
            if found and found[1].slug not in seen:
                seen.add(found[1].slug)
                yield Mention(
                    kind=EntityKind.DEPARTMENT,
                    written=found[0],
                    document=reading.document,
                    edition=reading.published,
                    address=answer.address,
                    slug=found[1].slug,
                )

"""委託事項: who is entrusted with a file and whether the work goes further.

May import: reading, mentions, records, resolve, documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pia_site.catalogue.collect.reading import Group, Reading, names_of, option_of, text_of
from pia_site.catalogue.records import Entrustment
from pia_site.catalogue.resolve import EntityKind, Mention
from pia_site.documents.answers import Answer

_CONTRACTOR = "委託先名"
_PERMISSION, _MATTER = "再委託の許諾方法", "再委託事項"
_NOT_REENTRUSTED = "再委託しない"
_REMARK = re.compile(r"[（(].*\Z", re.DOTALL)


def collect_entrustments(reading: Reading) -> Iterator[Entrustment]:
    for group in reading.groups("files", "委託事項"):
        contractors = reading.several(EntityKind.CONTRACTOR, group.get(_CONTRACTOR))
        reentrusted = option_of(group.get("再委託の有無"))
        yield Entrustment(
            document=reading.document,
            edition=reading.published,
            address=group.address,
            file_address=group.copy_address,
            title="、".join(names_of(group.get("委託事項/名称"))),
            contractors=contractors,
            subcontractors=(
                () if reentrusted == _NOT_REENTRUSTED else tuple(_further(reading, group, contractors))
            ),
            handler_count=option_of(group.get("委託先における取扱者数")),
            reentrusted=reentrusted,
            permission_address=group.address_of(_PERMISSION),
            matter_address=group.address_of(_MATTER),
        )


def _further(reading: Reading, group: Group, contractors: tuple[Mention, ...]) -> Iterator[Mention]:
    """Known companies in the wording about 再委託, the contractors themselves left out."""
    seen = {mention.slug for mention in contractors}
    for answer, wording in _wordings(group):
        for slug, written in reading.resolver.contractors_named_in(wording).items():
            if slug not in seen:
                seen.add(slug)
                yield Mention(
                    kind=EntityKind.CONTRACTOR,
                    written=written,
                    document=reading.document,
                    edition=reading.published,
                    address=answer.address,
                    slug=slug,
                )


def _wordings(group: Group) -> Iterator[tuple[Answer, str]]:
    """The answers about 再委託, and a remark on it behind a contractor's name (「…は、…に再委託する」)."""
    contractor = group.get(_CONTRACTOR)
    for name in names_of(contractor):
        remark = _REMARK.search(name)
        if contractor and remark and "再委託" in remark[0]:
            yield contractor, remark[0]
    for concept in (_PERMISSION, _MATTER):
        answer = group.get(concept)
        if answer and (wording := text_of(answer)):
            yield answer, wording

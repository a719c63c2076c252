"""提供先 and 移転先, in Ⅱ5 and in a 別紙 that lists them.

May import: reading, records, resolve, documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from pia_site.catalogue.collect.reading import Reading, ticked_in, unknown_in
from pia_site.catalogue.records import Handover, HandoverKind
from pia_site.catalogue.resolve import EntityKind, without_list_number
from pia_site.documents.edition import Annex

_GROUPS = (
    ("提供先", "提供方法", HandoverKind.PROVISION),
    ("移転先", "移転方法", HandoverKind.TRANSFER),
)


def collect_handovers(reading: Reading) -> Iterator[Handover]:
    for label, means, kind in _GROUPS:
        for group in reading.groups("files", label):
            checks = group.get(means)
            yield Handover(
                document=reading.document,
                edition=reading.published,
                address=group.address,
                kind=kind,
                recipient=reading.one(EntityKind.RECIPIENT, group.get(f"{label}/名称"), group.address),
                file_address=group.copy_address,
                means=ticked_in(checks),
                means_unknown=unknown_in(checks),
            )
    for annex in reading.edition.annexes:
        yield from _listed(reading, annex)


def _listed(reading: Reading, annex: Annex) -> Iterator[Handover]:
    """Recipients the registry knows among the entries of a 別紙 that says what it lists.

    Entries hold more than names (numbers, laws), so that what is unknown among them is no finding.
    """
    title = f"{annex.name}{annex.title}"
    kinds = [kind for label, _, kind in _GROUPS if label in title]
    if len(kinds) != 1:
        return
    seen: set[str] = set()
    for entry in annex.entries:
        mention = reading.mention(EntityKind.RECIPIENT, without_list_number(entry), annex.address)
        if mention.slug is not None and mention.slug not in seen:
            seen.add(mention.slug)
            yield Handover(
                document=reading.document,
                edition=reading.published,
                address=annex.address,
                kind=kinds[0],
                recipient=mention,
                from_annex=True,
            )

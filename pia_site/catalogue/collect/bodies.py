"""評価実施機関名 on the cover. May import: reading, records, resolve."""

from __future__ import annotations

from collections.abc import Iterator

from pia_site.catalogue.collect.reading import Reading, names_of
from pia_site.catalogue.records import BodyName
from pia_site.catalogue.resolve import EntityKind


def collect_body_names(reading: Reading) -> Iterator[BodyName]:
    for answer in reading.answers("cover", "評価実施機関名"):
        for written in names_of(answer):
            mention = reading.mention(EntityKind.BODY, written, answer.address)
            yield BodyName(reading.document, reading.published, answer.address, mention)

"""システム of Ⅰ2 and the systems they name as connected. May import: reading, records, resolve, documents."""

from __future__ import annotations

from collections.abc import Iterator

from pia_site.catalogue.collect.reading import Group, Reading, ticked_in, unknown_in
from pia_site.catalogue.records import Connection, SystemUse
from pia_site.catalogue.resolve import EntityKind, Mention

_NAME, _FUNCTION = "システムの名称", "システムの機能"
_CONNECTIONS = "他のシステムとの接続"
_OTHER_SYSTEMS = f"{_CONNECTIONS}/その他"


def collect_systems(reading: Reading) -> Iterator[SystemUse]:
    for group in _groups(reading):
        connections = group.get(_CONNECTIONS)
        for system in _named(reading, group):
            yield SystemUse(
                document=reading.document,
                edition=reading.published,
                address=group.address,
                system=system,
                connections=ticked_in(connections),
                connections_unknown=unknown_in(connections),
                function_address=group.address_of(_FUNCTION),
            )


def collect_connections(reading: Reading) -> Iterator[Connection]:
    for group in _groups(reading):
        others = group.get(_OTHER_SYSTEMS)
        for system in _named(reading, group):
            for other in reading.several(EntityKind.SYSTEM, others):
                yield Connection(reading.document, reading.published, other.address, system, other)


def _groups(reading: Reading) -> list[Group]:
    """システム1 …; 様式2 has one item for all names and no group."""
    groups = reading.groups("basics", "システム")
    if groups:
        return groups
    loose = [answer for answer in reading.answers("basics", _NAME) if answer.slot.group is None]
    return [Group(answer.address, "", answer.slot.part_address, (answer,)) for answer in loose]


def _named(reading: Reading, group: Group) -> tuple[Mention, ...]:
    """The name of a group is one system; an item that stands for a list of systems may hold several."""
    answer = group.get(_NAME)
    if not group.label:
        return reading.several(EntityKind.SYSTEM, answer)
    return (reading.one(EntityKind.SYSTEM, answer, group.address),)

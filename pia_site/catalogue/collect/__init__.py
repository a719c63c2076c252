"""From an edition to records: one module per noun.

Answers are found by the concept, part role and group label of the form definition, never by an item
number or an address, so that every form and revision is read by the same code.
May import: records, resolve, mentions, epochs, documents, forms, text.
"""

from __future__ import annotations

from pia_site.catalogue.collect.bodies import collect_body_names
from pia_site.catalogue.collect.citations import collect_citations
from pia_site.catalogue.collect.departments import collect_departments
from pia_site.catalogue.collect.entrustments import collect_entrustments
from pia_site.catalogue.collect.files import collect_files
from pia_site.catalogue.collect.handovers import collect_handovers
from pia_site.catalogue.collect.reading import Reading
from pia_site.catalogue.collect.systems import collect_connections, collect_systems
from pia_site.catalogue.records import Facts

__all__ = ["Reading", "collect_facts"]


def collect_facts(reading: Reading) -> Facts:
    """Every record of one edition."""
    return Facts(
        systems=tuple(collect_systems(reading)),
        connections=tuple(collect_connections(reading)),
        files=tuple(collect_files(reading)),
        entrustments=tuple(collect_entrustments(reading)),
        handovers=tuple(collect_handovers(reading)),
        citations=tuple(collect_citations(reading)),
        departments=tuple(collect_departments(reading)),
        names=tuple(collect_body_names(reading)),
    )

"""What a reader made of a source: the hand-over from the readers to the assembly of an edition.

May import: gathered, changes, records, documents, forms.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pia_site.documents.edition import Annex
from pia_site.forms import Form, Group
from pia_site.sources.filling.changes import Row
from pia_site.sources.filling.gathered import Gathered, Ledger
from pia_site.sources.filling.records import RecordList


@dataclass(slots=True)
class Filled:
    """Everything gathered, by address, and the shape of the document as it was printed."""

    form: Form
    gathered: dict[str, Gathered]
    copies: dict[str, int]
    members: dict[str, int]
    records: dict[int, RecordList]
    changes: list[Row]
    ledger: Ledger
    headings: int = 0
    """Headings and labels of the form that were recognised."""
    parts: set[str] = field(default_factory=set)
    """Steps of the parts whose heading was met."""
    inferred: dict[str, Group] = field(default_factory=dict)
    """Members whose heading was lost, by address."""
    damaged: dict[str, str] = field(default_factory=dict)
    """Headings of sections and risks as they are printed, where that is not the form's wording, by address."""
    annexes: tuple[Annex, ...] = ()
    """The body's own annexes, with their entries."""

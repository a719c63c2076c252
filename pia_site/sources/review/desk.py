"""A reading beside the edition in `content/`: the vocabulary of the review page and what is looked up of both.

May import: review_rows, review_result, reading, assemble, imprint, documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pia_site.documents.answers import Choice, State
from pia_site.documents.edition import Edition
from pia_site.sources.filling.assemble import Origin
from pia_site.sources.imprint import imprint
from pia_site.sources.reading import Reading
from pia_site.sources.review.result import AnswerView, Heading, Place, answer_view, places, words_of
from pia_site.sources.review.rows import NEAR, Marks, RowView, SourceRows


class Urgency(StrEnum):
    """Kinds of matters, in the order in which they are shown."""

    BOTH = "both"
    PROPOSED = "proposed"
    STALE = "stale"
    LOST = "lost"
    UNDECIDED = "undecided"
    PROBLEM = "problem"
    INFERRED = "inferred"
    DAMAGED = "damaged"
    LEFTOVER = "leftover"


@dataclass(frozen=True, slots=True)
class Versions:
    """What the YAML and the source say, each as the words before, in and after the stretch that differs.

    `address` and `line` say where it stands in the YAML (line 0: nowhere yet).
    """

    address: str
    line: int
    yours: tuple[str, str, str]
    theirs: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Remnant:
    """Text that found no place: where it stands, its words, why ("" where that is not known)."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Rows of the source beside what was made of them."""

    rows: tuple[RowView, ...]
    answers: tuple[AnswerView, ...] = ()
    gap_at: int | None = None
    """How many of the rows stand before the place where something is missing."""
    keys: tuple[str, ...] = ()
    """The keys of the YAML that all of several lost items lie below."""
    versions: Versions | None = None
    remnants: tuple[Remnant, ...] = ()
    beside: tuple[tuple[str, AnswerView], ...] = ()
    """The items whose rows stand before and after what is left over."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to look at and to tick.

    `key` tells it from the others of its source, also on the page of a later reading of the same source;
    `addresses` are the places that it is about.
    """

    key: str
    urgency: Urgency
    crumbs: tuple[str, ...]
    title: str
    spots: tuple[Spot, ...]
    notes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Desk:
    """Looks up places of the form, their answers in the edition and their rows in the source."""

    def __init__(self, read: Reading, edition: Edition) -> None:
        self.read = read
        self.edition = edition
        self.rows = SourceRows(read.extract)
        self.nodes = tuple(places(edition))
        self.places = tuple(node for node in self.nodes if isinstance(node, Place))
        self.place_of = {slot.address: place for place in self.places for slot in place.slots}
        self.headings = {node.address: node for node in self.nodes if isinstance(node, Heading)}
        self.owners: dict[int, Place] = {}
        """The place that a row was read for; of several the first."""
        for place in self.places:
            for at in self.indexes(place):
                self.owners.setdefault(at, place)

    def answers(self, place: Place) -> tuple[AnswerView, ...]:
        """The item's answer and those of its parentheses."""
        found = (self.edition.answers.get(slot.address) for slot in place.slots)
        return tuple(answer_view(answer, place) for answer in found if answer is not None)

    def origin(self, place: Place) -> Origin | None:
        origins = (self.read.origins.get(slot.address) for slot in place.slots)
        return next((one for one in origins if one is not None), None)

    def indexes(self, place: Place) -> list[int]:
        """The rows that a place was read from."""
        origin = self.origin(place)
        return self.rows.indexes(origin.lines) if origin is not None else []

    def rows_of(self, *together: Place) -> tuple[RowView, ...]:
        """The rows that places of the same rows were read from, with their words marked."""
        origins = [origin for origin in map(self.origin, together) if origin is not None]
        if not origins:
            return ()
        indexes = self.rows.indexes(origins[0].lines)
        text = " ".join(map(self.rows.words_at, indexes))
        marks = Marks(word for place in together for word in self._words(place, text))
        # The cell that is known is that of the first row.
        cells = [tuple(origin.cell for origin in origins), *[(None,)] * (len(indexes) - 1)]
        return tuple(
            self.rows.row(at, cells=own, marks=marks) for at, own in zip(indexes, cells, strict=True)
        )

    def _words(self, place: Place, text: str) -> Iterator[str]:
        """The words to look for; a choice stands in brackets beside the list that it was taken from."""
        for slot in place.slots:
            # An abstract edition withholds the words that the source still shows.
            answer = self.read.edition.answers.get(slot.address) or self.edition.answers.get(slot.address)
            words = words_of(answer) if answer is not None else ()
            if answer is not None and isinstance(answer.value, Choice):
                inside = "|".join(map(re.escape, words))
                bracketed = re.search(rf"[\[［]\s*(?:{inside})\s*[\]］]", text) if words else None
                words = (bracketed[0],) if bracketed is not None else words
            yield from words

    def near(self, indexes: Iterable[int]) -> tuple[RowView, ...]:
        """Rows that only help to find the place."""
        return tuple(self.rows.row(at, NEAR) for at in indexes)

    def is_as_read(self, address: str) -> bool:
        """Whether the edition still says what was read there: what the officer changed is settled."""
        mine, theirs = self.edition.answers.get(address), self.read.edition.answers.get(address)
        if mine is None or theirs is None:
            return False
        return mine.state is State.WITHHELD or imprint(mine) == imprint(theirs)

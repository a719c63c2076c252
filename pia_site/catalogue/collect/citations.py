"""Law citations: those of the law items, and in full editions those that stand in other wording.

May import: reading, epochs, records, resolve, documents, text.
"""

from __future__ import annotations

from collections.abc import Iterator

from pia_site.catalogue.collect.reading import Reading, text_of
from pia_site.catalogue.epochs import verdict
from pia_site.catalogue.records import Citation
from pia_site.catalogue.resolve import EntityKind
from pia_site.documents.answers import Answer, Law
from pia_site.documents.edition import UNDATED
from pia_site.text.citations import find_citations


def collect_citations(reading: Reading) -> Iterator[Citation]:
    for answer in reading.edition.answers.values():
        if isinstance(answer.value, Law):
            yield from (
                _citation(reading, answer, law, place)
                for law, place in _cited(reading, answer.value)
                if law.strip()
            )
        elif wording := text_of(answer):
            yield from _in_narrative(reading, answer, wording)


def _cited(reading: Reading, law: Law) -> Iterator[tuple[str, str]]:
    """The citations an editor listed; without any, those that can be read from the wording."""
    if law.citations:
        yield from ((one.law, one.place) for one in law.citations)
    elif law.text:
        yield from _found(reading, law.text)


def _in_narrative(reading: Reading, answer: Answer, wording: str) -> Iterator[Citation]:
    """In a narrative only laws that the registry knows count: 「同規程」 there is no finding."""
    if not reading.resolver.may_name_a_law(wording, reading.document):
        return
    for law, place in dict.fromkeys(_found(reading, wording)):
        citation = _citation(reading, answer, law, place, from_narrative=True)
        if citation.law.resolved:
            yield citation


def _found(reading: Reading, wording: str) -> Iterator[tuple[str, str]]:
    known = reading.resolver.law_spellings(reading.document)
    yield from ((one.law, one.place) for one in find_citations(wording, known))


def _citation(
    reading: Reading, answer: Answer, law: str, place: str, *, from_narrative: bool = False
) -> Citation:
    mention = reading.mention(EntityKind.LAW, law, answer.address)
    published = reading.published
    return Citation(
        document=reading.document,
        edition=published,
        address=answer.address,
        law=mention,
        place=place,
        verdict=verdict(
            (law, *reading.resolver.law_names(mention.slug)),
            place,
            published=None if published == UNDATED else published[:10],
            today=reading.today,
        ),
        from_narrative=from_narrative,
    )

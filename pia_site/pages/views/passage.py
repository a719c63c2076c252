"""One answer as a page of the catalogue quotes it: short, told apart by kind, with a link to its item.

Quieter than `item`: what is chosen without what could have been, no folding, no buttons.
May import: documents, forms, text, views.chrome, views.document, views.item.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pia_site.documents.answers import (
    Answer,
    Checks,
    Choice,
    CitedLaw,
    Count,
    Date,
    Law,
    Names,
    Records,
    Slot,
    State,
    Text,
)
from pia_site.documents.keys import UNKNOWN
from pia_site.pages.routes import Page, href
from pia_site.pages.views.chrome import Link
from pia_site.pages.views.document import Document
from pia_site.pages.views.item import NameView, TextBlock, state_words, text_blocks
from pia_site.text.cleaning import collapse_spaces
from pia_site.text.wareki import format_both

_NOTHING: Link = Link("", "")
_SHORT = 40  # characters; an abstract edition keeps answers of this length as they are


@dataclass(frozen=True, slots=True)
class Passage:
    """What one item says. Of the fields of content those of the answer's kind are set."""

    source: Link
    """The item it is taken from: 「Ⅱ4 委託事項1 ③」."""
    state: str | None = None
    """「空欄」, 「不明（原本を確認）」 …; None where there is an answer."""
    withheld: bool = False
    """The wording is not carried and nobody has written a 要約 yet."""
    words: str | None = None
    """A choice, a count, a date, or a wording so short that it is a fact (design.md, Full and abstract)."""
    names: tuple[NameView, ...] = ()
    """Names, or the citations of a law item."""
    ticked: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    texts: tuple[TextBlock, ...] = ()
    summary: tuple[TextBlock, ...] = ()
    none_ticked: bool = False

    @property
    def content(self) -> Passage:
        """The same without its place, to see whether two items say the same."""
        return replace(self, source=_NOTHING)


@dataclass(frozen=True, slots=True)
class QuotedFact:
    """A term and what one or several items say to it."""

    term: str
    passages: tuple[Passage, ...] = field(default=())


def passage(document: Document, page: Page, address: str | None) -> Passage | None:
    """The answer at an address; None where the edition has no such item."""
    answer = document.edition.answers.get(address) if address else None
    if answer is None:
        return None
    quoted = Passage(
        source=Link(short_place(document, answer.slot), document.link(page, answer.address)),
        state=state_words(answer),
        withheld=answer.state is State.WITHHELD and answer.summary is None and not _has_citations(answer),
        summary=text_blocks(answer.summary or "", bullets=True),
    )
    match answer.value:
        case Text(text) if quoted.state is None:
            if not quoted.summary and len(collapse_spaces(text)) <= _SHORT:
                return replace(quoted, words=collapse_spaces(text))
            return replace(quoted, texts=text_blocks(text, bullets=False))
        case Names(names) if quoted.state is None:
            # A 要約 of names says them again.
            shown = tuple(_name(document, page, answer, name) for name in names)
            return replace(quoted, names=shown, summary=())
        case Choice(option):
            return replace(quoted, words=option)
        case Checks():
            return _checks(document, quoted, answer, answer.value)
        case Count(written, number):
            known = None if written == UNKNOWN else written
            return replace(quoted, words=f"{number}件" if number is not None else known)
        case Date(written, date):
            return replace(quoted, words=format_both(date) if date else collapse_spaces(written))
        case Law(wording, citations):
            return replace(
                quoted,
                texts=text_blocks(wording or "", bullets=False),
                names=tuple(_citation(document, page, answer, one) for one in citations),
            )
        case Records():
            return replace(quoted, words=f"{len(answer.value.fields)}項目")
        case _:
            return quoted


def quoted_facts(
    document: Document, page: Page, wanted: tuple[tuple[str, str | None], ...]
) -> tuple[QuotedFact, ...]:
    """Terms with what their items say; what the edition does not have is left out."""
    found = ((term, passage(document, page, address)) for term, address in wanted)
    return tuple(QuotedFact(term, (one,)) for term, one in found if one is not None)


def short_place(document: Document, slot: Slot) -> str:
    """Where an item stands, by its number where it has one: 「Ⅱ4 委託事項1 ③」, 「Ⅱ6 保管場所」.

    Of several copies of a part the number is said as the bodies cite it: 「Ⅱ(2)4 委託事項1 ③」.
    """
    copy = document.copy_by_address[slot.part_address]
    words = f"{copy.printed}{f'({copy.number})' if copy.one_of_several else ''}{slot.section.number or ''}"
    if slot.group:
        words += f" {slot.group}"
    if not slot.item.step:  # the name of a group has the group's own address
        return words
    # A label below another is told by both (「④その妥当性」), as in the machine-readable rows.
    return f"{words} {slot.item.number or slot.item.row_label}"


def _has_citations(answer: Answer) -> bool:
    return isinstance(answer.value, Law) and bool(answer.value.citations)


def _name(document: Document, page: Page, answer: Answer, written: str) -> NameView:
    words = collapse_spaces(written)
    return NameView(words, _entity_href(document, page, answer.address, words))


def _citation(document: Document, page: Page, answer: Answer, cited: CitedLaw) -> NameView:
    law = collapse_spaces(cited.law)
    words = f"{law} {collapse_spaces(cited.place)}".strip()
    return NameView(words, _entity_href(document, page, answer.address, law))


def _entity_href(document: Document, page: Page, address: str, words: str) -> str | None:
    for link in document.links.get(address, ()):
        if collapse_spaces(link.written) == words:
            return href(page, link.target, link.fragment) if link.target != page else None
    return None


def _checks(document: Document, quoted: Passage, answer: Answer, value: Checks) -> Passage:
    fills = {}
    for fill in answer.item.fills:
        address = answer.address.removesuffix(answer.item.step) + fill.step
        filled = document.edition.answers.get(address)
        if filled is not None and filled.value is not None and state_words(filled) is None:
            number = filled.value.number if isinstance(filled.value, Count) else None
            words = f"{number}件" if number is not None else collapse_spaces(filled.as_text())
            fills[fill.fill_of] = f"（{words}）" if words else ""
    ticked = tuple(f"{option}{fills.get(option, '')}" for option in value.ticked)
    unknown = tuple(f"{option}{fills.get(option, '')}" for option in value.unknown)
    return replace(quoted, ticked=ticked, unknown=unknown, none_ticked=not ticked and not unknown)

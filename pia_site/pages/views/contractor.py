"""The page of a contractor: for whom it does what, since when, and before it whom.

May import: catalogue, documents, pages.routes, views.
"""

from __future__ import annotations

from dataclasses import dataclass

from pia_site.catalogue.entities import Contractor
from pia_site.catalogue.records import ContractorChange, Entrustment
from pia_site.pages import routes
from pia_site.pages.routes import Page
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.changes import date_words
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.document import Notice
from pia_site.pages.views.item import NameView
from pia_site.pages.views.members import DocumentMembers, entrustment_table, entrustments_of
from pia_site.pages.views.spelling import SpellingView, spellings
from pia_site.pages.views.table import Table
from pia_site.text.cleaning import collapse_spaces


@dataclass(frozen=True, slots=True)
class ContractorEvent:
    """A change row about 委託先名 that names the company."""

    date: str
    in_calendar: bool
    what: str
    """「委託先になりました」, 「委託先ではなくなりました」, 「名称の書き方が変わりました」."""
    document: Link
    row: Link
    before: tuple[NameView, ...]
    after: tuple[NameView, ...]


@dataclass(frozen=True, slots=True)
class ContractorPage:
    chrome: Chrome
    lede: str
    notices: tuple[Notice, ...]
    spellings: tuple[SpellingView, ...]
    memo: str
    work: tuple[DocumentMembers, ...]
    further: Table | None
    """Where it is named as a 再委託先."""
    history: tuple[ContractorEvent, ...]


def contractor_page(atlas: Atlas, contractor: Contractor) -> ContractorPage:
    page = routes.contractor(contractor.slug)
    catalogue = atlas.catalogue
    entrustments = catalogue.entrustments.get(contractor.slug, ())
    further = catalogue.reentrustments.get(contractor.slug, ())
    history = catalogue.contractor_history(contractor.slug)
    documents = list(dict.fromkeys(one.document for one in (*entrustments, *further)))
    lede = contractor_lede(atlas, contractor)
    named = [
        mention
        for mention in (
            *(one for record in entrustments for one in record.contractors),
            *(one for record in further for one in record.subcontractors),
            *(one for change in history for one in (*change.before, *change.after)),
        )
        if mention.slug == contractor.slug
    ]
    return ContractorPage(
        chrome=atlas.chrome(
            page,
            contractor.name,
            path=(("委託先", routes.list_of("contractors")),),
            description=f"{contractor.name}は、{lede}",
            documents=documents or [one.document for one in history],
        ),
        lede=lede,
        notices=atlas.notices(documents),
        spellings=spellings(atlas, page, named),
        memo=atlas.readable(contractor.memo),
        work=entrustments_of(atlas, page, entrustments),
        further=entrustment_table(atlas, page, further, "再委託先として名前のある委託") if further else None,
        history=tuple(_event(atlas, page, contractor.slug, one) for one in history),
    )


def contractor_lede(atlas: Atlas, contractor: Contractor) -> str:
    """One sentence: who entrusts how much, or why the company is here."""
    entrustments = atlas.catalogue.entrustments.get(contractor.slug, ())
    further = atlas.catalogue.reentrustments.get(contractor.slug, ())
    if entrustments:
        documents = list(dict.fromkeys(one.document for one in entrustments))
        count = f"{entrusted_matters(entrustments)}件の仕事を委託されています。"
        if len(documents) == 1:
            body = _bodies(atlas, entrustments)
            return f"{body}から、「{atlas.jimu_name(documents[0])}」の{count}"
        return f"{_bodies(atlas, entrustments)}から、{len(documents)}つの事務であわせて{count}"
    if further:
        return f"{_bodies(atlas, further)}の評価書に、再委託先として名前があります。"
    if atlas.catalogue.contractor_history(contractor.slug):
        return "いまの評価書では委託先になっていません。変更箇所に、以前の委託先として名前があります。"
    return "いまの評価書では、委託先の欄にも再委託の欄にも名前がありません。"


def entrusted_matters(records: tuple[Entrustment, ...]) -> int:
    """委託事項, those printed once for each of several files counted once."""
    return len({(one.document, one.title) for one in records})


def _bodies(atlas: Atlas, records: tuple[Entrustment, ...]) -> str:
    slugs = dict.fromkeys(one.document.partition("/")[0] for one in records)
    return "、".join(map(atlas.body_name, slugs))


def _event(atlas: Atlas, page: Page, slug: str, found: ContractorChange) -> ContractorEvent:
    change = found.change
    if found.began(slug):
        what = "委託先になりました"
    elif found.ended(slug):
        what = "委託先ではなくなりました"
    else:
        what = "名称の書き方が変わりました"
    date = change.date.date
    place = atlas.place(page, found.document, change.address)
    return ContractorEvent(
        date=date_words(change.date),
        in_calendar=date is None or date.in_calendar,
        what=what,
        document=atlas.jimu_link(page, found.document),
        row=Link(collapse_spaces(change.item) or place.label, place.href),
        before=atlas.names(page, found.before),
        after=atlas.names(page, found.after),
    )

"""The page of a resident's situation: the assessments that concern it, in three sentences each.

May import: catalogue, pages.routes, views.
"""

from __future__ import annotations

from dataclasses import dataclass

from pia_site.catalogue.entities import Situation
from pia_site.pages import routes
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Chrome, Link


@dataclass(frozen=True, slots=True)
class JimuCard:
    """One assessment: its 三文, or where there are none, its form and 公表日 alone."""

    link: Link
    sentences: tuple[str, ...]
    published: str


@dataclass(frozen=True, slots=True)
class SituationPage:
    chrome: Chrome
    lede: str
    cards: tuple[JimuCard, ...]


def situation_page(atlas: Atlas, situation: Situation) -> SituationPage:
    page = routes.situation(situation.slug)
    documents = atlas.catalogue.documents_by_situation.get(situation.slug, ())
    return SituationPage(
        chrome=atlas.chrome(
            page,
            situation.name,
            path=(("自分に関係する事務", routes.list_of("situations")),),
            description=situation.description,
            documents=documents,
        ),
        lede=situation.description,
        cards=tuple(
            JimuCard(
                link=atlas.jimu_link(page, document),
                sentences=atlas.documents[document].edition.overview.sentences,
                published=atlas.documents[document].published_words,
            )
            for document in documents
        ),
    )

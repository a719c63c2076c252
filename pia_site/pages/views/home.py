"""The block of the home page: what this is, three ways in, the newest changes, how much there is.

May import: catalogue, pages.routes, views.
"""

from __future__ import annotations

from dataclasses import dataclass

from pia_site.catalogue.history import dated_changes
from pia_site.pages import routes
from pia_site.pages.output import SiteSettings
from pia_site.pages.routes import HOME, href
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Chrome, Link, chrome
from pia_site.pages.views.dated import NewsView, news
from pia_site.pages.views.lists import current_contractors

_NEWEST = 5
_MOST_BODIES = 12
_NAME = "マイナンバーを扱う事務の公開目録"


@dataclass(frozen=True, slots=True)
class SituationCard:
    link: Link
    description: str
    jimu: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CountView:
    count: str
    link: Link


@dataclass(frozen=True, slots=True)
class HomeView:
    chrome: Chrome
    search: str
    """Where the search form leads."""
    situations: tuple[SituationCard, ...]
    all_jimu: Link
    lists: tuple[CountView, ...]
    bodies: tuple[Link, ...]
    """Every body, as long as they are few."""
    news: tuple[NewsView, ...]
    all_changes: Link
    more: tuple[Link, ...]
    left_out: Link | None
    """To the documents that are missing because of errors in them."""


def home_view(atlas: Atlas, settings: SiteSettings, *, left_out: int = 0) -> HomeView:
    catalogue, registry = atlas.catalogue, atlas.registry
    cards = (
        SituationCard(
            link=Link(one.name, href(HOME, routes.situation(one.slug))),
            description=one.description,
            jimu=tuple(
                atlas.jimu_link(HOME, document)
                for document in catalogue.documents_by_situation.get(one.slug, ())
            ),
        )
        for one in registry.situations.values()
    )
    counts = (
        ("jimu", len(catalogue.assessments), "事務（評価書）"),
        ("bodies", len(registry.bodies), "機関"),
        ("systems", len(registry.systems), "システム"),
        ("contractors", len(current_contractors(atlas)), "委託先"),
        ("recipients", len(catalogue.handovers), "提供先・移転先"),
        ("laws", len(catalogue.citations), "法令"),
    )
    bodies = tuple(atlas.body_link(HOME, slug) for slug in catalogue.documents_by_body)
    return HomeView(
        chrome=chrome(HOME, settings, heading=settings.site_name or _NAME, title=settings.site_name or _NAME),
        search=href(HOME, routes.SEARCH),
        situations=tuple(card for card in cards if card.jimu),
        all_jimu=Link("すべての事務を見る", href(HOME, routes.list_of("jimu"))),
        lists=tuple(
            CountView(f"{count:,}", Link(label, href(HOME, routes.list_of(kind))))
            for kind, count, label in counts
        ),
        bodies=bodies if len(bodies) <= _MOST_BODIES else (),
        news=news(atlas, HOME, dated_changes(catalogue), _NEWEST),
        all_changes=Link("変更をすべて見る", href(HOME, routes.list_of("changes"))),
        more=tuple(
            Link(words, href(HOME, page))
            for words, page in (
                ("この目録について", routes.prose("about")),
                ("引用のしかた", routes.prose("cite")),
                ("開示請求のしかた", routes.prose("disclosure")),
                ("データ", routes.list_of("data")),
            )
        ),
        left_out=Link(f"載せていない評価書（{left_out}件）", href(HOME, routes.LEFT_OUT))
        if left_out
        else None,
    )

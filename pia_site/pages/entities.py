"""The pages that cross the documents: lists, bodies, systems, contractors, laws, files, and the home block.

Every entity of the registry has its page, whether a document names it now or not: addresses stay.
May import: catalogue, pages.render, pages.routes, pages.views.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pia_site.catalogue.build import Catalogue
from pia_site.catalogue.entities import Body
from pia_site.pages.output import RenderedPage, SiteSettings
from pia_site.pages.render import PageView, render_html, render_page
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.body import body_page
from pia_site.pages.views.contractor import contractor_page
from pia_site.pages.views.entries import page_entry
from pia_site.pages.views.file_page import file_page
from pia_site.pages.views.home import home_view
from pia_site.pages.views.law import law_page
from pia_site.pages.views.lists import (
    body_list,
    change_list,
    contractor_list,
    jimu_list,
    law_list,
    recipient_list,
    situation_list,
    system_list,
)
from pia_site.pages.views.recipient import recipient_page
from pia_site.pages.views.situation import situation_page
from pia_site.pages.views.system import kind_page, system_page
from pia_site.pages.views.unresolved import data_page, unresolved_page

_LISTS = (
    jimu_list,
    body_list,
    system_list,
    contractor_list,
    recipient_list,
    law_list,
    change_list,
    situation_list,
)


def entity_pages(
    catalogue: Catalogue, settings: SiteSettings, data_files: Iterable[str] = ()
) -> Iterator[RenderedPage]:
    """Every page that belongs to no single document; `data_files` are the paths that /data/ lists."""
    atlas = Atlas(catalogue, settings)
    registry = catalogue.registry
    for build in _LISTS:
        yield _page("list", build(atlas))
    for body in _bodies(atlas):
        yield _page("body", body_page(atlas, body), *body.spellings)
    for kind in registry.kinds.values():
        yield _page("system_kind", kind_page(atlas, kind))
    for system in registry.systems.values():
        yield _page("system", system_page(atlas, system), *system.spellings)
    for file in registry.files.values():
        yield _page("file", file_page(atlas, file), *file.spellings)
    for contractor in registry.contractors.values():
        spellings = (one.written for one in contractor.spellings)
        yield _page("contractor", contractor_page(atlas, contractor), *spellings)
    for recipient in registry.recipients.values():
        yield _page("recipient", recipient_page(atlas, recipient), *recipient.spellings)
    for law in registry.laws.values():
        yield _page("law", law_page(atlas, law), *(one.written for one in law.spellings))
    for situation in registry.situations.values():
        yield _page("situation", situation_page(atlas, situation))
    yield _page("data", data_page(atlas, data_files))
    yield _page("unresolved", unresolved_page(atlas))


def home_block(catalogue: Catalogue, settings: SiteSettings, *, left_out: int = 0) -> str:
    """What stands on the home page in place of its marker: one block of HTML."""
    return render_html("home", home_view(Atlas(catalogue, settings), settings, left_out=left_out))


def _page(template: str, view: PageView, *names: str) -> RenderedPage:
    """A page that search finds by its title, its description and every spelling of its name."""
    return render_page(template, view, (page_entry(view.chrome, *names),))


def _bodies(atlas: Atlas) -> Iterator[Body]:
    """Those of the registry, and any other that has a document."""
    yield from atlas.registry.bodies.values()
    for slug in atlas.catalogue.documents_by_body:
        if slug not in atlas.registry.bodies:
            yield Body(slug, slug)

"""Content folder → every page of the site: reads, resolves, renders, collects what is wrong.

Each kind of page has its own module with a function that yields rendered pages; this one only calls
them in order. May import: everything of this room and the rooms below.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pia_site.catalogue import Catalogue, Opened, open_catalogue
from pia_site.documents.provenance import source_places
from pia_site.documents.rows import item_rows
from pia_site.pages import routes
from pia_site.pages.documents import document_pages
from pia_site.pages.entities import entity_pages, home_block
from pia_site.pages.output import RenderedPage, RenderedSite, SiteSettings
from pia_site.pages.render import render_page
from pia_site.pages.views.left_out import left_out_page
from pia_site.problems import has_errors


def render_site(content_dir: Path, settings: SiteSettings) -> RenderedSite:
    """Every page made from a content folder, with every problem found on the way.

    With an error and without `settings.keep_going` there are no pages.
    """
    opened = open_catalogue(content_dir)
    catalogue, problems = opened.catalogue, opened.problems
    if has_errors(problems) and not settings.keep_going:
        return RenderedSite((), problems, broken=opened.broken)
    data_files = tuple(_data_files(catalogue))
    return RenderedSite(
        pages=tuple(_pages(content_dir, opened, settings, [path for path, _ in data_files])),
        problems=problems,
        data_files=data_files,
        home_block=home_block(catalogue, settings, left_out=len(opened.broken)),
        broken=opened.broken,
    )


def _pages(
    content_dir: Path, opened: Opened, settings: SiteSettings, data_files: list[str]
) -> Iterator[RenderedPage]:
    yield from document_pages(opened.catalogue, settings, opened.problems)
    yield from entity_pages(opened.catalogue, settings, data_files)
    if opened.broken:
        view = left_out_page(content_dir, opened.broken, opened.problems, settings)
        yield render_page("left_out", view)


def _data_files(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """The rows of each edition, as `pia-site export items` prints them."""
    for edition in (edition for one in catalogue.assessments for edition in one.editions):
        target = routes.data_jimu(edition.body, edition.number, edition.published)
        places = source_places(edition.path) if edition.path else {}
        rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in item_rows(edition, places))
        yield target.path, "".join(rows).encode()

"""The pages of every assessment: each edition pinned to its 公表日, the newest plain, and the history.

May import: catalogue, documents, problems, pages.render, pages.views.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from pia_site.catalogue.build import Catalogue
from pia_site.catalogue.collect import Reading, collect_facts
from pia_site.documents.edition import Assessment
from pia_site.pages.output import RenderedPage, SearchEntry, SiteSettings
from pia_site.pages.render import PageView, render_page
from pia_site.pages.views.annex import annex_page
from pia_site.pages.views.changes import changes_page, history_page
from pia_site.pages.views.document import Copy, Document
from pia_site.pages.views.entity_links import entity_links
from pia_site.pages.views.entries import copy_entries, page_entry
from pia_site.pages.views.overview import overview_page
from pia_site.pages.views.part import part_page
from pia_site.problems import Problem

_SHOWN = ("R", "V003")
"""Codes of what readers should know of: facts that do not fit together, dates the calendar lacks."""


def document_pages(
    catalogue: Catalogue, settings: SiteSettings, problems: Iterable[Problem]
) -> Iterator[RenderedPage]:
    """Every page of every assessment, in the order of the documents."""
    shown: dict[object, list[Problem]] = {}
    for problem in problems:
        if problem.code.startswith(_SHOWN):
            shown.setdefault(problem.location.path, []).append(problem)
    for assessment in catalogue.assessments:
        for document in series(assessment, catalogue, settings):
            yield from edition_pages(document, shown.get(document.edition.path, ()))


def series(assessment: Assessment, catalogue: Catalogue, settings: SiteSettings) -> Iterator[Document]:
    """Each edition as the series of pages pinned to it, then the newest as the plain series."""
    body = catalogue.registry.bodies.get(assessment.body)
    document = None
    for edition in assessment.editions:
        newest = edition is assessment.newest
        facts = catalogue.facts.get(assessment.document) if newest else None
        if facts is None:
            facts = collect_facts(Reading(edition, catalogue.resolver, date.today().isoformat()))
        document = Document(
            assessment=assessment,
            edition=edition,
            settings=settings,
            body_name=body.name if body else edition.official.name,
            jimu_name=catalogue.title(assessment.document),
            pinned=True,
            links=entity_links(facts, catalogue.registry, newest=newest),
        )
        yield document
    if document is not None:
        yield replace(document, pinned=False)


def edition_pages(document: Document, problems: Iterable[Problem] = ()) -> Iterator[RenderedPage]:
    """The pages of one series. The plain one has the history too and is what search finds: a pinned
    page repeats it, or an old wording."""
    overview = overview_page(document, problems)
    found: tuple[SearchEntry, ...] = (
        () if document.pinned else (page_entry(overview.chrome, *overview.sentences),)
    )
    yield render_page("overview", overview, found)
    for copy in document.copies:
        template, view = _copy_view(document, copy)
        found = () if document.pinned else copy_entries(document, copy, view.chrome)
        yield render_page(template, view, found)
    if not document.pinned:
        history = history_page(document)
        yield render_page("changes", history, (page_entry(history.chrome),))


def _copy_view(document: Document, copy: Copy) -> tuple[str, PageView]:
    if copy.part is None:
        return "annex", annex_page(document, copy)
    if copy.part.role == "changes":
        return "changes", changes_page(document, copy)
    return "part", part_page(document, copy)

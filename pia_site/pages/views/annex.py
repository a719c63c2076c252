"""The page of one of the body's own annexes (別紙, 別添 that is not part of the form).

May import: catalogue, documents, pages.routes, views.document, views.item, views.part.
"""

from __future__ import annotations

from dataclasses import dataclass

from pia_site.catalogue.resolve import without_list_number
from pia_site.pages.routes import Page, href
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.document import Copy, Document, Fact, NavEntry, Notice, PrintLine, edition_words
from pia_site.pages.views.item import Citing, NameView, TextBlock, citing, text_blocks
from pia_site.pages.views.part import neighbours
from pia_site.text.cleaning import collapse_spaces


@dataclass(frozen=True, slots=True)
class AnnexPage:
    chrome: Chrome
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    editions: tuple[NavEntry, ...]
    navigation: tuple[NavEntry, ...]
    print_line: PrintLine
    citing: Citing
    summary: tuple[TextBlock, ...]
    entries: tuple[NameView, ...]
    previous: Link | None
    following: Link | None


def annex_page(document: Document, copy: Copy) -> AnnexPage:
    annex = next(annex for annex in document.edition.annexes if annex.address == copy.address)
    page = document.page(copy.address)
    before, after = neighbours(document, page, copy)
    description = (
        f"{document.body_name}「{document.jimu_name}」の{document.edition.form.name}"
        f"（{edition_words(document.edition)}）に付く{copy.label}です。"
    )
    return AnnexPage(
        chrome=document.chrome(copy.address, copy.label, description),
        facts=document.short_facts(),
        notices=document.notices(page, copy.address),
        editions=document.editions(page, copy.address),
        navigation=document.navigation(page, copy.address),
        print_line=document.print_line(page, copy.address),
        citing=citing(document, page, copy.address, copy.label),
        summary=text_blocks(annex.summary or "", bullets=True),
        entries=tuple(_entry(document, page, copy.address, entry) for entry in annex.entries),
        previous=before,
        following=after,
    )


def _entry(document: Document, page: Page, address: str, entry: str) -> NameView:
    """An entry as written, leading to the page of what it names."""
    words, name = collapse_spaces(entry), collapse_spaces(without_list_number(entry))
    for link in document.links.get(address, ()):
        if collapse_spaces(link.written) == name:
            return NameView(words, href(page, link.target, link.fragment))
    return NameView(words)

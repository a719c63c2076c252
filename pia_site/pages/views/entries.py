"""What search finds on the pages of an edition: every item, change row and annex, from data.

May import: documents, text, pages.output, views.document.
"""

from __future__ import annotations

from pia_site.documents.edition import DeclaredChange
from pia_site.pages.output import SearchEntry
from pia_site.pages.routes import CHANGES
from pia_site.pages.views.changes import date_words
from pia_site.pages.views.chrome import Chrome
from pia_site.pages.views.document import Copy, Document
from pia_site.text.cleaning import collapse_spaces


def page_entry(chrome: Chrome, *texts: str) -> SearchEntry:
    return SearchEntry("", chrome.title, " ".join((chrome.description, *texts)))


def copy_entries(document: Document, copy: Copy, chrome: Chrome) -> tuple[SearchEntry, ...]:
    """The page itself and everything on it that has an address and words of its own."""
    edition = document.edition
    entries = [page_entry(chrome)]
    if copy.address == CHANGES:
        entries += [_change(document, row) for row in edition.changes]
    for annex in edition.annexes:
        if annex.address == copy.address:
            text = " ".join((annex.summary or "", *annex.entries))
            entries.append(SearchEntry(annex.address, copy.label, text))
    for answer in edition.answers.values():
        if answer.slot.part_address == copy.address:
            text = collapse_spaces(f"{answer.as_text()} {answer.summary or ''}")
            if text:
                entries.append(SearchEntry(answer.address, document.place_words(answer.slot), text))
    return tuple(entries)


def _change(document: Document, row: DeclaredChange) -> SearchEntry:
    sides = (side.text or side.summary or "" for side in (row.before, row.after))
    title = f"{document.copy_words(CHANGES)} {date_words(row.date)} {collapse_spaces(row.item)}"
    return SearchEntry(row.address, title, collapse_spaces(" → ".join(sides)))

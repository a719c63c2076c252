"""変更箇所: the rows as the body declared them, on the part's own page and on the history page.

May import: documents, pages.routes, text, views.document, views.item, views.part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pia_site.documents.answers import Date
from pia_site.documents.edition import ChangeText, DeclaredChange
from pia_site.pages.routes import CHANGES, OVERVIEW, Page, date_fragment, href
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.document import Copy, Document, Fact, NavEntry, Notice, PrintLine, edition_words
from pia_site.pages.views.item import BLANK_WORDS, Citing, TextBlock, citing, text_blocks
from pia_site.pages.views.part import neighbours
from pia_site.text.cleaning import collapse_spaces, is_dash
from pia_site.text.wareki import format_both

_UNDATED_WORDS = "変更日の記載なし"


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a row: the words, our summary of them, or the state in words."""

    texts: tuple[TextBlock, ...]
    summary: tuple[TextBlock, ...]
    state: str | None
    withheld: bool


@dataclass(frozen=True, slots=True)
class RowView:
    address: str
    anchor: str | None
    """None on the history page, where a row is shown a second time."""
    href: str
    item: str
    before: SideView
    after: SideView
    timing: str
    """「事前」, 「事後」, or "" where the body wrote neither."""
    reason: tuple[TextBlock, ...]
    targets: tuple[Link, ...]
    citing: Citing


@dataclass(frozen=True, slots=True)
class DateView:
    """The rows of one 変更日."""

    anchor: str
    dated: bool
    words: str
    in_calendar: bool
    as_written: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """`newest_first` tells the history page from the part as it is printed."""

    chrome: Chrome
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    editions: tuple[NavEntry, ...]
    navigation: tuple[NavEntry, ...]
    print_line: PrintLine
    citing: Citing | None
    newest_first: bool
    count: int
    has_changes_part: bool
    dates: tuple[DateView, ...]
    previous: Link | None = None
    following: Link | None = None


def changes_page(document: Document, copy: Copy) -> ChangesPage:
    """The part 変更箇所 in printed order; rows of one date stand together."""
    page = document.page(copy.address)
    dates = _dates(document, page, document.edition.changes, anchored=True)
    before, after = neighbours(document, page, copy)
    places = tuple(NavEntry(f"{date.words}（{len(date.rows)}）", f"#{date.anchor}") for date in dates)
    description = (
        f"{document.body_name}「{document.jimu_name}」の{document.edition.form.name}"
        f"（{edition_words(document.edition)}）に書かれた変更{len(document.edition.changes)}件です。"
    )
    return ChangesPage(
        chrome=document.chrome(copy.address, copy.label, description),
        facts=document.short_facts(),
        notices=document.notices(page, copy.address),
        editions=document.editions(page, copy.address),
        navigation=document.navigation(page, copy.address, places),
        print_line=document.print_line(page, copy.address),
        citing=citing(document, page, copy.address, document.copy_words(copy.address)),
        newest_first=False,
        count=len(document.edition.changes),
        has_changes_part=True,
        dates=dates,
        previous=before,
        following=after,
    )


def history_page(document: Document) -> ChangesPage:
    """The rows of the newest edition, newest first, for reading from the top."""
    page = document.history_page
    rows = document.edition.changes
    dates = _dates(document, page, rows, anchored=False)
    heading = "変更の履歴"
    description = (
        f"{document.body_name}「{document.jimu_name}」の評価書に書かれた変更{len(rows)}件を、"
        "新しい順に並べています。"
    )
    has_part = CHANGES in document.copy_by_address
    printed = CHANGES if has_part else OVERVIEW
    return ChangesPage(
        chrome=document.chrome_at(page, heading, description),
        facts=document.short_facts(),
        notices=document.notices(page, printed),
        editions=document.editions(page, printed),
        navigation=document.navigation(page, "history"),
        print_line=document.print_line(page, printed),
        citing=None,
        newest_first=True,
        count=len(rows),
        has_changes_part=has_part,
        dates=tuple(sorted(dates, key=lambda date: (date.dated, date.anchor), reverse=True)),
    )


def date_words(date: Date) -> str:
    """変更日 in both calendars; as written where it is no date."""
    if date.date is not None:
        return format_both(date.date)
    return collapse_spaces(date.written) or _UNDATED_WORDS


def _dates(
    document: Document, page: Page, rows: Iterable[DeclaredChange], *, anchored: bool
) -> tuple[DateView, ...]:
    by_date: dict[str, list[DeclaredChange]] = {}
    for row in rows:
        by_date.setdefault(date_fragment(row.date.date.iso if row.date.date else None), []).append(row)
    return tuple(
        DateView(
            # The history page repeats the rows, so its ids must not be the rows' addresses.
            anchor=anchor if anchored else f"on-{anchor.removeprefix(f'{CHANGES}-')}",
            dated=found[0].date.date is not None,
            words=date_words(found[0].date),
            in_calendar=found[0].date.date is None or found[0].date.date.in_calendar,
            as_written=collapse_spaces(found[0].date.written),
            rows=tuple(_row(document, page, row, anchored=anchored) for row in found),
        )
        for anchor, found in by_date.items()
    )


def _row(document: Document, page: Page, row: DeclaredChange, *, anchored: bool) -> RowView:
    part = document.copy_words(CHANGES) if CHANGES in document.copy_by_address else "変更箇所"
    words = f"{part} {date_words(row.date)} {collapse_spaces(row.item)}"
    return RowView(
        address=row.address,
        anchor=row.address if anchored else None,
        href=href(page, document.page(CHANGES), row.address),
        item=collapse_spaces(row.item),
        before=_side(row.before),
        after=_side(row.after),
        timing=row.timing,
        reason=text_blocks(row.reason, bullets=False),
        targets=tuple(
            Link(document.place_of(address), document.link(page, address))
            for address in document.targets.get(row.address, ())
        ),
        citing=citing(document, page, row.address, words),
    )


def _side(side: ChangeText) -> SideView:
    text = side.text or ""
    state = None
    if side.text is not None and not text.strip():
        state = BLANK_WORDS
    elif is_dash(text):
        state = f"「{collapse_spaces(text)}」と記載"
    return SideView(
        texts=text_blocks(text, bullets=False) if state is None else (),
        summary=text_blocks(side.summary or "", bullets=True),
        state=state,
        withheld=side.text is None and side.summary is None,
    )

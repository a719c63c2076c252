"""Declared changes in lists across documents: rows of a table, a line on the home page, counts by year.

May import: catalogue, documents, text, pages.routes, views.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pia_site.catalogue.records import DatedChange
from pia_site.documents.edition import UNDATED, DeclaredChange
from pia_site.pages.routes import Page
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.change_words import change_words
from pia_site.pages.views.changes import date_words
from pia_site.pages.views.chrome import Link
from pia_site.pages.views.table import Cell, Row, Table, linked, table
from pia_site.text.cleaning import collapse_spaces
from pia_site.text.wareki import format_wareki

_NO_TIMING = "記載なし"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a figure; `width` is in hundredths of the longest."""

    label: str
    value: str
    width: int


@dataclass(frozen=True, slots=True)
class NewsView:
    """One line of the newest changes; rows that say the same of one day are one line."""

    document: Link
    words: Link
    when: str
    """「令和6年5月24日、事前」."""
    count: int


def change_table(
    atlas: Atlas, page: Page, changes: Iterable[DatedChange], what: str = "変更", *, with_body: bool = True
) -> Table:
    return table(
        what,
        ("変更日", "事務", "項目（評価書の書き方のまま）", "事前・事後"),
        (_row(atlas, page, change, with_body) for change in changes),
    )


def _row(atlas: Atlas, page: Page, dated: DatedChange, with_body: bool) -> Row:
    change = dated.change
    date = change.date.date
    known = date is None or date.in_calendar
    item = collapse_spaces(change.item) or "項目の記載なし"
    return Row(
        (
            Cell(date_words(change.date), kind="date", badges=() if known else ("原本のまま",)),
            linked(atlas.jimu_link(page, dated.document, with_body=with_body)),
            linked(Link(item, atlas.place(page, dated.document, change.address).href)),
            Cell(change.timing or _NO_TIMING),
        )
    )


def news(atlas: Atlas, page: Page, changes: Iterable[DatedChange], most: int) -> tuple[NewsView, ...]:
    """The newest lines, each leading to its first row."""
    rows: dict[tuple[str, str, str, str], list[DatedChange]] = {}
    for dated in changes:
        change = dated.change
        form = atlas.documents[dated.document].edition.form
        id_ = dated.document, iso_of(change), change.timing, change_words(form, change)
        if id_ not in rows and len(rows) == most:
            break
        rows.setdefault(id_, []).append(dated)
    return tuple(
        NewsView(
            document=atlas.jimu_link(page, document),
            words=Link(words, atlas.place(page, document, same[0].change.address).href),
            when="、".join(filter(None, (_day(same[0].change), timing))),
            count=len(same),
        )
        for (document, _, timing, words), same in rows.items()
    )


def bars_by_year(changes: Iterable[DeclaredChange]) -> tuple[Bar, ...]:
    """How many rows each year has, oldest first; rows without a date last."""
    counts = Counter(iso_of(change)[:4] for change in changes)
    longest = max(counts.values(), default=1)
    years = sorted(counts, key=lambda year: (not year.isdigit(), year))
    return tuple(
        Bar(
            label=f"{format_wareki(year)}（{year}）" if year.isdigit() else "日付の記載なし",
            value=f"{counts[year]}件",
            width=max(1, round(100 * counts[year] / longest)),
        )
        for year in years
    )


def iso_of(change: DeclaredChange) -> str:
    date = change.date.date
    return date.iso if date and date.iso else UNDATED


def _day(change: DeclaredChange) -> str:
    """変更日 in 和暦 alone, which is how the rows are read."""
    date = change.date.date
    if date is None or date.iso is None:
        return ""
    return collapse_spaces(date.written) if not date.in_calendar else format_wareki(date.iso)

"""What the declared change rows tell across documents: the newest, those of a date, those of a company.

Only the newest edition of an assessment is read: its 変更箇所 repeats the rows of the earlier ones.
May import: build (its type), records, resolve, documents, text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pia_site.catalogue.records import ContractorChange, DatedChange
from pia_site.catalogue.resolve import EntityKind, Mention
from pia_site.documents.edition import UNDATED, ChangeText, DeclaredChange, Edition
from pia_site.text.cleaning import drop_spaces, is_dash
from pia_site.text.names import split_names

if TYPE_CHECKING:
    from pia_site.catalogue.build import Catalogue

_CONTRACTOR_ITEM, _NOT_A_NAME = "委託先名", "委託先名の確認方法"
_NOTHING_WRITTEN = ("記載なし", "記載無し", "追加", "新規", "新規追加", "削除", "空欄", "空白")


def date_of(change: DeclaredChange) -> str:
    """The ISO date of a row, `undated` where it has none."""
    date = change.date.date
    return date.iso if date and date.iso else UNDATED


def dated_changes(catalogue: Catalogue) -> tuple[DatedChange, ...]:
    """Every row of every newest edition, newest first; rows of one day in the order of their document."""
    rows = [
        DatedChange(edition.document, edition.body, edition.published, catalogue.title(edition.document), row)
        for edition in (assessment.newest for assessment in catalogue.assessments)
        for row in edition.changes
    ]
    dated = [row for row in rows if date_of(row.change) != UNDATED]
    undated = [row for row in rows if date_of(row.change) == UNDATED]
    return (*sorted(dated, key=lambda row: date_of(row.change), reverse=True), *undated)


def recent_changes(catalogue: Catalogue, n: int) -> tuple[DatedChange, ...]:
    """The newest `n` rows that have a date."""
    return tuple(row for row in dated_changes(catalogue)[:n] if date_of(row.change) != UNDATED)


def changes_by_date(catalogue: Catalogue, document: str) -> dict[str, tuple[DeclaredChange, ...]]:
    """The rows of a document by ISO date, oldest first, `undated` last."""
    edition = catalogue.newest(document)
    rows: dict[str, list[DeclaredChange]] = {}
    for row in edition.changes if edition else ():
        rows.setdefault(date_of(row), []).append(row)
    return {day: tuple(rows[day]) for day in sorted(rows, key=lambda day: (day == UNDATED, day))}


def contractor_history(catalogue: Catalogue, contractor: str) -> tuple[ContractorChange, ...]:
    """The rows in which a company became, or ceased to be, a 委託先, oldest first."""
    found = [
        change
        for assessment in catalogue.assessments
        for row in assessment.newest.changes
        if (change := contractor_change(catalogue, assessment.newest, row))
        and any(mention.slug == contractor for mention in (*change.before, *change.after))
    ]
    return tuple(sorted(found, key=lambda one: (date_of(one.change) == UNDATED, date_of(one.change))))


def contractor_change(catalogue: Catalogue, edition: Edition, row: DeclaredChange) -> ContractorChange | None:
    """A row about a 委託先名 with its names resolved, or kept as written; None for any other row."""
    item = drop_spaces(row.item)
    if _CONTRACTOR_ITEM not in item.replace(_NOT_A_NAME, ""):
        return None
    before = _companies(catalogue, edition, row, row.before)
    return ContractorChange(
        edition.document, edition.published, row, before, _companies(catalogue, edition, row, row.after)
    )


def _companies(
    catalogue: Catalogue, edition: Edition, row: DeclaredChange, side: ChangeText
) -> tuple[Mention, ...]:
    kind = EntityKind.CONTRACTOR
    text = side.text or ""
    if not text.strip() or is_dash(text) or drop_spaces(text).strip("()（）「」。") in _NOTHING_WRITTEN:
        return ()
    known = catalogue.resolver.knows(kind, text, edition.document)
    names = [text] if known else split_names(text)
    return tuple(catalogue.resolver.mention(kind, name, edition, row.address) for name in names)

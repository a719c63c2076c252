"""The machine-readable rows (design.md): one per item, per change row, per document.

Rows are plain dicts in the order of their keys, ready for JSON Lines; what is published under
/data/ and what `pia-site export` prints are the same rows. May import: answers, edition, provenance,
text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pia_site.documents.answers import (
    Answer,
    Checks,
    Choice,
    Count,
    Date,
    Law,
    Names,
    Records,
    Text,
    Value,
)
from pia_site.documents.edition import ChangeText, Edition
from pia_site.documents.keys import UNKNOWN
from pia_site.documents.provenance import Place
from pia_site.forms import Kind

Row = dict[str, Any]


def item_rows(edition: Edition, places: Mapping[str, Place] | None = None) -> Iterator[Row]:
    """One row per item in form order. `places` says where an address stands in the source, as far as an
    import sidecar knows."""
    files = dict(_files(edition))
    for answer in edition.answers.values():
        slot = answer.slot
        row: Row = {
            "document": edition.document,
            "edition": edition.edition_date,
            "id": slot.address,
            "part": slot.part.printed,
            "section": slot.section.number,
            "group": slot.group,
            "label": slot.item.row_label,
            "file": list(files.get(slot.part_address, ())),
            "kind": slot.item.kind.exported,
            "state": answer.state.value,
            "value": _value(answer),
            "summary": answer.summary,
            "source": dict((places or {}).get(slot.address, {"lines": []})),
        }
        if slot.item.kind is Kind.DATE:
            date = answer.value.date if isinstance(answer.value, Date) else None
            row["date"] = date.iso if date else None
        elif slot.item.kind is Kind.LAW:
            citations = answer.value.citations if isinstance(answer.value, Law) else ()
            row["citations"] = [{"law": cited.law, "place": cited.place} for cited in citations]
        yield row


def _files(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The 特定個人情報ファイル each copy of a part covers, by the copy's address."""
    yield from edition.covered_files.items()
    for answer in edition.answers.values():
        slot = answer.slot
        if slot.copy is not None and slot.item.key == "特定個人情報ファイル名" and slot.section.number == "1":
            names = answer.value.names if isinstance(answer.value, Names) else ()
            yield slot.part_address, tuple(_collapsed(name) for name in names)


def _value(answer: Answer) -> object:
    if answer.value is None:
        return answer.written or None
    return _plain(answer.value)


def _collapsed(text: str) -> str:
    """A line break counts as a space: the edition keeps those that the source meant, and no others."""
    return " ".join(text.split())


def _plain(value: Value) -> object:
    match value:
        case Text(text):
            return _collapsed(text)
        case Names(names):
            folded = [_collapsed(name) for name in names]
            return folded[0] if len(folded) == 1 else folded
        case Choice(option):
            return option if option is not None else UNKNOWN
        case Checks(marks):
            return dict(marks)
        case Count(written, number):
            return number if number is not None else written
        case Date(written):
            return _collapsed(written)
        case Law(text):
            return _collapsed(text) if text is not None else None
        case Records():
            return list(value.fields)


def change_rows(edition: Edition) -> Iterator[Row]:
    """One row per declared change, in the order in which they stand.

    `target` and `confidence` are null until the citation resolver of the history issue reads them.
    """
    seen: set[tuple[object, ...]] = set()
    for row in edition.changes:
        identity = (row.date.written, row.item, row.before, row.after)
        yield {
            "document": edition.document,
            "edition": edition.edition_date,
            "id": row.address,
            "date": row.date.date.iso if row.date.date else None,
            "item": _collapsed(row.item),
            "target": None,
            "confidence": None,
            "before": _side(row.before),
            "after": _side(row.after),
            "timing": row.timing or None,
            "reason": _collapsed(row.reason) or None,
            "repeated": identity in seen,
        }
        seen.add(identity)


def _side(side: ChangeText) -> str | None:
    return _collapsed(side.text) if side.text is not None else side.summary


def document_row(edition: Edition) -> Row:
    """One row per edition: what it is, and how many items and changes it holds."""
    date = edition.published_on
    title = edition.answer_to("評価書名", "cover")
    jimu = edition.answer_to("事務の名称", "basics")
    return {
        "document": edition.document,
        "edition": edition.edition_date,
        "form": edition.form.number,
        "form_name": edition.form.name,
        "revision": edition.revision_written,
        "title": title.as_text() if title else "",
        "jimu": jimu.as_text() if jimu else "",
        "published": date.iso if date else None,
        "published_written": date.written if date else None,
        "abridged": edition.abridged,
        "items": len(edition.answers),
        "changes": len(edition.changes),
        "official": {"name": edition.official.name, "url": edition.official.url},
    }

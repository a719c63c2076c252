"""委託事項, 提供先 and 移転先 as the pages of those entities show them, document by document.

A body prints one 委託事項 once for every file; where the copies say the same they are shown as one.
May import: catalogue, text, pages.routes, views.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pia_site.catalogue.records import Entrustment, Handover
from pia_site.documents.answers import Answer, State
from pia_site.pages.routes import Page
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Link
from pia_site.pages.views.item import NameView
from pia_site.pages.views.passage import QuotedFact
from pia_site.pages.views.table import Cell, LinkGroup, Row, Table, linked, listed, table

_OF_ENTRUSTMENT = (
    "委託内容",
    "取扱いを委託する特定個人情報ファイルの範囲",
    "委託先名",
    "委託先における取扱者数",
    "委託先への特定個人情報ファイルの提供方法",
    "再委託の有無",
    "再委託の許諾方法",
    "再委託事項",
)
_ONLY_WHERE_REENTRUSTED = ("再委託の許諾方法", "再委託事項")


@dataclass(frozen=True, slots=True)
class MemberView:
    """One 委託事項, 提供先 or 移転先 with what its items say."""

    name: str
    kind: str
    """「提供」 or 「移転」; "" for 委託."""
    places: tuple[Link, ...]
    files: tuple[NameView, ...]
    facts: tuple[QuotedFact, ...]
    from_annex: bool = False


@dataclass(frozen=True, slots=True)
class DocumentMembers:
    document: Link
    members: tuple[MemberView, ...]


def entrustments_of(atlas: Atlas, page: Page, records: Iterable[Entrustment]) -> tuple[DocumentMembers, ...]:
    views = ((record.document, _entrustment(atlas, page, record)) for record in records)
    return _by_document(atlas, page, views)


def handovers_of(atlas: Atlas, page: Page, records: Iterable[Handover]) -> tuple[DocumentMembers, ...]:
    views = ((record.document, _handover(atlas, page, record)) for record in records)
    return _by_document(atlas, page, views)


def _entrustment(atlas: Atlas, page: Page, record: Entrustment) -> MemberView:
    reentrusted = record.reentrusted != "再委託しない"
    wanted = [
        answer
        for answer in atlas.answers(record.document, record.address)
        if answer.item.key in _OF_ENTRUSTMENT
        and (reentrusted or answer.item.key not in _ONLY_WHERE_REENTRUSTED or _says_something(answer))
    ]
    return MemberView(
        name=record.title,
        kind="",
        places=(atlas.place(page, record.document, record.address),),
        files=_files(atlas, page, record.document, record.file_address),
        facts=_facts(atlas, page, record.document, wanted),
    )


def _handover(atlas: Atlas, page: Page, record: Handover) -> MemberView:
    # The name of the group is the page's own title; parentheses stand with their boxes.
    wanted = [
        answer
        for answer in atlas.answers(record.document, record.address)
        if answer.item.step and answer.item.fill_of is None
    ]
    return MemberView(
        name=record.recipient.written,
        kind=record.kind.label,
        places=(atlas.place(page, record.document, record.address),),
        files=_files(atlas, page, record.document, record.file_address),
        facts=() if record.from_annex else _facts(atlas, page, record.document, wanted),
        from_annex=record.from_annex,
    )


def _says_something(answer: Answer) -> bool:
    return answer.state not in (State.BLANK, State.DASH)


def _facts(atlas: Atlas, page: Page, document: str, answers: Iterable[Answer]) -> tuple[QuotedFact, ...]:
    """What the items say; where they stand is said of the group, so that here the number is enough."""
    facts = []
    for answer in answers:
        if (one := atlas.passage(page, document, answer.address)) is not None:
            source = Link(f"項目{answer.item.number or ''}", one.source.href)
            facts.append(QuotedFact(answer.item.label, (replace(one, source=source),)))
    return tuple(facts)


def _files(atlas: Atlas, page: Page, document: str, copy: str | None) -> tuple[NameView, ...]:
    uses = atlas.catalogue.facts[document].files
    return atlas.names(page, (use.file for use in uses if use.address == copy))


def _by_document(
    atlas: Atlas, page: Page, views: Iterable[tuple[str, MemberView]]
) -> tuple[DocumentMembers, ...]:
    documents: dict[str, dict[object, MemberView]] = {}
    for document, view in views:
        members = documents.setdefault(document, {})
        id_ = view.name, view.kind, _content(view)
        known = members.get(id_)
        members[id_] = view if known is None else _joined(known, view)
    return tuple(
        DocumentMembers(atlas.jimu_link(page, document), tuple(members.values()))
        for document, members in documents.items()
    )


def _content(view: MemberView) -> tuple[object, ...]:
    return tuple((fact.term, *(one.content for one in fact.passages)) for fact in view.facts)


def _joined(known: MemberView, other: MemberView) -> MemberView:
    return replace(
        known,
        places=tuple(dict.fromkeys((*known.places, *other.places))),
        files=tuple(dict.fromkeys((*known.files, *other.files))),
    )


# --- as rows of a table ---


def entrustment_table(
    atlas: Atlas,
    page: Page,
    records: Iterable[Entrustment],
    what: str = "委託",
    *,
    with_body: bool = True,
) -> Table:
    """委託事項, 委託先, 再委託, and the places; entrustments that differ only in their file are one row.

    `with_body` is False on a page of one body, where the name of the 事務 is enough.
    """
    rows: dict[object, list[Entrustment]] = {}
    for record in records:
        contractors = tuple((one.slug, one.written) for one in record.contractors)
        rows.setdefault((record.document, record.title, contractors, record.reentrusted), []).append(record)
    return table(
        what,
        ("委託事項", "委託先", "再委託", "書かれている項目"),
        (_entrustment_row(atlas, page, same, with_body) for same in rows.values()),
    )


def _entrustment_row(atlas: Atlas, page: Page, same: list[Entrustment], with_body: bool) -> Row:
    first = same[0]
    contractors = (one for record in same for one in record.contractors)
    further = atlas.names(page, (one for record in same for one in record.subcontractors))
    note = f"再委託先: {'、'.join(one.words for one in further)}" if further else ""
    title = Link(first.title or "名称の記載なし", atlas.place(page, first.document, first.address).href)
    addresses = [record.address for record in same]
    return Row(
        (
            linked(title),
            listed(atlas.names(page, contractors), none="記載なし"),
            Cell(first.reentrusted or "不明", note=note),
            Cell(groups=(places_of(atlas, page, first.document, addresses, with_body=with_body),)),
        )
    )


def handover_table(atlas: Atlas, page: Page, records: Iterable[Handover], what: str = "提供・移転") -> Table:
    """The recipients of one body: to whom, by what means, and the places."""
    return table(
        what,
        ("渡す先", "提供・移転", "渡す方法", "書かれている項目"),
        (
            Row(
                (
                    listed([atlas.name(page, record.recipient)]),
                    Cell(record.kind.label),
                    _means(record),
                    Cell(
                        groups=(places_of(atlas, page, record.document, [record.address], with_body=False),)
                    ),
                )
            )
            for record in records
        ),
    )


def _means(record: Handover) -> Cell:
    if record.from_annex:
        return Cell("別紙の一覧にある相手")
    words = "、".join(record.means)
    unknown = f"不明（原本を確認）: {'、'.join(record.means_unknown)}" if record.means_unknown else ""
    return Cell(words or ("" if unknown else "記載なし"), note=unknown)


def places_of(
    atlas: Atlas, page: Page, document: str, addresses: Iterable[str], *, with_body: bool = True
) -> LinkGroup:
    """The places of one document, headed by its name."""
    head = atlas.jimu_link(page, document, with_body=with_body)
    links = dict.fromkeys(atlas.short_place(page, document, address) for address in addresses)
    return LinkGroup(NameView(head.label, head.href), tuple(links))

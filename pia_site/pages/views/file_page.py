"""The page of a 特定個人情報ファイル: whose information, from where, used by whom, given to whom, kept where.

May import: catalogue, documents, pages.routes, views.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pia_site.catalogue.entities import PersonalInformationFile
from pia_site.catalogue.records import Entrustment, FileUse, Handover
from pia_site.pages import routes
from pia_site.pages.routes import Page, href
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.document import Notice
from pia_site.pages.views.members import entrustment_table, handover_table
from pia_site.pages.views.passage import QuotedFact
from pia_site.pages.views.spelling import SpellingView, spellings
from pia_site.pages.views.table import Table

_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("だれの情報か", ("対象となる本人の数", "対象となる本人の範囲", "その必要性")),
    ("何が記録されるか", ("ファイルの種類", "記録される項目", "主な記録項目", "保有開始日")),
    ("どこから入手するか", ("入手元", "入手方法", "入手の時期・頻度")),
    ("何のために、だれが使うか", ("使用目的", "使用部署", "使用者数", "使用方法", "使用開始日")),
    ("どこに、いつまで保管するか", ("保管場所", "期間", "消去方法")),
)
"""What the page tells, by the keys of the form's items; a key a form does not have is passed over."""
_GROUPED = ("委託事項", "提供先", "移転先")


@dataclass(frozen=True, slots=True)
class FileSection:
    heading: str
    facts: tuple[QuotedFact, ...]


@dataclass(frozen=True, slots=True)
class FileUseView:
    """One printed copy of Ⅱ that describes the file."""

    document: Link
    place: Link
    sections: tuple[FileSection, ...]
    recorded_fields: int | None
    records: tuple[Link, ...]
    risks: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FilePage:
    chrome: Chrome
    lede: str
    notices: tuple[Notice, ...]
    body: Link
    memo: str
    spellings: tuple[SpellingView, ...]
    uses: tuple[FileUseView, ...]
    entrusted: Table | None
    handed_over: Table | None


def file_page(atlas: Atlas, file: PersonalInformationFile) -> FilePage:
    page = routes.body_file(*file.id)
    uses = atlas.catalogue.files.get(file.id, ())
    documents = list(dict.fromkeys(use.document for use in uses))
    body = atlas.body_name(file.body)
    lede = _lede(atlas, file, body, uses)
    entrusted, handed_over = _entrustments(atlas, uses), _handovers(atlas, uses)
    return FilePage(
        chrome=atlas.chrome(
            page,
            file.name,
            path=((body, routes.body(file.body)),),
            title=("特定個人情報ファイル", body),
            description=lede,
            documents=documents,
        ),
        lede=lede,
        notices=atlas.notices(documents),
        body=atlas.body_link(page, file.body),
        memo=atlas.readable(file.memo),
        spellings=spellings(atlas, page, (use.file for use in uses)),
        uses=tuple(_use(atlas, page, use) for use in uses),
        entrusted=entrustment_table(atlas, page, entrusted, with_body=False) if entrusted else None,
        handed_over=handover_table(atlas, page, handed_over) if handed_over else None,
    )


def _lede(atlas: Atlas, file: PersonalInformationFile, body: str, uses: tuple[FileUse, ...]) -> str:
    if not uses:
        return f"{body}の特定個人情報ファイルです。いまの評価書には、この名前の記載がありません。"
    names = "」と「".join(dict.fromkeys(atlas.jimu_name(use.document) for use in uses))
    return f"{body}が「{names}」のために持つ、マイナンバーを含む情報のまとまりです。"


def _use(atlas: Atlas, page: Page, use: FileUse) -> FileUseView:
    return FileUseView(
        document=atlas.jimu_link(page, use.document),
        place=atlas.place(page, use.document, use.address),
        sections=tuple(_sections(atlas, page, use)),
        recorded_fields=use.recorded_fields,
        records=_copies(atlas, page, use.document, use.record_copies),
        risks=_copies(atlas, page, use.document, use.risk_copies),
    )


def _sections(atlas: Atlas, page: Page, use: FileUse) -> Iterator[FileSection]:
    answers = [
        answer
        for answer in atlas.answers(use.document, use.address)
        if not (answer.slot.group or "").startswith(_GROUPED)
    ]
    for heading, keys in _SECTIONS:
        facts = [
            QuotedFact(answer.item.label, (one,))
            for key in keys
            for answer in answers
            if answer.item.key == key
            for one in [atlas.passage(page, use.document, answer.address)]
            if one is not None
        ]
        if facts:
            yield FileSection(heading, tuple(facts))


def _copies(atlas: Atlas, page: Page, document: str, addresses: Iterable[str]) -> tuple[Link, ...]:
    copies = atlas.documents[document].copy_by_address
    return tuple(
        Link(copies[address].label, href(page, atlas.jimu_page(document, address)))
        for address in addresses
        if address in copies
    )


def _entrustments(atlas: Atlas, uses: Iterable[FileUse]) -> list[Entrustment]:
    return [
        record
        for use in uses
        for record in atlas.catalogue.facts[use.document].entrustments
        if record.file_address == use.address
    ]


def _handovers(atlas: Atlas, uses: Iterable[FileUse]) -> list[Handover]:
    return [
        record
        for use in uses
        for record in atlas.catalogue.facts[use.document].handovers
        if record.file_address == use.address
    ]

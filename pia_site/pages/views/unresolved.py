"""What the documents name and nobody has resolved yet, as written, and the page of all data.

May import: catalogue, text, pages.routes, views.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pia_site.catalogue.resolve import EntityKind, Mention
from pia_site.pages import routes
from pia_site.pages.routes import DataFile, Page, href
from pia_site.pages.views.atlas import Atlas, unresolved_row
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.members import places_of
from pia_site.pages.views.table import Cell, Row, Table, linked, table
from pia_site.text.cleaning import collapse_spaces

_WHY = {
    EntityKind.BODY: "評価実施機関として登録されていない名前です。",
    EntityKind.SYSTEM: "接続先などとして書かれ、どのシステムのことか決められない名前です。",
    EntityKind.CONTRACTOR: "どの会社や団体のことか決められない名前です。",
    EntityKind.RECIPIENT: "どの機関や部署のことか決められない渡す先です。",
    EntityKind.DEPARTMENT: "部署の登録にない書き方です。",
    EntityKind.LAW: "どの法令のことか決められない引き方です。",
    EntityKind.FILE: "どの特定個人情報ファイルのことか決められない名前です。",
}


@dataclass(frozen=True, slots=True)
class UnresolvedKind:
    heading: str
    anchor: str
    why: str
    names: Table


@dataclass(frozen=True, slots=True)
class UnresolvedPage:
    chrome: Chrome
    lede: str
    kinds: tuple[UnresolvedKind, ...]


@dataclass(frozen=True, slots=True)
class DataPage:
    chrome: Chrome
    lede: str
    unresolved: Link
    tables: tuple[Table, ...]


def unresolved_page(atlas: Atlas) -> UnresolvedPage:
    page = routes.UNRESOLVED
    rows: dict[EntityKind, dict[str, list[Mention]]] = {}
    for mention in atlas.catalogue.unresolved:
        rows.setdefault(mention.kind, {}).setdefault(unresolved_row(mention), []).append(mention)
    count = sum(map(len, rows.values()))
    if count:
        lede = (
            "評価書に書かれた名前のうち、どのシステムや会社などを指すのか決められなかったもの"
            f"{count}件です。推測で結び付けず、書かれたとおりに並べています。"
        )
    else:
        lede = "評価書に書かれた名前は、すべて目録のページにつながっています。"
    return UnresolvedPage(
        chrome=atlas.chrome(
            page,
            "つながらなかった名前",
            path=(("データ", routes.list_of("data")),),
            description=lede,
            documents=(one.document for one in atlas.catalogue.unresolved),
        ),
        lede=lede,
        kinds=tuple(
            UnresolvedKind(
                heading=kind.label,
                anchor=kind.value,
                why=_WHY[kind],
                names=table(
                    f"{kind.label}の名前",
                    ("書かれている名前", "書かれている項目"),
                    (_row(atlas, page, anchor, same) for anchor, same in rows[kind].items()),
                ),
            )
            for kind in EntityKind
            if kind in rows
        ),
    )


def _row(atlas: Atlas, page: Page, anchor: str, mentions: list[Mention]) -> Row:
    documents: dict[str, list[str]] = {}
    for mention in mentions:
        documents.setdefault(mention.document, []).append(mention.address)
    groups = (places_of(atlas, page, document, addresses) for document, addresses in documents.items())
    return Row((Cell(collapse_spaces(mentions[0].written)), Cell(groups=tuple(groups))), anchor=anchor)


def data_page(atlas: Atlas, files: Iterable[str]) -> DataPage:
    """`files` are the paths of everything published below /data/, pages apart."""
    page = routes.list_of("data")
    lede = (
        "評価書の項目は、すべて機械でも読める形で置いています。"
        "登録や申込みはいりません。そのまま取り出して使えます。"
    )
    editions = [
        (atlas.documents[assessment.document], edition)
        for assessment in atlas.catalogue.assessments
        for edition in reversed(assessment.editions)
    ]
    own = {routes.data_jimu(one.body, one.number, one.published).path: one for _, one in editions}
    known = set(files)
    shared = sorted(path for path in known if path not in own)
    return DataPage(
        chrome=atlas.chrome(page, "データ", description=lede),
        lede=lede,
        unresolved=Link("つながらなかった名前", href(page, routes.UNRESOLVED)),
        tables=tuple(
            found
            for found in (
                table(
                    "目録全体のデータ",
                    ("ファイル", "形式"),
                    (
                        Row((linked(Link(path, href(page, DataFile(path)))), Cell(_format(path))))
                        for path in shared
                    ),
                ),
                table(
                    "評価書ごとのデータ",
                    ("評価書", "版", "ファイル"),
                    (
                        Row(
                            (
                                linked(atlas.jimu_link(page, edition.document)),
                                Cell(edition.published if edition.edition_date else "公表日不明"),
                                linked(Link(path, href(page, DataFile(path)))),
                            )
                        )
                        for path, edition in own.items()
                        if path in known
                    ),
                ),
            )
            if found.rows
        ),
    )


def _format(path: str) -> str:
    return {
        "jsonl": "JSON Lines（1行に1件）",
        "json": "JSON",
        "csv": "CSV（UTF-8）",
        "xml": "Atom フィード",
    }.get(path.rpartition(".")[2], "")

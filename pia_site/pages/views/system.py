"""The page of one system of one body, and that of a kind of system across bodies.

May import: catalogue, documents, pages.routes, views.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pia_site.catalogue.entities import System, SystemKind
from pia_site.catalogue.mentions import MentionedIn, MentionPlace
from pia_site.catalogue.records import DatedChange, Entrustment, SystemUse
from pia_site.catalogue.resolve import Mention
from pia_site.pages import routes
from pia_site.pages.routes import Page, href
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.dated import change_table, iso_of
from pia_site.pages.views.document import Notice
from pia_site.pages.views.item import NameView
from pia_site.pages.views.members import entrustment_table, places_of
from pia_site.pages.views.passage import Passage
from pia_site.pages.views.spelling import SpellingView, spellings
from pia_site.pages.views.table import Cell, LinkGroup, Row, Table, linked, listed, number, table


@dataclass(frozen=True, slots=True)
class SystemUseView:
    """What one document says of the system in Ⅰ2."""

    document: Link
    function: Passage | None
    connections: tuple[str, ...]
    connections_unknown: tuple[str, ...]
    others: tuple[NameView, ...]
    """Systems named beside the boxes."""
    connections_place: Link | None
    files: tuple[NameView, ...]


@dataclass(frozen=True, slots=True)
class SystemPage:
    chrome: Chrome
    lede: str
    notices: tuple[Notice, ...]
    kind: Link | None
    kind_description: str
    spellings: tuple[SpellingView, ...]
    memo: str
    uses: tuple[SystemUseView, ...]
    connected_from: tuple[LinkGroup, ...]
    """Systems of the body whose own entry names this one as connected."""
    entrusted: Table | None
    """委託事項 that name the system."""
    entrusted_files: Table | None
    """委託事項 of the files of the same 事務, which need not concern this system."""
    risks: tuple[LinkGroup, ...]
    elsewhere: tuple[LinkGroup, ...]
    changes: Table | None


@dataclass(frozen=True, slots=True)
class KindPage:
    chrome: Chrome
    lede: str
    systems: Table


def system_page(atlas: Atlas, system: System) -> SystemPage:
    page = routes.body_system(*system.id)
    catalogue = atlas.catalogue
    uses = catalogue.systems.get(system.id, ())
    connections = catalogue.connections.get(system.id, ())
    documents = list(dict.fromkeys(use.document for use in uses))
    mentions = _mentions(atlas, system, uses)
    entrusted = list(_entrusted(atlas, mentions))
    places = {(one.document, one.address) for one in entrusted}
    body = atlas.body_name(system.body)
    kind = atlas.registry.kinds.get(system.kind or "")
    lede = _lede(atlas, body, documents, bool(connections))
    in_risks = [one for one in mentions if one.part_role == "risks"]
    shown = {id(one) for one in in_risks}
    rest = [
        one
        for one in mentions
        if id(one) not in shown
        and one.where is not MentionedIn.CHANGE
        and (one.document, one.group_address) not in places
    ]
    return SystemPage(
        chrome=atlas.chrome(
            page,
            system.name,
            path=((body, routes.body(system.body)),),
            title=("システム", body),
            description=lede,
            documents=documents,
        ),
        lede=lede,
        notices=atlas.notices(documents),
        kind=Link(kind.name, href(page, routes.system_kind(kind.slug))) if kind else None,
        kind_description=kind.description if kind else "",
        spellings=spellings(atlas, page, _named(uses, (one.other for one in connections))),
        memo=atlas.readable(system.memo),
        uses=tuple(_use(atlas, page, use) for use in uses),
        connected_from=_connected_from(atlas, page, system),
        entrusted=_entrusted_table(atlas, page, entrusted),
        entrusted_files=_entrusted_files(atlas, page, documents, places),
        risks=_places(atlas, page, in_risks),
        elsewhere=_places(atlas, page, rest),
        changes=_changes(atlas, page, mentions),
    )


def kind_page(atlas: Atlas, kind: SystemKind) -> KindPage:
    page = routes.system_kind(kind.slug)
    systems = [one for one in atlas.registry.systems.values() if one.kind == kind.slug]
    bodies = list(dict.fromkeys(one.body for one in systems))
    words = f"{len(bodies)}の機関に{len(systems)}件あります。" if systems else "いまの目録にはありません。"
    lede = f"{kind.description}{words}"
    documents = [use.document for use in atlas.catalogue.systems_by_kind.get(kind.slug, ())]
    return KindPage(
        chrome=atlas.chrome(
            page,
            kind.name,
            path=(("システム", routes.list_of("systems")),),
            title=("システムの種類",),
            description=lede,
            documents=documents,
        ),
        lede=lede,
        systems=table(
            f"{kind.name}に当たるシステム",
            ("システム", "使う事務", "つながる相手"),
            (_kind_row(atlas, page, one) for one in systems),
        ),
    )


def system_rows(atlas: Atlas, page: Page, systems: Iterable[System]) -> Iterator[Row]:
    """Name, body, kind and 事務 of every system, for lists."""
    for one in systems:
        kind = atlas.registry.kinds.get(one.kind or "")
        documents = dict.fromkeys(use.document for use in atlas.catalogue.systems.get(one.id, ()))
        yield Row(
            (
                linked(Link(one.name, href(page, routes.body_system(*one.id)))),
                linked(atlas.body_link(page, one.body)),
                linked(Link(kind.name, href(page, routes.system_kind(kind.slug)))) if kind else Cell("―"),
                listed(
                    (atlas.jimu_link(page, document, with_body=False) for document in documents),
                    none="「使用するシステム」の欄にはない",
                ),
            )
        )


def kind_rows(atlas: Atlas, page: Page) -> Iterator[Row]:
    for kind in atlas.registry.kinds.values():
        systems = [one for one in atlas.registry.systems.values() if one.kind == kind.slug]
        if systems:
            yield Row(
                (
                    linked(Link(kind.name, href(page, routes.system_kind(kind.slug)))),
                    Cell(kind.description or "―"),
                    number(len({one.body for one in systems})),
                    number(len(systems)),
                )
            )


# --- one system ---


def _lede(atlas: Atlas, body: str, documents: list[str], connected: bool) -> str:
    if documents:
        names = "」と「".join(atlas.jimu_name(document) for document in documents)
        return f"{body}が「{names}」で使うシステムです。"
    if connected:
        return f"{body}の評価書に、ほかのシステムの接続先として名前のあるシステムです。"
    return f"{body}のシステムです。いまの評価書の「使用するシステム」の欄には、この名前はありません。"


def _named(uses: Iterable[SystemUse], others: Iterable[Mention]) -> list[Mention]:
    return [*(use.system for use in uses), *others]


def _use(atlas: Atlas, page: Page, use: SystemUse) -> SystemUseView:
    facts = atlas.catalogue.facts[use.document]
    others = [
        one for one in facts.connections if one.system.address == use.system.address and one.other.written
    ]
    boxes = next(
        (
            answer.address
            for answer in atlas.answers(use.document, use.address)
            if answer.item.key == "他のシステムとの接続"
        ),
        None,
    )
    return SystemUseView(
        document=atlas.jimu_link(page, use.document),
        function=atlas.passage(page, use.document, use.function_address),
        connections=tuple(one for one in use.connections if not (others and one == "その他")),
        connections_unknown=use.connections_unknown,
        others=atlas.names(page, (one.other for one in others)),
        connections_place=atlas.short_place(page, use.document, boxes) if boxes else None,
        files=atlas.names(page, (one.file for one in facts.files)),
    )


def _connected_from(atlas: Atlas, page: Page, system: System) -> tuple[LinkGroup, ...]:
    found: dict[NameView, list[Link]] = {}
    for one in atlas.catalogue.connections.get(system.id, ()):
        if one.system.scoped != system.id:
            name = atlas.name(page, one.system)
            place = atlas.short_place(page, one.document, one.address)
            label = f"{atlas.jimu_name(one.document)} {place.label}"
            found.setdefault(name, []).append(Link(label, place.href))
    return tuple(LinkGroup(name, tuple(dict.fromkeys(links))) for name, links in found.items())


# --- where it is named ---


def _mentions(atlas: Atlas, system: System, uses: Iterable[SystemUse]) -> list[MentionPlace]:
    """Places that name the system, each once, without the system's own entries."""
    own = {(use.document, use.address) for use in uses} | {(use.document, use.system.address) for use in uses}
    found = {
        (one.document, one.address): one
        for one in reversed(atlas.mentions(system.body).of(system.slug))
        if (one.document, one.address) not in own and (one.document, one.group_address) not in own
    }
    return list(reversed(found.values()))


def _entrusted(atlas: Atlas, mentions: Iterable[MentionPlace]) -> Iterator[Entrustment]:
    named = {(one.document, one.group_address) for one in mentions}
    for document in dict.fromkeys(one.document for one in mentions):
        for record in atlas.catalogue.facts[document].entrustments:
            if (document, record.address) in named:
                yield record


def _entrusted_table(atlas: Atlas, page: Page, records: list[Entrustment]) -> Table | None:
    what = "このシステムの名を挙げた委託"
    return entrustment_table(atlas, page, records, what, with_body=False) if records else None


def _entrusted_files(
    atlas: Atlas, page: Page, documents: Iterable[str], shown: set[tuple[str, str]]
) -> Table | None:
    records = [
        record
        for document in documents
        for record in atlas.catalogue.facts[document].entrustments
        if (document, record.address) not in shown
    ]
    what = "同じ事務のファイルについてのそのほかの委託" if shown else "同じ事務のファイルについての委託"
    return entrustment_table(atlas, page, records, what, with_body=False) if records else None


def _places(atlas: Atlas, page: Page, mentions: Iterable[MentionPlace]) -> tuple[LinkGroup, ...]:
    found: dict[str, list[Link]] = {}
    for one in mentions:
        found.setdefault(one.document, []).append(atlas.place(page, one.document, one.address))
    return tuple(
        LinkGroup(places_of(atlas, page, document, (), with_body=False).head, tuple(dict.fromkeys(links)))
        for document, links in found.items()
    )


def _changes(atlas: Atlas, page: Page, mentions: Iterable[MentionPlace]) -> Table | None:
    rows = []
    for one in mentions:
        if one.where is MentionedIn.CHANGE:
            edition = atlas.documents[one.document].edition
            change = next(row for row in edition.changes if row.address == one.address)
            title = atlas.jimu_name(one.document)
            rows.append(DatedChange(one.document, edition.body, edition.published, title, change))
    rows.sort(key=lambda row: iso_of(row.change), reverse=True)
    what = "このシステムの名が出てくる変更"
    return change_table(atlas, page, rows, what, with_body=False) if rows else None


def _kind_row(atlas: Atlas, page: Page, system: System) -> Row:
    uses = atlas.catalogue.systems.get(system.id, ())
    ticked = dict.fromkeys(option for use in uses for option in use.connections)
    unknown = dict.fromkeys(
        option for use in uses for option in use.connections_unknown if option not in ticked
    )
    note = f"不明（原本を確認）: {'、'.join(unknown)}" if unknown else ""
    return Row(
        (
            linked(
                Link(
                    f"{atlas.body_name(system.body)} {system.name}",
                    href(page, routes.body_system(*system.id)),
                )
            ),
            listed(
                (
                    atlas.jimu_link(page, one, with_body=False)
                    for one in dict.fromkeys(u.document for u in uses)
                ),
                none="「使用するシステム」の欄にはない",
            ),
            Cell("、".join(ticked) or ("" if note else "記載なし"), note=note),
        )
    )

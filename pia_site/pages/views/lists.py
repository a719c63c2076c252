"""The lists across bodies: plain tables that say how many rows they hold.

May import: catalogue, documents, pages.routes, views.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pia_site.catalogue.entities import Contractor, Law, Recipient
from pia_site.catalogue.history import dated_changes
from pia_site.catalogue.records import HandoverKind
from pia_site.pages import routes
from pia_site.pages.routes import Page, href
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.contractor import entrusted_matters
from pia_site.pages.views.dated import change_table
from pia_site.pages.views.system import kind_rows, system_rows
from pia_site.pages.views.table import Cell, Row, Table, linked, listed, number, table


@dataclass(frozen=True, slots=True)
class ListPage:
    chrome: Chrome
    lede: str
    tables: tuple[Table, ...]


def _page(atlas: Atlas, kind: str, heading: str, lede: str, *tables: Table) -> ListPage:
    chrome = atlas.chrome(routes.list_of(kind), heading, description=lede)
    return ListPage(chrome, lede, tuple(one for one in tables if one.rows))


def assessment_table(atlas: Atlas, page: Page, documents: Iterable[str]) -> Table:
    """評価書: its 事務, form and number, 公表日, situations."""
    return table(
        "評価書",
        ("事務", "様式", "評価書番号", "公表日", "関係する人"),
        (_assessment_row(atlas, page, document) for document in documents),
    )


def _assessment_row(atlas: Atlas, page: Page, document: str) -> Row:
    known = atlas.documents[document]
    entry = atlas.registry.assessment(document)
    number_ = known.edition.answer_to("評価書番号", "cover")
    situations = [atlas.registry.situations[one] for one in entry.situations] if entry else []
    return Row(
        (
            linked(atlas.jimu_link(page, document, with_body=False)),
            Cell(known.edition.form.name),
            Cell((number_.as_text() if number_ else "") or "不明"),
            Cell(known.published_words, kind="date"),
            listed((Link(one.name, href(page, routes.situation(one.slug))) for one in situations), none="―"),
        )
    )


def jimu_list(atlas: Atlas) -> ListPage:
    page = routes.list_of("jimu")
    documents = list(atlas.documents)
    found = table(
        "事務",
        ("事務", "機関", "様式", "公表日", "システム", "委託", "変更"),
        (_jimu_row(atlas, page, document) for document in documents),
    )
    lede = "マイナンバーを扱う事務ごとに、公表された評価書を項目に分けて載せています。"
    return _page(atlas, "jimu", "事務の一覧", lede, found)


def _jimu_row(atlas: Atlas, page: Page, document: str) -> Row:
    known = atlas.documents[document]
    facts = atlas.catalogue.facts[document]
    return Row(
        (
            linked(atlas.jimu_link(page, document, with_body=False)),
            linked(atlas.body_link(page, known.edition.body)),
            Cell(known.edition.form.name),
            Cell(known.published_words, kind="date"),
            number(len(facts.systems)),
            number(entrusted_matters(facts.entrustments)),
            number(len(known.edition.changes)),
        )
    )


def body_list(atlas: Atlas) -> ListPage:
    page = routes.list_of("bodies")
    rows = (
        Row(
            (
                linked(atlas.body_link(page, body.slug)),
                Cell(body.type or "―"),
                listed(
                    (
                        atlas.jimu_link(page, document, with_body=False)
                        for document in atlas.catalogue.documents_by_body.get(body.slug, ())
                    ),
                    none="まだ載っていません",
                ),
            )
        )
        for body in atlas.registry.bodies.values()
    )
    lede = "評価書を公表している機関です。機関のページに、開示請求の請求先と問合せ先があります。"
    return _page(atlas, "bodies", "機関の一覧", lede, table("機関", ("機関", "種別", "事務"), rows))


def system_list(atlas: Atlas) -> ListPage:
    page = routes.list_of("systems")
    lede = (
        "マイナンバーを扱う事務で使われているシステムです。"
        "種類は評価書にはなく、機関をこえて比べられるように、目録の作成者がまとめたものです。"
    )
    kinds = table("システムの種類", ("種類", "どういうものか", "機関", "システム"), kind_rows(atlas, page))
    columns = ("システム", "機関", "種類", "使う事務")
    systems = table("機関ごとのシステム", columns, system_rows(atlas, page, atlas.registry.systems.values()))
    return _page(atlas, "systems", "システムの一覧", lede, kinds, systems)


def contractor_list(atlas: Atlas) -> ListPage:
    page = routes.list_of("contractors")
    every = atlas.registry.contractors.values()
    now = [one for one in every if one.slug in current_contractors(atlas)]
    rest = [one for one in every if one not in now]
    lede = "特定個人情報ファイルの取扱いを委託されている会社や団体です。支店は会社のページにまとめています。"
    return _page(
        atlas,
        "contractors",
        "委託先の一覧",
        lede,
        table(
            "いまの委託先・再委託先",
            ("委託先", "委託している機関", "仕事の件数", "再委託先としての件数"),
            (_contractor_row(atlas, page, one) for one in now),
        ),
        table(
            "変更箇所などにだけ名前のあるもの",
            ("名称", "名前のある評価書"),
            (_former_row(atlas, page, one) for one in rest),
        ),
    )


def current_contractors(atlas: Atlas) -> frozenset[str]:
    """Slugs of the companies that the newest editions name as 委託先 or 再委託先."""
    return frozenset((*atlas.catalogue.entrustments, *atlas.catalogue.reentrustments))


def _contractor_row(atlas: Atlas, page: Page, contractor: Contractor) -> Row:
    entrustments = atlas.catalogue.entrustments.get(contractor.slug, ())
    further = atlas.catalogue.reentrustments.get(contractor.slug, ())
    bodies = dict.fromkeys(one.document.partition("/")[0] for one in (*entrustments, *further))
    return Row(
        (
            linked(Link(contractor.name, href(page, routes.contractor(contractor.slug)))),
            listed(atlas.body_link(page, body) for body in bodies),
            number(entrusted_matters(entrustments)),
            number(entrusted_matters(further)),
        )
    )


def _former_row(atlas: Atlas, page: Page, contractor: Contractor) -> Row:
    documents = dict.fromkeys(one.document for one in atlas.catalogue.contractor_history(contractor.slug))
    return Row(
        (
            linked(Link(contractor.name, href(page, routes.contractor(contractor.slug)))),
            listed((atlas.jimu_link(page, document) for document in documents), none="―"),
        )
    )


def recipient_list(atlas: Atlas) -> ListPage:
    page = routes.list_of("recipients")
    every = atlas.registry.recipients.values()
    lede = (
        "特定個人情報を渡している相手です。「提供」はほかの機関に渡すこと、"
        "「移転」は同じ機関の中の別の事務に渡すことをいいます。"
    )
    return _page(
        atlas,
        "recipients",
        "提供先・移転先の一覧",
        lede,
        table(
            "いまの提供先・移転先",
            ("渡す先", "種別", "渡している機関", "提供", "移転"),
            (_recipient_row(atlas, page, one) for one in every if one.slug in atlas.catalogue.handovers),
        ),
        table(
            "いまの評価書では渡す先になっていないもの",
            ("名称", "種別"),
            (
                Row((_recipient_cell(page, one), Cell(one.type or "―")))
                for one in every
                if one.slug not in atlas.catalogue.handovers
            ),
        ),
    )


def _recipient_cell(page: Page, recipient: Recipient) -> Cell:
    return linked(Link(recipient.name, href(page, routes.recipient(recipient.slug))))


def _recipient_row(atlas: Atlas, page: Page, recipient: Recipient) -> Row:
    handovers = atlas.catalogue.handovers[recipient.slug]
    bodies = dict.fromkeys(one.document.partition("/")[0] for one in handovers)
    return Row(
        (
            _recipient_cell(page, recipient),
            Cell(recipient.type or "―"),
            listed(atlas.body_link(page, body) for body in bodies),
            *(number(sum(one.kind is kind for one in handovers)) for kind in HandoverKind),
        )
    )


def law_list(atlas: Atlas) -> ListPage:
    page = routes.list_of("laws")
    every = atlas.registry.laws.values()
    lede = "評価書が根拠として引いている法律、命令、条例などです。"
    return _page(
        atlas,
        "laws",
        "法令の一覧",
        lede,
        table(
            "引かれている法令",
            ("法令", "法令番号", "評価書", "引用", "うち番号が古いもの"),
            (_law_row(atlas, page, one) for one in every if one.slug in atlas.catalogue.citations),
        ),
        table(
            "いまの評価書では引かれていない法令",
            ("法令", "法令番号"),
            (
                Row((_law_cell(page, one), Cell(one.number or "―")))
                for one in every
                if one.slug not in atlas.catalogue.citations
            ),
        ),
    )


def _law_cell(page: Page, law: Law) -> Cell:
    note = law.name if law.short_name else ""
    return Cell(law.short_name or law.name, href(page, routes.law(law.slug)), note=note)


def _law_row(atlas: Atlas, page: Page, law: Law) -> Row:
    citations = atlas.catalogue.citations[law.slug]
    return Row(
        (
            _law_cell(page, law),
            Cell(law.number or "―"),
            number(len({one.document for one in citations})),
            number(len(citations)),
            number(sum(one.verdict.outdated_today for one in citations)),
        )
    )


def change_list(atlas: Atlas) -> ListPage:
    page = routes.list_of("changes")
    lede = (
        "評価書の「変更箇所」に書かれた変更を、新しい順に並べています。"
        "事前・事後は、評価書の提出が変更の前か後かです。"
    )
    rows = change_table(atlas, page, dated_changes(atlas.catalogue))
    return _page(atlas, "changes", "変更の一覧", lede, rows)


def situation_list(atlas: Atlas) -> ListPage:
    page = routes.list_of("situations")
    rows = (
        Row(
            (
                linked(Link(one.name, href(page, routes.situation(one.slug)))),
                Cell(one.description),
                listed(
                    (
                        atlas.jimu_link(page, document)
                        for document in atlas.catalogue.documents_by_situation.get(one.slug, ())
                    ),
                    none="まだ載っていません",
                ),
            )
        )
        for one in atlas.registry.situations.values()
    )
    lede = "あてはまるものを選ぶと、あなたのマイナンバーを扱っている事務が分かります。"
    columns = ("あてはまる人", "説明", "関係する事務")
    return _page(atlas, "situations", "自分に関係する事務", lede, table("状況", columns, rows))

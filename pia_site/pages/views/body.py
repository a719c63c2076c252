"""The page of a 評価実施機関: its assessments, systems, contractors, files, departments, where to ask.

May import: catalogue, documents, pages.routes, views.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pia_site.catalogue.entities import Body
from pia_site.catalogue.records import DepartmentUse
from pia_site.pages import routes
from pia_site.pages.routes import Page, href
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.dated import Bar, bars_by_year
from pia_site.pages.views.document import Fact, Notice
from pia_site.pages.views.item import NameView
from pia_site.pages.views.lists import assessment_table
from pia_site.pages.views.passage import Passage, QuotedFact
from pia_site.pages.views.system import system_rows
from pia_site.pages.views.table import Cell, LinkGroup, Row, Table, linked, listed, table

_CONTACTS = (
    ("開示・訂正・利用停止の請求先", "請求先"),
    ("請求の方法", "請求方法"),
    ("評価書についての問合せ先", "連絡先"),
)


@dataclass(frozen=True, slots=True)
class ContactView:
    """Where to ask about the 事務 that say the same."""

    documents: tuple[Link, ...]
    facts: tuple[QuotedFact, ...]


@dataclass(frozen=True, slots=True)
class BodyPage:
    chrome: Chrome
    lede: str
    notices: tuple[Notice, ...]
    facts: tuple[Fact, ...]
    memo: str
    contacts: tuple[ContactView, ...]
    assessments: Table
    files: Table
    systems: Table
    contractors: Table
    departments: Table
    years: tuple[Bar, ...]
    changes: int
    changes_link: Link


def body_page(atlas: Atlas, body: Body) -> BodyPage:
    page = routes.body(body.slug)
    documents = atlas.catalogue.documents_by_body.get(body.slug, ())
    changes = [row for one in documents for row in atlas.documents[one].edition.changes]
    systems = [one for one in atlas.registry.systems.values() if one.body == body.slug]
    lede = _lede(body, len(documents))
    return BodyPage(
        chrome=atlas.chrome(
            page,
            body.name,
            path=(("機関", routes.list_of("bodies")),),
            description=lede,
            documents=documents,
        ),
        lede=lede,
        notices=atlas.notices(documents),
        facts=tuple(_facts(body)),
        memo=atlas.readable(body.memo),
        contacts=_contacts(atlas, page, documents),
        assessments=assessment_table(atlas, page, documents),
        files=_files(atlas, page, documents),
        systems=_without_body(table("システム", _SYSTEM_COLUMNS, system_rows(atlas, page, systems))),
        contractors=_contractors(atlas, page, documents),
        departments=_departments(atlas, page, body.slug),
        years=bars_by_year(changes),
        changes=len(changes),
        changes_link=Link("すべての機関の変更を新しい順に見る", href(page, routes.list_of("changes"))),
    )


_SYSTEM_COLUMNS = ("システム", "機関", "種類", "使う事務")


def _without_body(found: Table) -> Table:
    at = found.columns.index("機関")
    return replace(
        found,
        columns=found.columns[:at] + found.columns[at + 1 :],
        rows=tuple(replace(row, cells=row.cells[:at] + row.cells[at + 1 :]) for row in found.rows),
    )


def _lede(body: Body, documents: int) -> str:
    if not documents:
        return f"{body.name}の特定個人情報保護評価書は、まだ載っていません。"
    return f"{body.name}がマイナンバーを扱う事務のうち、{documents}件の評価書を載せています。"


def _facts(body: Body) -> Iterator[Fact]:
    if body.type:
        yield Fact("種別", body.type)
    if body.code:
        yield Fact("団体コード", body.code)
        yield Fact("団体コードの出典", body.code_source or "記載なし")


def _contacts(atlas: Atlas, page: Page, documents: Iterable[str]) -> tuple[ContactView, ...]:
    found: dict[tuple[object, ...], ContactView] = {}
    for document in documents:
        facts = tuple(_contact_facts(atlas, page, document))
        if not facts:
            continue
        id_ = tuple((fact.term, *(one.content for one in fact.passages)) for fact in facts)
        known = found.get(id_, ContactView((), facts))
        link = atlas.jimu_link(page, document, with_body=False)
        found[id_] = replace(known, documents=(*known.documents, link))
    return tuple(found.values())


def _contact_facts(atlas: Atlas, page: Page, document: str) -> Iterator[QuotedFact]:
    answers = [
        answer
        for answer in atlas.documents[document].edition.answers.values()
        if answer.slot.part.role == "disclosure"
    ]
    for term, key in _CONTACTS:
        quoted: list[Passage] = [
            one
            for answer in answers
            if answer.item.key == key
            for one in [atlas.passage(page, document, answer.address)]
            if one is not None
        ]
        if quoted:
            yield QuotedFact(term, tuple(quoted))


def _files(atlas: Atlas, page: Page, documents: Iterable[str]) -> Table:
    uses = [use for document in documents for use in atlas.catalogue.facts[document].files]
    return table(
        "特定個人情報ファイル",
        ("ファイル", "事務", "対象となる本人の数", "記録項目の数"),
        (
            Row(
                (
                    listed([atlas.name(page, use.file)]),
                    linked(atlas.jimu_link(page, use.document, with_body=False)),
                    Cell(use.subject_count or "記載なし"),
                    Cell(f"{use.recorded_fields}項目" if use.recorded_fields is not None else "分からない"),
                )
            )
            for use in uses
        ),
    )


def _contractors(atlas: Atlas, page: Page, documents: Iterable[str]) -> Table:
    matters: dict[NameView, dict[tuple[str, str], None]] = {}
    for document in documents:
        for record in atlas.catalogue.facts[document].entrustments:
            for mention in record.contractors:
                name = atlas.name(page, mention)
                if mention.slug is not None:
                    name = NameView(atlas.registry.contractors[mention.slug].name, name.href)
                matters.setdefault(name, {})[document, record.title or "名称の記載なし"] = None
    return table(
        "委託先",
        ("委託先", "委託している仕事", "事務"),
        (
            Row(
                (
                    Cell(name.words, name.href),
                    listed(NameView(title) for _, title in found),
                    listed(atlas.jimu_link(page, document, with_body=False) for document, _ in found),
                )
            )
            for name, found in matters.items()
        ),
    )


def _departments(atlas: Atlas, page: Page, slug: str) -> Table:
    departments = (one for one in atlas.registry.departments.values() if one.body == slug)
    used = [(one, atlas.catalogue.departments.get(one.id, ())) for one in departments]
    return table(
        "部署",
        ("部署", "役割と、書かれている項目"),
        (
            Row(
                (Cell(f"{one.parent} {one.name}".strip()), Cell(groups=_roles(atlas, page, uses))),
                anchor=one.slug,
            )
            for one, uses in used
            if uses
        ),
    )


def _roles(atlas: Atlas, page: Page, uses: Iterable[DepartmentUse]) -> tuple[LinkGroup, ...]:
    roles: dict[str, list[Link]] = {}
    for use in uses:
        place = atlas.short_place(page, use.document, use.address)
        label = f"{atlas.jimu_name(use.document)} {place.label}"
        roles.setdefault(use.role.value, []).append(Link(label, place.href))
    return tuple(LinkGroup(NameView(role), tuple(dict.fromkeys(links))) for role, links in roles.items())

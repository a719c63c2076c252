"""The page of a law: every citation of it, by article and 別表, with the time its number belongs to.

May import: catalogue, text, pages.routes, views.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pia_site.catalogue.entities import Law
from pia_site.catalogue.epochs import Standing
from pia_site.catalogue.records import Citation
from pia_site.pages import routes
from pia_site.pages.routes import Page
from pia_site.pages.views.atlas import Atlas
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.document import Fact
from pia_site.pages.views.members import places_of
from pia_site.pages.views.spelling import SpellingView, spellings
from pia_site.pages.views.table import Cell, LinkGroup, Row, Table, table
from pia_site.text.cleaning import collapse_spaces, drop_spaces, fold_width
from pia_site.text.law_places import LastPlace, read_places

EGOV = "https://laws.e-gov.go.jp/law/"
_WHOLE = "条項の指定なし"
_ARTICLES, _SUPPLEMENT, _OTHERS = "条", "附則", "そのほかの箇所"
_TABLE_NAME = re.compile(r"(?:第[0-9の条項]+の表|別表(?:第[一-十]+(?!の表))?)")
_THEN = {
    Standing.OUTDATED: "公表日の時点ですでに古い番号",
    Standing.NOT_YET: "公表日の時点ではまだない番号",
}


@dataclass(frozen=True, slots=True)
class OutdatedView:
    """Citations that are out of date for one reason."""

    explanation: str
    places: tuple[str, ...]
    documents: tuple[LinkGroup, ...]


@dataclass(frozen=True, slots=True)
class LawPage:
    chrome: Chrome
    lede: str
    facts: tuple[Fact, ...]
    dated_links: tuple[Link, ...]
    memo: str
    outdated: tuple[OutdatedView, ...]
    outdated_count: int
    has_epochs: bool
    places: tuple[Table, ...]
    """One table for the articles, one for each 別表."""
    spellings: tuple[SpellingView, ...]


def law_page(atlas: Atlas, law: Law) -> LawPage:
    page = routes.law(law.slug)
    citations = atlas.catalogue.citations.get(law.slug, ())
    documents = list(dict.fromkeys(one.document for one in citations))
    outdated = [one for one in citations if one.verdict.outdated_today]
    heading = law.short_name or law.name
    lede = law_lede(atlas, law)
    return LawPage(
        chrome=atlas.chrome(
            page,
            heading,
            path=(("法令", routes.list_of("laws")),),
            description=f"{law.name}。{lede}",
            documents=documents,
        ),
        lede=lede,
        facts=tuple(_facts(atlas, law)),
        dated_links=tuple(Link(f"{one.date} 施行の条文", one.url) for one in law.dated_links),
        memo=atlas.readable(law.memo),
        outdated=tuple(_outdated(atlas, page, outdated)),
        outdated_count=len(outdated),
        has_epochs=any(one.verdict.epoch for one in citations),
        places=tuple(_tables(atlas, page, citations)),
        spellings=spellings(atlas, page, (one.law for one in citations)),
    )


def law_lede(atlas: Atlas, law: Law) -> str:
    citations = atlas.catalogue.citations.get(law.slug, ())
    if not citations:
        return "いまの評価書に、この法令の引用はありません。"
    documents = len({one.document for one in citations})
    items = len({(one.document, one.address) for one in citations})
    return f"{documents}件の評価書の{items}の項目で引かれています（引用{len(citations)}件）。"


def _facts(atlas: Atlas, law: Law) -> Iterator[Fact]:
    yield Fact("正式な名称", law.name)
    if law.type:
        yield Fact("種別", law.type)
    if law.body:
        yield Fact("定めた機関", atlas.body_name(law.body))
    if law.number:
        yield Fact("法令番号", law.number)
    if law.egov_id:
        yield Fact("e-Gov 法令ID", law.egov_id)
        yield Fact("条文", "e-Gov 法令検索で読む（いまの条文）", EGOV + law.egov_id)


# --- by place ---


@dataclass(frozen=True, slots=True)
class _Placed:
    head: str
    words: str
    order: tuple[int, ...]
    citation: Citation


def _placed(citation: Citation) -> _Placed:
    """The citation under its table and canonical place; a place that cannot be read stays as written."""
    written = collapse_spaces(citation.place)
    if not written:
        return _Placed(_WHOLE, _WHOLE, (), citation)
    compact = drop_spaces(fold_width(written))
    places, end = read_places(compact, 0, after_law=True, last=LastPlace())
    if len(places) != 1 or end != len(compact):
        return _Placed(_OTHERS, written, (), citation)
    words = places[0].text
    found = _TABLE_NAME.match(words)
    if found:
        head = found[0]
    elif words.startswith("附則"):
        head = _SUPPLEMENT
    else:
        head = _ARTICLES
    order = tuple(map(int, re.findall(r"[0-9]+", words.removeprefix(found[0]) if found else words)))
    return _Placed(head, words, order, citation)


def _tables(atlas: Atlas, page: Page, citations: Iterable[Citation]) -> Iterator[Table]:
    heads: dict[str, dict[str, list[_Placed]]] = {}
    for placed in sorted(map(_placed, citations), key=lambda one: (one.order, one.words)):
        heads.setdefault(placed.head, {}).setdefault(placed.words, []).append(placed)
    for head in sorted(heads, key=_head_order):
        yield table(
            head if head not in (_ARTICLES, _OTHERS) else {_ARTICLES: "条文", _OTHERS: _OTHERS}[head],
            ("箇所", "引いている項目", "番号の時期"),
            (_row(atlas, page, words, placed) for words, placed in heads[head].items()),
            counter="か所",
        )


def _head_order(head: str) -> tuple[int, str]:
    known = (_ARTICLES, _SUPPLEMENT)
    if head in known:
        return known.index(head), head
    return ({_OTHERS: 4, _WHOLE: 5}.get(head, 3), head)


def _row(atlas: Atlas, page: Page, words: str, placed: list[_Placed]) -> Row:
    citations = [one.citation for one in placed]
    first = citations[0].verdict
    old = any(one.verdict.outdated_today for one in citations)
    return Row(
        (
            Cell(words, badges=("いまは古い番号",) if old else ()),
            Cell(groups=tuple(_by_document(atlas, page, citations))),
            Cell(first.epoch or "―"),
        )
    )


def _by_document(atlas: Atlas, page: Page, citations: Iterable[Citation]) -> Iterator[LinkGroup]:
    documents: dict[str, list[Citation]] = {}
    for one in citations:
        documents.setdefault(one.document, []).append(one)
    for document, found in documents.items():
        group = places_of(atlas, page, document, (one.address for one in found))
        yield LinkGroup(group.head, group.links, _THEN.get(found[0].verdict.then, ""))


# --- out of date ---


def _outdated(atlas: Atlas, page: Page, citations: Iterable[Citation]) -> Iterator[OutdatedView]:
    reasons: dict[str, list[Citation]] = {}
    for one in citations:
        reasons.setdefault(one.verdict.explanation, []).append(one)
    for explanation, found in reasons.items():
        placed = sorted(map(_placed, found), key=lambda one: (one.head, one.order, one.words))
        yield OutdatedView(
            explanation=explanation,
            places=tuple(dict.fromkeys(one.words for one in placed)),
            documents=tuple(_by_document(atlas, page, found)),
        )

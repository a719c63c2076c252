"""Data stays data: nothing in a document can act as HTML or Markdown, and nothing of it is lost."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown
from toy_pages import SETTINGS, TOY, body_of, toy_catalogue, tree_of

from pia_site.documents.answers import (
    Answer,
    CitedLaw,
    Count,
    Date,
    Law,
    Names,
    RecordGroup,
    Records,
    State,
    Text,
)
from pia_site.documents.edition import ChangeText, Edition, OfficialSource
from pia_site.forms import Kind
from pia_site.pages import RenderedPage
from pia_site.pages.render import printable, render_page
from pia_site.pages.routes import OVERVIEW
from pia_site.pages.views.annex import annex_page
from pia_site.pages.views.changes import changes_page
from pia_site.pages.views.document import Document
from pia_site.pages.views.overview import overview_page
from pia_site.pages.views.part import part_page
from pia_site.problems import Location, problem
from pia_site.text.cleaning import collapse_spaces
from pia_site.text.marked_yaml import parse_yaml

HOSTILE = (
    "<script>alert(1)</script>",
    "</div></article><h1>終わり</h1>",
    "＜中間サーバーにおける措置＞",
    "\" onmouseover=\"x' onclick='y",
    "*強調* _斜体_ `符号` [語](javascript:x) ![絵](x)",
    "# 見出し",
    "- 一覧\n- 一覧\n\n> 引用\n\n    字下げ\n---\n***",
    "[1]: https://example.jp\n*[略]: 略語\n{: #id .class }\n!!! note",
    "{{ 7 * 7 }}{% raw %}{# #}",
    "&amp; &lt;b&gt; &#60; &nbsp;",
    "<!-- 注 --> <![CDATA[ ]]> <?php ?>",
    "A & B < C > D",
    "\x02wzxhzdk:0\x03 \x00\x1b[31m",
    "行末\u2028次の行\x85次の行\r\n次の行",
    "---\ntitle: 別の題\n---",
    '--8<-- "/etc/passwd"',
)


def through_markdown(page: RenderedPage) -> str:
    """What MkDocs makes of the page's body, with the extensions of mkdocs.yml."""
    converter = Markdown(extensions=["attr_list", "tables", "toc"])
    converted: str = converter.convert(body_of(page))
    return converted.strip()


def stained(edition: Edition, text: str) -> Edition:
    """The edition with a text in every place that takes one."""

    def answer(one: Answer) -> Answer:
        kind = one.item.kind
        values = {
            Kind.TEXT: Text(text),
            Kind.NAME: Names((text, text)),
            Kind.CONTACT: Names((text,)),
            Kind.COUNT: Count(text, None),
            Kind.DATE: Date(text, None),
            Kind.LAW: Law(text, (CitedLaw(text, text),)),
            Kind.RECORDS: Records((RecordGroup(text, (text,)),)),
        }
        value = values.get(kind, one.value)
        state = State.PRESENT if kind in values else one.state
        return replace(one, value=value, state=state, summary=text, omitted=(text,), memo=text, written=text)

    overview = replace(
        edition.overview,
        sentences=(text,),
        answers=tuple(replace(short, answer=text) for short in edition.overview.answers),
    )
    side = ChangeText(text, text, None)
    return replace(
        edition,
        answers={address: answer(one) for address, one in edition.answers.items()},
        official=OfficialSource(text, text),
        overview=overview,
        covered_files=dict.fromkeys(edition.covered_files, (text,)),
        changes=tuple(
            replace(row, item=text, before=side, after=side, reason=text, timing=text)
            for row in edition.changes
        ),
        annexes=tuple(
            replace(annex, name=text, title=text, summary=text, entries=(text,)) for annex in edition.annexes
        ),
        memo=text,
    )


def stained_document(text: str) -> Document:
    assessment = toy_catalogue().assessments[0]
    edition = stained(assessment.newest, text)
    return Document(
        replace(assessment, editions=(edition,)),
        edition,
        replace(SETTINGS, publisher=text, report_to=text),
        body_name=text,
        jimu_name=text,
    )


def stained_page(document: Document, name: str) -> RenderedPage:
    if name == OVERVIEW:
        found = problem("V002", Location(TOY, 1, "i-1-1"), label=document.jimu_name, value=document.jimu_name)
        return render_page("overview", overview_page(document, [found]))
    copy = document.copy_by_address[name]
    if name == "changes":
        return render_page("changes", changes_page(document, copy))
    if name == "annex1":
        return render_page("annex", annex_page(document, copy))
    return render_page("part", part_page(document, copy))


@cache
def stained_pages(text: str) -> tuple[RenderedPage, ...]:
    """Pages of every template and with items of every kind, saying one thing everywhere."""
    document = stained_document(text)
    names = (OVERVIEW, "cover", "i", "ii1", "records1", "changes", "annex1")
    return tuple(stained_page(document, name) for name in names)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_out_as_it_was_written(text: str) -> None:
    lines = [line for line in map(collapse_spaces, printable(text).split("\n")) if line]
    for page in stained_pages(text):
        body = body_of(page)
        assert through_markdown(page) == body, page.src_uri
        tree = tree_of(page)
        assert tree.xpath("//script | //@onclick | //@onmouseover | //iframe | //@style") == []
        assert tree.xpath("//a[starts-with(normalize-space(@href), 'javascript')]") == []
        assert len(tree.xpath("//h1")) == 1
        words = collapse_spaces(tree.text_content())
        assert all(line in words for line in lines), page.src_uri


@pytest.mark.parametrize("text", HOSTILE)
def test_the_front_matter_holds_only_what_it_should(text: str) -> None:
    for page in stained_pages(text):
        assert page.markdown.startswith("---\n")
        front = page.markdown[4:].split("\n---\n", 1)[0]
        plain = parse_yaml(front).plain()
        assert isinstance(plain, dict)
        assert plain == {
            "title": page.title,
            "description": page.description,
            "hide": ["navigation", "toc"],
        }
        assert "\n" not in page.title + page.description


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters() | st.sampled_from("<>&\"'*_`#[](){}|\n\t\\-=!:;/")))
def test_no_text_reaches_markdown(text: str) -> None:
    document = stained_document(text)
    for name in (OVERVIEW, "v", "changes", "annex1"):
        page = stained_page(document, name)
        body = body_of(page)
        assert through_markdown(page) == body
        assert "\n\n" not in body
        assert all(line == line.strip(" ") for line in body.split("\n"))
        tree = html.fragment_fromstring(body)
        assert tree.xpath("//script | //@style") == []

"""The pages of whole documents: golden pages, addresses, links, titles."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from urllib.parse import urldefrag, urljoin

import pytest
from toy_pages import SETTINGS, body_of, toy_site, tree_of

from pia_site.documents.blank import blank_edition
from pia_site.documents.edition import Assessment
from pia_site.forms import Form, all_forms
from pia_site.pages import RenderedPage, RenderedSite
from pia_site.pages.documents import edition_pages
from pia_site.pages.routes import Page, page_of_address
from pia_site.pages.views.document import Document

GOLDEN_PAGES = (
    "jimu/mihon-city/1/index.md",
    "jimu/mihon-city/1/cover.md",
    "jimu/mihon-city/1/i.md",
    "jimu/mihon-city/1/ii1.md",
    "jimu/mihon-city/1/records1.md",
    "jimu/mihon-city/1/changes.md",
    "jimu/mihon-city/1/annex1.md",
    "jimu/mihon-city/1/history/index.md",
    "jimu/mihon-city/2/2023-06-01/index.md",
    "jimu/mihon-city/2/2023-06-01/i.md",
)


def jimu_pages(site: RenderedSite) -> list[RenderedPage]:
    return [page for page in site.pages if page.src_uri.startswith("jimu/") and page.src_uri.count("/") > 1]


@pytest.mark.parametrize("src_uri", GOLDEN_PAGES)
def test_golden_page(src_uri: str, site: RenderedSite, golden: Callable[[str, str], None]) -> None:
    page = next(page for page in site.pages if page.src_uri == src_uri)
    golden(src_uri.removeprefix("jimu/").replace("/", "."), page.markdown)


# --- addresses ---


def addresses_of(document: Document) -> Iterator[str]:
    """Every address of an edition: its items, the prefixes above them, change rows and annexes."""
    edition = document.edition
    for answer in edition.answers.values():
        slot = answer.slot
        yield from (answer.address, slot.part_address, slot.section_address)
        if slot.group_address:
            yield slot.group_address
    for row in edition.changes:
        yield row.address
        yield row.address.rsplit("-", 1)[0]
    yield from (annex.address for annex in edition.annexes)


def test_every_address_is_an_id_on_exactly_one_page(documents: tuple[Document, ...]) -> None:
    for document in documents:
        ids = Counter(
            (page.src_uri, element.get("id"))
            for page in edition_pages(document)
            for element in tree_of(page).xpath("//*[@id]")
        )
        assert [where for where, count in ids.items() if count > 1] == []
        for address in set(addresses_of(document)):
            pages = [src_uri for src_uri, id_ in ids if id_ == address]
            assert pages == [document.page(page_of_address(address)).src_uri], address


def test_pinned_and_plain_pages_are_the_same_pages(site: RenderedSite) -> None:
    names = [page.src_uri for page in jimu_pages(site)]
    plain = {name for name in names if name.startswith("jimu/mihon-city/2/") and name.count("/") == 3}
    pinned = {name for name in names if name.startswith("jimu/mihon-city/2/2024-06-03/")}
    assert {name.replace("2024-06-03/", "") for name in pinned} == plain
    assert "jimu/mihon-city/2/index.md" in plain


# --- links ---

LINKS = ("href", "data-copy", "data-print-url")


def test_every_link_leads_somewhere(site: RenderedSite) -> None:
    """Links out of the pages of a document that lead into documents, data and pages of the catalogue."""
    trees = {Page(page.src_uri).url: tree_of(page) for page in site.pages}
    ids = {url: {element.get("id") for element in tree.xpath("//*[@id]")} for url, tree in trees.items()}
    files = {path for path, _ in site.data_files}
    folders = {url.split("/")[0] for url in trees if "/" in url}
    root = "https://example.jp/pia/"
    broken = []
    for url, tree in trees.items():
        for link in {link for name in LINKS for link in tree.xpath(f"//@{name}")}:
            target, fragment = urldefrag(urljoin(root + url, link))
            path = target.removeprefix(root)
            if not target.startswith(root) or path.split("/")[0] not in folders:
                continue
            known = path in files or (path in trees and (not fragment or fragment in ids[path]))
            broken += [] if known else [(url, link)]
    assert broken == []


def test_links_are_relative(site: RenderedSite) -> None:
    for page in jimu_pages(site):
        tree = tree_of(page)
        for name in LINKS:
            for link in tree.xpath(f"//@{name}"):
                assert not link.startswith(("/", "javascript:")), (page.src_uri, link)


def test_the_copy_button_gives_the_pinned_link(site: RenderedSite) -> None:
    pages = {page.src_uri: page for page in site.pages}
    item = "//article[@id='ii1-4-c1-3']//button[@class='pia-copy'][not(@data-copy-text)]/@data-copy"
    plain = tree_of(pages["jimu/mihon-city/1/ii1.md"]).xpath(item)
    pinned = tree_of(pages["jimu/mihon-city/1/2024-04-01/ii1.md"]).xpath(item)
    assert (plain, pinned) == (["../2024-04-01/ii1/#ii1-4-c1-3"], ["#ii1-4-c1-3"])


# --- what surrounds the content ---


def test_titles_are_unique_and_run_from_the_particular_to_the_general(site: RenderedSite) -> None:
    titles = Counter(page.title for page in jimu_pages(site))
    assert [title for title, count in titles.items() if count > 1] == []
    assert "Ⅲ リスク対策 – 見本医療給付事務 – 見本市" in titles
    assert "Ⅰ 基本情報（令和5年6月1日（2023-06-01）の版） – 見本税事務 – 見本市" in titles


def test_every_page_has_one_h1_and_no_skipped_heading(site: RenderedSite) -> None:
    for page in jimu_pages(site):
        levels = [int(element.tag[1]) for element in tree_of(page).iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, page.src_uri
        jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert jumps == [], page.src_uri


def test_every_page_ends_with_who_answers_for_it(site: RenderedSite) -> None:
    for page in jimu_pages(site):
        foot = tree_of(page).find_class("pia-pagefoot")[0].text_content()
        assert "見本市 見本課" in foot, page.src_uri
        assert "mihon@example.jp" in foot, page.src_uri


def test_nothing_is_inline_that_the_content_policy_forbids(site: RenderedSite) -> None:
    for page in jimu_pages(site):
        tree = tree_of(page)
        assert tree.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]") == []


def test_an_abstract_edition_says_so_and_names_the_body(site: RenderedSite) -> None:
    for page in jimu_pages(site):
        words = tree_of(page).find_class("pia-notice__title")
        abstract = page.src_uri.startswith("jimu/mihon-city/1/")
        assert any(one.text_content() == ("抄録です" if abstract else "全文です") for one in words)


def test_an_old_edition_leads_to_the_same_page_of_the_newest(site: RenderedSite) -> None:
    pages = {page.src_uri: page for page in site.pages}
    old = tree_of(pages["jimu/mihon-city/2/2023-06-01/ii1.md"]).find_class("pia-notice--warning")
    assert [link for one in old for link in one.xpath(".//@href")] == ["../../ii1/"]
    newest = tree_of(pages["jimu/mihon-city/2/ii1.md"])
    assert newest.find_class("pia-notice--warning") == []


def test_search_finds_the_plain_pages_item_by_item(site: RenderedSite) -> None:
    pages = {page.src_uri: page for page in site.pages}
    entries = {entry.address: entry for entry in pages["jimu/mihon-city/1/ii1.md"].entries or ()}
    assert entries["ii1-4-c1-3"].title == "Ⅱ（見本医療受給者ファイル）4 委託事項1 ③委託先名"
    assert entries["ii1-4-c1-3"].text == "株式会社見本システムズ みほん支店"
    assert entries[""].title == pages["jimu/mihon-city/1/ii1.md"].title
    assert pages["jimu/mihon-city/1/2024-04-01/ii1.md"].entries == ()


def test_the_data_of_each_edition_is_published() -> None:
    files = dict(toy_site().data_files)
    assert b'"id": "ii1-4-c1-3"' in files["data/jimu/mihon-city/1/2024-04-01.jsonl"]


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.id)
def test_an_empty_edition_of_every_form_has_pages(form: Form) -> None:
    edition = blank_edition(form, body="mihon-city", number="3", files=2, members=2)
    assessment = Assessment("mihon-city", "3", (edition,))
    document = Document(assessment, edition, SETTINGS, "見本市", "見本事務")
    pages = list(edition_pages(document))
    assert len(pages) == len(document.copies) + 2
    assert all("空欄" in body_of(page) for page in pages if page.src_uri.endswith(("/i.md", "/ii1.md")))

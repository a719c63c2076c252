"""The pages across documents: golden pages, links both ways, nothing lost, hostile names."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import html
from toy_pages import SETTINGS, TOY, body_of, tree_of

from pia_site.catalogue import Catalogue, build_catalogue, load_registry
from pia_site.catalogue.resolve import EntityKind, Mention
from pia_site.documents.store import read_content
from pia_site.pages import RenderedPage, RenderedSite
from pia_site.pages.entities import entity_pages, home_block
from pia_site.pages.routes import Page

GOLDEN_PAGES = (
    "jimu/index.md",
    "systems/index.md",
    "contractors/index.md",
    "laws/index.md",
    "changes/index.md",
    "situations/index.md",
    "bodies/mihon-city/index.md",
    "bodies/mihon-city/systems/iryo-system.md",
    "bodies/mihon-city/files/jukyusha-file.md",
    "systems/chukan-server.md",
    "contractors/mihon-systems.md",
    "contractors/mihon-densan.md",
    "recipients/mihon-fukushi-ka.md",
    "laws/bango-ho.md",
    "situations/iryo.md",
    "data/index.md",
    "data/unresolved.md",
)
ROOT = "https://the-site.invalid/pia/"


def page_at(site: RenderedSite, src_uri: str) -> RenderedPage:
    return next(page for page in site.pages if page.src_uri == src_uri)


@pytest.mark.parametrize("src_uri", GOLDEN_PAGES)
def test_golden_page(src_uri: str, site: RenderedSite, golden: Callable[[str, str], None]) -> None:
    golden(f"catalogue/{src_uri.replace('/', '.')}", page_at(site, src_uri).markdown)


def test_golden_home_block(site: RenderedSite, golden: Callable[[str, str], None]) -> None:
    golden("catalogue/home.html", site.home_block)


# --- links ---


def links_of(url: str, tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Path below the site's root and fragment of every link that stays on the site."""
    for link in tree.xpath("//@href"):
        target, fragment = urldefrag(urljoin(ROOT + url, link))
        if target.startswith(ROOT):
            yield target.removeprefix(ROOT), fragment


@pytest.fixture(scope="module")
def trees(site: RenderedSite) -> dict[str, html.HtmlElement]:
    """Every page by its URL, the home page with its block."""
    pages = {Page(page.src_uri).url: tree_of(page) for page in site.pages}
    return {"": html.fragment_fromstring(site.home_block), **pages}


def test_links_lead_to_pages_and_to_ids_on_them(
    site: RenderedSite, trees: dict[str, html.HtmlElement]
) -> None:
    ids = {url: set(tree.xpath("//@id")) for url, tree in trees.items()}
    files = {path for path, _ in site.data_files}
    by_hand = {"about/", "cite/", "disclosure/", "search/"}
    broken = [
        (url, path, fragment)
        for url, tree in trees.items()
        for path, fragment in links_of(url, tree)
        if path not in files | by_hand and (path not in trees or (fragment and fragment not in ids[path]))
    ]
    assert broken == []


def test_the_search_form_of_the_home_page_leads_to_the_search_page(site: RenderedSite) -> None:
    form = html.fragment_fromstring(site.home_block).xpath("//form")[0]
    assert (form.get("action"), form.get("method")) == ("search/", "get")
    assert form.xpath(".//input/@name") == ["q"]


def mentions_that_need_a_page(catalogue: Catalogue) -> Iterator[Mention]:
    """Systems of Ⅰ2, contractors of Ⅱ4, recipients of Ⅱ5, and the systems named as connected."""
    for facts in catalogue.facts.values():
        yield from (use.system for use in facts.systems)
        yield from (one.other for one in facts.connections)
        yield from (mention for one in facts.entrustments for mention in one.contractors)
        yield from (one.recipient for one in facts.handovers)


def test_what_a_document_names_is_linked_both_ways(
    catalogue: Catalogue, trees: dict[str, html.HtmlElement]
) -> None:
    found = [mention for mention in mentions_that_need_a_page(catalogue) if mention.written]
    assert {mention.kind for mention in found} == {
        EntityKind.SYSTEM,
        EntityKind.CONTRACTOR,
        EntityKind.RECIPIENT,
    }
    assert any(not mention.resolved for mention in found)
    for mention in found:
        document = f"jimu/{mention.document}/{mention.address.split('-')[0]}/"
        there = entity_url(mention)
        item = trees[document].xpath(f"//*[@id='{mention.address}']")[0]
        assert there in {path for path, _ in links_of(document, around(item))}, mention
        back = set(links_of(there, trees[there]))
        assert (document, mention.address) in back, mention


def around(item: html.HtmlElement) -> html.HtmlElement:
    """The article that an id stands in; an annex is a page of its own."""
    if item.tag == "h1":
        return item.getparent().getparent()
    return next((one for one in item.iterancestors() if one.tag == "article"), item)


def entity_url(mention: Mention) -> str:
    match mention.kind:
        case _ if mention.slug is None:
            return "data/unresolved/"
        case EntityKind.SYSTEM:
            return f"bodies/{mention.body}/systems/{mention.slug}/"
        case EntityKind.CONTRACTOR:
            return f"contractors/{mention.slug}/"
        case _:
            return f"recipients/{mention.slug}/"


def test_every_entity_of_the_registry_has_a_page(
    catalogue: Catalogue, trees: dict[str, html.HtmlElement]
) -> None:
    registry = catalogue.registry
    wanted = {
        *(f"bodies/{slug}/" for slug in registry.bodies),
        *(f"systems/{slug}/" for slug in registry.kinds),
        *(f"bodies/{body}/systems/{slug}/" for body, slug in registry.systems),
        *(f"bodies/{body}/files/{slug}/" for body, slug in registry.files),
        *(f"contractors/{slug}/" for slug in registry.contractors),
        *(f"recipients/{slug}/" for slug in registry.recipients),
        *(f"laws/{slug}/" for slug in registry.laws),
        *(f"situations/{slug}/" for slug in registry.situations),
    }
    assert wanted <= trees.keys()


# --- what the pages say ---


def words_of(tree: html.HtmlElement) -> str:
    return " ".join(tree.text_content().split())


def test_a_list_says_how_many_rows_it_holds(trees: dict[str, html.HtmlElement]) -> None:
    for url, tree in trees.items():
        for table in tree.xpath("//table[contains(@class, 'pia-table--stack')]"):
            rows = table.xpath("./tbody/tr")
            caption = table.xpath("./caption")[0].text_content()
            assert caption.endswith((f"（{len(rows)}件）", f"（{len(rows)}か所）")), (url, caption)


def test_the_home_page_counts_what_the_lists_hold(trees: dict[str, html.HtmlElement]) -> None:
    links = trees[""].xpath("//ul[@class='pia-linklist']/li/a")
    assert len(links) == 6
    for link in links:
        tables = trees[link.get("href")].xpath("//table")
        rows = tables[-1 if link.text == "システム" else 0].xpath("./tbody/tr")  # kinds come first
        assert link.tail.strip() == f"（{len(rows)}）", link.text


def test_every_row_is_named_and_every_cell_knows_its_column(trees: dict[str, html.HtmlElement]) -> None:
    for url, tree in trees.items():
        for table in tree.xpath("//table[contains(@class, 'pia-table--stack')]"):
            columns = [one.text_content().strip() for one in table.xpath("./thead//th")]
            for row in table.xpath("./tbody/tr"):
                assert [cell.tag for cell in row] == ["th", *["td"] * (len(columns) - 1)]
                assert [cell.get("data-label") for cell in row][1:] == columns[1:]
                assert all(words_of(cell) for cell in row), (url, words_of(row))


def test_titles_run_from_the_particular_to_the_general(site: RenderedSite) -> None:
    titles = {page.src_uri: page.title for page in site.pages}
    assert titles["bodies/mihon-city/systems/chukan-server.md"] == "中間サーバー – システム – 見本市"
    assert titles["systems/chukan-server.md"] == "中間サーバー – システムの種類"
    assert titles["contractors/mihon-densan.md"] == "株式会社見本電算 – 委託先"
    assert titles["bodies/mihon-city/files/zei-file.md"] == "見本税ファイル – 特定個人情報ファイル – 見本市"


def test_titles_are_told_apart(site: RenderedSite) -> None:
    titles = [page.title for page in site.pages if not page.src_uri.startswith("jimu/")]
    assert len(titles) == len(set(titles))


def test_a_former_contractor_says_since_when_and_after_whom(trees: dict[str, html.HtmlElement]) -> None:
    former = words_of(trees["contractors/mihon-densan/"])
    assert "いまの評価書では委託先になっていません" in former
    assert "平成32年9月25日（2020-09-25） 原本のまま 委託先ではなくなりました" in former
    assert "委託先になりました" in words_of(trees["contractors/mihon-systems/"])


def test_a_law_links_to_egov_only_where_the_registry_holds_an_id(
    trees: dict[str, html.HtmlElement],
) -> None:
    outside = "//a[starts-with(@href, 'https://laws.e-gov.go.jp/')]/@href"
    assert trees["laws/bango-ho/"].xpath(outside) == ["https://laws.e-gov.go.jp/law/425AC0000000027"]
    assert trees["laws/mihon-bango-riyo-jorei/"].xpath(outside) == []


def test_nothing_is_said_to_be_where_there_is_nothing(trees: dict[str, html.HtmlElement]) -> None:
    system = words_of(trees["bodies/mihon-city/systems/togo-atena/"])
    assert "このシステムの名を挙げた委託の記載はありません。" in system
    file = words_of(trees["bodies/mihon-city/files/shinseisha-file/"])
    assert "委託先の記載はありません。" in file
    assert "提供先・移転先の記載はありません。" in file


def test_an_empty_catalogue_has_its_pages_too() -> None:
    pages = list(entity_pages(catalogue_of_nothing(), SETTINGS))
    assert "評価書に書かれた名前は、すべて目録のページにつながっています。" in pages[-1].markdown
    assert "まだ載っていません。" in pages[0].markdown
    assert "変更の記載はまだありません。" in home_block(catalogue_of_nothing(), SETTINGS)


def catalogue_of_nothing() -> Catalogue:
    content = read_content(Path("/nonexistent"))
    registry, _ = load_registry(Path("/nonexistent"))
    return build_catalogue(content, registry)


# --- hostile names ---

HOSTILE = """</h1><script>alert(1)</script>*x*_y_ "'&`<中間サーバー>"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[RenderedPage, ...]:
    """The toy catalogue with a hostile name in every registry entry and in the document."""
    folder = tmp_path_factory.mktemp("content")
    quoted = HOSTILE.replace("'", "''")
    for path in TOY.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for name in (
            "見本医療システム",
            "株式会社見本電算",
            "見本収納システム",
            "見本医療広域連合",
            "見本部",
        ):
            text = text.replace(name, f"{name}〓")
        lines = [
            line.split(": ", 1)[0] + f": '{line.split(': ', 1)[1].strip(chr(34))}{quoted}'"
            if "〓" in line and ": " in line
            else f"{line.split('- ', 1)[0]}- '{line.split('- ', 1)[1].strip(chr(34))}{quoted}'"
            if "〓" in line and line.lstrip().startswith("- ")
            else line
            for line in text.split("\n")
        ]
        target = folder / path.relative_to(TOY)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(lines).replace("〓", ""), encoding="utf-8")
    registry, _ = load_registry(folder / "registry")
    catalogue = build_catalogue(read_content(folder), registry)
    home = RenderedPage("index.md", "", "", f"---\nx: y\n---\n\n{home_block(catalogue, SETTINGS)}")
    return (*entity_pages(catalogue, SETTINGS), home)


def test_hostile_names_are_text(hostile: tuple[RenderedPage, ...]) -> None:
    seen = 0
    for page in hostile:
        tree = html.fragment_fromstring(body_of(page))
        assert tree.xpath("//script | //@style | //@onclick") == [], page.src_uri
        seen += tree.text_content().count("<script>alert(1)</script>")
        assert len(tree.xpath("//h1")) == 1
    assert seen > 20


def test_a_page_is_one_block_without_blank_lines(hostile: tuple[RenderedPage, ...]) -> None:
    for page in hostile:
        body = body_of(page)
        assert body.startswith("<div")
        assert "\n\n" not in body, page.src_uri

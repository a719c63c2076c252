"""An ordinary `mkdocs build` gives the same site, whole, in any sub-path, under the policy."""

import json
import posixpath
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner, Result
from mkdocs.__main__ import cli
from stub_project import SAMPLE, SOUND, Files, Project, broken_document, page

import pia_site.pages
from pia_site.pages.output import RenderedSite
from pia_site.problems import Location, problem
from pia_site.site import mkdocs_plugin
from pia_site.site.build import build_site
from pia_site.site.policy import POLICY, forbidden_markup, policy_for


@pytest.fixture
def mkdocs_build(project: Project, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(pia_site.pages, "render_site", project.render, raising=False)

    def run() -> Result:
        return CliRunner().invoke(cli, ["build", "--strict", "-f", str(project.folder / "mkdocs.yml")])

    return run


def html_pages(project: Project) -> dict[str, str]:
    folder = project.folder / "site"
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*.html")}


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, value or "") for name, value in attrs if name in {"href", "src", "action"}]


def test_mkdocs_and_pia_site_build_the_same(project: Project, mkdocs_build, files_below: Files) -> None:  # type: ignore[no-untyped-def]
    result = mkdocs_build()
    assert result.exit_code == 0, result.output
    by_mkdocs = files_below(project.folder / "site")
    build_site(project.folder, render=project.render)
    assert files_below(project.folder / "site") == by_mkdocs


def test_problems_with_the_data_do_not_fail_a_strict_build(project: Project, mkdocs_build) -> None:  # type: ignore[no-untyped-def]
    warning = problem("R003", Location(Path("a.yaml"), 4), published="2020-01-01", changed="2021-01-01")
    project.site = RenderedSite(SOUND.pages, (warning,))
    result = mkdocs_build()
    assert result.exit_code == 0, result.output
    assert project.rendered == 1


def test_every_error_is_named_and_the_old_site_stays(
    project: Project, mkdocs_build, caplog, files_below
) -> None:  # type: ignore[no-untyped-def]
    mkdocs_build()
    before = files_below(project.folder / "site")
    errors = tuple(broken_document(Path(f"{name}.yaml")) for name in "ab")
    project.site = RenderedSite((), errors)
    assert mkdocs_build().exit_code == 1
    assert "誤りが 2 件" in caplog.text
    assert "a.yaml:3: エラー F004" in caplog.text
    assert "b.yaml:3: エラー F004" in caplog.text
    assert files_below(project.folder / "site") == before


def test_no_page_asks_another_host_or_breaks_the_policy(project: Project) -> None:
    build_site(project.folder, render=project.render)
    for path, html in html_pages(project).items():
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
        assert policy, path
        assert policy[1] == policy_for(html)
        assert forbidden_markup(html) == [], path
        if path != "404.html":
            assert policy[1] == POLICY, f"{path} holds something inline"


def test_every_link_is_relative_and_leads_somewhere(project: Project) -> None:
    build_site(project.folder, render=project.render)
    site = project.folder / "site"
    for path, html in html_pages(project).items():
        if path in {
            "404.html",
            "sample/index.html",
        }:  # the one has no place, the other links to what is not there
            continue
        links = Links()
        links.feed(html)
        for tag, address in links.found:
            parts = urlsplit(address)
            if parts.scheme in {"mailto", "https"}:
                continue
            assert not address.startswith("/"), (path, tag, address)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            assert not target.startswith(".."), (path, tag, address)
            file = site / target
            assert (file / "index.html" if file.is_dir() else file).is_file(), (path, tag, address)


def test_titles_run_from_the_particular_to_the_general_and_are_escaped(project: Project) -> None:
    build_site(project.folder, render=project.render)
    assert "<title>見本医療事務 – 見本市</title>" in project.built("jimu/mihon/9/index.html")
    assert "<title>このサイトについて – 見本の目録</title>" in project.built("about/index.html")
    assert "<title>見本の目録</title>" in project.built("index.html")
    assert "&lt;script&gt;alert(1)" in project.built("systems/index.html").split("</title>")[0]
    assert "見本市 &lt;情報政策課&gt;" in project.built("index.html")


def test_the_hand_written_home_gets_its_block(project: Project) -> None:
    build_site(project.folder, render=project.render)
    home = project.built("index.html")
    assert "<p>評価書は 1 件です。</p>" in home
    assert "<p>説明。</p>" in home


def test_a_hand_written_page_goes_before_a_generated_one(project: Project) -> None:
    (project.folder / "content" / "systems").mkdir()
    (project.folder / "content" / "systems" / "index.md").write_text("# 手書き\n", encoding="utf-8")
    build_site(project.folder, render=project.render)
    assert "手書き" in project.built("systems/index.html")


def test_the_navigation_leads_only_to_pages_that_exist(project: Project) -> None:
    build_site(project.folder, render=project.render)
    nav = project.built("jimu/mihon/9/index.html").split("</header>")[0]
    assert '<a href="../../" aria-current="true">事務</a>' in nav
    assert "システム</a>" in nav
    assert "委託先</a>" not in nav


def test_data_beside_the_pages_is_not_published_as_pages(project: Project, files_below: Files) -> None:
    build_site(project.folder, render=project.render)
    files = files_below(project.folder / "site")
    assert "jimu/raw/index.html" not in files
    assert not [path for path in files if "material" in path or "bundle" in path or "lunr" in path]


def test_without_an_address_there_is_no_canonical_link_and_no_sitemap(
    project: Project, files_below: Files
) -> None:
    build_site(project.folder, render=project.render)
    assert "canonical" not in project.built("about/index.html")
    assert "sitemap.xml" not in files_below(project.folder / "site")


def test_with_an_address_the_lost_page_knows_its_sub_path(
    project: Project, monkeypatch: pytest.MonkeyPatch, files_below: Files
) -> None:
    monkeypatch.setenv("PIA_SITE_URL", "https://example.jp/pia/")
    build_site(project.folder, render=project.render)
    assert '<link rel="canonical" href="https://example.jp/pia/about/">' in project.built("about/index.html")
    assert "sitemap.xml" in files_below(project.folder / "site")
    lost = project.built("404.html")
    assert 'href="/pia/"' in lost
    assert 'action="/pia/search/"' in lost


def test_without_an_address_the_lost_page_says_what_to_do(project: Project) -> None:
    build_site(project.folder, render=project.render)
    lost = project.built("404.html")
    assert "<noscript>" in lost
    assert not re.search(r'(href|action|src)="/', lost)
    assert "#ii1-4-c1-3" in lost


def test_generated_pages_pass_markdown_by_and_come_out_the_same(
    project: Project, files_below: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = SAMPLE.read_text(encoding="utf-8")
    block = (
        "<div>\n"
        + re.sub(r"\n+", "\n", sample.split("---\n", 2)[2].split("-->", 1)[1]).strip()
        + "\n</div>\n"
    )
    hostile = (
        '<div id="a">\n*_`# [x](y) &amp; &lt;b&gt; ＜措置＞ http://a.example/ <p id="b">1. \\*</p>\n</div>\n'
    )
    blocks = [page(f"{n}.md", "x") for n in range(2)]
    texts = [f"---\ntitle: x\n---\n\n{text}" for text in (block, hostile)]
    project.site = RenderedSite(tuple(replace(p, markdown=t) for p, t in zip(blocks, texts, strict=True)), ())
    build_site(project.folder, render=project.render)
    fast = files_below(project.folder / "site")
    assert b"&lt;b&gt;" in fast["1/index.html"]
    monkeypatch.setattr(mkdocs_plugin, "is_one_block", lambda markdown: False)
    build_site(project.folder, render=project.render)
    assert files_below(project.folder / "site") == fast


def test_links_to_anchors_of_generated_pages_are_still_checked(project: Project) -> None:
    about = project.folder / "content" / "about.md"
    about.write_text(
        "# x\n\n[a](jimu/mihon/9/ii1.md#ii1-4-c1-3) [b](jimu/mihon/9/ii1.md#ii1-9)\n", encoding="utf-8"
    )
    config = project.folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "validation: {anchors: warn}\n", encoding="utf-8")
    notices = build_site(project.folder, render=project.render).notices
    assert len(notices) == 1
    assert "ii1-9" in notices[0]


def test_search_entries_come_from_data_where_there_is_data(project: Project) -> None:
    build_site(project.folder, render=project.render)
    entries = {url: rows for url, _, rows in json.loads(project.built("search/entries.json"))}
    assert entries["jimu/mihon/9/ii1/"] == [["ii1-4-c1-3", "Ⅱ4 委託事項1 ③委託先名", "見本システム 株式会社"]]
    assert entries["about/"] == [["", "このサイトについて", "このサイトについて 表紙へ。"]]
    assert "sample/" not in entries
    assert "search/" not in entries

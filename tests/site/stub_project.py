"""A small project of its own: hand-written pages in a folder, generated pages from a stub."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pia_site.pages.output import RenderedPage, RenderedSite, SearchEntry, SiteSettings
from pia_site.problems import Location, Problem, problem

Files = Callable[[Path], dict[str, bytes]]

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).with_name("sample") / "components.md"

MKDOCS_YML = f"""\
site_name: 見本の目録
site_url: !ENV [PIA_SITE_URL, ""]
docs_dir: content
theme:
  name: material
  custom_dir: {ROOT / "theme"}
  language: ja
  font: false
  favicon: assets/images/favicon.svg
extra:
  publisher: 見本市 <情報政策課>
  report_to: pia@example.jp
plugins:
  - pia-site
exclude_docs: |
  /jimu/
"""

HOSTILE = '「*」<script>alert(1)</script> & "引用"'


def page(src_uri: str, title: str, body: str = "", *entries: SearchEntry) -> RenderedPage:
    front = f"---\ntitle: {title!r}\ndescription: 説明\n---\n"
    markdown = f"{front}\n<div>\n<h1>{title.replace('<', '&lt;')}</h1>\n{body}\n</div>\n"
    return RenderedPage(src_uri, title, "説明", markdown, entries or None)


ITEM = SearchEntry("ii1-4-c1-3", "Ⅱ4 委託事項1 ③委託先名", "見本システム\n株式会社")
SOUND = RenderedSite(
    pages=(
        page("jimu/index.md", "事務の一覧", '<a href="mihon/9/">見本医療事務</a>'),
        page("jimu/mihon/9/index.md", "見本医療事務 – 見本市", '<a href="ii1/#ii1-4-c1-3">委託先</a>'),
        page("jimu/mihon/9/ii1.md", "Ⅱ – 見本医療事務", '<p id="ii1-4-c1-3">見本システム</p>', ITEM),
        page("systems/index.md", HOSTILE),
        RenderedPage("sample.md", "部品", "", SAMPLE.read_text(encoding="utf-8"), ()),
    ),
    problems=(),
    data_files=(("data/items.jsonl", b'{"id": "ii1-4-c1-3"}\n'),),
    home_block='<div class="pia-home">\n<p>評価書は 1 件です。</p>\n</div>',
)


def broken_document(path: Path) -> Problem:
    return problem("F004", Location(path, 3), detail="引用符が閉じていません")


@dataclass
class Project:
    """`site` is what the stub renders; tests replace it to change the content."""

    folder: Path
    site: RenderedSite = SOUND
    rendered: int = 0

    def render(self, content_dir: Path, settings: SiteSettings) -> RenderedSite:
        assert content_dir == self.folder / "content"
        self.rendered += 1
        if self.site.broken and not settings.keep_going:
            return replace(self.site, pages=(), broken=())
        return self.site

    def built(self, path: str) -> str:
        return (self.folder / "site" / path).read_text(encoding="utf-8")

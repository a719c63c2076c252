"""The invented catalogue of tests/toy, rendered once, and how a test looks at a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import html

from pia_site.catalogue import Catalogue, build_catalogue, load_registry
from pia_site.documents.store import read_content
from pia_site.pages import RenderedPage, RenderedSite, SiteSettings, render_site

TOY = Path(__file__).parents[1] / "toy" / "content"
SETTINGS = SiteSettings(site_name="見本の目録", publisher="見本市 見本課", report_to="mihon@example.jp")


@cache
def toy_site() -> RenderedSite:
    return render_site(TOY, SETTINGS)


@cache
def toy_catalogue() -> Catalogue:
    registry, _ = load_registry(TOY / "registry")
    return build_catalogue(read_content(TOY), registry)


def body_of(page: RenderedPage) -> str:
    """A page without its front matter."""
    return page.markdown.split("\n---\n", 1)[1].strip()


def tree_of(page: RenderedPage) -> html.HtmlElement:
    return html.fragment_fromstring(body_of(page))

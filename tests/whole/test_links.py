"""Every page and every link of the built sites, read from the files: no browser is needed here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .built_site import MOUNT, BuiltSite, PageFile, resolve
from .page_kinds import FOUND, is_pinned, kinds_of

POLICY = {  # the contract's, directive by directive
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
}
LINKING = ("href", "src", "action", "formaction", "data-copy", "data-print-url", "data-entries", "data-root")
FETCHED_OR_FOREIGN = (
    "srcset",
    "poster",
    "background",
    "ping",
    "manifest",
    "{http://www.w3.org/1999/xlink}href",
)
NEVER = ("base", "iframe", "object", "embed", "applet", "audio", "video", "frame")
UNNAMED = "404.html"  # shown at any depth, so that nothing relative works on it


def references(page: PageFile) -> Iterator[tuple[str, str, str]]:
    """(element, attribute, value) of everything on a page that leads somewhere."""
    for element in page.tree.iter():
        if isinstance(element.tag, str):
            yield from ((element.tag, name, element.get(name)) for name in LINKING if name in element.attrib)


def is_link_of_its_own(element: str, attribute: str, value: str) -> bool:
    """A plain link that a reader follows to another site, or to write a message."""
    return (element, attribute) == ("a", "href") and urlsplit(value).scheme in ("https", "mailto", "tel")


def faults(site: BuiltSite, page: PageFile, attribute: str, value: str) -> Iterator[str]:
    place = resolve(page.url, value)
    if place is None:
        yield f"{attribute}={value!r} leaves the site"
        return
    path, fragment = place
    if path in site.pages:
        if fragment and fragment not in site.pages[path].ids:
            yield f"{attribute}={value!r}: no #{fragment} there"
    elif path not in site.files and not (attribute == "data-root" and path == ""):
        yield f"{attribute}={value!r}: no such file"


class Nesting(HTMLParser):
    VOID = re.compile(r"area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
    BLOCK = re.compile(r"p|div|ul|ol|dl|table|section|article|header|footer|nav|form|h[1-6]")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if self.BLOCK.fullmatch(tag) and "p" in self.open:
            self.faults.append(f"line {self.getpos()[0]}: <{tag}> in <p>")
        if not self.VOID.fullmatch(tag):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """`<path/>` of a picture."""

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> in <{'> <'.join(self.open[-3:])}>")
            if tag in self.open:
                del self.open[len(self.open) - self.open[::-1].index(tag) - 1 :]


# --- what there is ---


@pytest.mark.parametrize("kind", FOUND)
def test_there_is_a_page_of_each_kind(real_site: BuiltSite, kind: str) -> None:
    assert kinds_of(real_site.page(FOUND[kind].partition("?")[0]).url) == [kind]


def test_every_page_is_of_a_known_kind(site: BuiltSite) -> None:
    assert {url: kinds_of(url) for url in site.pages if len(kinds_of(url)) != 1} == {}


def test_what_is_published_is_pages_data_and_assets(site: BuiltSite) -> None:
    """No registry, no edition file, no note on an import; nothing of the theme that no page uses."""
    kept = re.compile(
        r".*\.html|data/.*\.(?:jsonl|json|csv|atom|xml)|search/.*\.json|schema/.*\.json"
        r"|assets/(?:images|javascripts|stylesheets)/[\w.-]+|sitemap\.xml(?:\.gz)?|robots\.txt"
    )
    assert sorted(name for name in site.files if not kept.fullmatch(name)) == []
    assert [name for name in site.files if not re.fullmatch(r"[A-Za-z0-9._/-]+", name)] == []


def test_nothing_tells_where_it_was_built(site: BuiltSite) -> None:
    here = str(site.project).encode()
    assert [name for name in sorted(site.files) if here in (site.root / name).read_bytes()] == []


# --- links ---


def test_every_reference_leads_to_a_place_that_is_there(site: BuiltSite) -> None:
    assert len(site.pages) > 20
    found, checked = [], 0
    for url, page in site.pages.items():
        if url == UNNAMED:
            continue
        for element, attribute, value in references(page):
            checked += 1
            allowed = is_link_of_its_own(element, attribute, value) or (element == "link" and site.site_url)
            if not (allowed and urlsplit(value).scheme):
                found += [f"/{url}: <{element}> {fault}" for fault in faults(site, page, attribute, value)]
    assert checked > 1000
    assert found == []


def test_the_only_absolute_address_of_a_page_is_its_own(site: BuiltSite) -> None:
    for url, page in site.pages.items():
        given = [
            (link.get("rel"), link.get("href"))
            for link in page.tree.iter("link")
            if urlsplit(link.get("href", "")).scheme not in ("", "data")
        ]
        assert given == ([("canonical", site.site_url + url)] if site.site_url and url != UNNAMED else [])


def test_nothing_is_fetched_by_other_means(site: BuiltSite) -> None:
    found = [
        f"/{url}: <{element.tag}>"
        for url, page in site.pages.items()
        for element in page.tree.iter()
        if element.tag in NEVER
        or any(name in element.attrib for name in FETCHED_OR_FOREIGN)
        or (element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh")
    ]
    assert found == []


def test_styles_and_scripts_name_no_host(site: BuiltSite) -> None:
    for name in (name for name in site.files if name.endswith((".css", ".js", ".svg"))):
        text = (site.root / name).read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert re.findall(r"https?:|[\"'(]//[a-z]|@import", text) == [], name
        for target in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
            place = resolve(name, target)
            assert target.startswith("data:") or (place and place[0] in site.files), f"{name}: {target}"


def test_the_404_page_leads_home_from_any_depth(site: BuiltSite) -> None:
    """Where the site's address is known its links begin at the root of the host; else a script fills them in."""
    page = site.page(UNNAMED)
    ways = [element for element in page.tree.iter() if element.get("data-to") is not None]
    assert [element.get("data-to") for element in ways][:2] == ["", "search/"]
    given = [value for _, attribute, value in references(page) if attribute in ("href", "action")]
    rest = [value for value in given if not value.startswith(("#", "data:"))]
    assert set(rest) <= ({MOUNT, f"{MOUNT}search/"} if site.site_url else {""})
    for element in ways:
        assert site.page(element.get("data-to"))
        assert (element.get("href") or element.get("action") or "") in rest


def test_search_finds_places_that_are_there(site: BuiltSite) -> None:
    rows = json.loads((site.root / "search" / "entries.json").read_bytes())
    assert {url for url, _, _ in rows} <= set(site.pages)
    found = [(url, address) for url, _, entries in rows for address, _, _ in entries if address]
    assert found
    assert [place for place in found if place[1] not in site.page(place[0]).ids] == []


def test_every_row_of_the_data_has_its_place_on_the_pages(site: BuiltSite) -> None:
    """An item's address leads to it on the page of its edition, and on the plain one while that is the newest."""
    lost = []
    newest: dict[str, str] = {}
    for name in sorted(name for name in site.files if re.fullmatch(r"data/jimu/.*\.jsonl", name)):
        document, published = name.removeprefix("data/").removesuffix(".jsonl").rsplit("/", 1)
        newest[document] = name
        for row in map(json.loads, (site.root / name).read_text(encoding="utf-8").splitlines()):
            url = f"{document}/{published}/{row['id'].partition('-')[0]}/"
            if url not in site.pages or row["id"] not in site.pages[url].ids:
                lost.append(f"/{url}#{row['id']} ({row['label']})")
    for document, name in newest.items():
        for row in map(json.loads, (site.root / name).read_text(encoding="utf-8").splitlines()):
            url = f"{document}/{row['id'].partition('-')[0]}/"
            if url not in site.pages or row["id"] not in site.pages[url].ids:
                lost.append(f"/{url}#{row['id']} ({row['label']})")
    assert newest
    assert lost == []


# --- each page by itself ---


def test_no_id_stands_twice_on_a_page(site: BuiltSite) -> None:
    twice = {
        url: [id for id, count in Counter(page.ids).items() if count > 1] for url, page in site.pages.items()
    }
    assert {url: ids for url, ids in twice.items() if ids} == {}
    assert [url for url, page in site.pages.items() if "" in page.ids] == []


def test_every_element_is_closed_where_it_was_opened(site: BuiltSite) -> None:
    """A browser guesses where a template, or the Markdown step, has left one open, and guesses wrong."""
    found = {}
    for url, page in site.pages.items():
        if not is_pinned(url):
            reader = Nesting()
            reader.feed(page.text)
            reader.close()
            if reader.faults or reader.open:
                found[url] = [*reader.faults, *reader.open][:5]
    assert found == {}


def test_every_page_has_one_heading_a_title_and_its_language(site: BuiltSite) -> None:
    for url, page in site.pages.items():
        assert page.text.lower().startswith("<!doctype html>"), url
        assert page.tree.get("lang") == "ja", url
        assert [heading.text_content().strip() != "" for heading in page.tree.iter("h1")] == [True], url
        assert [title.text.strip() != "" for title in page.tree.xpath("//head/title")] == [True], url
        assert len(page.tree.xpath("//main")) == 1, url
        assert page.tree.xpath("//meta[@name = 'viewport']/@content") == [
            "width=device-width, initial-scale=1"
        ]


def test_a_title_tells_pages_apart(site: BuiltSite) -> None:
    """Two pages with one title cannot be told apart in tabs, bookmarks and what a search engine shows."""
    titles: dict[str, list[str]] = {}
    for url, page in site.pages.items():
        titles.setdefault(" ".join(page.tree.findtext("head/title").split()), []).append(url)
    assert {title: urls for title, urls in titles.items() if len(urls) > 1} == {}


def test_the_policy_is_the_contract_and_hashes(site: BuiltSite) -> None:
    for url, page in site.pages.items():
        head = list(page.tree.find("head"))
        metas = [
            e for e in page.tree.iter("meta") if e.get("http-equiv", "").lower() == "content-security-policy"
        ]
        assert len(metas) == 1, url
        before = {element.tag for element in head[: head.index(metas[0])]}
        assert before <= {"meta", "title"}, f"/{url}: the policy does not hold for what stands before it"
        given = {}
        for directive in metas[0].get("content").split(";"):
            name, *values = directive.split()
            assert name not in given, url
            given[name] = values
        expected = {name: list(values) for name, values in POLICY.items()}
        for directive, tag in (("script-src", "script"), ("style-src", "style")):
            inline = [e.text or "" for e in page.tree.iter(tag) if "src" not in e.attrib]
            hashes = (b64encode(sha256(text.encode()).digest()).decode() for text in inline)
            expected[directive] += dict.fromkeys(f"'sha256-{value}'" for value in hashes)
        assert given == expected, url


def test_no_style_attribute_and_no_event_handler(site: BuiltSite) -> None:
    found = [
        f"/{url}: <{element.tag} {name}>"
        for url, page in site.pages.items()
        for element in page.tree.iter()
        for name, value in element.attrib.items()
        if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:")
    ]
    assert found == []


def test_inline_script_and_style_only_where_no_file_can_be_named(site: BuiltSite) -> None:
    inline = {
        url
        for url, page in site.pages.items()
        for element in page.tree.iter("script", "style")
        if "src" not in element.attrib
    }
    assert inline <= {UNNAMED}


# --- the site's own address, and MkDocs by itself ---


def test_a_sitemap_needs_an_address(site: BuiltSite) -> None:
    assert ("sitemap.xml" in site.files) == bool(site.site_url)
    assert ("sitemap.xml.gz" in site.files) == bool(site.site_url)
    if site.site_url:
        listed = re.findall(r"<loc>([^<]*)</loc>", (site.root / "sitemap.xml").read_text(encoding="utf-8"))
        assert set(listed) == {site.site_url + url for url in site.pages if url != UNNAMED}


def test_mkdocs_alone_builds_the_same_site_without_a_warning(real_site: BuiltSite, tmp_path: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PIA_SITE_URL": ""}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    run = subprocess.run(
        command, cwd=real_site.project, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert [line for line in run.stderr.splitlines() if line.startswith(("WARNING", "ERROR"))] == []
    made = {
        p.relative_to(tmp_path / "site").as_posix() for p in (tmp_path / "site").rglob("*") if p.is_file()
    }
    assert made == real_site.files
    different = [
        name
        for name in made
        if (tmp_path / "site" / name).read_bytes() != (real_site.root / name).read_bytes()
    ]
    assert different == []

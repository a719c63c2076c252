"""Every system of Ⅰ2, every contractor of Ⅱ4 and every 提供先・移転先 of Ⅱ5 has its page, or its row among
the names that nobody could resolve, and the two lead to each other."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from .built_site import BuiltSite
from .printed_names import read_printed_names, same

UNRESOLVED = "data/unresolved/"
PRINTED = "present"  # an empty cell, or one that the extraction lost, names nobody


@dataclass(frozen=True)
class Kind:
    address: re.Pattern[str]
    """The addresses of the items, or groups, that hold such names."""
    page: str
    """What the URL of such an entity's page looks like; `{body}` is the document's."""


KINDS = {
    "system": Kind(re.compile(r"i-2-s\d+-1"), r"bodies/{body}/systems/[a-z0-9-]+/"),
    # ③委託先名 of 様式3 and ⑥委託先名 of 様式4
    "contractor": Kind(re.compile(r"ii\d+-4-c\d+-[36]"), r"contractors/[a-z0-9-]+/"),
    "recipient": Kind(re.compile(r"ii\d+-5-[pt]\d+"), r"recipients/[a-z0-9-]+/"),
}

# How many names each document prints, counted by hand in the sources: (system, contractor, recipient).
COUNTS = {
    "iwaki-city/9": (4, 1, 1),
    "iwaki-city/kokuho": (6, 10, 22),
    "aichi-shinkin-kenpo/1": (2, 4, 1),
    "chiba-city/5": (6, 12, 14),
    "koriyama-city/9": (5, 5, 2),
}
TABLES = {
    "000": "iwaki-city/9",
    "001": "aichi-shinkin-kenpo/1",
    "002": "koriyama-city/9",
    "003": "chiba-city/5",
}
EACH = [(document, kind) for document in COUNTS for kind in KINDS]


@dataclass(frozen=True)
class Named:
    """A name as an edition prints it, and where."""

    document: str
    published: str
    address: str
    name: str

    @property
    def group(self) -> str:
        """The 委託事項, system or recipient that the item belongs to."""
        return re.match(r"(?:i-2-s|ii\d+-4-c|ii\d+-5-[pt])\d+", self.address)[0]  # type: ignore[index]

    def place(self, published: str = "") -> str:
        folder = f"jimu/{self.document}/" + (f"{published}/" if published else "")
        return f"{folder}{self.address.partition('-')[0]}/"


@cache
def names(site: BuiltSite, document: str, kind: str) -> tuple[Named, ...]:
    """In the newest edition of a document, from the rows that the site publishes."""
    newest = max(name for name in site.files if name.startswith(f"data/jimu/{document}/"))
    published = newest.rpartition("/")[2].removesuffix(".jsonl")
    found = []
    for row in map(json.loads, (site.root / newest).read_text(encoding="utf-8").splitlines()):
        wanted = KINDS[kind].address.fullmatch(row["id"]) and re.search("名称|委託先名$", row["label"])
        if wanted and row["state"] == PRINTED:
            found.append(Named(document, published, row["id"], row["value"]))
    return tuple(found)


def places_named_on(site: BuiltSite, one: Named, kind: str, page_url: str) -> Iterator[str]:
    """The entity pages and the rows of the unresolved that the item links to, on one of its pages."""
    page = site.page(page_url)
    (item,) = page.tree.xpath("//*[@id = $id]", id=one.address)
    pattern = re.compile(KINDS[kind].page.format(body=re.escape(one.document.partition("/")[0])))
    for target in page.links_of(item):
        if pattern.fullmatch(target) or target.startswith(f"{UNRESOLVED}#"):
            yield target


def links_back(site: BuiltSite, target: str, one: Named) -> bool:
    """Whether a page, or the row with the fragment's id, leads to the item or to its group."""
    url, _, row = target.partition("#")
    page = site.page(url)
    within = page.element(row) if row else page.tree.xpath("//main")[0]
    return bool({f"{one.place()}#{one.address}", f"{one.place()}#{one.group}"} & set(page.links_of(within)))


def test_every_edition_has_its_rows(real_site: BuiltSite) -> None:
    editions = {
        path.relative_to(real_site.project / "content").with_suffix("").as_posix()
        for path in (real_site.project / "content" / "jimu").rglob("*.yaml")
        if not path.name.endswith(".import.yaml")
    }
    rows = {name.removeprefix("data/").removesuffix(".jsonl") for name in real_site.files if "/jimu/" in name}
    assert {path for path in rows if not path.endswith(".html")} == editions
    assert {path.removeprefix("jimu/").rpartition("/")[0] for path in editions} == set(COUNTS)


@pytest.mark.parametrize("document", COUNTS)
def test_every_name_of_the_sources_is_there(real_site: BuiltSite, document: str) -> None:
    assert tuple(len(names(real_site, document, kind)) for kind in KINDS) == COUNTS[document]


@pytest.mark.parametrize(("document", "kind"), EACH)
def test_an_item_and_what_it_names_lead_to_each_other(real_site: BuiltSite, document: str, kind: str) -> None:
    alone, one_way = [], []
    for one in names(real_site, document, kind):
        for url in (one.place(), one.place(one.published)):
            targets = list(places_named_on(real_site, one, kind, url))
            if not targets:
                alone.append(f"/{url}#{one.address} {one.name}")
            elif not any(links_back(real_site, target, one) for target in targets):
                one_way.append(f"/{url}#{one.address} {one.name} → {targets}")
    assert alone == []
    assert one_way == []


@pytest.mark.parametrize(("document", "kind"), EACH)
def test_the_page_or_row_shows_the_name_as_written(real_site: BuiltSite, document: str, kind: str) -> None:
    for one in names(real_site, document, kind):
        targets = places_named_on(real_site, one, kind, one.place())
        words = [same(real_site.page(target.partition("#")[0]).words()) for target in targets]
        assert any(same(one.name) in text for text in words), f"{one.address} {one.name}"


def test_every_entity_page_is_reached_from_its_list(real_site: BuiltSite) -> None:
    """Also one that no document names now."""
    for folder in ("bodies", "systems", "contractors", "recipients", "laws", "situations"):
        listed = set(real_site.page(f"{folder}/").links_of(real_site.page(f"{folder}/").tree))
        there = {url for url in real_site.pages if re.fullmatch(rf"{folder}/[a-z0-9-]+/", url)}
        assert there
        assert there - listed == set()
    listed = set(real_site.page("systems/").links_of(real_site.page("systems/").tree))
    there = {url for url in real_site.pages if re.fullmatch(r"bodies/[a-z0-9-]+/systems/[a-z0-9-]+/", url)}
    assert there - listed == set()


def test_every_page_is_reached_from_home(site: BuiltSite) -> None:
    reached, waiting = {""}, [""]
    while waiting:
        page = site.pages[waiting.pop()]
        for target in page.links_of(page.tree):
            url = target.partition("#")[0].partition("?")[0]
            if url in site.pages and url not in reached:
                reached.add(url)
                waiting.append(url)
    assert set(site.pages) - reached - {"404.html", "search/"} == set()


def test_each_file_of_the_kokuho_document_has_its_groups(real_site: BuiltSite) -> None:
    """Source 004 is no table: 6 systems, and for each of two files 5 委託事項, 1 提供先 and 10 移転先."""
    document = "jimu/iwaki-city/kokuho"
    groups = Counter(
        re.sub(r"\d+$", "", id)
        for part in ("i", "ii1", "ii2")
        for id in real_site.page(f"{document}/{part}/").ids
        if re.fullmatch(r"i-2-s\d+|ii\d-4-c\d+|ii\d-5-[pt]\d+", id)
    )
    each_file = {
        f"ii{n}-{group}": count for n in (1, 2) for group, count in (("4-c", 5), ("5-p", 1), ("5-t", 10))
    }
    assert groups == {"i-2-s": 6, **each_file}


@pytest.mark.parametrize("number", TABLES)
def test_names_printed_in_the_tables_are_those_of_the_site(
    real_site: BuiltSite, sources: Path, number: str
) -> None:
    (source,) = sources.glob(f"{number}_*.txt")
    printed = read_printed_names(source)
    for kind, expected in zip(KINDS, (printed.systems, printed.contractors, printed.recipients), strict=True):
        shown = [same(one.name) for one in names(real_site, TABLES[number], kind)]
        assert shown == [same(name) for name in expected], kind

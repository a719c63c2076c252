from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pia_site.pages import routes
from pia_site.pages.routes import DataFile, Page

SLUG = st.text("ab9", min_size=1, max_size=4)
DATE = st.dates().map(str) | st.just("undated") | st.dates().map(lambda day: f"{day}-2")
COPY = st.sampled_from(["", "cover", "i", "ii1", "records2", "changes", "annex1"])
ADDRESS = st.sampled_from(["i", "ii1", "ii1-4-c1-3", "changes-20240524-1", "annex1"])
PAGES = st.one_of(
    st.just(routes.HOME),
    st.just(routes.SEARCH),
    st.builds(routes.jimu, SLUG, SLUG, COPY),
    st.builds(routes.jimu, SLUG, SLUG, COPY, DATE),
    st.builds(routes.history, SLUG, SLUG),
    st.builds(routes.diff, SLUG, SLUG, DATE, DATE),
    st.builds(routes.on_date, SLUG, SLUG, DATE),
    st.builds(routes.body, SLUG),
    st.builds(routes.body_system, SLUG, SLUG),
    st.builds(routes.body_file, SLUG, SLUG),
    st.builds(routes.contractor, SLUG),
    st.builds(routes.list_of, st.sampled_from(["jimu", "bodies", "systems"])),
)
TARGETS = PAGES | st.builds(routes.data_jimu, SLUG, SLUG, DATE)


@given(PAGES, TARGETS, st.none() | ADDRESS, st.sampled_from(["/", "/pia/", "/a/b/"]))
def test_a_link_leads_to_its_target_in_any_sub_path(
    source: Page, target: Page | DataFile, fragment: str | None, root: str
) -> None:
    base = f"https://example.jp{root}"
    link = routes.href(source, target, fragment)
    assert not link.startswith("/")
    assert "://" not in link
    expected = base + target.url + (f"#{fragment}" if fragment else "")
    assert urljoin(base + source.url, link) == expected


@given(PAGES)
def test_a_page_is_served_from_a_folder_of_its_own(page: Page) -> None:
    assert page.src_uri.endswith(".md")
    assert page.url == "" or page.url.endswith("/")
    assert not page.url.startswith("/")


@pytest.mark.parametrize(
    ("page", "url"),
    [
        (routes.HOME, ""),
        (routes.jimu("iwaki-city", "9"), "jimu/iwaki-city/9/"),
        (routes.jimu("iwaki-city", "9", "ii1"), "jimu/iwaki-city/9/ii1/"),
        (routes.jimu("iwaki-city", "9", "ii1", "2024-05-24"), "jimu/iwaki-city/9/2024-05-24/ii1/"),
        (routes.jimu("iwaki-city", "kokuho", published="undated"), "jimu/iwaki-city/kokuho/undated/"),
        (routes.history("iwaki-city", "9"), "jimu/iwaki-city/9/history/"),
        (
            routes.diff("iwaki-city", "9", "2021-04-01", "2024-05-24"),
            "jimu/iwaki-city/9/history/2021-04-01..2024-05-24/",
        ),
        (routes.on_date("iwaki-city", "9", "2024-05-24"), "jimu/iwaki-city/9/on/2024-05-24/"),
        (routes.body_system("iwaki-city", "atena"), "bodies/iwaki-city/systems/atena/"),
        (routes.body_file("iwaki-city", "koki"), "bodies/iwaki-city/files/koki/"),
        (routes.system_kind("chukan-server"), "systems/chukan-server/"),
        (routes.contractor("hitachi"), "contractors/hitachi/"),
        (routes.recipient("koiki"), "recipients/koiki/"),
        (routes.law("bango-ho"), "laws/bango-ho/"),
        (routes.list_of("laws"), "laws/"),
    ],
)
def test_urls(page: Page, url: str) -> None:
    assert page.url == url


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("ii1-4-c1-3", "ii1"),
        ("ii1", "ii1"),
        ("cover-a", "cover"),
        ("changes-20240524-1", "changes"),
        ("annex1", "annex1"),
    ],
)
def test_the_page_of_an_address(address: str, page: str) -> None:
    assert routes.page_of_address(address) == page


def test_a_link_within_a_page() -> None:
    page = routes.jimu("iwaki-city", "9", "ii1")
    assert routes.href(page, page, "ii1-4") == "#ii1-4"
    assert routes.href(page, page) == "./"


def test_an_absolute_link_keeps_the_sub_path() -> None:
    page = routes.jimu("iwaki-city", "9", "ii1")
    assert (
        routes.absolute("https://example.jp/pia", page, "ii1-4")
        == "https://example.jp/pia/jimu/iwaki-city/9/ii1/#ii1-4"
    )


def test_the_fragment_of_a_date_is_the_prefix_of_its_rows() -> None:
    assert routes.date_fragment("2024-05-24") == "changes-20240524"
    assert routes.date_fragment(None) == "changes-undated"

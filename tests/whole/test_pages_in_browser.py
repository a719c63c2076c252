"""How the pages hold up in a browser: under their policy, on a narrow screen, on paper, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from .built_site import BuiltSite
from .conftest import OpenPage, Watch
from .page_kinds import FOUND, NOT_FOUND, ONE_OF_EACH, is_pinned

JIMU = "jimu/iwaki-city/9/"
PART = f"{JIMU}ii1/"
DATE = "令和6年5月24日"
KINDS_OF_DOCUMENTS = ["overview", "cover", "part-i", "part-ii", "part-iii", "records", "changes", "pinned"]
FOLDERS = ("jimu/aichi", "jimu/chiba", "jimu/iwaki", "jimu/koriyama", "bodies", "systems", "contractors",
           "recipients", "laws", "")  # fmt: skip


def test_the_watch_sees_what_it_must(browser: Browser, home: str) -> None:
    """A watch that never barks proves nothing: a broken policy, an error, a missing file, another host."""
    watch = Watch((home,))
    with browser.new_context() as context:
        watch.over(context)
        page = context.new_page()
        page.goto(home)
        assert watch.complaints == []
        with context.expect_event("console"):
            page.evaluate("document.body.setAttribute('style', 'color: red')")
        with context.expect_event("weberror"):
            page.evaluate("() => { setTimeout(() => { throw new Error('broken') }) }")
        page.evaluate("fetch('no-such-file.json')")
    with browser.new_context(bypass_csp=True) as context:
        watch.over(context)
        page = context.new_page()
        page.goto(home)
        page.evaluate("fetch('http://pia.invalid/').catch(() => {})")
    for sign in (
        "Content Security Policy",
        "script: ",
        "404: ",
        "asked for outside",
        "failed: http://pia.inv",
    ):
        assert any(sign in words for words in watch.complaints), (sign, watch.complaints)


# --- under the policy, and no wider than the screen ---


def too_wide(page: Page) -> list[str]:
    """What sticks out of a screen of 320 px, first the widest; nothing where the page does not scroll sideways."""
    return page.evaluate(
        """() => {
          if (document.scrollingElement.scrollWidth <= innerWidth) { return []; }
          const scrolls = e => e && (["auto", "scroll", "hidden"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
          return Array.from(document.body.querySelectorAll("*"))
            .filter(e => e.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(e.parentElement))
            .map(e => `${Math.round(e.getBoundingClientRect().right)} px: ${e.outerHTML.slice(0, 100)}`)
            .sort().reverse().slice(0, 5);
        }"""
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_page_fits_a_narrow_screen(phone: Page, home: str, real_site: BuiltSite, folder: str) -> None:
    """Every page but those pinned to an edition, which repeat the plain ones; each is watched, too."""
    mine = [
        url
        for url in real_site.pages
        if next(f for f in FOLDERS if url.startswith(f)) == folder
        and not is_pinned(url)
        and url != "404.html"
    ]
    assert mine
    wide = {}
    for url in mine:
        phone.goto(home + url)
        if found := too_wide(phone):
            wide[url] = found
    assert wide == {}


def test_the_404_page_fits_a_narrow_screen(any_page: OpenPage, home: str) -> None:
    page = any_page(missing=True, viewport={"width": 320, "height": 640})
    page.goto(home + ONE_OF_EACH[NOT_FOUND])
    expect(page.get_by_role("link", name="表紙")).to_be_visible()
    assert too_wide(page) == []


@pytest.mark.parametrize("kind", FOUND)
def test_a_table_scrolls_in_its_own_frame(phone: Page, home: str, kind: str) -> None:
    phone.goto(home + FOUND[kind])
    phone.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    wrong = phone.evaluate(
        """() => Array.from(document.querySelectorAll("main table")).filter(table => {
          const frame = table.closest(".pia-table-wrap"), fits = table.getBoundingClientRect().right <= innerWidth;
          if (!frame) { return !fits; }
          const scrolls = ["auto", "scroll"].includes(getComputedStyle(frame).overflowX);
          const named = frame.getAttribute("role") === "region" && frame.hasAttribute("aria-label");
          return !(scrolls && named && frame.tabIndex === 0 && frame.getBoundingClientRect().right <= innerWidth);
        }).map(table => table.outerHTML.slice(0, 200))"""
    )
    assert wrong == []
    assert too_wide(phone) == []


@pytest.mark.parametrize("kind", FOUND)
def test_each_kind_of_page_keeps_the_policy(page: Page, home: str, kind: str) -> None:
    """With everything unfolded; what the watch has seen fails the test at its end."""
    answer = page.goto(home + FOUND[kind])
    assert answer
    assert answer.ok
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    expect(page.locator("h1")).to_be_visible()
    loaded = page.evaluate("Array.from(document.styleSheets).map(sheet => sheet.cssRules.length)")
    assert loaded
    assert all(loaded)


# --- on paper ---


@pytest.mark.parametrize("kind", KINDS_OF_DOCUMENTS)
def test_on_paper_stand_edition_date_and_pinned_address(page: Page, home: str, kind: str) -> None:
    page.goto(home + FOUND[kind])
    paper = page.pdf()
    assert paper.startswith(b"%PDF-")
    page.emulate_media(media="print")
    for name in ("この評価書", "現在の", "主なページ", "このサイト"):
        for navigation in page.locator(f"nav[aria-label^='{name}']").all():
            expect(navigation).to_be_hidden()
    expect(page.get_by_role("search")).to_be_hidden()
    for button in page.get_by_role("button").all():
        expect(button).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    stamp = page.locator("h1 ~ .pia-print-only").first
    expect(stamp).to_be_visible()
    expect(stamp).to_contain_text("いわき市『後期高齢者医療事務 重点項目評価書』")
    expect(stamp).to_contain_text(f"{DATE}公表")
    copy = "" if kind == "overview" else FOUND[kind].rstrip("/").rpartition("/")[2] + "/"
    expect(stamp).to_contain_text(
        f"{home}{JIMU}2024-05-24/{copy}"
    )  # written out in full while it was printed


@pytest.mark.parametrize("kind", ["home", "contractor", "system", "law", "change-list", "written-by-hand"])
def test_any_page_can_be_printed(page: Page, home: str, kind: str) -> None:
    page.goto(home + FOUND[kind])
    assert page.pdf().startswith(b"%PDF-")
    page.emulate_media(media="print")
    expect(page.locator("header nav")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_paper_shows_the_pinned_address_without_scripts(any_page: OpenPage, home: str) -> None:
    page = any_page(java_script_enabled=False)
    page.goto(home + PART)
    page.emulate_media(media="print")
    expect(page.locator("h1 ~ .pia-print-only").first).to_contain_text(f"{JIMU}2024-05-24/ii1/")


@pytest.mark.parametrize(
    ("address", "answer", "above"),
    [
        # the part, the section and the group that the item stands under, and the item
        ("ii1-4-c1-3", "富士通Japan株式会社東北支社", ["Ⅱ", "4", "委託事項1", "委託先名"]),
        ("ii1-4-c1-4", "再委託しない", ["Ⅱ", "4", "委託事項1", "再委託", "再委託の有無"]),
    ],
)
def test_one_item_is_printed_alone(
    new_page: OpenPage, home: str, address: str, answer: str, above: list[str]
) -> None:
    page = new_page()
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(home + PART)
    item = page.locator(f"#{address}")
    item.locator("summary", has_text="印刷").click()
    item.get_by_role("button", name="印刷").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(item.get_by_text(answer).first).to_be_visible()
    expect(item).to_contain_text(f"{home}{JIMU}2024-05-24/ii1/#{address}")
    expect(page.locator("h1 ~ .pia-print-only").first).to_contain_text(f"{DATE}公表")
    shown = page.locator(".pia-item").filter(visible=True)
    assert [one.get_attribute("id") for one in shown.all()] == [address]
    headings = page.locator("main").get_by_role("heading").filter(visible=True).all_inner_texts()
    assert len(headings) == len(above), headings
    assert [words.startswith(start) for words, start in zip(headings, above, strict=True)] == [True] * len(
        above
    )
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".pia-item").filter(visible=True).count() > 20


# --- without scripts ---


_WORDS = """() => {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("noscript, .pia-filter, .pia-toast").forEach(node => node.remove());
  main.querySelectorAll("[data-print-url]").forEach(node => node.remove());
  return main.textContent.replace(/\\s+/g, " ").trim();
}"""


@pytest.mark.parametrize("kind", [name for name in FOUND if name != "search"])
def test_a_page_is_complete_without_scripts(any_page: OpenPage, home: str, kind: str) -> None:
    with_scripts, without = any_page(), any_page(java_script_enabled=False)
    for page in (with_scripts, without):
        page.goto(home + FOUND[kind])
    assert without.evaluate(_WORDS) == with_scripts.evaluate(_WORDS)
    expect(without.locator(".pia-filter, .pia-toast")).to_have_count(0)
    # Only what needs a script is hidden: buttons.
    hidden = "Array.from(document.querySelectorAll('main [hidden]'), e => e.tagName)"
    assert set(without.evaluate(hidden)) <= {"BUTTON"}
    for button in without.locator("main button:not([hidden])").all():
        assert button.get_attribute("type") == "submit", "a button that does nothing without a script"


def test_search_without_scripts_leads_to_the_lists(any_page: OpenPage, home: str) -> None:
    page = any_page(java_script_enabled=False)
    page.goto(home + FOUND["search"])
    expect(page.locator("noscript p")).to_be_visible()
    assert "JavaScript が必要です" in page.locator("noscript").inner_text()
    page.locator("main").get_by_role("link", name="システム").click()
    expect(page).to_have_url(f"{home}systems/")

"""What people come for, done in a browser: by mouse, by keyboard alone, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import OpenPage
from .keyboard import Keyboard

JIMU = "jimu/iwaki-city/9/"
ITEM = "i-2-s4-1"
"""Ⅰ2 システム4 ①, which names the 中間サーバー."""
SYSTEM = "bodies/iwaki-city/systems/chukan-server/"
CONTRACTOR = "contractors/fujitsu-japan/"

Follow = Callable[[Locator], None]


def link(page: Page, ending: str, within: str = "main") -> Locator:
    """The first link in the content whose address ends so."""
    return page.locator(f'{within} a[href$="{ending}"]').first


def from_home_to_a_contractor(page: Page, home: str, follow: Follow, unfold: Follow) -> None:
    """home → 事務 → an item → the system it names → a contractor → and back to the item that names it."""
    page.goto(home)
    expect(page.locator("h1")).to_have_text("マイナンバーを扱う事務の公開目録")
    follow(link(page, JIMU))
    expect(page).to_have_url(home + JIMU)
    expect(page.locator("h1")).to_have_text("後期高齢者医療事務")

    basis = page.locator("details", has=page.locator(f'a[href$="#{ITEM}"]')).first
    unfold(basis.locator("summary").first)
    follow(basis.locator(f'a[href$="#{ITEM}"]'))
    expect(page).to_have_url(f"{home}{JIMU}i/#{ITEM}")
    expect(page.locator(f"#{ITEM}")).to_be_in_viewport()

    follow(link(page, SYSTEM, f"#{ITEM}"))
    expect(page).to_have_url(home + SYSTEM)
    expect(page.locator("h1")).to_have_text("中間サーバー")

    follow(link(page, CONTRACTOR))
    expect(page).to_have_url(home + CONTRACTOR)
    expect(page.locator("h1")).to_have_text("富士通Japan株式会社")

    follow(link(page, f"{JIMU}ii1/#ii1-4-c1-3"))
    expect(page).to_have_url(f"{home}{JIMU}ii1/#ii1-4-c1-3")
    expect(page.locator("#ii1-4-c1-3")).to_be_in_viewport()
    expect(link(page, CONTRACTOR, "#ii1-4-c1-3")).to_be_visible()


def click(place: Locator) -> None:
    place.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
@pytest.mark.parametrize("width", [1280, 390])
def test_by_clicking(any_page: OpenPage, home: str, scripts: bool, width: int) -> None:
    page = any_page(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    from_home_to_a_contractor(page, home, click, click)


def test_by_keyboard_alone(page: Page, home: str) -> None:
    keyboard = Keyboard(page)

    def unfold(summary: Locator) -> None:
        keyboard.tab_to(summary)
        keyboard.enter()
        expect(summary.locator("xpath=..")).to_have_attribute("open", "")

    from_home_to_a_contractor(page, home, keyboard.follow, unfold)


def test_the_skip_link_leads_past_the_navigation(page: Page, home: str) -> None:
    page.goto(f"{home}{JIMU}")
    keyboard = Keyboard(page)
    keyboard.tab_to(page.get_by_role("link", name="本文へ移動"), most=1)
    keyboard.enter()
    expect(page.locator("main")).to_be_focused()
    keyboard.tab_to(page.locator("main a").first, most=1)


def test_every_stop_of_the_keyboard_can_be_seen(page: Page, home: str) -> None:
    """From the top of an item's page to its end: links, folds, buttons, tables that scroll."""
    page.goto(f"{home}{JIMU}cover/")
    Keyboard(page).tab_to(page.locator("footer.pia-footer a").last)


def test_a_part_is_found_by_the_navigation_of_the_document(page: Page, home: str) -> None:
    page.goto(f"{home}{JIMU}")
    page.get_by_role("navigation", name="この評価書").get_by_role("link", name="Ⅲ リスク対策").click()
    expect(page).to_have_url(f"{home}{JIMU}iii1/")
    navigation = page.get_by_role("navigation", name="この評価書")
    expect(navigation.locator("[aria-current=page]")).to_have_text("Ⅲ リスク対策")
    page.get_by_role("navigation", name="現在の").get_by_role("link", name="いわき市").click()
    expect(page).to_have_url(f"{home}bodies/iwaki-city/")


def test_on_a_phone_the_navigation_of_the_document_is_folded(phone: Page, home: str) -> None:
    phone.goto(f"{home}{JIMU}i/")
    navigation = phone.get_by_role("navigation", name="この評価書")
    part = navigation.get_by_role("link", name="Ⅲ リスク対策")
    expect(part).to_be_hidden()
    navigation.locator("summary").click()
    part.click()
    expect(phone).to_have_url(f"{home}{JIMU}iii1/")


def test_a_search_from_home_leads_to_the_item(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("searchbox").first.fill("団体内統合利用番号連携サーバー")
    page.get_by_role("searchbox").first.press("Enter")
    expect(page).to_have_url(re.compile(rf"^{re.escape(home)}search/\?q="))
    expect(page.get_by_text("を含む記載")).to_contain_text(re.compile(r"[1-9]\d*件"))
    first = page.locator("#pia-results a").first
    target = first.evaluate("element => element.href")
    first.click()
    expect(page).to_have_url(target)
    expect(page.locator("main")).to_contain_text("団体内統合利用番号連携サーバー")


# --- the address that stays ---


def pinned(home: str, address: str = ITEM) -> str:
    return f"{home}{JIMU}2024-05-24/i/#{address}"


@pytest.mark.parametrize("of", ["", "2024-05-24/"], ids=["newest", "pinned"])
def test_the_button_copies_the_pinned_address(any_page: OpenPage, home: str, of: str) -> None:
    page = any_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{home}{JIMU}{of}i/")
    page.locator(f"#{ITEM}").get_by_role("button", name="リンクをコピー").click()
    expect(page.get_by_role("status").filter(has_text="コピーしました")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == pinned(home)
    page.goto(copied)
    expect(page.locator(f"#{ITEM}")).to_be_in_viewport()
    expect(page.locator(f"#{ITEM}")).to_contain_text("中間サーバー")


def test_the_citation_names_edition_and_item(any_page: OpenPage, home: str) -> None:
    page = any_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{home}{JIMU}i/")
    item = page.locator(f"#{ITEM}")
    item.locator("summary", has_text="引用").click()
    item.get_by_role("button", name="引用をコピー").click()
    expect(page.get_by_role("status").filter(has_text="コピーしました")).to_be_visible()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == (
        "いわき市『後期高齢者医療事務 重点項目評価書』（令和6年5月24日公表）"
        f"Ⅰ2 システム4 ①システムの名称 {pinned(home)}"
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["no-clipboard", "no-scripts"])
def test_where_nothing_can_be_copied_the_link_stands_there(
    new_page: OpenPage, home: str, scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })")
    page.goto(f"{home}{JIMU}i/")
    item = page.locator(f"#{ITEM}")
    expect(item.locator("summary", has_text="引用")).to_be_visible()
    item.locator("summary", has_text="引用").click()
    expect(item.locator("button.pia-copy").first).to_be_hidden()
    shown = item.locator(f'a[href$="2024-05-24/i/#{ITEM}"]').first
    expect(shown).to_be_visible()
    assert shown.evaluate("element => element.href") == pinned(home)
    selected = shown.evaluate(
        "element => { getSelection().selectAllChildren(element); return getSelection().toString(); }"
    )
    assert selected.endswith(f"{JIMU}2024-05-24/i/#{ITEM}")


def test_a_fragment_opens_what_it_is_folded_into(page: Page, home: str) -> None:
    """「その他」 of an option that is not ticked stands among the folded options, and has an address."""
    page.goto(f"{home}{JIMU}ii1/")
    folded = page.locator("details:not([open]) [id]").first
    address = folded.get_attribute("id")
    expect(page.locator(f"#{address}")).to_be_hidden()
    page.goto(f"{home}{JIMU}ii1/#{address}")  # the same page: only the fragment changes
    expect(page.locator(f"#{address}")).to_be_in_viewport()
    page.goto(home)
    page.goto(f"{home}{JIMU}ii1/#{address}")
    expect(page.locator(f"#{address}")).to_be_in_viewport()


# --- lists ---


@pytest.mark.parametrize("where", ["contractors/", "systems/", "recipients/", "laws/"])
def test_a_list_is_filtered(page: Page, home: str, where: str) -> None:
    page.goto(home + where)
    rows = page.locator("table[data-filter]").first.locator("tbody tr")
    everything = rows.count()
    assert everything > 3
    wanted = rows.last.locator("th").inner_text().strip()
    field = page.locator(".pia-filter input").first
    field.fill(wanted)
    expect(rows.last).to_be_visible()
    expect(rows.locator("visible=true").filter(has_not_text=wanted)).to_have_count(0)
    expect(rows.first).to_be_hidden()
    expect(page.get_by_role("status").first).to_contain_text(re.compile(r"\d+件中\d+件"))
    field.fill("")
    expect(rows.locator("visible=true")).to_have_count(everything)


def test_without_scripts_a_list_is_whole_and_has_no_filter(any_page: OpenPage, home: str) -> None:
    page = any_page(java_script_enabled=False)
    page.goto(f"{home}contractors/")
    expect(page.locator(".pia-filter")).to_have_count(0)
    rows = page.locator("table tbody tr")
    assert rows.count() > 3
    expect(rows.locator("visible=true")).to_have_count(rows.count())


# --- an address that leads nowhere ---

DEEP = (f"{JIMU}no/such/place/", "quite/another/thing.html", "nothing")


@pytest.mark.parametrize("address", DEEP)
def test_a_wrong_address_leads_home(any_page: OpenPage, home: str, address: str) -> None:
    page = any_page(missing=True)
    answer = page.goto(home + address)
    assert answer
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("ページが見つかりません")
    styled = page.locator("h1").evaluate(
        "element => [element, document.body].map(e => getComputedStyle(e).fontFamily)"
    )
    assert "Gothic" in styled[0]
    assert "Gothic" in styled[1]
    way = page.get_by_role("link", name="表紙")
    expect(way).to_be_visible()
    way.click()
    expect(page).to_have_url(home)
    expect(page.locator("h1")).to_have_text("マイナンバーを扱う事務の公開目録")


def test_a_wrong_address_offers_its_words_to_search(any_page: OpenPage, home: str) -> None:
    page = any_page(missing=True)
    page.goto(f"{home}contractors/fujitsu/no-page/%E6%97%A5%E7%AB%8B%E8%A3%BD%E4%BD%9C%E6%89%80/")
    field = page.get_by_role("searchbox")
    expect(field).to_have_value("日立製作所")
    field.press("Enter")
    expect(page).to_have_url(re.compile(rf"^{re.escape(home)}search/\?q="))
    expect(page.locator("#pia-results a").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_where_the_address_of_the_site_is_known_no_script_is_needed(
    any_page: OpenPage, toy_home: str, scripts: bool
) -> None:
    page = any_page(missing=True, java_script_enabled=scripts)
    page.goto(f"{toy_home}bodies/mihon-city/nothing/here/")
    page.get_by_role("link", name="表紙").click()
    expect(page).to_have_url(toy_home)


def test_without_scripts_a_wrong_address_says_what_to_do(any_page: OpenPage, home: str) -> None:
    page = any_page(missing=True, java_script_enabled=False)
    page.goto(f"{home}{JIMU}no/such/place/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("noscript p")).to_be_visible()
    assert "から後ろをすべて消してください" in page.locator("noscript").inner_text()
    expect(page.get_by_role("link", name="表紙")).to_be_hidden()

"""The review page: every doubtful place once and the most urgent first, text as text, ticks that stay."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page, expect, sync_playwright
from printed_form import Printed, cut, find, read, swap

from pia_site.documents.answers import Answer, State, Text
from pia_site.documents.edition import Edition
from pia_site.documents.read import read_edition
from pia_site.documents.slots import walk
from pia_site.documents.write import save_edition
from pia_site.forms import Form, Kind
from pia_site.problems import Location, problem
from pia_site.sources.abstract import abstract
from pia_site.sources.extract import Leftover
from pia_site.sources.imprint import imprints
from pia_site.sources.merge import Proposal, merge
from pia_site.sources.readers.formats import read_source
from pia_site.sources.reading import Reading, read_assessment
from pia_site.sources.review.page import write_review

MEMBERS = {"i-2-s": 2, "ii1-4-c": 2, "ii1-5-p": 1, "ii1-5-t": 1}
ROWS = [("令和4年4月1日", "Ⅰ1②", "甲の見本", "乙の見本", "事後", "見直し")]
STRAY = "欄外の見本の文です"
HOSTILE = '<script>alert("見本")</script><img src="https://example.invalid/x.png">'
FEW_CHAPTERS = """document.querySelectorAll('.chapter').forEach((one, at, all) => {
    if (at > 5 && at < all.length - 2) { one.remove(); }
})"""
T = TypeVar("T")


def printed(form: Form) -> list[str]:
    values: dict[str, object] = {}
    for slot in walk(form, lambda part: 1, lambda prefix: MEMBERS.get(prefix, 0)):
        match slot.item.kind:
            case Kind.CHOICE:
                values[slot.address] = slot.item.options[0]
            case Kind.CHECKS:
                values[slot.address] = {slot.item.options[-1]}
            case Kind.COUNT:
                values[slot.address] = MEMBERS.get(slot.address.removesuffix("a-o1") + "c", 1)
            case Kind.DATE:
                values[slot.address] = "令和5年4月1日"
            case Kind.TEXT | Kind.NAME | Kind.LAW | Kind.CONTACT:
                values[slot.address] = f"見本の{slot.address}"
    return Printed(form, values, members=MEMBERS, changes=ROWS).lines()


@pytest.fixture(scope="module")
def damaged(full: Form) -> Reading:
    """Lost: a section and a row; undecided: boxes and a choice; inferred: a member without its heading; and so on."""
    lines = printed(full)
    lines = cut(lines, "5. 特定個人情報の提供・移転(委託や", "6. 情報提供")
    del lines[find(lines, "③消去方法")]
    boxes = re.sub(r"\[.\]", '<input type="checkbox">', lines[find(lines, "③他のシステムとの接続")])
    lines = swap(lines, "③他のシステムとの接続", boxes)
    lines = swap(lines, "②対象となる本人の数", "②対象となる本人の数\t[見本にない選択肢]")
    del lines[find(lines, "移転先1")]
    lines = swap(lines, "⑦使用の主体", "⑦使用の主体\t見本の部署")
    lines = swap(lines, "⑤委託先名の確認方法", "⑤委託先名の確認の方法\t見本の方法")
    heading = find(lines, "4. 特定個人情報ファイルの取扱いの委託", after="3. 特定個人情報の使用")
    lines[heading] = lines[heading].replace("ファイルの取扱い", "フアイルの取扱")
    lines.insert(find(lines, "②事務の内容"), f"\n{STRAY}\n")
    return read("\n".join(lines))


def saved(read: Reading, folder: Path, edition: Edition | None = None) -> Edition:
    """The edition as it stands in `content/`, with the lines of its answers."""
    edition = edition or read.edition
    path = folder / "content" / "jimu" / "mihon-city" / "1" / f"{edition.published}.yaml"
    save_edition(edition, path)
    found, _ = read_edition(path, folder / "content")
    assert found is not None
    return found


class Review:
    """A written page and what can be asked of it."""

    def __init__(self, read: Reading, folder: Path, edition: Edition | None = None, **options: Any) -> None:
        self.edition = saved(read, folder, edition)
        self.path = folder / "review.html"
        write_review(read, self.edition, options.pop("proposals", ()), self.path, **options)
        self.text = self.path.read_text(encoding="utf-8")
        self.tree = html.fromstring(self.text)

    def all(self, xpath: str) -> list[Any]:
        found = self.tree.xpath(xpath)
        assert isinstance(found, list)
        return found

    def said(self, xpath: str) -> list[str]:
        return [" ".join(one.text_content().split()) for one in self.all(xpath)]

    def kinds(self) -> list[str]:
        return [one.get("id") for one in self.all("//section[@id='matters']/section")]

    def addresses(self, kind: str) -> list[str]:
        return self.said(f"//section[@id='{kind}']//code")

    def matter(self, key: str) -> str:
        (found,) = self.said(f"//article[@data-key='{key}']")
        return found


@pytest.fixture
def page(damaged: Reading, tmp_path: Path) -> Review:
    return Review(damaged, tmp_path)


def lost_and_open(edition: Edition) -> tuple[list[str], list[str]]:
    answers = edition.answers.values()
    lost = [answer.address for answer in answers if answer.state is State.LOST]
    return lost, [answer.address for answer in answers if answer.undecided]


# --- every doubtful place, once ---


def test_the_document_is_damaged_in_every_way(damaged: Reading) -> None:
    lost, undecided = lost_and_open(damaged.edition)
    inferred = [address for address, origin in damaged.origins.items() if not origin.sure]
    labels = [address for address, origin in damaged.origins.items() if origin.label]
    assert all((lost, undecided, inferred, labels, damaged.damaged, damaged.leftovers))
    assert {"I006", "I007", "I008"} <= {one.code for one in damaged.problems}


def test_every_doubtful_place_is_there_once(damaged: Reading, page: Review) -> None:
    lost, undecided = lost_and_open(page.edition)
    inferred = [address for address, origin in damaged.origins.items() if not origin.sure]
    labels = [address for address, origin in damaged.origins.items() if origin.label]
    shown = Counter(page.said("//section[@id='matters']//code"))
    doubtful = {*lost, *undecided, *inferred, *labels, *damaged.damaged}
    assert {address: shown[address] for address in doubtful} == dict.fromkeys(doubtful, 1)
    assert max(shown.values()) == 1


def test_every_place_is_of_its_kind(page: Review) -> None:
    lost, undecided = lost_and_open(page.edition)
    assert set(undecided) <= set(page.addresses("undecided"))
    assert set(page.addresses("lost")) <= set(lost)
    below = {a for a in lost if page.edition.answers[a].item.fill_of is not None}
    assert set(lost) - below <= set(page.addresses("lost"))


def test_the_most_urgent_comes_first(page: Review) -> None:
    assert page.kinds() == ["lost", "undecided", "problem", "inferred", "damaged", "leftover"]


def test_what_is_left_over_is_whole(damaged: Reading, page: Review) -> None:
    shown = page.said("//section[@id='leftover']//ul[@class='remnants']/li/span[2]")
    assert shown == [" ".join(f"{one.text}{one.reason or ''}".split()) for one in damaged.leftovers]
    assert any(STRAY in one for one in shown)
    (row,) = [one for one in page.said("//section[@id='leftover']//li[@class='is-left']") if STRAY in one]
    line = damaged.leftovers[[STRAY in one.text for one in damaged.leftovers].index(True)].first
    assert row.startswith(f"{line}行")
    assert "前の項目" in page.matter(f"line-{line}")


def test_a_lost_section_names_its_keys_and_lines(damaged: Reading, page: Review) -> None:
    yaml = Path(page.edition.path or "").read_text(encoding="utf-8").splitlines()
    entries = page.all("//section[@id='lost']//ul[@class='lost']/li")
    assert len(entries) > 5
    for entry in entries:
        (address,) = entry.xpath(".//code/text()")
        (place,) = entry.xpath(".//button/@data-copy")
        path, _, line = place.rpartition(":")
        assert path == str(page.edition.path)
        assert yaml[int(line) - 1].strip() == "状態: 欠落", address
    key = page.edition.answers["iii1-5-r1-a"]
    gap = next(one for one in page.said("//section[@id='lost']/article") if f" {key.address} " in one)
    assert "YAML のキー: Ⅲ リスク対策［1番目］ › 5 提供・移転" in gap
    assert "6. 情報提供ネットワークシステムとの接続" in gap, "the rows where it should stand"


def test_a_row_with_open_boxes_shows_them_as_printed(page: Review) -> None:
    (row,) = page.said("//article[@data-key='i-2-s1-3']//ul[@class='rows']")
    assert "☐" in row
    assert "？ 不明" in page.matter("i-2-s1-3")
    assert "見本にない選択肢" in page.matter("ii1-2-2")


def test_what_explains_others_takes_them_along(page: Review) -> None:
    (one,) = [one for one in page.said("//section[@id='problem']/article") if "移転先1" in one]
    assert "ii1-5-t1-2" in one
    assert "ii1-5-t1-2" not in page.addresses("inferred")


def test_damaged_headings_stand_beside_the_forms(page: Review) -> None:
    assert "特定個人情報フアイルの取扱の委託" in page.matter("heading-iii1-4")
    assert "4. 特定個人情報ファイルの取扱いの委託" in page.matter("heading-iii1-4")
    assert "原本の見出しは「⑤委託先名の確認の方法」" in page.matter("ii1-4-c1-5")


def test_a_sound_document_has_nothing_to_look_at(full: Form, tmp_path: Path) -> None:
    found = read(printed(full))
    sound = replace(
        found, problems=(), leftovers=(), origins={a: replace(o, sure=True) for a, o in found.origins.items()}
    )
    page = Review(sound, tmp_path)
    left = {one.get("data-key") for one in page.all("//article")}
    assert left <= {answer.address for answer in page.edition.answers.values() if answer.state is State.LOST}


# --- what the officer has settled, what the source proposes ---


def corrected(answer: Answer) -> Answer:
    return replace(answer, state=State.PRESENT, value=Text("書き足した見本"), written="")


def test_what_the_officer_settled_is_gone(damaged: Reading, tmp_path: Path) -> None:
    before = damaged.edition.answers
    mine = {a: corrected(before[a]) for a in ("iii1-5-r1-aa", "ii1-5-t1-2", "ii1-6-3")}
    page = Review(damaged, tmp_path, replace(damaged.edition, answers={**before, **mine}))
    assert not mine.keys() & set(page.said("//section[@id='matters']//code"))
    assert "書き足した見本" in page.said("//div[@id='ii1-6-3']")[0]


def proposals(damaged: Reading) -> tuple[Edition, tuple[Proposal, ...]]:
    """The officer wrote one item anew; the source another, and that one too."""
    before = damaged.edition.answers
    own = {"i-1-2": replace(before["i-1-2"], value=Text("手で直した見本"))}
    old = {a: replace(before[a], value=Text("前の見本")) for a in ("i-1-2", "i-2-s1-2")}
    base = imprints(replace(damaged.edition, answers={**before, **old}))
    mine = replace(damaged.edition, answers={**before, **old, **own})
    return mine, merge(mine, damaged.edition, base, imprints(damaged.edition)).proposals


def test_proposals_come_before_all(damaged: Reading, tmp_path: Path) -> None:
    mine, found = proposals(damaged)
    page = Review(damaged, tmp_path, mine, proposals=found)
    assert page.kinds()[:3] == ["both", "proposed", "lost"]
    both, proposed = page.matter("i-1-2"), page.matter("i-2-s1-2")
    assert "手で直した見本" in both
    assert "見本のi-1-2" in both
    assert "いまの YAML 前の見本 今度の原本 見本のi-2-s1-2" in proposed
    assert f"YAML {page.edition.answers['i-2-s1-2'].line}行目" in proposed


def test_what_was_taken_over_is_said_so(damaged: Reading, tmp_path: Path) -> None:
    mine, found = proposals(damaged)
    page = Review(damaged, tmp_path, mine, proposals=found, taken=True, stale=("i-2-s1-2", "i-1-1"))
    assert "書き換えました" in page.matter("i-2-s1-2")
    assert "要約" in page.matter("i-2-s1-2")
    assert "書き換えました" not in page.matter("i-1-2")
    assert page.kinds()[:3] == ["both", "proposed", "stale"]


def test_a_longer_list_and_change_rows_are_proposed_with_their_rows(damaged: Reading, tmp_path: Path) -> None:
    found = (
        Proposal("i-2-s", "Ⅰ 基本情報 システム", "1 件", "2 件", both=False),
        Proposal("changes", "別添3 変更箇所", "0 行", "1 行", both=True),
    )
    page = Review(damaged, tmp_path, replace(damaged.edition, changes=()), proposals=found)
    assert "見本のi-2-s2-1" in page.matter("i-2-s")
    assert "甲の見本" in page.matter("changes")


def test_an_abstract_edition_shows_the_source_beside_it(damaged: Reading, tmp_path: Path) -> None:
    long = "見本市の見本の事務を行うために見本の情報を利用し見本の措置を講ずるものとして定めるところによる"
    answers = dict(damaged.edition.answers)
    answers["i-1-2"] = replace(answers["i-1-2"], value=Text(long))
    whole = replace(damaged, edition=replace(damaged.edition, answers=answers))
    page = Review(whole, tmp_path, abstract(whole.edition)[0])
    (shown,) = page.said("//div[@id='i-1-2']")
    assert "本文なし（抄録）" in shown
    assert long not in shown


# --- the whole ---


def test_every_item_and_every_row_stands_on_the_page(damaged: Reading, page: Review) -> None:
    whole = page.said("//section[@id='whole']//code")
    rows = [row.address for row in page.edition.changes]
    assert sorted(whole) == sorted([*page.edition.answers, *rows])
    places = set(page.said("//section[@id='whole']//span[@class='at']"))
    lines = {f"{b.first}行" for b in damaged.extract.blocks if b.first == b.last}
    assert lines <= places


def test_links_lead_somewhere_and_ids_are_unique(page: Review) -> None:
    ids = Counter(page.all("//@id"))
    assert [one for one, count in ids.items() if count > 1] == []
    links = page.all("//@href")
    assert len(links) > 10
    assert {link for link in links if not (link.startswith("#") and link[1:] in ids)} == set()


def test_the_head_says_what_was_read(damaged: Reading, page: Review, tmp_path: Path) -> None:
    (head,) = page.said("//header[contains(@class, 'intro')]")
    account = damaged.account
    for size in (account.placed, account.form, account.markup, account.leftovers, account.total):
        assert f"{size:,}" in head
    assert str(page.edition.path) in head
    assert f"確かめるところは {len(page.all('//article'))} か所です" in head
    again = Review(damaged, tmp_path, form_reason="見本の理由によります。")
    assert "見本の理由によります。" in again.text


def test_pages_and_cells_are_named_as_such(damaged: Reading, tmp_path: Path) -> None:
    extract = damaged.extract
    pages = replace(extract, blocks=tuple(replace(block, page=3) for block in extract.blocks))
    assert "3頁" in Review(replace(damaged, extract=pages), tmp_path).said("//span[@class='at']")
    cells = tuple(
        replace(block, sheet="見本シート", refs=tuple(f"C{block.first}" for _ in block.cells))
        for block in extract.blocks
    )
    page = Review(replace(damaged, extract=replace(extract, blocks=cells)), tmp_path)
    line = damaged.origins["i-1-2"].lines[0]
    assert "見本シート" in page.said("//span[@class='at']")
    assert f"C{line}" in page.said("//span[@class='ref']")


def test_a_problem_of_the_file_is_told(damaged: Reading, tmp_path: Path) -> None:
    scan = problem("I023", Location(), pages="2")
    hidden = Leftover(9001, 9001, "隠れた見本の行", "表示されていない行です")
    read = replace(damaged, problems=(scan, *damaged.problems), leftovers=(*damaged.leftovers, hidden))
    page = Review(read, tmp_path)
    assert any(
        scan.message in one and scan.hint in one for one in page.said("//section[@id='problem']/article")
    )
    assert "隠れた見本の行表示されていない行です" in page.matter("line-9001")


# --- text is text, and no host is asked ---


def test_what_a_document_says_is_text(damaged: Reading, tmp_path: Path) -> None:
    value = f"見本{HOSTILE}"
    row = damaged.extract.by_line[damaged.origins["i-1-2"].lines[0]]
    hostile = replace(row, cells=tuple((value,) for _ in row.cells))
    blocks = tuple(hostile if block is row else block for block in damaged.extract.blocks)
    answers = dict(damaged.edition.answers)
    answers["i-1-2"] = replace(answers["i-1-2"], value=Text(value))
    read = replace(
        damaged,
        edition=replace(damaged.edition, answers=answers),
        extract=replace(damaged.extract, blocks=blocks, source=value, sha256="0" * 64),
        leftovers=(*damaged.leftovers, Leftover(row.first, row.last, value, value)),
        damaged={"iii1-4": value},
    )
    page = Review(read, tmp_path, form_reason=value)
    assert len(page.all("//script")) == 1
    assert page.all("//img") == []
    assert page.text.count("&lt;script&gt;") > 5


def test_no_host_is_asked(page: Review) -> None:
    (policy,) = page.all("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (content,) = re.findall(rf"<{name}>(.*?)</{name}>", page.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert page.all("//@src | //@style | //@srcset | //@action | //link | //iframe | //@onclick") == []
    assert re.search(r"url\(|@import|https?:", page.text) is None


def test_lone_surrogates_do_not_stop_it(damaged: Reading, tmp_path: Path) -> None:
    odd = replace(damaged, extract=replace(damaged.extract, source="見本\ud83d.txt"))
    assert "見本?.txt" in Review(odd, tmp_path).text


@pytest.mark.sources
def test_the_real_sources(sources: Path, tmp_path: Path) -> None:
    for path in sorted(sources.glob("*.txt")):
        found = read_assessment(read_source(path))
        page = Review(found, tmp_path)
        lost, undecided = lost_and_open(page.edition)
        shown = Counter(page.said("//section[@id='matters']//code"))
        assert {address for address in (*lost, *undecided) if shown[address] != 1} == set(), path.name
        assert max(Counter(page.all("//@id")).values()) == 1
        remnants = page.all("//ul[@class='remnants']/li")
        assert len(remnants) == len(found.leftovers)


# --- in a browser ---

InBrowser = Callable[[Callable[[Browser], T]], T]


@pytest.fixture(scope="module")
def in_browser(chromium_path: Path) -> Iterator[InBrowser[Any]]:
    """Runs with a browser in a thread of its own: another one may be open for the tests of the whole site."""

    def start() -> tuple[Any, Browser]:
        playwright = sync_playwright().start()
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        return playwright, playwright.chromium.launch(executable_path=chromium_path, args=arguments)

    with ThreadPoolExecutor(1) as thread:
        playwright, browser = thread.submit(start).result()
        yield lambda steps: thread.submit(steps, browser).result()
        thread.submit(playwright.stop).result()


def watched(browser: Browser, review: Review, **options: Any) -> tuple[Page, list[str]]:
    """The page, and what went wrong on it: requests, messages of the console, errors of the script."""
    page = browser.new_page(**options)
    wrong: list[str] = []
    page.on("request", lambda one: wrong.append(one.url) if one.url != review.path.as_uri() else None)
    page.on("console", lambda one: wrong.append(one.text))
    page.on("pageerror", lambda one: wrong.append(str(one)))
    page.goto(review.path.as_uri())
    return page, wrong


def test_ticks_stay_and_the_count_falls(page: Review, in_browser: InBrowser[Any]) -> None:
    total = len(page.all("//article"))

    def steps(browser: Browser) -> list[str]:
        opened, wrong = watched(browser, page)
        left, boxes = opened.locator("#left"), opened.locator(".matter input")
        expect(left).to_have_text(str(total))
        boxes.nth(1).check()
        expect(left).to_have_text(str(total - 1))
        opened.keyboard.press("j")
        opened.keyboard.press("x")
        opened.keyboard.press("k")
        opened.keyboard.press("k")
        opened.keyboard.press("Space")
        expect(left).to_have_text(str(total - 3))
        expect(opened.locator(".matter .spot").first).to_be_hidden()
        opened.reload()
        expect(left).to_have_text(str(total - 3))
        assert [boxes.nth(at).is_checked() for at in range(4)] == [True, True, True, False]
        boxes.nth(2).uncheck()
        opened.locator("#next").click()
        assert opened.evaluate("document.activeElement.id") == opened.locator(".matter").nth(2).get_attribute(
            "id"
        )
        opened.locator("#shortcuts").uncheck()
        opened.keyboard.press("x")
        expect(left).to_have_text(str(total - 2))
        return wrong

    assert in_browser(steps) == []


def test_axe_finds_nothing_and_nothing_runs_over(page: Review, in_browser: InBrowser[Any]) -> None:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}

    def steps(browser: Browser) -> list[str]:
        found: list[str] = []
        for width in (320, 1280):
            opened, wrong = watched(browser, page, viewport={"width": width, "height": 800}, bypass_csp=True)
            # What is not laid out before it is scrolled to is not where axe looks for it.
            opened.add_style_tag(content=".chapter { content-visibility: visible }")
            # A few sections are as good as all.
            opened.evaluate(FEW_CHAPTERS)
            opened.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
            found += wrong
            found += [
                one["id"] + str(one["nodes"][0]["html"]) + str(one["nodes"][0].get("failureSummary"))
                for one in Axe().run(opened, options=options).response["violations"]
            ]
            if opened.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"wider than {width}")
        return found

    assert in_browser(steps) == []

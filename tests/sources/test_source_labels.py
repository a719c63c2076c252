"""The form's own words are recognised in a damaged print, and only they."""

from __future__ import annotations

import pytest

from pia_site.forms import Block, Form
from pia_site.sources.filling.labels import Outline, Rank, distance, find_part, outlines, similar


@pytest.fixture(scope="module")
def ii(full: Form) -> Outline:
    return outlines(full)["ii"]


@pytest.fixture(scope="module")
def iii(full: Form) -> Outline:
    return outlines(full)["iii"]


def steps(outline: Outline, text: str) -> set[tuple[str, str]]:
    found = outline.whole(text)
    return {(one.entry.section.step or "", one.entry.item.step) for one in found}


@pytest.mark.parametrize(
    "text",
    [
        "③対象となる本人の範囲 ※",
        "③対象となる本人の範囲",
        "③ 対象となる 本人の範囲 ＊",
        "③対象となる本⼈の範囲※",  # a radical
        "③対象となる本人の範囲：",
        "③対象となる本人の範圍",  # one character read wrongly
        "③対象となる本人範囲",  # 「の」 lost
    ],
)
def test_spellings_of_a_label(ii: Outline, text: str) -> None:
    assert ("2", "3") in steps(ii, text)


def test_a_damaged_number_is_a_worse_match_than_a_lost_one(ii: Outline) -> None:
    def rank(text: str) -> Rank:
        return next(
            one.rank for one in ii.whole(text) if one.entry.item.step == "5" and one.entry.section.step == "2"
        )

    assert rank("⑤保有開始日") is Rank.EXACT
    assert rank("保有開始日") is Rank.UNNUMBERED
    assert rank("⑥保有開始日") is Rank.RENUMBERED


def test_words_the_forms_print_differently(priority: Form, iii: Outline) -> None:
    block, title = next(
        (block, title)
        for entry in iii.entries
        if isinstance(block := entry.node, Block)
        for title in block.titles
        if "必要のない情報との紐付け" in title
    )
    damaged = f"{block.label}：{title.replace('必要のない', '必要な')}"
    assert min(iii.blocks(damaged), key=lambda one: one.rank).entry.node is block
    assert iii.blocks("リスク9： 見本") == []
    section = outlines(priority)["iii"].section("9. 従業員に対する教育・啓発")
    assert section is not None
    assert section.title == "従業者に対する教育・啓発"


@pytest.mark.parametrize(
    "text", ["", "見本", "③", "①見本の措置", "見本市における対象となる者の範囲に関する規則"]
)
def test_other_words_are_no_label(ii: Outline, text: str) -> None:
    assert ii.whole(text) == []


def test_a_heading_needs_its_number(ii: Outline) -> None:
    section = ii.section("6. 特定個人情報の保管・消去")
    assert section is not None
    assert section.number == "6"
    assert ii.section("６．特定個⼈情報の保管・消去") is section
    assert ii.section("特定個人情報の保管・消去") is None
    assert ii.section("5. 特定個人情報の保管・消去") is None


def test_members_and_their_ranges(ii: Outline, full: Form) -> None:
    member = ii.member("委託事項12")
    assert member is not None
    assert (member[0].label, member[1], member[2]) == ("委託事項", 12, "")
    assert ii.member("委託事項2 見本の保守") is not None
    assert ii.member("委託事項2の見本") is None
    assert ii.member("委託事項2～5") is None
    assert ii.members_range("委託事項2～5") is member[0]
    assert outlines(full)["i"].members_range("システム2 ～ システム5") is None


def test_a_label_before_its_value(ii: Outline) -> None:
    found = ii.leading("⑥委託先名 見本株式会社", ii.items)
    assert {(one.entry.item.label, one.rest) for one in found} == {("委託先名", "見本株式会社")}
    assert [one.rest for one in ii.leading("⑥委託先名の確認", ii.items)] == []


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Ⅱ 特定個人情報ファイルの概要", "ii"),
        ("II 特定個人情報ファイルの概要", "ii"),
        ("(別添1) 事務の内容", "work"),
        ("（別添２）特定個⼈情報ファイル記録項目", "records"),
        ("別添3 変更箇所", "changes"),
        ("別添4 変更箇所", "changes"),
        ("Ⅴ 開示請求、問合せ", "v"),
    ],
)
def test_parts_by_their_headings(full: Form, text: str, step: str) -> None:
    part = find_part(full, text)
    assert part is not None
    assert part.step == step


@pytest.mark.parametrize("text", ["特定個人情報ファイルの概要", "Ⅱ 見本", "別添5 見本", "1. 事務の内容", ""])
def test_other_headings_are_no_part(full: Form, text: str) -> None:
    assert find_part(full, text) is None


def test_nearness_of_words() -> None:
    assert distance("見本", "見本", 2) == 0
    assert distance("甲乙丙", "甲丙", 2) == 1
    assert distance("甲乙丙", "丁戊己庚辛", 1) == 2
    assert similar("対象となる本人の範囲", "対象となる本人の範圍")
    assert not similar("方法", "方式")  # too short to tell
    assert not similar("請求先", "連絡先")

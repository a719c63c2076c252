"""Cleaning steps, as tables of before and after."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pia_site.text import cleaning

JAPANESE = st.text(
    st.characters(codec="utf-8", categories=("Lo", "Lu", "Ll", "Nd", "Pd", "Ps", "Pe", "Zs", "Cf")),
    max_size=60,
)


@pytest.mark.parametrize(
    ("damaged", "folded"),
    [
        ("市町村⻑", "市町村長"),
        ("住⺠の⾼齢化", "住民の高齢化"),
        ("⻄⻘⻩⻲", "西青黄亀"),
        ("⼾籍の⿊字", "戸籍の黒字"),
        ("①Ⅱ㈱ｶ", "①Ⅱ㈱ｶ"),
    ],
)
def test_radicals_become_kanji_and_nothing_else_changes(damaged: str, folded: str) -> None:
    assert cleaning.fold_radicals(damaged) == folded


def test_every_kangxi_radical_is_folded() -> None:
    kangxi = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert all("CJK UNIFIED" in unicodedata.name(c) for c in cleaning.fold_radicals(kangxi))


@pytest.mark.parametrize(
    ("spaced", "dropped"),
    [
        ("見 本　市\u2003の\n表", "見本市の表"),
        ("見\u200b本\ufeff市", "見本市"),
        (" \t ", ""),
        ("見\u00a0本", "見本"),
    ],
)
def test_drop_spaces(spaced: str, dropped: str) -> None:
    assert cleaning.drop_spaces(spaced) == dropped


@pytest.mark.parametrize(
    ("written", "collapsed"),
    [
        ("  見本  市　役所 ", "見本 市 役所"),
        ("見本市の保険\n料の徴収", "見本市の保険料の徴収"),
        ("見本市の保険\r\n　料の徴収", "見本市の保険料の徴収"),
        ("・窓口\n・電話", "・窓口 ・電話"),
        ("窓口\n①電話", "窓口 ①電話"),
        ("見本市\n\n見本町", "見本市 見本町"),
        ("10万人\n以上", "10万人以上"),
        ("項目 10\n11 番号", "項目 10 11 番号"),
        ("Sample\nCity", "Sample City"),
        ("見本市\n（支所を含む。）", "見本市 （支所を含む。）"),
        ("", ""),
    ],
)
def test_collapse_spaces(written: str, collapsed: str) -> None:
    assert cleaning.collapse_spaces(written) == collapsed


@given(JAPANESE)
def test_collapsing_loses_white_space_only_and_settles(text: str) -> None:
    collapsed = cleaning.collapse_spaces(text)
    assert cleaning.drop_spaces(collapsed) == cleaning.drop_spaces(text)
    assert cleaning.collapse_spaces(collapsed) == collapsed


@pytest.mark.parametrize(
    "spellings",
    [
        ("見本サーバー", "見本ｻｰﾊﾞｰ", "見本 サーバー", "見 本 サ ー バ ー"),
        ("Ⅱ―1", "II－1", "ⅱ-１", "Ⅱー1"),
        ("見本（甲）", "見本(甲)", "見本〔甲〕"),
        ("【見本】", "［見本］", "[見本]"),
        ("＜見本＞", "<見本>", "‹見本>", "〈見本〉"),
        ("「見本」", "『見本』", "“見本”"),
        ("髙見市", "高見市", "⾼見市"),
        ("1～5", "1〜5", "１~５"),
        ("㈱見本", "(株)見本"),
        ("NEC", "ＮＥＣ", "nec"),
        ("國民學校", "国民学校"),
        ("見本\U000e0100市", "見本市"),
    ],
)
def test_spellings_of_one_thing_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({cleaning.matching_key(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("サーバー", "サーバ"),
        ("見本(甲)", "見本[甲]"),
        ("斉藤", "斎藤"),
        ("Ⅱ-1", "Ⅱ1"),
        ("見本ー甲", "見本甲"),
    ],
)
def test_different_things_have_different_keys(one: str, other: str) -> None:
    assert cleaning.matching_key(one) != cleaning.matching_key(other)


@given(JAPANESE)
def test_a_key_ignores_white_space(text: str) -> None:
    assert cleaning.matching_key("　".join(text)) == cleaning.matching_key(text)


@given(st.text())
def test_keys_and_fingerprints_never_raise(text: str) -> None:
    cleaning.matching_key(text)
    cleaning.repair_damage(text)
    assert cleaning.fingerprint(text).startswith("sha256:")


def test_the_fingerprint_of_a_text_never_changes() -> None:
    expected = "sha256:83b0d58a7cc8d26565097fbb8625c8724b797c28fd889db55220f5e3e7331e12"
    assert cleaning.fingerprint_text("見本市　第１期\n①窓口") == "見本市第1期1窓口"
    assert cleaning.fingerprint("見本市　第１期\n①窓口") == expected
    assert cleaning.fingerprint("見本市第1期 ①窓口") == expected
    assert cleaning.fingerprint("見本市第1期②窓口") != expected


@pytest.mark.parametrize(
    "text", ["―", "—", "-", "ー", "－", " ― ", "――", "なし", "該当なし。", "特になし", "無し", "特に無し"]
)
def test_a_dash_or_a_word_for_none(text: str) -> None:
    assert cleaning.is_dash(text)


@pytest.mark.parametrize("text", ["", "―見本", "なしの実", "無", "該当", "(記載なし)", "1-2", "。"])
def test_no_dash(text: str) -> None:
    assert not cleaning.is_dash(text)


def test_a_dash_and_a_word_are_told_apart() -> None:
    assert cleaning.is_dash_mark("―")
    assert not cleaning.is_none_word("―")
    assert cleaning.is_none_word("なし")
    assert not cleaning.is_dash_mark("なし")


@pytest.mark.parametrize(
    ("damaged", "repaired"),
    [("見本ที่ไม่正確である", "見本が不正確である"), ("⺠間\u0e48の見本", "民間の見本"), ("見本", "見本")],
)
def test_repair_damage(damaged: str, repaired: str) -> None:
    assert cleaning.repair_damage(damaged) == repaired

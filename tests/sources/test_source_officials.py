"""Masking: posts and offices stay, every other word of an official's cell goes."""

from __future__ import annotations

import pytest

from pia_site.sources.officials import Masker, is_about_official


@pytest.mark.parametrize(
    ("cell", "masked"),
    [
        ("見本課長", "見本課長"),
        ("見本課長 架空 太郎", "見本課長 〔氏名〕"),
        ("参事兼見本課長　架空　太郎", "参事兼見本課長　〔氏名〕"),
        ("架空 太郎", "〔氏名〕"),
        ("架空 太郎（例示 花子）", "〔氏名〕（〔氏名〕）"),
        ("見本課長架空太郎", "見本課長 〔氏名〕"),
        # Families are named 村, 部 and 町 too.
        ("見本課長 架村 太郎", "見本課長 〔氏名〕"),
        ("見本課長 架部 太郎", "見本課長 〔氏名〕"),
        ("見本町長 架空 タロウ", "見本町長 〔氏名〕"),
        ("市民部見本課 課長 架空 太郎", "市民部見本課 課長 〔氏名〕"),
        ("(記載なし)", "(記載なし)"),
        ("―", "―"),
        ("", ""),
    ],
)
def test_a_cell(cell: str, masked: str) -> None:
    assert Masker().cell(cell) == masked


def test_a_name_once_seen_is_masked_anywhere() -> None:
    masker = Masker()
    masker.learn("見本課長 架空 太郎")
    masker.learn("例示部長 見本")  # one word may be an office
    assert (
        masker.known("問合せは架空太郎、または 架空　太郎 まで") == "問合せは〔氏名〕、または 〔氏名〕 まで"
    )
    assert masker.known("例示部の見本は残る") == "例示部の見本は残る"


def test_a_name_behind_a_post_in_a_short_text() -> None:
    masker = Masker()
    assert masker.anywhere("見本課長 架空 太郎") == "見本課長 〔氏名〕"
    assert masker.known("架空太郎") == "〔氏名〕"
    assert masker.anywhere("見本課長 及び 担当係長") == "見本課長 及び 担当係長"
    assert masker.anywhere("見本課長が 見本の事務を 行う") == "見本課長が 見本の事務を 行う"


def test_which_items_ask_for_an_official() -> None:
    assert is_about_official("Ⅰ７．②所属長の役職名")
    assert is_about_official("所 属 長")
    assert not is_about_official("Ⅰ７．①部署")

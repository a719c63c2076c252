"""Printed lines that the width of their cell broke are one line again, and what begins a line of its own stays one."""

from __future__ import annotations

import pytest

from pia_site.sources.readers.meant_lines import meant_lines
from pia_site.sources.readers.printed_lines import Line

SIZE, WIDTH = 10.0, 100.0
FULL = "見本市は甲乙丙の事務"
"""As long as a line can be."""

BULLETS = (
    "・甲 ○甲 ●甲 ◆甲 ■甲 ※甲 ※1甲 ①甲 ㉑甲 （1）甲 (2)甲 3)甲 1.甲 ２．甲 ア．甲 (ア)甲 ａ）甲 Ⅱ．甲 （一）甲 "
    "①がん検診 ②やむを得ない場合 ○月次の点検 ○年金関係"
)
SPOKEN_OF = (
    "①及び②の措置 ①の措置 （1）に掲げる者 (2)から(4)まで ②、③ ①・② （３）項の者 3)を除く。 ※1を参照 ○○市に送る ●●課 "
    "○年○月 ○日以内 1.5倍にする 10人以上 ①"
)


def meant(*texts: str, limit: float = WIDTH) -> list[str]:
    lines = [
        Line(text, 1, 0.0, SIZE * len(text), 15.0 * number, SIZE, SIZE) for number, text in enumerate(texts)
    ]
    return [one.text for one in meant_lines(lines, limit)]


def test_a_line_that_was_full_goes_on() -> None:
    assert meant(FULL, "を行う。") == [f"{FULL}を行う。"]
    assert meant(FULL[:-2], "を行う。") == [FULL[:-2], "を行う。"]


@pytest.mark.parametrize("begin", BULLETS.split())
def test_a_bullet_begins_a_line_of_its_own(begin: str) -> None:
    assert meant(FULL, begin) == [FULL, begin]


@pytest.mark.parametrize("rest", SPOKEN_OF.split())
def test_a_number_or_sign_that_a_sentence_speaks_of_does_not(rest: str) -> None:
    assert meant(FULL, rest) == [FULL + rest]


def test_a_list_within_parentheses_goes_on_and_a_dot_never_ends_up_first() -> None:
    assert meant("見本（①甲、乙丙丁戊", "②己）である。") == ["見本（①甲、乙丙丁戊②己）である。"]
    assert meant("見本（甲、乙丙丁戊己", "・庚）") == ["見本（甲、乙丙丁戊己", "・庚）"]


def test_a_sign_after_a_label_stays_with_it() -> None:
    assert meant("見本の決定", "※") == ["見本の決定※"]


def test_upright_headings_are_one_line() -> None:
    assert meant(*"②見本期間", limit=55) == ["②見本期間"]
    assert meant("10", *"見本", limit=55) == ["10見本"]
    assert meant(*"提供・移転", limit=30) == ["提供・移転"]
    assert meant(*"データ", limit=30) == ["データ"]


@pytest.mark.parametrize("lines", [("甲", "乙丙"), ("1", "2"), ("○", "○"), ("－", "甲")])
def test_short_lines_in_a_narrow_cell_are_no_heading(lines: tuple[str, ...]) -> None:
    assert meant(*lines, limit=55) == list(lines)


def test_short_lines_in_a_wide_cell_are_no_heading() -> None:
    assert meant("甲", "乙") == ["甲", "乙"]

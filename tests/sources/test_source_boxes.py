"""Tick boxes and choices: the order of the rules, the form's own list, and 不明 instead of a guess."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pia_site.forms import Item, Kind
from pia_site.sources.extract import BARE, CHECKED, RADIO
from pia_site.sources.filling import boxes

FILL = Item("1-o3", "その他", "その他", Kind.TEXT, fill_of="その他")
ROW = Item(
    "1", "見本", "見本", Kind.CHECKS, options=("専用線による", "電子メールによる", "その他"), items=(FILL,)
)
FIRST, SECOND, OTHER = ROW.options


def marks(text: str, row: Item = ROW) -> list[bool | None]:
    return [mark for _, mark in boxes.read_ticks(row, text).marks]


@pytest.mark.parametrize("sign", [CHECKED, "[○]", "[ ○ ]", "[O]", "［◯］", f"[{RADIO}]", "[✓]", "[O "])
def test_every_sign_that_means_ticked(sign: str) -> None:
    assert marks(f"{sign} {FIRST} [ ] {SECOND} [ ] {OTHER}") == [True, False, False]


@pytest.mark.parametrize(
    ("empty", "expected"),
    [
        ("[ ]", False),
        ("[]", False),
        ("［　］", False),
        (BARE, None),  # beside an ○ a bare input may have lost its tick
        (f"[{BARE}]", None),
    ],
)
def test_what_stands_beside_a_ring(empty: str, expected: bool | None) -> None:
    assert marks(f"[○] {FIRST} {empty} {SECOND} {empty} {OTHER}") == [True, expected, expected]


def test_a_bare_box_is_unticked_only_beside_a_checked_one() -> None:
    assert marks(f"{CHECKED} {FIRST} {BARE} {SECOND} {BARE} {OTHER}") == [True, False, False]
    assert marks(f"{BARE} {FIRST} {BARE} {SECOND} {BARE} {OTHER}") == [None, None, None]
    assert marks(f"[ ] {FIRST} {BARE} {SECOND} [ ] {OTHER}") == [False, None, False]
    assert marks(f"[{RADIO}] {FIRST} {BARE} {SECOND} [ ] {OTHER}") == [True, None, False]


def test_an_option_that_is_not_printed_or_printed_twice_is_open() -> None:
    assert marks(f"[○] {FIRST} [ ] {OTHER}") == [True, None, False]
    assert marks(f"[○] {FIRST} [ ] {FIRST} [ ] {SECOND} [ ] {OTHER}") == [None, False, False]
    assert marks("見本") == [None, None, None]


def test_damaged_words_after_a_box() -> None:
    assert marks(f"[○] ⽇⽤線 [ ] {SECOND}") == [None, False, None]
    assert marks(f"[○]専 用 線に よる [ ] 電子メ一ルによる [ ] {OTHER}(見本)") == [True, False, False]
    variant = replace(ROW, option_variants=(("回線による", FIRST),))
    assert marks(f"[○] 回線による [ ] {SECOND} [ ] {OTHER}", variant) == [True, False, False]


@pytest.mark.parametrize(
    ("printed", "fill"),
    [
        ("その他 (見本)", "見本"),
        ("その他（見本(甲)乙）", "見本(甲)乙"),
        ("その他 ( )", ""),
        ("その他 (閉じない", "閉じない"),
        ("その他", None),
        ("その他 見本", None),
    ],
)
def test_what_stands_in_the_parentheses(printed: str, fill: str | None) -> None:
    assert boxes.read_ticks(ROW, f"[ ] {FIRST} [○] {printed}").fills.get(OTHER) == fill


CHOICE = Item(
    "2",
    "見本",
    "見本",
    Kind.CHOICE,
    options=("1万人未満", "1万人以上10万人未満", "10万人以上"),
    option_variants=(("一万人未満", "1万人未満"),),
)
LIST = "<選択肢> 1) 1万人未満 2) 1万人以上10万人未満 3) 10万人以上"


@pytest.mark.parametrize(
    ("text", "option", "blank"),
    [
        (f"[1万人未満] {LIST}", "1万人未満", False),
        (f"［ １万人未満 ］ {LIST}", "1万人未満", False),
        (f"[1万人以上 10万人未満]\n{LIST}", "1万人以上10万人未満", False),
        (f"[一万人未満] {LIST}", "1万人未満", False),
        (f"{BARE} 1万人未満] {LIST}", "1万人未満", False),
        ("1万人未満", "1万人未満", False),
        (f"[ ] {LIST}", None, True),
        ("", None, True),
        # 不明: not in the form's list, or no value printed beside the list.
        (f"[2万人未満] {LIST}", None, False),
        (f"[見本] {LIST}", None, False),
        (LIST, None, False),
        ("見本", None, False),
    ],
)
def test_a_choice_is_one_of_the_forms_list(text: str, option: str | None, blank: bool) -> None:
    chosen = boxes.read_choice(CHOICE, text)
    assert (chosen.option, chosen.blank) == (option, blank)


def test_a_list_printed_in_other_words_tells_by_its_order() -> None:
    item = replace(CHOICE, options=("特に力を入れている", "十分である", "課題が残されている"))
    text = "[十分てある] ＜選択肢＞ 1) 特に力を入れている 2) 十分てある 3) 課題が残されている"
    chosen = boxes.read_choice(item, text)
    assert (chosen.option, chosen.sure) == ("十分である", False)
    assert boxes.read_choice(item, text.replace("十分てある", "見本の語")).option is None


def test_the_lines_of_a_choice_are_told_from_text() -> None:
    for line in ("[1万人未満]", LIST, "1) 1万人未満", "2) 1万人以上10万人未満", "<選択肢>", "(5) 件"):
        assert boxes.is_choice_line(CHOICE, line), line
    assert not boxes.is_choice_line(CHOICE, "見本市の住民 1万人未満")


def test_the_number_of_cases() -> None:
    assert boxes.read_count("[委託する] <選択肢> 1) 委託する 2) 委託しない ( 5 ) 件") == "5"
    assert boxes.read_count("(　) 件") == ""
    assert boxes.read_count("見本") is None


SIGNS = st.sampled_from([CHECKED, BARE, f"[{RADIO}]", "[ ]", "[○]", "[O]"])


@settings(deadline=None)
@given(st.lists(SIGNS, min_size=3, max_size=3))
def test_a_row_never_says_more_than_it_prints(signs: list[str]) -> None:
    text = " ".join(f"{sign} {option}" for sign, option in zip(signs, ROW.options, strict=True))
    for sign, mark in zip(signs, marks(text), strict=True):
        if sign == BARE:
            assert mark is (False if CHECKED in signs else None)
        else:
            assert mark is (sign != "[ ]")


@settings(deadline=None)
@given(
    st.text(st.sampled_from(f"[]()（）{CHECKED}{BARE}{RADIO}○1)<選択肢> 専用線による件その他"), max_size=60)
)
def test_any_text_is_read(text: str) -> None:
    ticks = boxes.read_ticks(ROW, text)
    assert [option for option, _ in ticks.marks] == list(ROW.options)
    assert boxes.read_choice(CHOICE, text).option in (None, *CHOICE.options)
    boxes.after_options(CHOICE, text)
    boxes.is_choice_line(CHOICE, text)

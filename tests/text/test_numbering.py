"""Printed numbers read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pia_site.text import numbering


@pytest.mark.parametrize(
    ("written", "number"),
    [("Ⅱ", 2), ("II", 2), ("ｉｉ", 2), (" Ⅵ ", 6), ("Ⅻ", 12), ("xiv", 14), ("XL", 40), ("IIII", None), ("", None), ("見", None)],
)  # fmt: skip
def test_roman(written: str, number: int | None) -> None:
    assert numbering.roman_to_int(written) == number


@given(st.integers(1, 12))
def test_roman_round_trip(n: int) -> None:
    assert numbering.roman_to_int(numbering.int_to_roman(n)) == n


@pytest.mark.parametrize(
    ("written", "number"), [("①", 1), ("⑳", 20), ("㉑", 21), ("㊿", 50), ("1", None), ("①②", None)]
)
def test_circled(written: str, number: int | None) -> None:
    assert numbering.circled_to_int(written) == number


@given(st.integers(1, 50))
def test_circled_round_trip(n: int) -> None:
    assert numbering.circled_to_int(numbering.int_to_circled(n)) == n


@pytest.mark.parametrize(
    ("write", "number"),
    [(numbering.int_to_roman, 0), (numbering.int_to_roman, 13), (numbering.int_to_circled, 51), (numbering.int_to_kanji, 0)],
)  # fmt: skip
def test_a_number_without_a_printed_form(write, number) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=str(number)):
        write(number)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("五十六", 56),
        ("第五十六", 56),
        ("百二十三", 123),
        ("二〇二四", 2024),
        ("一万二千", 12000),
        ("十", 10),
        ("元", 1),
        ("元三", None),
        ("十十", None),
        ("万", None),
        ("五 十", 50),
        ("", None),
        ("見本", None),
    ],
)
def test_kanji(written: str, number: int | None) -> None:
    assert numbering.kanji_to_int(written) == number


@given(st.integers(1, 9999))
def test_kanji_round_trip(n: int) -> None:
    assert numbering.kanji_to_int(numbering.int_to_kanji(n)) == n


@pytest.mark.parametrize(
    ("written", "number"), [("第５６", 56), ("59", 59), ("五十九", 59), ("九" * 40, None), ("9" * 5000, None)]
)
def test_number_in_either_kind_of_digits(written: str, number: int | None) -> None:
    assert numbering.number_to_int(written) == number


@pytest.mark.parametrize(
    ("label", "number", "rest"),
    [
        ("①窓口の名称", "①", "窓口の名称"),
        ("⑫　窓口", "⑫", "窓口"),
        ("1. 見本事務", "1", "見本事務"),
        ("１．見本事務", "1", "見本事務"),
        ("10. 見本", "10", "見本"),
        ("1 見本事務", "1", "見本事務"),
        ("2) 見本する", "2", "見本する"),
        ("(別添1) 見本表", "別添1", "見本表"),
        ("（別添２）見本表", "別添2", "見本表"),
        ("別紙3「見本」", "別紙3", "「見本」"),
        ("リスク2：見本のリスク", "リスク2", "見本のリスク"),
        ("リスク: 見本のリスク", "リスク", "見本のリスク"),
        ("(1) 見本名簿", "(1)", "見本名簿"),
        ("（２）見本名簿", "(2)", "見本名簿"),
        ("Ⅱ 見本の概要", "Ⅱ", "見本の概要"),
        ("Ⅱ見本の概要", "Ⅱ", "見本の概要"),
        ("II 見本の概要", "Ⅱ", "見本の概要"),
        ("Ⅰ", "Ⅰ", ""),
        ("リスクへの対策", None, "リスクへの対策"),
        ("10万人以上", None, "10万人以上"),
        ("1.5倍", None, "1.5倍"),
        ("IT見本", None, "IT見本"),
        ("別紙参照", None, "別紙参照"),
        (" 見本 ", None, "見本"),
        ("", None, ""),
    ],
)
def test_strip_item_number(label: str, number: str | None, rest: str) -> None:
    assert numbering.strip_item_number(label) == (number, rest)


@given(st.text())
def test_readers_never_raise(text: str) -> None:
    numbering.roman_to_int(text)
    numbering.circled_to_int(text)
    numbering.number_to_int(text)
    numbering.strip_item_number(text)

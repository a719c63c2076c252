"""Printed numbers: Ⅱ, ①, 第五十六, and the number that stands before a label.

Readers answer None for what is no number, because the text is a body's; writers raise ValueError for
what has no such form, because the number is ours.
May import: the standard library only.
"""

from __future__ import annotations

import re
import unicodedata

# --- roman ---

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Parts are numbered to Ⅵ; above 100 no printed form counts in roman.
_ROMAN = re.compile(r"C?(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def roman_to_int(s: str) -> int | None:
    """`Ⅱ`, `II`, `ｉｉ` → 2; None for what is no roman number from 1 to 199."""
    letters = unicodedata.normalize("NFKC", s).strip().upper()
    if not letters or not _ROMAN.fullmatch(letters):
        return None
    values = [_ROMAN_VALUES[c] for c in letters]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def int_to_roman(n: int) -> str:
    """2 → `Ⅱ`, one character as the forms print it. ValueError outside 1–12, where there is none."""
    if not 1 <= n <= 12:
        raise ValueError(f"no single roman character for {n}")
    return chr(ord("Ⅰ") + n - 1)


# --- circled ---

# ① to ⑳, then ㉑ to ㉟ and ㊱ to ㊿, which lists of recorded fields do reach.
_CIRCLED = (
    "".join(map(chr, range(0x2460, 0x2474)))
    + "".join(map(chr, range(0x3251, 0x3260)))
    + "".join(map(chr, range(0x32B1, 0x32C0)))
)


def circled_to_int(s: str) -> int | None:
    """`①` → 1, up to ㊿; None for anything else."""
    s = s.strip()
    return _CIRCLED.index(s) + 1 if len(s) == 1 and s in _CIRCLED else None


def int_to_circled(n: int) -> str:
    """1 → `①`. ValueError outside 1–50."""
    if not 1 <= n <= len(_CIRCLED):
        raise ValueError(f"no circled number for {n}")
    return _CIRCLED[n - 1]


# --- 漢数字 ---

_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "元": 1, "壱": 1, "弐": 2, "参": 3
}  # fmt: skip
_KANJI_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
KANJI_NUMBER = "〇一二三四五六七八九十百千万"
"""The characters of a number in law texts, for the character classes of other modules."""
_LONGEST = 15  # characters; Python refuses to read thousands of digits, and no document has more


def kanji_to_int(s: str) -> int | None:
    """`五十六`, `第五十六`, `二〇二四` → the number; None for what is none. White space is ignored.

    元 is read as 1 (元年) only where it stands alone.
    """
    s = "".join(s.split()).removeprefix("第")
    if not 0 < len(s) <= _LONGEST or ("元" in s and s != "元"):
        return None
    if all(c in _KANJI_DIGITS for c in s):
        return int("".join(str(_KANJI_DIGITS[c]) for c in s))
    high, ten_thousands, low = s.rpartition("万")
    if not ten_thousands:
        return _below_ten_thousand(low)
    if "万" in high:
        return None
    upper, lower = _below_ten_thousand(high), _below_ten_thousand(low) if low else 0
    return None if upper is None or lower is None else upper * 10_000 + lower


def _below_ten_thousand(s: str) -> int | None:
    total, digit, last_unit = 0, None, 10_000
    for c in s:
        if c in _KANJI_UNITS and _KANJI_UNITS[c] < last_unit:
            last_unit = _KANJI_UNITS[c]
            total += (1 if digit is None else digit) * last_unit
            digit = None
        elif c in _KANJI_DIGITS and digit is None and c != "元":
            digit = _KANJI_DIGITS[c]
        else:
            return None
    return total + (digit or 0) if s else None


def number_to_int(s: str) -> int | None:
    """A number in 算用数字 of either width or in 漢数字; None for what is none."""
    digits = unicodedata.normalize("NFKC", "".join(s.split())).removeprefix("第")
    if digits.isascii() and digits.isdigit():
        return int(digits) if len(digits) <= _LONGEST else None
    return kanji_to_int(digits)


def int_to_kanji(n: int) -> str:
    """59 → `五十九`, as laws number their 別表. ValueError outside 1–9999."""
    if not 1 <= n <= 9999:
        raise ValueError(f"not between 1 and 9999: {n}")
    text = ""
    for unit, character in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            text += ("" if digit == 1 and unit > 1 else "〇一二三四五六七八九"[digit]) + character
    return text


# --- the number before a label ---

_D = "[0-9０-９]"
_ITEM_NUMBERS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(p + r"\s*(?P<rest>.*)", re.DOTALL)
    for p in (
        rf"(?P<n>[{_CIRCLED}])",
        rf"[(（]\s*(?P<n>(?:別添|別紙)\s*{_D}*)\s*[)）]",
        rf"(?P<n>(?:別添|別紙)\s*{_D}+)(?:\s*[:：.．、]|(?=\s|「|\Z))",
        rf"(?P<n>[(（]\s*{_D}+\s*[)）])",
        # 「リスク： 目的外の…」 is the only risk of its section (リスク without number).
        rf"(?P<n>リスク\s*{_D}*)\s*[:：]",
        # 「1. …」「１．…」「6) …」「1 システム」, never 「10万人以上」 nor 「1.5」
        rf"(?P<n>{_D}{{1,3}})(?:\s*[.．、)）](?!{_D})|(?=\s))",
        r"(?P<n>[Ⅰ-Ⅻ])[.．、]?",
        r"(?P<n>(?:X{0,3}(?:IX|IV|V?I{0,3})|[ＩＶＸ]+)(?<=[IVXＩＶＸ]))(?:\s*[.．、]|(?=\s))",
    )
)


def strip_item_number(label: str) -> tuple[str | None, str]:
    """The number a printed label opens with, in its canonical spelling, and the label without it.

    `①事務の名称` → (`①`, `事務の名称`); `１．事務` → (`1`, `事務`); `(別添１) 記録項目` → (`別添1`, …);
    `リスク2：…` → (`リスク2`, …); `(1) 名簿` → (`(1)`, …); `Ⅱ 概要` and `II 概要` → (`Ⅱ`, …).
    Without one: (None, the label). The white space around both parts goes.
    """
    label = label.strip()
    for pattern in _ITEM_NUMBERS:
        if match := pattern.fullmatch(label):
            return _canonical(match["n"]), match["rest"]
    return None, label


def _canonical(number: str) -> str:
    if number in _CIRCLED:
        return number
    number = unicodedata.normalize("NFKC", "".join(number.split()))
    roman = roman_to_int(number)
    if roman is not None and roman <= 12:
        return int_to_roman(roman)
    return str(int(number)) if number.isdigit() else number

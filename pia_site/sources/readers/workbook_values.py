"""What a cell of a workbook shows: its stored value through its number format.

May import: text; the standard library.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from pia_site.text.wareki import format_wareki

GENERAL = "General"
# Number formats that programs store by number only; 27–36 and 50–58 are the dates of Japanese Excel.
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 22, 27, 28, 29, 30, 31, 36, 50, 51, 54, 57, 58), "yyyy/m/d"),
    **dict.fromkeys((17, 34, 52, 55), "yyyy/m"),
    **dict.fromkeys((16, 35, 53, 56), "m/d"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "h:mm"),
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digits>General|G/標準|[0#?,.%]|E[+-])|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)
_CURRENCY = re.compile(r"\$(?P<sign>[^-]+)")
_BOUNDLESS = 10**15  # more digits than a cell stores
_SIMPLE = re.compile(r"[0#?,]*(?:\.[0#?]*)?[,%]*")
_LETTERS = {**dict.fromkeys("yegbr", "y"), "m": "m", "d": "d", **dict.fromkeys("hs", "h")}
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_SERIAL = 61  # 1900-03-01: Excel counts a 29 February 1900 that the calendar lacks
_LAST_SERIAL = 2_958_465  # 9999-12-31


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How numbers of a cell are shown. `parts` are the letters of a date format: y, m, d, h."""

    parts: frozenset[str]
    before: str = ""
    digits: str = ""
    after: str = ""

    @property
    def is_date(self) -> bool:
        return bool(self.parts)


def built_in(number: int) -> str:
    """The code of a format that is stored by its number alone."""
    return _BUILT_IN.get(number, GENERAL)


def read_format(code: str) -> NumberFormat:
    """A format code as Excel stores it; only its first section, for positive numbers, is read."""
    parts: set[str] = set()
    pieces = {"before": "", "digits": "", "after": ""}
    for token in _TOKEN.finditer(code):
        plain, bracket = token["plain"] or "", token["bracket"]
        if plain == ";":
            break
        if token["digits"] and not pieces["after"]:
            pieces["digits"] += token["digits"].upper()
        elif plain.casefold() in _LETTERS:
            parts.add(_LETTERS[plain.casefold()])
        elif bracket and not bracket.casefold().strip("hms"):
            parts.add("h")
        else:
            currency = _CURRENCY.match(bracket or "")
            words = plain or token["quoted"] or token["escaped"] or token["digits"]
            pieces["after" if pieces["digits"] else "before"] += words or (
                currency["sign"] if currency else ""
            )
    return NumberFormat(frozenset(parts), **pieces)


def shown_number(stored: str, how: NumberFormat, *, from_1904: bool) -> str:
    """A stored number as its cell shows it; what is no number stays as it is stored."""
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return stored
    if not number.is_finite() or abs(number) >= _BOUNDLESS:
        return stored
    if how.is_date:
        return _date(number, how.parts, from_1904) or _plain(number)
    if "?" in how.after or not any(char in "0#" for char in how.digits) or not _SIMPLE.fullmatch(how.digits):
        beside = how.digits in ("GENERAL", "G/標準")
        return f"{how.before}{_plain(number)}{how.after}" if beside else _plain(number)
    return f"{how.before}{_formatted(number, how.digits)}{how.after}"


def _date(number: Decimal, parts: frozenset[str], from_1904: bool) -> str | None:
    """A cell stores a day, not words, and what Excel shows of it depends on the format and on the machine it is
    opened on. So a day is written as the form writes one, in 和暦, whatever its format, down to the smallest part
    that the format shows."""
    serial = int(number)
    if "h" in parts and not parts & {"y", "d"}:
        return _time(number if serial < _FIRST_SERIAL else number % 1)
    if not (0 if from_1904 else _FIRST_SERIAL) < serial <= _LAST_SERIAL:
        return None
    day = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=serial)
    iso = day.isoformat()
    if "d" not in parts and "h" not in parts:
        iso = iso[:7] if "m" in parts else iso[:4]
    said = format_wareki(iso)
    return f"{said} {_time(number % 1)}" if "h" in parts and number != serial else said


def _time(days: Decimal) -> str:
    minutes = int((days * 24 * 60).quantize(Decimal(1), ROUND_HALF_UP))
    return f"{minutes // 60}:{minutes % 60:02}"


def _plain(number: Decimal) -> str:
    """As the format General shows a number: no more than 15 digits are stored."""
    if number and abs(number) < Decimal("1e-9"):
        return f"{number:g}"
    text = f"{number:.15g}" if number != number.to_integral_value() else f"{number:.0f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _formatted(number: Decimal, digits: str) -> str:
    whole, _, fraction = digits.rstrip("%,").partition(".")
    places = sum(char in "0#?" for char in fraction)
    number *= 100 if "%" in digits else 1
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    head, dot, tail = text.partition(".")
    optional = len(fraction) - len(fraction.rstrip("#?"))
    kept = tail[: places - optional] + tail[places - optional :].rstrip("0")
    sign, head = ("-", head[1:]) if head.startswith("-") else ("", head)
    head = head.zfill(whole.count("0")) if "," not in whole else head
    return f"{sign}{head}{dot if kept else ''}{kept}{'%' if '%' in digits else ''}"

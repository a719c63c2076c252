"""Dates as these documents write them: 和暦 read exactly, kept as written, formatted both ways.

What the calendar lacks (平成32年9月25日) is read and flagged, never corrected; what is no date at all is
None. Rule 2 of the form rules says which of the two is a warning and which an error.
May import: numbering; the standard library.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pia_site.text.numbering import KANJI_NUMBER, number_to_int


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written and as read.

    `iso` is `2024-05-24`, `2015-10` or `2015` by precision; None only for days before 1873, when the
    lunar calendar was in force. `in_calendar` is False where the era did not hold then. `usual` is False
    where the spelling is not the forms' own (令和6年5月24日): 2016/01/01, 令和1年, an Excel serial.
    """

    written: str
    iso: str | None
    precision: Precision
    in_calendar: bool
    usual: bool


# First days of the eras, each ending the day before the next begins (元号法 and the edicts before it).
_ERAS: tuple[tuple[str, str, date], ...] = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
)
_GREGORIAN = date(1873, 1, 1)  # 明治6年1月1日, the first day of the solar calendar (明治5年太政官布告第337号)
_LATEST = 2199  # later than any date in force; keeps 5-digit nonsense out
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(20_000, 60_001)  # 1954-10-03 to 2064-04-08


# --- one date ---

_N = rf"(?:\d{{1,2}}|[{KANJI_NUMBER}]{{1,3}})"
_SEP = r"[-/.‐−]"
_ERA = r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR])"
_WESTERN = r"(?P<year>\d{4})"
_ERA_YEAR = rf"(?P<year>{_N}|元)"
_MONTH_DAY = rf"(?:(?P<month>{_N})月(?:(?P<day>{_N})日)?)?"
_WEEKDAY = r"(?:\([月火水木金土日](?:曜日?)?(?:[・,]?祝日?)?\))?"
_MIDNIGHT = r"(?:T?00:00(?::00(?:\.0+)?)?)?"  # how spreadsheets print a date cell
_SPELLINGS = tuple(
    re.compile(p)
    for p in (
        rf"{_ERA}{_ERA_YEAR}年{_MONTH_DAY}{_WEEKDAY}",
        rf"{_ERA}{_ERA_YEAR}{_SEP}(?P<month>\d{{1,2}})(?:{_SEP}(?P<day>\d{{1,2}}))?",
        rf"(?P<era>){_WESTERN}年{_MONTH_DAY}{_WEEKDAY}",
        rf"(?P<era>){_WESTERN}{_SEP}(?P<month>\d{{1,2}})(?:{_SEP}(?P<day>\d{{1,2}}){_MIDNIGHT})?",
        rf"(?P<era>){_WESTERN}(?P<month>\d\d)(?P<day>\d\d)",
    )
)
_USUAL = re.compile(r"(?:明治|大正|昭和|平成|令和)(?:元|[2-9]|[1-9]\d)年(?:[1-9]\d?月(?:[1-9]\d?日)?)?")


def parse_date(text: str) -> WrittenDate | None:
    """The date that the whole text is, or None where it is no date (令和6年13月40日, 随時, empty).

    Read are 和暦 with 元年 or 1年, era letters (R6.5.24), 西暦 (2016年1月1日, 2016/01/01, 2016-01-01,
    20160101), Excel serials, either width, 漢数字, with white space anywhere and a weekday in brackets.
    A year alone needs its 年. Words before or after make it no date: see `find_dates`.
    """
    written = text.strip()
    compact = unicodedata.normalize("NFKC", "".join(written.split()))
    if len(compact) > 40:  # far longer than any spelling of a date
        return None
    if compact.isascii() and compact.isdigit() and len(compact) == 5:
        serial = int(compact)
        if serial not in _EXCEL_SERIALS:
            return None
        day = _EXCEL_EPOCH + timedelta(days=serial)
        return WrittenDate(written, day.isoformat(), Precision.DAY, in_calendar=True, usual=False)
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(compact.upper()):
            break
    else:
        return None
    year, month, day_of_month = (_number(match[part]) for part in ("year", "month", "day"))
    if year is None:
        return None
    era_start, era_end = date.min, date.max
    if match["era"]:
        if year < 1:
            return None
        era_start, era_end = _era_span(match["era"])
        year += era_start.year - 1
    return _read(
        written, year, month, day_of_month, (era_start, era_end), _USUAL.fullmatch(compact) is not None
    )


def _number(digits: str | None) -> int | None:
    if digits is None:
        return None
    return 1 if digits == "元" else number_to_int(digits)


def _era_span(era: str) -> tuple[date, date]:
    end = date.max
    for name, letter, start in _ERAS:
        if era in (name, letter):
            return start, end
        end = start - timedelta(days=1)
    raise ValueError(f"no era {era}")


def _read(
    written: str, year: int, month: int | None, day: int | None, era: tuple[date, date], usual: bool
) -> WrittenDate | None:
    if not _ERAS[-1][2].year <= year <= _LATEST:
        return None
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and (month is None or not 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    first, last = _period(year, month, day)
    if day is not None:
        precision, iso = Precision.DAY, f"{year:04}-{month:02}-{day:02}"
    elif month is not None:
        precision, iso = Precision.MONTH, f"{year:04}-{month:02}"
    else:
        precision, iso = Precision.YEAR, f"{year:04}"
    lunar = first < _GREGORIAN and precision is not Precision.YEAR
    in_calendar = first <= era[1] and last >= era[0]
    return WrittenDate(written, None if lunar else iso, precision, in_calendar, usual)


def _period(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


# --- dates in running text ---

_D = r"[0-9０-９]"
_FOUND_NUMBER = rf"(?:{_D}\s?{_D}|{_D}|[{KANJI_NUMBER}]{{1,3}})"
_FOUND_MONTH_DAY = rf"\s*{_FOUND_NUMBER}\s*[月⽉](?:\s*{_FOUND_NUMBER}\s*[日⽇](?![間本]))?"
_FOUND = re.compile(
    rf"""(?:明\s*治|大\s*正|昭\s*和|平\s*成|令\s*和|[㍾㍽㍼㍻㋿])\s*(?:{_FOUND_NUMBER}|元)\s*年(?!\s*度)
             (?:{_FOUND_MONTH_DAY})?
       | (?<!{_D})(?:1[89]|2[01]){_D}{{2}}\s*年(?!\s*度)(?:{_FOUND_MONTH_DAY})?
       | (?<![0-9０-９/.-])(?:1[89]|2[01])\d\d(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,2}}(?![0-9０-９/.-])
       | (?<![0-9A-Za-z])[MTSHRＭＴＳＨＲ]{_D}{{1,2}}[.．/]{_D}{{1,2}}[.．/]{_D}{{1,2}}(?![0-9０-９/.-])
       | (?P<same>同年|翌年|同月)\s*(?:(?P<m1>{_FOUND_NUMBER})\s*月)?(?:\s*(?P<d1>{_FOUND_NUMBER})\s*日)?
    """,
    re.VERBOSE,
)
_RANGE_END = re.compile(
    rf"""\s*(?:[(（][月火水木金土日・祝曜日]+[)）])?\s*(?:から|より|[~～〜―－‐-])\s*
         (?P<tail>(?:(?P<m1>{_FOUND_NUMBER})\s*月)?(?:\s*(?P<d1>{_FOUND_NUMBER})\s*日(?![間本]))?)""",
    re.VERBOSE,
)

# Characters that may lie between a date and the 同年 that leans on it; lists of fields say 翌年 of no date.
_SAME_SENTENCE = 60


def find_dates(text: str) -> list[WrittenDate]:
    """The dates in running text, in order. What is no date (令和6年13月40日, 令和2年度) is passed over.

    同年11月5日, 同月9日, 翌年1月 and the end of a range (令和3年10月7日～11月5日) take what they lack from
    the date before them and are not `usual`.
    """
    found: list[WrittenDate] = []
    position = last_end = 0
    while match := _FOUND.search(text, position):
        distance, position = match.start() - last_end, match.end()
        if not match["same"]:
            read = parse_date(match[0])
        elif found and distance <= _SAME_SENTENCE:
            read = _relative(match, match[0], found[-1])
        else:
            read = None
        if read is None:
            continue
        found.append(read)
        if end := _RANGE_END.match(text, position):
            if closing := _relative(end, end["tail"], read):
                found.append(closing)
            position = end.end()
        last_end = position
    return found


def _relative(match: re.Match[str], written: str, before: WrittenDate) -> WrittenDate | None:
    if before.iso is None:
        return None
    parts = [int(part) for part in before.iso.split("-")]
    year, month_before = parts[0], parts[1] if len(parts) > 1 else None
    month, day = _number(match["m1"]), _number(match["d1"])
    relation = match.groupdict().get("same")
    if relation == "同月" or (relation is None and month is None):
        if month is not None or month_before is None or day is None:
            return None
        month = month_before
    elif month is None:
        return None
    if relation == "翌年" or (relation is None and month_before is not None and month < month_before):
        year += 1
    read = _read(written.strip(), year, month, day, (date.min, date.max), False)
    return read and WrittenDate(read.written, read.iso, read.precision, before.in_calendar, False)


# --- formatting ---


def format_wareki(iso: str) -> str:
    """`2024-05-24` → 令和6年5月24日, `2024-05` → 令和6年5月, `2019` → 令和元年.

    A month or year in which the era changed takes the later era. ValueError for what is no ISO date of
    one of these precisions, or lies before 1873.
    """
    if not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", iso, re.ASCII):
        raise ValueError(f"not an ISO date: {iso!r}")
    year, month, day = ([int(part) for part in iso.split("-")] + [None, None])[:3]
    assert year is not None
    last = _period(year, month, day)[1]
    if last < _GREGORIAN:
        raise ValueError(f"before the solar calendar: {iso}")
    name, start = next((name, start) for name, _, start in _ERAS if start <= last)
    era_year = year - start.year + 1
    text = f"{name}{'元' if era_year == 1 else era_year}年"
    return text + (f"{month}月" if month else "") + (f"{day}日" if day else "")


def format_both(date: WrittenDate | str) -> str:
    """令和6年5月24日（2024-05-24）, of an ISO date or of a date as read.

    A date as read keeps its own words where they are the forms' (平成31年 stays 平成31年) or where the
    calendar lacks it (平成32年9月25日（2020-09-25）); another spelling is put into 和暦. ValueError as
    `format_wareki`.
    """
    if isinstance(date, str):
        return f"{format_wareki(date)}（{date}）"
    if date.iso is None:
        return date.written
    if date.usual or not date.in_calendar:
        words = unicodedata.normalize("NFKC", "".join(date.written.split()))
        return f"{words}（{date.iso}）"
    return f"{format_wareki(date.iso)}（{date.iso}）"

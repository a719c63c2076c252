"""和暦: a table of spellings, the calendar's edges, and japanera as the oracle for every day."""

from datetime import date

import japanera
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pia_site.text.wareki import Precision, WrittenDate, find_dates, format_both, format_wareki, parse_date

# to 令和99年: no era has been written with three digits
DAYS = st.dates(date(1873, 1, 1), date(2117, 12, 31))


@pytest.mark.parametrize(
    ("written", "iso", "in_calendar", "usual"),
    [
        ("令和6年5月24日", "2024-05-24", True, True),
        ("令和６年５月２４日", "2024-05-24", True, True),
        ("平成 30 年 5 月 9 日", "2018-05-09", True, True),
        ("平成28年1月1日 ", "2016-01-01", True, True),
        ("令和元年5月1日", "2019-05-01", True, True),
        ("平成27年10月", "2015-10", True, True),
        ("令和元年", "2019", True, True),
        ("平成32年9月25日", "2020-09-25", False, True),
        ("平成31年4月30日", "2019-04-30", True, True),
        ("平成31年5月1日", "2019-05-01", False, True),
        ("令和元年4月30日", "2019-04-30", False, True),
        ("令和1年4月1日", "2019-04-01", False, False),
        ("平成31年5月", "2019-05", False, True),
        ("平成31年", "2019", True, True),
        ("昭和64年1月7日", "1989-01-07", True, True),
        ("昭和64年1月8日", "1989-01-08", False, True),
        ("平成元年1月8日", "1989-01-08", True, True),
        ("平成元年1月7日", "1989-01-07", False, True),
        ("昭和元年12月25日", "1926-12-25", True, True),
        ("大正元年7月30日", "1912-07-30", True, True),
        ("明治29年", "1896", True, True),
        ("令和1年6月28日", "2019-06-28", True, False),
        ("2016/01/01", "2016-01-01", True, False),
        ("2016-01-01", "2016-01-01", True, False),
        ("2016-01-01 00:00:00", "2016-01-01", True, False),
        ("2016年1月1日", "2016-01-01", True, False),
        ("２０１６．１．１", "2016-01-01", True, False),
        ("20160101", "2016-01-01", True, False),
        ("R6.5.24", "2024-05-24", True, False),
        ("ｈ27.10.1", "2015-10-01", True, False),
        ("平成九年四月一日", "1997-04-01", True, False),
        ("令和6年5月24日（金）", "2024-05-24", True, False),
        ("42216", "2015-07-31", True, False),
        ("43190", "2018-03-31", True, False),
        ("令和6年2月29日", "2024-02-29", True, True),
    ],
)
def test_what_is_a_date(written: str, iso: str, in_calendar: bool, usual: bool) -> None:
    read = parse_date(written)
    assert read is not None
    precision = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}[len(iso)]
    assert read == WrittenDate(written.strip(), iso, precision, in_calendar, usual)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "―",
        "随時",
        "令和6年13月40日",
        "令和6年2月30日",
        "令和5年2月29日",
        "令和0年1月1日",
        "令和6年5月24日以降",
        "令和2年度",
        "19999",
        "60001",
        "2024",
        "10005",
        "2016/13/01",
        "1234年5月6日",
        "5月24日",
        "見本市",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert parse_date(written) is None


def test_a_day_of_the_lunar_calendar_has_no_iso_date() -> None:
    read = parse_date("明治5年1月1日")
    assert read is not None
    assert read.iso is None
    assert format_both(read) == "明治5年1月1日"


def oracle(day: date) -> str:
    era = japanera.EraDate(day.year, day.month, day.day).era
    year = day.year - era.since.year + 1
    return f"{era.kanji}{'元' if year == 1 else year}年{day.month}月{day.day}日"


@given(DAYS)
@example(date(2019, 4, 30))
@example(date(2019, 5, 1))
@example(date(1989, 1, 7))
@example(date(1989, 1, 8))
@example(date(1926, 12, 24))
@example(date(1926, 12, 25))
@example(date(1912, 7, 29))
@example(date(1912, 7, 30))
def test_every_day_is_written_and_read_as_the_oracle_does(day: date) -> None:
    iso = day.isoformat()
    assert format_wareki(iso) == oracle(day)
    assert parse_date(format_wareki(iso)) == WrittenDate(oracle(day), iso, Precision.DAY, True, True)
    western = parse_date(iso)
    assert western is not None
    assert western.iso == iso


@given(st.dates(date(1954, 10, 3), date(2064, 4, 8)))
def test_every_excel_serial(day: date) -> None:
    read = parse_date(str((day - date(1899, 12, 30)).days))
    assert read is not None
    assert read.iso == day.isoformat()


@pytest.mark.parametrize(
    ("iso", "wareki"),
    [("2024-05-24", "令和6年5月24日"), ("2019-05", "令和元年5月"), ("2019-04", "平成31年4月"), ("2019", "令和元年"), ("1989-01", "平成元年1月")],
)  # fmt: skip
def test_format_wareki(iso: str, wareki: str) -> None:
    assert format_wareki(iso) == wareki


@pytest.mark.parametrize(
    "iso", ["", "2024-5-24", "2024-13-01", "2024-02-30", "1872-12-31", "令和6年", "２０２４"]
)
def test_no_iso_date_is_formatted(iso: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the message is the standard library's for some
        format_wareki(iso)


@pytest.mark.parametrize(
    ("written", "both"),
    [
        ("令和６年 5月24日", "令和6年5月24日（2024-05-24）"),
        ("2016/01/01", "平成28年1月1日（2016-01-01）"),
        ("令和1年6月28日", "令和元年6月28日（2019-06-28）"),
        ("平成32年9月25日", "平成32年9月25日（2020-09-25）"),
        ("平成31年", "平成31年（2019）"),
        ("平成27年10月", "平成27年10月（2015-10）"),
    ],
)
def test_format_both(written: str, both: str) -> None:
    read = parse_date(written)
    assert read is not None
    assert format_both(read) == both


def test_format_both_of_an_iso_date() -> None:
    assert format_both("2024-05-24") == "令和6年5月24日（2024-05-24）"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("見本は令和3年10月7日(木)～令和3年11月5日に行う", ["2021-10-07", "2021-11-05"]),
        ("令和3年10月7日から11月5日まで（30日間）", ["2021-10-07", "2021-11-05"]),
        ("令和3年12月7日（火）～1月5日", ["2021-12-07", "2022-01-05"]),
        ("令和5年1月9日～11日", ["2023-01-09", "2023-01-11"]),
        (
            "平成30年1月1日、同年2月3日、同月5日、翌年4月",
            ["2018-01-01", "2018-02-03", "2018-02-05", "2019-04"],
        ),
        ("平成 2\n8 年 1 月 1 日以降", ["2016-01-01"]),
        ("平成25年法律第27号、令和2年度", ["2013"]),
        ("2016/01/01 と R6.5.24 と 2017年3月", ["2016-01-01", "2024-05-24", "2017-03"]),
        ("令和6年13月40日、令和6年5月24日から5日間", ["2024-05-24"]),
        ("平成30年5月\n1 日本の見本", ["2018-05"]),
        ("翌年3月、電話 0246-11-2222、42216", []),
    ],
)
def test_find_dates(text: str, found: list[str]) -> None:
    assert [d.iso for d in find_dates(text)] == found


@given(
    st.text(st.characters(codec="utf-8"), max_size=80)
    | st.text("令和平成元年月日同翌0123456789一二十/-～から.RH 　(木)", max_size=40)
)
def test_never_raises(text: str) -> None:
    read = parse_date(text)
    if read is not None:
        format_both(read)
    for found in find_dates(text):
        assert found.written in text
        format_both(found)


@pytest.mark.sources
def test_every_change_date_of_the_sources_is_read(sources) -> None:  # type: ignore[no-untyped-def]
    out_of_era = set()
    for path in sources.glob("*.txt"):
        dates = find_dates(path.read_text(encoding="utf-8"))
        out_of_era |= {d.iso for d in dates if not d.in_calendar}
    assert out_of_era == {"2020-09-25"}

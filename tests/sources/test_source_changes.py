"""The table of changes: its repeated head, rows over page breaks, merged cells, names of officials."""

from __future__ import annotations

import pytest
from printed_form import Printed, read

from pia_site.documents.edition import DeclaredChange
from pia_site.forms import Form
from pia_site.sources.reading import Reading

HEAD = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")


def rows(form: Form, *printed: tuple[str, ...]) -> Reading:
    return read(Printed(form, changes=list(printed)).text())


def plain(row: DeclaredChange) -> tuple[str | None, ...]:
    return (row.date.written, row.item, row.before.text, row.after.text, row.timing, row.reason)


def test_rows_are_numbered_by_day(full: Form) -> None:
    result = rows(
        full,
        ("平成30年4月1日", "Ⅰ 2 見本", "旧", "新", "事後", "軽微な変更"),
        HEAD,
        ("平成30年4月1日", "Ⅰ 3 見本", "", "追加", "事前", ""),
        ("令和元年5月10日", "Ⅱ 見本", "甲<br>乙", "丙", "事後", ""),
        ("", "Ⅱ 例示", "丁", "戊", "事後", ""),
    )
    assert [row.address for row in result.edition.changes] == [
        "changes-20180401-1",
        "changes-20180401-2",
        "changes-20190510-1",
        "changes-undated-1",
    ]
    assert plain(result.edition.changes[0]) == (
        "平成30年4月1日",
        "Ⅰ 2 見本",
        "旧",
        "新",
        "事後",
        "軽微な変更",
    )
    assert result.edition.changes[1].before.text == ""
    assert result.edition.changes[2].before.text == "甲\n乙"
    assert result.leftovers == ()


def test_a_row_that_runs_on_over_a_page(full: Form) -> None:
    result = rows(
        full,
        ("平成30年4月1日", "Ⅰ 見本", "前の一", "後の一", "事後", "見本"),
        HEAD,
        ("", "", "前の二", "後の二", "", ""),
        ("", "", "", "後の三", "", "続き"),
    )
    (row,) = result.edition.changes
    assert plain(row) == (
        "平成30年4月1日",
        "Ⅰ 見本",
        "前の一\n前の二",
        "後の一\n後の二\n後の三",
        "事後",
        "見本\n続き",
    )
    assert len(result.origins[row.address].lines) == 3


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("平成30年4月1日", "見本", "旧", "新", "", "事後", ""), ("旧", "新", "事後")),
        (("平成30年4月1日", "見本", "旧", "新"), ("旧", "新", "")),
    ],
)
def test_a_cell_too_many_or_too_few(
    full: Form, cells: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    (row,) = rows(full, cells).edition.changes
    assert (row.before.text, row.after.text, row.timing) == expected


def test_what_is_no_row_is_left_over(full: Form) -> None:
    dropped = ("平成30年4月1日", "見本", "新", "事後")  # which side is missing cannot be told
    result = rows(full, ("", "", "続くものがない", "", "", ""), dropped)
    assert result.edition.changes == ()
    assert [one.text for one in result.leftovers] == ["続くものがない\n平成30年4月1日 見本 新 事後"]


def test_officials_are_never_named(full: Form) -> None:
    result = rows(
        full,
        ("平成30年4月1日", "Ⅰ7②所属長", "見本課長 架空 太郎", "見本課長　架空　花子", "事後", ""),
        ("平成30年4月1日", "Ⅰ7②所属長の役職名", "架空 次郎(見本 三郎)", "見本課長", "事後", ""),
        ("平成31年4月1日", "Ⅱ 例示", "問合せ 架空太郎まで", "担当係長 例示 四郎", "事後", "架空　花子に交代"),
    )
    text = "".join("".join(filter(None, plain(row))) for row in result.edition.changes)
    for name in ("架空", "太郎", "花子", "次郎", "三郎", "四郎"):
        assert name not in text
    first, second, third = result.edition.changes
    assert (first.before.text, first.after.text) == ("見本課長 〔氏名〕", "見本課長　〔氏名〕")
    assert (second.before.text, second.after.text) == ("〔氏名〕(〔氏名〕)", "見本課長")
    assert third.after.text == "担当係長 〔氏名〕"


def test_an_official_in_an_item_is_never_named(full: Form) -> None:
    result = read(Printed(full, {"i-7-2": "見本課長 架空 太郎"}).text())
    assert result.edition.answers["i-7-2"].as_text() == "見本課長 〔氏名〕"

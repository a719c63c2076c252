"""What is typed into the official workbook comes back as it was, however an office has treated the sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

import pytest
from invented import COPIES, MEMBERS, differences, values_for
from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet
from printed_book import LABEL, WIDTH, PrintedBook, data_of

from pia_site.documents.answers import State
from pia_site.forms import Form, form_by_id
from pia_site.sources.account import Account, settle
from pia_site.sources.extract import Extract, Leftover, solid
from pia_site.sources.filling.assemble import Assembled, assemble
from pia_site.sources.filling.fill import fill
from pia_site.sources.filling.filled import Filled
from pia_site.sources.filling.records import FieldGroup
from pia_site.sources.officials import Masker
from pia_site.sources.readers.workbook import read_workbook
from pia_site.sources.which_form import recognise_form

FORMS = ["priority-2018-05", "full-2018-05"]
RECORDS = {"records1": ["【甲の項目】", "・甲 ・乙"], "records2": ["・丙"]}
CHANGES = [
    ("令和6年4月1日", "Ⅰ 1 ①事務の名称", "甲の事務", "乙の事務", "事前", ""),
    ("令和6年4月1日", "Ⅱ 2 ⑥事務担当部署", "見本課", "", "事後", "重要な変更に当たらない"),
    ("令和5年4月1日", "Ⅰ 2 システム1", "一行目\n二行目", "新しい一行目\n二行目", "事後", "同上"),
]
PRINTED = {"i-2-s": 5, "ii1-4-c": 5, "ii1-5-p": 1, "ii1-5-t": 5, "ii2-4-c": 1, "ii2-5-p": 1, "ii2-5-t": 1}
"""Members for which the workbook has a sheet: the further sheets hold what nobody needed, too."""


@dataclass(frozen=True)
class Taken:
    """Everything that was read of a workbook."""

    extract: Extract
    filled: Filled
    made: Assembled
    account: Account
    left: tuple[Leftover, ...]


def take(data: bytes) -> Taken:
    extract = read_workbook(data, "mihon.xlsx", "0" * 64)
    filled = fill(extract, recognise_form(extract).form)
    made = assemble(filled, Masker())
    account, left = settle(extract, filled, made.read)
    assert account.total == extract.size
    return Taken(extract, filled, made, account, left)


def typed(form_id: str, seed: int = 0, **options: object) -> tuple[dict[str, object], Workbook]:
    form = form_by_id(form_id)
    values = values_for(form, Random(seed))
    book = PrintedBook(form, values, COPIES, MEMBERS, RECORDS, CHANGES, **options)  # type: ignore[arg-type]
    return values, book.book()


def characters(book: Workbook) -> int:
    return sum(
        solid(str(cell.value))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )


def sheet_named(book: Workbook, start: str):  # type: ignore[no-untyped-def]
    return next(sheet for sheet in book if sheet.title.startswith(start))


def cell_holding(book: Workbook, text: str, sheet: str = ""):  # type: ignore[no-untyped-def]
    return next(
        cell
        for one in book
        if one.title.startswith(sheet)
        for row in one.iter_rows()
        for cell in row
        if cell.value == text
    )


# --- the whole form ---


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("seed", range(4))
def test_what_is_typed_is_read(form_id: str, seed: int) -> None:
    values, book = typed(form_id, seed)
    taken = take(data_of(book))
    assert differences(taken.made, values) == {}  # type: ignore[arg-type]
    assert taken.left == taken.extract.unread == taken.extract.problems == ()
    assert taken.extract.size == characters(book)
    assert taken.filled.form.id == form_id
    assert recognise_form(taken.extract).revision == "平成30年5月"
    assert taken.made.copies == {**COPIES, "changes": 1}
    assert {prefix: size for prefix, size in taken.made.groups.items() if size} == PRINTED
    assert [(one.item, one.before.text, one.after.text, one.reason) for one in taken.made.changes] == [
        (item, before, after, reason) for _, item, before, after, _, reason in CHANGES
    ]
    records = [taken.filled.records[copy].groups for copy in (1, 2)]
    assert records == [[FieldGroup("甲の項目", ["甲", "乙"])], [FieldGroup(None, ["丙"])]]


@pytest.mark.parametrize("form_id", FORMS)
def test_an_empty_form_is_blank_and_not_lost(form_id: str) -> None:
    taken = take(PrintedBook(form_by_id(form_id)).data())
    lost = [address for address, answer in taken.made.answers.items() if answer.state is State.LOST]
    # The figure of 別添1 and a count that is printed nowhere are all that an empty print does not show.
    assert [address for address in lost if address not in ("work-a", "ii1-4-a-o1")] == []
    assert taken.left == ()


def test_every_item_knows_its_sheet_and_cells(full: Form) -> None:
    _, book = typed(full.id)
    taken = take(data_of(book))
    by_line = taken.extract.by_line
    found = {}
    for address, origin in taken.made.origins.items():
        block = by_line[origin.lines[0]]
        assert block.sheet in book.sheetnames
        found[address] = (block.sheet, block.refs[(origin.cell or 1) - 1])
    name = cell_holding(book, "①システムの名称", "Ⅰ基本情報 システム2～5")
    assert found["i-2-s2-1"] == (name.parent.title, name.offset(0, LABEL).coordinate)
    lines = [block.first for block in taken.extract.blocks]
    assert lines == sorted(set(lines))


# --- how offices treat the sheets ---


def unmerge(book: Workbook) -> None:
    _unmerge(book, lambda area: True)


def unmerge_labels(book: Workbook) -> None:
    _unmerge(book, lambda area: area.max_col <= LABEL)


def unmerge_values(book: Workbook) -> None:
    _unmerge(book, lambda area: area.min_col > LABEL)


def _unmerge(book: Workbook, is_meant: Callable[[CellRange], bool]) -> None:
    for sheet in book:
        for area in filter(is_meant, list(sheet.merged_cells.ranges)):
            sheet.merged_cells.ranges.remove(area)


def further_sheets_last(book: Workbook) -> None:
    """The sheets of systems and of 委託事項 behind all others of their part."""
    for part in ("Ⅰ", "Ⅱ"):
        further = [sheet for sheet in book if sheet.title.startswith(part) and "～" in sheet.title]
        for sheet in further[:1]:
            end = max(i for i, one in enumerate(book) if one.title.startswith(sheet.title.split()[0]))
            book.move_sheet(sheet, end - book.index(sheet))


def values_a_row_too_tall(book: Workbook) -> None:
    """A row added to the cell of the value and not to its label: it reaches beside the next label."""
    taller = 0
    for sheet in book:
        for area in sheet.merged_cells.ranges:
            below = sheet.cell(area.max_row + 1, area.min_col)
            if area.min_col == LABEL + 1 and area.max_col == WIDTH and below.value is None:
                area.expand(down=1)
                taller += 1
    assert taller > 20


def typed_with_a_circle_of_another_kind(book: Workbook) -> None:
    signs = iter("〇OＯ◯○レ●" * 1000)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "○":
                    cell.value = next(signs)


def marks_in_the_cell_of_the_option(book: Workbook) -> None:
    _move_marks(book, lambda sign, option: f"{sign} {option}")


def marks_against_the_option(book: Workbook) -> None:
    _move_marks(book, lambda sign, option: f"{sign}{option}")


def _move_marks(book: Workbook, joined: Callable[[str, str], str]) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "○":
                    option = cell.offset(0, 2)
                    option.value, cell.value = joined("○", option.value), None


def boxes_in_one_cell(book: Workbook) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "[" and cell.offset(0, 2).value == "]":
                    option = cell.offset(0, 3)
                    option.value = f"[{cell.offset(0, 1).value or '　'}]{option.value}"
                    cell.value = cell.offset(0, 1).value = cell.offset(0, 2).value = None


def empty_rows_and_columns(book: Workbook) -> None:
    """Values only, as after 「値の貼り付け」 two rows and columns further on."""
    unmerge(book)
    for sheet in book:
        sheet.insert_rows(1, 2)
        sheet.insert_cols(1, 2)


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize(
    "treat",
    [
        unmerge,
        unmerge_labels,
        unmerge_values,
        further_sheets_last,
        values_a_row_too_tall,
        typed_with_a_circle_of_another_kind,
        marks_in_the_cell_of_the_option,
        marks_against_the_option,
        boxes_in_one_cell,
        empty_rows_and_columns,
    ],
)
def test_however_the_sheets_were_treated(form_id: str, treat: Callable[[Workbook], None]) -> None:
    values, book = typed(form_id, seed=5)
    treat(book)
    taken = take(data_of(book))
    assert differences(taken.made, values) == {}  # type: ignore[arg-type]
    assert taken.left == ()
    assert taken.extract.size == characters(book)
    assert len(taken.made.changes) == len(CHANGES)


@pytest.mark.parametrize("form_id", FORMS)
def test_dates_may_be_typed_as_dates(form_id: str) -> None:
    for seed in range(3):
        values, book = typed(form_id, seed, as_dates=True)
        assert any(cell.is_date for sheet in book for row in sheet.iter_rows() for cell in row)
        assert differences(take(data_of(book)).made, values) == {}  # type: ignore[arg-type]


def test_members_on_three_sheets(full: Form) -> None:
    members = {"i-2-s": 7, "ii1-4-c": 6, "ii2-5-p": 2}
    values = values_for(full, Random(3), members)
    book = PrintedBook(full, values, COPIES, members).book()
    assert [sheet.title.split()[-1] for sheet in book if "システム" in sheet.title] == [
        "システム2～5", "システム6～10", "システムの後",
    ]  # fmt: skip
    taken = take(data_of(book))
    assert differences(taken.made, values) == {}  # type: ignore[arg-type]
    assert (taken.made.groups["i-2-s"], taken.made.groups["ii2-5-p"]) == (10, 5)


def test_values_of_several_lines(full: Form) -> None:
    values: dict[str, object] = {
        "i-1-2": "甲の事務\n・乙\n\n・丙",
        "ii1-2-3a": "一\n二",
        "iii1-2-r1-a": "＜甲の措置＞\n①乙\n②丙",
        "v-2-2": "甲\n乙",
    }
    made = take(PrintedBook(full, values).data()).made
    found = {address: made.answers[address].as_text() for address in values}
    assert found == {address: str(text).replace("\n\n", "\n") for address, text in values.items()}


# --- changes ---


def test_changes_go_on_over_several_sheets(full: Form) -> None:
    _, book = typed(full.id, rows_a_sheet=1)
    assert len([sheet for sheet in book if "変更箇所" in sheet.title]) == len(CHANGES)
    taken = take(data_of(book))
    assert [(one.item, one.before.text) for one in taken.made.changes] == [
        (row[1], row[2]) for row in CHANGES
    ]
    assert taken.left == ()


def test_further_sheets_of_changes_need_no_head(full: Form) -> None:
    _, book = typed(full.id, rows_a_sheet=1)
    for sheet in [sheet for sheet in book if "変更箇所" in sheet.title][1:]:
        _unmerge_rows(sheet)
        sheet.delete_rows(1)
    taken = take(data_of(book))
    assert [one.item for one in taken.made.changes] == [row[1] for row in CHANGES]
    assert taken.left == ()


def _unmerge_rows(sheet: Worksheet) -> None:
    sheet.merged_cells.ranges.clear()


def test_days_of_changes_typed_as_dates_and_as_serials(full: Form) -> None:
    _, book = typed(full.id)
    table = sheet_named(book, "(別添3)")
    days = [row for row in table.iter_rows() if row[0].value and str(row[0].value).startswith("令和")]
    days[0][0].value = 42216
    days[1][0].value, days[1][0].number_format = date(2016, 4, 1), "yyyy/m/d"
    table.merged_cells.ranges.remove(next(a for a in table.merged_cells.ranges if days[2][0].coordinate in a))
    found = [
        (one.date.written, one.date.date and one.date.date.iso) for one in take(data_of(book)).made.changes
    ]
    assert found == [
        ("42216", "2015-07-31"),
        ("平成28年4月1日", "2016-04-01"),
        ("令和5年4月1日", "2023-04-01"),
    ]


def test_a_day_merged_over_its_changes_is_the_day_of_each(full: Form) -> None:
    _, book = typed(full.id)
    table = sheet_named(book, "(別添3)")
    first = next(row for row in table.iter_rows() if row[0].value == CHANGES[0][0])[0]
    area = next(area for area in table.merged_cells.ranges if first.coordinate in area)
    table.merged_cells.ranges.remove(
        next(a for a in table.merged_cells.ranges if first.offset(1).coordinate in a)
    )
    first.offset(1).value = None
    area.expand(down=1)
    made = take(data_of(book)).made
    assert [one.date.written for one in made.changes] == [row[0] for row in CHANGES]


# --- what is not printed ---


def test_an_item_in_hidden_rows_is_lost_and_its_words_are_left_over(full: Form) -> None:
    values, book = typed(full.id, seed=5)
    label = cell_holding(book, "①事務実施上の必要性")
    for row in (label.row, label.row + 1):
        label.parent.row_dimensions[row].hidden = True
    taken = take(data_of(book))
    assert [one.kind.code for one in taken.extract.problems] == ["I034"]
    assert taken.made.answers["i-4-1"].state is State.LOST
    words = f"①事務実施上の必要性\n{values['i-4-1']}"
    assert [(one.text, one.reason) for one in taken.left] == [
        (words, f"非表示の行（シート「{label.parent.title}」）")
    ]
    others = {address: value for address, value in values.items() if address != "i-4-1"}
    assert differences(taken.made, others) == {}  # type: ignore[arg-type]


def test_hidden_sheets_are_left_over(full: Form) -> None:
    values, book = typed(full.id)
    draft = book.copy_worksheet(sheet_named(book, "Ⅴ"))
    draft.sheet_state = "hidden"
    taken = take(data_of(book))
    assert differences(taken.made, values) == {}  # type: ignore[arg-type]
    assert {one.reason for one in taken.left} == {f"非表示のシート（シート「{draft.title}」）"}

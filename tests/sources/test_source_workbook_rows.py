"""How the cells of a sheet become the rows of the form: one small sheet for each way of laying a row out."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from printed_book import data_of

from pia_site.sources.extract import Extract
from pia_site.sources.readers.workbook import read_workbook

NAME = "①事務の名称"
CHOICE = "⑥再委託の有無"
BOXES = "⑥提供方法"
HEADING = "４．特定個人情報ファイルの取扱いの委託"
HEADS = ("変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明")


def sheet(cells: dict[str, object], width: str = "Z1") -> Workbook:
    """A sheet with cells by name or range (「A1:F3」 is merged); `width` names a cell of its last column."""
    book = Workbook()
    active = book.active
    active[width] = "端"
    for place, value in cells.items():
        active[place.partition(":")[0]] = value
        if ":" in place:
            active.merge_cells(place)
    return book


def read(book: Workbook) -> Extract:
    return read_workbook(data_of(book), "mihon.xlsx", "0" * 64)


def rows(cells: dict[str, object]) -> list[list[str]]:
    """The rows of a sheet, the lines of a cell joined by ／."""
    extract = read(sheet({"A30:Z30": "終わり", **cells}, "Z31"))
    found = [["／".join(cell) for cell in block.cells] for block in extract.blocks]
    end = found.index(["終わり"])
    return found[:end]


LAYOUTS = {
    "a label and its value": ({"A1:F2": NAME, "G1:Z2": "甲事務"}, [[NAME, "甲事務"]]),
    "lines of a cell": ({"A1:F2": NAME, "G1:Z2": "甲\n\n 乙 "}, [[NAME, "甲／乙"]]),
    "a value in several rows": ({"A1:F3": NAME, "G1": "甲", "G2": "乙", "G3": "丙"}, [[NAME, "甲／乙／丙"]]),
    "a label that is not merged": ({"A1": NAME, "G1": "甲", "G2": "乙", "A3": "②事務の内容"}, [[NAME, "甲／乙"], ["②事務の内容"]]),
    "a value in two cells": ({"A1:F1": NAME, "G1:K1": "甲", "L1:Z1": "乙"}, [[NAME, "甲 乙"]]),
    "a damaged label": ({"A1:F3": "⑨再委詫先の名称", "G1": "甲", "G2": "乙"}, [["⑨再委詫先の名称", "甲／乙"]]),
    "a label written downwards": (
        {"A1:B4": "再\n委\n託", "C1:F2": CHOICE, "G1:Z2": "甲", "C3:F4": "⑦再委託の許諾方法", "G3:Z4": "乙"},
        [["再委託", CHOICE, "甲"], ["", "⑦再委託の許諾方法", "乙"]],
    ),
    "row headings that are not merged": (
        {"A1": "再委託", "C1": CHOICE, "G1": "甲", "G2": "乙", "C3": "⑦再委託の許諾方法", "G3": "丙"},
        [["再委託", CHOICE, "甲／乙"], ["", "⑦再委託の許諾方法", "丙"]],
    ),
    "a label below a label": (
        {"A1:F1": "③対象となる本人の範囲", "G1:Z1": "甲", "C2:F2": "その必要性", "G2:Z2": "乙"},
        [["③対象となる本人の範囲", "甲"], ["その必要性", "乙"]],
    ),
    "a label within a label, whose own value is empty": (
        {"A1:F3": "③対象となる本人の範囲", "G3:J3": "その必要性", "K3:Z3": "乙"},
        [["③対象となる本人の範囲", "その必要性", "乙"]],
    ),
    "a label without a value": ({"A1:F2": NAME, "G1:Z2": None, "A3:F4": "②事務の内容"}, [[NAME], ["②事務の内容"]]),
    "a heading over the whole width": ({"A1:Z1": "１．甲の事務", "A2:F2": NAME, "G2:Z2": "甲"}, [["１．甲の事務"], [NAME, "甲"]]),
    "a heading with boxes": (
        {"A1:M2": HEADING, "N1": "[", "O1": "○", "P1": "]", "Q1:Z1": "委託しない"}, [[HEADING, "[○] 委託しない"]],
    ),
    "a heading that nobody knows, with boxes": (
        {"A1:M2": "甲の見出し", "N1": "[", "O1": "○", "P1": "]", "Q1:Z1": "乙"}, [["甲の見出し", "[○] 乙"]],
    ),
    "a heading that is not merged with boxes in two rows": (
        {"A1": HEADING, "N1": "[", "P1": "]", "Q1": "甲", "N2": "[", "O2": "○", "P2": "]", "Q2": "乙"},
        [[HEADING, "[ ] 甲／[○] 乙"]],
    ),
    "the name of a member": ({"A1:F1": "委託事項2", "G1:Z1": "甲の委託"}, [["委託事項2", "甲の委託"]]),
}  # fmt: skip

PRINTS = {
    "boxes in rows": (
        {"A1:F2": BOXES, "G1": "[", "H1": "○", "I1": "]", "J1:N1": "紙", "O1": "[", "Q1": "]", "R1:Z1": "専用線",
         "G2": "[", "I2": "]", "J2:N2": "その他", "O2": "(", "P2:Y2": "甲", "Z2": ")"},
        "[○] 紙 [ ] 専用線／[ ] その他 ( 甲 )",
    ),
    "wide brackets": ({"A1:F1": BOXES, "G1": "［", "H1": "○", "I1": "］", "J1": "紙"}, "［○］ 紙"),
    "a blank between brackets": ({"A1:F1": BOXES, "G1": "[", "H1": "　", "I1": "]", "J1": "紙"}, "[ ] 紙"),
    "a bracket with its option": ({"A1:F1": BOXES, "G1": "[", "H1": "○", "I1": "] 紙"}, "[○] 紙"),
    "a bracket with its mark": ({"A1:F1": BOXES, "G1": "[○", "H1": "]", "I1": "紙"}, "[○] 紙"),
    "a box in one cell": ({"A1:F1": BOXES, "G1:I1": "[ ○ ]", "J1": "紙"}, "[ ○ ] 紙"),
    "a mark before the option": ({"A1:F1": BOXES, "G1": "[", "I1": "]", "J1": "○ 専用線"}, "[○] 専用線"),
    "a mark against the option": ({"A1:F1": BOXES, "G1": "[", "I1": "]", "J1": "〇専用線"}, "[〇] 専用線"),
    "a letter before the option": ({"A1:F1": BOXES, "G1": "[", "I1": "]", "J1": "レ　専用線"}, "[レ] 専用線"),
    "no mark": ({"A1:F1": BOXES, "G1": "[", "I1": "]", "J1": "レセプト"}, "[ ] レセプト"),
    "a choice beside its list": (
        {"A1:F3": CHOICE, "G1:G3": "[", "H1:L3": "再委託しない", "M1:M3": "]", "O1:Z1": "＜選択肢＞",
         "O2:Z2": "1) 再委託する", "O3:Z3": "2) 再委託しない"},
        "[再委託しない]／＜選択肢＞／1) 再委託する／2) 再委託しない",
    ),
    "a choice in the middle of its rows": (
        {"A1:F3": CHOICE, "G2": "[", "H2:L2": "再委託しない", "M2": "]", "O1:Z1": "＜選択肢＞",
         "O2:S2": "1) 再委託する", "T2:Z2": "2) 再委託しない"},
        "[再委託しない]／＜選択肢＞／1) 再委託する 2) 再委託しない",
    ),
    "brackets over all rows and the value in one": (
        {"A1:F3": CHOICE, "G1:G3": "[", "H2:L2": "再委託しない", "M1:M3": "]", "O1": "＜選択肢＞", "O2": "1) 再委託する"},
        "[再委託しない]／＜選択肢＞／1) 再委託する",
    ),
    "a list in one cell": (
        {"A1:F3": CHOICE, "G1:G3": "[", "H1:L3": "再委託しない", "M1:M3": "]", "O1:Z3": "＜選択肢＞\n1) 再委託する\n2) 再委託しない"},
        "[再委託しない]／＜選択肢＞／1) 再委託する／2) 再委託しない",
    ),
    "nothing chosen": (
        {"A1:F2": CHOICE, "G1": "[", "H1:L1": None, "M1": "]", "O1": "＜選択肢＞", "O2": "1) 再委託する"},
        "[ ]／＜選択肢＞／1) 再委託する",
    ),
    "what stands below the list": (
        {"A1:F3": "委託の有無", "G1": "[", "H1": "委託する", "I1": "]", "O1": "＜選択肢＞", "O2": "1) 委託する",
         "G3": "(", "H3:J3": 5, "K3": ") 件"},
        "[委託する]／＜選択肢＞／1) 委託する／( 5 ) 件",
    ),
    "a bracket that nothing closes": ({"A1:F1": NAME, "G1": "[甲", "H1": "乙"}, "[甲 乙"),
}  # fmt: skip


TABLES = {
    "empty cells keep their columns": (
        {"A2": "令和6年4月1日", "E2": "甲", "M2": "乙", "Q2": "事前"},
        [["令和6年4月1日", "甲", "", "乙", "事前", ""]],
    ),
    "a date for several changes": (
        {"A2:D4": "令和6年4月1日", "E2": "甲", "I2": "一", "Q2": "事前", "E3": "乙", "I3": "二", "Q3": "事後", "E4": "丙"},
        [["令和6年4月1日", "甲", "一", "", "事前", ""], ["令和6年4月1日", "乙", "二", "", "事後", ""],
         ["令和6年4月1日", "丙", "", "", "", ""]],
    ),
    "an item for several changes": (
        {"A2:D3": "令和6年4月1日", "E2:H3": "甲", "I2": "一", "Q2": "事前", "I3": "二", "Q3": "事後"},
        [["令和6年4月1日", "甲", "一", "", "事前", ""], ["令和6年4月1日", "甲", "二", "", "事後", ""]],
    ),
    "a change over several rows": (
        {"A2:D3": "令和6年4月1日", "E2:H3": "甲", "I2": "一", "I3": "二", "M2:P3": "三", "Q2:S3": "事前"},
        [["令和6年4月1日", "甲", "一", "三", "事前", ""], ["", "", "二", "", "", ""]],
    ),
    "lines of a cell": (
        {"A2": "令和6年4月1日", "E2": "Ⅰ\n①事務の名称", "I2": "一\n二"},
        [["令和6年4月1日", "Ⅰ／①事務の名称", "一／二", "", "", ""]],
    ),
    "no date, and an item that is a label": (
        {"A2": "令和6年4月1日", "E2": "甲", "E3": NAME, "I3": "一", "M3": "二"},
        [["令和6年4月1日", "甲", "", "", "", ""], ["", NAME, "一", "二", "", ""]],
    ),
    "a remark over the whole width": (
        {"A2:Z2": "※甲は乙をいう。", "A3": "令和6年4月1日", "E3": "甲"},
        [["※甲は乙をいう。"], ["令和6年4月1日", "甲", "", "", "", ""]],
    ),
    "a part below it": ({"A2:Z2": "Ⅰ 基本情報", "A3:H3": NAME, "I3:Z3": "甲"}, [["Ⅰ 基本情報"], [NAME, "甲"]]),
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_tables_with_a_head(table: str) -> None:
    cells, expected = TABLES[table]
    head = dict(zip(("A1:D1", "E1:H1", "I1:L1", "M1:P1", "Q1:S1", "T1:Z1"), HEADS, strict=True))
    assert rows(head | cells) == [list(HEADS), *expected]


def test_number_and_title_stand_below_their_labels() -> None:
    head: dict[str, object] = {"A1:F1": "評価書番号", "G1:Z1": "評価書名"}
    below = {"A3:Z3": "評価実施機関名", "A4:Z4": "見本市長"}
    expected = [["評価書番号", "評価書名"], ["評価実施機関名"], ["見本市長"]]
    assert rows(head | {"A2:F2": 9, "G2:Z2": "甲の評価書"} | below) == [
        expected[0],
        ["9", "甲の評価書"],
        *expected[1:],
    ]
    assert rows(head | {"G2:Z2": "甲の評価書"} | below) == [expected[0], ["", "甲の評価書"], *expected[1:]]
    assert rows(head | {"A2:F2": 9} | below) == [expected[0], ["9", ""], *expected[1:]]
    assert rows(head | below) == expected


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows(layout: str) -> None:
    cells, expected = LAYOUTS[layout]
    assert rows(cells) == expected


@pytest.mark.parametrize("layout", PRINTS)
def test_pieces_of_one_cell(layout: str) -> None:
    cells, expected = PRINTS[layout]
    (found,) = rows(cells)
    assert found[1:] == [expected]

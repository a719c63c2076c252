"""記録項目 as bullets, rows, numbers or commas: single fields, headings, and which file a list is for."""

from __future__ import annotations

import pytest

from pia_site.sources.filling.gathered import Ledger
from pia_site.sources.filling.records import RecordList, file_names
from pia_site.sources.readers.table_text import read_table_text

FILES = ["(1) 見本税ファイル (2) 見本納付ファイル"]


def read(
    text: str, files: list[str] = FILES
) -> tuple[list[tuple[str | None, list[str]]], RecordList, Ledger]:
    ledger = Ledger()
    records = RecordList(ledger)
    for block in read_table_text(text, "mihon.txt", "0" * 64).blocks:
        records.add(block, files)
    records.finish()
    return [(group.heading, group.fields) for group in records.groups], records, ledger


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("・宛名番号\n・氏名", [(None, ["宛名番号", "氏名"])]),
        ("・宛名番号 ・氏名\n・住所", [(None, ["宛名番号", "氏名", "住所"])]),
        ("宛名番号、氏名（漢字、カナ）、住所", [(None, ["宛名番号", "氏名（漢字、カナ）", "住所"])]),
        ("1.宛名番号、2.氏名、3.住所", [(None, ["宛名番号", "氏名", "住所"])]),
        ("1.宛名番号2.氏\n名3.住所", [(None, ["宛名番号", "氏名", "住所"])]),
        ("宛名番号\t氏名\n住所\t電話", [(None, ["宛名番号", "氏名", "住所", "電話"])]),
        ("<見本情報>\n・甲\n【別情報】\n・乙", [("見本情報", ["甲"]), ("見本情報 別情報", ["乙"])]),
        ("<見本情報>\n・甲\n<別情報>\n・乙", [("見本情報", ["甲"]), ("別情報", ["乙"])]),
        ("◆見本情報\n・甲", [("見本情報", ["甲"])]),
        ("<空の見本>", [("空の見本", [])]),
    ],
)
def test_ways_to_print_a_list(text: str, groups: list[tuple[str | None, list[str]]]) -> None:
    found, _, ledger = read(text)
    assert found == groups
    assert ledger.leftovers == []


def test_the_files_a_list_is_for() -> None:
    groups, records, _ = read("(1) 見本税ファイル\n・甲\n見本納付ファイル")
    assert records.files == ("見本税ファイル", "見本納付ファイル")
    assert [fields for _, fields in groups] == [["甲"]]


def test_a_heading_of_another_file_starts_another_list() -> None:
    blocks = read_table_text("見本税ファイル\n・甲\n【見本納付ファイル】", "mihon.txt", "0" * 64).blocks
    records = RecordList(Ledger())
    started = []
    for block in blocks:
        started.append(records.starts_file(block, FILES))
        records.add(block, FILES)
    assert started == [False, False, True]


def test_remarks_and_prose_are_left_over() -> None:
    prose = "見本市の見本の文" * 12
    groups, _, ledger = read(f"・甲\n※見本の注記\n注記の続き\n\n\n・乙\n{prose}")
    assert groups == [(None, ["甲", "乙"])]
    assert [one.text for one in ledger.leftovers] == ["※見本の注記", "注記の続き", prose]


def test_names_of_files() -> None:
    assert file_names(FILES) == ["見本税ファイル", "見本納付ファイル"]
    assert file_names(["見本税ファイル、見本納付ファイル"]) == ["見本税ファイル", "見本納付ファイル"]

"""Workbooks as other programs write them, from which a reader may lose words."""

from __future__ import annotations

import pytest
from printed_book import data_of
from test_source_workbook_cells import FIRST, changed, read, texts, with_cell


def covered(data: bytes, area: str) -> bytes:
    """The workbook with an area merged that LibreOffice leaves the words of all its cells in."""
    merged = f'<mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    return changed(data, FIRST, lambda xml: xml.replace("</sheetData>", f"</sheetData>{merged}"))


@pytest.mark.parametrize("area", ["A1:C2", "A:C", "1:2"])
def test_no_word_of_a_merged_area_is_lost(area: str) -> None:
    book = with_cell("甲")
    sheet = book.worksheets[0]
    sheet["B1"], sheet["A3"] = "乙", "丙"
    assert " ".join(texts(covered(data_of(book), area))).split() == ["甲", "乙", "丙"]


@pytest.mark.parametrize("area", ["Sheet!$A:$F", "Sheet!$1:$5", "Sheet!$A$1:$C$9,Sheet!$E:$F"])
def test_whole_columns_and_rows_may_be_the_print_area(area: str) -> None:
    book = with_cell("甲")
    book.worksheets[0]["H9"] = "乙"
    names = f'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">{area}</definedName></definedNames>'
    extract = read(
        changed(data_of(book), "xl/workbook.xml", lambda xml: xml.replace("<calcPr", f"{names}<calcPr"))
    )
    assert ([one.text for one in extract.blocks], [one.text for one in extract.unread]) == (["甲"], ["乙"])

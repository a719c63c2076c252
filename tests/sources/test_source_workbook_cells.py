"""What single cells show, what of a workbook is not printed, and what is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from printed_book import WAREKI, data_of

from pia_site.problems import PiaSiteError
from pia_site.sources.extract import Extract, solid
from pia_site.sources.filling.fill import fill
from pia_site.sources.readers import workbook_cells
from pia_site.sources.readers.workbook import read_workbook
from pia_site.sources.which_form import recognise_form

DAY = date(2024, 5, 24)
SERIAL = 45436
FIRST = "xl/worksheets/sheet1.xml"


def read(data: bytes) -> Extract:
    return read_workbook(data, "mihon.xlsx", "0" * 64)


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


def with_cell(value: object, code: str = "General") -> Workbook:
    book = Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = code
    return book


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The package with the XML of one part changed, or made."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, change(old.read(part).decode() if part in old.namelist() else ""))
    return file.getvalue()


# --- values ---


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (DAY, WAREKI, "令和6年5月24日"),
        (DAY, "[$-411]ge.m.d;@", "令和6年5月24日"),
        (DAY, "yyyy/m/d", "令和6年5月24日"),
        (DAY, 'yyyy"年"m"月"d"日"', "令和6年5月24日"),
        (DAY, 'm"月"d"日"', "令和6年5月24日"),
        (date(2019, 5, 1), WAREKI, "令和元年5月1日"),
        (DAY, '[$-411]ggge"年"m"月"', "令和6年5月"),
        (DAY, "mmm-yy", "令和6年5月"),
        (SERIAL, '[$-411]ggge"年"', "令和6年"),
        (datetime(2024, 5, 24), "yyyy/m/d h:mm", "令和6年5月24日"),
        (datetime(2024, 5, 24, 13, 5), "yyyy/m/d h:mm", "令和6年5月24日 13:05"),
        (time(13, 5), "h:mm", "13:05"),
        (42216, "General", "42216"),
        (42216, "0", "42216"),
        (0, "yyyy/m/d", "0"),
        (9.0, "General", "9"),
        (0.1, "General", "0.1"),
        (-1.5, "General", "-1.5"),
        (7, "@", "7"),
        (9, "000", "009"),
        (5, '0"件"', "5件"),
        (5, 'General"件"', "5件"),
        (3, '"第"0"号"', "第3号"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, "#,##0_);(#,##0)", "1,234,567"),
        (0.125, "0.0%", "12.5%"),
        (2.5, "0", "3"),
        (1.5, "0.00", "1.50"),
        (1.5, "0.##", "1.5"),
        (300, '[$¥-411]#,##0', "¥300"),
        (12345, "0.00E+00", "12345"),
        (0.5, "# ?/?", "0.5"),
        (True, "General", "TRUE"),
        ("9", "General", "9"),
        ("#N/A", "General", "#N/A"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_its_cell_shows_it(value: object, code: str, shown: str) -> None:
    assert texts(data_of(with_cell(value, code))) == [shown]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(14, "令和6年5月24日"), (31, "令和6年5月24日"), (55, "令和6年5月"), (58, "令和6年5月24日")],
)
def test_date_formats_of_japanese_excel_are_stored_by_number_alone(number: int, shown: str) -> None:
    data = changed(
        data_of(with_cell(SERIAL, "0.00")),
        "xl/styles.xml",
        lambda xml: xml.replace('numFmtId="2"', f'numFmtId="{number}"'),
    )
    assert texts(data) == [shown]


def test_days_may_be_counted_from_1904() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = DAY
    assert texts(data_of(book)) == ["令和6年5月24日"]


def test_a_number_that_is_no_day_stays_a_number() -> None:
    data = data_of(with_cell(DAY, "yyyy/m/d"))
    assert texts(changed(data, FIRST, lambda xml: xml.replace(f"<v>{SERIAL}<", "<v>9999999<"))) == ["9999999"]
    assert texts(changed(data, FIRST, lambda xml: xml.replace(f"<v>{SERIAL}<", "<v>1e999999<"))) == [
        "1e999999"
    ]


# --- texts ---


def test_rich_text_is_plain_text() -> None:
    bold = TextBlock(InlineFont(b=True), "乙")
    assert texts(data_of(with_cell(CellRichText("甲", bold, "丙")))) == ["甲乙丙"]


def with_strings(book: Workbook, *strings: str) -> bytes:
    """The workbook as Excel saves it: its texts, given here as XML, stand together and cells name them by number."""
    data = data_of(book)
    numbers = iter(range(len(strings)))
    data = changed(
        data,
        FIRST,
        lambda xml: re.sub(r't="inlineStr"><is>.*?</is>', lambda _: f't="s"><v>{next(numbers)}</v>', xml),
    )
    table = "".join(f"<si>{one}</si>" for one in strings)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = changed(data, "xl/sharedStrings.xml", lambda _: f'<sst xmlns="{main}">{table}</sst>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/>'
    return changed(
        data,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace("</Relationships>", f"{relation}</Relationships>"),
    )


def test_texts_may_stand_in_a_table_of_their_own() -> None:
    book = with_cell("一")
    book.active["A2"] = "二"
    assert texts(with_strings(book, "<t>甲</t>", "<t>乙_x000D_</t>")) == ["甲", "乙"]


def test_the_reading_of_kanji_is_no_text() -> None:
    read_out = (
        "<r><t>見</t></r><r><t>本</t></r><rPh sb='0' eb='2'><t>ミホン</t></rPh><phoneticPr fontId='1'/>"
    )
    assert texts(with_strings(with_cell("一"), read_out)) == ["見本"]
    inline = changed(
        data_of(with_cell("一")), FIRST, lambda xml: re.sub("<is>.*?</is>", f"<is>{read_out}</is>", xml)
    )
    assert texts(inline) == ["見本"]


def test_line_breaks_and_characters_that_xml_cannot_hold() -> None:
    (block,) = read(data_of(with_cell("甲\n\n　乙 _x000D_\n丙_x0007__xD800__x005F_x000D_"))).blocks
    assert block.cells == (("甲", "乙", "丙\ufffd\ufffd_x000D_"),)


# --- formulas ---


def test_a_formula_is_read_by_its_stored_result() -> None:
    data = changed(data_of(with_cell("=B1")), FIRST, lambda xml: xml.replace("<v></v>", "<v>5</v>"))
    assert texts(data) == ["5"]
    empty = changed(data, FIRST, lambda xml: xml.replace('"A1">', '"A1" t="str">').replace(">5<", "><"))
    extract = read(empty)
    assert extract.blocks == extract.problems == ()


def test_a_formula_that_nobody_calculated_is_reported() -> None:
    book = with_cell("=B1&B2")
    book.active.title = "Ⅰ"
    extract = read(data_of(book))
    assert extract.blocks == ()
    (found,) = extract.problems
    assert found.kind.code == "I035"
    assert "Ⅰ!A1" in found.message


# --- what is not printed ---


def hide_row(book: Workbook) -> None:
    book["Ⅰ"].row_dimensions[2].hidden = True


def hide_column(book: Workbook) -> None:
    book["Ⅰ"].column_dimensions["B"].hidden = True


def hide_sheet(book: Workbook) -> None:
    book["控え"].sheet_state = "veryHidden"


def print_less(book: Workbook) -> None:
    book["Ⅰ"].print_area = "A1:A9 C1:D9"


def print_the_first_sheet(book: Workbook) -> None:
    print_less(book)
    book.move_sheet("控え", -1)


def comment(book: Workbook) -> None:
    book["Ⅰ"]["A1"].comment = Comment("控え", "見本課")


@pytest.mark.parametrize(
    ("hide", "unread", "reason"),
    [
        (hide_row, "一の乙 二の乙", "非表示の行（シート「Ⅰ」）"),
        (hide_column, "二の甲 二の乙", "非表示の列（シート「Ⅰ」）"),
        (hide_sheet, "控え", "非表示のシート（シート「控え」）"),
        (print_less, "二の甲 二の乙", "印刷範囲の外（シート「Ⅰ」）"),
        (print_the_first_sheet, "二の甲 二の乙", "印刷範囲の外（シート「Ⅰ」）"),
        (comment, "控え", "コメント（シート「Ⅰ」）"),
    ],
)
def test_what_is_not_printed_is_said_to_be_unread(
    hide: Callable[[Workbook], None], unread: str, reason: str
) -> None:
    book = Workbook()
    book.active.title = "Ⅰ"
    for place, text in {"A1": "一の甲", "B1": "二の甲", "A2": "一の乙", "B2": "二の乙"}.items():
        book.active[place] = text
    book.create_sheet("控え")["A1"] = "控え"
    hide(book)
    extract = read(data_of(book))
    found = " ".join(" ".join(one.text.split("\n")) for one in extract.unread)
    assert (found, {one.reason for one in extract.unread}) == (unread, {reason})
    assert [one.kind.code for one in extract.problems] == ["I034"]
    assert reason.partition("（")[0] in extract.problems[0].message
    assert sum(solid(block.text) for block in extract.blocks) + solid(found) == extract.size
    numbers = [block.first for block in extract.blocks] + [one.first for one in extract.unread]
    assert len(numbers) == len(set(numbers))


def test_a_merged_cell_of_which_a_row_is_hidden_is_printed() -> None:
    book = with_cell("甲")
    book.active.merge_cells("A1:A2")
    book.active.row_dimensions[1].hidden = True
    assert texts(data_of(book)) == ["甲"]
    book.active.row_dimensions[2].hidden = True
    assert texts(data_of(book)) == []


def test_a_row_without_height_is_hidden() -> None:
    flat = changed(
        data_of(with_cell("甲")), FIRST, lambda xml: xml.replace('<row r="1"', '<row r="1" ht="0"')
    )
    assert texts(flat) == []


def test_a_print_area_without_text_is_none() -> None:
    book = with_cell("甲")
    book.active.print_area = "X1:Z9"
    assert texts(data_of(book)) == ["甲"]


def test_running_heads_are_furniture() -> None:
    book = with_cell("甲")
    book.active.oddHeader.center.text = "見本市 &D"
    book.active.oddFooter.right.text = "&P / &N"
    extract = read(data_of(book))
    assert [solid(one.text) for one in extract.furniture] == [solid("見本市"), 1]
    assert extract.problems == ()


# --- shapes ---

DRAWING = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
 <xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>1</xdr:row></xdr:from><xdr:grpSp>
  <xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="甲"/></xdr:nvSpPr><xdr:txBody>
   <a:p><a:r><a:t>届出を</a:t></a:r><a:r><a:t>受ける</a:t></a:r></a:p><a:p/><a:p><a:r><a:t>記録する</a:t></a:r></a:p></xdr:txBody></xdr:sp>
  <xdr:sp><xdr:nvSpPr><xdr:cNvPr id="3" name="乙" hidden="1"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>下書き</a:t></a:r></a:p></xdr:txBody></xdr:sp>
  <xdr:sp><xdr:nvSpPr><xdr:cNvPr id="4" name="線"/></xdr:nvSpPr></xdr:sp></xdr:grpSp></xdr:twoCellAnchor>
 <mc:AlternateContent><mc:Choice/><mc:Fallback><xdr:sp><xdr:txBody><a:p><a:r><a:t>写し</a:t></a:r></a:p></xdr:txBody></xdr:sp></mc:Fallback></mc:AlternateContent>
</xdr:wsDr>"""
RELATED = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" Target="../drawings/drawing1.xml"/></Relationships>"""


def drawn(book: Workbook) -> bytes:
    data = changed(data_of(book), "xl/worksheets/_rels/sheet1.xml.rels", lambda _: RELATED)
    return changed(data, "xl/drawings/drawing1.xml", lambda _: DRAWING)


def test_the_text_of_a_shape_stands_where_it_begins() -> None:
    book = Workbook()
    book.active["A1"], book.active["A3"] = "（別添1）事務の内容", "（備考）"
    extract = read(drawn(book))
    assert [block.cells for block in extract.blocks] == [
        (("（別添1）事務の内容",),),
        (("届出を受ける", "記録する"),),
        (("（備考）",),),
    ]


def test_a_shape_on_a_hidden_sheet_is_unread() -> None:
    book = with_cell("甲")
    book.create_sheet("Ⅱ")["A1"] = "乙"
    book.active.sheet_state = "hidden"
    extract = read(drawn(book))
    assert [one.text for one in extract.unread] == ["甲", "届出を受ける\n記録する"]


# --- what is no workbook, and what is no 評価書 ---


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def bomb() -> bytes:
    """130 MB of white space in a sheet, 0.1 MB of file."""
    blank = " " * 130_000_000
    return changed(
        data_of(with_cell("甲")), FIRST, lambda xml: xml.replace("<sheetData>", f"<sheetData>{blank}")
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
SOUND = data_of(with_cell("甲"))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "I030"),
        (lambda: "見本市".encode(), "I030"),
        (lambda: SOUND[: len(SOUND) // 2], "I030"),
        (lambda: SOUND[:200] + b"\0" * 200 + SOUND[400:], "I030"),
        (lambda: zipped({"word/document.xml": b"<a/>"}), "I030"),
        (lambda: changed(SOUND, FIRST, lambda xml: xml[:300]), "I030"),
        (lambda: changed(SOUND, FIRST, lambda xml: xml.replace('t="inlineStr"', 't="s"><v>9</v')), "I030"),
        (lambda: changed(SOUND, FIRST, lambda xml: f'<!DOCTYPE a [<!ENTITY b "{"c" * 9}">]>{xml}'), "I030"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "I031"),
        (lambda: OLE + "Workbook".encode("utf-16-le"), "I032"),
        (bomb, "I033"),
    ],
)
def test_what_is_no_workbook_is_refused(make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(PiaSiteError) as refused:
        read(make())
    assert [one.kind.code for one in refused.value.problems] == [code]


def test_a_workbook_of_more_cells_than_any_form_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_cells, "_MOST_CELLS", 3)
    book = Workbook()
    for row in range(1, 4):
        book.active.cell(row, 1, "甲")
    assert len(texts(data_of(book))) == 3
    book.active["A9"] = "甲"
    with pytest.raises(PiaSiteError) as refused:
        read(data_of(book))
    assert [one.kind.code for one in refused.value.problems] == ["I033"]


def test_a_sheet_without_bounds_is_read() -> None:
    book = with_cell("甲")
    book.active["XFD1048576"] = "乙"
    data = data_of(book)
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048575"/></mergeCells>'
    assert texts(changed(data, FIRST, lambda xml: xml.replace("</sheetData>", f"</sheetData>{merged}"))) == [
        "甲",
        "乙",
    ]


def test_a_workbook_that_is_no_assessment_names_no_heading_of_a_form() -> None:
    book = Workbook()
    for row in (("款", "項", "予算額"), ("民生費", "見本費", 1200), ("衛生費", "見本費", 300)):
        book.active.append(row)
    extract = read(data_of(book))
    assert [block.cells[2] for block in extract.blocks] == [("予算額",), ("1200",), ("300",)]
    assert fill(extract, recognise_form(extract).form).headings == 0


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_flipped_bytes_never_make_it_fail_otherwise(data: st.DataObject) -> None:
    book = Workbook()
    book.active.append(["①事務の名称", 5, DAY, "=A1", "[", "○", "]", "紙"])
    book.active.merge_cells("A2:C4")
    book.active.print_area = "A1:H9"
    part = data.draw(st.sampled_from([None, FIRST, "xl/workbook.xml", "xl/styles.xml"]))
    sound = data_of(book)
    positions = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6)

    def flip(content: bytes) -> bytes:
        damaged = bytearray(content)
        for position, byte in data.draw(positions):
            damaged[position % len(damaged)] = byte
        return bytes(damaged)

    if part is None:
        damaged = flip(sound)
    else:
        with zipfile.ZipFile(BytesIO(sound)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        damaged = zipped({**parts, part: flip(parts[part])})
    try:
        extract = read(damaged)
    except PiaSiteError:
        return
    assert sum(solid(block.text) for block in extract.blocks) <= extract.size

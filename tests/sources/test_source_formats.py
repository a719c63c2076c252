"""The kind of a source is told by what it holds; what cannot be read is refused with what to do instead."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import struct
import zipfile
from hashlib import sha256
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pia_site.problems import PiaSiteError, Problem
from pia_site.sources.extract import Extract, Shape
from pia_site.sources.readers.charsets import decode
from pia_site.sources.readers.formats import read_source
from pia_site.sources.readers.raw_text import RawText

LINE = "①見本の事務\t髙いところにある見本のⅡ～Ⅲを扱う"
TABLE = f"{LINE}\n" * 6
RAW = "見本の事務について\n次のとおりとする\n"
PAGE = "<!DOCTYPE html><title>見本</title><p>これは見本です<table><tr><td>甲<td>乙</table>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def package(*names: str, first: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "見本")
    return made.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "見本", "例示"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def empty_pdf() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def old_file(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(100)


def put(folder: Path, data: bytes, name: str = "mihon") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refused(path: Path) -> Problem:
    with pytest.raises(PiaSiteError) as error:
        read_source(path)
    (problem,) = error.value.problems
    assert problem.location.path == path
    return problem


# --- kinds ---

IMAGE, PACKED, MAIL = "画像", "圧縮ファイル", "Web アーカイブ"


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "I040", ""),
        (b"\r\n \t\n", "I040", ""),
        (codecs.BOM_UTF8, "I040", ""),
        (codecs.BOM_UTF16_LE + "\r\n".encode("utf-16-le"), "I040", ""),
        (b"%PDF-1.7\nmihon", "I020", ""),
        (b"mihon\n" * 100 + b"%PDF-1.4\nmihon", "I020", ""),
        (empty_pdf(), "I022", ""),
        (package("[Content_Types].xml", "xl/workbook.xml"), "I030", ""),
        (workbook()[:-200], "I030", ""),
        (old_file("Workbook"), "I032", ""),
        (old_file("EncryptedPackage"), "I031", ""),
        (old_file("WordDocument"), "I043", "（.doc）"),
        (old_file("PowerPoint Document"), "I043", "（.ppt）"),
        (old_file("Mihon"), "I043", "古い形式"),
        (package("[Content_Types].xml", "word/document.xml"), "I043", "（.docx）"),
        (package("[Content_Types].xml", "word/document.xml")[:-60], "I043", "（.docx）"),
        (package("\\ppt\\presentation.xml"), "I043", "（.pptx）"),
        (package("xl/workbook.bin"), "I043", "（.xlsb）"),
        (package("content.xml", first=b"application/vnd.oasis.opendocument.text"), "I043", "（.odt"),
        (package("content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), "I043", "（.ods）"),
        (package("mihon.xlsx"), "I043", "（.zip）"),
        (package(), "I043", "（.zip）"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "I043", IMAGE),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "I043", IMAGE),
        (b"GIF89a\1\0\1\0", "I043", IMAGE),
        (b"II*\0\x08\0\0\0", "I043", IMAGE),
        (b"MM\0*\0\0\0\x08", "I043", IMAGE),
        (b"BM\x46\0\0\0\0\0\0\0\x36", "I043", IMAGE),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "I043", IMAGE),
        (b"\0\0\0\x18ftypheic\0\0", "I043", IMAGE),
        (gzip.compress(b"mihon", mtime=0), "I043", PACKED),
        (b"7z\xbc\xaf\x27\x1c\0\4", "I043", PACKED),
        (b"Rar!\x1a\7\1\0", "I043", PACKED),
        (b"\x22\x48-lh5-\x10\0", "I043", PACKED),
        (b"mihon.txt" + bytes(248) + b"ustar\x0000", "I043", PACKED),
        (b"MZ\x90\0\3\0\0\0", "I043", "プログラム"),
        (b"\x7fELF\2\1\1", "I043", "プログラム"),
        (b"{\\rtf1\\ansi mihon}", "I043", "（.rtf）"),
        (f"From: mihon\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n{PAGE}".encode(), "I043", MAIL),
        ('<?xml version="1.0"?><mihon>見本</mihon>'.encode(), "I043", "XML"),
        (bytes(range(256)) * 4, "I044", ""),
        ("見本の文書".encode("utf-16-le") + "mihon".encode("utf-16-le"), "I044", ""),
        (RAW.encode() + bytes(9), "I044", ""),
        (b"<html><frameset><frame src='a.htm'></frameset></html>", "I048", ""),
        (b"<html>" + b"<div>" * 3000, "I047", ""),
    ],
)
def test_what_is_refused(tmp_path: Path, data: bytes, code: str, said: str) -> None:
    problem = refused(put(tmp_path, data, "mihon.pdf"))
    assert problem.code == code
    assert said in problem.message
    assert problem.hint.endswith(("。", "ます。"))


@pytest.mark.parametrize("name", ["mihon.pdf", "mihon.xlsx", "mihon", "見本.html"])
@pytest.mark.parametrize(
    ("data", "shapes"),
    [
        (workbook(), {Shape.ROW}),
        (TABLE.encode(), {Shape.ROW}),
        (b"| a | b |\n" * 5, {Shape.ROW}),
        (PAGE.encode(), {Shape.LINE, Shape.ROW}),
        (b"\n<?xml version='1.0'?>\n<!-- a --><HTML><h1>a</h1><p>b", {Shape.HEADING, Shape.LINE}),
        (b"a\n" + b"\t<table>" + b"\n\t<tr>\n\t\t<td>a</td><td>b</td></tr>" * 5, {Shape.LINE, Shape.ROW}),
        # A little HTML in the cells of a text makes it no page.
        (f"{LINE}<table><tr><td>甲</td></tr></table>\n".encode() * 6, {Shape.ROW}),
    ],
)
def test_what_is_read_whatever_its_name(tmp_path: Path, name: str, data: bytes, shapes: set[Shape]) -> None:
    read = read_source(put(tmp_path, data, name))
    assert isinstance(read, Extract)
    assert {block.shape for block in read.blocks} == shapes
    assert (read.source, read.sha256) == (name, sha256(data).hexdigest())
    assert read.problems == ()


def test_text_without_tables_is_raw(tmp_path: Path) -> None:
    read = read_source(put(tmp_path, f"<選択肢>\n{RAW}".encode()))
    assert isinstance(read, RawText)
    assert [block.text for block in read.extract.blocks] == ["<選択肢>", *RAW.split()]


def test_problems_of_the_text_are_told(tmp_path: Path) -> None:
    for text in (RAW, TABLE, PAGE):
        read = read_source(put(tmp_path, (text + "\ufffd").encode()))
        extract = read.extract if isinstance(read, RawText) else read
        assert [one.code for one in extract.problems] == ["I046"]


# --- what is no file, or too large ---


def test_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "フォルダー" in refused(tmp_path).message
    assert refused(pipe).code == refused(tmp_path).code == "I042"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none").code == "F001"
    assert refused(put(tmp_path, b"mihon") / "below").code == "F007"


def test_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, b"mihon")
    os.truncate(path, 100 * 1024 * 1024 + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("was read"))
    problem = refused(path)
    assert problem.code == "I041"
    assert "101 MB" in problem.message


# --- character sets ---


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp932", "cp51932", "cp50220"])
@pytest.mark.parametrize("text", [TABLE, RAW, "①ﾐﾎﾝの見本\n" * 3, "plain\n"])
def test_every_set_is_read(codec: str, text: str) -> None:
    assert decode(encoded(text, codec)) == (text, ())


def encoded(text: str, codec: str) -> bytes:
    """Also in the two sets that Windows writes and Python does not know: JIS X 0208 with Microsoft's characters."""
    if codec not in ("cp51932", "cp50220"):
        return text.encode(codec)
    made = bytearray()
    for char in text:
        sign = char.encode("cp932")
        if len(sign) == 1:
            half = sign[0] >= 0x80
            made += (
                (b"\x8e" + sign if codec == "cp51932" else b"\x1b(I" + bytes([sign[0] & 0x7F]) + b"\x1b(B")
                if half
                else sign
            )
            continue
        # IBM's characters have a second place in the rows that JIS X 0208 can name.
        high, low = SECOND_PLACE.get(char, sign)
        row = 2 * (high - (0x81 if high < 0xA0 else 0xC1)) + 0x21 + (low >= 0x9F)
        cell = low - (0x7E if low >= 0x9F else 0x20 if low > 0x7F else 0x1F)
        made += (
            bytes((row | 0x80, cell | 0x80))
            if codec == "cp51932"
            else b"\x1b$B" + bytes((row, cell)) + b"\x1b(B"
        )
    return bytes(made)


SECOND_PLACE = {"髙": b"\xee\xe0"}


@pytest.mark.parametrize("codec", ["euc_jp", "iso2022_jp"])
def test_the_standard_sets_are_read(codec: str) -> None:
    text = "見本の事務、亜腕弌熙～\n"
    assert decode(text.replace("～", "〜").encode(codec))[0] == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "utf-16"])
def test_line_ends(end: str, codec: str) -> None:
    assert decode(RAW.replace("\n", end).encode(codec))[0] == RAW


def test_few_broken_bytes_are_said() -> None:
    data = f"{RAW * 20}見本".encode()
    whole = data.decode()
    text, (problem,) = decode(data[:-1])
    assert text == whole[:-1] + "\ufffd"
    assert (problem.code, problem.location.line) == ("I046", 41)
    (gaiji,) = decode((RAW + "\ue000").encode("cp932"))[1]
    assert (gaiji.code, gaiji.location.line) == ("I046", 3)


@pytest.mark.parametrize(
    ("data", "byte", "line"),
    [
        # More than a few broken bytes.
        (RAW.encode() + b"\xff\xff" + RAW.encode(), len(RAW.encode()) + 1, 3),
        (codecs.BOM_UTF8 + RAW.encode("cp932"), 4, 1),
        (codecs.BOM_UTF16_LE + RAW.encode("utf-16-le") + b"\0", 2 * len(RAW) + 3, 3),
        (RAW.encode("cp932") + b"\x82", len(RAW.encode("cp932")) + 1, 3),
        (RAW.encode("cp932") + b"\r\r\n\xfd", len(RAW.encode("cp932")) + 4, 5),
        (b"mihon\x1b$B!", 9, 1),
        # These would all be some characters of EUC-JP or Shift_JIS.
        ("这是一个例子".encode("gbk") * 9, 1, 1),
        ("이것은 견본입니다".encode("euc-kr"), 1, 1),
        ("\npréparé à l'été".encode("latin-1"), 8, 2),
        ("見本".encode("cp932"), 1, 1),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes, byte: int, line: int) -> None:
    with pytest.raises(PiaSiteError) as error:
        decode(data)
    (problem,) = error.value.problems
    assert problem.code == "I045"
    assert f"{byte} バイト目" in problem.message
    assert problem.location.line == line


@pytest.mark.parametrize(("name", "codec"), [("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp")])
def test_a_declared_set_is_taken_where_nothing_tells(name: str, codec: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={name}"><p>見本市長'
    assert decode(page.encode(codec))[0] == page


@pytest.mark.parametrize("name", ["Shift_JIS", "EUC-JP", "utf-8", "mihon"])
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp"])
def test_a_declared_set_that_is_wrong_does_no_harm(name: str, codec: str) -> None:
    page = f"<meta charset='{name}'>{RAW}"
    assert decode(page.encode(codec))[0] == page


# --- whatever a file holds ---

WHOLE = [
    TABLE.encode(),
    TABLE.encode("cp932"),
    TABLE.encode("utf-16"),
    RAW.encode("euc_jp"),
    RAW.encode("iso2022_jp"),
    PAGE.encode(),
    workbook(),
    empty_pdf(),
    package("word/document.xml"),
    old_file("Workbook"),
    gzip.compress(RAW.encode()),
    b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13),
]
MAGIC = st.sampled_from(
    [b"", b"PK\3\4", b"%PDF-1.4\n", OLE[:8], b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B"]
)
slow = settings(deadline=None, suppress_health_check=list(HealthCheck))


def read_or_refused(path: Path) -> None:
    try:
        read = read_source(path)
    except PiaSiteError:
        return
    extract = read.extract if isinstance(read, RawText) else read
    numbers = [line for block in extract.blocks for line in block.lines]
    assert numbers == sorted(set(numbers))


@slow
@given(start=MAGIC, rest=st.binary(max_size=400))
def test_arbitrary_bytes(tmp_path: Path, start: bytes, rest: bytes) -> None:
    read_or_refused(put(tmp_path, start + rest))


@slow
@given(st.sampled_from(WHOLE), st.data())
def test_damaged_files(tmp_path: Path, whole: bytes, data: st.DataObject) -> None:
    places = st.integers(0, len(whole) - 1)
    damaged = bytearray(whole)
    for place in data.draw(st.lists(places, max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    begin, end = sorted((data.draw(places), data.draw(places)))
    if data.draw(st.booleans()):
        del damaged[begin:end]
    read_or_refused(put(tmp_path, bytes(damaged)))

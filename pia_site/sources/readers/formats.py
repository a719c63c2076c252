"""What kind of file a source is, told by its content and never by its name, and the reader for it.

What no reader can read is refused with what to do instead.
May import: charsets and the readers (pdf_file, workbook, html_page, table_text, raw_text), extract, problems.
"""

from __future__ import annotations

import hashlib
import math
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from pia_site.problems import Location, PiaSiteError, Problem, problem
from pia_site.sources.extract import Extract
from pia_site.sources.readers.charsets import decode
from pia_site.sources.readers.raw_text import RawText, as_raw_text, read_raw_text
from pia_site.sources.readers.table_text import read_table_text

_LARGEST = 100
"""Megabytes of a file."""
_MEGABYTE = 1024 * 1024

_NEAR_THE_TOP = 4096
_PDF = re.compile(rb"%PDF-\d")
_PDF_HEAD = 1024
"""Bytes among which a PDF begins; mail programs and old printers write something before it."""
_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_AS_PDF = "作ったソフトで開き、PDF に保存し直してください。"
_AS_XLSX = "Excel などで開き、「Excel ブック（.xlsx）」として保存し直してください。"
_UNPACK = "展開して、中にある評価書のファイルを取り込んでください。"
_NO_PICTURE = "文字のデータがありません。様式の Excel か、文書から直接書き出した PDF を取り込んでください。"
_FROM_BROWSER = "ブラウザーで開き、PDF に印刷するか、「HTML のみ」で保存し直してください。"
_ANOTHER = "評価書のファイルを指定してください。"

_KINDS = (
    (
        rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|BM.{4}\x00{4}|RIFF.{4}WEBP|"
        rb".{4}ftyp(?:heic|heix|mif1|avif)|\x00\x00\x00\x0cjP  ",
        "画像（写真やスキャン）",
        _NO_PICTURE,
    ),
    (
        rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ|\x28\xb5\x2f\xfd|7z\xbc\xaf\x27\x1c|Rar!\x1a|MSCF\x00|.{2}-lh.-|.{257}ustar",
        "圧縮ファイル",
        _UNPACK,
    ),
    (rb"MZ.{0,62}\x00|\x7fELF", "プログラム", _ANOTHER),
    (rb"\{\\rtf", "リッチテキストの文書（.rtf）", _AS_PDF),
)
_PACKAGES = (
    ("xl/workbook.bin", "Excel バイナリ ブック（.xlsb）", _AS_XLSX),
    ("word/", "Word の文書（.docx）", _AS_PDF),
    ("ppt/", "PowerPoint の文書（.pptx）", _AS_PDF),
)
_OPEN_DOCUMENTS = (
    (b"opendocument.spreadsheet", "Calc の表（.ods）", _AS_XLSX),
    (b"opendocument", "OpenDocument の文書（.odt など）", _AS_PDF),
)
_OLD_FILES = (
    ("WordDocument", "古い Word の文書（.doc）"),
    ("PowerPoint Document", "古い PowerPoint の文書（.ppt）"),
)
_WORKBOOKS = ("Workbook", "Book", "EncryptedPackage")

_PREAMBLE = re.compile(r"(?:\s+|<\?[^>]*>|<!--.*?-->)*+", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|head|body|frameset)\b", re.IGNORECASE)
_FEWEST_ROWS = 5


def read_source(path: Path) -> Extract | RawText:
    """What a file holds. Raises `PiaSiteError` where it cannot be read, or is of no kind that can."""
    try:
        return _read(_content(path), path.name)
    except PiaSiteError as error:
        raise PiaSiteError([one.at(path) for one in error.problems]) from error


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():  # a pipe would never end
            kind = "フォルダー" if path.is_dir() else "ファイルでないもの"
            raise PiaSiteError([problem("I042", Location(), kind=kind)])
        if size > _LARGEST * _MEGABYTE:
            size = math.ceil(size / _MEGABYTE)
            raise PiaSiteError([problem("I041", Location(), size=size, limit=_LARGEST)])
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PiaSiteError([problem("F001", Location())]) from error
    except OSError as error:
        raise PiaSiteError([problem("F007", Location(), detail=error.strerror or "")]) from error


def _read(data: bytes, name: str) -> Extract | RawText:
    sha256 = hashlib.sha256(data).hexdigest()
    for start, kind, hint in _KINDS:
        if re.match(start, data, re.DOTALL):
            raise _refused(kind, hint)
    if _ZIP.match(data):
        _refuse_other_packages(data)
        return _workbook(data, name, sha256)
    if data.startswith(_OLE):
        _refuse_other_old_files(data)
        return _workbook(data, name, sha256)
    if _PDF.search(data, 0, _PDF_HEAD):
        return _pdf(data, name, sha256)
    text, problems = decode(data)
    if not text.strip():
        raise PiaSiteError([problem("I040", Location())])
    return _with(read_source_text(text, name, sha256), problems)


# A reader is loaded when a file needs it: their libraries take longer to load than a text takes to read.


def _workbook(data: bytes, name: str, sha256: str) -> Extract:
    from pia_site.sources.readers.workbook import read_workbook

    return read_workbook(data, name, sha256)


def _pdf(data: bytes, name: str, sha256: str) -> Extract | RawText:
    from pia_site.sources.readers.pdf_file import read_pdf

    extract = read_pdf(data, name, sha256)
    # Without rules nobody can tell the cells apart, as in text that was taken out of a PDF.
    return extract if sum(block.is_row for block in extract.blocks) >= _FEWEST_ROWS else as_raw_text(extract)


def _html(text: str, name: str, sha256: str) -> Extract:
    from pia_site.sources.readers.html_page import read_html

    return read_html(text, name, sha256)


def _refused(kind: str, hint: str) -> PiaSiteError:
    return PiaSiteError([problem("I043", Location(), kind=kind, hint=hint)])


def _with(read: Extract | RawText, problems: tuple[Problem, ...]) -> Extract | RawText:
    if isinstance(read, RawText):
        return replace(read, extract=_with_problems(read.extract, problems))
    return _with_problems(read, problems)


def _with_problems(extract: Extract, problems: tuple[Problem, ...]) -> Extract:
    return replace(extract, problems=(*problems, *extract.problems))


# --- packages ---


def _refuse_other_packages(data: bytes) -> None:
    """Every ZIP that is no workbook, damaged or not."""
    names = _names(data)
    for start, kind, hint in _PACKAGES:
        if any(name.startswith(start) for name in names):
            raise _refused(kind, hint)
    for mark, kind, hint in _OPEN_DOCUMENTS:
        if mark in data[:_NEAR_THE_TOP]:
            raise _refused(kind, hint)
    if not any(name.startswith("xl/") for name in names):
        raise _refused("圧縮ファイル（.zip）", _UNPACK)


def _names(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except Exception:  # damaged archives make it raise what it likes
        found = re.findall(rb"PK\x03\x04.{26}([\w./\\\[\]-]{1,100})", data, re.DOTALL)
        names = [name.decode("ascii", "replace") for name in found]
    return [name.replace("\\", "/").lstrip("/") for name in names]


def _refuse_other_old_files(data: bytes) -> None:
    """Every file of old office programs that is neither a workbook nor encrypted."""
    for stream, kind in _OLD_FILES:
        if stream.encode("utf-16-le") in data:
            raise _refused(kind, _AS_PDF)
    if not any(stream.encode("utf-16-le") in data for stream in _WORKBOOKS):
        raise _refused("古い形式の文書", _AS_PDF)


# --- text ---


def read_source_text(text: str, name: str, sha256: str) -> Extract | RawText:
    """What a text holds that is decoded already; `name` and `sha256` are what provenance says of the file."""
    head = text[:_NEAR_THE_TOP].lower()
    if "mime-version:" in head and "content-type:" in head:
        raise _refused("Web アーカイブ（.mht）やメール", _FROM_BROWSER)
    if _is_page(text):
        return _html(text, name, sha256)
    if head.lstrip().startswith("<?xml"):
        raise _refused("XML のファイル", _AS_PDF)
    if _rows(text) >= _FEWEST_ROWS:
        return read_table_text(text, name, sha256)
    return read_raw_text(text, name, sha256)


def _is_page(text: str) -> bool:
    """Whether a text is HTML; cells that hold a little of it do not make a text a page."""
    start = _PREAMBLE.match(text)
    if "<html" in text[:_NEAR_THE_TOP].lower() or (start and _PAGE.match(text, start.end())):
        return True
    return max(_rows(text) + 1, _FEWEST_ROWS) <= text.lower().count("<tr")


def _rows(text: str) -> int:
    """Rows of tables in a text that is no page: a form is little else than tables."""
    return sum("\t" in line.lstrip() or line.count("|") > 2 for line in text.split("\n"))

"""Bytes → text, in the character sets that Japanese offices write. Nothing is decoded to other characters unnoticed.

UTF-8 proves itself. The older sets do not: nearly any bytes are some characters of theirs, so a text must also look
like Japanese, or be declared in the file. EUC-JP and ISO-2022-JP are read as Windows writes them (①, Ⅱ and 髙 are not
in the standards), by way of Shift_JIS. May import: problems; the standard library.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator

from pia_site.problems import Location, PiaSiteError, Problem, problem

_BOM = "\ufeff"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F))
"""Bytes that no text holds in any of these sets; 1A ended the files of DOS, 1B is an escape."""
_TEXT_LIKE = 100
"""There is at most one broken or forbidden byte in so many, else a file is not what it looks like."""
_JAPANESE_IN_UTF_8 = re.compile(rb"[\xe2-\xef][\x80-\xbf]{2}")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_NEAR_THE_TOP = 4096
_NAMES = frozenset(["shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j", "cp932", "euc-jp", "x-euc-jp"])
_KANA = re.compile("[ぁ-ゖァ-ヺー]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_SAMPLE = 100_000
_FEWEST_KANA = 0.05
"""The part of kana among the characters beyond ASCII. A third is usual; in a text read in a wrong set there are none."""
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
"""Broken characters, and those that an office has drawn for itself (外字)."""

_STRAY = re.compile("[\x80\uf8f0-\uf8f3]")
"""What the codec makes of single bytes that are no characters."""
_EUC = re.compile(rb"(?P<ascii>[\x00-\x7f]+)|(?P<pairs>(?:[\xa1-\xfe]{2})+)|(?P<half>(?:\x8e[\xa1-\xdf])+)")
_ESCAPE = re.compile(rb"\x1b(?:\([BJI]|\$[@B])")
_JIS = re.compile(rb"(?P<pairs>(?:[\x21-\x7e]{2})+)|(?P<ascii>[\x00-\x20\x7f]+)")


class _BrokenAtError(Exception):
    """Bytes that are no characters of a set, from `position` on."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file with "\\n" at the ends of its lines, and what the user has to know of it.

    Raises `PiaSiteError` where the bytes are no text, or where nobody can tell which.
    """
    if not data.startswith(_UTF_16) and _TEXT_LIKE * _controls(data) > len(data):
        raise PiaSiteError([problem("I044", Location())])
    try:
        text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    except _BrokenAtError as error:
        where = Location(None, _line(data, error.position))
        raise PiaSiteError([problem("I045", where, byte=error.position + 1)]) from error
    unreadable = _UNREADABLE.search(text)
    if unreadable is None:
        return text, ()
    where = Location(None, text.count("\n", 0, unreadable.start()) + 1)
    return text, (problem("I046", where, count=sum(1 for _ in _UNREADABLE.finditer(text))),)


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _line(data: bytes, position: int) -> int:
    return data[:position].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def _decoded(data: bytes) -> str:
    if data.startswith(_UTF_16):
        return _by_codec(data, "utf-16")
    if data.isascii() and _ESCAPE.search(data):
        return _iso_2022_jp(data)
    try:
        return _nearly_utf_8(data)
    except _BrokenAtError:
        if data.startswith(codecs.BOM_UTF8) or _is_mostly_utf_8(data):
            raise
    return _older(data)


def _by_codec(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _BrokenAtError(error.start) from error


# --- UTF-8 ---


def _nearly_utf_8(data: bytes) -> str:
    """With U+FFFD for the few bytes that are broken, if the rest leaves no doubt."""
    try:
        return data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        if not _is_mostly_utf_8(data, times=_TEXT_LIKE):
            raise _BrokenAtError(error.start) from error
        return data.decode("utf-8", "replace").removeprefix(_BOM)


def _is_mostly_utf_8(data: bytes, times: int = 1) -> bool:
    """Whether its characters beyond ASCII are more than `times` its broken places."""
    broken = data.decode("utf-8", "replace").count("\ufffd") - data.count("\ufffd".encode())
    return sum(1 for _ in _JAPANESE_IN_UTF_8.finditer(data)) > times * broken


# --- the older sets ---


def _older(data: bytes) -> str:
    """EUC-JP first: Shift_JIS is hardly ever valid in it, while EUC-JP often is half-width kana in Shift_JIS."""
    read: dict[Callable[[bytes], str], str] = {}
    furthest = 0
    for reader in (_euc_jp, _shift_jis):
        try:
            read[reader] = reader(data)
        except _BrokenAtError as error:
            furthest = max(furthest, error.position)
    found = next((text for text in read.values() if _looks_japanese(text)), None)
    if found is None:
        declared = _DECLARED.search(data, 0, _NEAR_THE_TOP)
        name = declared[1].decode("ascii").lower() if declared else ""
        found = read.get(_euc_jp if "euc" in name else _shift_jis) if name in _NAMES else None
    if found is None:
        beyond_ascii = len(data) - len(data.lstrip(bytes(range(0x80))))
        raise _BrokenAtError(beyond_ascii if read else furthest)
    return found


def _looks_japanese(text: str) -> bool:
    sample = text[:_SAMPLE]
    beyond = len(_NOT_ASCII.findall(sample))
    return len(_KANA.findall(sample)) >= _FEWEST_KANA * beyond


def _shift_jis(data: bytes) -> str:
    text = _by_codec(data, "cp932")
    if stray := _STRAY.search(text):
        raise _BrokenAtError(len(text[: stray.start()].encode("cp932")))
    return text


def _euc_jp(data: bytes) -> str:
    return _by_pieces(_euc_pieces(data))


def _iso_2022_jp(data: bytes) -> str:
    return _by_pieces(_iso_2022_pieces(data))


def _by_pieces(pieces: Iterator[tuple[int, bytes]]) -> str:
    """Text from pieces of Shift_JIS, each with its place in the file."""
    found = []
    for position, piece in pieces:
        try:
            found.append(piece.decode("cp932"))
        except UnicodeDecodeError as error:
            raise _BrokenAtError(position + error.start) from error
    return "".join(found)


def _euc_pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position < len(data):
        match = _EUC.match(data, position)
        if match is None:
            raise _BrokenAtError(position)
        if pairs := match["pairs"]:
            yield position, _shifted(pairs)
        else:
            yield position, match["ascii"] or match["half"].replace(b"\x8e", b"")
        position = match.end()


def _iso_2022_pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    mode, position = b"\x1b(B", 0
    while position < len(data):
        escape = _ESCAPE.search(data, position)
        end = escape.start() if escape else len(data)
        piece = data[position:end]
        if mode.startswith(b"\x1b$"):
            yield from _jis_pieces(piece, position)
        elif mode == b"\x1b(I":
            yield position, bytes(byte | 0x80 if 0x20 < byte < 0x60 else byte for byte in piece)
        else:
            yield position, piece
        if escape is None:
            return
        mode, position = escape[0], escape.end()


def _jis_pieces(data: bytes, before: int) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position < len(data):
        match = _JIS.match(data, position)
        if match is None:
            raise _BrokenAtError(before + position)
        yield before + position, _shifted(match["pairs"]) if match["pairs"] else match["ascii"]
        position = match.end()


def _shifted(pairs: bytes) -> bytes:
    """Pairs of JIS X 0208, with or without their high bits, as Shift_JIS writes them."""
    found = bytearray()
    for high, low in zip(pairs[::2], pairs[1::2], strict=True):
        row, cell = high & 0x7F, low & 0x7F
        found.append((row + 1) // 2 + (0x70 if row < 0x5F else 0xB0))
        found.append(cell + (0x7E if row % 2 == 0 else 0x1F if cell < 0x60 else 0x20))
    return bytes(found)

"""HTML fragments inside the cells of an extraction → plain lines and tick-box tokens.

The sources mix real tags (`<p>`, `<ul>`, `<input>`) with words in angle brackets that are text
(「<選択肢>」, 「‹中間サーバーにおける措置>」). Only the tags listed here are markup; every other `<` is a
character of the document. Nothing but tags is dropped: a tokeniser reads them, not a tree, because a cell
may hold half of an element. May import: extract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from pia_site.sources.extract import BARE, CHECKED, RADIO, TOKENS

_BLOCK_TAGS = r"p|div|ul|ol|li|table|thead|tbody|tfoot|tr|h[1-6]|hr|br|dl|dt|dd|blockquote"
_INLINE_TAGS = r"b|strong|i|em|u|s|small|big|span|sup|sub|font|center|a|td|th|input|label"
_TAG = re.compile(rf"<(?=/?(?:{_BLOCK_TAGS}|{_INLINE_TAGS})(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_IS_BLOCK = re.compile(_BLOCK_TAGS).fullmatch
_CONTROL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff{TOKENS}]")
_WIDE_GAP = re.compile(r"[ \u00a0]{8,}")
"""What is left of a line break where an extraction kept the cell's own indent."""
_BULLET = re.compile(r"\s+(?=・)")
_SPACES = re.compile(r"[ \t\r\u00a0]+")


def cell_lines(cell: str) -> tuple[str, ...]:
    """The lines of a cell without its markup, stripped, none empty."""
    cell = replace_controls(cell)
    text = _without_tags(cell) if _TAG.search(cell) or "&" in cell else cell
    text = _BULLET.sub("\n", _WIDE_GAP.sub("\n", text))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return tuple(line for line in lines if line)


def replace_controls(text: str) -> str:
    """The text without control characters: white space stays white space, all others become U+FFFD."""
    return _CONTROL.sub(lambda match: " " if match[0].isspace() else "\ufffd", text)


def _without_tags(cell: str) -> str:
    reader = _Reader()
    reader.feed("".join(_escape_text(cell)))
    reader.close()
    return "".join(reader.pieces)


def _escape_text(cell: str) -> Iterator[str]:
    """The cell with every `<` that opens no tag of ours made a character reference."""
    end = 0
    for position in (match.start() for match in _TAG.finditer(cell)):
        yield cell[end:position].replace("<", "&lt;")
        yield "<"
        end = position + 1
    yield cell[end:].replace("<", "&lt;")


class _Reader(HTMLParser):
    """Collects text, a line break for every edge of a block, a token for every input."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(input_sign(dict(attrs)) if tag == "input" else "\n" if _IS_BLOCK(tag) else "")

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append("\n" if _IS_BLOCK(tag) else " " if tag in ("td", "th") else "")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def input_sign(attributes: Mapping[str, str | None]) -> str:
    """The token of a box, or the value of another input, by the attributes of its element."""
    kind = (attributes.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return CHECKED if "checked" in attributes else BARE if kind == "checkbox" else RADIO
    return attributes.get("value") or ""

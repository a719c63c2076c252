"""Reads text whose tables survived: tab-separated rows, HTML in cells, Markdown headings and rules.

May import: extract, markup.
"""

from __future__ import annotations

import re

from pia_site.sources.extract import Block, Extract, Shape, size_of
from pia_site.sources.readers.markup import cell_lines

_RULE = re.compile(r"\s*:?-{2,}:?\s*")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LIST_MARK = re.compile(r"\s*[-*+]\s+(?=\S)")
_PIPED = re.compile(r"\s*\|(.*)\|\s*")


def read_table_text(text: str, source: str, sha256: str) -> Extract:
    """The extract of a whole text; `source` and `sha256` are what provenance says of the file."""
    blocks = []
    for number, line in enumerate(text.split("\n"), start=1):
        block = _block(line, number)
        if block is not None:
            blocks.append(block)
    return Extract(source, sha256, tuple(blocks), size_of(text))


def _block(line: str, number: int) -> Block | None:
    if not line.strip():
        return None
    piped = _PIPED.fullmatch(line)
    cells = piped[1].split("|") if piped else line.rstrip("\n\r").split("\t")
    filled = [cell for cell in cells if cell.strip()]
    if filled and all(_RULE.fullmatch(cell) for cell in filled):
        return Block(number, number, Shape.RULE, ())
    if len(cells) > 1:
        read = tuple(cell_lines(_BOLD.sub(r"\1", cell)) for cell in cells)
        return Block(number, number, Shape.ROW, read) if any(read) else None
    return _loose(line, number)


def _loose(line: str, number: int) -> Block | None:
    shape, text = Shape.LINE, line.strip()
    if heading := _HEADING.fullmatch(text):
        shape, text = Shape.HEADING, heading[1]
    elif text.startswith("**"):
        shape = Shape.HEADING
    text = _LIST_MARK.sub("", _BOLD.sub(r"\1", text), count=1)
    lines = cell_lines(text)
    return Block(number, number, shape, (lines,)) if lines else None

"""The names that the sources print, read from the raw text without the importer.

Only of sources whose tables kept their cells: a line is a row, its cells stand between tabs. The rows of
the change table begin with a date and so never with one of these labels.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

SYSTEM = re.compile(r"①システムの名称")
CONTRACTOR = re.compile(r"[③⑥]委託先名")
RECIPIENT = re.compile(r"(?:提供|移転)先\d+")


@dataclass(frozen=True)
class PrintedNames:
    systems: list[str]
    contractors: list[str]
    recipients: list[str]


def read_printed_names(source: Path) -> PrintedNames:
    """In printed order; a cell left empty names nobody."""
    rows = [line.split("\t") for line in source.read_text(encoding="utf-8").splitlines()]
    # What follows a ※ in the cell explains the system and is no part of its name.
    systems = [name.partition("※")[0] for name in _second_cells(rows, SYSTEM)]
    return PrintedNames(systems, _second_cells(rows, CONTRACTOR), _second_cells(rows, RECIPIENT))


def same(name: str) -> str:
    """What two writings of one name have in common: width and space are the text extraction's doing."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def _second_cells(rows: list[list[str]], label: re.Pattern[str]) -> list[str]:
    cells = ([cell.strip() for cell in row if cell.strip()] for row in rows)
    return [filled[1] for filled in cells if len(filled) > 1 and label.fullmatch(filled[0])]

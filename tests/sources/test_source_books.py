"""Workbooks that LibreOffice saved and printed (`books/make`): each comes back as it was typed, from either file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from invented import differences

from pia_site.sources.extract import Extract
from pia_site.sources.filling.assemble import Assembled, assemble
from pia_site.sources.filling.fill import fill
from pia_site.sources.officials import Masker
from pia_site.sources.readers.pdf_file import read_pdf
from pia_site.sources.readers.workbook import read_workbook
from pia_site.sources.which_form import recognise_form

BOOKS = Path(__file__).with_name("books")
NAMES = ["full", "long"]


def made_of(name: str, read: Callable[[bytes, str, str], Extract]) -> tuple[Extract, Assembled]:
    extract = read((BOOKS / name).read_bytes(), name, "0" * 64)
    return extract, assemble(fill(extract, recognise_form(extract).form), Masker())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ending", "read"), [("xlsx", read_workbook), ("pdf", read_pdf)])
def test_every_item_comes_back(name: str, ending: str, read: Callable[[bytes, str, str], Extract]) -> None:
    said = json.loads((BOOKS / f"{name}.json").read_text(encoding="utf-8"))
    values = {key: set(value) if isinstance(value, list) else value for key, value in said["values"].items()}
    extract, made = made_of(f"{name}.{ending}", read)
    assert recognise_form(extract).form.id == said["form"]
    assert differences(made, values) == {}  # type: ignore[arg-type]
    rows = [
        [one.date.written, one.item, one.before.text, one.after.text, one.timing, one.reason]
        for one in made.changes
    ]
    assert rows == said["changes"]
    assert extract.problems == ()


def test_what_is_committed_is_small() -> None:
    large = [path.name for path in BOOKS.iterdir() if path.stat().st_size > 200 * 1024]
    assert large == []

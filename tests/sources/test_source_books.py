"""Workbooks that LibreOffice saved and printed (`books/make`): each comes back as it was typed, from either file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from invented import differences

from pia_site.sources.account import settle
from pia_site.sources.extract import Extract
from pia_site.sources.filling.assemble import assemble
from pia_site.sources.filling.fill import fill
from pia_site.sources.officials import Masker
from pia_site.sources.readers.pdf_file import read_pdf
from pia_site.sources.readers.pdf_ink import read_ink
from pia_site.sources.readers.workbook import read_workbook
from pia_site.sources.which_form import recognise_form

BOOKS = Path(__file__).with_name("books")
NAMES = ["full", "long"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("ending", "read"), [("xlsx", read_workbook), ("pdf", read_pdf)])
def test_every_item_comes_back(name: str, ending: str, read: Callable[[bytes, str, str], Extract]) -> None:
    said = json.loads((BOOKS / f"{name}.json").read_text(encoding="utf-8"))
    values = {key: set(value) if isinstance(value, list) else value for key, value in said["values"].items()}
    extract = read((BOOKS / f"{name}.{ending}").read_bytes(), name, "0" * 64)
    form = recognise_form(extract).form
    assert form.id == said["form"]
    filled = fill(extract, form)
    made = assemble(filled, Masker())
    assert differences(made, values) == {}  # type: ignore[arg-type]
    rows = [
        [one.date.written, one.item, one.before.text, one.after.text, one.timing, one.reason]
        for one in made.changes
    ]
    assert rows == said["changes"]
    account, leftovers = settle(extract, filled, made.read)
    assert account.total == extract.size
    assert leftovers == ()
    assert extract.problems == ()


def test_the_whole_text_of_a_cell_is_on_both_pages_of_a_break_and_read_once() -> None:
    for name in NAMES:
        data = (BOOKS / f"{name}.pdf").read_bytes()
        glyphs = [glyph for ink in read_ink(data) for glyph in ink.glyphs]
        assert any(glyph.inside and min(glyph.inside) < 0 for glyph in glyphs)
        assert read_pdf(data, name, "0" * 64).unread == ()


def test_what_is_committed_is_small() -> None:
    sizes = {path.name: path.stat().st_size for path in BOOKS.iterdir()}
    assert [name for name, size in sizes.items() if size > 200_000] == []
    assert sum(sizes.values()) < 800_000

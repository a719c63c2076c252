"""HTML in cells becomes plain lines; words in angle brackets stay; nothing but tags is dropped."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pia_site.sources.extract import BARE, CHECKED, RADIO, Shape
from pia_site.sources.readers.markup import cell_lines
from pia_site.sources.readers.table_text import read_table_text


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("見本", ("見本",)),
        ("", ()),
        (" \u3000 ", ()),
        ("<p>甲</p><p>乙</p>", ("甲", "乙")),
        ("甲<br>乙<br/>丙", ("甲", "乙", "丙")),
        ("<ul><li>甲</li><li>乙<ul><li>丙</li></ul></li></ul>", ("甲", "乙", "丙")),
        ("甲<b>乙</b>丙", ("甲乙丙",)),
        ("<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>", ("甲 乙", "丙")),
        ("<p>閉じない", ("閉じない",)),
        ("甲</p></div>乙", ("甲", "乙")),
        # Words in angle brackets are the document's, however they are written.
        ("<選択肢>1)甲", ("<選択肢>1)甲",)),
        ("‹選択肢›", ("‹選択肢›",)),
        ("&lt;選択肢&gt;", ("<選択肢>",)),
        ("‹選択肢><br>1)甲", ("‹選択肢>", "1)甲")),
        ("<見本システム><p>甲</p>", ("<見本システム>", "甲")),
        ("a<b、b<p", ("a<b、b<p",)),
        ("甲&amp;乙 &nbsp;丙", ("甲&乙 丙",)),
        # A cell that kept its own indent, and bullets that run on.
        ("甲" + " " * 12 + "乙", ("甲", "乙")),
        ("・甲 ・乙", ("・甲", "・乙")),
    ],
)
def test_cells_become_lines(cell: str, lines: tuple[str, ...]) -> None:
    assert cell_lines(cell) == lines


@pytest.mark.parametrize(
    ("cell", "token"),
    [
        ('<input type="checkbox" checked>', CHECKED),
        ('<INPUT TYPE="checkbox" CHECKED="checked"/>', CHECKED),
        ('<input type="checkbox"/>', BARE),
        ('<input type="radio"/>', RADIO),
        ('<input type="radio" checked/>', CHECKED),
        ('<input value="見本"/>', "見本"),
    ],
)
def test_boxes_become_tokens(cell: str, token: str) -> None:
    assert cell_lines(f"甲{cell}乙") == (f"甲{token}乙",)


def test_a_source_cannot_forge_a_token() -> None:
    assert cell_lines(f"{CHECKED}甲\x00") == ("\ufffd甲\ufffd",)


WORDS = st.lists(st.text("甲乙丙ア1（）<>;・ 　", max_size=8), max_size=6)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<br>", "<ul><li>", "</li></ul>", "<b>", "</b>", "<td>", "</table>", "<選択肢>"]
)


@settings(deadline=None)
@given(WORDS, st.lists(TAGS, max_size=6))
def test_no_character_is_lost(words: list[str], tags: list[str]) -> None:
    length = max(len(words), len(tags))
    mixed = zip(words + [""] * length, tags + [""] * length, strict=False)
    cell = "".join(word + tag for word, tag in mixed)
    markup = re.compile(r"</?(?:p|br|ul|li|b|td|table)>")
    assert squeezed("".join(cell_lines(cell))) == squeezed(markup.sub("", cell))


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read(cell: str) -> None:
    lines = cell_lines(cell)
    assert all(line and line == line.strip() for line in lines)


def test_nesting_deeper_than_the_stack_is_read() -> None:
    assert "甲" in "".join(cell_lines("<div>" * 5000 + "甲"))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_blocks_know_their_lines_and_their_shape() -> None:
    text = "# 見出し\n\n甲\t乙\n| 丙 | 丁 |\n|---|---|\n**太字**\n- 項目\n本文"
    blocks = read_table_text(text, "mihon.txt", "0" * 64).blocks
    assert [(b.first, b.shape, b.cells) for b in blocks] == [
        (1, Shape.HEADING, (("見出し",),)),
        (3, Shape.ROW, (("甲",), ("乙",))),
        (4, Shape.ROW, (("丙",), ("丁",))),
        (5, Shape.RULE, ()),
        (6, Shape.HEADING, (("太字",),)),
        (7, Shape.LINE, (("項目",),)),
        (8, Shape.LINE, (("本文",),)),
    ]

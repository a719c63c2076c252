"""A page becomes rows, headings and lines; what it does not show is not read, and nothing of it is lost."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import COPIES, MEMBERS, differences, values_for
from printed_page import page

from pia_site.forms import all_forms, form_by_id
from pia_site.problems import PiaSiteError
from pia_site.sources.account import settle
from pia_site.sources.extract import BARE, CHECKED, RADIO, Extract, Shape, shown, solid
from pia_site.sources.filling.assemble import assemble
from pia_site.sources.filling.fill import fill
from pia_site.sources.officials import Masker
from pia_site.sources.readers.html_page import read_html
from pia_site.sources.which_form import recognise_form

SHA = "0" * 64
ROW, LINE, HEADING = Shape.ROW, Shape.LINE, Shape.HEADING


def read(page: str) -> Extract:
    return read_html(page, "mihon.html", SHA)


def lines(page: str) -> list[str]:
    return [line for block in read(page).blocks for cell in block.cells for line in cell]


def rows(page: str) -> list[tuple[str, ...]]:
    """The cells of every row, their lines joined by "/"."""
    assert {block.shape for block in read(page).blocks} <= {ROW}
    return [tuple("/".join(cell) for cell in block.cells) for block in read(page).blocks]


def aside(page: str) -> tuple[list[tuple[str, str | None]], list[str]]:
    """What was not read, with the reason, and what is furniture."""
    extract = read(page)
    return [(one.text, one.reason) for one in extract.unread], [one.text for one in extract.furniture]


# --- lines and headings ---


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("", []),
        ("<!-- 甲 -->", []),
        ("甲", [(LINE, "甲")]),
        ("<h1>甲</h1>乙<h6>丙<br>丁</h6>", [(HEADING, "甲"), (LINE, "乙"), (HEADING, "丙 丁")]),
        ("<p>甲<p>乙<div>丙<p>丁</p>戊</div>", [(LINE, one) for one in "甲乙丙丁戊"]),
        ("<ul><li>甲<li>乙<ul><li>丙</ul></ul>", [(LINE, one) for one in "甲乙丙"]),
        ("<dl><dt>甲<dd>乙</dl>丙<hr>丁<br>戊", [(LINE, one) for one in "甲乙丙丁戊"]),
        ("<p>甲<b>乙</b><span>丙</span><a href=x>丁</a>戊", [(LINE, "甲乙丙丁戊")]),
        ("<svg><text>甲</text><text>乙</text></svg>", [(LINE, "甲"), (LINE, "乙")]),
        ("<h2>甲<table><tr><td>乙<td>丙</table>", [(HEADING, "甲"), (ROW, "乙 丙")]),
        (
            "<p>甲<table><caption>乙<tr><td>丙<td>丁</table>戊",
            [(LINE, "甲"), (LINE, "乙"), (ROW, "丙 丁"), (LINE, "戊")],
        ),
        (
            "<article><header><h2>甲</h2></header>乙<footer>丙</footer></article>",
            [(HEADING, "甲"), (LINE, "乙"), (LINE, "丙")],
        ),
    ],
)
def test_lines_and_headings(page: str, blocks: list[tuple[Shape, str]]) -> None:
    extract = read(page)
    assert [(block.shape, block.text) for block in extract.blocks] == blocks
    assert [block.first for block in extract.blocks] == list(range(1, len(blocks) + 1))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>  甲 \t 乙&nbsp;&nbsp;丙\u3000丁 ", ["甲 乙 丙\u3000丁"]),
        # A line that the file breaks between wide characters is whole, as browsers show it.
        ("<p>見本の\n    事務", ["見本の事務"]),
        ("<p>見本の\n<b>事務</b>", ["見本の事務"]),
        ("<p>mihon\nno\njimu", ["mihon no jimu"]),
        ("<p>見本\n&nbsp;事務", ["見本 事務"]),
        ("<pre>甲\n 乙</pre>", ["甲", "乙"]),
        ("<div style='white-space: pre-wrap'>甲\n<b>乙\n丙</b></div>丁\n戊", ["甲", "乙", "丙", "丁戊"]),
        ("<p>&lt;選択肢&gt; <選択肢> &#9312;&copy;", ["<選択肢> <選択肢> ①©"]),
        ("<p>甲\u200b&shy;乙&#xfdd0;&#1;丙", ["甲乙\ufffd\ufffd丙"]),
        (f"<p>{CHECKED}甲\x00", ["\ufffd甲\ufffd"]),
    ],
)
def test_white_space_and_signs(page: str, said: list[str]) -> None:
    assert lines(page) == said


# --- tables ---


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><th>甲<td>乙<tr><td>丙<td>丁", [("甲", "乙"), ("丙", "丁")]),
        ("<tr><td>甲<br>乙<td><p>丙<p>丁", [("甲/乙", "丙/丁")]),
        # An empty cell is one; a row of them is none.
        ("<tr><td>甲<td><tr><td><td> <tr><td><td>乙", [("甲", ""), ("", "乙")]),
        (
            "<tr><td rowspan=3>甲<td>乙<tr><td>丙<tr><td>丁<tr><td>戊<td>己",
            [("甲", "乙"), ("", "丙"), ("", "丁"), ("戊", "己")],
        ),
        ("<tr><td colspan=2>甲<tr><td>乙<td>丙", [("甲", ""), ("乙", "丙")]),
        (
            "<tr><td colspan=2 rowspan=2>甲<td>乙<tr><td>丙<tr><td>丁<td>戊<td>己",
            [("甲", "", "乙"), ("", "", "丙"), ("丁", "戊", "己")],
        ),
        # A column in which nothing begins is none.
        (
            "<tr><td colspan=3>甲<td colspan=5>乙<tr><td colspan=3>丙<td colspan=5>丁",
            [("甲", "乙"), ("丙", "丁")],
        ),
        ("<tr><td>甲<td rowspan=2>乙<td>丙<tr><td>丁<td>戊", [("甲", "乙", "丙"), ("丁", "", "戊")]),
        # Down to the end of the group, and no further.
        ("<thead><tr><td rowspan=9>甲<td>乙</thead><tbody><tr><td>丙<td>丁", [("甲", "乙"), ("丙", "丁")]),
        ("<tr><td rowspan=0>甲<td>乙<tr><td>丙<tr><td>丁", [("甲", "乙"), ("", "丙"), ("", "丁")]),
        # Spans that are none.
        (
            "<tr><td colspan=0>甲<td colspan=x>乙<td rowspan=-1>丙<tr><td colspan=''>丁",
            [("甲", "乙", "丙"), ("丁", "", "")],
        ),
        ("<tr><td colspan=99999999999>甲<td>乙<tr><td>丙", [("甲", "乙"), ("丙", "")]),
        # A table inside a cell is lines of the cell, a row on a line.
        (
            "<tr><td>甲<td>乙<table><tr><td>丙<td>丁<tr><td>戊</table>己<tr><td>庚<td>辛",
            [("甲", "乙/丙 丁/戊/己"), ("庚", "辛")],
        ),
        # Rows and cells that the file does not open.
        ("<td>甲<td>乙", [("甲", "乙")]),
    ],
)
def test_rows(table: str, expected: list[tuple[str, ...]]) -> None:
    assert rows(f"<table>{table}</table>") == expected


FORM = "<tr><td>甲<td>乙" * 8
EIGHT = [(ROW, "甲 乙")] * 8


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<table><tr><td>甲<p>乙</table>", [(LINE, "甲"), (LINE, "乙")]),
        ("<table><tr><td>甲<tr><td>乙</table>", [(LINE, "甲"), (LINE, "乙")]),
        (f"<table><tr><td>丙<table>{FORM}</table>丁</table>", [(LINE, "丙"), *EIGHT, (LINE, "丁")]),
        (
            f"<table><tr><td>丙<td><h2>丁</h2><table>{FORM}</table></table>",
            [(LINE, "丙"), (HEADING, "丁"), *EIGHT],
        ),
        (f"<table><tr><td><td><table><tr><td><table>{FORM}</table></table></table>", EIGHT),
    ],
)
def test_tables_for_the_layout(page: str, blocks: list[tuple[Shape, str]]) -> None:
    assert [(block.shape, block.text) for block in read(page).blocks] == blocks


def test_text_of_a_table_outside_its_cells_is_kept_in_order() -> None:
    said = lines("<table>甲<tr>乙<td>丙<td>丁</td>戊</tr>己</table>庚")
    assert sorted(said) == sorted("甲乙丙丁戊己庚")
    assert said[-1] == "庚"


def test_a_table_too_wide_to_be_a_form_is_read_in_linear_space() -> None:
    row = "<tr>" + "".join(f"<td rowspan=9>{column}" for column in range(150))
    assert rows(f"<table>{row}<tr><td>甲</table>") == [tuple(str(column) for column in range(150)), ("甲",)]


# --- inputs ---


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<input type=checkbox checked>甲", [f"{CHECKED}甲"]),
        ("<INPUT TYPE=CheckBox>甲", [f"{BARE}甲"]),
        ("[<input type=radio>]甲", [f"[{RADIO}]甲"]),
        ("<input type=radio checked=''>甲", [f"{CHECKED}甲"]),
        ("<input value='甲 乙'><input type=number value=3>", ["甲 乙3"]),
        ("<input type=hidden value=甲><input type=submit value=乙><input>丙", ["丙"]),
        ("<input value='&#xfdd0;'>", ["\ufffd"]),
        ("<textarea>\n甲\n乙</textarea>", ["甲", "乙"]),
        ("<select><option>甲<option selected>乙</select>丙", ["[乙]丙"]),
        ("<select multiple><optgroup><option selected>甲<option selected>乙</select>", ["[甲] [乙]"]),
        # Nobody knows which one was shown.
        ("<select><option>甲<option>乙</select>", ["<選択肢> 1) 甲 2) 乙"]),
        ("<select></select>甲", ["甲"]),
    ],
)
def test_inputs(markup: str, said: list[str]) -> None:
    assert lines(f"<p>{markup}") == said
    assert rows(f"<table><tr><td>丁<td>{markup}</table>") == [("丁", "/".join(said))]


# --- what is no text of the document ---

HIDDEN, STRUCK = "表示されない文字です", "取り消し線が付いています"


@pytest.mark.parametrize(
    ("page", "unread", "furniture"),
    [
        ("<title>乙</title><style>乙</style><script>乙</script><!-- 乙 --><template>乙</template>甲", [], []),
        ("甲<p hidden>乙</p>", [("乙", HIDDEN)], []),
        ("甲<p style='color: red; DISPLAY : none'>乙<b>丙</b></p>", [("乙丙", HIDDEN)], []),
        ("甲<span style='visibility:hidden'>乙<script>丙</script></span>", [("乙", HIDDEN)], []),
        ("<body style='display:none'>甲", [], []),
        ("甲<del>乙</del><s>丙</s>", [("乙", STRUCK), ("丙", STRUCK)], []),
        ("甲<span style='text-decoration: underline line-through'>乙</span>", [("乙", STRUCK)], []),
        ("<ruby>甲<rp>(</rp><rt>こう</rt><rp>)</rp></ruby>", [("こう", "ふりがなです")], []),
        ("甲<img src=a.png alt='乙'><img src=b.png>", [("乙", "画像の説明です")], []),
        ("<header>乙<p>丙</header>甲<nav>丁</nav><footer>戊</footer>", [], ["乙 丙", "丁", "戊"]),
        ("甲<button>乙</button><noscript>丙</noscript>", [], ["乙", "丙"]),
    ],
)
def test_what_is_put_aside(page: str, unread: list[tuple[str, str]], furniture: list[str]) -> None:
    assert lines(page) == ["甲"]
    assert aside(page) == (unread, furniture)


def test_a_head_that_holds_a_table_is_no_furniture() -> None:
    assert rows("<header><nav><table><tr><td>甲<td>乙</table></nav></header>") == [("甲", "乙")]


def test_what_is_put_aside_says_where_it_stands() -> None:
    extract = read(
        "<nav>見出し</nav><p>甲</p>"
        "<table><tr><td>乙<td><s>丙</s>丁<tr hidden><td>戊<td>己<tr><td>庚<td>辛<del>壬</del></table>"
    )
    assert [(one.first, one.text) for one in extract.furniture] == [(1, "見出し")]
    assert [(block.first, block.text) for block in extract.blocks] == [(2, "甲"), (3, "乙 丁"), (4, "庚 辛")]
    assert [(one.first, one.text) for one in extract.unread] == [(3, "丙"), (4, "戊 己"), (4, "壬")]


@pytest.mark.parametrize(
    ("page", "code"),
    [("<frameset><frame src=a.htm></frameset>", "I048"), ("<p>甲" + "<div>" * 3000 + "乙", "I047")],
)
def test_pages_that_cannot_be_read(page: str, code: str) -> None:
    with pytest.raises(PiaSiteError) as error:
        read(page)
    assert [one.code for one in error.value.problems] == [code]


# --- a whole 評価書 ---

FORMS = [form.id for form in all_forms() if form.confirmed]
CHANGES = [
    ("令和5年4月1日", "Ⅰ1②", "甲", "乙\n丙", "事前", "丁"),
    ("令和6年4月1日", "Ⅱ3③", "戊", "己", "事後", ""),
]


@pytest.mark.parametrize("form_id", FORMS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000))
def test_what_is_printed_is_read(form_id: str, seed: int) -> None:
    form = form_by_id(form_id)
    values = values_for(form, Random(seed))
    text = page(form, values, COPIES, MEMBERS, {"records1": ["・甲 ・乙"], "records2": ["・丙"]}, CHANGES)
    extract = read(text)
    assert recognise_form(extract).form is form
    filled = fill(extract, form)
    made = assemble(filled, Masker())
    account, left = settle(extract, filled, made.read)
    assert left == ()
    assert account.total == extract.size
    assert differences(made, values) == {}
    assert made.copies == {**COPIES, "changes": 1}
    assert {prefix: size for prefix, size in made.groups.items() if size} == MEMBERS
    assert [(row.date.written, row.before.text, row.after.text) for row in made.changes] == [
        (date, before, after) for date, _, before, after, _, _ in CHANGES
    ]


# --- whatever a page holds ---

PIECES = st.sampled_from(
    [
        *(
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "</td>",
            "<td rowspan=2>",
            "<td colspan=3>",
            "<thead>",
        ),
        *(
            "<p>",
            "</p>",
            "<h1>",
            "</h1>",
            "<br>",
            "<div>",
            "</div>",
            "<li>",
            "<pre>",
            "</pre>",
            "<del>",
            "</del>",
        ),
        *(
            "<nav>",
            "</nav>",
            "<header>",
            "<article>",
            "<div hidden>",
            "<ruby>",
            "<rt>",
            "<caption>",
            "<body>",
        ),
        *(
            "<select>",
            "<option>",
            "<option selected>",
            "</select>",
            "<textarea>",
            "<input value=x>",
            "<img alt=x>",
        ),
        *(
            "<input type=checkbox>",
            "<input type=radio checked>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<",
            ">",
        ),
        *(
            "&amp;",
            "&#0;",
            "&#xfdd1;",
            "&",
            "甲",
            "乙 丙",
            "\n",
            "\t",
            "\x00",
            "\u200b",
            CHECKED,
            "<選択肢>",
            "1) 甲",
        ),
    ]
)


def check(text: str) -> None:
    extract = read(text)
    numbers = [line for block in extract.blocks for line in block.lines]
    assert numbers == sorted(set(numbers))
    for block in extract.blocks:
        assert any(block.cells)
        assert all(line and line == line.strip() for cell in block.cells for line in cell)
    said = [
        *(block.text for block in extract.blocks),
        *(one.text for one in (*extract.furniture, *extract.unread)),
    ]
    assert sum(map(solid, said)) <= extract.size == sum(not char.isspace() for char in text)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=60))
def test_any_page_is_read(pieces: list[str]) -> None:
    check("".join(pieces))


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_damaged_page_is_read(data: st.DataObject) -> None:
    form = form_by_id("priority-2018-05")
    text = page(form, values_for(form, Random(1)), COPIES, MEMBERS, {}, CHANGES)
    places = st.integers(0, len(text))
    for _ in range(data.draw(st.integers(1, 6))):
        begin = data.draw(places)
        end = begin + data.draw(st.integers(0, 300))
        text = text[:begin] + "".join(data.draw(st.lists(PIECES, max_size=3))) + text[end:]
    check(text)


WORDS = st.lists(st.text("甲乙丙ア1（）・", min_size=1, max_size=8), min_size=1, max_size=8)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<br>", "<li>", "<b>", "</b>", "<td>", "<tr>", "</table>", "<table>", "<h2>", "<th>"]
)


@settings(deadline=None)
@given(WORDS, st.lists(TAGS, max_size=8))
def test_no_character_is_lost(words: list[str], tags: list[str]) -> None:
    mixed = "".join(word + tag for word, tag in zip(words, [*tags, *[""] * len(words)], strict=False))
    said = "".join(shown(line) for line in lines(mixed))
    assert sorted(said.replace(" ", "")) == sorted("".join(words))

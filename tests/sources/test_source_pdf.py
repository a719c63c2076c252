"""Invented forms printed to PDF by a browser come back as they were, over page breaks and in other dress."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from invented import COPIES, MEMBERS, differences, values_for
from playwright.sync_api import sync_playwright
from printed_page import COLUMNS, page

from pia_site.documents.slots import walk
from pia_site.forms import Form, Kind, all_forms, form_by_id
from pia_site.problems import PiaSiteError
from pia_site.sources.account import Account, settle
from pia_site.sources.extract import Extract, Leftover
from pia_site.sources.filling.assemble import Assembled, assemble
from pia_site.sources.filling.fill import fill
from pia_site.sources.officials import Masker
from pia_site.sources.readers.pdf_file import read_pdf
from pia_site.sources.which_form import recognise_form

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FORMS = [form.id for form in all_forms() if form.confirmed]
PAGE_NUMBER = (
    '<div style="font-size: 8px; width: 100%; text-align: center">- <span class="pageNumber"></span> -</div>'
)
SENTENCES = (
    "見本市は、申請書の記載事項を二人で照合する。",
    "番号法第9条第1項（別表の24の項）に基づき、見本台帳に記録する。",
    "漏えい・紛失を防ぐため、ID及びパスワードを「見本システム」で管理している。",
    "年2回、30日以内にWeb画面から点検し、結果を見本課長に知らせる。",
    "閲覧できないようにしている。",
)
MARKS = ("・", "①", "（2）", "※", "＜見本システムにおける措置＞", "○", "【見本】")
# A workbook prints without white between its tables, and headings in boxes.
PRINTS = [
    (1, ""),
    (2, "h2 { border: 0.6pt solid; margin: 0; padding: 1mm } table { margin: 0 0 -0.6pt }"),
]
RECORDS = {
    "records1": [
        "＜基本情報＞",
        "・甲番号 ・乙番号",
        "・" + "、".join(f"見本項目その{n}" for n in range(1, 60)),
    ],
    "records2": ["・丙区分"],
}
FIELDS = {
    "records1": [("基本情報", ["甲番号", "乙番号", "、".join(f"見本項目その{n}" for n in range(1, 60))])],
    "records2": [(None, ["丙区分"])],
}

Press = Callable[..., bytes]


@pytest.fixture(scope="session")
def press(chromium_path: Path) -> Iterator[Press]:
    """Prints HTML to PDF. The browser runs in a thread of its own, beside those that other tests drive."""
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(sync_playwright().start).result()
        launch = playwright.chromium.launch
        browser = thread.submit(launch, executable_path=chromium_path, args=ARGUMENTS).result()

        def on_paper(html: str, **options: object) -> bytes:
            sheet = browser.new_page()
            try:
                sheet.set_content(html)
                return sheet.pdf(prefer_css_page_size=True, **options)
            finally:
                sheet.close()

        yield lambda html, **options: thread.submit(on_paper, html, **options).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


# --- whole forms ---


@dataclass(frozen=True)
class Printed:
    form: Form
    values: dict[str, object]
    changes: list[tuple[str, ...]]
    extract: Extract

    def read(self) -> tuple[Assembled, Account, tuple[Leftover, ...]]:
        filled = fill(self.extract, recognise_form(self.extract).form)
        made = assemble(filled, Masker())
        return made, *settle(self.extract, filled, made.read)


def paragraph(chance: Random, most: int) -> str:
    return "".join(chance.choices(SENTENCES, k=chance.randint(1, most)))


def narrative(chance: Random) -> str:
    """One paragraph, one of more than a page, or several that begin with a mark."""
    kind = chance.random()
    if kind < 0.3:
        return paragraph(chance, 9)
    if kind < 0.33:
        return "".join(chance.choices(SENTENCES, k=110))
    return "\n".join(chance.choice(MARKS) + paragraph(chance, 4) for _ in range(chance.randint(2, 6)))


def printed(form_id: str, seed: int, style: str, press: Press) -> Printed:
    form, chance = form_by_id(form_id), Random(seed)
    values = values_for(form, chance)
    for slot in walk(form, lambda part: COPIES.get(part.step, 1), lambda prefix: MEMBERS.get(prefix, 0)):
        is_told = slot.item.kind in (Kind.TEXT, Kind.LAW) and slot.item.fill_of is None
        if is_told and slot.part.role != "cover" and values.get(slot.address) and chance.random() < 0.6:
            values[slot.address] = narrative(chance)
    changes = [
        (
            f"令和{chance.randint(1, 6)}年{day}月{day}日",
            "Ⅱ　特定個人情報ファイルの概要\n③対象となる本人の範囲",
            narrative(chance),
            narrative(chance),
            chance.choice(["事前", "事後"]),
            chance.choice(["", "重要な変更に当たらないため。"]),
        )
        for day in range(1, 11)
    ]
    html = page(form, values, COPIES, MEMBERS, RECORDS, changes).replace("</style>", f"{style}</style>")
    data = press(html, display_header_footer=True, header_template="<i></i>", footer_template=PAGE_NUMBER)
    return Printed(form, values, changes, read_pdf(data, "mihon.pdf", "0" * 64))


@pytest.fixture(scope="session", params=[(form, *print_) for form in FORMS for print_ in PRINTS], ids=str)
def whole(request: pytest.FixtureRequest, press: Press) -> Printed:
    return printed(*request.param, press)


def test_every_item_of_a_printed_form_comes_back(whole: Printed) -> None:
    made, account, leftovers = whole.read()
    assert differences(made, whole.values) == {}  # type: ignore[arg-type]
    assert made.copies == {**COPIES, "changes": 1}
    assert {prefix: size for prefix, size in made.groups.items() if size} == MEMBERS
    assert leftovers == ()
    assert account.total == whole.extract.size
    # Rows of more than a page were printed and put together.
    assert any(block.is_row and block.last - block.first > 60 for block in whole.extract.blocks)


def test_change_rows_that_pages_split_come_back(whole: Printed) -> None:
    made, _, _ = whole.read()
    rows = [
        (row.date.written, row.before.text, row.after.text, row.timing, row.reason) for row in made.changes
    ]
    assert rows == [(date, *rest) for date, _, *rest in whole.changes]


def test_recorded_fields_come_back(whole: Printed) -> None:
    made, _, _ = whole.read()
    lists = {
        address.removesuffix("-a"): [(group.heading, list(group.fields)) for group in answer.value.groups]
        for address, answer in made.answers.items()
        if answer.item.kind is Kind.RECORDS
    }
    assert lists == FIELDS


def test_page_numbers_are_furniture_and_blocks_know_their_page(whole: Printed) -> None:
    extract = whole.extract
    pages = [block.page for block in extract.blocks]
    assert [one.text for one in extract.furniture] == [
        f"- {n} -" for n in range(1, len(extract.furniture) + 1)
    ]
    assert pages == sorted(pages)
    assert set(pages) <= set(range(1, len(extract.furniture) + 1))
    lines = [line for block in extract.blocks for line in block.lines]
    assert lines == sorted(set(lines))


# --- one table in other dress ---

LONG = "".join(f"見本市は、その{n}の事務を行うために必要な措置を講じている。" for n in range(1, 121))
SPLIT = [
    ("①事務の名称", "見本事務"),
    ("②事務の内容", LONG),
    ("③他の評価実施機関", "・見本県\n・見本健康保険組合"),
]


def rows_of(data: bytes) -> list[tuple[tuple[str, ...], ...]]:
    return [block.cells for block in read_pdf(data, "mihon.pdf", "").blocks if block.is_row]


def sheet(body: str, style: str = "") -> str:
    return (
        '<style>@page { size: A4; margin: 15mm } body { font: 9pt/1.4 "Noto Sans CJK JP" } '
        "table { border-collapse: collapse; width: 100% } td, th { border: 0.6pt solid; padding: 1mm 2mm } "
        f"td:first-child {{ width: 25% }} {style}</style>{body}"
    )


def table(rows: list[tuple[str, ...]], head: str = "") -> str:
    lines = (f"<td>{cell}</td>".replace("\n", "<br>") for row in rows for cell in (*row, ""))
    cells = "".join(line if line != "<td></td>" else "</tr><tr>" for line in lines).removesuffix("<tr>")
    return f"<table>{head}<tr>{cells}</table>"


CLOSED = "table { border-collapse: separate; border-spacing: 0 } td { -webkit-box-decoration-break: clone }"


@pytest.mark.parametrize(
    "style",
    [
        "",
        "td { border-style: dotted }",
        "td { border-style: dashed; border-color: #777 }",
        "td { border: 2.2pt double }",
        "table { border-collapse: separate; border-spacing: 0 }",
        CLOSED,
        "td { letter-spacing: 1.3pt }",
        "td { text-align: justify; vertical-align: top }",
        "td:first-child { text-align: center }",
        "td { vertical-align: bottom }",
        "body { font-size: 6pt }",
        "@page { size: A4 landscape }",
        "@page { size: A4 landscape; page-orientation: rotate-left }",
        "@page { page-orientation: rotate-right }",
        "@page { page-orientation: upside-down }",
    ],
)
def test_a_row_over_pages_is_one_row_whatever_the_rules_look_like(style: str, press: Press) -> None:
    rows = rows_of(press(sheet(table(SPLIT), style)))
    assert rows == [tuple(tuple(cell.split("\n")) for cell in row) for row in SPLIT]


@pytest.mark.parametrize("style", ["", CLOSED])
def test_heads_that_every_page_repeats_do_not_part_a_row(style: str, press: Press) -> None:
    changes = [
        ("令和5年4月1日", "Ⅱ2③", LONG, LONG[:1000], "事前", ""),
        ("令和5年4月2日", "Ⅱ2③", "旧", "新", "事後", ""),
    ]
    head = "<thead><tr>" + "".join(f"<th>{name}</th>" for name in COLUMNS) + "</tr></thead>"
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in changes)
    found = rows_of(press(sheet(f"<table>{head}{body}</table>", f"td:first-child {{ width: 10% }} {style}")))
    titles = tuple((name,) for name in COLUMNS)
    assert found.count(titles) > 1
    assert [row for row in found if row != titles] == [
        tuple((cell,) if cell else () for cell in row) for row in changes
    ]


def test_labels_over_several_rows_stand_in_the_first(press: Press) -> None:
    body = (
        '<table><tr><td rowspan="2">再<br>委<br>託<td>⑦再委託の有無<td>甲'
        "<tr><td>⑧許諾方法<td>乙<tr><td colspan=2 style='border-bottom: none'>③対象となる本人の範囲<td>丙"
        "<tr><td style='border-top: none'><td>その必要性<td>丁</table>"
    )
    assert rows_of(press(sheet(body, "td:first-child { width: 1em }"))) == [
        (("再委託",), ("⑦再委託の有無",), ("甲",)),
        ((), ("⑧許諾方法",), ("乙",)),
        (("③対象となる本人の範囲",), ("丙",)),
        ((), ("その必要性",), ("丁",)),
    ]


@pytest.mark.parametrize("style", ["writing-mode: vertical-rl", "writing-mode: sideways-lr"])
def test_headings_that_run_down_or_up_are_read(style: str, press: Press) -> None:
    body = f'<table><tr><td style="{style}; width: 2em">再委託<td>甲<br>乙<br>見本市</table>'
    assert rows_of(press(sheet(body))) == [(("再委託",), ("甲", "乙", "見本市"))]


@pytest.mark.parametrize("place", ["center", "start", "end"])
def test_a_choice_that_wraps_within_its_brackets_is_read_before_its_list(place: str, press: Press) -> None:
    body = (
        f'<table><tr><td>②しきい値判断結果<td><div style="display: flex; align-items: {place}; gap: 8mm">'
        '<span>[</span><span style="width: 20mm">見本項目評価の実施が義務付けられる</span><span>]</span>'
        "<span>＜選択肢＞<br>1) 見本項目評価<br>2) 見本でない評価<br>3) その他の評価</span></div></table>"
    )
    [(_, value)] = rows_of(press(sheet(body)))
    assert value[0] == "[見本項目評価の実施が義務付けられる]"


@pytest.mark.parametrize("place", ["center", "start", "end"])
@pytest.mark.parametrize("size", [20, 30, 60])
def test_words_that_wrap_within_their_parentheses_stay_with_their_box(
    place: str, size: int, press: Press
) -> None:
    inside = "見本県及び見本健康保険組合"
    other = (
        f'<div style="display: flex; align-items: {place}"><span style="width: 30mm">[ ○ ] その他</span>'
        f'<span>（</span><span style="width: {size}mm">{inside}</span><span>）</span></div>'
    )
    body = f"<table><tr><td>①入手元<td>[ ○ ] 見本市の他部署<br>[ ] 民間事業者{other}[ ] 見本の者</table>"
    [(_, value)] = rows_of(press(sheet(body)))
    assert ["".join(line.split()) for line in value] == [
        "[○]見本市の他部署",
        "[]民間事業者",
        f"[○]その他（{inside}）",
        "[]見本の者",
    ]


def test_radicals_are_kanji_and_printed_boxes_are_boxes(press: Press) -> None:
    body = "<table><tr><td>①⻑と⺠の⼯事<td>☑ 紙 ☐ 専用線</table>"
    assert rows_of(press(sheet(body))) == [(("①長と民の工事",), ("[○]紙[ ]専用線",))]


def test_what_is_drawn_within_a_cell_is_read_line_by_line(press: Press) -> None:
    box = '<div style="border: 0.6pt solid; width: 30mm; margin: 4mm">{}</div>'
    body = f"<table><tr><td>②事務の内容<td>{box.format('見本市')}{box.format('見本県')}</table>"
    assert rows_of(press(sheet(body))) == [(("②事務の内容",), ("見本市", "見本県"))]


def test_running_heads_and_watermarks_are_no_part_of_the_text(press: Press) -> None:
    stamp = (
        '<div style="position: fixed; top: 90mm; left: 60mm; transform: rotate(-40deg); color: #999">案</div>'
    )
    extract = read_pdf(
        press(
            sheet(stamp + table(SPLIT)),
            display_header_footer=True,
            header_template='<div style="font-size: 8px; margin-left: 60px">見本市 様式集</div>',
            footer_template='<div style="font-size: 8px"><i class="pageNumber"></i>/<i class="totalPages"></i></div>',
        ),
        "mihon.pdf",
        "",
    )
    pages = extract.blocks[-1].page
    assert pages is not None
    assert pages > 2
    told = sorted(one.text for one in extract.furniture)
    assert told == sorted([*(f"{n}/{pages}" for n in range(1, pages + 1)), *["案", "見本市様式集"] * pages])
    assert all("様式集" not in block.text and "案" not in block.text for block in extract.blocks)


# --- scans ---


def picture() -> str:
    """An image over a whole page, as a data address: nothing but grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\x80\x90\xa0\xb0" * 4)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    address = b64encode(png).decode("ascii")
    return (
        f'<img src="data:image/png;base64,{address}" style="width: 170mm; height: 240mm; break-before: page">'
    )


def test_a_scan_is_refused(press: Press) -> None:
    with pytest.raises(PiaSiteError) as refused:
        read_pdf(press(sheet(picture() * 2)), "mihon.pdf", "")
    assert [one.code for one in refused.value.problems] == ["I022"]


def test_pages_that_are_pictures_are_named(press: Press) -> None:
    extract = read_pdf(
        press(sheet(table(SPLIT[:1]) + "<p>見本の文</p>" * 9 + picture() * 2)), "mihon.pdf", ""
    )
    assert [(one.code, one.message.split(" ")[0]) for one in extract.problems] == [("I023", "2、3")]
    assert extract.blocks[0].cells == (("①事務の名称",), ("見本事務",))

"""The body's own annexes: headings, entries from tables and from scrambled pages, and those that are missing."""

from __future__ import annotations

import pytest
from printed_form import item_of
from scrambled import filled, unbalanced

from pia_site.documents.answers import Answer, Slot, State, Text
from pia_site.documents.edition import Annex
from pia_site.forms import Form
from pia_site.sources.extract import Block, Shape
from pia_site.sources.filling.annexes import (
    OwnAnnexes,
    missing_annex_problems,
    missing_annexes,
    own_annex_heading,
)
from pia_site.sources.filling.gathered import Ledger
from pia_site.sources.readers.raw_text import read_raw_text


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("別紙1 提供先の一覧", ("別紙1", "提供先の一覧")),
        ("（別紙 １）　見本の一覧 ※", ("別紙１", "見本の一覧")),
        ("【別紙1－2】見本の一覧", ("別紙1－2", "見本の一覧")),
        ("別添３  見本の一覧", ("別添３", "見本の一覧")),
        ("別紙", ("別紙", "")),
        ("(別紙2)", ("別紙2", "")),
        ("別紙一：見本の一覧", ("別紙一", "見本の一覧")),
        ("別紙1を参照", None),
        ("別紙1 のとおり", None),
        ("別添３「見本の一覧」参照", None),
        ("別紙様式第1号", None),
        ("（別紙1 見本の一覧", None),
        ("見本の別紙1", None),
    ],
)
def test_headings(line: str, heading: tuple[str, str] | None) -> None:
    assert own_annex_heading(line) == heading


# --- sources whose tables survived ---


def row(line: int, *cells: str) -> Block:
    return Block(line, line, Shape.ROW, tuple((cell,) if cell else () for cell in cells))


def heading(line: int, text: str) -> Block:
    return Block(line, line, Shape.HEADING, ((text,),))


def collected(*blocks: Block) -> tuple[tuple[Annex, ...], Ledger, list[bool]]:
    ledger = Ledger()
    annexes = OwnAnnexes(ledger)
    taken = [annexes.add(block) for block in blocks]
    return annexes.finish(), ledger, taken


def test_rows_become_entries() -> None:
    annexes, ledger, taken = collected(
        row(1, "", "別紙1"),  # an answer that refers to it
        heading(2, "（別紙1） 提供先の一覧 ※"),
        row(3, "番号", "提供先", "用途"),
        row(4, "1", "見本県知事", "甲の事務"),
        row(5, "2", "例示市長", "乙の事務"),
        row(6, "", "", "丙の事務"),
        row(7, "番号", "提供先", "用途"),
        row(8, "3", "見本組合", "丁の事務"),
        heading(9, "別紙2 用語"),
        Block(10, 10, Shape.LINE, (("見本とは例のことである。",),)),
    )
    assert taken == [False, *[True] * 9]
    assert annexes == (
        Annex(
            "annex1",
            "別紙1",
            "提供先の一覧",
            None,
            ("1　見本県知事　甲の事務", "2　例示市長　乙の事務　丙の事務", "3　見本組合　丁の事務"),
        ),
        Annex("annex2", "別紙2", "用語", None, ("見本とは例のことである。",)),
    )
    assert ledger.repeated_words == [(7, "番号 提供先 用途")]
    assert [(line, words.strip("（） ")) for line, words in ledger.form_words if words] == [
        (2, "※"),
        (3, "番号 提供先 用途"),
    ]


def test_a_heading_of_the_form_ends_an_annex() -> None:
    annexes = OwnAnnexes(Ledger())
    assert annexes.add(heading(1, "別紙1 見本の一覧"))
    annexes.close()
    assert not annexes.add(row(2, "甲", "乙"))
    assert annexes.add(heading(3, "別紙2 例示の一覧"))


def test_the_heading_of_every_page_is_one() -> None:
    annexes, ledger, _ = collected(
        heading(1, "別紙１ 見本の一覧"),
        row(2, "甲", "乙"),
        heading(3, "別紙1 見本の一覧"),
        row(4, "丙", "丁"),
    )
    assert [annex.entries for annex in annexes] == [("甲　乙", "丙　丁")]
    assert ledger.repeated_words == [(3, "別紙1 見本の一覧")]


# --- scrambled pages ---

LIST = """\
別添３  見本の提供先一覧
別表
番号

名称 事務 情報

1 見本県知事
見本の法律による見本の給付の支給に関する事務
であって省令で定めるもの

見本の給付の支給に関する情報であって定めるもの

5
例示地方公務員見本

組合

例示の法律による見本の保険の給付に関する事務

例示の保険の給付に関する情報であって定めるもの

9 見本市長

見本の条例による見本の医療費の助成に関する事務

見本の医療費の助成に関する情報で定めるもの

例示の賦課に関する情報であって省令で定めるもの



別表
番号

名称 事務 情報

例示の徴収に関する情報であって省令で定めるもの

20 見本村長
見本の福祉の措置に関する見本の事務であるもの

見本の福祉の措置に関する情報であって定めるもの

12 例示町長 例示の賦課徴収に関する見本の事務であるもの
"""


def of_pages(text: str) -> tuple[Annex, ...]:
    annexes = OwnAnnexes(Ledger())
    for page in read_raw_text(text, "mihon.txt", "0" * 64).pages:
        annexes.add_page(page.chunks)
    return annexes.finish()


def test_a_numbered_list_over_a_page_break() -> None:
    """12 is the row that the break divides: its number is printed last, its words around the break."""
    (annex,) = of_pages(LIST)
    assert (annex.name, annex.title) == ("別添３", "見本の提供先一覧")
    assert annex.entries == (
        "1　見本県知事　見本の法律による見本の給付の支給に関する事務であって省令で定めるもの　見本の給付の支給に関する情報であって定めるもの",
        "5　例示地方公務員見本組合　例示の法律による見本の保険の給付に関する事務　例示の保険の給付に関する情報であって定めるもの",
        "9　見本市長　見本の条例による見本の医療費の助成に関する事務　見本の医療費の助成に関する情報で定めるもの",
        "12　例示町長　例示の賦課徴収に関する見本の事務であるもの　例示の賦課に関する情報であって省令で定めるもの"
        "　例示の徴収に関する情報であって省令で定めるもの",
        "20　見本村長　見本の福祉の措置に関する見本の事務であるもの　見本の福祉の措置に関する情報であって定めるもの",
    )


def test_what_runs_on_over_a_page_break_belongs_to_the_last_row() -> None:
    rows = "\n\n".join(f"{n} 名{n}\n見本の事務の一つであってその{n}" for n in (1, 2, 3))
    (annex,) = of_pages(
        f"別紙1 一覧\n\n{rows}\n\n\n\n続きの文である。\n\n4 名4\n見本の事務の一つであってその4"
    )
    assert annex.entries[2] == "3　名3　見本の事務の一つであってその3　続きの文である。"
    assert len(annex.entries) == 4


def test_a_figure_with_remarks() -> None:
    page = "見本の流れ\n\n（別添４） 見本の図 ※\n\n市\n町\n村\n\n・・・\n\n(備考)\n1．見本の事務を\n行う。\n・例示の事務を行う。\n\n12"
    (annex,) = of_pages(page)
    assert (annex.name, annex.title) == ("別添４", "見本の図")
    assert annex.entries == (
        "見本の流れ",
        "市町村",
        "(備考)",
        "1．見本の事務を行う。",
        "・例示の事務を行う。",
    )


def test_every_word_of_an_annex_is_claimed_once(priority: Form) -> None:
    changes = "（別添２）変更箇所\n\n令和5年4月1日 Ⅰ２見本 旧 新 事後"
    assert unbalanced(priority, f"{changes}\n\n\n\n{LIST}") == {}


def test_an_annex_of_a_document_without_changes(priority: Form) -> None:
    pages = (
        "Ⅰ 基本情報\n\n①事務の名称 見本事務",
        "別紙1 見本の一覧\n\n甲",
        "乙",
        "Ⅱ 特定個人情報ファイルの概要",
        "１．特定個人情報ファイル名\n見本ファイル",
    )
    found = filled(priority, *pages)
    assert [(one.name, one.entries) for one in found.annexes] == [("別紙1", ("甲", "乙"))]
    assert found.gathered["ii1-1-a"].lines == ("見本ファイル",)


# --- annexes that are referred to and not there ---


def answers(form: Form, **texts: str) -> dict[str, Answer]:
    part = form.parts_by_step["i"]
    item = item_of(form, "i-1-2")
    slots = {address: Slot(address, item, part, part.sections[0]) for address in texts}
    return {address: Answer(slots[address], State.PRESENT, Text(text)) for address, text in texts.items()}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("別紙1を参照", ["別紙1"]),
        ("別紙1～3のとおり", ["別紙1", "別紙2", "別紙3"]),
        ("別紙１及び別紙２のとおり", ["別紙1", "別紙2"]),
        ("別紙第三による", ["別紙3"]),
        ("別添2を参照。", []),  # the form's own
        ("(別紙4参照)", []),  # there
        ("別紙のとおり", []),  # one is there
        ("別紙様式による", []),
        ("別添のとおり", ["別添"]),
    ],
)
def test_missing_annexes(priority: Form, text: str, names: list[str]) -> None:
    there = (Annex("annex1", "別紙４", "見本", None, ()),)
    found = missing_annexes(answers(priority, a=text), there, priority)
    assert [one.name for one in found] == names


def test_a_missing_annex_is_a_problem_that_names_its_places(priority: Form) -> None:
    texts = answers(priority, a="別紙1参照", b="別紙１のとおり", c="別紙2参照")
    first, second = missing_annex_problems(texts, (), priority)
    assert (first.code, first.location.address) == ("I015", "a")
    assert "「別紙1」" in first.message
    assert "a、b" in first.message
    assert "「別紙2」" in second.message

"""Text out of a PDF without its tables: what stands beside its label is read, all else is open or left over."""

from __future__ import annotations

from scrambled import filled, options, read

from pia_site.documents.answers import Checks, Choice, Names, State
from pia_site.documents.edition import Annex
from pia_site.forms import Form
from pia_site.sources.readers.raw_text import read_raw_text


def test_pages_and_chunks() -> None:
    raw = read_raw_text("甲\n乙\n\n丙\n\n\n\n 丁\n 令和5年4月1日 戊", "mihon.txt", "0" * 64)
    assert [[[line.text for line in chunk] for chunk in page.chunks] for page in raw.pages] == [
        [["甲", "乙"], ["丙"]],
        [["丁"]],
        [["令和5年4月1日 戊"]],
    ]
    assert [block.first for block in raw.extract.blocks] == [1, 2, 4, 8, 9]


BASICS = """\
Ⅰ 基本情報

1．特定個人情報ファイルを取り扱う事務

①事務の名称 見本事務

②事務の内容 ※

見本市は見本の法律に基づき、見本の事務を行う。見本の事務は次のとおりである。
・甲の事務
・乙の事務

③対象人数
"""


def test_an_orderly_page(priority: Form) -> None:
    sizes = options(priority, "i-1-3")
    listed = "\n".join(f"{n}) {option}" for n, option in enumerate(sizes, start=1))
    made, left = read(priority, f"{BASICS}\n[ {sizes[1]} ]\n\n＜選択肢＞\n{listed}")
    assert made.answers["i-1-1"].value == Names(("見本事務",))
    assert made.answers["i-1-2"].as_text().endswith("・甲の事務\n・乙の事務")
    assert not made.origins["i-1-2"].sure
    assert made.answers["i-1-3"].value == Choice(sizes[1])
    assert left == []


def test_two_values_for_one_choice_are_undecided(priority: Form) -> None:
    one, other, *_ = options(priority, "i-1-3")
    made, left = read(priority, f"{BASICS}\n{one}\n\n{other}")
    assert made.answers["i-1-3"].state is State.LOST
    assert left == [one, other]


SYSTEMS = """\
Ⅰ 基本情報

2．特定個人情報ファイルを取り扱う事務において使用するシステム

システム1

①システムの名称 見本システム

③他のシステムとの接続
"""


def boxes(form: Form, lines: list[str]) -> tuple[dict[str, bool | None], list[str]]:
    made, left = read(form, SYSTEMS + "\n" + "\n\n".join(lines))
    value = made.answers["i-2-s1-3"].value
    assert isinstance(value, Checks)
    return dict(value.marks), left


def test_boxes_that_stand_with_their_words(priority: Form) -> None:
    first, second, third, *others, last = options(priority, "i-2-s1-3")
    lines = [
        f"[ ○ ] {first} [ ] {second}",
        f"[ ] {third}",
        *(f"[ ] {one}" for one in others),
        f"[ ○ ] {last} （ 見本 ）",
    ]
    marks, left = boxes(priority, lines)
    assert [option for option, mark in marks.items() if mark] == [first, last]
    assert None not in marks.values()
    assert left == []


def test_a_stray_ring_leaves_the_open_boxes_undecided(priority: Form) -> None:
    first, second, *others = options(priority, "i-2-s1-3")
    lines = [f"[ ○ ] {first}", f"] {second}", *(f"[ ] {one}" for one in others)]
    marks, _ = boxes(priority, lines)
    assert marks[second] is False  # every ○ of the page stands in a box
    marks, _ = boxes(priority, [*lines, "○"])
    assert marks[second] is None
    assert marks[first] is True


def test_parentheses_that_two_rows_may_own_are_left_over(priority: Form) -> None:
    *_, last = options(priority, "i-2-s1-3")
    page = (
        SYSTEMS
        + f"\n[ ○ ] {last} （ 見本の接続先 ）\n\nシステム2\n\n①システムの名称 例示システム\n\n③他のシステムとの接続\n\n[ ] {last} （ ）"
    )
    made, left = read(priority, page)
    assert "見本の接続先" in "".join(left)
    for system in ("i-2-s1-3", "i-2-s2-3"):
        value = made.answers[system].value
        assert isinstance(value, Checks)
        assert dict(value.marks)[last] is None
    assert made.answers["i-2-s2-1"].value == Names(("例示システム",))


def test_what_follows_a_heading_is_not_lost(priority: Form) -> None:
    _, left = read(
        priority,
        "Ⅰ 基本情報\n\n2．特定個人情報ファイルを取り扱う事務において使用するシステム\n見本の迷い文。",
    )
    assert left == ["見本の迷い文。"]


HEAD = "(別添2) 変更箇所\n\n変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明\n"


def test_change_rows(priority: Form) -> None:
    first = f"{HEAD}\n平成30年4月1日 Ⅰ２見本 旧 新\n\n事後\n\n令和元年5月1日\n\nⅡ３見本\n\n追加\n見本の記載\n\n事前"
    made, left = read(priority, first)
    rows = [(row.address, row.item, row.before.text, row.after.text, row.timing) for row in made.changes]
    assert rows == [
        ("changes-20180401-1", "Ⅰ２見本", "旧", "新", "事後"),
        ("changes-20190501-1", "Ⅱ３見本", "追加", "見本の記載", "事前"),
    ]
    assert left == []


def test_change_rows_of_a_layer_that_runs_upwards(priority: Form) -> None:
    page = f"{HEAD}\n令和元年5月1日 Ⅱ３見本 甲 乙\n\n事前\n\n平成30年4月1日 Ⅰ２見本 旧 新\n\n事後"
    made, _ = read(priority, page)
    assert [row.address for row in made.changes] == ["changes-20180401-1", "changes-20190501-1"]


def test_sides_that_cannot_be_told_apart_are_open(priority: Form) -> None:
    page = f"{HEAD}\n平成30年4月1日\n\nⅠ２見本\n\n一 二 三 四 五\n\n事後"
    made, _ = read(priority, page)
    (row,) = made.changes
    assert (row.before.text, row.after.text) == (None, None)
    assert not made.origins[row.address].sure


def test_records_and_own_annexes(priority: Form) -> None:
    records = "(別添1) 特定個人情報ファイル記録項目\n\n1.宛名番号、2.氏名、3.住\n所、4.電話番号"
    made, _ = read(priority, records, HEAD, "(別添3) 見本の一覧\n\n甲 乙")
    assert made.answers["records1-a"].as_text().replace("\n", "、") == "宛名番号、氏名、住所、電話番号"
    assert filled(priority, records, HEAD, "(別添3) 見本の一覧\n\n甲 乙").annexes == (
        Annex("annex1", "別添3", "見本の一覧", None, ("甲 乙",)),
    )

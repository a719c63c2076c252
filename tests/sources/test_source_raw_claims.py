"""Every word of a scrambled page is claimed once: the form's, placed, repeated, left over, or given to an item."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrambled import PAGE, filled, options, unbalanced
from test_source_damage import printed

from pia_site.forms import Form, form_by_id

FORM = form_by_id("priority-2018-05")


def pages() -> tuple[str, ...]:
    """Labels, values, brackets and lists of an invented document, torn apart as a text layer tears them."""
    sizes, means, kinds = (options(FORM, a) for a in ("i-1-3", "ii1-5-t1-6", "ii1-2-1"))
    bands = options(FORM, "ii1-5-t1-4")
    listed = "\n".join(f"{n}） {option}" for n, option in enumerate(sizes, start=1))
    boxes = [f"] {option}" for option in means[1:]]
    return (
        "Ⅰ 基本情報\n１．特定個人情報ファイルを取り扱う事務\n\n①事務の名称 見本事務\n\n③対象人数\n\n"
        f"[ {sizes[1]}\n\n＜選択肢＞\n{listed}\n\n②事務の内容 ※\n\n見本の事務を行う。\n・甲の事務を行う。\n・乙の事務を行う。",
        "２．特定個人情報ファイルを取り扱う事務において使用するシステム\n\nシステム1\n\n①システムの名称\n"
        "見本システムと\n例示システム\n\n○\n\n③他のシステムとの接続\n\n[ ○ ] 宛名システム等 [\n\n（ 甲システム\n\n12",
        f"Ⅱ 特定個人情報ファイルの概要\n２．基本情報\n\n①ファイルの種類 ※ [ {kinds[0]} ]\n\n"
        "②対象となる本人の数\n\n５．特定個人情報の提供・移転（委託に伴うものを除く。） [\n\n移転先1 見本部 見本課\n\n"
        f"④移転する情報の対象となる\n本人の数\n\n[ {bands[0]} ] 2） {bands[1]}\n\n⑥移転方法\n\n[ ○ [\n\n"
        + "\n\n".join(["] 庁内連携システム", *boxes])
        + "\n\n独自の書き込み\n\n[ ○ ] 見本だけの欄",
        "（別添１） 特定個人情報ファイル記録項目\n\n1.宛名番号、2.氏名、3.住\n所、4.電話番号\n\n※見本の注記",
        "（別添２）変更箇所\n\n変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明\n"
        "令和5年4月1日 Ⅰ１②事務の内容 追加 見本の記載 事後\n\n令和4年4月1日\n\nⅡ３見本\n\n一 二 三 四 五\n\n事前\n\n51",
        "別添３ 見本の一覧\n番号\n\n名称 内容\n\n1 甲\n甲の内容\n\n2 乙\n乙の内容\n\n3 丙\n丙の内容",
    )


def test_an_invented_document() -> None:
    assert unbalanced(FORM, PAGE.join(pages())) == {}


def test_what_is_left_of_it() -> None:
    left = [(one.text, one.reason) for one in filled(FORM, *pages()).ledger.leftovers]
    reasons = {reason for _, reason in left}
    assert ("独自の書き込み", None) in left
    assert ("見本だけの欄", None) in left
    assert ("一 二 三 四 五", "変更前と変更後の境が分かりません") in left
    assert "どの欄の○か分かりません" in reasons


@pytest.mark.parametrize("form_id", ["priority-2018-05", "full-2018-05"])
@settings(max_examples=40)
@given(seed=st.integers(0, 10**6))
def test_lines_in_any_order(form_id: str, seed: int) -> None:
    form: Form = form_by_id(form_id)
    chance = Random(seed)
    lines = PAGE.join(pages()).split("\n")
    for _ in range(chance.randint(0, 40)):
        begin = chance.randrange(len(lines))
        moved = lines[begin : begin + chance.randint(1, 6)]
        if chance.random() < 0.8:
            del lines[begin : begin + len(moved)]
        to = chance.randint(0, len(lines))
        lines[to:to] = moved
    text = "\n".join(lines)
    for _ in range(chance.randint(0, 20)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice("[]○（）※ 　①1)Ⅰ、\n") + text[at + chance.randint(0, 2) :]
    assert unbalanced(form, text) == {}


@pytest.mark.parametrize("form_id", ["priority-2018-05", "full-2018-05"])
@settings(max_examples=25)
@given(seed=st.integers(0, 10**6))
def test_lost_lines_of_a_printed_form(form_id: str, seed: int) -> None:
    chance = Random(seed)
    share = chance.random()
    text = "\n".join(line for line in printed(form_id) if chance.random() < share)
    assert unbalanced(form_by_id(form_id), text) == {}

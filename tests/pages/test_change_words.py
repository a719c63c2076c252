"""A change row in plain words: the form's own label, else the body's words, never a guess."""

import pytest

from pia_site.documents.answers import Date
from pia_site.documents.edition import ChangeText, DeclaredChange
from pia_site.forms import Form, find_form
from pia_site.pages.views.change_words import change_words, item_words


@pytest.fixture(scope="module")
def form() -> Form:
    found = find_form("重点項目評価書", None)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("Ⅱ 特定個人情報ファイルの概要 6. 特定個人情報の保管・消去 保管場所", "保管場所"),
        ("Ⅱ４．委託 委託事項1 ③委託先名", "委託先名"),
        ("Ⅱ4 委託事項１　③ 委託先名※", "委託先名"),
        ("「Ⅰ基本情報」「２特定個人情報ファイルを取り扱う事務において使用するシステム」「①システムの名称」", "システムの名称"),
        ("｢Ⅱ特定個人情報ファイルの概要｣｢４．委託｣｢委託の有無※｣", "委託の有無"),
        # a label that several items bear is said with what stands before it
        ("V 評価実施手続 1. 基礎項目評価 ①実施日", "基礎項目評価（実施日）"),
        ("Ⅲ7 リスク1 その他の措置の内容", "その他の措置の内容"),
        ("Ⅲ7② 過去3年以内に、評価実施機 関において、個人情報に関す る重大事故が発生したか",
         "「過去3年以内に、評価実施機関において、個人情報に関する重大事故が発生したか」"),
        # the body's own words behind the last number
        ("I 6 ②所属長", "所属長"),
        ("Ⅲ-(1)-2 リスク1 必要な情報以外", "必要な情報以外"),
        # a whole member of a group, and two of them
        ("Ⅱ４委託事項２", "委託事項2"),
        ("Ⅱ４委託事項３及び委託事項４", "「Ⅱ４委託事項３及び委託事項４」"),
        # no words at all, and words that break off
        ("Ⅲ７②", "「Ⅲ７②」"),
        ("Ⅱ-1-(1)-5-移転先2-④", "「Ⅱ-1-(1)-5-移転先2-④」"),
        ("「Ⅱ特定個人情報ファイルの概要」「６特定個人情報の保", "「『Ⅱ特定個人情報ファイルの概要』『６特定個人情報の保」"),
        ("", "項目の書かれていない欄"),
        # a label is never found inside a word
        ("Ⅲ4 委託元からの提供方法の見直し方", "委託元からの提供方法の見直し方"),
    ],
)  # fmt: skip
def test_item_words(form: Form, item: str, words: str) -> None:
    assert item_words(form, item) == words


@pytest.mark.parametrize(
    ("before", "after", "verb"),
    [
        ("甲", "乙", "変更"),
        ("", "乙", "追加"),
        ("（記載なし）", "乙", "追加"),
        ("―", "乙", "追加"),
        ("甲", "", "削除"),
        ("甲", "（削除）", "削除"),
        ("", "", "変更"),
        (None, "乙", "変更"),  # withheld: what stood there is not known to be nothing
        (None, "", "削除"),
    ],
)
def test_what_happened(form: Form, before: str | None, after: str | None, verb: str) -> None:
    row = DeclaredChange(
        address="changes-20240524-1",
        date=Date("令和6年5月24日", None),
        item="Ⅱ6 保管場所",
        before=ChangeText(before),
        after=ChangeText(after),
        timing="事前",
        reason="",
    )
    assert change_words(form, row) == f"保管場所の記載を{verb}"

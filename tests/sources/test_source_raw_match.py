"""Words without a place on scrambled pages: given where one answer is possible, and left over otherwise."""

from __future__ import annotations

from scrambled import options, read

from pia_site.documents.answers import Answer, Checks, Count, State
from pia_site.forms import Form
from pia_site.sources.filling.assemble import Assembled

HEAD = "(別添2) 変更箇所\n\n変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明\n"
ONE = "見本市は、甲の台帳により見本の届出を一件ずつ確かめ、確かめた結果を記録に残している。"
OTHER = "例示の端末は施錠した部屋に置き、部屋の鍵は見本の係が預かり、貸し借りを帳面に書いている。"
THIRD = "点検の日は年に二度とし、点検した者と見つかった不備を書いた紙を、見本の棚に三年の間しまっている。"


def text_of(made: Assembled, address: str) -> str:
    return made.answers[address].as_text()


def marks(answer: Answer) -> dict[str, bool | None]:
    assert isinstance(answer.value, Checks)
    return dict(answer.value.marks)


def risks(*chunks: str) -> str:
    return "\n\n".join(("Ⅲ リスク対策", "３．特定個人情報の使用", *chunks))


FIRST = "リスク１： 目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク"
METHOD = "リスクに対する措置の内容"


def test_prose_below_the_heading_of_a_risk_is_its_own(priority: Form) -> None:
    second = "２．特定個人情報の入手 （情報提供ネットワークシステムを通じた入手を除く。）"
    page = risks(second, METHOD, METHOD, "リスク： 目的外の入手が行われるリスク", ONE, "○", FIRST, OTHER)
    made, _ = read(priority, page)
    assert text_of(made, "iii1-2-r0-a") == ONE
    assert text_of(made, "iii1-3-r1-a") == OTHER
    assert not made.origins["iii1-2-r0-a"].sure


FILES = "Ⅱ 特定個人情報ファイルの概要"
USE = "３．特定個人情報の入手・使用"


def test_prose_beside_the_wrong_label_is_not_given(priority: Form) -> None:
    """Both labels stand above both texts: what follows the second label is the first one's."""
    page = "\n\n".join((FILES, USE, "③使用目的 ※", "使用部署 見本課", "⑤使用方法", ONE, "⑥使用開始日", OTHER))
    made, left = read(priority, page)
    assert made.answers["ii1-3-3"].state is made.answers["ii1-3-5"].state is State.LOST
    assert left == [ONE, OTHER]


def test_a_declared_change_says_whose_words_they_are(priority: Form) -> None:
    page = "\n\n".join((FILES, USE, "③使用目的 ※", "使用部署 見本課", "⑤使用方法", ONE, "⑥使用開始日", OTHER))
    changes = f"{HEAD}\n令和5年4月1日 Ⅱ３⑤使用方法 追加\n{OTHER}\n\n事後"
    made, left = read(priority, page, changes)
    assert text_of(made, "ii1-3-5") == OTHER
    assert text_of(made, "ii1-3-3") == ONE  # one place and one stretch are left
    assert left == []


def test_a_change_of_another_section_says_nothing(priority: Form) -> None:
    page = "\n\n".join((FILES, USE, "③使用目的 ※", "使用部署 見本課", "⑤使用方法", ONE, "⑥使用開始日", OTHER))
    changes = f"{HEAD}\n令和5年4月1日 Ⅱ４⑤使用方法 追加\n{OTHER}\n\n事後"
    made, _ = read(priority, page, changes)
    assert made.answers["ii1-3-5"].state is State.LOST


def test_a_cell_that_a_page_break_divides(priority: Form) -> None:
    """Its label stands on the second page, its last line before the break is printed again after it."""
    first = risks(FIRST, METHOD, ONE, "○", OTHER, "＜見本の端末に対する措置の一覧＞")
    second = "\n\n".join(
        (
            "○",
            f"＜見本の端末に対する措置の一覧＞\n{THIRD}",
            "３．特定個人情報の使用",
            "リスク２： 権限のない者（元職員、アクセス権限のない職員等）によって不正に使用されるリスク",
            "その他の措置の内容",
        )
    )
    said = f"{OTHER}\n＜見本の端末に対する措置の一覧＞\n{THIRD}"
    changes = f"{HEAD}\n令和5年4月1日 「Ⅲリスク対策」「３特定個人情報の使用」「その他の措置の内容」 追加\n{said}\n\n事後"
    made, _ = read(priority, first, second, changes)
    assert text_of(made, "iii1-3-r2-y").replace("\n", "") == said.replace("\n", "")
    assert text_of(made, "iii1-3-r1-a") == ONE


def entrusted(name: str, *loose: str) -> str:
    heading = "４．特定個人情報ファイルの取扱いの委託"
    return "\n\n".join((FILES, heading, f"委託事項1 {name}", *loose))


def test_words_of_the_other_copy_in_several_stretches(priority: Form) -> None:
    orderly = entrusted("見本の委託", f"①委託内容\n{ONE}\n{OTHER}", "③委託先名 株式会社見本")
    torn = entrusted("見本の委託", "③委託先名", "①委託内容", "見本の迷い文", ONE, OTHER)
    made, left = read(priority, orderly, torn)
    assert text_of(made, "ii2-4-c1-1").replace("\n", "") == ONE + OTHER
    assert made.answers["ii2-4-c1-3"].as_text() == "見本の迷い文"
    assert not made.origins["ii2-4-c1-3"].sure
    assert left == []


def test_what_a_choice_denies_takes_no_prose(priority: Form) -> None:
    """発生なし: neither its content nor how it is kept from happening again is to be told."""
    page = "\n\n".join(
        (
            "Ⅲ リスク対策",
            "７．特定個人情報の保管・消去",
            "②過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか",
            "[ 発生なし ]",
            "その内容",
            "再発防止策の内容",
            "その他の措置の内容",
            "○",
            THIRD,
        )
    )
    made, _ = read(priority, page)
    assert text_of(made, "iii1-7-r0-y") == THIRD
    assert made.answers["iii1-7-r0-2a"].state is State.BLANK
    assert made.answers["iii1-7-r0-2b"].state is State.BLANK


# --- rows of boxes ---


def transfers(form: Form, name: str, rows: list[str], more: str = "") -> str:
    heading = "５．特定個人情報の提供・移転（委託に伴うものを除く。）"
    return "\n\n".join((FILES, heading, f"移転先1 {name}", "⑥移転方法", *rows, *([more] if more else [])))


def orderly_rows(form: Form, ticked: str) -> list[str]:
    means = options(form, "ii1-5-t1-6")
    fills = {means[-1]: " （ ）"}
    return [f"[ {'○' if one == ticked else ''} ] {one}{fills.get(one, '')}" for one in means]


def torn_rows(form: Form, rings: int = 1) -> list[str]:
    means = options(form, "ii1-5-t1-6")
    return [*["[ ○ ["] * rings, *(f"] {one}" for one in means), "）"]


def test_the_other_copy_decides_as_many_boxes_as_there_are_rings(priority: Form) -> None:
    means = options(priority, "ii1-5-t1-6")
    second = means[1]
    orderly = transfers(priority, "見本課", orderly_rows(priority, second))
    made, left = read(priority, orderly, transfers(priority, "見本課", torn_rows(priority)))
    assert marks(made.answers["ii2-5-t1-6"]) == {one: one == second for one in means}
    assert made.origins["ii1-5-t1-6"].sure
    assert not made.origins["ii2-5-t1-6"].sure
    assert made.answers["ii2-5-t1-6-o7"].state is State.BLANK
    assert left == []


def test_another_member_or_another_count_decides_nothing(priority: Form) -> None:
    second = options(priority, "ii1-5-t1-6")[1]
    orderly = transfers(priority, "見本課", orderly_rows(priority, second))
    for torn in (
        transfers(priority, "例示課", torn_rows(priority)),
        transfers(priority, "見本課", torn_rows(priority, rings=2)),
    ):
        made, left = read(priority, orderly, torn)
        assert None in marks(made.answers["ii2-5-t1-6"]).values()
        assert "○" in "".join(left)


def test_a_box_that_the_page_decides_otherwise_decides_nothing(priority: Form) -> None:
    first, second, *others = options(priority, "ii1-5-t1-6")
    orderly = transfers(priority, "見本課", orderly_rows(priority, second))
    torn = transfers(
        priority, "見本課", [f"[ ○ ] {first}", "○", f"] {second}", *(f"] {one}" for one in others)]
    )
    made, _ = read(priority, orderly, torn)
    assert marks(made.answers["ii2-5-t1-6"])[first] is True
    assert marks(made.answers["ii2-5-t1-6"])[second] is None


def test_a_ring_after_a_label_is_in_the_next_box(priority: Form) -> None:
    first, second, third, *others = options(priority, "ii1-5-t1-6")
    rest = [f"[ ] {third}", *(f"] {one}" for one in others), "○"]
    for line, ticked in (
        (f"[ ] {first} ○", True),
        (f"[ ] {first} [ ○", True),
        (f"] {first} [ ○[", True),
        (f"[ ] {first}[ ○ [", None),  # the layer went back to the left
        (f"[ [] {first} [ ○", None),  # of three boxes, the third may be meant
    ):
        made, _ = read(priority, transfers(priority, "見本課", [line, f"] {second}", *rest]))
        assert marks(made.answers["ii1-5-t1-6"])[second] is ticked, line


def sources_page(form: Form, *lines: str) -> str:
    return "\n\n".join((FILES, USE, "①入手元 ※", "②入手方法", *lines))


def test_an_option_of_two_rows_belongs_to_the_row_around_it(priority: Form) -> None:
    origins, means = options(priority, "ii1-3-1"), options(priority, "ii1-3-2")
    lines = [f"[ ] {one} （ ）" for one in origins[:-2]]
    lines += [f"[ ○ ] {origins[-1]} （ 見本の団体 ）", f"[ ] {origins[-2]} （ ）"]
    lines += [f"[ ] {one}" for one in means[:-1]] + [f"[ ○ ] {means[-1]} （ 例示のシステム ）"]
    made, left = read(priority, sources_page(priority, *lines))
    assert text_of(made, "ii1-3-1-o6") == "見本の団体"
    assert text_of(made, "ii1-3-2-o8") == "例示のシステム"
    assert left == []


def test_parentheses_torn_from_the_only_box_that_misses_them(priority: Form) -> None:
    origins, means = options(priority, "ii1-3-1"), options(priority, "ii1-3-2")
    lines = ["（ 見本課、例示課 ）", f"[ ○ ] {origins[1]}", f"[ ] {origins[0]}"]
    lines += [f"[ ] {one} （ ）" for one in origins[2:]]
    lines += [f"[ ] {one}" for one in means[:-1]] + [f"[ ○ ] {means[-1]} （", "見本のシステム ）"]
    made, left = read(priority, sources_page(priority, *lines))
    assert text_of(made, "ii1-3-1-o2") == "見本課、例示課"
    assert text_of(made, "ii1-3-2-o8") == "見本のシステム"
    assert left == []


def test_a_count_torn_from_its_box(priority: Form) -> None:
    heading = "５．特定個人情報の提供・移転（委託に伴うものを除く。）"
    given, moved, neither = options(priority, "ii1-5-a")
    whole = [f"[ ○ ] {given} （ 3 ） 件", f"[ ] {moved} （ ） 件", f"[ ] {neither}"]
    torn = ["（ ○3", f"] {given} ） 件 [", f"] {moved} （", f"] {neither}"]
    one, other = ("\n\n".join((FILES, heading, "提供・移転の有無", *lines)) for lines in (whole, torn))
    made, _ = read(priority, one, other)
    assert made.answers["ii1-5-a-o1"].value == made.answers["ii2-5-a-o1"].value == Count("3", 3)

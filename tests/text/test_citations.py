"""Law citations: a table of how law items write them, and what is cited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pia_site.text.citations import Citation, find_citations

MY_NUMBER_ACT = "行政手続における特定の個人を識別するための番号の利用等に関する法律"
ORDER = f"{MY_NUMBER_ACT}別表第二の主務省令で定める事務を定める命令"


def pairs(text: str, *known: str) -> list[tuple[str, str]]:
    return [(c.law, c.place) for c in find_citations(text, known)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("番号法第9条第1項", ["第9条第1項"]),
        ("番号法第９条第１項", ["第9条第1項"]),
        ("番号法9条2項", ["第9条第2項"]),
        ("番号法第19条8号", ["第19条第8号"]),
        ("番号法第十九条第八号", ["第19条第8号"]),
        ("番号法 第3条\u3000第2項", ["第3条第2項"]),
        ("番号法の第3条", ["第3条"]),
        ("「番号法」第3条", ["第3条"]),
        ("番号法（第3条第2項）", ["第3条第2項"]),
        ("番号法(平成25年法律第27号)第3条", ["第3条"]),
        ("番号法第43条の2の2", ["第43条の2の2"]),
        ("番号法第二十一条の五の三十に定める", ["第21条の5の30"]),
        ("番号法第3条の一部", ["第3条"]),
        ("番号法第3条の2第1項第2号の3", ["第3条の2第1項第2号の3"]),
        ("番号法第3条、第5条第1項、第10項", ["第3条", "第5条第1項", "第5条第10項"]),
        ("番号法第3条第1項及び第2項", ["第3条第1項", "第3条第2項"]),
        ("番号法第3条第1、2項", ["第3条第1項", "第3条第2項"]),
        ("番号法第19条第8号、第9号又は第11号", ["第19条第8号", "第19条第9号", "第19条第11号"]),
        (
            "番号法（第1、2、10の2、31の2の2、59の3条)",
            ["第1条", "第2条", "第10条の2", "第31条の2の2", "第59条の3"],
        ),
        ("番号法第1条から第5条まで", ["第1条", "第5条"]),
        ("番号法第4条第1項又は同条第二項", ["第4条第1項", "第4条第2項"]),
        ("番号法第4条第1項、同項第3号", ["第4条第1項", "第4条第1項第3号"]),
        ("番号法附則第6条第4項", ["附則第6条第4項"]),
        ("番号法附則第2項", ["附則第2項"]),
        ("番号法別表第一の59の項", ["別表第一の59の項"]),
        ("番号法別表第１の５９の項", ["別表第一の59の項"]),
        ("番号法別表第一の五十九の項", ["別表第一の59の項"]),
        ("番号法別表第1 項番2", ["別表第一の2の項"]),
        ("番号法別表２ 項番1、3、 5", ["別表第二の1の項", "別表第二の3の項", "別表第二の5の項"]),
        ("番号法別表第二の二の項", ["別表第二の2の項"]),
        ("番号法別表の100の項", ["別表の100の項"]),
        ("番号法別表100の項", ["別表の100の項"]),
        ("番号法別表第8項", ["別表の8の項"]),
        ("番号法別表第56の2の項", ["別表の56の2の項"]),
        ("番号法別表第2の4の項", ["別表第二の4の項"]),
        ("番号法別表第一の7、31、64及び52の項", [f"別表第一の{n}の項" for n in (7, 31, 64, 52)]),
        ("番号法別表第一の7の項、31の項及び52の項", [f"別表第一の{n}の項" for n in (7, 31, 52)]),
        ("番号法別表第二（第1、3、7\n及び11の項）", [f"別表第二の{n}の項" for n in (1, 3, 7, 11)]),
        ("番号法別表第一の7の項及び別表第二の8の項", ["別表第一の7の項", "別表第二の8の項"]),
        ("番号法別表第一及び第二", ["別表第一", "別表第二"]),
        ("番号法別表第2の各項", ["別表第二"]),
        ("番号法別表(第3条関係)", ["別表"]),
        ("番号法第2条の表", ["第2条の表"]),
        ("番号法第2条の表の160の項", ["第2条の表の160の項"]),
        ("番号法第2条の表(第2, 5, 9の項の項)", [f"第2条の表の{n}の項" for n in (2, 5, 9)]),
        ("番号法第3条及び別表第2の各項", ["第3条", "別表第二"]),
        ("番号法第9条第1項(見本の範囲) 別表第一の59の項", ["第9条第1項", "別表第一の59の項"]),
        ("番号法第19条第8号(別表第二の第1欄が「見本市長」のもの)", ["第19条第8号", "別表第二"]),
        ("番号法", [""]),
        ("番号法に基づく見本", [""]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert pairs(text) == [("番号法", place) for place in places]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("見本保険法第3条", [("見本保険法", "第3条")]),
        ("見本市税条例第3条", [("見本市税条例", "第3条")]),
        ("みほん市税条例第3条", [("みほん市税条例", "第3条")]),
        ("見本市の保険に関する条例第3条", [("見本市の保険に関する条例", "第3条")]),
        ("見本及び架空の保護に関する法律第3条", [("見本及び架空の保護に関する法律", "第3条")]),
        (f"{ORDER}第12条の3", [(ORDER, "第12条の3")]),
        (f"・番号法第9条\n・{ORDER[:40]}\n{ORDER[40:]}第7条", [("番号法", "第9条"), (ORDER, "第7条")]),
        ("番号法第9条第1項、見本市個人番号利用条例第2条", [("番号法", "第9条第1項"), ("見本市個人番号利用条例", "第2条")]),
        ("番号法第5号、同法施行令第26条及び同令別表第3項", [("番号法", "第5号"), ("番号法施行令", "第26条"), ("番号法施行令", "別表の3の項")]),
        (
            "見本市見本の提供に関する条例第4条及び別表第2の6の項並びに同条例施行規則第3条第6項",
            [
                ("見本市見本の提供に関する条例", "第4条"),
                ("見本市見本の提供に関する条例", "別表第二の6の項"),
                ("見本市見本の提供に関する条例施行規則", "第3条第6項"),
            ],
        ),
        (
            "番号法第19条第8号及び命令第2条の表",
            [("番号法", "第19条第8号"), ("命令", "第2条の表")],
        ),
        (
            f"番号法第19条第8号(照会)別表第2 項番3 {ORDER} 第3条 (提供)別表第2 項番7、8",
            [("番号法", "第19条第8号"), ("番号法", "別表第二の3の項"), (ORDER, "第3条"), ("番号法", "別表第二の7の項"), ("番号法", "別表第二の8の項")],
        ),
        (
            f"{MY_NUMBER_ACT}第十九条第八号に基づく見本情報の提供に関する命令(令和6年見本庁・見本省令第9号)第2条",
            [(f"{MY_NUMBER_ACT}第十九条第八号に基づく見本情報の提供に関する命令", "第2条")],
        ),
        (
            f"見本市{MY_NUMBER_ACT}に基づく個人番号の利用に関する条例(以下「見本条例」という。)第3条、見本条例第4条",
            [(f"見本市{MY_NUMBER_ACT}に基づく個人番号の利用に関する条例", "第3条"), ("見本条例", "第4条")],
        ),
        ("見本保険法(平成25年法律第999号。以下「見法」という。)", [("見本保険法", "")]),
        ("見本法等の一部を改正する法律附則第5条", [("見本法等の一部を改正する法律", "附則第5条")]),
        ("当組合は見本保険法の規定により見本給付法第3条を", [("見本保険法", ""), ("見本給付法", "第3条")]),
        ("見本保険法並びに見本給付法及び見本年金法第3条", [("見本保険法", ""), ("見本給付法", ""), ("見本年金法", "第3条")]),
        ("①法令上の根拠 見本市見本番号の利用に関する条例", [("見本市見本番号の利用に関する条例", "")]),
        ("「見本の授受について(通知)」(平成27年2月13日府番第99号)の記の2により", [("見本の授受について(通知)", "記の2")]),
        ("第19条第7号(見本の制限)", [("", "第19条第7号")]),
        ("別表第二に定める者", [("", "別表第二")]),
        ("番号法第3条、見本契約書第5条", [("番号法", "第3条"), ("", "第5条")]),
        ("法第10条、条例第3条及び政令第5条", [("法", "第10条"), ("条例", "第3条"), ("政令", "第5条")]),
        ("見本税法その他の見本税に関する法律に基づく条例", [("見本税法", "")]),
        ("<ul><li>見本税法 第3条</li><li>見本戸籍法 第4条の5(見本)</li></ul>", [("見本税法", "第3条"), ("見本戸籍法", "第4条の5")]),
        ("⻑寿見本法第3条", [("長寿見本法", "第3条")]),
    ],
)  # fmt: skip
def test_laws(text: str, cited: list[tuple[str, str]]) -> None:
    assert pairs(text) == cited


@pytest.mark.parametrize(
    "text",
    [
        "",
        "提供方法、入手方法",
        "見本法人、法令、違法、司法",
        "主務省令で定めるもの",
        "これらに基づく条例",
        "令和6年5月24日、平成25年法律第27号",
        "第1号被保険者、様式第2号、第三者、第2項目",
        "別紙1参照",
    ],
)
def test_nothing_is_cited(text: str) -> None:
    assert find_citations(text) == []


def test_known_spellings_are_preferred_the_longest_first() -> None:
    assert pairs("よい見本ガイド第3条") == [("", "第3条")]
    assert pairs("よい見本ガイド第3条", "見本ガイド", "よい見本ガイド") == [("よい見本ガイド", "第3条")]
    assert pairs("見本 保 険法第3条", "見本保険法") == [("見本保険法", "第3条")]


def test_a_known_spelling_inside_a_longer_word_is_no_law() -> None:
    assert pairs("国民見本保険法第3条", "見本保険法") == [("国民見本保険法", "第3条")]
    assert pairs("国民 見本保険法第3条", "見本保険法") == [("見本保険法", "第3条")]


def test_spans_are_those_of_the_text_given() -> None:
    text = "・ 見本法 第3条\u3000第1項、\n別表第一（第2、３の項）"
    assert [(c.place, text[c.start : c.end]) for c in find_citations(text)] == [
        ("第3条第1項", "見本法 第3条\u3000第1項"),
        ("別表第一の2の項", "別表第一（第2"),
        ("別表第一の3の項", "３の項"),
    ]


LEGAL = st.sampled_from(
    ["番号法", "同法", "同条例", "別表", "第", "一", "二十", "3", "条", "項", "号", "の", "、", "及び", "(", ")", "「", "」",
     "条例", "に関する", "法律", "施行令", "命令", "主務省令で定める事務を定める", "項番", "附則", "の表", "同条", "から", " ", "\n",
     "平成25年", "以下「甲」という。", "①", "<p>", "・", "記の", "0", "〇"]
)  # fmt: skip


@given(st.lists(LEGAL, max_size=40).map("".join) | st.text(st.characters(codec="utf-8"), max_size=80))
def test_never_raises_and_spans_are_sound(text: str) -> None:
    citations = find_citations(text, ["甲"])
    assert all(0 <= c.start < c.end <= len(text) for c in citations)
    assert all(isinstance(c, Citation) and (c.law or c.place) for c in citations)


@given(st.integers(1, 400), st.integers(1, 40), st.integers(1, 9))
def test_an_article_is_read_as_it_was_written(article: int, paragraph: int, branch: int) -> None:
    place = f"第{article}条の{branch}第{paragraph}項"
    assert pairs(f"見本法{place}") == [("見本法", place)]


@pytest.mark.parametrize(
    "unit",
    ["第", "(", "の", "令", "同法", "第1、", "別表第一の1、", "法律に関する", "「", "(平成25年", "1", "<a"],
)
def test_repetition_does_not_take_long(unit: str) -> None:
    find_citations(unit * (8000 // len(unit)))


@pytest.mark.sources
def test_the_law_items_of_the_sources(sources) -> None:  # type: ignore[no-untyped-def]
    """Each body's law items, counted by hand: places per law."""
    path = next(sources.glob("001_*"))
    item = next(line for line in path.read_text("utf-8").splitlines() if line.startswith("②法令上の根拠"))
    cited = pairs(item.split("\t", 1)[1])
    act, order = "番号法", "番号法別表第2の主務省令で定める事務及び情報を定める命令"
    assert cited[:3] == [(act, "第19条第7号"), (act, "別表第二の3の項"), (order, "第3条")]
    assert sum(law == act for law, _ in cited) == 2 + 26
    assert sum(law == order for law, _ in cited) == 1 + 26
    assert ("健康保険法", "第205条の4第2項") in cited


@pytest.mark.sources
def test_no_citation_of_the_sources_lacks_its_law(sources) -> None:  # type: ignore[no-untyped-def]
    """Where a text cites an article, it names the law before it; only table heads stand alone."""
    for path in sources.glob("*.txt"):
        unnamed = {c.place for c in find_citations(path.read_text("utf-8")) if not c.law}
        assert all(place.startswith("別表") for place in unnamed), path.name

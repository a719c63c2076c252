"""The overview: questions, the figure, the parts, the changes, what does not add up."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_pages import TOY

from pia_site.documents.keys import QUESTION_NAMES
from pia_site.documents.store import read_content
from pia_site.pages.documents import _SHOWN
from pia_site.pages.routes import Page
from pia_site.pages.views.changes import history_page
from pia_site.pages.views.chrome import report_address
from pia_site.pages.views.document import Document
from pia_site.pages.views.flow import FONT, WIDTH, break_lines, flow_view
from pia_site.pages.views.overview import OverviewPage, overview_page


def document(documents: tuple[Document, ...], name: str) -> Document:
    return next(one for one in documents if one.edition.document == name and not one.pinned)


@pytest.fixture(scope="session")
def abstract(documents: tuple[Document, ...]) -> OverviewPage:
    problems = [one for one in read_content(TOY).problems if one.code.startswith(_SHOWN)]
    return overview_page(document(documents, "mihon-city/1"), problems)


@pytest.fixture(scope="session")
def full(documents: tuple[Document, ...]) -> OverviewPage:
    return overview_page(document(documents, "mihon-city/2"))


def test_the_twelve_questions_in_their_order(abstract: OverviewPage) -> None:
    assert tuple(one.question for one in abstract.questions) == QUESTION_NAMES
    first = abstract.questions[0]
    assert first.answer == "見本医療を受ける人と同じ世帯の人。1万人以上10万人未満"
    assert [link.href for link in first.basis] == ["ii1/#ii1-2-3", "ii1/#ii1-2-2"]


def test_what_the_overview_leaves_open_is_picked_from_the_items(
    abstract: OverviewPage, full: OverviewPage
) -> None:
    assert [one.question for one in abstract.questions if one.picked] == [
        "どこにいつまで保管するか",
        "どこに聞くか",
    ]
    answers = {one.question: one.answer for one in full.questions if one.picked}
    assert len(answers) == len(QUESTION_NAMES)
    assert answers["だれに委託しているか"] == "委託する。委託先: 株式会社見本システムズ。再委託しない"
    assert answers["重大事故"] == "過去3年以内: 発生あり"
    assert answers["リスクへの対策"] is not None
    assert answers["リスクへの対策"].startswith("22件中、")


def test_the_parts_with_items_and_changes(abstract: OverviewPage) -> None:
    rows = {row.label: (len(row.pages), row.items, row.changes) for row in abstract.parts}
    assert rows["Ⅱ 特定個人情報ファイルの概要"] == (2, 87, 2)
    assert rows["別添1 特定個人情報ファイル記録項目"] == (2, 12, 1)
    assert rows["別添2 変更箇所"] == (1, 6, None)
    assert abstract.unplaced_changes == 1


def test_the_bars_of_the_changes(abstract: OverviewPage) -> None:
    assert [(bar.words, bar.iso, bar.count, bar.share, bar.in_calendar) for bar in abstract.bars] == [
        ("平成31年4月1日", "2019-04-01", 1, 33, True),
        ("平成32年9月25日", "2020-09-25", 1, 33, False),
        ("令和4年6月1日", "2022-06-01", 3, 100, True),
        ("令和6年3月1日", "2024-03-01", 1, 33, True),
    ]
    assert abstract.last_change == "令和6年3月1日（2024-03-01）"


def test_oddities_are_told_with_their_place(abstract: OverviewPage) -> None:
    found = {one.words: one.link.href if one.link else None for one in abstract.oddities}
    date = "「変更日」の「平成32年9月25日」は暦にない年月日です。原本のまま残し、2020-09-25 と読みます。"
    assert found[date] == "changes/#changes-20200925-1"
    assert any(words.startswith("原本の抽出で失われた項目") for words in found)


def test_the_history_is_newest_first(documents: tuple[Document, ...]) -> None:
    page = history_page(document(documents, "mihon-city/1"))
    assert [date.anchor for date in page.dates] == [
        "on-20240301",
        "on-20220601",
        "on-20200925",
        "on-20190401",
    ]
    row = page.dates[1].rows[0]
    assert (row.anchor, row.href) == (None, "../changes/#changes-20220601-1")
    assert row.before.summary[0].lines == ("鍵のかかる棚に置いていた。",)
    withheld = page.dates[1].rows[1]
    assert (withheld.before.withheld, withheld.timing) == (True, "")


# --- the figure ---


def test_the_figure_names_what_the_items_name(documents: tuple[Document, ...]) -> None:
    figure = flow_view(document(documents, "mihon-city/1"), Page("jimu/mihon-city/1/index.md"))
    assert figure is not None
    roles = {role.label: [name.words for name in role.names] for role in figure.roles}
    assert roles["入手元"] == [
        "本人又は本人の代理人",
        "行政機関・独立行政法人等（不明）",
        "民間事業者（見本信用金庫）",
    ]
    assert roles["委託先"] == ["株式会社見本システムズ みほん支店", "見本データ入力協同組合"]
    assert roles["移転先"] == ["見本部見本福祉課"]
    contractors = next(role for role in figure.roles if role.label == "委託先")
    assert contractors.boxed == ("株式会社見本システムズ", "見本データ入力協同組合")


def test_nothing_of_the_figure_stands_outside_its_box(documents: tuple[Document, ...]) -> None:
    for name in ("mihon-city/1", "mihon-city/2"):
        figure = flow_view(document(documents, name), Page("index.md"))
        assert figure is not None
        for box in figure.boxes:
            assert box.x >= 0
            assert box.x + box.width <= WIDTH
            assert box.y + box.height <= figure.height
            for line in box.lines:
                assert box.y < line.y < box.y + box.height
                assert line.x + width_of(line.words) <= box.x + box.width


def width_of(words: str) -> float:
    return FONT * sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in words)


@given(st.text(st.sampled_from("見本市、。（）「」ー・aZ 9-"), max_size=60), st.integers(4, 30))
def test_broken_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = break_lines(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    # One closing mark may hang over the edge.
    assert all(width_of(line[:-1]) <= width * FONT for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("見本医療受給者ファイル", ["見本医療受給", "者ファイル"]),
        ("見本システム。次", ["見本システム。", "次"]),
        ("見本市の市（次）", ["見本市の市", "（次）"]),
    ],
)
def test_marks_do_not_stand_at_the_wrong_end_of_a_line(text: str, lines: list[str]) -> None:
    assert break_lines(text, 6) == lines


# --- the foot ---


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.jp/report", "https://example.jp/report"),
        ("mihon@example.jp", "mailto:mihon@example.jp"),
        ("mailto:mihon@example.jp", "mailto:mihon@example.jp"),
        ("見本課の窓口", None),
        ("javascript:alert(1)", None),
        ("a b@example.jp", None),
        ("", None),
    ],
)
def test_where_errors_are_reported(written: str, address: str | None) -> None:
    assert report_address(written) == address

"""One wrong place in an edition gives one clear problem in Japanese, with its line and how to mend it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pia_site.documents.answers import Checks, Choice, Count, Date, Names, State, Text
from pia_site.documents.blank import blank_edition
from pia_site.documents.edition import Edition
from pia_site.documents.read import read_edition
from pia_site.documents.write import dump_edition
from pia_site.forms import form_by_id
from pia_site.problems import Problem, Severity

Read = Callable[..., tuple[Edition | None, list[Problem]]]

BLANK = dump_edition(blank_edition(form_by_id("priority-2018-05"), body="mihon", number="1"))
# Commands and places are no English sentence.
OUR_WORDS = re.compile(r"`[^`]*`|registry/\S+|jimu/\S+|[\w-]+\.yaml|YAML|UTF-8|undated|annex1")
ENGLISH = re.compile(r"[A-Za-z]{4,}")


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def line_with(text: str, mark: str) -> int:
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if mark in line]
    assert len(lines) == 1, f"{mark!r} stands on lines {lines}"
    return lines[0]


def check_only(problems: list[Problem], code: str, line: int | None, says: str) -> None:
    assert len(problems) == 1, [(one.code, one.location.line, one.message) for one in problems]
    found = problems[0]
    assert (found.code, found.location.line) == (code, line), found.message
    assert says in found.message + found.hint
    assert found.hint
    assert found.location.path is not None
    assert not ENGLISH.search(OUR_WORDS.sub("", found.message + found.hint))


# What is replaced in basic.yaml, by what; the code; what stands on the line named; what is said.
HEADER = [
    ("様式: 基礎項目評価書\n", "", "S002", "様式の版", "「様式」"),
    ("様式の版: 平成26年4月\n", "", "S002", "様式: 基", "「様式の版」"),
    ("様式の版: 平成26年4月\n", "様式の判: 平成26年4月\n", "S002", "様式: 基", "「様式の版」"),
    ("収録: 全文\n", "", "S002", "様式: 基", "「収録」"),
    (
        "公表元:\n  名称: 見本市\n  URL: https://www.city.mihon.example/pia/1\n",
        "",
        "S002",
        "様式: 基",
        "「公表元」",
    ),
    ("公表元:\n  名称: 見本市\n  URL: ", "公表元: ", "S003", "公表元: http", "名称 と URL"),
    ("  名称: 見本市\n", "", "S002", "  URL:", "場所: 公表元"),
    ("様式: 基礎項目評価書", "様式: [基礎項目評価書]", "S003", "様式: [", "「様式」"),
    ("様式の版: 平成26年4月", "様式の版: [平成26年4月]", "S003", "様式の版: [", "「様式の版」"),
    ("収録: 全文", "収録: [全文]", "S003", "収録: [", "「収録」"),
    ("収録: 全文", "収録: 要約", "V001", "収録: 要約", "全文、抄録"),
    ("様式: 基礎項目評価書", "様式: 見本評価書", "S004", "様式: 見本", "重点項目評価書"),
    ("様式の版: 平成26年4月", "様式の版: 平成26年の春", "S004", "平成26年の春", "令和6年10月"),
    ("様式の版: 平成26年4月", "様式の版: 平成26年5月", "S016", "平成26年5月", "平成26年4月版として"),
]
# A misspelt key is not told a second time as missing.
KEYS = [
    ("収録: 全文\n", "収録: 全文\nなぞ: 一\n", "S001", "なぞ", "使えるキーは"),
    ("  特記事項:", "  なぞ: 一\n  特記事項:", "S001", "なぞ", "場所: 表紙"),
    ("    実施の有無:", "    なぞ: 一\n    実施の有無:", "S001", "なぞ", "場所: 4 情報連携"),
    ("      - 法令: 見本法\n", "      - 法今: 見本法\n", "S001", "法今", "「法令」の書き誤り"),
    ("  名称: 見本市\n", "  名称: 見本市\n  なぞ: 一\n", "S001", "なぞ", "場所: 公表元"),
    ("  名称: 見本市\n", "  名弥: 見本市\n", "S001", "名弥", "「名称」の書き誤り"),
    ("    だれの情報か:", "    なんのあじか:", "S001", "なんのあじか", "場所: 問い"),
    ("Ⅰ 関連情報:", "I 関連情報:", "S001", "I 関連", "「Ⅰ 関連情報」の書き誤り"),
    ("  4 情報連携:", "  4 情報連係:", "S001", "情報連係", "「4 情報連携」の書き誤り"),
    ("    事務の名称:", "    事務名称:", "S001", "事務名称", "「事務の名称」の書き誤り"),
    ("      本文: 〔氏名〕", "      木文: 〔氏名〕", "S001", "木文", "「本文」の書き誤り"),
    ("変更箇所: []\n", "", "S005", "様式: 基", "「変更箇所」"),
    ("    部署: 見本部見本課\n", "", "S005", "    所属長:", "「部署」"),
    ("  6 他の評価実施機関: なし\n", "", "S005", "  1 特定個人情報ファイルを", "Ⅰ 関連情報 6 他の"),
]
SHAPES = [
    ("    過去1年以内の重大事故: 発生なし\n", "", "S003", "  3 重大事故:", "空欄"),
    ("  3 重大事故:\n    過去1年以内の重大事故:", "  3 重大事故:", "S003", "  3 重大事故:", "文字列"),
    ("    部署: 見本部見本課", "    部署: {なぞ: 一}", "S001", "なぞ: 一", "場所: 部署"),
    ('  特記事項: ""', "  特記事項: [一, 二]", "S003", "特記事項", "文章"),
    ("    実施の有無: 実施しない", "    実施の有無: [実施しない]", "S003", "[実施しない]", "選択肢の一つ"),
    ('    - "010006"\n', "    - 名: 一\n", "S003", "名: 一", "システムの名称の中"),
    ("      - 法令: 見本法\n", "      - 見本法\n      - 法令: 見本法\n", "S003", "- 見本法", "引用"),
    ("      メモ: 個人の氏名は載せない。", "      メモ: [一]", "S003", "メモ: [一]", "メモ"),
    ("  - 係の職員だけが見ます。\n", "  - 係: 見ます\n", "S003", "係: 見ます", "三文"),
    ("変更箇所: []", "変更箇所: あり", "S003", "変更箇所: あり", "「- 」で始まる一覧"),
    ("      本文: 〔氏名〕\n", "", "S003", "      メモ: 個人の", "本文も要約もない"),
    ("      状態: 欠落\n", "      本文: 一\n      状態: 欠落\n", "S003", "      本文: 一", "どれか一つ"),
    ("      状態: 欠落", "      状態: [欠落]", "S003", "[欠落]", "状態"),
    ("      本文: 見本法第1条及び見本法施行令第2条", '      本文: ""', "S003", '本文: ""', "引用だけ"),
]
VALUES = [
    (
        "    実施の有無: 実施しない",
        "    実施の有無: しない",
        "V001",
        "有無: しない",
        "実施する、実施しない、未定",
    ),
    ("      状態: 欠落", "      状態: 紛失", "V001", "紛失", "欠落"),
    ("公表日: 平成27年1月13日", "公表日: 令和6年13月40日", "V002", "13月40日", "日付として読めません"),
    ("平成26年12月1日", "二十日ごろ", "V002", "二十日ごろ", "いつ時点の計数か"),
    ("典拠: ii-1-a", "典拠: ii1-4-c1-3", "S014", "答え: 見本市の市民", "ii1-4-c1-3"),
    ("公表日: 平成27年1月13日", "公表日: 平成27年1月14日", "S008", "1月14日", "2015-01-14.yaml"),
    ("公表日: 平成27年1月13日", "公表日: 不明", "S008", "公表日: 不明", "undated.yaml"),
]
SYNTAX = [
    ("収録: 全文\n", "収録: 全文\n収録: 抄録\n", "F005", "抄録", "先の記載は 4 行目"),
    ("  特記事項:", " 特記事項:", "F004", " 特記事項:", "字下げ"),
    ("    部署: 見本部見本課", "    部署: &ka 見本部見本課", "F008", "&ka", "別名"),
    ("    部署: 見本部見本課", "    部署: !ka 見本部見本課", "F004", "!ka", "引用符で囲んで"),
    ("    部署: 見本部見本課", "    部署: [見本部見本課", "F004", "[見本部", "角かっこ"),
    ("    部署: 見本部見本課", "    部署: 見本部: 見本課", "F004", "見本部: 見", "コロン"),
    ("    部署: 見本部見本課", "\t部署: 見本部見本課", "F004", "\t部署", "タブ"),
    ("\n変更箇所: []", "\n---\n変更箇所: []", "F004", "---", "二つ以上の文書"),
]
CASES = HEADER + KEYS + SHAPES + VALUES + SYNTAX


@pytest.mark.parametrize(("old", "new", "code", "mark", "says"), CASES)
def test_one_wrong_place_is_one_problem(
    read: Read, basic: str, old: str, new: str, code: str, mark: str, says: str
) -> None:
    text = replaced(basic, old, new)
    _, problems = read(text, "2015-01-13")
    check_only(problems, code, line_with(text, mark), says)


BOXES = "    入手元:\n      有: []\n      不明: []\n"
RECORDED = '    記録される項目:\n      回答: ""\n'
USE = '    使用方法:\n      回答: ""\n      情報の突合: ""\n'
ROW = "別添2 変更箇所: []\n"
LARGER = [
    ("様式の版:", "様式の判:", "S001", "様式の判", "「様式の版」の書き誤り"),
    ('    委託の有無: ""\n', "    委託の有無: 委託\n", "V001", "委託の有無: 委託", "委託する、委託しない"),
    ('    件数: ""\n', "    件数: 三件\n", "V005", "三件", "半角の数字"),
    (BOXES, "    入手元:\n      有:\n      - 紙くず\n", "V001", "紙くず", "民間事業者"),
    (BOXES, "    入手元:\n      有: [その他]\n      不明: [その他]\n", "S003", "不明: [その他]", "どちらか"),
    (BOXES, "    入手元:\n", "S003", "評価実施機関内の他部署:", "不明: []"),
    (BOXES, BOXES + "      なぞ: 一\n", "S001", "なぞ", "場所: 入手元"),
    (BOXES, '    入手元:\n      回答: ""\n      なぞ: 一\n', "S001", "なぞ", "場所: 入手元"),
    (RECORDED, "    記録される項目:\n", "S005", "      主な記録項目:", "記録される項目の回答"),
    (RECORDED, '    記録される項目:\n      解答: ""\n', "S001", "解答", "「回答」の書き誤り"),
    (USE, "    使用方法: 見本を使う。\n", "S005", "見本を使う", "使用方法 情報の突合"),
    (USE, "    使用方法:\n      要約: 見本を使う。\n", "S005", "見本を使う", "使用方法 情報の突合"),
    (USE, "    使用方法: [見本, 市]\n", "S003", "[見本", "文章"),
    ('      情報の突合: ""\n', "", "S005", '      回答: ""\n    使用開始日', "使用方法 情報の突合"),
    (
        '  - システムの名称: ""\n',
        '  - 見本台帳\n  - システムの名称: ""\n',
        "S003",
        "見本台帳",
        "「システム」",
    ),
    (
        "Ⅱ 特定個人情報ファイルの概要:\n- 1 ",
        "Ⅱ 特定個人情報ファイルの概要:\n- 一つ目\n- 1 ",
        "S003",
        "一つ目",
        "Ⅱ",
    ),
    ('  7 備考: ""\n別添1', '  7 備考: ""\n  8 なぞ: 一\n別添1', "S001", "8 なぞ", "場所: Ⅱ"),
    (ROW, ROW[:-4] + "\n- 変更日: 平成31年13月1日\n  項目: 一\n", "V002", "13月", "変更日"),
    (ROW, ROW[:-4] + "\n- 変更日: 令和1年7月1日\n  項目: 一\n", "V004", "令和1年", "2019-07-01"),
    (ROW, ROW[:-4] + "\n- 変更日: 平成31年1月1日ほか\n  項目: 一\n", "V007", "1日ほか", "2019-01-01"),
    (ROW, ROW[:-4] + "\n- 変更日: ―\n  項目: 一\n  提出時期: 直前\n", "V006", "直前", "事前、事後"),
    (
        ROW,
        ROW[:-4] + "\n- 変更日: 不明\n  項目: 一\n  変更前: {本文: 一, 本分: 二}\n",
        "S001",
        "本分",
        "変更前",
    ),
    (ROW, ROW[:-4] + "\n- 項目: 一\n  変更前: 二\n", "S005", "- 項目: 一", "別添2 変更箇所 変更日"),
    (ROW, ROW[:-4] + "\n- 変更日: 平成31年1月1日\n  項目:\n  - 一\n", "S003", "  - 一", "項目"),
]


@pytest.mark.parametrize(("old", "new", "code", "mark", "says"), LARGER)
def test_one_wrong_place_of_a_larger_form(
    read: Read, old: str, new: str, code: str, mark: str, says: str
) -> None:
    text = replaced(BLANK, old, new)
    _, problems = read(text)
    first = text.count("\n", 0, text.index(mark)) + 1
    assert text.count(mark) == 1, mark
    check_only(problems, code, first, says)
    address = problems[0].location.address
    assert address is None or re.fullmatch(r"[a-z]+[0-9]*(?:-[a-z0-9]+)*", address)


# --- whole files ---


@pytest.mark.parametrize(
    ("data", "code", "line", "says"),
    [
        (b"", "F003", 1, "空"),
        ("# 注だけ\n\n".encode(), "F003", 1, "空"),
        ("様式: 見本".encode("shift_jis"), "F002", 1, "UTF-8"),
        (b"\xff\xfe\x00\x01", "F002", 1, "UTF-8"),
        (b"\x89PNG\r\n", "F002", 1, "UTF-8"),
        ("様式: 基礎項目評価書\n収録: \x00\n".encode(), "F004", 2, "制御文字"),
        ("- 様式: 基礎項目評価書\n".encode(), "F006", 1, "キー: 値"),
        ("基礎項目評価書\n".encode(), "F006", 1, "キー: 値"),
        ("様式: {様式: {様式\n".encode(), "F004", 1, "波かっこ"),
    ],
)
def test_what_is_no_edition_at_all(read: Read, data: bytes, code: str, line: int, says: str) -> None:
    edition, problems = read(data)
    assert edition is None
    check_only(problems, code, line, says)


def test_an_alias_bomb_is_one_problem(read: Read, basic: str) -> None:
    bomb = "".join(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    text = replaced(basic, "変更箇所: []\n", f"変更箇所:\n- &a0 []\n{bomb}")
    edition, problems = read(text, "2015-01-13")
    assert edition is None
    check_only(problems, "F008", line_with(text, "&a0"), "別名")


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    edition, problems = read_edition(tmp_path / "jimu" / "mihon" / "1" / "undated.yaml", tmp_path)
    assert edition is None
    check_only(problems, "F001", None, "ありません")


@pytest.mark.parametrize(
    "place", ["undated.yaml", "jimu/undated.yaml", "jimu/a/undated.yaml", "jimu/a/b/c/undated.yaml"]
)
def test_a_file_in_the_wrong_place_is_a_problem(tmp_path: Path, basic: str, place: str) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(basic, encoding="utf-8")
    edition, problems = read_edition(path, tmp_path)
    assert edition is None
    check_only(problems, "S013", None, "jimu/<機関>/<番号>/<公表日>.yaml")


# --- the name of the file ---


@pytest.mark.parametrize(
    ("name", "written", "right"),
    [
        ("2015-01-13", "平成27年1月13日", True),
        ("2015-01-13-2", "平成27年1月13日", True),
        ("2015-01-13-12", "平成27年1月13日", True),
        ("2015-01-13-1", "平成27年1月13日", False),
        ("2015-01-132", "平成27年1月13日", False),
        ("20150113", "平成27年1月13日", False),
        ("2", "平成27年1月13日", False),
        ("undated", "平成27年1月13日", False),
        ("undated", "不明", True),
        ("undated-2", "不明", True),
        ("undated", '""', True),
        ("undated", "―", True),
        ("undated", "{状態: 欠落}", True),
        ("2015-01-13", '""', False),
        ("2015-01", "平成27年1月", True),
        ("2015-01-13", "平成27年1月", False),
        ("2020-09-25", "平成32年9月25日", True),
        ("2015-01-13", "2015/01/13", True),
    ],
)
def test_the_name_of_the_file_is_the_day_of_publication(
    read: Read, basic: str, name: str, written: str, right: bool
) -> None:
    text = replaced(basic, "公表日: 平成27年1月13日", f"公表日: {written}")
    _, problems = read(text, name)
    wrong = [found for found in problems if found.severity is Severity.ERROR]
    if right:
        assert wrong == []
    else:
        check_only(wrong, "S008", line_with(text, "  公表日: "), name)


def test_a_cover_without_its_date_is_told_once(read: Read, basic: str) -> None:
    _, problems = read(replaced(basic, "  公表日: 平成27年1月13日\n", ""), "2015-01-13")
    check_only(problems, "S005", line_with(basic, "  評価書番号:"), "公表日")


# --- what is read in spite of it ---


def test_a_date_that_the_calendar_lacks_is_kept_and_read(read: Read, basic: str) -> None:
    text = replaced(basic, "公表日: 平成27年1月13日", "公表日: 平成32年9月25日")
    edition, problems = read(text, "2020-09-25")
    check_only(problems, "V003", line_with(text, "平成32年"), "2020-09-25 と読みます")
    assert problems[0].severity is Severity.WARNING
    assert edition is not None
    value = edition.answers["cover-f"].value
    assert isinstance(value, Date)
    assert value.written == "平成32年9月25日"
    assert value.date is not None
    assert (value.date.iso, value.date.in_calendar) == ("2020-09-25", False)
    assert dump_edition(edition) == text


def test_a_wrong_answer_is_read_as_none_and_its_neighbours_as_they_are(read: Read) -> None:
    text = BLANK
    for old, new in [
        ('    件数: ""\n', "    件数: 三件\n"),
        ('    委託の有無: ""\n', "    委託の有無: 委託\n"),
        ('    保有開始日: ""\n', "    保有開始日: そのうち\n"),
        ('    事務担当部署: ""\n', "    事務担当部署: 見本課\n"),
        ("    入手方法:\n      有: []\n", "    入手方法:\n      有: [紙, 木]\n"),
        ('    使用目的: ""\n', "    使用目的: [見本]\n"),
    ]:
        text = replaced(text, old, new)
    edition, problems = read(text)
    assert sorted(found.code for found in problems) == ["S003", "V001", "V001", "V002", "V005"]
    assert edition is not None
    values = {address: answer.value for address, answer in edition.answers.items()}
    assert values["ii1-4-a-o1"] == Count("三件", None)
    assert values["ii1-4-a"] == Choice(None)
    assert values["ii1-2-5"] == Date("そのうち", None)
    assert values["ii1-2-6"] == Names(("見本課",))
    boxes = values["ii1-3-2"]
    assert isinstance(boxes, Checks)
    assert boxes.ticked == ("紙",)
    assert edition.answers["ii1-3-3"].state is State.LOST


def test_a_later_wording_of_an_option_is_read_as_the_option(read: Read) -> None:
    wording = "5情報(氏名、氏名の振り仮名、性別、生年月日、住所)"
    old = "      主な記録項目:\n        有: []\n"
    edition, problems = read(replaced(BLANK, old, old.replace("[]", f"\n        - {wording}")))
    assert problems == []
    assert edition is not None
    boxes = edition.answers["ii1-2-4a"].value
    assert isinstance(boxes, Checks)
    assert boxes.ticked == ("4情報(氏名、性別、生年月日、住所)",)


def test_an_answer_alone_stands_for_its_mapping(read: Read) -> None:
    edition, _ = read(replaced(BLANK, USE, "    使用方法: 見本を使う。\n"))
    assert edition is not None
    assert edition.answers["ii1-3-5"].value == Text("見本を使う。")
    assert "ii1-3-5a" not in edition.answers


def test_every_problem_of_a_file_is_reported(read: Read, basic: str) -> None:
    text = basic
    for old, new in [
        ("収録: 全文\n", "収録: 全文\n収録: 抄録\nなぞ: 一\n"),
        ("    実施の有無: 実施しない", "    実施の有無: しない"),
        ("公表日: 平成27年1月13日", "公表日: 令和6年13月40日"),
        ("    部署: 見本部見本課\n", "    部署: [[一]]\n"),
        ("  8 問合せ:", "  8 間合せ:"),
        ("平成26年12月1日", "平成32年9月25日"),
        ("典拠: ii-1-a", "典拠: ix-9"),
        ("変更箇所: []\n", "変更箇所:\n- 変更日: いつか\n  項目: 一\n  提出時期: 今\n"),
    ]:
        text = replaced(text, old, new)
    _, problems = read(text, "2015-01-13")
    assert sorted(found.code for found in problems) == [
        *("F005", "S001", "S001", "S003", "S014", "V001", "V002", "V002", "V003", "V006")
    ]
    assert all(found.location.line and found.hint for found in problems)


def test_a_missing_part_does_not_break_what_refers_to_it(read: Read, basic: str) -> None:
    start, end = basic.index("Ⅱ しきい値判断項目:"), basic.index("Ⅲ しきい値判断結果:")
    _, problems = read(basic[:start] + basic[end:], "2015-01-13")
    check_only(problems, "S005", 2, "Ⅱ しきい値判断項目")


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("i", True),
        ("i-2", True),
        ("i-2-s1", True),
        ("ii1", True),
        ("ii1-4-c1", True),
        ("ii1-4-c1-3", True),
        ("ii1-3-1-o5", True),
        ("iii1-3-r2", True),
        ("records1", True),
        ("changes", True),
        ("ii", False),
        ("ii2", False),
        ("ii1-4-c2", False),
        ("ii1-4-c", False),
        ("annex1", False),
        ("II1", False),
    ],
)
def test_a_basis_is_an_address_of_the_edition(read: Read, address: str, known: bool) -> None:
    text = replaced(
        BLANK,
        '    だれの情報か:\n      答え: ""\n      典拠: []\n',
        f'    だれの情報か:\n      答え: ""\n      典拠: {address}\n',
    )
    _, problems = read(text)
    if known:
        assert problems == []
    else:
        check_only(problems, "S014", line_with(text, "だれの情報か") + 1, address)


# --- fuzzing ---


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_shuffled_or_truncated_editions_never_raise(read: Read, basic: str, data: st.DataObject) -> None:
    lines = basic.split("\n")
    first, last = sorted(data.draw(st.lists(st.integers(0, len(lines)), min_size=2, max_size=2)))
    way = data.draw(st.sampled_from(["cut", "swap", "indent", "double", "list"]))
    changed = {
        "cut": lines[:first] + lines[last:],
        "swap": lines[last:] + lines[:first],
        "indent": lines[:first] + [f"  {line}" for line in lines[first:last]] + lines[last:],
        "double": lines + lines[first:last],
        "list": lines[:first] + [f"- {line}" for line in lines[first:last]] + lines[last:],
    }[way]
    edition, problems = read("\n".join(changed), "2015-01-13")
    assert all(found.message and found.hint for found in problems)
    if edition is not None:
        dump_edition(edition)

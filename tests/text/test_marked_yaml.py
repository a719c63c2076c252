"""YAML with line numbers: strings stay strings, mistakes are located, writing is canonical."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pia_site.problems import PiaSiteError, Problem
from pia_site.text.marked_yaml import (
    Mapping,
    Number,
    Scalar,
    Sequence,
    Writable,
    comment_lines,
    dump_yaml,
    parse_marked,
    parse_yaml,
    read_text,
    read_yaml,
)

NASTY = [
    *("", "―", " 先頭の空白", "末尾の空白 ", "\u3000全角の空白", " ", "\t", "a\tb"),
    *("9", "010006", "1,000", "1e3", "0x1F", "0o17", "1_000", "-1", "+1", ".5", "1.", ".inf", ".nan"),
    *("12:30", "2031-04-01", "2031-04-01 12:30:00", "no", "No", "off", "yes", "true", "null", "Null", "~"),
    *("a: b", "a:", ": a", "# x", "a # b", "a#b", "- a", "-", "--", "? a", "! a", "!a", "&a", "*a", "@a"),
    *("%a", "|", ">", "`a`", "{a}", "[a]", "a, b", "'", '"', "a'b", 'a"b', "\\", "\\n", "=", "<<", "<p>"),
    *("---", "...", "--- a", "a\n---\nb", "a\n...\n", "a\nb", "a\nb\n", "a\nb\n\n", "\na", "\n", "\n\n"),
    *("a\n\nb", "a\n  b", "  a\nb", "a \nb", "a\n\tb", "a\n# b", "a\r\nb", "a\rb", "a\x85b", "a\u2028b\nc"),
    *(
        "\ufeffa",
        "a\u3000b\nc",
        "𠮷野家",
        "🙂\n見本",
        "\x00",
        "\x07",
        "\x7f",
        "\u200b",
        "①※（注）",
        "長" * 500,
    ),
]
TEXTS = st.one_of(st.text(st.characters(codec="utf-8"), max_size=60), st.sampled_from(NASTY))


def problems_of(text: str) -> list[Problem]:
    try:
        return parse_marked(text, Path("見本.yaml"))[1]
    except PiaSiteError as error:
        return list(error.problems)


# --- reading ---


def test_nodes_know_their_lines() -> None:
    root = parse_yaml("名称: 見本市\n一覧:\n- 甲\n- 名: 乙\n文章: |\n  一行目\n  二行目\n")
    assert root.key_lines == {"名称": 1, "一覧": 2, "文章": 5}
    listed, text = root.entries["一覧"], root.entries["文章"]
    assert isinstance(listed, Sequence)
    assert [item.line for item in listed.items] == [3, 4]
    assert isinstance(listed.items[1], Mapping)
    assert listed.items[1].key_lines == {"名": 4}
    assert text == Scalar(5, "一行目\n二行目\n")


@pytest.mark.parametrize(
    "written",
    ["010006", "no", "12:30", "2031-04-01", "1e3", "true", "0x10", "=", "'null'", '"~"', "nullable"],
)
def test_scalars_are_never_guessed(written: str) -> None:
    assert parse_yaml(f"値: {written}").plain() == {"値": written.strip("'\"")}


@pytest.mark.parametrize("written", ["値:", "値: ~", "値: null", '値: ""', "値: ''"])
def test_nothing_is_an_empty_string(written: str) -> None:
    assert parse_yaml(written).plain() == {"値": ""}


def test_line_ends_of_other_systems_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "見本.yaml"
    path.write_bytes("\ufeff甲: 一\r\n乙: 二\r丙: 三\n".encode())
    assert read_yaml(path).plain() == {"甲": "一", "乙": "二", "丙": "三"}
    assert read_yaml(path).key_lines == {"甲": 1, "乙": 2, "丙": 3}


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        ("", "F003", 1, "空"),
        ("# 注だけ\n", "F003", 1, "空"),
        ("- 甲\n- 乙\n", "F006", 1, "キー: 値"),
        ("甲", "F006", 1, "キー: 値"),
        ("甲: 1\n乙: 2\n甲: 3\n", "F005", 3, "「甲」が二度"),
        ("甲: 1\n乙:\n  丙: 1\n  丙: 2\n", "F005", 4, "「丙」が二度"),
        ("甲: 乙: 丙\n", "F004", 1, "コロン"),
        ("甲: 1\n  乙: 2\n", "F004", 2, "コロン"),
        ("甲: 1\n乙\n丙: 2\n", "F004", 2, "コロン（:）がありません"),
        ("甲:\n  乙: 1\n 丙: 2\n", "F004", 3, "字下げ"),
        ("甲:\n- 1\n -2\n乙: - 3\n", "F004", 4, "「- 」"),
        ("甲:\n\t乙: 1\n", "F004", 2, "タブ"),
        ("甲: 1\n乙: '閉じない\n丙: 3\n", "F004", 2, "引用符"),
        ('甲: 1\n乙: "閉じない\n丙: 3\n', "F004", 2, "引用符"),
        ("甲: [1, 2\n乙: 3\n", "F004", 1, "角かっこ"),
        ("甲: 1\n乙: {丙: 1\n", "F004", 2, "波かっこ"),
        ('甲: "\\q"\n', "F004", 1, "\\"),
        ("甲: @見本\n", "F004", 1, "使えない記号"),
        ("甲: *見本\n", "F004", 1, "引用符で囲んで"),
        ("甲: |見本\n  乙\n", "F004", 1, "次の行から"),
        ("甲: 1\n乙: \x07\n", "F004", 2, "制御文字"),
        ("甲: 1\n---\n甲: 2\n", "F004", 2, "二つ以上の文書"),
        ("甲: !重 見本\n", "F004", 1, "YAML として読めません"),
        ("甲: 1\n乙: !important 見本\n", "F004", 2, "引用符で囲んで"),
        ("? [甲, 乙]\n: 1\n", "F004", 1, "文字だけ"),
        ("甲: &a 1\n乙: *a\n", "F008", 1, "別名"),
        ("甲: 1\n乙: *a\n", "F008", 2, "別名"),
    ],
)
def test_a_mistake_is_one_problem_with_its_line(text: str, code: str, line: int, says: str) -> None:
    problems = problems_of(text)
    assert [(found.code, found.location.line) for found in problems] == [(code, line)]
    assert says in problems[0].message
    assert problems[0].hint
    assert problems[0].location.path == Path("見本.yaml")
    with pytest.raises(PiaSiteError):
        parse_yaml(text)


def test_several_mistakes_are_all_reported() -> None:
    found = problems_of("甲: 1\n甲: 2\n乙: &a 3\n丙: *a\n丁: !x 4\n甲: 5\n")
    assert sorted((one.code, one.location.line) for one in found) == [
        ("F004", 5),
        ("F005", 2),
        ("F005", 6),
        ("F008", 3),
    ]


def test_what_is_read_in_spite_of_a_mistake() -> None:
    root, found = parse_marked("甲: 1\n甲: 2\n乙: 3\n")
    assert root.plain() == {"甲": "1", "乙": "3"}
    assert [one.code for one in found] == ["F005"]


def test_an_alias_bomb_stays_small() -> None:
    levels = ["甲0: &a0 [見本]"] + [f"甲{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    found = problems_of("\n".join(levels))
    assert [(one.code, one.location.line) for one in found] == [("F008", 1)]


def test_deep_nesting_is_no_traceback() -> None:
    root, found = parse_marked("甲: " + "[" * 5000 + "]" * 5000)
    assert found == []
    assert isinstance(root.entries["甲"], Sequence)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [("見本: 市\n備考: あ".encode("shift_jis"), "F002", 1), ("見本: 市\n".encode() + b"\xff\xfe", "F002", 2)],
)
def test_other_encodings_are_refused(tmp_path: Path, data: bytes, code: str, line: int) -> None:
    path = tmp_path / "見本.yaml"
    path.write_bytes(data)
    with pytest.raises(PiaSiteError) as caught:
        read_text(path)
    assert [(one.code, one.location.line) for one in caught.value.problems] == [(code, line)]


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    for path, code in [(tmp_path / "ない.yaml", "F001"), (tmp_path, "F007")]:
        with pytest.raises(PiaSiteError) as caught:
            read_text(path)
        assert [one.code for one in caught.value.problems] == [code]


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_gives_nodes_or_problems(text: str) -> None:
    for found in problems_of(text):
        assert found.message
    assert comment_lines(text) == sorted(comment_lines(text))


@settings(deadline=None)
@given(st.text(st.sampled_from("ab:- \n#'\"[]{}|>&*!?,\\%@~"), max_size=60))
def test_any_signs_give_nodes_or_problems(text: str) -> None:
    for found in problems_of(text):
        assert found.message
    comment_lines(text)


# --- writing ---


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("見本市", "見本市"),
        ("", '""'),
        ("9", '"9"'),
        ("010006", '"010006"'),
        ("1e3", '"1e3"'),
        ("0o17", '"0o17"'),
        ("no", '"no"'),
        ("~", '"~"'),
        ("12:30", '"12:30"'),
        ("a: b", '"a: b"'),
        ("―", "―"),
        ("（注）①", "（注）①"),
        (" 見本", '" 見本"'),
        ("a'b\"c", "a'b\"c"),
        ("'a'", "\"'a'\""),
        ("𠮷野", "𠮷野"),
        ("一\n二", "|-\n  一\n  二"),
        ("一\n二\n", "|\n  一\n  二"),
        ("一\n\n  二\n", "|\n  一\n\n    二"),
        ("\u3000一\n\u3000二", "|-\n  \u3000一\n  \u3000二"),
        ("一\n# 二", "|-\n  一\n  # 二"),
        ("一 \n二", '"一 \\n二"'),
        ("一\n\n", '"一\\n\\n"'),
        (Number("3"), "3"),
    ],
)
def test_canonical_scalars(value: str | Number, written: str) -> None:
    assert dump_yaml({"値": value}) == f"値: {written}\n"


def test_canonical_collections_and_modeline() -> None:
    data: dict[str, Writable] = {
        "甲": [],
        "乙": {},
        "丙": ["一", {"二": "三", "四": ["五"]}],
        "丁": {"六": "七"},
    }
    assert dump_yaml(data, modeline="yaml-language-server: $schema=見本.json") == (
        "# yaml-language-server: $schema=見本.json\n"
        "甲: []\n乙: {}\n丙:\n- 一\n- 二: 三\n  四:\n  - 五\n丁:\n  六: 七\n"
    )


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_survive(text: str) -> None:
    data: dict[str, Writable] = {"値": text, "一覧": [text, {"値": text}], "後": "見本"}
    written = dump_yaml(data)
    root, problems = parse_marked(written)
    assert problems == []
    assert root.plain() == data
    assert dump_yaml(data) == written
    assert comment_lines(written) == []


@settings(deadline=None)
@given(st.dictionaries(TEXTS.filter(bool), st.one_of(TEXTS, st.lists(TEXTS)), min_size=1))
def test_whatever_is_written_is_read_again(data: dict[str, str | list[str]]) -> None:
    written = dump_yaml(data)
    assert parse_yaml(written).plain() == data
    assert comment_lines(written) == []
    written.encode("utf-8")


# --- comments ---


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("甲: 1\n", []),
        ("# yaml-language-server: $schema=x\n甲: 1\n", []),
        ("甲: 1\n# yaml-language-server: $schema=x\n", [2]),
        ("# 注\n甲: 1\n", [1]),
        ("甲: 1 # 注\n", [1]),
        ("甲: 1# 注ではない\n", []),
        ('甲: "# 注ではない" # 注\n', [1]),
        ("甲: '一\n  # 注ではない\n  二'\n# 注\n", [4]),
        ("甲: |\n  # 注ではない\n  一 # 注ではない\n乙: 2\n", []),
        ("甲: |\n  一\n# 注\n乙: 2\n", [3]),
        ("甲: |\n  一\n\n# 注\n", [4]),
        ("甲: |\n  # 注ではない", []),
        ("甲: | # 注\n  一\n", [1]),
        ("甲: |- # 注\n  # 注ではない\n乙: >+ # 注\n  二\n", [1, 3]),
        ("甲:\n- 一 # 注\n# 注\n- 二\n", [2, 3]),
        ("甲: [一, # 注\n  二]\n", [1]),
        ("甲: 一\n  二 # 注\n", [2]),
        ("甲: 1\n\n  # 字下げした注\n乙: 2\n#\n", [3, 5]),
        ("# 一\n# 二\n甲: 1\n", [1, 2]),
        ("𠮷: 🙂 # 注\n", [1]),
        ("# 注\n甲: [閉じない\n  # 注\n", [1, 3]),
    ],
)
def test_lines_that_hold_a_comment(text: str, lines: list[int]) -> None:
    assert comment_lines(text) == lines

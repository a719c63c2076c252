"""What is loaded and saved comes back to the byte, and the ways of having no answer stay apart."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pia_site.documents.answers import (
    Answer,
    Checks,
    Choice,
    CitedLaw,
    Count,
    Date,
    Law,
    Names,
    RecordGroup,
    Records,
    State,
    Text,
)
from pia_site.documents.blank import blank_edition
from pia_site.documents.edition import Annex, ChangeText, DeclaredChange, Edition, Overview, ShortAnswer
from pia_site.documents.read import read_edition
from pia_site.documents.write import dump_edition, save_edition
from pia_site.forms import Form, Kind, all_forms, form_by_id
from pia_site.problems import PiaSiteError, Problem
from pia_site.text.cleaning import is_dash

Read = Callable[..., tuple[Edition | None, list[Problem]]]

EDITIONS = Path(__file__).with_name("editions")
GOLDEN = {"basic": "2015-01-13", "priority": "2020-09-25", "full": "undated"}
NASTY = [
    *("9", "no", "010006", "12:30", " 先頭の空白", "末尾の空白 ", "a: b", "# x", "null", "~", "a\tb"),
    *("一行\n二行", "一行\n二行\n", "一行\n\n", "一行\n  字下げ", "\n一行", "'一'", '"二"', "―ではない"),
    *(
        "【注】\u3000全角の空白",
        "＜中間サーバーにおける措置＞",
        "𠮷野見本店",
        "a\r\nb",
        "- 一",
        "{一}",
        "不明 ",
    ),
]
TEXTS = st.one_of(st.text(st.characters(codec="utf-8"), max_size=40), st.sampled_from(NASTY))
# An answer of blanks or dashes is no text but a state of its own.
WORDS = TEXTS.filter(lambda text: bool(text.strip()) and not is_dash(text))
# Each example writes and reads a whole edition.
FEW = settings(deadline=None, max_examples=40)
EMPTY = blank_edition(form_by_id("basic-2014-04"), body="mihon", number="1")
EMPTY_PRIORITY = blank_edition(form_by_id("priority-2018-05"), body="mihon", number="1")


def with_answers(edition: Edition, **changed: dict[str, object]) -> Edition:
    """The edition with the answers at some addresses changed ("_" stands for "-")."""
    answers = dict(edition.answers)
    for name, changes in changed.items():
        address = name.replace("_", "-")
        answers[address] = replace(answers[address], **{"state": State.PRESENT, **changes})  # type: ignore[arg-type]
    return replace(edition, answers=answers)


def again(read: Read, edition: Edition) -> Edition:
    """The edition written and read, after checking that writing it again gives the same bytes."""
    text = dump_edition(edition)
    back, problems = read(text)
    assert problems == []
    assert back is not None
    assert dump_edition(back) == text
    return back


# --- whole files ---


@pytest.mark.parametrize("name", GOLDEN)
def test_canonical_files_come_back_to_the_byte(read: Read, name: str) -> None:
    text = (EDITIONS / f"{name}.yaml").read_text(encoding="utf-8")
    edition, problems = read(text, GOLDEN[name])
    assert edition is not None
    # What a file leaves out is told, and so is a date that the calendar lacks; nothing else is.
    allowed = {"basic": set(), "priority": {"S005", "V003"}, "full": {"S005"}}[name]
    assert {found.code for found in problems} == allowed
    assert dump_edition(edition) == text


def test_the_canonical_files_hold_every_kind_and_every_state(read: Read) -> None:
    editions = []
    for name, published in GOLDEN.items():
        edition, _ = read((EDITIONS / f"{name}.yaml").read_text(encoding="utf-8"), published)
        assert edition is not None
        editions.append(edition)
    answers = list(chain.from_iterable(edition.answers.values() for edition in editions))
    present = {answer.item.kind for answer in answers if answer.state is State.PRESENT}
    assert present == set(Kind) - {Kind.CHANGES}
    assert {answer.state for answer in answers} == set(State)
    assert any(edition.changes for edition in editions)
    assert any(answer.undecided for answer in answers)
    for field in ("summary", "omitted", "memo"):
        assert any(getattr(answer, field) for answer in answers), field


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.id)
def test_a_blank_edition_is_canonical_and_without_a_problem(read: Read, form: Form) -> None:
    edition = blank_edition(form, body="mihon", number="1", files=2, members=2)
    back = again(read, edition)
    assert list(back.answers) == list(edition.answers)
    assert (back.copies, back.groups) == (edition.copies, edition.groups)
    # Keys longer than this would be written in a form of YAML that nobody knows.
    assert "? " not in dump_edition(edition)


def test_save_and_load_through_files(tmp_path: Path) -> None:
    path = tmp_path / "jimu" / "mihon" / "1" / "2015-01-13.yaml"
    path.parent.mkdir(parents=True)
    golden = (EDITIONS / "basic.yaml").read_bytes()
    path.write_bytes(golden)
    edition, problems = read_edition(path, tmp_path)
    assert edition is not None
    assert (edition.document, edition.published, problems) == ("mihon/1", "2015-01-13", [])
    save_edition(edition, path)
    assert path.read_bytes() == golden
    assert [one.name for one in path.parent.iterdir()] == [path.name]


# --- single values ---


@FEW
@given(WORDS, TEXTS, TEXTS)
def test_any_text_in_an_item_its_summary_and_its_memo(read: Read, text: str, summary: str, memo: str) -> None:
    edition = with_answers(EMPTY, i_1_2={"value": Text(text)})
    assert again(read, edition).answers["i-1-2"].value == Text(text)
    edition = with_answers(EMPTY, i_1_2={"value": Text(text), "summary": summary, "memo": memo})
    back = again(read, edition).answers["i-1-2"]
    assert (back.value, back.memo) == (Text(text), memo)
    assert back.summary == (None if summary == "未作成" else summary)


@FEW
@given(WORDS, st.lists(TEXTS, min_size=2, max_size=4))
def test_any_names(read: Read, one: str, several: list[str]) -> None:
    edition = with_answers(EMPTY, i_1_1={"value": Names((one,))}, i_7_a={"value": Names(tuple(several))})
    back = again(read, edition)
    assert back.answers["i-1-1"].value == Names((one,))
    assert back.answers["i-7-a"].value == Names(tuple(several))


@FEW
@given(WORDS, st.lists(st.tuples(TEXTS, TEXTS), max_size=3), st.booleans())
def test_any_law(read: Read, text: str, cited: list[tuple[str, str]], withheld: bool) -> None:
    law = Law(None if withheld else text, tuple(CitedLaw(*pair) for pair in cited))
    state = State.WITHHELD if withheld else State.PRESENT
    edition = with_answers(EMPTY, i_3_a={"state": state, "value": law})
    back = again(read, edition).answers["i-3-a"]
    assert (back.state, back.value) == (state, law)


@FEW
@given(st.lists(st.tuples(TEXTS, st.lists(TEXTS, max_size=3)), min_size=1, max_size=3))
def test_any_records(read: Read, groups: list[tuple[str, list[str]]]) -> None:
    records = Records(tuple(RecordGroup(heading or None, tuple(fields)) for heading, fields in groups))
    edition = with_answers(EMPTY_PRIORITY, records1_a={"value": records})
    edition = replace(
        edition, covered_files={"records1": tuple(fields for _, one in groups for fields in one)}
    )
    back = again(read, edition)
    assert back.answers["records1-a"].value == records
    assert back.covered_files == edition.covered_files


@FEW
@given(st.lists(TEXTS, min_size=8, max_size=8))
def test_any_text_outside_the_items(read: Read, texts: list[str]) -> None:
    one, two, three, four, five, six, seven, eight = texts
    row = DeclaredChange(
        address="changes-20180401-1",
        date=Date("平成30年4月1日", None),
        item=one,
        before=ChangeText(two),
        after=ChangeText(None, three, four),
        timing="事後",
        reason=five,
    )
    edition = replace(
        EMPTY,
        overview=Overview((one, two), (ShortAnswer("だれの情報か", three, ("ii-1-a", "i-1")),)),
        changes=(row, replace(row, address="changes-20180401-2", before=ChangeText(six, seven, eight))),
        annexes=(Annex("annex1", one, two, three, (four, five)), Annex("annex2", six, seven, None, ())),
        memo=eight,
    )
    back = again(read, edition)
    assert back.overview.sentences == (one, two)
    assert back.overview.answers[0].answer == three
    assert (back.annexes, back.memo) == (edition.annexes, eight)
    assert back.changes[0].before == ChangeText(two)
    assert back.changes[0].address == "changes-20180401-1"
    assert [change.item for change in back.changes] == [one, one]
    if "未作成" not in (three, seven):
        assert (back.changes[0].after, back.changes[1].before) == (row.after, edition.changes[1].before)


@FEW
@given(st.data())
def test_any_boxes(read: Read, data: st.DataObject) -> None:
    slot = EMPTY_PRIORITY.answers["ii1-3-1"].slot
    marks = tuple((option, data.draw(st.sampled_from([True, False, None]))) for option in slot.item.options)
    state = data.draw(st.sampled_from([State.PRESENT, State.LOST, State.BLANK]))
    value = Checks(marks) if state is State.PRESENT else None
    filled = data.draw(WORDS)
    edition = with_answers(
        EMPTY_PRIORITY,
        ii1_3_1={"state": state, "value": value},
        ii1_3_1_o5={"value": Text(filled)},
    )
    back = again(read, edition).answers
    assert (back["ii1-3-1"].state, back["ii1-3-1"].value) == (state, value)
    assert back["ii1-3-1-o5"].value == Text(filled)
    assert back["ii1-3-1-o6"].state is State.BLANK


def test_the_ways_of_having_no_answer_stay_apart(read: Read) -> None:
    kinds = {answer.item.kind: answer for answer in EMPTY_PRIORITY.answers.values()}
    states: list[dict[str, object]] = [
        {"state": State.BLANK, "value": None},
        {"state": State.LOST, "value": None},
        {"state": State.DASH, "value": None, "written": "―"},
        {"state": State.DASH, "value": None, "written": "なし"},
        {"state": State.DASH, "value": None, "written": "-"},
    ]
    states += [{**state, "memo": "見本"} for state in states]
    for kind, answer in kinds.items():
        seen = set()
        for state in states:
            changed = replace(answer, **state)  # type: ignore[arg-type]
            answers = {**EMPTY_PRIORITY.answers, answer.address: changed}
            edition = replace(EMPTY_PRIORITY, answers=answers)
            back = again(read, edition).answers[answer.address]
            expected = (changed.state, changed.value, changed.written, changed.memo)
            assert (back.state, back.value, back.written, back.memo) == expected, kind
            seen.add(dump_edition(edition))
        assert len(seen) == len(states)


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("i-1-3", Choice(None)),
        ("i-1-3", Choice("1,000人未満")),
        ("ii1-2-5", Date("不明", None)),
        ("ii1-4-a-o1", Count("不明", None)),
        ("ii1-4-a-o1", Count("3", 3)),
        ("ii1-4-a-o1", Count("003", 3)),
        ("ii1-4-a-o1", Count("３", 3)),
        ("iii1-4-0", Checks((("委託しない", None),))),
    ],
)
def test_undecided_is_no_other_state(read: Read, address: str, value: object) -> None:
    edition = with_answers(EMPTY_PRIORITY, **{address: {"value": value}})
    back = again(read, edition).answers[address]
    assert (back.state, back.value) == (State.PRESENT, value)


def test_a_missing_answer_keeps_what_stands_below_it(read: Read) -> None:
    answers = dict(EMPTY_PRIORITY.answers)
    del answers["ii1-2-3"]
    text = dump_edition(replace(EMPTY_PRIORITY, answers=answers))
    back, problems = read(text)
    assert [found.code for found in problems] == ["S005"]
    assert "対象となる本人の範囲の回答" in problems[0].message
    assert back is not None
    assert "ii1-2-3" not in back.answers
    assert "ii1-2-3a" in back.answers
    assert dump_edition(back) == text


# --- comments and files ---


def test_a_comment_is_never_dropped(tmp_path: Path, basic: str) -> None:
    path = tmp_path / "jimu" / "mihon" / "1" / "2015-01-13.yaml"
    path.parent.mkdir(parents=True)
    text = basic.replace("収録: 全文\n", "収録: 全文 # あとで直す\n").replace(
        "表紙:\n", "# ここから表紙\n表紙:\n"
    )
    path.write_text(text, encoding="utf-8")
    edition, problems = read_edition(path, tmp_path)
    assert edition is not None
    assert problems == []
    with pytest.raises(PiaSiteError) as caught:
        save_edition(edition, path)
    (found,) = caught.value.problems
    lines = [n for n, line in enumerate(text.split("\n"), start=1) if "# あと" in line or "# ここ" in line]
    assert (found.code, found.location.path, found.location.line) == ("S015", path, lines[0])
    assert f"{lines[0]}、{lines[1]} 行目" in found.message
    assert "メモ" in found.hint
    assert path.read_text(encoding="utf-8") == text


def test_a_file_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "jimu").write_text("フォルダーではない", encoding="utf-8")
    with pytest.raises(PiaSiteError) as caught:
        save_edition(EMPTY, tmp_path / "jimu" / "undated.yaml")
    assert [found.code for found in caught.value.problems] == ["F007"]


def test_answers_know_their_lines(read: Read, basic: str) -> None:
    edition, _ = read(basic, "2015-01-13")
    assert edition is not None
    lines = basic.split("\n")
    for address, text in [("cover-f", "公表日: "), ("i-1-3", "- 見本帳システム"), ("ii-1-a", "何人か: ")]:
        assert text in lines[edition.answers[address].line - 1]
    assert isinstance(edition.answers["cover-f"], Answer)

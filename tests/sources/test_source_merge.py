"""Importing again: the officer's changes stay, the source's are proposed, and neither is mixed into the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from printed_form import Printed

from pia_site.documents.answers import State
from pia_site.documents.edition import Edition
from pia_site.documents.read import read_edition
from pia_site.forms import Form
from pia_site.problems import PiaSiteError
from pia_site.sources.importer import ImportResult, import_source

LONG = "見本市の見本の事務を行うために見本の情報を利用し見本の措置を講ずるものとして定めるところによる"
VALUES: dict[str, object] = {
    "cover-a": "12",
    "cover-b": "見本事務",
    "cover-e": "見本市長",
    "cover-f": "令和5年4月1日",
    "i-1-1": "見本事務",
    "i-1-2": LONG,
    "i-1-3": "1,000人未満",
    "i-2-s1-1": "見本システム",
    "i-2-s1-2": "見本の機能",
    "i-2-s1-3": {"宛名システム等"},
    "i-2-s2-1": "例示システム",
    "iii1-1-a": "見本ファイル",
}
ROWS = [("令和4年4月1日", "Ⅰ1②", "甲の見本", "乙の見本", "事後", "")]


class Desk:
    """An officer's desk: the source as the body publishes it now, and the edition in `content/`."""

    def __init__(self, folder: Path, form: Form) -> None:
        self._source = folder / "mihon.txt"
        self._form = form
        self.into = folder / "content"
        self.values = dict(VALUES)
        self.members = {"i-2-s": 2}
        self.rows = list(ROWS)
        self.path = self.into / "jimu" / "mikakunin" / "12" / "2023-04-01.yaml"

    def imports(self, *, abstract: bool = False, accept: bool = False) -> ImportResult:
        printed = Printed(self._form, self.values, members=self.members, changes=self.rows)
        self._source.write_text(printed.text(), encoding="utf-8")
        return import_source(self._source, into=self.into, abstract=abstract, accept=accept)

    def writes(self, old: str, new: str) -> None:
        text = self.path.read_text(encoding="utf-8")
        assert text.count(old) == 1, text.count(old)
        self.path.write_text(text.replace(old, new), encoding="utf-8")

    def edition(self) -> Edition:
        edition, problems = read_edition(self.path, self.into)
        assert problems == []
        assert edition is not None
        return edition

    def says(self, address: str) -> str:
        return self.edition().answers[address].as_text()


@pytest.fixture
def desk(tmp_path: Path, priority: Form) -> Desk:
    return Desk(tmp_path, priority)


def addresses(result: ImportResult, *, both: bool) -> list[str]:
    return [one.address for one in result.proposals if one.both is both]


def codes(result: ImportResult) -> set[str]:
    return {one.code for one in result.problems} - {"I002", "I004", "I006"}


def test_the_same_source_changes_nothing(desk: Desk) -> None:
    assert desk.imports().is_new
    before = desk.path.read_bytes()
    again = desk.imports(accept=True)
    assert (again.is_new, again.proposals) == (False, ())
    assert desk.path.read_bytes() == before


def test_what_the_officer_changed_stays(desk: Desk) -> None:
    desk.imports()
    desk.writes("見本の機能", "書き直した機能")
    result = desk.imports(accept=True)
    assert result.proposals == ()
    assert desk.says("i-2-s1-2") == "書き直した機能"


def test_what_the_source_changed_is_proposed_and_taken_when_asked(desk: Desk) -> None:
    desk.imports()
    before = desk.path.read_bytes()
    desk.values |= {"i-2-s1-2": "改めた機能", "i-2-s1-3": {"税務システム"}, "i-1-3": "1,000人以上1万人未満"}
    result = desk.imports()
    assert addresses(result, both=False) == ["i-1-3", "i-2-s1-2", "i-2-s1-3"]
    assert codes(result) == {"I009"}
    assert desk.path.read_bytes() == before
    taken = desk.imports(accept=True)
    assert codes(taken) == {"I014"}
    assert desk.says("i-2-s1-2") == "改めた機能"
    assert desk.says("i-2-s1-3") == "税務システム"
    assert desk.imports().proposals == ()


def test_where_both_changed_the_officer_wins_and_is_told_once(desk: Desk) -> None:
    desk.imports()
    desk.writes("見本の機能", "書き直した機能")
    desk.values["i-2-s1-2"] = "改めた機能"
    for _ in range(2):
        result = desk.imports()
        assert addresses(result, both=True) == ["i-2-s1-2"]
        (one,) = result.proposals
        assert (one.yours, one.theirs) == ("書き直した機能", "改めた機能")
        assert desk.path.read_text(encoding="utf-8").splitlines()[one.line - 1].endswith("書き直した機能")
    assert codes(desk.imports(accept=True)) == {"I010"}
    assert desk.says("i-2-s1-2") == "書き直した機能"
    assert desk.imports().proposals == ()


def test_both_changed_to_the_same(desk: Desk) -> None:
    desk.imports()
    desk.writes("見本の機能", "改めた機能")
    desk.values["i-2-s1-2"] = "改めた機能"
    assert desk.imports().proposals == ()


def test_summaries_of_an_abstract_edition_stay(desk: Desk) -> None:
    desk.imports(abstract=True)
    desk.writes("事務の内容:\n      要約: 未作成", "事務の内容:\n      要約: 見本の要約です。")
    assert desk.imports().proposals == ()
    desk.values["i-1-2"] = LONG + "ほか"
    result = desk.imports()
    assert addresses(result, both=False) == ["i-1-2"]
    assert codes(desk.imports(accept=True)) == {"I014", "I013"}
    answer = desk.edition().answers["i-1-2"]
    assert (answer.state, answer.summary) == (State.WITHHELD, "見本の要約です。")
    assert LONG not in desk.path.read_text(encoding="utf-8")


def test_a_member_more_is_one_proposal(desk: Desk) -> None:
    desk.imports()
    desk.writes("例示システム", "例示システム")
    desk.values |= {"i-2-s3-1": "第三のシステム"}
    desk.members["i-2-s"] = 3
    result = desk.imports()
    assert [(one.address, one.yours, one.theirs) for one in result.proposals] == [("i-2-s", "2 件", "3 件")]
    desk.imports(accept=True)
    assert desk.edition().groups["i-2-s"] == 3
    assert desk.says("i-2-s3-1") == "第三のシステム"


def test_a_member_the_officer_added_stays(desk: Desk) -> None:
    desk.imports()
    text = desk.path.read_text(encoding="utf-8")
    begin = text.index("  - システムの名称: 例示システム")
    end = text.index("  3 ", begin)
    member = text[begin:end]
    desk.path.write_text(text[:end] + member.replace("例示", "追加の") + text[end:], encoding="utf-8")
    assert desk.imports(accept=True).proposals == ()
    assert desk.says("i-2-s3-1") == "追加のシステム"
    desk.values["i-2-s1-2"] = "改めた機能"
    assert addresses(desk.imports(accept=True), both=True) == ["i-2-s"]
    assert desk.says("i-2-s1-2") == "見本の機能"


def test_change_rows_are_compared_as_one(desk: Desk) -> None:
    desk.imports()
    desk.rows.append(("令和5年4月1日", "Ⅰ1③", "丙の見本", "丁の見本", "事前", ""))
    assert [one.address for one in desk.imports(accept=True).proposals] == ["changes"]
    assert [row.item for row in desk.edition().changes] == ["Ⅰ1②", "Ⅰ1③"]
    desk.writes("丁の見本", "書き直した見本")
    desk.rows.append(("令和5年4月1日", "Ⅰ2", "戊の見本", "己の見本", "事前", ""))
    assert addresses(desk.imports(accept=True), both=True) == ["changes"]
    assert len(desk.edition().changes) == 2


def test_an_edition_that_was_moved_is_found_by_its_source(desk: Desk) -> None:
    result = desk.imports()
    moved = desk.into / "jimu" / "mihon-city" / "12" / desk.path.name
    moved.parent.mkdir(parents=True)
    desk.path.rename(moved)
    result.provenance.rename(moved.with_name(result.provenance.name))
    assert desk.imports().path == moved


def test_another_form_is_another_edition(desk: Desk, full: Form, tmp_path: Path) -> None:
    desk.imports()
    other = Desk(tmp_path, full)
    other.values |= {"cover-f": "", "cover-g": "令和5年4月1日"}
    with pytest.raises(PiaSiteError) as refused:
        other.imports()
    assert [one.code for one in refused.value.problems] == ["I012"]


def test_a_comment_in_the_yaml_is_never_dropped(desk: Desk) -> None:
    desk.imports()
    desk.writes("見本の機能", "見本の機能  # 覚え書き")
    desk.values["i-1-3"] = "1,000人以上1万人未満"
    with pytest.raises(PiaSiteError) as refused:
        desk.imports(accept=True)
    assert [one.code for one in refused.value.problems] == ["S015"]
    assert "覚え書き" in desk.path.read_text(encoding="utf-8")

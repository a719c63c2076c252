"""An abstract edition keeps facts and withholds wordings; what is withheld leaves length and fingerprint."""

from __future__ import annotations

import pytest
from printed_form import Printed, read

from pia_site.documents.answers import Law, Names, State
from pia_site.documents.edition import Edition
from pia_site.forms import Form
from pia_site.sources.abstract import REMARK, Withheld, abstract, measure
from pia_site.text.cleaning import fingerprint

LONG = "見本市の見本の事務を行うために見本の情報を利用し見本の措置を講ずるものとして定めるところによる"


def abridged(
    form: Form, values: dict[str, object], changes: list[tuple[str, ...]] | None = None
) -> tuple[Edition, dict[str, Withheld]]:
    return abstract(read(Printed(form, values, changes=changes or []).text()).edition)


@pytest.mark.parametrize(("length", "kept"), [(1, True), (40, True), (41, False)])
def test_a_text_is_a_fact_up_to_forty_characters(full: Form, length: int, kept: bool) -> None:
    edition, withheld = abridged(
        full, {"i-1-2": LONG[:20] + " " + LONG[20:length] if length > 20 else LONG[:length]}
    )
    answer = edition.answers["i-1-2"]
    assert edition.abridged
    assert (answer.state is State.PRESENT) is kept
    assert (answer.value is None) is not kept
    assert ("i-1-2" in withheld) is not kept
    if not kept:
        assert withheld["i-1-2"] == Withheld(length, fingerprint(LONG[:length]))


def test_of_a_law_the_citations_stay(full: Form) -> None:
    edition, withheld = abridged(full, {"i-5-a": f"番号法第9条第1項 {LONG}"})
    answer = edition.answers["i-5-a"]
    assert answer.state is State.WITHHELD
    assert isinstance(answer.value, Law)
    assert answer.value.text is None
    assert [cited.place for cited in answer.value.citations] == ["第9条第1項"]
    assert "i-5-a" in withheld


def test_short_facts_stay_whatever_their_kind(full: Form) -> None:
    values: dict[str, object] = {
        "i-1-1": "見本事務",
        "i-1-3": "30万人以上",
        "i-5-a": "番号法第9条第1項",
        "ii1-2-5": "平成28年1月",
        "v-1-1": "見本市総務課",
        "ii1-4-a-o1": 3,
    }
    edition, withheld = abridged(full, values)
    assert withheld == {}
    assert {edition.answers[address].state for address in values} == {State.PRESENT}


def test_a_name_is_kept_up_to_what_counts_as_copied(full: Form) -> None:
    name = "見本" * 39
    edition, _ = abridged(full, {"i-1-1": name})
    assert edition.answers["i-1-1"].value == Names((name,))
    edition, withheld = abridged(full, {"i-1-1": name + "事務"})
    assert edition.answers["i-1-1"].state is State.WITHHELD
    assert withheld["i-1-1"].length == 80


def test_the_remark_behind_a_name_is_cut(full: Form) -> None:
    edition, withheld = abridged(full, {"i-1-1": f"見本事務（甲※を含む） ※{LONG * 2}"})
    answer = edition.answers["i-1-1"]
    assert answer.value == Names(("見本事務（甲※を含む）",))
    assert answer.omitted == (REMARK,)
    assert "i-1-1" in withheld


def test_sides_of_a_change(full: Form) -> None:
    edition, withheld = abridged(full, {}, [("平成30年4月1日", "Ⅰ 見本", "短い見本", LONG, "事後", LONG * 2)])
    (row,) = edition.changes
    assert (row.before.text, row.before.fingerprint) == ("短い見本", None)
    assert (row.after.text, row.after.summary, row.after.fingerprint) == (None, None, fingerprint(LONG))
    assert row.reason == ""
    assert set(withheld) == {f"{row.address}-after", f"{row.address}-reason"}


def test_the_fingerprint_does_not_depend_on_white_space() -> None:
    assert measure("見本 の\n文") == measure("見本の文") == Withheld(4, fingerprint("見本の文"))

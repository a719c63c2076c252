"""One invented 評価書, damaged in every way the real sources are: what is read, what is lost, what is left over.

`FILLED` prints every item with a value of its own, so that a value in the wrong place shows.
"""

from __future__ import annotations

import pytest
from printed_form import Printed, choice, cut, find, item_of, read, swap

from pia_site.documents.answers import Answer, Checks, Choice, Count, Date, Names, State
from pia_site.documents.slots import walk
from pia_site.forms import Form, Kind, form_by_id
from pia_site.sources.reading import Reading

COPIES = {"ii": 1, "iii": 1}
MEMBERS = {"i-2-s": 3, "ii1-4-c": 2, "ii1-5-p": 1, "ii1-5-t": 1}


def printed(form_id: str, copies: dict[str, int] = COPIES, members: dict[str, int] = MEMBERS) -> list[str]:
    form = form_by_id(form_id)
    values: dict[str, object] = {}
    for slot in walk(form, lambda part: copies.get(part.step, 1), lambda prefix: members.get(prefix, 0)):
        match slot.item.kind:
            case Kind.CHOICE:
                values[slot.address] = slot.item.options[0]
            case Kind.CHECKS:
                values[slot.address] = {slot.item.options[-1]}
            case Kind.COUNT:
                values[slot.address] = 7
            case Kind.DATE:
                values[slot.address] = "令和5年4月1日"
            case Kind.TEXT | Kind.NAME | Kind.LAW | Kind.CONTACT:
                values[slot.address] = f"見本の{slot.address}"
    return Printed(form, values, copies, members).lines()


@pytest.fixture(scope="module")
def filled() -> list[str]:
    return printed("full-2018-05")


def said(result: Reading, address: str) -> str:
    return result.edition.answers[address].as_text()


def state(result: Reading, address: str) -> State:
    return result.edition.answers[address].state


def lost(result: Reading) -> set[str]:
    """Addresses of the sections something was lost of."""
    return {
        one.section_address
        for answer in result.edition.answers.values()
        if answer.state is State.LOST
        for one in [answer.slot]
        if one.part.step not in ("records", "work")
    }


def differences(one: Reading, other: Reading) -> set[str]:
    """Addresses that the two editions answer differently."""
    left, right = one.edition.answers, other.edition.answers
    return {a for a in {*left, *right} if plain(left.get(a)) != plain(right.get(a))}


def plain(answer: Answer | None) -> object:
    return (answer.state, answer.value) if answer else None


# --- what is lost ---


def test_the_undamaged_text_is_read_whole(filled: list[str]) -> None:
    result = read(filled)
    assert result.leftovers == ()
    assert lost(result) == set()


def test_a_lost_section_is_lost_and_not_blank(filled: list[str]) -> None:
    result = read(cut(filled, "5. 特定個人情報の提供・移転(委託や", "6. 情報提供"))
    assert lost(result) == {"iii1-5"}
    gone = [answer for answer in result.edition.answers.values() if answer.slot.section_address == "iii1-5"]
    assert {answer.state for answer in gone} == {State.LOST}
    assert [(one.code, one.location.address) for one in result.problems if one.code == "I004"] == [
        ("I004", "iii1-5")
    ]
    assert differences(result, read(filled)) == {answer.address for answer in gone}


def test_a_lost_page_within_a_section(filled: list[str]) -> None:
    begin = find(filled, "特定個人情報の提供ルール")
    result = read(
        [*filled[:begin], *filled[find(filled, "その他の措置の内容", after="特定個人情報の提供ルール") :]]
    )
    assert lost(result) == {"iii1-4"}
    assert state(result, "iii1-4-r0-d") is State.LOST
    assert said(result, "iii1-4-r0-c") == "記録を残している"
    assert said(result, "iii1-4-r0-y") == "見本のiii1-4-r0-y"
    (problem,) = [one for one in result.problems if one.code == "I004"]
    assert "（iii1-4-r0-d）" in problem.message


def test_lost_members_in_the_middle_keep_their_numbers() -> None:
    lines = printed("full-2018-05", members={**MEMBERS, "i-2-s": 5})
    result = read(cut(lines, "システム2", "システム4"))
    assert result.edition.groups["i-2-s"] == 5
    assert [said(result, f"i-2-s{n}-1") for n in (1, 4, 5)] == [f"見本のi-2-s{n}-1" for n in (1, 4, 5)]
    assert {state(result, f"i-2-s{n}-{step}") for n in (2, 3) for step in (1, 2, 3)} == {State.LOST}


def test_a_lost_part_is_one_lost_copy(filled: list[str]) -> None:
    begin = find(filled, "Ⅲ", after="7. 備考")
    result = read([*filled[:begin], *filled[find(filled, "Ⅳ", after="7. 備考") :]])
    assert result.edition.copies["iii"] == 1
    states = {a.state for a in result.edition.answers.values() if a.slot.part.step == "iii"}
    assert states == {State.LOST}


def test_a_list_of_contents_without_its_heading_makes_no_copies(filled: list[str]) -> None:
    index = find(filled, "項目一覧")
    result = read([*filled[:index], *filled[index + 1 :]])
    assert {step: result.edition.copies[step] for step in COPIES} == COPIES
    assert differences(result, read(filled)) <= {"records1-a", "records2-a"}


def test_an_end_cut_off_is_lost(filled: list[str]) -> None:
    result = read(filled[: find(filled, "6. 情報提供ネットワークシステムとの接続")])
    assert said(result, "iii1-5-r1-z") == "特に力を入れている"
    assert {"iii1-6", "iii1-7", "iv-1", "v-1", "vi-3"} <= lost(result)
    assert state(result, "vi-1-1") is State.LOST


def test_a_lost_heading_between_two_copies() -> None:
    lines = printed("full-2018-05", copies={"ii": 2, "iii": 2})
    del lines[find(lines, "Ⅱ", after="7. 備考")]
    del lines[find(lines, "Ⅲ", after="7. 特定個人情報の保管・消去")]
    result = read(lines)
    assert {step: result.edition.copies[step] for step in ("ii", "iii")} == {"ii": 2, "iii": 2}
    assert [said(result, f"ii{n}-1-a") for n in (1, 2)] == ["見本のii1-1-a", "見本のii2-1-a"]
    assert differences(result, read(printed("full-2018-05", copies={"ii": 2, "iii": 2}))) == set()


def test_a_lost_heading_of_a_member(filled: list[str]) -> None:
    """⑦時期・頻度 and the like below no heading belong to the next member."""
    begin = find(filled, "提供先1")
    result = read([*filled[:begin], *filled[begin + 1 :]])
    assert result.edition.groups["ii1-5-p"] == 1
    assert state(result, "ii1-5-p1") is State.LOST
    assert said(result, "ii1-5-p1-2") == "見本のii1-5-p1-2"


# --- what is empty ---


def test_an_empty_sheet_of_a_group_is_a_member_of_blanks() -> None:
    def blank(name: str) -> list[str]:
        form = form_by_id("full-2018-05")
        return Printed(form, {"ii1-5-p1": name, "ii1-4-c1": name}, {}, {"ii1-5-p": 1, "ii1-4-c": 1}).lines()

    empty = read(blank(""))
    assert {prefix: size for prefix, size in empty.edition.groups.items() if size} == {
        "ii1-4-c": 1,
        "ii1-5-p": 1,
    }
    assert state(empty, "ii1-5-p1") is State.BLANK
    assert state(empty, "ii1-5-p1-1") is State.BLANK
    assert empty.leftovers == ()
    named = read(blank("見本の名称"))
    assert (named.edition.groups["ii1-4-c"], named.edition.groups["ii1-5-p"]) == (1, 1)
    assert said(named, "ii1-4-c1") == "見本の名称"
    assert state(named, "ii1-4-c1-1") is State.BLANK


@pytest.mark.parametrize("dash", ["―", "－", "-", "なし", "該当なし", "ー"])
def test_a_dash_is_no_blank_and_no_text(filled: list[str], dash: str) -> None:
    result = read(swap(filled, "③消去方法", f"③消去方法\t{dash}"))
    answer = result.edition.answers["ii1-6-3"]
    assert (answer.state, answer.value, answer.written) == (State.DASH, None, dash)


def test_a_range_of_members_is_furniture() -> None:
    lines = printed("priority-2018-05")
    index = find(lines, "システム2")
    result = read([*lines[:index], "システム2～5\t", *lines[index:]])
    assert differences(result, read(lines)) == set()
    assert result.leftovers == ()


# --- order ---


def test_parts_exchanged(filled: list[str]) -> None:
    fifth, fourth, sixth = (find(filled, start, after="Ⅵ") for start in ("Ⅴ", "Ⅳ", "Ⅵ"))
    exchanged = [*filled[:fourth], *filled[fifth:sixth], *filled[fourth:fifth], *filled[sixth:]]
    assert differences(read(exchanged), read(filled)) == set()


def test_sections_exchanged(filled: list[str]) -> None:
    first, second, third = (
        find(filled, start)
        for start in (
            "3. 特定個人情報の使用",
            "4. 特定個人情報ファイルの取扱いの委託\t[",
            "5. 特定個人情報の提供・移転(委託や",
        )
    )
    exchanged = [*filled[:first], *filled[second:third], *filled[first:second], *filled[third:]]
    assert differences(read(exchanged), read(filled)) == set()


# --- cells and rows ---


def test_a_value_that_runs_on_in_unlabelled_rows(filled: list[str]) -> None:
    index = find(filled, "③消去方法")
    result = read([*filled[: index + 1], "", "\t続きの行", "\t\tさらに続く", *filled[index + 1 :]])
    assert said(result, "ii1-6-3") == "見本のii1-6-3\n続きの行\nさらに続く"
    assert result.origins["ii1-6-3"].lines == (index + 1, index + 3, index + 4)
    assert result.leftovers == ()


def test_a_value_that_runs_on_over_a_page_with_a_rule() -> None:
    lines = printed("priority-2018-05")
    index = find(lines, "②事務の内容")
    result = read(
        [*lines[: index + 1], "", "12", "", "|  |  |", "|---|---|", "|  | 続きの行 |", *lines[index + 1 :]]
    )
    assert said(result, "i-1-2") == "見本のi-1-2\n続きの行"
    assert result.leftovers == ()


def test_a_full_row_without_a_label_is_the_next_item(filled: list[str]) -> None:
    """A label lost with its cell: what stands there is placed, and marked as inferred."""
    result = read(swap(filled, "②実現が期待されるメリット", "見本市が期待する見本のメリット\t"))
    assert said(result, "i-4-2") == "見本市が期待する見本のメリット"
    assert not result.origins["i-4-2"].sure
    assert differences(result, read(filled)) == {"i-4-2"}


def test_a_label_and_its_value_in_one_cell(filled: list[str]) -> None:
    one_line = swap(filled, "⑥委託先名", "⑥委託先名 見本株式会社\t")
    two_lines = swap(filled, "⑥委託先名", "<p>⑥委託先名</p><p>見本株式会社</p>\t")
    for lines in (one_line, two_lines):
        result = read(lines)
        assert said(result, "ii1-4-c1-6") == "見本株式会社"
        assert differences(result, read(filled)) == {"ii1-4-c1-6"}


def test_two_labels_in_one_cell(filled: list[str], full: Form) -> None:
    item = item_of(full, "ii1-6-2a")
    begin = find(filled, "②保管期間")
    both = f"②保管期間<br>期間<br>その妥当性\t{choice(item, item.options[2])}<br>見本の妥当性"
    result = read([*filled[:begin], both, *filled[begin + 2 :]])
    assert said(result, "ii1-6-2a") == item.options[2]
    assert said(result, "ii1-6-2b") == "見本の妥当性"
    assert not result.origins["ii1-6-2b"].sure


def test_a_choice_without_its_brackets_is_lost(filled: list[str], full: Form) -> None:
    item = item_of(full, "ii1-6-2a")
    options = choice(item, "").replace("[]", "").strip()
    result = read(swap(filled, "②保管期間", f"②保管期間\t期間\t{options}"))
    assert state(result, "ii1-6-2a") is State.LOST
    (problem,) = [one for one in result.problems if one.code == "I004"]
    assert "（ii1-6-2a）" in problem.message


def test_a_choice_that_the_form_does_not_offer(filled: list[str]) -> None:
    result = read(swap(filled, "①ファイルの種類", "①ファイルの種類 ※\t[見本ファイル]"))
    assert result.edition.answers["ii1-2-1"].value == Choice(None)
    assert [one.code for one in result.problems if one.location.address == "ii1-2-1"] == ["I007"]


def test_a_heading_that_is_the_label(filled: list[str]) -> None:
    index = find(filled, "7. 備考")
    result = read(
        [*filled[:index], "7. 備考", "", "見本の備考一", "", "見本の備考二", "", *filled[index + 2 :]]
    )
    assert said(result, "ii1-7-a") == "見本の備考一\n見本の備考二"


def test_a_page_of_boxes_split_over_rows(filled: list[str], full: Form) -> None:
    item = item_of(full, "ii1-3-2")
    half = len(item.options) // 2
    first, second = (
        " ".join(f"[{'○' if o == item.options[0] else ' '}] {o}" for o in part)
        for part in (item.options[:half], item.options[half:])
    )
    result = read(swap(filled, "②入手方法", f"②入手方法\t{first}", f"\t{second} (見本の方法)"))
    value = result.edition.answers["ii1-3-2"].value
    assert isinstance(value, Checks)
    assert [option for option, mark in value.marks if mark] == [item.options[0]]
    assert all(mark is not None for _, mark in value.marks)
    assert said(result, "ii1-3-2-o8") == "見本の方法"


def test_bare_boxes_are_undecided(filled: list[str], full: Form) -> None:
    item = item_of(full, "ii1-3-2")
    bare = "".join(f'<input type="checkbox"/>{option} ' for option in item.options)
    checked = bare.replace('"checkbox"/', '"checkbox" checked', 1)
    value = read(swap(filled, "②入手方法", f"②入手方法\t{bare}")).edition.answers["ii1-3-2"].value
    assert isinstance(value, Checks)
    assert {mark for _, mark in value.marks} == {None}
    value = read(swap(filled, "②入手方法", f"②入手方法\t{checked}")).edition.answers["ii1-3-2"].value
    assert isinstance(value, Checks)
    assert value.ticked == (item.options[0],)


# --- words and values ---


def test_words_of_an_older_form(filled: list[str]) -> None:
    older = [
        line.replace("従業者に対する", "従業員に対する")
        .replace("事務に必要のない情報", "事務に必要な情報")
        .replace("人", "⼈")
        for line in filled
    ]
    result = read([line.replace("見本市の⼈", "見本市の人") for line in older])
    assert lost(result) == set()
    assert said(result, "iii1-3-r1-a") == "見本のiii1-3-r1-a"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("平成27年10月5日", "2015-10-05"),
        ("平成32年9月25日", "2020-09-25"),
        ("2016/01/01", "2016-01-01"),
        ("令和元年5月", "2019-05"),
        ("未定", None),
    ],
)
def test_dates_stay_as_written(filled: list[str], written: str, iso: str | None) -> None:
    value = read(swap(filled, "⑤保有開始日", f"⑤保有開始日\t{written}")).edition.answers["ii1-2-5"].value
    assert isinstance(value, Date)
    assert value.written == written
    assert (value.date.iso if value.date else None) == iso


def test_numbers_of_cases(filled: list[str]) -> None:
    result = read(filled)
    assert result.edition.answers["ii1-4-a-o1"].value == Count("7", 7)
    assert result.edition.answers["ii1-5-a-o2"].value == Count("7", 7)
    empty = read([line.replace("(7) 件", "(　) 件") for line in filled])
    assert state(empty, "ii1-4-a-o1") is State.BLANK
    assert state(empty, "ii1-5-a-o1") is State.BLANK


def test_offices_and_contacts_are_lists(filled: list[str]) -> None:
    lines = swap(
        filled, "①請求先", "①請求先\t<p>見本市総務課</p><p>〒000-0000 見本市見本町1-1</p><p>000-000-0000</p>"
    )
    lines = swap(lines, "⑦使用の主体", "⑦使用の主体\t使用部署 ※\t見本課、例示課")
    result = read(lines)
    assert result.edition.answers["v-1-1"].value == Names(
        ("見本市総務課", "〒000-0000 見本市見本町1-1", "000-000-0000")
    )
    assert result.edition.answers["ii1-3-7a"].value == Names(("見本課", "例示課"))


def test_what_fits_nowhere_is_left_over_with_its_line(filled: list[str]) -> None:
    index = find(filled, "Ⅱ", after="Ⅵ") + 1
    result = read([*filled[:index], "欄外の見本の文", *filled[index:]])
    assert [(one.first, one.last, one.text) for one in result.leftovers] == [
        (index + 1, index + 1, "欄外の見本の文")
    ]
    assert [one.code for one in result.problems if one.location.line] == ["I001"]
    assert differences(result, read(filled)) == set()


def test_pages_lost_between_members_are_told_by_their_count(filled: list[str], full: Form) -> None:
    item = item_of(full, "ii1-4-a")
    counted = f"委託の有無\t{choice(item, item.options[0])} (4) 件"
    result = read(swap(filled, "委託の有無", counted))
    (problem,) = [one for one in result.problems if one.code == "I016"]
    assert problem.location.address == "ii1-4-a-o1"
    assert "4 件" in problem.message

"""What holds of every form definition, and the facts of forms.md about single ones."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from pia_site.documents import keys
from pia_site.documents.answers import Slot
from pia_site.documents.leaf import leaf_keys
from pia_site.documents.slots import walk
from pia_site.forms import Form, FormType, Item, Kind, Node, Part, all_forms, find_form, form_by_id
from pia_site.forms import load as forms_load

PRIORITY, FULL = form_by_id("priority-2018-05"), form_by_id("full-2018-05")
EVERY_FORM = pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.id)


def slots(form: Form, copies: int = 2, members: int = 2) -> list[Slot]:
    return list(walk(form, lambda _: copies, lambda _: members))


def item_at(form: Form, address: str) -> Item:
    return next(slot.item for slot in slots(form, members=6) if slot.address == address)


def named_nodes(form: Form) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Every mapping of the edition YAML: where it is and the nodes whose keys stand in it."""

    def below(where: str, nodes: tuple[Node, ...]) -> Iterator[tuple[str, tuple[Node, ...]]]:
        yield where, nodes
        for node in nodes:
            if isinstance(node, Item):
                if node.children:
                    yield from below(f"{where} > {node.key}", node.children)
            else:
                yield from below(f"{where} > {node.key}", node.nodes)

    for part in form.parts:
        unnamed = tuple(node for section in part.sections if not section.key for node in section.nodes)
        yield from below(part.key, unnamed)
        for section in part.sections:
            if section.key:
                yield from below(f"{part.key} > {section.key}", section.nodes)


# --- every form ---


@EVERY_FORM
def test_every_address_is_unique_and_follows_the_grammar(form: Form) -> None:
    addresses = [slot.address for slot in slots(form)]
    assert [address for address, count in Counter(addresses).items() if count > 1] == []
    assert [one for one in addresses if not re.fullmatch(r"[a-z]+[0-9]*(?:-[a-z0-9]+)*", one)] == []


@EVERY_FORM
def test_copies_are_in_the_address_of_parts_that_repeat_only(form: Form) -> None:
    for slot in slots(form):
        head = slot.address.split("-")[0]
        assert head == f"{slot.part.step}{slot.copy or ''}" == slot.part_address
        assert (slot.copy is not None) == slot.part.repeats


@EVERY_FORM
def test_an_item_does_not_share_its_address_with_a_risk_a_section_or_a_part(form: Form) -> None:
    headings = {address for slot in slots(form) for address in (slot.part_address, slot.section_address)}
    risks = {slot.group_address for slot in slots(form) if slot.item.step and slot.group_address}
    names = {slot.address for slot in slots(form) if not slot.item.step}
    assert not {slot.address for slot in slots(form)} & (headings | risks - names)


@EVERY_FORM
def test_every_concept_is_there_and_unique(form: Form) -> None:
    concepts = Counter(item.concept for item in form.items())
    assert [concept for concept, count in concepts.items() if count > 1 or not concept.strip("/")] == []


@EVERY_FORM
def test_choices_and_boxes_have_options_and_nothing_else_has(form: Form) -> None:
    for item in form.items():
        assert bool(item.options) == (item.kind in (Kind.CHOICE, Kind.CHECKS)), item.label
        assert len(set(item.options)) == len(item.options), item.label
        assert not {keys.UNKNOWN, ""} & set(item.options), item.label
        grouped = [option for _, options in item.option_groups for option in options]
        assert grouped in ([], list(item.options)), item.label
        assert {option for _, option in item.option_variants} <= set(item.options), item.label
        assert not {variant for variant, _ in item.option_variants} & set(item.options), item.label


@EVERY_FORM
def test_parentheses_belong_to_an_option_and_carry_its_number(form: Form) -> None:
    for item in form.items():
        for fill in item.fills:
            assert fill.fill_of in item.options
            assert fill.step == f"{item.step}-o{item.options.index(fill.fill_of) + 1}"


@EVERY_FORM
def test_yaml_keys_are_unique_within_each_mapping(form: Form) -> None:
    clashes = []
    top = [*keys.HEADER, *(part.key for part in form.parts), keys.ANNEXES, keys.MEMO]
    mappings = [("", top)]
    for part in form.parts:
        named = [section.key for section in part.sections if section.key]
        loose = [node.key for section in part.sections if not section.key for node in section.nodes]
        mappings.append((part.key, [*named, *loose, keys.FILES]))
    for where, nodes in named_nodes(form):
        mappings.append((where, [node.key for node in nodes]))
    for item in form.items():
        leaf = leaf_keys(item)
        mappings.append((f"{item.label} (leaf)", [*leaf, keys.ANSWER]))
        # What tells an answer from an item with further items below it.
        mappings.append((f"{item.label} (below)", [*leaf, keys.ANSWER, *(one.key for one in item.children)]))
    for where, names in mappings:
        clashes += [f"{where}: {name}" for name, count in Counter(names).items() if count > 1]
    assert clashes == []


@EVERY_FORM
def test_part_steps_and_roles_are_unique(form: Form) -> None:
    for values in ([part.step for part in form.parts], [part.role for part in form.parts]):
        assert len(set(values)) == len(values)
    assert {"cover", "basics", "changes"} <= set(form.parts_by_role)


@EVERY_FORM
def test_items_of_a_part_are_found_in_printed_order(form: Form) -> None:
    walked = [slot.item for slot in slots(form, copies=1, members=1)]
    assert walked == list(form.items())


# --- which definition is taken ---


def test_definitions_come_oldest_revision_first() -> None:
    assert [form.id for form in all_forms()] == [
        "basic-2014-04",
        "basic-2019-01",
        "basic-2024-10",
        "full-2018-05",
        "priority-2018-05",
    ]


@pytest.mark.parametrize("revision", [None, "", "不明"])
def test_an_unknown_revision_takes_the_newest_definition(revision: str | None) -> None:
    for name, expected in [
        ("様式2", "basic-2024-10"),
        ("基礎項目評価書", "basic-2024-10"),
        ("様式4", FULL.id),
    ]:
        form = find_form(name, revision)
        assert form is not None
        assert form.id == expected


@pytest.mark.parametrize(
    ("name", "revision", "expected"),
    [
        ("基礎項目評価書", "平成26年4月", "basic-2014-04"),
        ("基礎項目評価書", "平成29年5月", "basic-2014-04"),
        ("基礎項目評価書", "令和元年5月", "basic-2019-01"),
        ("様式4", "平成26年4月", FULL.id),
        ("重点項目評価書", "令和7年3月", PRIORITY.id),
        ("重点項目評価書", "平成30年の春", None),
        ("重点項目評価書", "平成30年", None),
        ("見本市評価書", None, None),
    ],
)
def test_a_revision_takes_its_own_definition_or_the_one_before(
    name: str, revision: str | None, expected: str | None
) -> None:
    form = find_form(name, revision)
    assert (form.id if form else None) == expected


# --- 様式3 and 様式4 ---


@pytest.mark.parametrize(("form", "items"), [(PRIORITY, 127), (FULL, 226)], ids=["様式3", "様式4"])
def test_number_of_items(form: Form, items: int) -> None:
    """As forms.yaml counts: group members once, a printed number of things too, other parentheses not."""
    counted = [item for item in form.items() if item.fill_of is None or item.kind is Kind.COUNT]
    assert len(counted) == items


@pytest.mark.parametrize(
    ("form", "address", "label"),
    [
        (FULL, "i-2-s1-1", "①システムの名称"),
        (FULL, "i-5-a", "法令上の根拠"),
        (FULL, "ii1-2-4b", "④その妥当性"),
        (FULL, "ii1-3-1-o5", "①入手元 民間事業者"),
        (FULL, "ii1-3-7a", "⑦使用の主体 使用部署"),
        (FULL, "ii1-4-c1", "名称"),
        (FULL, "ii1-4-c1-6", "⑥委託先名"),
        (FULL, "ii2-5-t2", "名称"),
        (FULL, "ii1-6-2a", "②保管期間 期間"),
        (FULL, "iii1-3-r2-a", "ユーザ認証の管理"),
        (FULL, "iii1-3-r2-aa", "ユーザ認証の管理 具体的な管理方法"),
        (FULL, "iii1-4-0", "委託しない"),
        (FULL, "iii1-4-r0-z", "リスクへの対策は十分か"),
        (FULL, "iii1-7-r1-9a", "⑨その内容"),
        (
            FULL,
            "iii1-6-x",
            "情報提供ネットワークシステムとの接続に伴うその他のリスク及びそのリスクに対する措置",
        ),
        (FULL, "iii1-2-r1-y", "その他の措置の内容"),
        (PRIORITY, "ii1-4-c1-3", "③委託先名"),
        (PRIORITY, "ii1-3-4a", "④使用の主体 使用部署"),
        (PRIORITY, "iii1-7-r0-2b", "②再発防止策の内容"),
    ],
)
def test_addresses_of_the_contract(form: Form, address: str, label: str) -> None:
    assert item_at(form, address).row_label == label


@pytest.mark.parametrize(
    ("form", "starred_items", "starred_sections", "starred_parts"),
    [
        (
            PRIORITY,
            ["2①", "2③", "2主な記録項目", "3①", "3③", "4委託の有無", "4④", "6保管場所"],
            ["Ⅰ4", "Ⅰ5"],
            ["Ⅲ"],
        ),
        (
            FULL,
            [
                *("1②", "2①", "2③", "2主な記録項目", "3①", "3⑥", "3使用部署", "3⑧", "3情報の突合"),
                *("3情報の統計分析", "3権利利益に影響を与え得る決定", "4委託の有無", "4対象となる本人の範囲"),
                *("4⑦", "6①"),
            ],
            ["Ⅰ5", "Ⅰ6"],
            ["Ⅲ", "Ⅳ"],
        ),
    ],
    ids=["様式3", "様式4"],
)
def test_stars(
    form: Form, starred_items: list[str], starred_sections: list[str], starred_parts: list[str]
) -> None:
    once = slots(form, copies=1, members=1)
    starred = [slot for slot in once if slot.item.star]
    assert [
        f"{slot.section.number}{slot.item.number or slot.item.label}" for slot in starred
    ] == starred_items
    sections = [(part, section) for part in form.parts for section in part.sections if section.star]
    assert [f"{part.printed}{section.number}" for part, section in sections] == starred_sections
    assert [part.printed for part in form.parts if part.star] == starred_parts
    excluded = [slot.item.key for slot in once if slot.item.star_excluded]
    assert excluded == ["過去3年以内の重大事故"]


def test_every_risk_asks_whether_enough_is_done() -> None:
    for form in (PRIORITY, FULL):
        part = form.parts_by_role["risks"]
        asked = {slot.group_address for slot in slots(form) if slot.item.step == "z"}
        risks = {slot.group_address for slot in slots(form) if slot.part is part and slot.group_address}
        assert asked == risks


def test_the_same_fact_has_the_same_concept_on_both_forms() -> None:
    for priority, full in [
        ("i-4-a", "i-5-a"),
        ("i-5-1", "i-6-1"),
        ("i-6-2", "i-7-2"),
        ("ii1-3-3", "ii1-3-6"),
        ("ii1-4-c1-3", "ii1-4-c1-6"),
        ("iii1-7-r0-2", "iii1-7-r1-9"),
        ("iv-2-1", "v-2-1"),
    ]:
        assert item_at(PRIORITY, priority).concept == item_at(FULL, full).concept


# --- 様式2 ---

BASIC = [form for form in all_forms() if form.type is FormType.BASIC]


def test_form_2_is_unconfirmed_and_the_others_are_not() -> None:
    assert [form.id for form in all_forms() if not form.confirmed] == [form.id for form in BASIC]
    for form in (PRIORITY, FULL):
        assert not any(item.unconfirmed for item in form.items())


@pytest.mark.parametrize("form", BASIC, ids=lambda form: form.id)
def test_what_no_page_has_shown_of_form_2_is_marked(form: Form) -> None:
    marked = {slot.address for slot in slots(form) if slot.item.unconfirmed}
    shown = {slot.address for slot in slots(form)} - marked
    assert {"ii-1-a", "ii-2-a", "ii-2-b", "ii-3-a", "iii-a", "changes-a"} <= marked
    assert {one for one in shown if not one.startswith(("cover-", "i-"))} == {"ii-1-b"}
    assert {f"cover-{letter}" for letter in "abcdefg"} <= shown
    assert {"i-1-1", "i-1-2", "i-1-3", "i-2-a", "i-3-a", "i-4-1", "i-4-2", "i-5-1", "i-6-a"} <= shown
    assert {"i-7-a", "i-8-a"} <= shown


def test_form_2_of_2014_is_what_its_pages_show() -> None:
    form = form_by_id("basic-2014-04")
    assert not {slot.address for slot in slots(form) if slot.item.unconfirmed and slot.part.step == "i"}
    assert item_at(form, "i-5-2").label == "所属長"
    assert item_at(form, "i-4-1").options == ("実施する", "実施しない", "未定")
    assert item_at(form, "ii-1-a").options[0] == "1,000人未満(任意実施)"
    assert "risks" not in form.parts_by_role


def test_later_revisions_of_form_2_only_add() -> None:
    addresses = [{slot.address: slot.item.label for slot in slots(form)} for form in BASIC]
    assert [len(one) for one in addresses] == [26, 40, 49]
    for older, newer in pairwise(addresses):
        # Ⅳ 8 and 9 became 9 and 10 when 人手を介在させる作業 came before them.
        moved = {address for address in older if address.startswith(("iv-8", "iv-9"))}
        assert older.keys() - moved <= newer.keys()


def test_accidents_of_form_2_are_not_those_of_the_others() -> None:
    basic = item_at(form_by_id("basic-2014-04"), "ii-3-a").concept
    assert basic not in {item.concept for form in (PRIORITY, FULL) for item in form.items()}


# --- a definition with a mistake ---


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("    - step: b\n", "    - stepp: b\n", "{line}: Extra inputs"),
        ('confirmed: "false"', 'confirmed: "nearly"', "{line}: Input should be a valid boolean"),
        ("kind: law\n", "kind: laws\n", "{line}: Input should be 'text'"),
        ("choices: 重大事故\n", "choices: 軽い事故\n", " no choice list is called 軽い事故"),
        ("    - step: b\n      label", "    - label", " an item lacks its kind, label or step: 評価書名"),
    ],
)
def test_a_mistake_in_a_definition_is_named(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    text = (Path(forms_load.__file__).parent / "basic-2014-04.yaml").read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index(right)) + 1
    path = tmp_path / "basic-2014-04.yaml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(forms_load.FormError) as caught:
        forms_load._load(path)
    assert f"basic-2014-04.yaml:{says.format(line=line)}" in str(caught.value)


def test_parts_are_reached_by_key_role_and_step() -> None:
    part = FULL.parts_by_role["files"]
    assert isinstance(part, Part)
    assert FULL.parts_by_step["ii"] is FULL.parts_by_key["Ⅱ 特定個人情報ファイルの概要"] is part

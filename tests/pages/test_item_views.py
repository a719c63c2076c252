"""How single answers are shown: states in words, choices, boxes, dates, laws, names."""

from dataclasses import replace

import pytest

from pia_site.pages.routes import Page
from pia_site.pages.views.document import Document
from pia_site.pages.views.item import (
    ABSENT_WORDS,
    BLANK_WORDS,
    LOST_WORDS,
    UNDECIDED_WORDS,
    ItemView,
    TextBlock,
    text_blocks,
)
from pia_site.pages.views.part import GroupView, part_page


@pytest.fixture(scope="session")
def plain(documents: tuple[Document, ...]) -> Document:
    return next(one for one in documents if one.edition.document == "mihon-city/1" and not one.pinned)


@pytest.fixture(scope="session")
def items(plain: Document) -> dict[str, ItemView]:
    found: dict[str, ItemView] = {}

    def collect(nodes: tuple[ItemView | GroupView, ...]) -> None:
        for node in nodes:
            if isinstance(node, GroupView):
                collect(node.nodes)
            else:
                found[node.address] = node
                collect(node.children)

    for copy in plain.copies:
        if copy.part is not None and copy.part.role != "changes":
            for section in part_page(plain, copy).sections:
                collect(section.nodes)
    return found


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("iv-1-3", BLANK_WORDS),
        ("cover-d", "「なし」と記載"),
        ("ii1-7-a", "「―」と記載"),
        ("ii1-3-5a", LOST_WORDS),
        ("ii1-4-c2-2", UNDECIDED_WORDS),
        ("iii1-6-r2-z", BLANK_WORDS),
        ("i-1-1", None),
        ("i-2-s2-2", None),
    ],
)
def test_the_four_ways_of_no_answer_have_words(
    items: dict[str, ItemView], address: str, state: str | None
) -> None:
    assert items[address].state == state


def test_what_the_edition_does_not_hold_is_said(plain: Document) -> None:
    edition = plain.edition
    answers = {address: one for address, one in edition.answers.items() if address != "i-1-2"}
    lacking = replace(plain, edition=replace(edition, answers=answers))
    page = part_page(lacking, lacking.copy_by_address["i"])
    item = next(node for node in page.sections[0].nodes if getattr(node, "address", "") == "i-1-2")
    assert isinstance(item, ItemView)
    assert item.state == ABSENT_WORDS


def test_a_withheld_text_without_summary_is_said_to_be(items: dict[str, ItemView]) -> None:
    assert items["i-2-s2-2"].withheld
    assert not items["i-1-2"].withheld
    assert items["i-1-2"].omitted == ("支払日の決め方", "書類の題名")


def test_bulleted_lines_of_a_summary_are_a_list(items: dict[str, ItemView]) -> None:
    assert [block.kind for block in items["i-1-2"].summary] == ["para", "list", "para"]
    assert items["i-1-2"].summary[1].lines == ("申請の受付", "資格の確認", "給付金の支払")


def test_bullets_of_an_official_wording_stay_in_the_wording() -> None:
    assert text_blocks("前\n・一\n\n　字下げ\n", bullets=False) == (
        TextBlock("para", ("前", "・一")),
        TextBlock("para", ("　字下げ",)),
    )


def test_boxes_in_their_three_states(items: dict[str, ItemView]) -> None:
    item = items["ii1-3-1"]
    assert [box.label for box in item.ticked] == ["本人又は本人の代理人", "民間事業者"]
    assert item.ticked[1].fill is not None
    assert item.ticked[1].fill.words == "見本信用金庫"
    assert [box.label for box in item.unknown] == ["行政機関・独立行政法人等"]
    assert [box.label for box in item.filled] == ["評価実施機関内の他部署"]
    assert [box.label for box in item.unticked] == ["地方公共団体・地方独立行政法人", "その他"]
    assert item.unknown[0].fill is not None
    assert item.unknown[0].fill.state == BLANK_WORDS


def test_the_count_of_a_box_stands_with_it(items: dict[str, ItemView]) -> None:
    fills = [box.fill.words for box in items["ii1-5-a"].ticked if box.fill]
    assert fills == ["1件", "1件"]


def test_a_choice_among_its_options(items: dict[str, ItemView]) -> None:
    item = items["i-1-3"]
    assert item.chosen == "1万人以上10万人未満"
    assert [one.chosen for one in item.options] == [False, False, True, False]


def test_dates_keep_what_was_written(items: dict[str, ItemView]) -> None:
    assert items["ii1-2-5"].value == "平成27年10月5日（2015-10-05）"
    assert items["ii1-2-5"].as_written is None
    assert items["ii1-3-6"].value == "平成32年9月25日（2020-09-25）"
    assert not items["ii1-3-6"].in_calendar
    assert (items["ii2-2-5"].value, items["ii2-2-5"].as_written) == ("平成27年7月31日（2015-07-31）", "42216")


def test_laws_and_names_lead_to_their_pages(items: dict[str, ItemView]) -> None:
    cited = items["i-4-a"].citations
    assert [(one.law, one.place) for one in cited][:2] == [
        ("番号法", "第9条第1項"),
        ("番号法", "別表の59の項"),
    ]
    assert cited[0].href == "../../../../laws/bango-ho/"
    contractor = items["ii1-4-c1-3"].names[0]
    assert contractor.href == "../../../../contractors/mihon-systems/"
    assert items["ii1-4-c1-3"].related == ()


def test_what_the_form_prints_leads_to_the_annex_of_the_same_file(items: dict[str, ItemView]) -> None:
    assert [link.href for link in items["ii2-2-4c"].see] == ["../records2/"]


def test_recorded_fields_stand_under_their_headings(items: dict[str, ItemView]) -> None:
    item = items["records1-a"]
    assert item.record_count == 9
    assert [part.heading for part in item.records] == ["宛名情報", "給付情報"]


def test_an_item_is_cited_with_body_title_date_and_place(items: dict[str, ItemView]) -> None:
    assert items["ii1-4-c1-3"].citing.words == (
        "見本市『見本医療給付事務 重点項目評価書』（令和6年4月1日公表）"
        "Ⅱ（見本医療受給者ファイル）4 委託事項1 ③委託先名"
    )


def test_groups_and_risks_have_headings_with_their_own_address(plain: Document) -> None:
    sections = part_page(plain, plain.copy_by_address["ii1"]).sections
    groups = [node for node in sections[3].nodes if isinstance(node, GroupView)]
    assert [(one.anchor, one.label, one.name) for one in groups] == [
        ("ii1-4-c1", "委託事項1", "見本医療システムの保守"),
        ("ii1-4-c2", "委託事項2", "申請書の入力"),
    ]
    name = groups[0].nodes[0]
    assert isinstance(name, ItemView)
    assert (name.address, name.anchor) == ("ii1-4-c1", None)
    risks = part_page(plain, plain.copy_by_address["iii1"]).sections
    risk = next(node for node in risks[2].nodes if isinstance(node, GroupView))
    assert risk.name == "目的を超えた紐付け、事務に必要のない情報との紐付けが行われるリスク"


def test_five_titles_over_one_body_are_all_shown(documents: tuple[Document, ...]) -> None:
    full = next(one for one in documents if one.edition.document == "mihon-city/2")
    sections = part_page(full, full.copy_by_address["iii1"]).sections
    risks = [node for section in sections for node in section.nodes if isinstance(node, GroupView)]
    assert max(len(risk.titles) for risk in risks) == 5


def test_an_item_links_to_the_changes_that_name_it(plain: Document) -> None:
    known = replace(plain, targets={"changes-20220601-1": ("ii1-6-a",)})
    sections = part_page(known, known.copy_by_address["ii1"]).sections
    item = sections[5].nodes[0]
    assert isinstance(item, ItemView)
    assert [(link.label, link.href) for link in item.changes] == [
        ("changes-20220601-1", "../changes/#changes-20220601-1")
    ]


def test_an_unknown_number_and_date_are_shown_as_unknown(plain: Document) -> None:
    answers = {k: v for k, v in plain.edition.answers.items() if not k.startswith("cover")}
    unknown = replace(plain, edition=replace(plain.edition, answers=answers, published="undated"))
    facts = {fact.term: fact.words for fact in unknown.facts(Page("index.md"))}
    assert (facts["公表日"], facts["評価書番号"]) == ("不明", "不明")
    assert unknown.cited == "見本市『見本医療給付事務 重点項目評価書』（公表日不明）"

"""Findings that need the registry or more than one document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from pia_site.catalogue import check_catalogue
from pia_site.problems import Severity

if TYPE_CHECKING:
    from conftest import Tree

FilePart = Callable[..., str]


def found(tree: Tree) -> list[tuple[str, str | None]]:
    return [(one.code, one.location.address) for one in check_catalogue(tree.catalogue())]


def test_a_sound_catalogue(tree: Tree) -> None:
    tree.edition("Ⅰ 基本情報: {6 担当部署: {部署: 見本課}}\n")
    assert found(tree) == []


def test_bodies_and_assessments_the_registry_lacks(tree: Tree) -> None:
    unknown = tree.edition("Ⅰ 基本情報: {}\n", document="nashi-city/1")
    unlisted = tree.edition("Ⅰ 基本情報: {}\n", document="mihon-city/77", printed="77")
    problems = {one.location.path: one for one in check_catalogue(tree.catalogue()) if one.code[0] == "S"}
    assert {path: one.code for path, one in problems.items()} == {unknown: "S006", unlisted: "S007"}
    assert all(one.severity is Severity.ERROR for one in problems.values())
    assert "mihon-city/77" in problems[unlisted].message


@pytest.mark.parametrize(
    ("changed", "address"),
    [
        ("令和6年5月24日", None),
        ("令和6年5月25日", "changes-20240525-1"),
        ("令和6年5月", None),
        ("令和6年6月", "changes-202406-1"),
        ("令和5年", None),
        ("令和7年", "changes-2025-1"),
        ("平成31年4月1日", None),
    ],
)
def test_published_not_before_the_last_change(tree: Tree, changed: str, address: str | None) -> None:
    row = "- {変更日: %s, 項目: 甲, 変更前: 一, 変更後: 二, 提出時期: 事後, 説明: ''}\n"
    tree.edition("別添2 変更箇所:\n" + row % "令和3年4月1日" + row % changed)
    assert found(tree) == ([("R003", address)] if address else [])


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("4 委託: {件数: 1, 委託事項: [{名称: 甲}]}", []),
        ("4 委託: {件数: 2, 委託事項: [{名称: 甲}]}", [("R004", "ii1-4-a-o1")]),
        ("4 委託: {件数: 1, 委託事項: [{名称: 甲}, {名称: ''}]}", []),
        ("4 委託: {件数: 3}", [("R004", "ii1-4-a-o1")]),
        ("4 委託: {件数: '', 委託事項: [{名称: 甲}]}", []),
        (
            "5 提供・移転: {提供・移転の有無: {有: [], 不明: [], 提供の件数: 27}, 提供先: [{名称: 別紙1参照}]}",
            [],
        ),
        (
            "5 提供・移転: {提供・移転の有無: {有: [], 不明: [], 移転の件数: 2}, 移転先: [{名称: 市町村長}]}",
            [("R004", "ii1-5-a-o2")],
        ),
    ],
)
def test_counts_equal_what_is_listed(
    tree: Tree, file_part: FilePart, section: str, expected: list[tuple[str, str]]
) -> None:
    path = tree.edition(file_part(section + "\n"))
    problems = [one for one in check_catalogue(tree.catalogue()) if one.code == "R004"]
    assert [(one.code, one.location.address) for one in problems] == expected
    for one in problems:
        assert (one.location.path, one.location.line) == (path, 8)
        assert "別紙" in one.hint


def test_a_count_belongs_to_its_file(tree: Tree) -> None:
    copy = "- {1 特定個人情報ファイル名: %s, 4 委託: {件数: 1, 委託事項: [{名称: 甲}]}}\n"
    tree.edition("Ⅱ 特定個人情報ファイルの概要:\n" + copy % "受給者ファイル" + copy % "申請者ファイル")
    assert found(tree) == []


def test_numbers_are_unique_within_a_body(tree: Tree) -> None:
    tree.edition("Ⅰ 基本情報: {}\n", printed="１")
    tree.edition("Ⅰ 基本情報: {}\n", document="mihon-city/2", printed="1")
    assert found(tree) == [("R021", "cover-a")]


def test_a_cover_of_another_body(tree: Tree) -> None:
    tree.edition("Ⅰ 基本情報: {}\n", document="rei-kumiai/1")
    assert found(tree) == [("C004", "cover-e")]


def test_citations_that_have_moved_are_said_once_an_item(tree: Tree) -> None:
    law = "{要約: 見本, 引用: [{法令: 番号法, 箇所: 第19条第7号}, {法令: 番号法, 箇所: 第19条第8号}]}"
    tree.edition(
        f"Ⅰ 基本情報:\n  4 個人番号の利用: {{法令上の根拠: {law}}}\n  5 情報連携: {{法令上の根拠: {law}}}\n"
    )
    problem, other = check_catalogue(tree.catalogue())
    assert (problem.code, problem.location.address, problem.location.line) == ("R020", "i-4-a", 7)
    assert (other.code, other.location.address) == ("R020", "i-5-2")
    assert "番号法第19条第7号" in problem.message
    assert "令和3年8月31日まで" in problem.message
    assert "第19条第8号" in problem.hint


def test_unresolved_names_once_each(tree: Tree) -> None:
    copy = """
        - 1 特定個人情報ファイル名: 受給者ファイル
          4 委託: {委託事項: [{名称: 甲, 委託先名: 例 印刷㈱}, {名称: 乙, 委託先名: 例印刷(株)}]}
        """
    path = tree.edition("Ⅱ 特定個人情報ファイルの概要:" + copy)
    tree.edition("Ⅱ 特定個人情報ファイルの概要:" + copy, document="mihon-city/2", printed="2")
    [problem] = check_catalogue(tree.catalogue())
    assert (problem.code, problem.severity) == ("C001", Severity.INFO)
    assert (problem.location.path, problem.location.line) == (path, 8)
    assert problem.location.address == "ii1-4-c1-3"
    assert "「例 印刷㈱」" in problem.message
    assert "contractors.yaml" in problem.hint


def test_an_unknown_system_is_said_for_each_body(tree: Tree) -> None:
    for document in ("mihon-city/1", "mihon-city/2", "rei-kumiai/1"):
        tree.edition(
            "Ⅰ 基本情報:\n  2 システム:\n  - {システムの名称: 例システム}\n",
            document=document,
            printed=document,
        )
    problems = [one for one in check_catalogue(tree.catalogue()) if one.code == "C001"]
    assert len(problems) == 2

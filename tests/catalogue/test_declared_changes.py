"""What the declared change rows tell across documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Tree


def rows(*changes: tuple[str, str, str, str]) -> str:
    lines = "".join(
        f"- {{変更日: {day}, 項目: {item}, 変更前: {before}, 変更後: {after}, 提出時期: 事後, 説明: ''}}\n"
        for day, item, before, after in changes
    )
    return "別添2 変更箇所:\n" + lines


def test_since_when_and_before_it_whom(tree: Tree) -> None:
    tree.edition(
        rows(
            ("令和3年4月1日", "Ⅱ4 ③委託先名", "見本株式会社東支店", "見本Japan株式会社東北支社"),
            ("令和4年4月1日", "Ⅱ4 ③委託先名", "見本Japan株式会社東北支社", "見本Japan株式会社 本社"),
            ("令和4年4月1日", "Ⅱ-(1)-4-⑤ 委託先名の確認方法", "見本Japan株式会社", "例"),
            ("令和2年4月1日", "Ⅱ4 委託先名", "(記載なし)", "見本株式会社、例会社"),
            ("令和5年4月1日", "Ⅱ4 ③委託先 名", "見本Japan株式会社", "―"),
        )
    )
    catalogue = tree.catalogue()
    japan = catalogue.contractor_history("mihon-japan")
    dates = [(one.change.date.written, one.began("mihon-japan"), one.ended("mihon-japan")) for one in japan]
    assert dates == [
        ("令和3年4月1日", True, False),
        ("令和4年4月1日", False, False),
        ("令和5年4月1日", False, True),
    ]
    assert [(one.written, one.slug, one.branch) for one in japan[0].before] == [
        ("見本株式会社東支店", "mihon", "東支店")
    ]
    first, last = catalogue.contractor_history("mihon")
    assert (first.before, [one.written for one in first.after]) == ((), ["見本株式会社", "例会社"])
    assert first.after[1].slug is None, "a name that nothing resolves is kept as written"
    assert last.ended("mihon")
    assert catalogue.contractor_history("msk") == ()


@pytest.fixture
def two_documents(tree: Tree) -> Tree:
    tree.edition(
        rows(
            ("令和3年4月1日", "甲", "一", "二"),
            ("令和6年5月24日", "乙", "一", "二"),
            ("令和6年5月24日", "丙", "一", "二"),
            ("不明", "丁", "一", "二"),
        ).replace("変更日: 不明", "変更日: ''")
    )
    tree.edition(
        rows(("令和5年4月1日", "戊", "一", "二"), ("平成32年9月25日", "己", "一", "二")),
        document="mihon-city/2",
        printed="2",
    )
    return tree


def test_recent_changes(two_documents: Tree) -> None:
    recent = two_documents.catalogue().recent_changes(4)
    assert [(one.change.item, one.document, one.title) for one in recent] == [
        ("乙", "mihon-city/1", "見本給付事務"),
        ("丙", "mihon-city/1", "見本給付事務"),
        ("戊", "mihon-city/2", "見本税事務"),
        ("甲", "mihon-city/1", "見本給付事務"),
    ]
    assert recent[0].body == "mihon-city"
    assert len(two_documents.catalogue().recent_changes(99)) == 5


def test_changes_by_date(two_documents: Tree) -> None:
    by_date = two_documents.catalogue().changes_by_date("mihon-city/1")
    assert {day: [row.item for row in found] for day, found in by_date.items()} == {
        "2021-04-01": ["甲"],
        "2024-05-24": ["乙", "丙"],
        "undated": ["丁"],
    }
    assert list(by_date) == ["2021-04-01", "2024-05-24", "undated"]
    assert two_documents.catalogue().changes_by_date("mihon-city/9") == {}

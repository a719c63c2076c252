"""The registry: what it holds, and every problem with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pia_site.catalogue import load_registry

if TYPE_CHECKING:
    from conftest import Tree

FILES = {
    "bodies": ["評価実施機関"],
    "systems": ["種類", "システム"],
    "contractors": ["委託先"],
    "recipients": ["提供先・移転先"],
    "departments": ["部署"],
    "laws": ["法令"],
    "situations": ["状況"],
    "files": ["ファイル"],
}
ROOT = Path(__file__).resolve().parents[2]


def test_the_registry_of_this_repository_has_no_problem() -> None:
    registry, problems = load_registry(ROOT / "content" / "registry")
    assert [f"{found.location}: {found.message}" for found in problems] == []
    assert registry.contractors["fujitsu-japan"].name == "富士通Japan株式会社"
    assert len(registry.files) == 12
    assert registry.assessment("iwaki-city/kokuho") is not None
    kinds = {system.kind for system in registry.systems.values() if system.slug == "chukan-server"}
    assert kinds == {"chukan-server"}


def test_a_city_starts_with_bodies_alone(tree: Tree) -> None:
    for path in (tree.folder / "registry").iterdir():
        path.unlink()
    tree.registry(bodies="評価実施機関:\n- {slug: mihon-city, 名称: 見本市}\n")
    registry, problems = tree.load()
    assert problems == []
    assert list(registry.bodies) == ["mihon-city"]
    assert registry.systems == registry.contractors == registry.laws == {}


def test_no_registry_at_all(tmp_path: Path) -> None:
    registry, problems = load_registry(tmp_path / "nowhere")
    assert (registry.bodies, problems) == ({}, [])


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        # unknown and missing keys, wrong shapes
        ("contractors", "委託先:\n- slug: a\n  名称: 甲\n  表気: 乙\n", [("S001", 4)]),
        ("contractors", "委託先: []\n委託元: []\n", [("S001", 2)]),
        ("contractors", "委託元: []\n", [("S001", 1), ("S002", 1)]),
        ("contractors", "委託先:\n- slug: a\n  名称: 甲\n  表記:\n  - 支店: 乙\n", [("S002", 5)]),
        ("contractors", "委託先:\n- slug: a\n- 名称: 乙\n", [("S002", 2), ("S002", 3)]),
        ("contractors", "委託先:\n- slug: a\n  名称: ''\n", [("S002", 3)]),
        ("contractors", "委託先:\n- 甲\n", [("S003", 2)]),
        ("contractors", "委託先: 甲\n", [("S003", 1)]),
        ("contractors", "委託先:\n- slug: a\n  名称: [甲, 乙]\n", [("S003", 3)]),
        ("laws", "法令:\n- slug: a\n  名称: 甲法\n  表記:\n  - {表記: 乙, 頁: 1}\n", [("S001", 5)]),
        # slugs
        ("contractors", "委託先:\n- {slug: a, 名称: 甲}\n- {slug: a, 名称: 乙}\n", [("S009", 3)]),
        (
            "contractors",
            "委託先:\n- {slug: Kō, 名称: 甲}\n- {slug: a_b, 名称: 乙}\n",
            [("S011", 2), ("S011", 3)],
        ),
        (
            "situations",
            "状況:\n- {slug: kyufu, 名称: 甲}\n- {slug: zei-, 名称: 乙}\n",
            [("S010", 13), ("S011", 3)],
        ),
        # references
        ("files", "ファイル:\n- {機関: mihon-city, slug: a, 名称: 甲, 評価書: '9'}\n", [("S010", 2)]),
        ("files", "ファイル:\n- 機関: nashi\n  slug: a\n  名称: 甲\n  評価書: '9'\n", [("S010", 2)]),
        ("laws", "法令:\n- slug: a\n  名称: 甲法\n  表記:\n  - {表記: 乙, 評価書: nashi/1}\n", [("S010", 5)]),
        # spellings
        (
            "contractors",
            "委託先:\n- {slug: a, 名称: 甲㈱}\n- slug: b\n  名称: 乙\n  表記:\n  - 丙\n  - 甲 (株)\n",
            [("S012", 7)],
        ),
        ("contractors", "委託先:\n- {slug: a, 名称: 甲㈱}\n- {slug: b, 名称: ㈱甲}\n", []),
        # an empty list is fine, an empty file is not
        ("contractors", "委託先:\n", []),
        ("contractors", "", [("F003", 1)]),
        ("contractors", "委託先: [\n", [("F004", 2)]),
    ],
)
def test_problems_have_their_line(tree: Tree, file: str, text: str, found: list[tuple[str, int]]) -> None:
    tree.registry(**{file: text})
    _, problems = tree.load()
    assert sorted((one.code, one.location.line) for one in problems) == sorted(found)
    for one in problems:
        expected = "bodies" if (one.code, file) == ("S010", "situations") else file
        assert one.location.path == tree.folder / "registry" / f"{expected}.yaml"
        assert one.message
        assert one.hint


def test_every_mistake_is_reported_at_once(tree: Tree) -> None:
    tree.registry(
        systems="種類: []\nシステム:\n- {機関: nashi, slug: X, 種類: nai}\n",
        departments="部署:\n- {機関: mihon-city, slug: a, 名称: 甲課, 上: 部}\n",
    )
    _, problems = tree.load()
    assert sorted(one.code for one in problems) == ["S001", "S002", "S010", "S010", "S011"]


def test_one_mistake_does_not_hide_the_entry(tree: Tree) -> None:
    """A body with an unknown key is still known, so that its assessments are not called unknown."""
    tree.registry(
        bodies="""
        評価実施機関:
        - slug: mihon-city
          名称: 見本市
          電話: 000
          評価書:
          - {番号: "1", 名称: 見本給付事務}
          - {番号: "2", 名称: 見本税事務, 状: 誤り}
        - {slug: rei-kumiai, 名称: 例健康保険組合}
        """
    )
    registry, problems = tree.load()
    assert [(one.code, one.location.line) for one in problems if one.code != "S010"] == [
        ("S001", 4),
        ("S001", 7),
    ]
    assert registry.assessment("mihon-city/1") is not None


def test_a_hint_names_the_key_that_was_meant(tree: Tree) -> None:
    tree.registry(contractors="委託先:\n- {slug: a, 名称: 甲, 出展: 乙}\n")
    _, [found] = tree.load()
    assert "「出典」の書き誤り" in found.hint


KEYS = ["slug", "名称", "表記", "支店", "機関", "種類", "評価書", "番号", "状況", "別名", "団体コード", "値"]
KEYS += ["略称", "上位", "メモ", "施行日ごとのリンク", "余計"]
TEXTS = st.sampled_from(["", "a", "mihon-city", "甲", "不明", "[", "1"])
ENTRIES = st.recursive(
    TEXTS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, max_size=6),
    max_leaves=12,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FILES)), st.lists(ENTRIES, max_size=3) | ENTRIES)
def test_anything_may_stand_in_a_file(tree: Tree, file: str, entries: object) -> None:
    """JSON is YAML: whatever an officer nests by mistake is read without an exception."""
    text = json.dumps(dict.fromkeys(FILES[file], entries), ensure_ascii=False)
    tree.registry(**{file: text})
    _, problems = tree.load()
    assert all(found.message and found.hint and found.location.line for found in problems)


def test_one_spelling_may_mean_different_things_in_different_bodies(tree: Tree) -> None:
    tree.registry(
        systems="""
        種類: []
        システム:
        - {機関: mihon-city, slug: a, 名称: 中間サーバー等}
        - {機関: rei-kumiai, slug: b, 名称: 中間サーバー等}
        """,
        files="""
        ファイル:
        - {機関: mihon-city, slug: a, 名称: 被保険者ファイル, 評価書: "1"}
        - {機関: mihon-city, slug: b, 名称: 被保険者ファイル, 評価書: "2"}
        """,
    )
    assert tree.load()[1] == []

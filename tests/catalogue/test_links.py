"""Links forward and back: the same records from both ends, and what has no end is listed."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent
from typing import TYPE_CHECKING

from pia_site.catalogue import Catalogue
from pia_site.catalogue.records import mentions_in

if TYPE_CHECKING:
    from conftest import Tree

EDITION = """
    Ⅰ 基本情報:
      2 システム:
      - {システムの名称: 見本給付システム, 他のシステムとの接続: {有: [その他], 不明: [], その他: 中間サーバー}}
      - {システムの名称: 例システム, 他のシステムとの接続: {有: [], 不明: []}}
      6 担当部署: {部署: 見本課}
      4 個人番号の利用: {法令上の根拠: 番号法第9条第1項}
    Ⅱ 特定個人情報ファイルの概要:
    - 1 特定個人情報ファイル名: 受給者ファイル
      4 委託:
        委託事項:
        - {名称: 保守, 委託先名: 見本Japan株式会社東北支社, 再委託: {再委託の有無: 再委託する, 再委託事項: 見本中央会の作業}}
        - {名称: 印刷, 委託先名: 例印刷}
      5 提供・移転:
        提供先: [{名称: 市町村長}]
        移転先: [{名称: 例課}]
    """


def test_reverse_links_equal_forward_links(tree: Tree) -> None:
    tree.edition(EDITION)
    tree.edition(
        """
        Ⅰ 基本情報:
          2 システム:
          - {システムの名称: 自治体中間サーバー, 他のシステムとの接続: 不明}
        Ⅱ 特定個人情報ファイルの概要:
        - 1 特定個人情報ファイル名: 見本税ファイル
          4 委託: {委託事項: [{名称: 保守, 委託先名: 見本Ｊａｐａｎ㈱}]}
        """,
        document="mihon-city/2",
        printed="2",
    )
    catalogue = tree.catalogue()
    facts = list(catalogue.facts.values())

    scoped = [
        (catalogue.systems, [one for f in facts for one in f.systems], lambda one: [one.system.scoped]),
        (
            catalogue.connections,
            [one for f in facts for one in f.connections],
            lambda one: [one.other.scoped],
        ),
        (catalogue.files, [one for f in facts for one in f.files], lambda one: [one.file.scoped]),
        (
            catalogue.departments,
            [one for f in facts for one in f.departments],
            lambda one: [one.department.scoped],
        ),
        (
            catalogue.entrustments,
            [one for f in facts for one in f.entrustments],
            lambda one: [m.slug for m in one.contractors],
        ),
        (
            catalogue.reentrustments,
            [one for f in facts for one in f.entrustments],
            lambda one: [m.slug for m in one.subcontractors],
        ),
        (catalogue.handovers, [one for f in facts for one in f.handovers], lambda one: [one.recipient.slug]),
        (catalogue.citations, [one for f in facts for one in f.citations], lambda one: [one.law.slug]),
    ]
    for index, forward, keys in scoped:
        back = {(key, record) for key, records in index.items() for record in records}
        assert back == {(key, record) for record in forward for key in keys(record) if key is not None}
        assert back

    mentioned = [m for f in facts for record in f.records() for m in mentions_in(record)]
    assert list(catalogue.unresolved) == [m for m in mentioned if not m.resolved]


def test_one_kind_in_several_documents(tree: Tree) -> None:
    tree.edition(EDITION)
    tree.edition(
        "Ⅰ 基本情報:\n  2 システム:\n  - {システムの名称: 中間サーバー等}\n  - {システムの名称: 中間サーバー}\n",
        document="rei-kumiai/1",
    )
    catalogue = tree.catalogue()
    assert [use.document for use in catalogue.systems_by_kind["iryo-hokensha-chukan-server"]] == [
        "rei-kumiai/1"
    ]
    assert "chukan-server" not in catalogue.systems_by_kind, (
        "named as connected only, and not in another body"
    )
    assert [use.system.written for use in catalogue.connections["mihon-city", "chukan-server"]]


def test_what_cannot_be_resolved_is_listed(catalogue_of: Callable[..., Catalogue]) -> None:
    catalogue = catalogue_of(EDITION)
    assert [(m.kind.label, m.written, m.address) for m in catalogue.unresolved] == [
        ("システム", "例システム", "i-2-s2-1"),
        ("委託先", "例印刷", "ii1-4-c2-3"),
        ("提供先・移転先", "例課", "ii1-5-t1"),
    ]


def test_documents_by_body_and_situation(tree: Tree) -> None:
    for document in ("mihon-city/2", "mihon-city/1", "rei-kumiai/1", "rei-kumiai/7"):
        tree.edition("Ⅰ 基本情報: {}\n", document=document)
    catalogue = tree.catalogue()
    assert catalogue.documents_by_body == {
        "mihon-city": ("mihon-city/1", "mihon-city/2"),
        "rei-kumiai": ("rei-kumiai/1", "rei-kumiai/7"),
    }
    assert catalogue.documents_by_situation == {
        "kyufu": ("mihon-city/1", "mihon-city/2"),
        "zei": ("mihon-city/2",),
    }
    assert catalogue.title("mihon-city/1") == "見本給付事務"
    assert catalogue.title("rei-kumiai/7") == "見本", "the cover's, where the registry has none"
    assert catalogue.title("rei-kumiai/8") == "rei-kumiai/8"


def test_only_the_newest_edition_is_linked(tree: Tree) -> None:
    tree.edition(EDITION, published="2023-05-24")
    tree.edition("Ⅰ 基本情報:\n  2 システム:\n  - {システムの名称: 福祉システム}\n")
    catalogue = tree.catalogue()
    assert list(catalogue.systems) == [("mihon-city", "fukushi-system")]
    assert [edition.published for edition in catalogue.assessments[0].editions] == [
        "2023-05-24",
        "2024-05-24",
    ]
    assert catalogue.newest("mihon-city/1") is catalogue.assessments[0].newest


def test_the_same_content_gives_the_same_catalogue(tree: Tree) -> None:
    tree.edition(dedent(EDITION))
    assert tree.catalogue().facts == tree.catalogue().facts

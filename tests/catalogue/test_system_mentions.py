"""Where documents speak of a system: the longest registered name counts, and only it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pia_site.catalogue.finder import NameFinder
from pia_site.catalogue.mentions import MentionedIn, SystemMentions, mentions_of

if TYPE_CHECKING:
    from conftest import Tree

SPELLINGS = [
    ("中間サーバー", "server"),
    ("自治体中間サーバー", "server"),
    ("福祉システム", "fukushi"),
    ("見本給付システム", "kyufu"),
    ("ＦＳＫ", "fsk"),
]
MASKS = ["医療保険者等向け中間サーバー等", "見本給付システムファイル", "中間サーバー"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("中間サーバーの措置", ["server"]),
        ("＜中間サーバー・ソフトウェアにおける措置＞", ["server"]),
        ("各中間ｻｰﾊﾞｰと福祉シ\nステム", ["server", "fukushi"]),
        ("自治体中間サーバー", ["server"]),
        ("医療保険者等向け中間サーバー等", []),
        ("医療保険者等向け中間サーバー等と中間サーバー", ["server"]),
        ("障害福祉システム", []),
        ("当該福祉システム", ["fukushi"]),
        ("中間サーバーズ", []),
        ("見本給付システムファイル", []),
        ("見本給付システムのファイル", ["kyufu"]),
        ("㈱FSK", ["fsk"]),
        ("FSK2", []),
        ("AFSK", []),
        ("", []),
    ],
)
def test_finder(text: str, found: list[str]) -> None:
    assert list(NameFinder(SPELLINGS, MASKS).find(text)) == found


def test_a_spelling_of_two_things_is_found_as_neither() -> None:
    finder = NameFinder([("台帳", "a"), ("台帳", "b"), ("台帳システム", "a")])
    assert list(finder.find("台帳と台帳システム")) == ["a"]
    assert NameFinder[str]([]).find("台帳") == {}


def test_mentions_of_a_system(tree: Tree) -> None:
    tree.edition(
        """
        Ⅰ 基本情報:
          1 特定個人情報ファイルを取り扱う事務: {事務の内容: {要約: 中間サーバーで照会する。}}
          2 システム:
          - {システムの名称: 中間サーバー, 他のシステムとの接続: {有: [宛名システム等], 不明: []}}
        Ⅱ 特定個人情報ファイルの概要:
        - 4 委託: {委託事項: [{名称: 次期見本給付システムの保守}]}
        Ⅲ リスク対策:
        - 3 使用: {リスク1: {リスクに対する措置の内容: 医療保険者等向け中間サーバー等を使う。}}
          10 その他のリスク対策: 自治体中間サーバーで守る。
        別添2 変更箇所:
        - {変更日: 令和6年4月1日, 項目: Ⅰ2, 変更前: '', 変更後: {要約: 見本給付システムを加えた}, 提出時期: 事前, 説明: ''}
        別紙:
        - {名称: 別紙1, 表題: 一覧, 一覧: [中間サーバー]}
        """
    )
    catalogue = tree.catalogue()
    editions = [assessment.newest for assessment in catalogue.assessments]
    mentions = SystemMentions(catalogue.registry, "mihon-city", editions)
    assert [(one.address, one.where, one.part_role) for one in mentions.of("chukan-server")] == [
        ("i-1-2", MentionedIn.SUMMARY, "basics"),
        ("i-2-s1-1", MentionedIn.ANSWER, "basics"),
        ("iii1-10-a", MentionedIn.ANSWER, "risks"),
        ("annex1", MentionedIn.ANNEX, None),
    ]
    system = catalogue.registry.systems["mihon-city", "kyufu-system"]
    found = mentions_of(system, catalogue.registry, editions)
    assert [(one.address, one.group_address) for one in found] == [
        ("ii1-4-c1", "ii1-4-c1"),
        ("changes-20240401-1", None),
    ]
    assert mentions.of("fukushi-system") == ()
    assert SystemMentions(catalogue.registry, "rei-kumiai", editions).of("iryo-hokensha-chukan-server") == ()

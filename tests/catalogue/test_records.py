"""Records of an edition: found by concept in every form, names beside what they resolve to."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from pia_site.catalogue import Catalogue
from pia_site.catalogue.records import DepartmentRole, Facts, HandoverKind

if TYPE_CHECKING:
    from conftest import Tree

FilePart = Callable[..., str]


@pytest.fixture
def facts_of(catalogue_of: Callable[..., Catalogue]) -> Callable[..., Facts]:
    def facts(parts: str, **where: str) -> Facts:
        [found] = catalogue_of(parts, **where).facts.values()
        return found

    return facts


def test_systems_and_what_they_are_connected_to(facts_of: Callable[..., Facts]) -> None:
    facts = facts_of(
        """
        Ⅰ 基本情報:
          2 システム:
          - システムの名称: 見本給付システム(以下「本システム」という。)
            システムの機能: 給付を計算する。
            他のシステムとの接続:
              有: [宛名システム等, その他]
              不明: [税務システム]
              その他: 自治体中間サーバー、例システム
          - システムの名称: 中間サーバー
            システムの機能: ""
            他のシステムとの接続: 不明
          - システムの名称: ""
            システムの機能: ""
            他のシステムとの接続: {有: [], 不明: []}
        """
    )
    first, second = facts.systems
    assert (first.address, first.system.slug, first.function_address) == (
        "i-2-s1",
        "kyufu-system",
        "i-2-s1-2",
    )
    assert first.system.written == "見本給付システム(以下「本システム」という。)"
    assert (first.connections, first.connections_unknown) == (("宛名システム等", "その他"), ("税務システム",))
    assert (second.system.slug, second.connections, len(second.connections_unknown)) == (
        "chukan-server",
        (),
        7,
    )
    assert [(one.address, one.other.written, one.other.slug) for one in facts.connections] == [
        ("i-2-s1-3-o7", "自治体中間サーバー", "chukan-server"),
        ("i-2-s1-3-o7", "例システム", None),
    ]


def test_basic_form_lists_its_systems_and_files(facts_of: Callable[..., Facts]) -> None:
    facts = facts_of(
        """
        Ⅰ 関連情報:
          1 特定個人情報ファイルを取り扱う事務:
            システムの名称: [見本給付システム, 中間サーバー、例システム]
          2 特定個人情報ファイル名: [受給者ファイル, 例ファイル]
        """,
        form="様式2",
        revision="平成26年4月",
    )
    assert [one.system.slug for one in facts.systems] == ["kyufu-system", "chukan-server", None]
    assert [one.file.slug for one in facts.files] == ["jukyusha", None]
    assert len({one.address for one in facts.systems}) == 1


ENTRUSTMENT = """
    4 委託:
      委託の有無: 委託する
      件数: 1
      委託事項:
      - 名称: 見本の保守
        委託内容: 保守
        委託先における取扱者数: 10人未満
        委託先名: {contractor}
        再委託:
          再委託の有無: {option}
          再委託の許諾方法: {permission}
          再委託事項: {matter}
    """


@pytest.mark.parametrize(
    ("contractor", "option", "permission", "expected", "further"),
    [
        ("見本Japan株式会社 東北支社", "再委託しない", '""', [("mihon-japan", "東北支社")], []),
        ("見本株式会社、㈱ＭＳＫ", "再委託しない", '""', [("mihon", None), ("msk", None)], []),
        ("[見本株式会社, 例株式会社]", "再委託しない", '""', [("mihon", None), (None, None)], []),
        (
            "支払資金",
            "再委託する",
            "支払資金から見本中央会の名を届け出る。",
            [("mihon-shikin", None)],
            ["mihon-chuokai"],
        ),
        (
            "見本県見本連合会（見本県見本連合会は、見本中央会に再委託する）",
            "再委託する",
            '""',
            [("mihon-rengokai", None)],
            ["mihon-chuokai"],
        ),
        ("見本県見本連合会（見本中央会を含む）", "再委託する", '""', [("mihon-rengokai", None)], []),
        ("支払資金", "再委託しない", "見本中央会", [("mihon-shikin", None)], []),
        ("不明", "不明", '""', [], []),
        ("―", "再委託する", "{要約: 見本中央会へ}", [], []),
    ],
)
def test_contractors(
    facts_of: Callable[..., Facts],
    file_part: FilePart,
    contractor: str,
    option: str,
    permission: str,
    expected: list[tuple[str | None, str | None]],
    further: list[str],
) -> None:
    section = ENTRUSTMENT.format(contractor=contractor, option=option, permission=permission, matter='""')
    [found] = facts_of(file_part(section)).entrustments
    assert [(one.slug, one.branch) for one in found.contractors] == expected
    assert [one.slug for one in found.subcontractors] == further
    assert (found.address, found.file_address, found.title) == ("ii1-4-c1", "ii1", "見本の保守")
    assert found.handler_count == "10人未満"
    assert found.reentrusted == (None if option == "不明" else option)
    assert (found.permission_address, found.matter_address) == ("ii1-4-c1-5", "ii1-4-c1-6")


def test_the_full_form_numbers_its_items_differently(
    facts_of: Callable[..., Facts], file_part: FilePart
) -> None:
    section = ENTRUSTMENT.format(
        contractor="見本株式会社", option="再委託しない", permission='""', matter='""'
    )
    facts = facts_of(file_part(section), form="様式4")
    [found] = facts.entrustments
    assert found.contractors[0].address == "ii1-4-c1-6"
    assert found.permission_address == "ii1-4-c1-8"
    assert found.handler_count == "10人未満"


def test_an_empty_printed_group_is_none(facts_of: Callable[..., Facts], file_part: FilePart) -> None:
    facts = facts_of(
        file_part(
            """
            5 提供・移転:
              提供・移転の有無: {有: [移転を行っている], 不明: [], 提供の件数: "", 移転の件数: 1}
              提供先:
              - {名称: "", 法令上の根拠: "", 提供方法: {有: [], 不明: []}}
              移転先:
              - 名称: 見本県広域連合（以下「広域連合」という。）
                移転方法: {有: [専用線, その他], 不明: [紙], その他: 見本}
            """
        )
    )
    [found] = facts.handovers
    assert (found.kind, found.address, found.file_address) == (HandoverKind.TRANSFER, "ii1-5-t1", "ii1")
    assert found.recipient.slug == "mihon-koiki"
    assert (found.means, found.means_unknown) == (("専用線", "その他"), ("紙",))


def test_recipients_of_an_annex(facts_of: Callable[..., Facts]) -> None:
    facts = facts_of(
        """
        別紙:
        - {名称: 別紙1, 表題: 特定個人情報の提供先一覧, 一覧: [（1）市町村長, 2. 見本県広域連合（82の項）, 例の長]}
        - {名称: 別紙2, 表題: 用語, 一覧: [市町村長]}
        """
    )
    assert [(one.kind, one.address, one.recipient.slug, one.from_annex) for one in facts.handovers] == [
        (HandoverKind.PROVISION, "annex1", "shichoson-cho", True),
        (HandoverKind.PROVISION, "annex1", "mihon-koiki", True),
    ]


TWO_FILES = """
    Ⅱ 特定個人情報ファイルの概要:
    - 1 特定個人情報ファイル名: (1) 受給者ファイル
      2 基本情報: {対象となる本人の数: 1万人未満}
      3 入手・使用: {使用の主体: {使用者数: 10人未満}}
    - 1 特定個人情報ファイル名: (2) 申請者ファイル
      2 基本情報: {対象となる本人の数: 不明}
    """


@pytest.mark.parametrize(
    ("rest", "risks", "records", "fields"),
    [
        ("", [(), ()], [(), ()], [None, None]),
        # one copy of Ⅲ for both, by name or by saying nothing
        (
            "Ⅲ リスク対策:\n- 1 特定個人情報ファイル名: (1)受給者ファイル,(2)申請者ファイル\n",
            [("iii1",)] * 2,
            [(), ()],
            None,
        ),
        ("Ⅲ リスク対策:\n- 10 その他のリスク対策: なし\n", [("iii1",)] * 2, [(), ()], None),
        (
            "Ⅲ リスク対策:\n- 1 特定個人情報ファイル名: 申請者ファイル\n- 1 特定個人情報ファイル名: 受給者ファイル\n",
            [("iii2",), ("iii1",)],
            [(), ()],
            None,
        ),
        # the annex: a copy for each, or one with headings that name files
        (
            "別添1 特定個人情報ファイル記録項目:\n"
            "- {対象ファイル: 受給者ファイル, 記録項目: [{項目: [氏名, 住所]}]}\n"
            "- {対象ファイル: 申請者ファイル, 記録項目: [{見出し: 宛名, 項目: [氏名]}]}\n",
            [(), ()],
            [("records1",), ("records2",)],
            [2, 1],
        ),
        (
            "別添1 特定個人情報ファイル記録項目:\n- 記録項目:\n"
            "  - {見出し: ＜受給者ファイル、申請者ファイル＞, 項目: [氏名, 住所]}\n"
            "  - {見出し: 【申請者ファイル】, 項目: [申請日]}\n",
            [(), ()],
            [("records1",)] * 2,
            [2, 3],
        ),
        (
            "別添1 特定個人情報ファイル記録項目:\n- 記録項目: [{見出し: 宛名, 項目: [氏名, 住所]}]\n",
            [(), ()],
            [("records1",)] * 2,
            [None, None],
        ),
        (
            "別添1 特定個人情報ファイル記録項目:\n"
            "- {対象ファイル: 例ファイル, 記録項目: [{項目: [氏名, 住所]}]}\n- {記録項目: [{項目: [氏名]}]}\n",
            [(), ()],
            [(), ()],
            [None, None],
        ),
    ],
)
def test_what_covers_a_file(
    facts_of: Callable[..., Facts],
    rest: str,
    risks: list[tuple[str, ...]],
    records: list[tuple[str, ...]],
    fields: list[int | None] | None,
) -> None:
    files = facts_of(dedent(TWO_FILES).lstrip() + rest).files
    assert [one.file.slug for one in files] == ["jukyusha", "shinseisha"]
    assert [(one.subject_count, one.handler_count) for one in files] == [
        ("1万人未満", "10人未満"),
        (None, None),
    ]
    assert [one.risk_copies for one in files] == risks
    assert [one.record_copies for one in files] == records
    assert [one.recorded_fields for one in files] == (fields or [None, None])


def test_departments_in_their_roles(facts_of: Callable[..., Facts]) -> None:
    facts = facts_of(
        """
        Ⅰ 基本情報:
          6 担当部署: {部署: 税務部収納課(市民部国保収納課), 所属長の役職名: 収納課長}
        Ⅱ 特定個人情報ファイルの概要:
        - 1 特定個人情報ファイル名: 受給者ファイル
          2 基本情報: {事務担当部署: 見本部 見本課}
          3 入手・使用:
            入手元: {有: [評価実施機関内の他部署], 不明: [], 評価実施機関内の他部署: 見本課、例課}
            使用の主体: {使用部署: 【税務部】収納課、例課　【その他】北支所, 使用者数: 10人未満}
        Ⅳ 開示請求、問合せ:
          1 開示・訂正・利用停止請求: {請求先: 受付窓口：見本部見本課（1階） 000-000-0000}
          2 問合せ: {連絡先: [見本市役所, 見本課 〒000-0000 見本市]}
        """
    )
    assert [(one.role, one.department.written, one.department.slug) for one in facts.departments] == [
        (DepartmentRole.RESPONSIBLE, "税務部収納課", "shuno-ka"),
        (DepartmentRole.RESPONSIBLE, "市民部国保収納課", "kokuho-shuno-ka"),
        (DepartmentRole.FILE_OWNER, "見本部 見本課", "mihon-ka"),
        (DepartmentRole.USER, "【税務部】収納課", "shuno-ka"),
        (DepartmentRole.USER, "例課", None),
        (DepartmentRole.USER, "【その他】北支所", "kita-shisho"),
        (DepartmentRole.SOURCE, "見本課", "mihon-ka"),
        (DepartmentRole.SOURCE, "例課", None),
        (DepartmentRole.DISCLOSURE, "見本部見本課", "mihon-ka"),
        (DepartmentRole.INQUIRY, "見本課", "mihon-ka"),
    ]


def test_citations_listed_and_read(facts_of: Callable[..., Facts]) -> None:
    facts = facts_of(
        """
        Ⅰ 基本情報:
          1 特定個人情報ファイルを取り扱う事務: {事務の内容: 番号法第9条第2項と例規程第3条による。}
          4 個人番号の利用:
            法令上の根拠:
              要約: 見本
              引用:
              - {法令: 番号法, 箇所: 第9条第1項}
              - {法令: 例法, 箇所: 第1条}
          5 情報連携: {法令上の根拠: 番号法第19条第7号及び別表第二の82の項、命令第2条の表}
        """,
        published="2021-10-01",
    )
    found = [(one.address, one.law.slug, one.place, one.from_narrative) for one in facts.citations]
    assert found == [
        ("i-1-2", "bango-ho", "第9条第2項", True),
        ("i-4-a", "bango-ho", "第9条第1項", False),
        ("i-4-a", None, "第1条", False),
        ("i-5-2", "bango-ho", "第19条第7号", False),
        ("i-5-2", "bango-ho", "別表第二の82の項", False),
        ("i-5-2", "mihon-meirei", "第2条の表", False),
    ]
    seventh, table = facts.citations[3].verdict, facts.citations[4].verdict
    assert (seventh.epoch, seventh.outdated_then, seventh.outdated_today) == (
        "令和3年8月31日まで",
        True,
        True,
    )
    assert (table.epoch, table.outdated_then, table.outdated_today) == ("令和6年5月26日まで", False, True)


def test_every_form_is_read_without_an_answer(tree: Tree) -> None:
    tree.edition("Ⅰ 基本情報: {}\n")
    tree.edition(
        "Ⅰ 関連情報: {}\n",
        document="mihon-city/2",
        form="様式2",
        revision="平成26年4月",
        published="2024-05-25",
    )
    for facts in tree.catalogue().facts.values():
        assert [type(one).__name__ for one in facts.records()] == ["BodyName"]

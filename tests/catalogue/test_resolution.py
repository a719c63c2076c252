"""A name as written and what it means: exact spellings in their scope, nothing guessed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pia_site.catalogue import load_registry
from pia_site.catalogue.resolve import EntityKind, Resolved, Resolver, spelling_key

if TYPE_CHECKING:
    from conftest import Tree

ROOT = Path(__file__).resolve().parents[2]
K = EntityKind


@pytest.fixture(scope="module")
def real() -> Resolver:
    return Resolver(load_registry(ROOT / "content" / "registry")[0])


@pytest.mark.parametrize(
    ("kind", "written", "document", "slug"),
    [
        # companies: the branch does not matter, the legal form does
        (K.CONTRACTOR, "見本Japan株式会社東北支社", "mihon-city/1", "mihon-japan"),
        (K.CONTRACTOR, "見本Ｊａｐａｎ㈱　九州支社", "mihon-city/1", "mihon-japan"),
        (K.CONTRACTOR, "見本株式会社", "mihon-city/1", "mihon"),
        (K.CONTRACTOR, "株式会社見本", "mihon-city/1", None),
        (K.CONTRACTOR, "見本", "mihon-city/1", None),
        (K.CONTRACTOR, "支払資金", "rei-kumiai/1", "mihon-shikin"),
        (
            K.CONTRACTOR,
            "見本県見本連合会（見本県見本連合会は、見本中央会に再委託する）",
            "mihon-city/1",
            "mihon-rengokai",
        ),
        (K.CONTRACTOR, "見本連合会", "mihon-city/1", None),
        (K.CONTRACTOR, "例県見本連合会", "mihon-city/1", None),
        (K.CONTRACTOR, "㈱ＭＳＫ", "mihon-city/1", "msk"),
        (K.CONTRACTOR, "㈱MSK情報", "mihon-city/1", None),
        # systems: a name holds within its body, 等 is part of it, a remark is not
        (K.SYSTEM, "中間サーバー", "mihon-city/1", "chukan-server"),
        (K.SYSTEM, "中間サーバー", "rei-kumiai/1", None),
        (K.SYSTEM, "中間サーバー等", "rei-kumiai/1", "iryo-hokensha-chukan-server"),
        (K.SYSTEM, "中間サーバー等", "mihon-city/1", None),
        (K.SYSTEM, "医療保険者等向け中間サーバー等", "mihon-city/1", None),
        (
            K.SYSTEM,
            "見本給付システム(以後、「標準」という。)※標準は、見本市にある",
            "mihon-city/1",
            "kyufu-system",
        ),
        (K.SYSTEM, "見本給付システム\n見本市に置かれる。", "mihon-city/1", "kyufu-system"),
        (K.SYSTEM, "見本給付システム等（以下略）", "mihon-city/1", None),
        (K.SYSTEM, "見本給付システム２", "mihon-city/1", None),
        # the rest
        (K.FILE, "（１） 受給者ファイル", "mihon-city/1", "jukyusha"),
        (K.FILE, "①受給者ファイル", "mihon-city/2", "jukyusha"),
        (K.FILE, "受給者ファイル（廃止）", "mihon-city/1", None),
        (K.DEPARTMENT, "見本部　見本課", "mihon-city/1", "mihon-ka"),
        (K.DEPARTMENT, "見本課", "mihon-city/1", "mihon-ka"),
        (K.DEPARTMENT, "収納課", "mihon-city/1", None),
        (K.DEPARTMENT, "見本課", "rei-kumiai/1", None),
        (K.LAW, "番号法", "rei-kumiai/1", "bango-ho"),
        (K.LAW, "番号法（平成25年法律第27号）", "rei-kumiai/1", "bango-ho"),
        (K.LAW, "番号条例", "mihon-city/2", "mihon-jorei"),
        (K.LAW, "番号条例", "rei-kumiai/1", None),
        (K.LAW, "命令", "mihon-city/1", "mihon-meirei"),
        (K.LAW, "命令", "mihon-city/2", None),
        (K.RECIPIENT, "市町村⻑", "mihon-city/1", "shichoson-cho"),
        (K.RECIPIENT, "別紙1参照", "mihon-city/1", "mihon-ichiran"),
        (K.RECIPIENT, "別紙1参照", "rei-kumiai/1", None),
        (K.BODY, "見本市長", "mihon-city/1", "mihon-city"),
        (K.BODY, "", "mihon-city/1", None),
    ],
)
def test_resolution(tree: Tree, kind: EntityKind, written: str, document: str, slug: str | None) -> None:
    resolver = Resolver(tree.load()[0])
    found = resolver.resolve(kind, written, document)
    assert (found.slug if found else None) == slug


@pytest.mark.parametrize(
    ("kind", "written", "document", "expected"),
    [
        (K.CONTRACTOR, "富士通Japan株式会社東北支社", "iwaki-city/9", ("fujitsu-japan", "東北支社")),
        (K.CONTRACTOR, "富士通Japan株式会社 福島支社", "koriyama-city/9", ("fujitsu-japan", "福島支社")),
        (K.CONTRACTOR, "富士通Japan株式会社", "chiba-city/5", ("fujitsu-japan", None)),
        (K.CONTRACTOR, "富士通株式会社いわき支店", "iwaki-city/9", ("fujitsu", "いわき支店")),
        (K.CONTRACTOR, "支払基金", "aichi-shinkin-kenpo/1", ("shiharai-kikin", None)),
        (K.CONTRACTOR, "社会保険診療報酬支払基金", "iwaki-city/kokuho", ("shiharai-kikin", None)),
        (K.CONTRACTOR, "福島県国保連合会", "iwaki-city/kokuho", ("fukushima-kokuhoren", None)),
        (K.CONTRACTOR, "福島県国民健康保険団体連合会", "iwaki-city/kokuho", ("fukushima-kokuhoren", None)),
        (K.CONTRACTOR, "国保連合会", "iwaki-city/kokuho", None),
        (K.CONTRACTOR, "㈱ＦＳＫ", "iwaki-city/kokuho", ("fsk", None)),
        (
            K.CONTRACTOR,
            "株式会社福島情報処理センター",
            "koriyama-city/9",
            ("fukushima-joho-shori-center", None),
        ),
        (K.SYSTEM, "中間サーバー", "iwaki-city/kokuho", ("chukan-server", None)),
        (
            K.SYSTEM,
            "医療保険者等向け中間サーバー等",
            "iwaki-city/kokuho",
            ("iryo-hokensha-chukan-server", None),
        ),
        (K.SYSTEM, "中間サーバー等", "aichi-shinkin-kenpo/1", ("iryo-hokensha-chukan-server", None)),
        (K.SYSTEM, "中間サーバー等", "iwaki-city/kokuho", None),
        (K.FILE, "(5)賦課・収滞納ファイル", "chiba-city/5", ("fuka-shutaino-file", None)),
        (K.FILE, "（３）国民健康保険給付ファイル", "iwaki-city/kokuho", None),
        (K.LAW, "命令", "chiba-city/5", ("riyo-tokutei-kojin-joho-teikyo-meirei", None)),
        (K.LAW, "命令", "iwaki-city/9", None),
    ],
)
def test_names_of_the_five_documents(
    real: Resolver, kind: EntityKind, written: str, document: str, expected: tuple[str, str | None] | None
) -> None:
    found = real.resolve(kind, written, document)
    assert found == (Resolved(*expected) if expected else None)


def test_a_spelling_of_two_entities_resolves_to_neither(tree: Tree) -> None:
    tree.registry(
        contractors="委託先:\n- {slug: a, 名称: 甲, 表記: [丙]}\n- {slug: b, 名称: 乙, 表記: [丙]}\n"
    )
    registry, problems = tree.load()
    assert [one.code for one in problems] == ["S012"]
    assert Resolver(registry).resolve(K.CONTRACTOR, "丙", "mihon-city/1") is None


def test_a_file_of_the_same_assessment_comes_first(tree: Tree) -> None:
    tree.registry(
        files="""
        ファイル:
        - {機関: mihon-city, slug: a, 名称: 台帳ファイル, 評価書: "1"}
        - {機関: mihon-city, slug: b, 名称: 台帳ファイル, 評価書: "2"}
        """
    )
    resolver = Resolver(tree.load()[0])
    for document, slug in (("mihon-city/1", "a"), ("mihon-city/2", "b"), ("mihon-city/3", None)):
        found = resolver.resolve(K.FILE, "台帳ファイル", document)
        assert (found.slug if found else None) == slug


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("㈱見本", "株式会社 見本", True),
        ("（有）見本", "有限会社見本", True),
        ("見本㈱", "㈱見本", False),
        ("㈱見本", "見本", False),
        ("㈱見本", "㈲見本", False),
    ],
)
def test_the_legal_form_is_part_of_a_companys_name(one: str, other: str, same: bool) -> None:
    assert (spelling_key(K.CONTRACTOR, one) == spelling_key(K.CONTRACTOR, other)) is same


@pytest.mark.parametrize(
    ("line", "slug"),
    [
        ("見本課 〒000-0000 見本市見本町1", "mihon-ka"),
        ("見本部見本課　000-000-0000", "mihon-ka"),
        ("北支所〒000-0000", "kita-shisho"),
        ("見本市見本町1 見本課", None),
        ("見本課長", None),
    ],
)
def test_a_contact_begins_with_its_department(tree: Tree, line: str, slug: str | None) -> None:
    found = Resolver(tree.load()[0]).contact_department(line, "mihon-city/1")
    assert (found[1].slug if found else None) == slug

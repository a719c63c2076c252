"""A content folder with an invented registry, to which a test adds the editions it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent, indent

import pytest

from pia_site.catalogue import Catalogue, build_catalogue, load_registry
from pia_site.catalogue.entities import Registry
from pia_site.documents.store import Content, read_content
from pia_site.problems import Problem, Severity

TODAY = date(2025, 4, 1)

REGISTRY = {
    "bodies": """
        評価実施機関:
        - slug: mihon-city
          名称: 見本市
          種別: 市町村
          別名: [見本市長]
          評価書:
          - 番号: "1"
            評価書番号: "1"
            名称: 見本給付事務
            状況: [kyufu]
          - 番号: "2"
            名称: 見本税事務
            状況: [kyufu, zei]
        - slug: rei-kumiai
          名称: 例健康保険組合
          評価書:
          - 番号: "1"
            名称: 例適用事務
        """,
    "situations": """
        状況:
        - {slug: kyufu, 名称: 見本給付を受けている}
        - {slug: zei, 名称: 見本税を納めている}
        """,
    "systems": """
        種類:
        - {slug: chukan-server, 名称: 中間サーバー}
        - {slug: iryo-hokensha-chukan-server, 名称: 医療保険者等向け中間サーバー等}
        - {slug: kyufu, 名称: 給付の事務システム}
        システム:
        - 機関: mihon-city
          slug: chukan-server
          名称: 中間サーバー
          種類: chukan-server
          表記: [自治体中間サーバー]
        - 機関: mihon-city
          slug: kyufu-system
          名称: 見本給付システム
          種類: kyufu
          表記: [現行見本給付システム, 次期見本給付システム]
        - 機関: mihon-city
          slug: fukushi-system
          名称: 福祉システム
        - 機関: rei-kumiai
          slug: iryo-hokensha-chukan-server
          名称: 医療保険者等向け中間サーバー等
          種類: iryo-hokensha-chukan-server
          表記: [中間サーバー等]
        """,
    "contractors": """
        委託先:
        - slug: mihon-japan
          名称: 見本Japan株式会社
          表記:
          - {表記: 見本Japan株式会社東北支社, 支店: 東北支社}
        - slug: mihon
          名称: 見本株式会社
        - slug: mihon-shikin
          名称: 見本保険診療報酬支払資金
          表記: [支払資金]
        - slug: mihon-rengokai
          名称: 見本県見本健康保険団体連合会
          表記: [見本県見本連合会]
        - slug: mihon-chuokai
          名称: 見本健康保険中央会
          表記: [見本中央会]
        - slug: msk
          名称: 株式会社ＭＳＫ
        - slug: mihon-shori-center
          名称: 株式会社見本処理センター
        """,
    "recipients": """
        提供先・移転先:
        - {slug: mihon-koiki, 名称: 見本県広域連合}
        - {slug: shichoson-cho, 名称: 市町村長}
        - {slug: mihon-ichiran, 名称: 別紙1の提供先（見本市）, 機関: mihon-city, 表記: [別紙1参照]}
        """,
    "departments": """
        部署:
        - {機関: mihon-city, slug: mihon-ka, 名称: 見本課, 上位: 見本部, 表記: [見本課]}
        - {機関: mihon-city, slug: shuno-ka, 名称: 収納課, 上位: 税務部}
        - {機関: mihon-city, slug: kokuho-shuno-ka, 名称: 国保収納課, 上位: 市民部}
        - {機関: mihon-city, slug: kita-shisho, 名称: 北支所}
        """,
    "laws": """
        法令:
        - slug: bango-ho
          名称: 行政手続における特定の個人を識別するための番号の利用等に関する法律
          略称: 番号法
        - slug: mihon-jorei
          名称: 見本市番号条例
          機関: mihon-city
          表記: [番号条例]
        - slug: mihon-meirei
          名称: 見本情報の提供に関する命令
          表記:
          - {表記: 命令, 評価書: mihon-city/1}
        """,
    "files": """
        ファイル:
        - {機関: mihon-city, slug: jukyusha, 名称: 受給者ファイル, 評価書: "1"}
        - {機関: mihon-city, slug: shinseisha, 名称: 申請者ファイル, 評価書: "1"}
        - {機関: mihon-city, slug: zei, 名称: 見本税ファイル, 評価書: "2"}
        """,
}

HEADER = """\
様式: {form}
様式の版: {revision}
収録: 全文
公表元: {{名称: 見本市, URL: 不明}}
表紙: {{評価書番号: "{printed}", 評価書名: 見本, 評価実施機関名: 見本市長, 公表日: {published}}}
"""


@dataclass(frozen=True)
class Tree:
    """A content folder below tmp_path."""

    folder: Path

    def registry(self, **files: str) -> None:
        """Write registry files; the invented ones are there from the start."""
        (self.folder / "registry").mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (self.folder / "registry" / f"{name}.yaml").write_text(dedent(text).lstrip(), "utf-8")

    def edition(
        self,
        parts: str,
        *,
        document: str = "mihon-city/1",
        published: str = "2024-05-24",
        form: str = "様式3",
        revision: str = "平成30年5月",
        printed: str = "1",
    ) -> Path:
        """Write an edition of which only these parts are filled in; the rest is missing (S005)."""
        path = self.folder / "jimu" / document / f"{published}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        header = HEADER.format(form=form, revision=revision, printed=printed, published=published[:10])
        path.write_text(header + dedent(parts).lstrip(), "utf-8")
        return path

    def load(self) -> tuple[Registry, list[Problem]]:
        return load_registry(self.folder / "registry")

    def read(self) -> Content:
        content = read_content(self.folder)
        errors = [found for found in content.problems if found.severity is Severity.ERROR]
        assert errors == [], "the test's own editions are sound"
        return content

    def catalogue(self) -> Catalogue:
        registry, problems = self.load()
        assert problems == []
        return build_catalogue(self.read(), registry, TODAY)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path / "content")
    tree.registry(**REGISTRY)
    return tree


@pytest.fixture
def catalogue_of(tree: Tree) -> Callable[..., Catalogue]:
    """The catalogue of one edition."""

    def build(parts: str, **where: str) -> Catalogue:
        tree.edition(parts, **where)
        return tree.catalogue()

    return build


@pytest.fixture
def file_part() -> Callable[[str], str]:
    """Ⅱ with one copy that holds these sections."""

    def wrap(sections: str, name: str = "受給者ファイル") -> str:
        return f"Ⅱ 特定個人情報ファイルの概要:\n- 1 特定個人情報ファイル名: {name}\n" + indent(
            dedent(sections).lstrip(), "  "
        )

    return wrap

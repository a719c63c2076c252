"""`import_source`: where an edition goes, whose it is, what it refuses, and what lies beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from printed_form import Printed

from pia_site.documents.answers import State
from pia_site.documents.provenance import read_provenance, source_places
from pia_site.documents.read import read_edition
from pia_site.documents.write import dump_edition
from pia_site.forms import Form
from pia_site.problems import PiaSiteError
from pia_site.sources.importer import ImportResult, import_source

REGISTRY = """\
評価実施機関:
- slug: mihon-city
  名称: 見本市
  種別: 市町村
  別名:
  - 例示市長
  評価書:
  - 番号: mihon-jimu
    評価書番号: 不明
    名称: 見本事務
"""
LONG = "見本市の見本の事務を行うために見本の情報を利用し見本の措置を講ずるものとして定めるところによる"
VALUES: dict[str, object] = {
    "cover-a": "12",
    "cover-b": "見本事務",
    "cover-e": "見本市長",
    "cover-f": "令和5年4月1日",
    "i-1-1": "見本事務",
    "i-1-2": LONG,
    "i-2-s1-1": "見本システム",
}
STRAY = "\n欄外の見本の文\n"


@pytest.fixture
def source(tmp_path: Path, priority: Form) -> Path:
    return write(tmp_path / "mihon.txt", priority, VALUES)


def write(path: Path, form: Form, values: dict[str, object]) -> Path:
    path.write_text(Printed(form, values, members={"i-2-s": 1}).text() + STRAY, encoding="utf-8")
    return path


def content(tmp_path: Path) -> Path:
    into = tmp_path / "content"
    (into / "registry").mkdir(parents=True)
    (into / "registry" / "bodies.yaml").write_text(REGISTRY, encoding="utf-8")
    return into


def codes(result: ImportResult) -> set[str]:
    return {one.code for one in result.problems}


def test_an_edition_and_what_lies_beside_it(source: Path, tmp_path: Path) -> None:
    into = content(tmp_path)
    result = import_source(source, into=into)
    assert result.path == into / "jimu" / "mihon-city" / "12" / "2023-04-01.yaml"
    assert result.edition.official.name == "見本市"
    assert result.provenance == result.path.with_name("2023-04-01.import.yaml")
    edition, problems = read_edition(result.path, into)
    assert problems == []
    assert edition is not None
    assert edition.answers["i-1-2"].as_text() == LONG
    assert dump_edition(edition) == result.path.read_text(encoding="utf-8")
    assert sum(result.counts.values()) == len(edition.answers)
    assert result.counts["withheld"] == 0


def test_leftovers_go_where_git_does_not_look(source: Path, tmp_path: Path) -> None:
    result = import_source(source, into=content(tmp_path))
    assert [one.text for one in result.leftovers] == [STRAY.strip()]
    assert STRAY.strip() in result.review.read_text(encoding="utf-8")
    folder = next(parent for parent in result.review.parents if parent.name == ".pia")
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert "I001" in codes(result)


def test_an_abstract_edition_holds_no_wording(source: Path, tmp_path: Path) -> None:
    result = import_source(source, into=content(tmp_path), abstract=True)
    assert result.edition.answers["i-1-2"].state is State.WITHHELD
    assert result.counts["withheld"] == 1
    for path in (result.path, result.provenance):
        text = "".join(path.read_text(encoding="utf-8").split())
        assert LONG[:20] not in text
    origin = read_provenance(result.provenance).items["i-1-2"]
    assert origin.length == len(LONG)
    assert origin.fingerprint is not None
    assert len(origin.fingerprint) >= 16


def test_the_sidecar_says_where_an_item_stands(source: Path, tmp_path: Path) -> None:
    result = import_source(source, into=content(tmp_path))
    provenance = read_provenance(result.provenance)
    assert provenance.source.name == "mihon.txt"
    assert provenance.source.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    lines = source.read_text(encoding="utf-8").split("\n")
    (number,) = source_places(result.path)["i-2-s1-1"]["lines"]
    assert isinstance(number, int)
    assert lines[number - 1] == "①システムの名称\t見本システム"
    assert set(provenance.items) <= set(result.edition.answers)


def test_the_source_is_only_read(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    import_source(source, into=content(tmp_path))
    assert source.read_bytes() == before


@pytest.mark.parametrize("kind", ["crlf", "bom"])
def test_ways_to_store_a_text(source: Path, tmp_path: Path, kind: str) -> None:
    plain = import_source(source, into=content(tmp_path))
    data = source.read_bytes()
    other = tmp_path / "other.txt"
    other.write_bytes(data.replace(b"\n", b"\r\n") if kind == "crlf" else b"\xef\xbb\xbf" + data)
    again = import_source(other, into=tmp_path / "again")
    assert {a: x.value for a, x in again.edition.answers.items()} == {
        a: x.value for a, x in plain.edition.answers.items()
    }


def test_whose_it_is(source: Path, tmp_path: Path, priority: Form) -> None:
    into = content(tmp_path)
    asked = import_source(source, into=into, body="rei-city", number="rei")
    assert asked.path.parts[-3:] == ("rei-city", "rei", "2023-04-01.yaml")
    alias = write(tmp_path / "alias.txt", priority, {**VALUES, "cover-e": "例示市長", "cover-a": "甲-1"})
    assert import_source(alias, into=into).path.parts[-3:] == ("mihon-city", "1", "2023-04-01.yaml")
    named = write(tmp_path / "named.txt", priority, {**VALUES, "cover-a": "", "cover-f": ""})
    result = import_source(named, into=into)
    assert result.path.parts[-3:] == ("mihon-city", "mihon-jimu", "undated.yaml")
    assert "I002" not in codes(result)


def test_an_unknown_body_gets_a_word(tmp_path: Path, priority: Form) -> None:
    path = write(tmp_path / "unknown.txt", priority, {**VALUES, "cover-a": "", "cover-e": "架空市長"})
    result = import_source(path, into=tmp_path / "content")
    assert result.path.parts[-3:] == ("mikakunin", "mikakunin", "2023-04-01.yaml")
    assert result.edition.official.name == "架空市長"
    assert "I002" in codes(result)


def test_a_broken_edition_is_not_overwritten(source: Path, tmp_path: Path) -> None:
    into = content(tmp_path)
    first = import_source(source, into=into)
    first.path.write_text("書き足し", encoding="utf-8")
    with pytest.raises(PiaSiteError) as refused:
        import_source(source, into=into, accept=True)
    assert refused.value.problems[-1].code == "I011"
    assert first.path.read_text(encoding="utf-8") == "書き足し"


@pytest.mark.parametrize(
    "text",
    ["見本の文\n" * 50, "甲\t乙\n" * 50, "1. 見本\n①見本\t例示\n" * 20],
    ids=["prose", "table", "list"],
)
def test_other_texts_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PiaSiteError) as refused:
        import_source(path, into=tmp_path / "content")
    (problem,) = refused.value.problems
    assert (problem.code, problem.location.path) == ("I003", path)
    assert not (tmp_path / "content").exists()


def test_the_form_by_what_is_printed(tmp_path: Path, priority: Form, full: Form) -> None:
    for form in (priority, full):
        path = write(tmp_path / f"{form.id}.txt", form, {})
        assert import_source(path, into=tmp_path / "out", number=form.id).edition.form is form
    # Without cover and form line the headings tell.
    lines = Printed(full).lines()
    start = (
        next(index for index, line in enumerate(lines) if line == "" and lines[index + 1].startswith("Ⅰ")) + 1
    )
    headless = tmp_path / "headless.txt"
    headless.write_text("\n".join(lines[start:]), encoding="utf-8")
    result = import_source(headless, into=tmp_path / "out", number="headless")
    assert result.edition.form.name == full.name
    assert result.edition.revision_written == "不明"

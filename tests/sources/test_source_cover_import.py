"""A cover alone, imported: what stands in the edition is what the cover says, and every character is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pia_site.problems import PiaSiteError
from pia_site.sources.covers.cover import plain
from pia_site.sources.readers.formats import read_source_text
from pia_site.sources.reading import Reading, read_assessment

COVERS = yaml.safe_load((Path(__file__).parent / "covers.yaml").read_text(encoding="utf-8"))["covers"]
FACTS = ("評価書番号", "評価書名", "評価実施機関名", "公表日")


def imported(text: str) -> Reading:
    return read_assessment(read_source_text(text, "mihon.txt", "0" * 64))


@pytest.mark.parametrize("case", COVERS, ids=lambda case: case["kind"])
def test_a_cover_is_imported_right_or_unknown(case: dict[str, object]) -> None:
    facts = case["facts"]
    assert isinstance(facts, dict)
    try:
        read = imported(str(case["text"]))
    except PiaSiteError:
        # Not a fact and no heading: nobody could tell that it is a 評価書.
        assert not any(facts.get(name) for name in FACTS)
        return
    edition = read.edition
    assert read.account.total == read.extract.size
    if facts["様式"] is not None:
        assert edition.form.number == facts["様式"]
    if "様式の版" in facts:
        assert edition.revision_written == (facts["様式の版"] or "不明")
    for name in filter(facts.__contains__, FACTS):
        answer = edition.answer_to(name, "cover")
        said = plain(answer.as_text()) if answer else ""
        assert said in ("", plain(facts.get(name) or "")), name


def test_a_revision_without_a_definition_is_kept_and_said() -> None:
    read = imported(
        next(str(case["text"]) for case in COVERS if case["facts"].get("様式の版") == "平成29年5月")
    )
    assert read.edition.revision_written == "平成29年5月"
    assert "S016" in [one.code for one in read.problems]

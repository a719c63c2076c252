"""Which form a source is on, with the reason; and what is no 評価書 at all, with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_source_damage import printed

from pia_site.forms import all_forms
from pia_site.sources.covers.cover import Cover
from pia_site.sources.extract import Extract
from pia_site.sources.no_assessment import why_no_assessment
from pia_site.sources.readers.raw_text import read_raw_text
from pia_site.sources.readers.table_text import read_table_text
from pia_site.sources.which_form import ChosenForm, recognise_form

CASES = yaml.safe_load((Path(__file__).parent / "no_assessments.yaml").read_text(encoding="utf-8"))
SHA = "0" * 64


def extract_of(text: str) -> Extract:
    if "\t" in text:
        return read_table_text(text, "mihon.txt", SHA)
    return read_raw_text(text, "mihon.txt", SHA).extract


def recognised(text: str) -> ChosenForm:
    return recognise_form(extract_of(text))


# --- by the cover ---


@pytest.mark.parametrize(
    ("form_line", "form", "revision", "is_defined"),
    [
        ("[平成26年4月 様式2]", "basic-2014-04", "平成26年4月", True),
        ("［平成30年5月　様式４］", "full-2018-05", "平成30年5月", True),
        ("平成 26 年4 月様式3", "priority-2018-05", "平成26年4月", False),
        ("[平成29年5月 様式2]", "basic-2014-04", "平成29年5月", False),
        ("[令和3年9月 様式2]", "basic-2019-01", "令和3年9月", False),
        ("[令和6年10月 様式2]", "basic-2024-10", "令和6年10月", True),
    ],
)
def test_the_printed_revision_is_kept_and_the_nearest_definition_taken(
    form_line: str, form: str, revision: str, is_defined: bool
) -> None:
    chosen = recognised(
        f"評価書番号\n1\n評価書名\n見本事務\n評価実施機関名\n見本市長\n公表日\n令和7年1月6日\n{form_line}\n"
    )
    assert (chosen.form.id, chosen.revision, chosen.is_defined) == (form, revision, is_defined)
    assert chosen.reason == f"表紙の「{chosen.form.name}」と「[{revision} {chosen.form.number}]」による"
    assert chosen.sure


def test_the_name_of_the_form_without_a_revision() -> None:
    chosen = recognised(
        "特定個人情報保護評価書（重点項目評価書）\n評価書番号\n評価書名\n評価実施機関名\n公表日\n"
    )
    assert (chosen.form.id, chosen.revision, chosen.is_defined) == ("priority-2018-05", None, False)
    assert chosen.reason == "表紙の「重点項目評価書」による"


def test_the_name_of_the_form_alone() -> None:
    chosen = recognised("特定個人情報保護評価書（全項目評価書）\n見本\n")
    assert (chosen.form.id, chosen.reason) == ("full-2018-05", "「全項目評価書」という題による")


def test_a_basic_form_without_a_revision_is_read_by_the_definition_its_headings_fit() -> None:
    cover = "特定個人情報保護評価書（基礎項目評価書）\n評価書番号\n評価書名\n評価実施機関名\n公表日\n"
    old = "\n".join(line for line in printed("basic-2014-04") if "様式2" not in line)
    assert recognised(cover).form.id == "basic-2024-10"
    assert recognised(cover + old).form.id == "basic-2014-04"


def test_a_known_cover_is_not_read_again() -> None:
    extract = extract_of("特定個人情報保護評価書（全項目評価書）\n")
    assert recognise_form(extract, Cover()).reason.startswith("様式を示す言葉がない")


# --- by what stands below it ---


def below_cover(form_id: str) -> str:
    """An invented 評価書 from its first part on, without anything that names the form."""
    lines = printed(form_id)
    start = next(at for at, line in enumerate(lines) if line.lstrip("# ").startswith(("Ⅰ", "I ")))
    return "\n".join(line for line in lines[start:] if "項目評価書" not in line and "様式" not in line)


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.id)
def test_without_a_cover_the_headings_decide(form: Any) -> None:
    chosen = recognised(below_cover(form.id))
    assert chosen.form.name == form.name
    assert chosen.revision is None
    assert chosen.reason.startswith(f"見出しによる（{form.number}の見出しが")
    assert f"など{form.number}だけにあるものが" in chosen.reason
    assert chosen.sure


def test_one_long_line_is_told_by_the_words_of_one_form() -> None:
    chosen = recognised(" ".join(below_cover("full-2018-05").replace("\t", " ").split("\n")))
    assert chosen.form.id == "full-2018-05"
    assert chosen.reason.startswith("本文の言葉による（「")
    assert chosen.sure


def test_text_without_any_sign_says_so() -> None:
    chosen = recognised("見本川の水質調査\n")
    assert not chosen.sure
    assert chosen.reason.startswith("様式を示す言葉がないため、仮に様式")


# --- what is none ---


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["kind"])
def test_refused_with_the_reason(case: dict[str, str]) -> None:
    assert case["reason"] in (why_no_assessment(extract_of(case["text"])) or "accepted")


@pytest.mark.parametrize("case", CASES["accepted"], ids=lambda case: case["kind"])
def test_near_misses_are_accepted(case: dict[str, str]) -> None:
    assert why_no_assessment(extract_of(case["text"])) is None


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.id)
def test_whole_documents_are_accepted(form: Any) -> None:
    assert why_no_assessment(extract_of("\n".join(printed(form.id)))) is None
    assert why_no_assessment(extract_of(below_cover(form.id))) is None


def test_what_a_reading_recognised_counts() -> None:
    extract = extract_of("①事務の名称\t見本事務\n②事務の概要\t見本\n")
    assert why_no_assessment(extract) is not None
    assert why_no_assessment(extract, recognised=8) is None

"""The register of problems: nothing in it that no module reports, nothing an officer cannot read."""

import re
from pathlib import Path

import pytest

from pia_site.problems import Location, ProblemKind, has_errors, in_file_order, problem, register

PACKAGE = Path(__file__).resolve().parents[1] / "pia_site"


def codes_used() -> set[str]:
    modules = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "problems"]
    return {code for path in modules for code in re.findall(r'"([A-Z]\d{3})"', path.read_text("utf-8"))}


def test_every_code_is_reported_somewhere_and_every_reported_code_is_registered() -> None:
    assert {kind.code for kind in register()} == codes_used()


@pytest.mark.parametrize("kind", register(), ids=lambda kind: kind.code)
def test_wording_is_japanese_and_says_how_to_mend_it(kind: ProblemKind) -> None:
    for text in (kind.message, kind.hint):
        # A hint may come whole from where the problem is found.
        assert re.search(r"[ぁ-ん]", text) or text == "{hint}"


def test_problems_are_told_in_file_order() -> None:
    late = problem("F003", Location(Path("b.yaml"), 9))
    early = problem("F003", Location(Path("b.yaml"), 2))
    other = problem("R004", Location(Path("a.yaml"), 5), label="件数", stated=2, listed=1)
    assert in_file_order([late, early, other]) == [other, early, late]
    assert has_errors([other, early])
    assert not has_errors([other])

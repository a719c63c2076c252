"""Rules that one edition has to keep by itself: its answers against each other.

Import and `check` both ask, because a source may contradict itself and so may a reading of it. Codes carry the
number of the form rule. May import: answers, edition, problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from pia_site.documents.answers import Answer, Checks, State
from pia_site.documents.edition import Edition
from pia_site.problems import Location, Problem, problem

_IDENTIFIERS = ("個人番号", "個人番号対応符号")


def check_edition(edition: Edition) -> list[Problem]:
    """Every contradiction within one edition."""
    rows = [answer for answer in edition.answers.values() if isinstance(answer.value, Checks)]
    return [
        found
        for row in rows
        for check in (_filled_is_ticked, _has_identifier)
        for found in check(edition, row)
    ]


def _filled_is_ticked(edition: Edition, row: Answer) -> Iterator[Problem]:
    """Rule 26: who fills the parentheses of a box means the box."""
    assert isinstance(row.value, Checks)
    marks = dict(row.value.marks)
    for fill in row.item.fills:
        option = fill.fill_of or ""
        # The parentheses share the address of their row but for the last step.
        answer = edition.answers.get(row.address.removesuffix(row.item.step) + fill.step)
        if (
            marks.get(option) is False
            and answer is not None
            and answer.state in (State.PRESENT, State.WITHHELD)
        ):
            yield problem("R026", _where(edition, row), label=row.item.row_label, option=option)


def _has_identifier(edition: Edition, row: Answer) -> Iterator[Problem]:
    """番号法 第2条第9項: a 特定個人情報ファイル holds 個人番号, or what stands for it (第2条第8項)."""
    assert isinstance(row.value, Checks)
    marks = dict(row.value.marks)
    if _IDENTIFIERS[0] in marks and row.value.ticked and all(marks.get(one) is False for one in _IDENTIFIERS):
        yield problem("R027", _where(edition, row), label=row.item.row_label)


def _where(edition: Edition, row: Answer) -> Location:
    return Location(edition.path, row.line or None, row.address)

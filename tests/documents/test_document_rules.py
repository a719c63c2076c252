"""The rules one edition keeps by itself: a table of what stands in a row of boxes, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pia_site.documents.answers import Answer, Checks, Names, State
from pia_site.documents.blank import blank_edition
from pia_site.documents.edition import Edition
from pia_site.documents.rules import check_edition
from pia_site.forms import form_by_id

OTHER = "評価実施機関内の他部署"


def edition(**changed: Answer) -> Edition:
    blank = blank_edition(form_by_id("priority-2018-05"), body="mihon-city", number="1")
    answers = {**blank.answers, **{one.address: one for one in changed.values()}}
    return replace(blank, answers=answers)


def answer(address: str) -> Answer:
    return edition().answers[address]


def boxes(address: str, **marks: bool | None) -> Answer:
    row = answer(address)
    options = tuple((option, marks.get(option, False)) for option in row.item.options)
    return replace(row, state=State.PRESENT, value=Checks(options))


@pytest.mark.parametrize(("mark", "codes"), [(True, []), (False, ["R026"]), (None, [])])
def test_who_fills_the_parentheses_means_the_box(mark: bool | None, codes: list[str]) -> None:
    row = boxes("ii1-3-1", **{OTHER: mark})
    fill = next(one for one in row.item.fills if one.fill_of == OTHER)
    inside = replace(answer(f"ii1-3-{fill.step}"), state=State.PRESENT, value=Names(("見本課",)))
    found = check_edition(edition(row=row, inside=inside))
    assert [one.code for one in found] == codes
    assert all(one.location.address == "ii1-3-1" for one in found)


@pytest.mark.parametrize(
    ("marks", "codes"),
    [
        ({"個人番号": True}, []),
        ({"個人番号対応符号": True}, []),
        ({"個人番号": None}, []),
        ({"国税関係情報": True}, ["R027"]),
    ],
)
def test_a_file_holds_the_number_or_what_stands_for_it(
    marks: dict[str, bool | None], codes: list[str]
) -> None:
    assert [one.code for one in check_edition(edition(row=boxes("ii1-2-4a", **marks)))] == codes

"""What an extraction prints of a form is read back as it was: every kind of item, copy and member."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import COPIES, MEMBERS, differences, values_for
from printed_form import Printed, read

from pia_site.documents.answers import State
from pia_site.documents.slots import walk
from pia_site.forms import Form, all_forms, form_by_id

FORMS = [form.id for form in all_forms() if form.confirmed]


@pytest.mark.parametrize("form_id", FORMS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000))
def test_what_is_printed_is_read(form_id: str, seed: int) -> None:
    form = form_by_id(form_id)
    values = values_for(form, Random(seed))
    printed = Printed(
        form, values, COPIES, MEMBERS, records={"records1": ["・甲 ・乙"], "records2": ["・丙"]}
    )
    result = read(printed.text())
    edition = result.edition
    assert result.leftovers == ()
    # Invented boxes and counts contradict each other as they like; nothing else is to be said.
    assert {one.code for one in result.problems} <= {"I002", "I016", "R026", "R027"}
    assert (edition.form, edition.revision_written) == (form, form.revision)
    assert edition.copies == {**COPIES, "changes": 1}
    assert differences(edition, values) == {}
    # Only a last member in which nothing is filled or ticked is taken for the form's empty sheet.
    assert {prefix: size for prefix, size in edition.groups.items() if size} == MEMBERS


@pytest.mark.parametrize("form_id", FORMS)
def test_an_empty_form_is_blank_and_not_lost(form_id: str) -> None:
    form = form_by_id(form_id)
    edition = read(Printed(form).text()).edition
    states = {answer.state for address, answer in edition.answers.items() if not address.startswith("work-a")}
    lost = [a for a, answer in edition.answers.items() if answer.state is State.LOST]
    assert states <= {State.BLANK, State.PRESENT, State.LOST}
    # The figure of 別添1 and a count that is printed nowhere are all that an empty print does not show.
    assert [address for address in lost if address not in ("work-a", "ii1-4-a-o1")] == []


def test_every_item_gets_an_answer_in_form_order(priority: Form) -> None:
    edition = read(Printed(priority, copies=COPIES).text()).edition
    slots = walk(priority, lambda part: edition.copies[part.step], lambda prefix: edition.groups[prefix])
    assert list(edition.answers) == [slot.address for slot in slots if slot.part.role != "changes"]

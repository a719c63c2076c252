"""Whatever a text holds: reading it never fails, and every line of it is answered or left over."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from printed_form import Printed
from test_source_damage import printed

from pia_site.documents.slots import walk
from pia_site.forms import Form, all_forms, form_by_id
from pia_site.sources.account import settle
from pia_site.sources.extract import Extract
from pia_site.sources.filling.assemble import assemble
from pia_site.sources.filling.fill import fill
from pia_site.sources.filling.filled import Filled
from pia_site.sources.officials import Masker
from pia_site.sources.readers.raw_text import read_raw_text
from pia_site.sources.readers.table_text import read_table_text
from pia_site.sources.scrambled.fill import fill_raw
from pia_site.sources.which_form import recognise_form

SHA = "0" * 64
LINES = {form.id: printed(form.id) for form in all_forms() if form.confirmed}
EVERY = [line for lines in LINES.values() for line in lines]
WORDS = st.text(
    st.sampled_from("甲乙①②ⅠⅡ別添システム提供先委託事項12.:：リスク<>[]○()（）件\t|-* 　令和5年4月1日事前"),
    max_size=40,
)
slow = settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))


def check(filled: Filled, extract: Extract) -> None:
    """Every character is accounted for; every item got one answer, in form order."""
    values = {n for one in filled.gathered.values() for p in one.pieces for n in range(p.first, p.last + 1)}
    assert values <= set(range(1, max(extract.by_line, default=0) + 1))
    made = assemble(filled, Masker())
    account, _ = settle(extract, filled, made.read)
    assert account.total == extract.size
    assert min(account.placed, account.form, account.markup, account.repeated, account.leftovers) >= 0
    slots = walk(filled.form, lambda part: made.copies[part.step], lambda prefix: made.groups[prefix])
    assert list(made.answers) == [slot.address for slot in slots if slot.part.role != "changes"]


def check_both(text: str, form: Form) -> None:
    extract = read_table_text(text, "mihon.txt", SHA)
    check(fill(extract, form), extract)
    raw = read_raw_text(text, "mihon.txt", SHA)
    check(fill_raw(raw, form), raw.extract)


@pytest.mark.parametrize("form_id", list(LINES))
@slow
@given(seed=st.integers(0, 10**6))
def test_shuffled_lines(form_id: str, seed: int) -> None:
    lines, chance = list(LINES[form_id]), Random(seed)
    for _ in range(chance.randint(1, 12)):
        begin = chance.randrange(len(lines))
        moved = lines[begin : begin + chance.randint(1, 60)]
        del lines[begin : begin + len(moved)]
        to = chance.randint(0, len(lines))
        lines[to:to] = moved
    check_both("\n".join(lines), form_by_id(form_id))


@pytest.mark.parametrize("form_id", list(LINES))
@slow
@given(seed=st.integers(0, 10**6))
def test_lost_lines_and_cut_ends(form_id: str, seed: int) -> None:
    chance = Random(seed)
    share = chance.random()
    text = "\n".join(line for line in LINES[form_id] if chance.random() < share)
    check_both(text[: chance.randint(0, len(text))], form_by_id(form_id))


@slow
@given(st.lists(st.one_of(st.sampled_from(EVERY), WORDS, st.text(max_size=30)), max_size=60))
def test_arbitrary_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    check_both(text, recognise_form(read_table_text(text, "mihon.txt", SHA)).form)


@slow
@given(st.sampled_from(sorted(LINES)), st.integers(0, 400), st.integers(0, 400))
def test_the_wrong_form(form_id: str, begin: int, end: int) -> None:
    """Held against another form than it is printed on, a text is still only read."""
    lines = LINES[form_id][min(begin, end) : max(begin, end)]
    for form in all_forms():
        extract = read_table_text("\n".join(lines), "mihon.txt", SHA)
        check(fill(extract, form), extract)


@slow
@given(st.data())
def test_a_value_that_looks_like_a_form(data: st.DataObject) -> None:
    """The form's own words inside a value: at worst misplaced, never lost."""
    form = form_by_id("priority-2018-05")
    value = data.draw(st.sampled_from([line for line in EVERY if line.strip()]))
    text = Printed(form, {"i-1-2": value.replace("\t", " ")}).text()
    extract = read_table_text(text, "mihon.txt", SHA)
    check(fill(extract, form), extract)

"""Whatever happens to a source on its way, an import ends, raises nothing unforeseen, and loses no character.

200 damaged sources in `scripts/test`, 2,000 in `scripts/test --long`: lines shuffled, lost, printed twice, cut off,
tags broken, bytes flipped, and all of it together.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import COPIES, MEMBERS, values_for
from printed_form import Printed
from printed_page import page

from pia_site.documents.slots import walk
from pia_site.forms import form_by_id
from pia_site.problems import PiaSiteError
from pia_site.sources.readers.formats import read_source
from pia_site.sources.reading import read_assessment

CASES = 2000 if os.environ.get("PIA_LONG") == "1" else 200
RECORDS = {"records1": ["(1) 見本ファイル", "・甲 ・乙", "1.丙、2.丁、3.戊"], "records2": ["・己"]}
ROWS = [
    ("令和4年4月1日", "Ⅱ4 委託事項1①", "<p>甲の見本</p>", "乙の見本", "事後", ""),
    ("42216", "Ⅰ7②所属長", "見本課長", "見本部長", "事前", "例示"),
]
BROKEN = [
    "<table>",
    "</td>",
    "<td colspan=9999>",
    "<input type=checkbox checked",
    "&#0;",
    "&amp",
    "<p",
    "|",
    "\t",
    "[",
    "）",
    "\x00",
    "\ufdd0",
]


def table_text(form_id: str) -> str:
    form = form_by_id(form_id)
    printed = Printed(form, values_for(form, Random(3)), COPIES, MEMBERS, RECORDS, ROWS)
    return printed.text()


def raw_text(form_id: str) -> str:
    return table_text(form_id).replace("\t", "\n").replace("\nⅡ", "\n\n\n\nⅡ").replace("\nⅢ", "\n\n\n\nⅢ")


def html_page(form_id: str) -> str:
    form = form_by_id(form_id)
    return page(form, values_for(form, Random(4)), COPIES, MEMBERS, RECORDS, ROWS)


SOURCES = {
    (kind, form_id): make(form_id)
    for kind, make in (("table", table_text), ("raw", raw_text), ("html", html_page))
    for form_id in ("priority-2018-05", "full-2018-05")
}


def shuffle(text: str, chance: Random) -> str:
    lines = text.split("\n")
    begin, size = chance.randrange(len(lines)), chance.randint(2, 80)
    moved = lines[begin : begin + size]
    chance.shuffle(moved)
    lines[begin : begin + size] = moved
    return "\n".join(lines)


def repeat(text: str, chance: Random) -> str:
    lines = text.split("\n")
    begin, size = chance.randrange(len(lines)), chance.randint(1, 120)
    to = begin + size if chance.random() < 0.5 else chance.randrange(len(lines))
    return "\n".join([*lines[:to], *lines[begin : begin + size], *lines[to:]])


def lose(text: str, chance: Random) -> str:
    lines = text.split("\n")
    begin, size = chance.randrange(len(lines)), chance.randint(1, 150)
    return "\n".join([*lines[:begin], *lines[begin + size :]])


def truncate(text: str, chance: Random) -> str:
    return text[: chance.randrange(len(text))]


def break_tags(text: str, chance: Random) -> str:
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(BROKEN) + text[at + chance.randint(0, 3) :]
    return text


DAMAGES: list[Callable[[str, Random], str]] = [shuffle, repeat, lose, truncate, break_tags]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "mihon"


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    source=st.sampled_from(sorted(SOURCES)),
    damages=st.lists(st.sampled_from(DAMAGES), max_size=4),
    flips=st.integers(0, 12),
    seed=st.integers(0, 2**32),
)
def test_a_damaged_source(
    file: Path, source: tuple[str, str], damages: list[Callable[[str, Random], str]], flips: int, seed: int
) -> None:
    chance = Random(seed)
    text = SOURCES[source]
    for damage in damages:
        text = damage(text, chance) or "　"
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(flips):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)
    try:
        read = read_source(file)
        found = read_assessment(read)
    except PiaSiteError:
        return  # so damaged that it is no 評価書 any more, or no text
    account = found.account
    assert account.total == found.extract.size
    assert min(account.placed, account.form, account.markup, account.repeated, account.leftovers) >= 0
    edition = found.edition
    slots = walk(edition.form, lambda part: edition.copies[part.step], lambda prefix: edition.groups[prefix])
    assert list(edition.answers) == [slot.address for slot in slots if slot.part.role != "changes"]

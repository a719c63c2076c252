"""Covers of any body: six facts, each right or unknown, whatever became of the layout."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
import yaml
from damaged_covers import BLOCK_DAMAGES, FACTS, TEXT_DAMAGES, damaged, invented
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pia_site.sources.covers.cover import Cover, plain, read_cover

COVERS = yaml.safe_load((Path(__file__).parent / "covers.yaml").read_text(encoding="utf-8"))["covers"]
DAMAGES = [*BLOCK_DAMAGES, *TEXT_DAMAGES]
OPEN = {("older date", "公表日")}
"""What a damage leaves open by its nature."""
slow = settings(deadline=None, suppress_health_check=list(HealthCheck))


def key(value: str | None) -> str | None:
    """What two values are compared by: one width, no white space, no punctuation that extractions drop."""
    return value if value is None else re.sub(r"[、。「」]", "", plain(value))


@pytest.mark.parametrize("case", COVERS, ids=lambda case: case["kind"])
def test_each_kind_of_cover(case: dict[str, object]) -> None:
    cover = read_cover(str(case["text"]).split("\n"))
    expected = {name: key(value) for name, value in case["facts"].items()}  # type: ignore[attr-defined]
    assert {name: key(cover.facts[name].value) for name in expected} == expected


def test_there_is_a_cover_for_every_form_and_revision() -> None:
    facts = [case["facts"] for case in COVERS]
    assert len(facts) >= 30
    assert {fact["様式"] for fact in facts} >= {"様式2", "様式3", "様式4"}
    revisions = {fact.get("様式の版") for fact in facts}
    assert revisions >= {
        "平成26年4月",
        "平成28年1月",
        "平成29年5月",
        "平成30年5月",
        "平成31年1月",
        "令和6年10月",
    }


# --- attacks ---


def judged(cover: Cover, facts: dict[str, str]) -> dict[str, str]:
    """Every fact: right, unknown or wrong. What the cover does not print is right when it is not known."""
    found = {}
    for name in FACTS:
        read, true = key(cover.facts[name].value), key(facts[name])
        if read == true or (not read and not true):
            found[name] = "right"
        else:
            found[name] = "unknown" if read is None else f"wrong: {cover.facts[name].value}"
    return found


@slow
@given(st.integers(0, 10**9), st.lists(st.sampled_from(DAMAGES), max_size=5, unique=True))
def test_no_damage_makes_a_fact_wrong(seed: int, names: list[str]) -> None:
    chance = Random(seed)
    lines, facts = damaged(invented(chance), tuple(names), chance)
    found = judged(read_cover(lines), facts)
    assert not [one for one in found.values() if one.startswith("wrong")], (found, lines)


@pytest.mark.parametrize("name", ["none", *(name for name in DAMAGES if name != "shuffled")])
def test_one_damage_leaves_most_facts_readable(name: str) -> None:
    found: Counter[tuple[str, str]] = Counter()
    for seed in range(60):
        chance = Random(seed)
        lines, facts = damaged(invented(chance), (name,), chance)
        found.update((fact, read) for fact, read in judged(read_cover(lines), facts).items())
    share = {fact: found[fact, "right"] / 60 for fact in FACTS if (name, fact) not in OPEN}
    assert min(share.values()) >= 0.8, share
    assert sum(share.values()) >= 0.9 * len(share), share


@slow
@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_text_is_read(lines: list[str]) -> None:
    read_cover(lines)


@slow
@given(st.integers(0, 10**9), st.lists(st.sampled_from(DAMAGES), max_size=3, unique=True))
def test_scraps_of_covers_are_read(seed: int, names: list[str]) -> None:
    """Characters lost and pieces of the text exchanged: nothing is promised but an answer."""
    chance = Random(seed)
    text = "\n".join(damaged(invented(chance), tuple(names), chance)[0])
    cuts = sorted(chance.randrange(len(text)) for _ in range(chance.randint(1, 12)))
    scraps = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    chance.shuffle(scraps)
    read_cover("".join(char for char in "".join(scraps) if chance.random() < 0.97).split("\n"))


@slow
@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_cover_that_breaks_off_is_not_wrong(seed: int, cut: int) -> None:
    """The page ends anywhere; a title cut within its words is the source's own end."""
    chance = Random(seed)
    lines, facts = damaged(invented(chance), (), chance)
    kept = lines[: cut % (len(lines) + 1)]
    found = judged(read_cover(kept), facts)
    assert not [one for one in found.values() if one.startswith("wrong")], (found, kept)


# --- where it stands ---


def test_every_piece_lies_in_its_line() -> None:
    for case in COVERS:
        lines = case["text"].split("\n")
        cover = read_cover(lines)
        pieces = [*cover.own, *(piece for fact in cover.facts.values() for piece in fact.pieces)]
        for piece in pieces:
            assert piece.text
            assert lines[piece.line].startswith(piece.text, piece.start), case["kind"]
        assert {piece.line for piece in pieces} == cover.used
        assert all(not fact.value or fact.pieces for fact in cover.facts.values())


def test_values_and_own_words_share_no_character() -> None:
    """The account of a source counts each of them once; only 様式 and its revision are both."""
    for case in COVERS:
        cover = read_cover(case["text"].split("\n"))
        values = [fact for name, fact in cover.facts.items() if not name.startswith("様式")]
        pieces = [*cover.own, *(piece for fact in values for piece in fact.pieces)]
        places = [(one.line, at) for one in pieces for at in range(one.start, one.start + len(one.text))]
        assert len(places) == len(set(places)), case["kind"]


def test_lines_and_used_lines_of_a_plain_cover() -> None:
    lines = COVERS[0]["text"].split("\n")
    cover = read_cover(["", *lines])
    assert cover.number.lines == (3,)
    assert [piece.text for piece in cover.title.pieces] == ["見本台帳に関する事務 基礎項目評価書"]
    assert cover.declaration.lines == (7, 8)
    assert cover.lines == range(1, 16)
    assert cover.used == frozenset(range(1, 16))
    assert all(fact.sure for name, fact in cover.facts.items() if "承認" not in name)

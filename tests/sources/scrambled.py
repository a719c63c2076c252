"""Reads invented pages of scrambled text, and holds what was claimed of every line against the line."""

from __future__ import annotations

from collections import Counter, defaultdict

from printed_form import item_of

from pia_site.forms import Form
from pia_site.sources.extract import Extract
from pia_site.sources.filling.assemble import Assembled, assemble
from pia_site.sources.filling.filled import Filled
from pia_site.sources.officials import Masker
from pia_site.sources.readers.raw_text import read_raw_text
from pia_site.sources.scrambled.fill import fill_raw

PAGE = "\n\n\n\n"


def filled(form: Form, *pages: str) -> Filled:
    return fill_raw(read_raw_text(PAGE.join(pages), "mihon.txt", "0" * 64), form)


def read(form: Form, *pages: str) -> tuple[Assembled, list[str]]:
    found = filled(form, *pages)
    return assemble(found, Masker()), [one.text for one in found.ledger.joined()]


def options(form: Form, address: str) -> tuple[str, ...]:
    return item_of(form, address).options


def unbalanced(form: Form, text: str) -> dict[int, tuple[str, str]]:
    """By line, the characters that nobody claimed and those that were claimed too often."""
    raw = read_raw_text(text, "mihon.txt", "0" * 64)
    return unbalanced_lines(fill_raw(raw, form), raw.extract)


def unbalanced_lines(found: Filled, extract: Extract) -> dict[int, tuple[str, str]]:
    ledger = found.ledger
    claimed: dict[int, Counter[str]] = defaultdict(Counter)
    for line, words in (*ledger.form_words, *ledger.placed_words, *ledger.repeated_words):
        claimed[line].update("".join(words.split()))
    for left in ledger.leftovers:
        claimed[left.first].update("".join(left.text.split()))
    for gathered in found.gathered.values():
        for piece in gathered.pieces:
            if not piece.made:
                claimed[piece.first].update("".join("".join(piece.lines).split()))
    wrong = {}
    for block in extract.blocks:
        printed = Counter("".join(block.text.split()))
        missing, too_much = printed - claimed[block.first], claimed[block.first] - printed
        if missing or too_much:
            wrong[block.first] = "".join(missing.elements()), "".join(too_much.elements())
    return wrong

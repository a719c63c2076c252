"""A full edition → an abstract edition (抄録): every fact stays, no sentence of the source does.

A fact is a name, a choice, a tick, a date, a number, a citation, a recorded field, or any answer of up to
40 characters. A longer wording is withheld; what stays of it are its length and its fingerprint, in provenance.
May import: annex_pages, documents, text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pia_site.documents.answers import Answer, Count, Date, Law, Names, State, Text
from pia_site.documents.edition import Annex, ChangeText, DeclaredChange, Edition
from pia_site.sources.filling.annex_pages import CELLS
from pia_site.text.cleaning import drop_spaces, fingerprint

FACT = 40
"""The longest answer, in characters without white space, that is a fact and not a wording."""
NAME = 79
"""The longest name, date or reason: from 80 characters on, a run counts as copied."""
REMARK = "名称に続く注記"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is known of a wording that is not carried: characters without white space, fingerprint."""

    length: int
    fingerprint: str


def measure(text: str) -> Withheld:
    return Withheld(len(drop_spaces(text)), fingerprint(text))


def abstract(edition: Edition) -> tuple[Edition, dict[str, Withheld]]:
    """The abstract edition, and what was withheld, by address (of a change row: `…-before`, `…-after`, `…-reason`)."""
    withheld: dict[str, Withheld] = {}
    answers = {address: _answer(answer, withheld) for address, answer in edition.answers.items()}
    changes = tuple(_change(row, withheld) for row in edition.changes)
    annexes = tuple(_annex(annex, withheld) for annex in edition.annexes)
    short = replace(edition, abridged=True, answers=answers, changes=changes, annexes=annexes)
    return short, withheld


def _answer(answer: Answer, withheld: dict[str, Withheld]) -> Answer:
    value = answer.value
    match value:
        case Text(text) if is_long(text):
            withheld[answer.address] = measure(text)
            return replace(answer, state=State.WITHHELD, value=None)
        case Law(text, citations) if text is not None and is_long(text):
            withheld[answer.address] = measure(text)
            return replace(answer, state=State.WITHHELD, value=Law(None, citations))
        case Names(names) if any(map(_is_run, names)):
            withheld[answer.address] = measure("".join(names))
            proper = tuple(_without_remark(name) for name in names)
            if any(map(_is_run, proper)):
                return replace(answer, state=State.WITHHELD, value=None)
            return replace(answer, value=Names(proper), omitted=(*answer.omitted, REMARK))
        case Date(written) | Count(written) if _is_run(written):
            withheld[answer.address] = measure(written)
            return replace(answer, state=State.WITHHELD, value=None)
    return answer


def _is_run(text: str) -> bool:
    return len(drop_spaces(text)) > NAME


def _without_remark(name: str) -> str:
    """A name up to the remark (※ …) that explains it, outside of all parentheses."""
    if not _is_run(name):
        return name
    depth = 0
    for index, char in enumerate(name):
        depth += (char in "(（") - (char in ")）")
        if index and depth <= 0 and char in "※＊*\n":
            return name[:index].strip()
    return name


def _change(row: DeclaredChange, withheld: dict[str, Withheld]) -> DeclaredChange:
    before = _side(row.before, f"{row.address}-before", withheld)
    after = _side(row.after, f"{row.address}-after", withheld)
    reason = row.reason
    if _is_run(reason):
        withheld[f"{row.address}-reason"] = measure(reason)
        reason = ""
    return replace(row, before=before, after=after, reason=reason)


def _side(side: ChangeText, address: str, withheld: dict[str, Withheld]) -> ChangeText:
    if side.text is None or not is_long(side.text):
        return side
    withheld[address] = measure(side.text)
    return ChangeText(text=None, fingerprint=withheld[address].fingerprint)


def _annex(annex: Annex, withheld: dict[str, Withheld]) -> Annex:
    """Of every entry the first cells (its number, a name), as far as they are a fact and no wording."""
    kept = tuple(filter(None, map(_first_cells, annex.entries)))
    if kept != annex.entries:
        withheld[annex.address] = measure("".join(annex.entries))
    return replace(annex, entries=kept)


def _first_cells(entry: str) -> str:
    cells = entry.split(CELLS)
    while cells and is_long("".join(cells)):
        cells.pop()
    return CELLS.join(cells)


def is_long(text: str) -> bool:
    """Whether a text is a wording rather than a fact."""
    return len(drop_spaces(text)) > FACT

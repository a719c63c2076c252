"""What an import wrote, as one fingerprint a place: the base that a later import is compared with.

Fingerprints are of the source's own wording, also where an abstract edition withholds it. So they tell whether
the officer or the source changed a place, without a word of the source being kept.
May import: documents, text.
"""

from __future__ import annotations

from collections.abc import Iterator

from pia_site.documents.answers import Answer, Checks, Law, Names, Records, State, Text
from pia_site.documents.edition import Annex, DeclaredChange, Edition
from pia_site.text.cleaning import fingerprint

_LOST = "\N{REPLACEMENT CHARACTER}"
"""No wording of a document, so that what was lost is not what was printed empty."""


def imprints(edition: Edition) -> dict[str, str]:
    """The fingerprint of every place of a full edition, by address."""
    return dict(_imprints(edition))


def _imprints(edition: Edition) -> Iterator[tuple[str, str]]:
    for answer in edition.answers.values():
        yield answer.address, imprint(answer)
    for row in edition.changes:
        yield row.address, row_imprint(row)
    for annex in edition.annexes:
        yield annex.address, annex_imprint(annex)


def imprint(answer: Answer) -> str:
    """The fingerprint of what one answer says; its 要約 and notes are our own and do not count."""
    match answer.value:
        case Text(text):
            return fingerprint(text)
        case Names(names):
            return fingerprint("".join(names))
        case Law(text) if text is not None:
            return fingerprint(text)
        case Checks(marks):
            signs = {True: "+", False: "-", None: "?"}
            return fingerprint("".join(f"{signs[mark]}{option}" for option, mark in marks))
        case Records(groups):
            return fingerprint("".join(f"[{one.heading or ''}]{'、'.join(one.fields)}" for one in groups))
    return fingerprint(_LOST if answer.state is State.LOST else answer.as_text())


def row_imprint(row: DeclaredChange) -> str:
    """The fingerprint of a change row with both of its sides."""
    sides = (row.before, row.after)
    texts = [_LOST if side.text is None else side.text for side in sides]
    return fingerprint("\n".join((row.date.written, row.item, *texts, row.timing, row.reason)))


def annex_imprint(annex: Annex) -> str:
    return fingerprint("\n".join((annex.name, annex.title, *annex.entries)))

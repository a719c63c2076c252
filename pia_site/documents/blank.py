"""An empty edition of a form, for an officer to fill in (`pia-site new`).

May import: answers, edition, slots, forms.
"""

from __future__ import annotations

from pia_site.documents.answers import Answer, Checks, Slot, State
from pia_site.documents.edition import UNDATED, Edition, OfficialSource, Overview, ShortAnswer
from pia_site.documents.keys import QUESTION_NAMES, UNKNOWN
from pia_site.documents.slots import walk
from pia_site.forms import Form, Kind, Part


def blank_edition(
    form: Form,
    *,
    body: str,
    number: str,
    published: str = UNDATED,
    official: str = UNKNOWN,
    files: int = 1,
    members: int = 1,
) -> Edition:
    """Every item of the form printed empty: `files` copies of the repeating parts and `members`
    of every repeating group. The overview's questions are listed without an answer."""

    def copies_of(_: Part) -> int:
        return files

    sizes: dict[str, int] = {}

    def members_of(prefix: str) -> int:
        sizes[prefix] = members
        return members

    answers = {
        slot.address: _blank(slot)
        for slot in walk(form, copies_of, members_of)
        if slot.part.role != "changes"
    }
    copies = {part.step: files for part in form.parts if part.repeats}
    return Edition(
        body=body,
        number=number,
        published=published,
        form=form,
        revision_written=form.revision,
        abridged=False,
        official=OfficialSource(official, UNKNOWN),
        overview=Overview(("", "", ""), tuple(ShortAnswer(name, "", ()) for name in QUESTION_NAMES)),
        answers=answers,
        copies=copies | {part.step: 1 for part in form.parts if part.role == "changes"},
        groups=sizes,
    )


def _blank(slot: Slot) -> Answer:
    """Printed empty; a row of boxes is printed with none of them ticked."""
    if slot.item.kind is Kind.CHECKS:
        return Answer(slot, State.PRESENT, Checks(tuple((option, False) for option in slot.item.options)))
    return Answer(slot, State.BLANK)

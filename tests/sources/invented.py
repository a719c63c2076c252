"""Invented content for every item of a form, and how an imported edition is compared with it.

Printed as text, as a page, as a PDF or into a workbook, it has to come back as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from pia_site.documents.answers import Answer, Checks, Choice, Count, Date, Law, Names, State, Text
from pia_site.documents.edition import Edition
from pia_site.documents.slots import walk
from pia_site.forms import Form, Kind

COPIES = {"ii": 2, "iii": 1, "records": 2}
MEMBERS = {"i-2-s": 3, "ii1-4-c": 2, "ii1-5-p": 1, "ii1-5-t": 2, "ii2-4-c": 1}
WORDS = "見本市は甲乙丙の事務を行うため必要な措置を講じている"


def values_for(form: Form, chance: Random, members: Mapping[str, int] = MEMBERS) -> dict[str, object]:
    values: dict[str, object] = {}
    for slot in walk(form, lambda part: COPIES.get(part.step, 1), lambda prefix: members.get(prefix, 0)):
        kind, address = slot.item.kind, slot.address
        if kind is Kind.CHOICE:
            values[address] = chance.choice(["", *slot.item.options])
        elif kind is Kind.CHECKS:
            values[address] = {option for option in slot.item.options if chance.random() < 0.3}
        elif kind is Kind.COUNT:
            values[address] = chance.randint(1, 99)
        elif kind is Kind.DATE:
            values[address] = chance.choice(["", "令和5年4月1日", "平成28年1月"])
        elif "所属長" in slot.item.key:
            values[address] = "見本課長"  # what is no post is taken for an official's name
        elif kind not in (Kind.RECORDS, Kind.CHANGES) and slot.item.label != "様式":
            # Never empty: a member's name (it would be the form's own empty sheet), and a page under a heading
            # (nothing below 別添1 is a lost figure, not a blank).
            filled = slot.part.role == "work" or (slot.group is not None and slot.item.kind is Kind.NAME)
            values[address] = WORDS[: chance.randint(1, len(WORDS)) if filled or chance.random() < 0.7 else 0]
    return values


def differences(edition: Edition, values: dict[str, object]) -> dict[str, tuple[object, object]]:
    """What was read and what was printed, by address, wherever the two differ."""
    return {
        address: (said, values[address])
        for address, answer in edition.answers.items()
        if address in values and (said := _plain(answer)) != _wanted(answer.item.kind, values[address])
    }


def _wanted(kind: Kind, value: object) -> object:
    return value if kind in (Kind.CHECKS, Kind.COUNT) else str(value)


def _plain(answer: Answer) -> object:
    match answer.value:
        case Text(text):
            return text
        case Law(text, _):
            return text
        case Names(names):
            return "".join(names)
        case Choice(option):
            return option
        case Checks():
            return set(answer.value.ticked)
        case Count(_, number):
            return number
        case Date(written):
            return written
    assert answer.state is State.BLANK, answer
    return ""

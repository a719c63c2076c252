"""What was gathered for an item → its state and value, by the item's kind.

May import: boxes, gathered, extract, documents, forms, text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pia_site.documents.answers import (
    Checks,
    Choice,
    CitedLaw,
    Count,
    Date,
    Law,
    Names,
    State,
    Text,
    Value,
)
from pia_site.forms import Item, Kind
from pia_site.sources.extract import shown, solid
from pia_site.sources.filling import boxes
from pia_site.text.citations import find_citations
from pia_site.text.cleaning import is_dash
from pia_site.text.names import split_names
from pia_site.text.numbering import number_to_int

_LISTED = frozenset({"特定個人情報ファイル名", "委託先名", "使用部署", "事務担当部署", "部署"})
"""Items whose value may be several names; the others are one name whatever commas it holds."""
_PHONE = (
    r"(?:(?:TEL|ＴＥＬ|Tel|電話|FAX|ＦＡＸ)[：:\s]*)?[(（]?0\d{1,4}[)）]?[-－ー―(（]\d{1,4}[-－ー―)）]\d{3,4}"
)
_CONTACT_BREAK = re.compile(
    rf"[\s　]+(?=〒|郵便番号|受付窓口|他、|{_PHONE})|(?<=\d{{4}})[\s　]+(?=\D)(?<!〒\d{{3}}-\d{{4}} )",
    re.IGNORECASE,
)
_POSTAL_END = re.compile(r"(?<![-－0-9０-９])(?:〒|郵便番号)?\s*[0-9０-９]{3}[-－ー][0-9０-９]{4}\Z")


@dataclass(frozen=True, slots=True)
class Read:
    """A state and a value. `undecided` names what the source left open, None where nothing is.

    `fills` holds what stands in the parentheses of a row of boxes, by option. `said` counts the characters that
    are the body's own where the form prints words beside them (None: all are), `unread` those that are neither.
    """

    state: State
    value: Value | None = None
    written: str = ""
    sure: bool = True
    undecided: str | None = None
    fills: dict[str, Read] = field(default_factory=dict)
    said: int | None = None
    unread: tuple[str, ...] = ()


BLANK = Read(State.BLANK)
LOST = Read(State.LOST)


def read_value(item: Item, lines: tuple[str, ...]) -> Read:
    """The value that an item's lines say. An item that was printed with nothing in it is BLANK."""
    match item.kind:
        case Kind.CHOICE:
            return _choice(item, lines)
        case Kind.CHECKS:
            return _checks(item, lines)
        case Kind.COUNT:
            return _count(" ".join(lines))
    plain = [shown(line) for line in lines]
    text = "\n".join(plain).strip()
    if not text:
        return BLANK
    if is_dash(text):
        return Read(State.DASH, written=text)
    match item.kind:
        case Kind.NAME:
            return Read(State.PRESENT, Names(_names(item, plain)))
        case Kind.CONTACT:
            return Read(State.PRESENT, Names(_contact(plain)))
        case Kind.DATE:
            written = " ".join(plain)
            return Read(State.PRESENT, Date.read(written))
        case Kind.LAW:
            cited = tuple(CitedLaw(found.law, found.place) for found in find_citations(text))
            return Read(State.PRESENT, Law(text, tuple(dict.fromkeys(cited))))
    return Read(State.PRESENT, Text(text))


def _names(item: Item, lines: list[str]) -> tuple[str, ...]:
    if item.key in _LISTED:
        return tuple(split_names("\n".join(lines))) or (" ".join(lines),)
    return (" ".join(lines),)


def _contact(lines: list[str]) -> tuple[str, ...]:
    """One element a line; where an extraction ran the lines together, one an address or a telephone."""
    found: list[str] = []
    for line in lines:
        for part in _CONTACT_BREAK.split(line):
            if found and _POSTAL_END.search(found[-1]):
                found[-1] = f"{found[-1]} {part.strip()}"
            elif part.strip():
                found.append(part.strip())
    return tuple(found)


def _choice(item: Item, lines: tuple[str, ...]) -> Read:
    text = " ".join(lines)
    chosen = boxes.read_choice(item, text)
    unread = (chosen.unread,) if chosen.unread else ()
    if chosen.blank or not chosen.written:
        # The list of options alone shows that the brackets, and what stood in them, were lost.
        return Read(State.BLANK if chosen.blank else State.LOST, said=0, unread=unread)
    undecided = None if chosen.option else shown(chosen.written)
    return Read(
        State.PRESENT,
        Choice(chosen.option),
        sure=chosen.sure,
        undecided=undecided,
        said=solid(chosen.written) + solid(boxes.read_count(text) or ""),
        unread=unread,
    )


def _checks(item: Item, lines: tuple[str, ...]) -> Read:
    if not lines:
        return BLANK
    ticks = boxes.read_ticks(item, " ".join(lines))
    fills = {}
    for fill in item.fills:
        option = fill.fill_of or ""
        if option not in ticks.printed:
            continue
        inside = ticks.fills.get(option)
        if inside is None:
            fills[option] = LOST
        elif fill.kind is Kind.COUNT:
            fills[option] = read_count(inside)
        else:
            fills[option] = read_value(fill, (inside,) if inside else ())
    undecided = "" if any(mark is None for _, mark in ticks.marks) else None
    return Read(
        State.PRESENT,
        Checks(ticks.marks),
        undecided=undecided,
        fills=fills,
        said=ticks.said,
        unread=ticks.unread,
    )


def _count(text: str) -> Read:
    """「( 5 ) 件」, or a number alone."""
    inside = boxes.read_count(text)
    if inside is None:
        return read_count(text)
    return replace(read_count(inside), said=solid(inside))


def read_count(written: str) -> Read:
    """A printed number of things: 5, ５, empty."""
    written = written.strip()
    if not written:
        return BLANK
    if is_dash(written):
        return Read(State.DASH, written=written)
    return Read(State.PRESENT, Count(written, number_to_int(written)))

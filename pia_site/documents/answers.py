"""What can stand in one item of one edition.

An `Answer` is a state, a value of the item's kind, and what our own edition adds (要約, 省略).
The four ways of having no answer are kept apart: printed empty (BLANK), 「―」 or 「なし」 as
written (DASH), lost in extraction (LOST), undecidable (a value of None, shown as 不明).
May import: forms, text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pia_site.forms import Item, Part, Section
from pia_site.text.wareki import WrittenDate, find_dates, parse_date


class State(StrEnum):
    PRESENT = "present"
    WITHHELD = "withheld"
    BLANK = "blank"
    DASH = "dash"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Names:
    """One or several names as written, one element a line in the YAML when several."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen option, or None where the source leaves it undecided (不明)."""

    option: str | None


@dataclass(frozen=True, slots=True)
class Checks:
    """Every option of the row with ticked (True), not ticked (False) or 不明 (None)."""

    marks: tuple[tuple[str, bool | None], ...]

    @property
    def ticked(self) -> tuple[str, ...]:
        return tuple(option for option, mark in self.marks if mark)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(option for option, mark in self.marks if mark is None)


@dataclass(frozen=True, slots=True)
class Count:
    """A printed number of things; `number` is None where what is written is no number."""

    written: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Date:
    """A date as written; `date` is None where what is written is no date at all.

    A cell may hold several days or a period (第三者点検 ①実施日): `date` is then the first of them.
    """

    written: str
    date: WrittenDate | None

    @classmethod
    def read(cls, written: str) -> Date:
        date = parse_date(written)
        if date is None:
            date = next(iter(find_dates(written)), None)
        return cls(written, date)

    @property
    def several(self) -> bool:
        """Whether more than the one date stands in the cell."""
        return self.date is not None and parse_date(self.written) is None


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """One citation: a law by its name as written and the article or 別表 item ("" for the whole)."""

    law: str
    place: str


@dataclass(frozen=True, slots=True)
class Law:
    """A law item: its wording (None where withheld) beside the citations in it."""

    text: str | None
    citations: tuple[CitedLaw, ...]


@dataclass(frozen=True, slots=True)
class RecordGroup:
    """Recorded fields under one heading of the 記録項目 annex (None: no heading)."""

    heading: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Records:
    groups: tuple[RecordGroup, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for group in self.groups for name in group.fields)


Value: TypeAlias = Text | Names | Choice | Checks | Count | Date | Law | Records


@dataclass(frozen=True, slots=True)
class Slot:
    """The concrete place of an item in an edition.

    `group` is the printed group heading it stands under (「委託事項1」, 「リスク2」), `group_address`
    that group's own address; both are None outside groups.
    """

    address: str
    item: Item
    part: Part
    section: Section
    copy: int | None = None
    group: str | None = None
    group_address: str | None = None

    @property
    def part_address(self) -> str:
        """The address of the printed copy of the part, which is also its page ("ii1")."""
        return f"{self.part.step}{self.copy or ''}"

    @property
    def section_address(self) -> str:
        return f"{self.part_address}-{self.section.step}" if self.section.step else self.part_address


@dataclass(frozen=True, slots=True)
class Answer:
    """What one edition says in one place. `value` is None when WITHHELD, LOST, BLANK or DASH,
    except that a withheld law item keeps its citations and `written` keeps the dash."""

    slot: Slot
    state: State
    value: Value | None = None
    written: str = ""
    """The mark itself where the state is DASH."""
    summary: str | None = None
    omitted: tuple[str, ...] = ()
    memo: str | None = None
    line: int = 0

    @property
    def address(self) -> str:
        return self.slot.address

    @property
    def item(self) -> Item:
        return self.slot.item

    @property
    def undecided(self) -> bool:
        """True where the source leaves the answer, or one of its boxes, open."""
        if isinstance(self.value, Choice):
            return self.value.option is None
        return isinstance(self.value, Checks) and bool(self.value.unknown)

    def as_text(self) -> str:
        """The answer as one string, "" where there is none; lists are joined with 「、」."""
        match self.value:
            case Text(text):
                return text
            case Names(names):
                return "、".join(names)
            case Choice(option):
                return option if option is not None else UNKNOWN
            case Checks():
                return "、".join(self.value.ticked)
            case Count(written) | Date(written):
                return written
            case Law(text, citations):
                return text if text is not None else "、".join(f"{c.law}{c.place}" for c in citations)
            case Records():
                return "、".join(self.value.fields)
            case None:
                return self.written


UNKNOWN = "不明"
"""What is written where a source leaves a choice or a box undecided."""

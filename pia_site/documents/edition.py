"""An edition of an assessment: what one body published on one day, by item address.

May import: answers, forms, text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pia_site.documents.answers import Answer, Date
from pia_site.forms import Form
from pia_site.text.wareki import WrittenDate

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class OfficialSource:
    """公表元: who holds the official text, and where ("不明" when not known)."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """One question of the overview grid, our short answer and the addresses it rests on."""

    question: str
    answer: str
    basis: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """概要: three plain sentences and the short answers of the overview page (pages.md)."""

    sentences: tuple[str, ...] = ()
    answers: tuple[ShortAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeText:
    """One side of a change row: the words, or 要約 and fingerprint where they are withheld."""

    text: str | None
    summary: str | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class DeclaredChange:
    """A row of 変更箇所 as the body declared it (様式3 別添2, 様式4 別添3)."""

    address: str
    """`changes-<yyyymmdd>-<n>`, n counting the rows of that date; `changes-undated-<n>`."""
    date: Date
    item: str
    before: ChangeText
    after: ChangeText
    timing: str
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Annex:
    """The body's own 別紙 or 別添 that is not part of the form; addresses `annex1` …"""

    address: str
    name: str
    title: str
    summary: str | None
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """One edition. `answers` holds every item written, by address, in form order."""

    body: str
    number: str
    published: str
    """ISO date, `undated`, or a date with `-2` for a second edition of one day."""
    form: Form
    revision_written: str
    abridged: bool
    official: OfficialSource
    overview: Overview = field(default_factory=Overview)
    answers: dict[str, Answer] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    """Printed copies of each repeating part, by part step."""
    groups: dict[str, int] = field(default_factory=dict)
    """Members of each repeating group, by address prefix ("i-2-s", "ii1-4-c")."""
    covered_files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """対象ファイル of a 記録項目 copy, by its address ("records1")."""
    changes: tuple[DeclaredChange, ...] = ()
    annexes: tuple[Annex, ...] = ()
    memo: str | None = None
    path: Path | None = None

    @property
    def document(self) -> str:
        """The assessment's id, e.g. `iwaki-city/9`."""
        return f"{self.body}/{self.number}"

    @property
    def published_on(self) -> WrittenDate | None:
        answer = self.answer_to("公表日", "cover")
        return answer.value.date if answer and isinstance(answer.value, Date) else None

    @property
    def edition_date(self) -> str | None:
        """The date of the machine-readable rows: None for `undated`."""
        return None if self.published == UNDATED else self.published

    def answer_to(self, key: str, role: str) -> Answer | None:
        """The first answer in the part of that role whose item has that key."""
        for answer in self.answers.values():
            if answer.slot.part.role == role and answer.item.key == key:
                return answer
        return None


@dataclass(frozen=True)
class Assessment:
    """A 特定個人情報保護評価書 through time: its editions, oldest first, `undated` first of all."""

    body: str
    number: str
    editions: tuple[Edition, ...]

    @property
    def document(self) -> str:
        return f"{self.body}/{self.number}"

    @property
    def newest(self) -> Edition:
        return self.editions[-1]

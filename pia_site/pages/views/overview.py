"""The overview of one assessment: answers first, then the figure, the parts, the changes, how to cite.

May import: documents, pages.routes, problems, text, views.changes, views.document, views.flow,
views.item, views.questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pia_site.documents.answers import Answer, Records, State
from pia_site.documents.edition import DeclaredChange
from pia_site.documents.keys import QUESTION_NAMES
from pia_site.pages.routes import CHANGES, OVERVIEW, Page, date_fragment, href, page_of_address
from pia_site.pages.views.changes import date_words
from pia_site.pages.views.chrome import Chrome, Link
from pia_site.pages.views.document import Copy, Document, Fact, NavEntry, Notice, PrintLine
from pia_site.pages.views.flow import FlowView, flow_view
from pia_site.pages.views.item import Citing
from pia_site.pages.views.questions import picked_answers
from pia_site.problems import Problem
from pia_site.text.numbering import int_to_roman, roman_to_int


@dataclass(frozen=True, slots=True)
class QuestionView:
    """`answer` is None where neither 概要 nor the items say; `picked` says that no editor wrote it."""

    question: str
    answer: str | None
    basis: tuple[Link, ...]
    picked: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the form: its pages, how many items it holds, how many declared changes name it."""

    label: str
    pages: tuple[Link, ...]
    items: int
    unit: str
    changes: int | None
    """None for 変更箇所 itself."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The changes of one date; `share` is of the fullest date, from 1 to 100."""

    words: str
    iso: str
    count: int
    share: int
    href: str
    in_calendar: bool


@dataclass(frozen=True, slots=True)
class Oddity:
    words: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class OverviewPage:
    chrome: Chrome
    notices: tuple[Notice, ...]
    editions: tuple[NavEntry, ...]
    navigation: tuple[NavEntry, ...]
    print_line: PrintLine
    facts: tuple[Fact, ...]
    sentences: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    any_picked: bool
    flow: FlowView | None
    parts: tuple[PartRow, ...]
    unplaced_changes: int
    """Rows whose item names no part of the form."""
    change_count: int
    last_change: str | None
    bars: tuple[Bar, ...]
    history: str
    oddities: tuple[Oddity, ...]
    citing: Citing
    memo: str | None


def overview_page(document: Document, problems: Iterable[Problem] = ()) -> OverviewPage:
    """The overview; `problems` are those of this edition that a reader should know of."""
    edition = document.edition
    page = document.page()
    sentences = tuple(sentence for sentence in edition.overview.sentences if sentence.strip())
    placed = Counter(_part_of(document, row) for row in edition.changes)
    questions = _questions(document, page)
    bars = _bars(document, page)
    return OverviewPage(
        chrome=document.chrome(
            OVERVIEW,
            document.jimu_name,
            sentences[0] if sentences else f"{document.body_name}の{document.title}の概要です。",
        ),
        notices=document.notices(page, OVERVIEW),
        editions=document.editions(page, OVERVIEW),
        navigation=document.navigation(page, OVERVIEW),
        print_line=document.print_line(page, OVERVIEW),
        facts=document.facts(page),
        sentences=sentences,
        questions=questions,
        any_picked=any(one.picked for one in questions),
        flow=flow_view(document, page),
        parts=_parts(document, page, placed),
        unplaced_changes=placed[None],
        change_count=len(edition.changes),
        last_change=f"{bars[-1].words}（{bars[-1].iso}）" if bars else None,
        bars=bars,
        history=href(page, document.history_page),
        oddities=tuple(_oddities(document, page, problems)),
        citing=Citing(
            address=edition.document,
            plain=href(page, document.page()),
            pinned=href(page, document.pinned_page()),
            pinned_words=document.pinned_words(OVERVIEW),
            words=document.cited,
        ),
        memo=edition.memo,
    )


def _questions(document: Document, page: Page) -> tuple[QuestionView, ...]:
    """What 概要 answers, and for what it leaves open what can be picked from the items."""
    edition = document.edition
    written = {short.question: short for short in edition.overview.answers if short.answer.strip()}
    picked = picked_answers(edition) if len(written) < len(QUESTION_NAMES) else {}
    views = []
    for question in QUESTION_NAMES:
        short, found = written.get(question), picked.get(question)
        answer = short.answer if short else found.words if found else None
        basis = short.basis if short else found.basis if found else ()
        links = tuple(
            Link(document.place_of(address, short=True), document.link(page, address))
            for address in basis
            if page_of_address(address) in document.copy_by_address
        )
        views.append(QuestionView(question, answer, links, short is None and found is not None))
    return tuple(views)


def _parts(document: Document, page: Page, placed: Counter[str | None]) -> tuple[PartRow, ...]:
    items = Counter(answer.slot.part_address for answer in document.edition.answers.values())
    by_part: dict[str, list[Copy]] = {}
    for copy in document.copies:
        by_part.setdefault(copy.part.step if copy.part else copy.address, []).append(copy)
    rows = []
    for step, copies in by_part.items():
        first = copies[0]
        changes: int | None = placed[step]
        count, unit = sum(items[copy.address] for copy in copies), "項目"
        if first.part is None:
            annex = next(annex for annex in document.edition.annexes if annex.address == step)
            count, unit = len(annex.entries), "行"
        elif first.part.role == "changes":
            count, unit, changes = len(document.edition.changes), "件の変更", None
        elif first.part.role == "records":
            count, unit = _recorded(document, step), "件の記録項目"
        label = f"{first.printed} {first.title}".strip()
        pages = tuple(
            Link(
                (copy.file_words or f"{copy.number}枚目") if copy.one_of_several else label,
                href(page, document.page(copy.address)),
            )
            for copy in copies
        )
        rows.append(PartRow(label, pages, count, unit, changes))
    return tuple(rows)


def _recorded(document: Document, step: str) -> int:
    answers = (one for one in document.edition.answers.values() if one.slot.part.step == step)
    return sum(len(answer.value.fields) for answer in answers if isinstance(answer.value, Records))


def _part_of(document: Document, row: DeclaredChange) -> str | None:
    """The step of the part that a row names (「Ⅱ６②…」, 「(別添1)…」, 「表紙」)."""
    for address in document.targets.get(row.address, ()):
        copy = document.copy_by_address.get(page_of_address(address))
        if copy:
            return copy.part.step if copy.part else copy.address
    printed = _printed_part(row.item)
    for part in document.edition.form.parts:
        if part.printed == printed:
            return part.step
    return next((annex.address for annex in document.edition.annexes if annex.name == printed), None)


_PART = re.compile(r"[「(\s]*(?:(?P<annex>別[添紙]\s*\d+)|(?P<cover>表紙)|(?P<roman>[IVX]+)(?![A-Za-z]))")


def _printed_part(item: str) -> str | None:
    """The number of the part that an item as written opens with: 「II-(1)-2」 → Ⅱ, 「（別添１）…」 → 別添1."""
    match = _PART.match(unicodedata.normalize("NFKC", item))
    if match is None:
        return None
    if match["roman"]:
        number = roman_to_int(match["roman"])
        return int_to_roman(number) if number and number <= 12 else None
    return "".join((match["annex"] or match["cover"]).split())


def _bars(document: Document, page: Page) -> tuple[Bar, ...]:
    """One bar per 変更日, oldest first; rows without a date have none."""
    rows: dict[str, list[DeclaredChange]] = {}
    for row in document.edition.changes:
        if row.date.date is not None and row.date.date.iso:
            rows.setdefault(row.date.date.iso, []).append(row)
    most = max(map(len, rows.values()), default=1)
    return tuple(
        Bar(
            words=date_words(found[0].date).partition("（")[0],
            iso=iso,
            count=len(found),
            share=max(1, round(100 * len(found) / most)),
            href=href(page, document.page(CHANGES), date_fragment(iso)),
            in_calendar=found[0].date.date is not None and found[0].date.date.in_calendar,
        )
        for iso, found in sorted(rows.items())
    )


def _oddities(document: Document, page: Page, problems: Iterable[Problem]) -> Iterable[Oddity]:
    edition = document.edition
    seen: set[str] = set()
    for problem in problems:
        if problem.message in seen:
            continue
        seen.add(problem.message)
        yield Oddity(problem.message, _link_to(document, page, problem.location.address))
    unknown = [answer for answer in edition.answers.values() if answer.undecided]
    if unknown:
        yield _counted(document, page, unknown, "原本からは読み取れず、不明のままの欄があります")
    lost = [answer for answer in edition.answers.values() if answer.state is State.LOST]
    if lost:
        yield _counted(document, page, lost, "原本の抽出で失われた項目があります")


def _counted(document: Document, page: Page, answers: list[Answer], words: str) -> Oddity:
    first = answers[0].address
    label = document.place_of(first, short=True)
    return Oddity(f"{words}（{len(answers)}項目）。", Link(f"例: {label}", document.link(page, first)))


def _link_to(document: Document, page: Page, address: str | None) -> Link | None:
    if address is None or page_of_address(address) not in document.copy_by_address:
        return None
    words = "該当する変更" if page_of_address(address) == CHANGES else document.place_of(address)
    return Link(words, document.link(page, address))

"""An extract held against a form → the full edition it holds, in memory, with how each word was read.

The form is chosen by what is printed, the body and the number by what is asked for, printed or registered.
May import: every module of this room that reads or assembles, documents, problems.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pia_site.documents import keys
from pia_site.documents.edition import UNDATED, Edition, OfficialSource
from pia_site.documents.rules import check_edition
from pia_site.problems import Location, PiaSiteError, Problem, problem
from pia_site.sources.account import Account, settle
from pia_site.sources.annexes import missing_annex_problems
from pia_site.sources.assemble import Assembled, Origin, assemble
from pia_site.sources.extract import Extract, Leftover
from pia_site.sources.fill import fill
from pia_site.sources.filled import Filled
from pia_site.sources.officials import Masker
from pia_site.sources.raw_fill import fill_raw
from pia_site.sources.raw_text import RawText
from pia_site.sources.which_form import choose_form
from pia_site.sources.whose import UNKNOWN_SLUG, find_body, find_number
from pia_site.text.wareki import WrittenDate

_FEWEST_HEADINGS = 8
"""A text in which fewer headings and labels of a form are recognised is no 評価書."""


@dataclass(frozen=True)
class Reading:
    """An edition in memory with everything that is known of how it was read."""

    edition: Edition
    extract: Extract
    origins: dict[str, Origin]
    leftovers: tuple[Leftover, ...]
    account: Account
    damaged: dict[str, str]
    """Headings as printed, where that is not the form's wording, by address."""
    problems: tuple[Problem, ...]


def read_assessment(
    source: Extract | RawText,
    *,
    registry: Path | None = None,
    body: str | None = None,
    number: str | None = None,
) -> Reading:
    """The full edition that a source holds. Raises `PiaSiteError` (I003) where it is no 評価書."""
    extract, filled = _fill(source)
    masker = Masker()
    made = assemble(filled, masker)
    edition = Edition(
        body="",
        number="",
        published=UNDATED,
        form=filled.form,
        revision_written=filled.revision or keys.UNKNOWN,
        abridged=False,
        official=OfficialSource(keys.UNKNOWN, keys.UNKNOWN),
        answers=made.answers,
        copies=made.copies,
        groups=made.groups,
        covered_files=made.covered_files,
        changes=made.changes,
        annexes=filled.annexes,
    )
    edition, problems = _named(edition, registry, body, number)
    account, left = settle(extract, filled, made.read)
    leftovers = tuple(replace(one, text=masker.anywhere(one.text)) for one in left)
    return Reading(
        edition=edition,
        extract=extract,
        origins=made.origins,
        leftovers=leftovers,
        account=account,
        damaged=filled.damaged,
        problems=(
            *extract.problems,
            *problems,
            *_reported(made, leftovers),
            *missing_annex_problems(edition.answers, edition.annexes, edition.form),
            *check_edition(edition),
        ),
    )


def _fill(source: Extract | RawText) -> tuple[Extract, Filled]:
    """The source held against the form that it prints the name of, or the most headings."""
    if isinstance(source, RawText):
        extract, filled = source.extract, fill_raw(source, choose_form(source.extract))
    else:
        extract, filled = source, fill(source, choose_form(source))
    if filled.headings < _FEWEST_HEADINGS:
        raise PiaSiteError([problem("I003", Location())])
    return extract, filled


def _named(
    edition: Edition, registry: Path | None, body: str | None, number: str | None
) -> tuple[Edition, list[Problem]]:
    """The edition with its body, number, date and official source."""
    problems = []
    agency = edition.answer_to("評価実施機関名", "cover")
    written = agency.as_text() if agency else ""
    known = find_body(registry, written, body)
    slug = body or (known.slug if known else UNKNOWN_SLUG)
    if slug == UNKNOWN_SLUG:
        problems.append(problem("I002", Location()))
    printed = edition.answer_to("評価書番号", "cover")
    jimu = edition.answer_to("事務の名称", "basics")
    chosen = find_number(known, number, printed.as_text() if printed else "", jimu.as_text() if jimu else "")
    name = (known.name if known else None) or written or keys.UNKNOWN
    return (
        replace(
            edition,
            body=slug,
            number=chosen,
            published=_published(edition.published_on),
            official=OfficialSource(name, keys.UNKNOWN),
        ),
        problems,
    )


def _published(date: WrittenDate | None) -> str:
    return (date.iso if date else None) or UNDATED


def _reported(made: Assembled, leftovers: tuple[Leftover, ...]) -> list[Problem]:
    problems = list(made.problems)
    if leftovers:
        problems.append(problem("I001", Location(None, leftovers[0].first), count=len(leftovers)))
    return problems

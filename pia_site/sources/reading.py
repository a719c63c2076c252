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
from pia_site.forms import Form
from pia_site.problems import Location, PiaSiteError, Problem, problem
from pia_site.sources.account import Account, settle
from pia_site.sources.covers.cover import Cover, cover_lines, read_cover
from pia_site.sources.covers.sheet import place_cover
from pia_site.sources.extract import Extract, Leftover
from pia_site.sources.filling.annexes import missing_annex_problems
from pia_site.sources.filling.assemble import Assembled, Origin, assemble
from pia_site.sources.filling.fill import fill
from pia_site.sources.filling.filled import Filled
from pia_site.sources.no_assessment import why_no_assessment
from pia_site.sources.officials import Masker
from pia_site.sources.readers.raw_text import RawText
from pia_site.sources.scrambled.fill import fill_raw
from pia_site.sources.which_form import ChosenForm, recognise_form
from pia_site.sources.whose import UNKNOWN_SLUG, find_body, find_number
from pia_site.text.wareki import WrittenDate

_COVER = 400
"""Blocks of a source among which its cover stands."""


@dataclass(frozen=True)
class Reading:
    """An edition in memory with everything that is known of how it was read."""

    edition: Edition
    extract: Extract
    origins: dict[str, Origin]
    leftovers: tuple[Leftover, ...]
    account: Account
    form_reason: str
    """Why it was read on this form, in words for the officer."""
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
    extract, filled, chosen = _fill(source)
    masker = Masker()
    made = assemble(filled, masker)
    edition = Edition(
        body="",
        number="",
        published=UNDATED,
        form=filled.form,
        revision_written=chosen.revision or keys.UNKNOWN,
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
    problems += _revision(chosen)
    account, left = settle(extract, filled, made.read)
    leftovers = tuple(replace(one, text=masker.anywhere(one.text)) for one in left)
    return Reading(
        edition=edition,
        extract=extract,
        origins=made.origins,
        leftovers=leftovers,
        account=account,
        form_reason=chosen.reason,
        damaged=filled.damaged,
        problems=(
            *extract.problems,
            *problems,
            *_reported(made, leftovers),
            *missing_annex_problems(edition.answers, edition.annexes, edition.form),
            *check_edition(edition),
        ),
    )


def _fill(source: Extract | RawText) -> tuple[Extract, Filled, ChosenForm]:
    """The source held against the form it is on."""
    extract = source.extract if isinstance(source, RawText) else source
    cover = read_cover(cover_lines(extract.blocks[:_COVER]))
    chosen = recognise_form(extract, cover)
    if isinstance(source, RawText):
        filled = _fill_raw(source, chosen.form, cover)
    else:
        filled = fill(source, chosen.form)
    reason = why_no_assessment(extract, cover, recognised=filled.headings)
    if reason is not None:
        raise PiaSiteError([problem("I003", Location(), reason=reason)])
    return extract, filled, chosen


def _fill_raw(raw: RawText, form: Form, cover: Cover) -> Filled:
    """Without tables only the words of a cover tell its facts, in whatever order they stand."""
    if not cover.is_found:
        return fill_raw(raw, form)
    blocks = raw.extract.blocks
    filled = fill_raw(raw.without(blocks[cover.lines.start : cover.lines.stop]), form)
    filled.gathered.update(place_cover(cover, form, blocks, filled.ledger))
    return filled


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


def _revision(chosen: ChosenForm) -> list[Problem]:
    if chosen.revision is None or chosen.is_defined:
        return []
    form = chosen.form
    return [problem("S016", Location(), form=form.name, revision=chosen.revision, used=form.revision)]


def _published(date: WrittenDate | None) -> str:
    return (date.iso if date else None) or UNDATED


def _reported(made: Assembled, leftovers: tuple[Leftover, ...]) -> list[Problem]:
    problems = list(made.problems)
    if leftovers:
        problems.append(problem("I001", Location(None, leftovers[0].first), count=len(leftovers)))
    return problems

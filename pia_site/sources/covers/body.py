"""評価実施機関名, 公表日, and what else a cover says: the declaration, the remarks, the day of the approval.

May import: cover_view, cover_marks, cover_words, cover_text, text.
"""

from __future__ import annotations

from pia_site.sources.covers import words as words
from pia_site.sources.covers.marks import (
    DATES,
    LABELS,
    Mark,
    Word,
    begins_with_date,
    ends_with_date,
    holds_date,
    is_behind,
)
from pia_site.sources.covers.text import Range
from pia_site.sources.covers.view import Found, View
from pia_site.text.wareki import Precision, parse_date

_FIRST_DAY = "2014-04-01"
"""The first 評価書 were made after 平成26年4月20日: an earlier date on a cover is a law's."""

_BESIDE_BODY = LABELS | DATES | {Word.HEAD, Word.FORM_LINE}

# --- 評価実施機関名 ---


def find_body(view: View, taken: set[Range]) -> Found | None:
    """The body behind its label, or the only one on the cover. `taken` are the places of other values."""
    at = view.at(Word.BODY)
    if at is None:
        return None
    if view.is_empty(at) or view.holds_declaration(view.chunks[at]):
        return _lone_body(view, taken)
    parts = [part for part in view.parts(view.chunks[at]) if view.is_value(part)]
    if view.word(at + 1) in _BESIDE_BODY:
        return _body(view, parts, sure=view.word(at + 1) in LABELS | DATES)
    # What stands below the last label may be anything; a name that was wrapped there is not cut short.
    is_whole = len(parts) == 1 or not words.is_body(view.folded(parts[:2]))
    return _body(view, parts[:1], sure=False) if is_whole else None


def _body(view: View, parts: list[Range], *, sure: bool) -> Found | None:
    text = view.folded(parts)
    if not words.is_body(text) and not (text and text == view.subject):
        return None
    if len(parts) > 1 and not view.in_order and words.core_of_body(text) != view.subject:
        return None  # words of another box may have come between
    agrees = view.subject is None or words.same_body(text, view.subject)
    return Found(tuple(parts), sure and (agrees or words.is_head_of_body(text)))


def _lone_body(view: View, taken: set[Range]) -> Found | None:
    """A body that stands elsewhere, alone between two marks, and is the only one that it can be."""
    found: dict[str, list[Range]] = {}
    for at, chunk in enumerate(view.chunks):
        if view.word(at) in (Word.HEAD, Word.FORM_LINE) or chunk == view.declared:
            continue
        parts = [part for part in view.parts(chunk) if view.is_value(part) and part not in taken]
        text = view.folded(parts)
        if _can_be_lone(view, text, is_enclosed=chunk[1] < view.end):
            found.setdefault(text, parts)
    return Found(tuple(next(iter(found.values()))), False) if len(found) == 1 else None


def _can_be_lone(view: View, text: str, *, is_enclosed: bool) -> bool:
    if view.subject is not None:
        return text == view.subject or (words.is_head_of_body(text) and words.same_body(text, view.subject))
    return is_enclosed and words.is_head_of_body(text)


# --- 公表日 ---


def find_published(view: View, body: Found | None) -> Found | None:
    at = view.at(Word.PUBLISHED)
    if at is None:
        return None
    is_local = words.is_local(view.folded(body.ranges)) if body else False
    beside = _dates_behind(view, at)
    if beside:
        return _date_behind(view, at, beside, is_local=is_local)
    if view.is_draft:
        return _empty_date(view, at)
    return _lone_date(view, is_local=is_local) or _month_behind(view, at) or _empty_date(view, at)


def _dates_behind(view: View, at: int) -> list[Mark]:
    """The dates directly behind a label, with nothing between them."""
    found: list[Mark] = []
    for before, mark in zip(view.marks[at:], view.marks[at + 1 :], strict=False):
        if mark.word not in DATES or not view.only_signs(before.end, mark.start):
            break
        found.append(mark)
    return found


def _date_behind(view: View, at: int, dates: list[Mark], *, is_local: bool) -> Found | None:
    """The date behind the label, where it is one and cannot be that of the approval."""
    last = at + len(dates)
    if holds_date(view.folded([view.chunks[last]])) or _is_date_above(view, at):
        return None
    if view.at(Word.APPROVAL) is not None and not is_local and not _is_after_approval(view, at, dates):
        return None
    return _one_day(view, dates)


def _is_after_approval(view: View, at: int, dates: list[Mark]) -> bool:
    """Whether the date of the approval stands behind its own label, or the labels as printed."""
    approved = view.at(Word.APPROVAL)
    if approved is None or approved > at:
        return False
    days = {day for mark in _dates_behind(view, approved) if (day := _day(view, mark))}
    published = _day(view, dates[0])
    return max(days) <= published if days and published else view.in_order


def _is_date_above(view: View, at: int) -> bool:
    """A date directly before the label: nobody knows which of both is whose, unless it is the approval's."""
    is_above = view.word(at - 1) in DATES and view.only_signs(view.marks[at - 1].end, view.marks[at].start)
    return is_above and view.word(at - 2) is not Word.APPROVAL


def _one_day(view: View, dates: list[Mark]) -> Found | None:
    """The day that all dates say. One printed for filling in says that there is none."""
    if len(dates) == 1 and dates[0].word is Word.NO_DATE:
        return Found((), True)
    days = {_day(view, mark) for mark in dates}
    return Found(((dates[0].start, dates[0].end),), True) if len(days) == 1 and None not in days else None


def _day(view: View, mark: Mark) -> str | None:
    date = parse_date(view.folded([(mark.start, mark.end)])) if mark.word is Word.DATE else None
    day = date.iso if date and date.precision is Precision.DAY else None
    return day if day and day >= _FIRST_DAY else None


def _lone_date(view: View, *, is_local: bool) -> Found | None:
    """The only date of the cover, where it touches the form's own words and cannot be that of the approval."""
    if view.at(Word.APPROVAL) is not None and not is_local:
        return None
    dates = view.marks_of(DATES)
    found = _one_day(view, dates)
    if found is None or not found.ranges:
        return None
    at = view.marks.index(dates[0])
    around = (view.folded([view.chunks[at - 1]]), view.folded([view.chunks[at]]))
    if not _touches(view, at) or ends_with_date(around[0]) or begins_with_date(around[1]):
        return None
    return Found(found.ranges, False)


def _touches(view: View, at: int) -> bool:
    """Whether a date stands beside a label, the form line or the number, and not above them all."""
    if not any(mark.word in LABELS for mark in view.marks[:at]):
        return False
    if is_behind(view.text, view.marks[at - 1], view.marks[at]):
        return True
    return at + 1 < len(view.marks) and view.only_signs(view.marks[at].end, view.marks[at + 1].start)


def _month_behind(view: View, at: int) -> Found | None:
    """「令和3年6月」 alone in the box of the date, with the form line elsewhere."""
    chunk = view.chunks[at]
    written = view.folded([chunk])
    date = parse_date(written) if "月" in written and view.at(Word.FORM_LINE) is not None else None
    if date is None or date.iso is None or date.iso < _FIRST_DAY[:7]:
        return None
    return Found((chunk,), False) if len(view.parts(chunk)) == 1 else None


def _empty_date(view: View, at: int) -> Found | None:
    """The label with nothing behind it but the form line, and no date anywhere."""
    if not view.in_order or not view.is_empty(at) or view.marks_of(DATES):
        return None
    return Found((), view.is_draft) if view.word(at + 1) is Word.FORM_LINE else None


# --- what else a cover says ---


def find_declaration(view: View) -> Found | None:
    """The declaration: behind its label, or elsewhere from its first word to a full stop before a label."""
    if view.declared is None:
        return None
    at = next(at for at, chunk in enumerate(view.chunks) if view.holds_declaration(chunk))
    is_behind_label = view.word(at) is Word.DECLARATION and view.chunks[at] == view.declared
    is_whole = view.subject is not None and view.declaration.endswith("。")
    if view.word(at + 1) not in LABELS or not (is_behind_label or is_whole):
        return None
    return Found((view.declared,), is_behind_label and view.word(at + 1) is Word.REMARKS)


def find_remarks(view: View, body: Found | None) -> Found | None:
    """The remarks between their label and that of the body, on a cover whose labels stand in order."""
    at = view.at(Word.REMARKS)
    if at is None or not view.in_order or view.word(at + 1) is not Word.BODY or body is None or not body.sure:
        return None
    written = (view.marks[at].end, view.marks[at + 1].start)
    return Found((written,) if written[0] < written[1] else (), True)


def find_approval(view: View, published: Found | None) -> Found | None:
    """The day of the approval, directly behind its label; blank where the day of publication follows."""
    at = view.at(Word.APPROVAL)
    if at is None or not view.in_order or published is None or not published.sure:
        return None
    beside = _dates_behind(view, at)
    if beside:
        return _one_day(view, beside)
    return Found((), True) if view.word(at + 1) is Word.PUBLISHED and view.is_empty(at) else None

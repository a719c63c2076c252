"""評価書番号 and 評価書名 on a cover: two boxes side by side, whose words come out in every order.

A number is taken where it stands in its own box, or in a line or before a gap beside the name; a name where the
boxes enclose it or where it ends as names do. May import: cover_view, cover_marks, cover_words, cover_signs, cover_text.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pia_site.sources.covers import words as words
from pia_site.sources.covers.marks import LABELS, Word
from pia_site.sources.covers.signs import Gap
from pia_site.sources.covers.text import Range
from pia_site.sources.covers.view import Found, View

Both = tuple[Found | None, Found | None]
"""The number and the name."""

_KEY = 6
_SHORT_KEY = 4
"""Characters that tell a name again in the declaration."""


def find_number_and_title(view: View) -> Both:
    number_at, title_at = view.at(Word.NUMBER), view.at(Word.TITLE)
    if number_at is not None and title_at is not None:
        first, last = sorted((number_at, title_at))
        if last == first + 1 and view.is_empty(first):
            return _behind_both(view, first, last)
        return _apart(view, number_at, title_at)
    return (
        _number_in(view, number_at) if number_at is not None else None,
        _title_in(view, title_at) if title_at is not None else None,
    )


# --- each in its own box ---


def _apart(view: View, number_at: int, title_at: int) -> Both:
    return _number_in(view, number_at), _title_in(view, title_at) or _title_above(view, number_at)


def _number_in(view: View, number_at: int) -> Found | None:
    """The number that stands in its own box, or before the declaration that follows the box.

    A page number below the last label of a page, or a second number anywhere, leave it open.
    """
    chunk = view.chunks[number_at]
    parts = view.parts(chunk)
    if parts and view.is_number(parts[0]):
        known = {view.folded([part]) for part in _numbers(view)}
        return _number(view, parts[0], sure=len(parts) == 1) if known == {view.folded(parts[:1])} else None
    length = words.leading_number(view.folded(parts[:1]))
    if length and view.declared == (chunk[0] + length, chunk[1]):
        return _number(view, (chunk[0], chunk[0] + length), sure=False)
    return None


def _number(view: View, number: Range, *, sure: bool) -> Found | None:
    """One number: 「12 12」 is 12 drawn twice, 「12 1」 nobody knows what."""
    start, end = number
    gaps = [at for at in range(start + 1, end) if view.is_between_digits(at)]
    tokens = [(a, b) for a, b in itertools.pairwise([start, *gaps, end])]
    return Found((tokens[0],), sure) if len({view.folded([one]) for one in tokens}) == 1 else None


def _title_in(view: View, title_at: int) -> Found | None:
    """The name in its own box, or above the declaration that follows the box."""
    chunk = view.chunks[title_at]
    if view.holds_declaration(chunk):
        return _told_by_its_end(view, _above_declaration(view, chunk))
    return _title(view, view.parts(chunk), is_enclosed=_is_enclosed(view, title_at))


def _is_enclosed(view: View, title_at: int) -> bool:
    """Whether the labels around a name stand as printed, so that it can be nothing else."""
    return view.in_order and view.word(title_at + 1) is Word.DECLARATION


def _title_above(view: View, number_at: int) -> Found | None:
    """The name printed above the label of the number."""
    if view.word(number_at - 1) is not Word.HEAD:
        return None
    return _told_by_its_end(view, view.parts(view.chunks[number_at - 1]))


# --- both behind their labels ---


def _behind_both(view: View, first: int, last: int) -> Both:
    chunk = view.chunks[last]
    if view.is_empty(last):
        return _elsewhere(view, first)
    if view.holds_declaration(chunk):
        return _split_told(view, _above_declaration(view, chunk))
    number, title = _split(view, view.parts(chunk), is_enclosed=_is_enclosed(view, last))
    if title is None and chunk[1] == view.end:
        return None, None  # a page number stands below the last label, too
    if number is None and title is not None and title.sure and view.is_draft and not _numbers(view):
        return Found((), True), title
    return number, title


def _numbers(view: View) -> list[Range]:
    """The numbers between the labels, each alone in its line or cell; above and below them stand page numbers."""
    first = next((at for at, mark in enumerate(view.marks) if mark.word in LABELS), 0)
    return [part for chunk in view.chunks[first:-1] for part in view.parts(chunk) if view.is_number(part)]


def _elsewhere(view: View, first: int) -> Both:
    """Values above both labels, or below all labels of the cover."""
    if view.word(first - 1) is Word.HEAD and not view.is_empty(first - 1):
        return _split_told(view, view.parts(view.chunks[first - 1]))
    last = len(view.chunks) - 1
    if view.holds_declaration(view.chunks[last]):
        return _split_told(view, _above_declaration(view, view.chunks[last]))
    return None, None


def _above_declaration(view: View, chunk: Range) -> list[Range]:
    """The lines above the declaration: a name and perhaps the number."""
    end = view.declared[0] if view.declared else chunk[0]
    return view.parts((chunk[0], end)) if chunk[0] < end else []


def _without_numbers(view: View, parts: Sequence[Range]) -> list[Range]:
    return [part for part in parts if not view.is_number(part)]


def _split_told(view: View, parts: list[Range]) -> Both:
    """Number and name among words that no labels enclose: only with a name that ends as names do."""
    number, title = _split(view, parts, is_enclosed=False)
    return (number, title) if title and words.is_whole_title(view.folded(title.ranges)) else (None, None)


def _told_by_its_end(view: View, parts: list[Range]) -> Found | None:
    return _title(view, parts, is_enclosed=False)


def _split(view: View, parts: list[Range], *, is_enclosed: bool) -> Both:
    """Lines that hold the number and the name, one before the other, or the number between the lines."""
    numbers = [part for part in parts if view.is_number(part)]
    others = _without_numbers(view, parts)
    if len(numbers) == 1:
        return _number(view, numbers[0], sure=is_enclosed), _title(view, others, is_enclosed=is_enclosed)
    if numbers or not others:
        return None, None
    return _split_line(view, others, is_enclosed=is_enclosed)


def _split_line(view: View, parts: list[Range], *, is_enclosed: bool) -> Both:
    """A number at the head or the end of the line that the name stands in."""
    (start, stop), end = parts[0], parts[-1][1]
    if words.leading_number(view.folded(parts[:1])):
        cut = _end_of_number(view, parts)
        if cut is None:
            return None, None
        rest = [(_behind_copy(view, start, cut, parts), stop), *parts[1:]]
        title = _title(view, rest, is_enclosed=is_enclosed and cut > start)
        is_told = cut > start and (is_enclosed or title is not None)
        return _number(view, (start, cut), sure=is_enclosed) if is_told else None, title
    tail = parts[-1][0] + words.trailing_number(view.folded(parts[-1:]))
    if tail == end:
        return None, _title(view, parts, is_enclosed=is_enclosed)
    above = [*parts[:-1], (parts[-1][0], tail)]
    if view.text.gap(tail) is Gap.NONE or not words.is_whole_title(view.folded(above)):
        return None, None
    return _number(view, (tail, end), sure=False), _title(view, above, is_enclosed=is_enclosed)


def _behind_copy(view: View, start: int, end: int, parts: Sequence[Range]) -> int:
    """Where the words behind a number begin, where bold print repeats it."""
    copy = end + end - start
    is_copy = end > start and view.folded([(start, end)]) == view.folded([(end, copy)])
    return (
        copy if is_copy and view.text.gap(copy) is not Gap.NONE and not _is_named(view, end, parts) else end
    )


def _end_of_number(view: View, parts: Sequence[Range]) -> int | None:
    """Where digits before a name stop being the number: as the declaration names it, or at the only gap.

    The start of the line, where all digits belong to the name; None, where nobody can tell.
    """
    start = parts[0][0]
    end = start + words.leading_number(view.folded(parts[:1]))
    gaps = [at for at in range(start + 1, end + 1) if view.text.gap(at) is not Gap.NONE]
    named = [at for at in {start, *gaps, end} if _is_named(view, at, parts)]
    if len(named) == 1:
        return named[0]
    is_clear = gaps == [end] and not words.is_counted(view.folded([(end, parts[0][1])]))
    return end if is_clear and not named else None


def _is_named(view: View, at: int, parts: Sequence[Range]) -> bool:
    """Whether the declaration names the 事務 by the words from here on, and not by more of the line."""
    key = view.folded([(at, parts[0][1]), *parts[1:]])[:_KEY]
    before, found, _ = view.declaration.partition(key)
    above = view.folded([(parts[0][0], at)])
    is_more = before[-1:].isdigit() or (above.endswith("号") and before.endswith("号"))
    return bool(found) and not is_more


# --- the name ---


def _title(view: View, parts: Sequence[Range], *, is_enclosed: bool) -> Found | None:
    """A name with all its lines, its last letters brought back where they stand in a line of their own."""
    ranges = _once(view, [part for part in parts if part[0] < part[1] and view.is_value(part)])
    tail = words.missing_tail(view.folded(ranges))
    if tail:
        tails = [part for part in view.lone_parts() if view.folded([part]) == tail]
        if len(tails) != 1:
            return None
        ranges = [*(part for part in ranges if part not in tails), *tails]
    folded = view.folded(ranges)
    wrapped = _wrapped(view, ranges)
    if not (words.is_whole_title(folded) or (is_enclosed and words.is_title(folded))):
        return None
    if not is_enclosed and _is_patched(view, ranges, wrapped) and not _is_declared(view, ranges):
        return None
    return Found(tuple(ranges), is_enclosed and not tail, wrapped)


def _once(view: View, ranges: list[Range]) -> list[Range]:
    """The lines of a name; those of one that bold print repeats count once."""
    places = [at for start, end in ranges for at in range(start, end)]
    half = len(places) // 2
    folded = view.folded(ranges)
    if len(places) % 2 or half < _KEY or folded[:half] != folded[half:]:
        return ranges
    return [(start, min(end, places[half - 1] + 1)) for start, end in ranges if start <= places[half - 1]]


def _is_patched(view: View, ranges: Sequence[Range], wrapped: frozenset[int]) -> bool:
    """Whether a name has gaps where words of another box may have been joined to it."""
    places = [at for start, end in ranges for at in range(start + 1, end)]
    gaps = {at for at in places if view.text.gap(at) is not Gap.NONE} - wrapped
    is_spaced = any(view.text.is_spaced(at) for at in places)
    return len(ranges) > 1 or is_spaced or not all(_begins_form_name(view, at) for at in gaps)


def _begins_form_name(view: View, at: int) -> bool:
    return view.text.text.startswith(words.FORM_NAMES, at) or view.text.text[at] in "([【〔"


def _is_declared(view: View, ranges: Sequence[Range]) -> bool:
    """Whether the declaration names the 事務 as the name begins, the body's own name put aside.

    That name stands a second time on the cover, else it may be the body's box that was joined to the name. Where
    full stops are left, remarks cannot have been joined to it: they would have brought theirs.
    """
    folded, subject = view.folded(ranges), view.subject or ""
    if subject and subject in folded:
        return _stands_twice(view, subject, ranges) and (
            folded.partition(subject)[2][:_SHORT_KEY] in view.declared_jimu
        )
    is_told = view.declaration.endswith("。") and bool(subject)
    is_clear = not words.leading_number(folded) and not words.begins_with_head(folded)
    return folded[:_SHORT_KEY] in view.declared_jimu or (is_told and is_clear)


def _stands_twice(view: View, subject: str, ranges: Sequence[Range]) -> bool:
    """Whether the body stands anywhere but in a name and in the declaration."""
    start, end = view.declared or (0, 0)
    others = [part for part in view.lone_parts() if part not in ranges and not start <= part[0] < end]
    texts = [view.folded([part]) for part in others]
    return any(words.can_be_body(text) and words.same_body(text, subject) for text in texts)


def _wrapped(view: View, ranges: Sequence[Range]) -> frozenset[int]:
    """The gaps in a name where a line was wrapped: within the form's name, or where the declaration has none."""
    gaps = {at for start, end in ranges for at in range(start + 1, end) if view.text.gap(at) is Gap.SPACE}
    return frozenset(at for at in gaps if _in_form_name(view, at) or _is_joined(view, at))


def _in_form_name(view: View, at: int) -> bool:
    return any(
        view.text.text.startswith(name, start)
        for name in words.FORM_NAMES
        for start in range(at - len(name) + 1, at)
    )


def _is_joined(view: View, at: int) -> bool:
    """Whether the declaration writes the two characters before a gap and the two behind it as one word."""
    found = view.declaration.find(view.text.text[at - 2 : at + 2])
    return (
        found >= 0 and view.declared is not None and view.text.gap(view.declared[0] + found + 2) is Gap.NONE
    )

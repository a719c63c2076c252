"""The cover of a 評価書: six facts, each right or unknown, whatever became of the layout.

The cover is read from the lines alone: of a table, of a page whose text lies in another order, of one long line.
What is read is never made up from two places that contradict each other.
May import: cover_text, cover_marks, cover_view, cover_title, cover_body, cover_words,
extract, text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pia_site.sources.covers import words as words
from pia_site.sources.covers.body import (
    find_approval,
    find_body,
    find_declaration,
    find_published,
    find_remarks,
)
from pia_site.sources.covers.marks import DATES, Mark, Stretch, Word, find_marks, find_stretches
from pia_site.sources.covers.text import CoverText, Piece
from pia_site.sources.covers.title import find_number_and_title
from pia_site.sources.covers.view import Found, View
from pia_site.sources.extract import Block
from pia_site.text.cleaning import drop_spaces

_FEWEST_LABELS = 3
"""Labels of the cover that must stand together to be one."""
_WHOLE_COVER = 5
"""Labels that make another cover of the source a rival, as does the same number as the best one has."""
FORM_NUMBERS = {"基礎項目評価書": "様式2", "重点項目評価書": "様式3", "全項目評価書": "様式4"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of the cover as printed, None where it is not known, "" where the cover prints none.

    `pieces` are its words line by line, as they lie in the source (0-based lines); `sure` says that the labels
    of the cover leave no doubt.
    """

    value: str | None = None
    pieces: tuple[Piece, ...] = ()
    sure: bool = False

    @property
    def lines(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(piece.line for piece in self.pieces))


UNKNOWN = Fact()
_WORDS = frozenset({"number", "published", "approval"})
"""Facts without white space: 「平成 30 年 6 月」 is how an extraction sets digits apart."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a cover says. `form` is 様式2, 様式3 or 様式4, `revision` as printed (平成30年5月).

    `own` are the form's own words (labels, the form's name, the form line), `labels` the labels of the cover that
    stand together: none where there is no cover. `lines` is the stretch of lines that it was read in.
    """

    form: Fact = UNKNOWN
    revision: Fact = UNKNOWN
    number: Fact = UNKNOWN
    title: Fact = UNKNOWN
    body: Fact = UNKNOWN
    published: Fact = UNKNOWN
    declaration: Fact = UNKNOWN
    remarks: Fact = UNKNOWN
    approval: Fact = UNKNOWN
    own: tuple[Piece, ...] = ()
    labels: frozenset[Word] = frozenset()
    lines: range = range(0)

    @property
    def facts(self) -> dict[str, Fact]:
        """The facts by the label that the form prints for them, and 様式, 様式の版."""
        return {
            "様式": self.form,
            "様式の版": self.revision,
            "評価書番号": self.number,
            "評価書名": self.title,
            "評価実施機関名": self.body,
            "公表日": self.published,
            "個人のプライバシー等の権利利益の保護の宣言": self.declaration,
            "特記事項": self.remarks,
            "個人情報保護委員会承認日": self.approval,
        }

    @property
    def is_found(self) -> bool:
        return bool(self.labels)

    @property
    def used(self) -> frozenset[int]:
        """The lines that hold a word of a fact or of the form."""
        pieces = [*self.own, *(piece for fact in self.facts.values() for piece in fact.pieces)]
        return frozenset(piece.line for piece in pieces)


def cover_lines(blocks: Iterable[Block]) -> list[str]:
    """Blocks as lines for `read_cover`, one a block: cells divided by tabs, lines of a cell by breaks."""
    return ["\t".join("\n".join(cell) for cell in block.cells) for block in blocks]


def read_cover(lines: Sequence[str]) -> Cover:
    """The cover at the head of some lines; a cell of a table is divided from the next by a tab."""
    text = CoverText(lines)
    marks = find_marks(text)
    stretches = [one for one in find_stretches(text, marks) if len(one.labels) >= _FEWEST_LABELS]
    if not stretches:
        form, revision = _form(text, marks, ())
        return Cover(form, revision)
    best = max(stretches, key=lambda one: len(one.labels))
    return _read(text, best, [one for one in stretches if one is not best], marks)


@dataclass(frozen=True, slots=True)
class _Read:
    """What one stretch says."""

    number: Found | None
    title: Found | None
    body: Found | None
    published: Found | None
    declaration: Found | None
    remarks: Found | None
    approval: Found | None


def _read_stretch(text: CoverText, stretch: Stretch) -> _Read:
    view = View(text, stretch)
    number, title = find_number_and_title(view)
    taken = {part for found in (number, title) if found for part in found.ranges}
    body = find_body(view, taken)
    published = find_published(view, body)
    return _Read(
        number,
        title,
        body,
        published,
        find_declaration(view),
        find_remarks(view, body),
        find_approval(view, published),
    )


def _read(text: CoverText, best: Stretch, others: Sequence[Stretch], marks: Sequence[Mark]) -> Cover:
    read = _read_stretch(text, best)
    fewest = min(len(best.labels), _WHOLE_COVER)
    rivals = [_read_stretch(text, one) for one in others if len(one.labels) >= fewest]

    def fact(name: str) -> Fact:
        found = _fact(text, getattr(read, name), is_word=name in _WORDS)
        return (
            UNKNOWN
            if any(
                _contradict(found, _fact(text, getattr(one, name), is_word=name in _WORDS)) for one in rivals
            )
            else found
        )

    form, revision = _form(text, marks, best.marks)
    title = fact("title")
    if form is UNKNOWN and (named := words.form_in_title(plain(title.value or ""))):
        form = Fact(FORM_NUMBERS[named], title.pieces)
    labels = [mark for mark in best.marks if mark.word not in DATES]
    places = [piece.line for piece in text.pieces([(best.marks[0].start, best.marks[-1].end)])]
    return Cover(
        form,
        revision,
        fact("number"),
        title,
        fact("body"),
        fact("published"),
        fact("declaration"),
        fact("remarks"),
        fact("approval"),
        own=text.pieces((mark.start, mark.end) for mark in labels),
        labels=best.labels,
        lines=range(min(places), max(places) + 1),
    )


def plain(value: str) -> str:
    """A value without white space and in plain width, for comparing."""
    return CoverText([value]).text


def _fact(text: CoverText, found: Found | None, *, is_word: bool) -> Fact:
    if found is None or text.is_doubtful(found.ranges):
        return UNKNOWN
    value = text.words(found.ranges, found.wrapped)
    return Fact(drop_spaces(value) if is_word else value, text.pieces(found.ranges), found.sure)


def _contradict(one: Fact, other: Fact) -> bool:
    return bool(one.value and other.value) and plain(one.value or "") != plain(other.value or "")


def _form(text: CoverText, marks: Sequence[Mark], best: Sequence[Mark]) -> tuple[Fact, Fact]:
    """The form and its revision, by the form line and the form's name; of the cover before the rest."""
    named = [mark for mark in best if mark.form] or [mark for mark in marks if mark.form]
    forms = {FORM_NUMBERS.get(mark.form or "", mark.form) for mark in named}
    dated = [mark for mark in best if mark.revision] or [mark for mark in marks if mark.revision]
    form, revision = UNKNOWN, UNKNOWN
    if len(forms) == 1:
        form = Fact(forms.pop(), text.pieces([(named[0].start, named[0].end)]), bool(best))
    if len({mark.revision for mark in dated}) == 1:
        revision = Fact(dated[0].revision, text.pieces([(dated[0].start, dated[0].end)]), bool(best))
    return form, revision

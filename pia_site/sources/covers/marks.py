"""The form's own words on a cover, and the dates: where they stand, and which of them make one cover.

A source may show the head of a cover several times (a download page repeats it as its title), and words of the
cover stand in prose too: 「公表日の…」 is no label. May import: cover_signs, cover_text, cover_words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pia_site.sources.covers.signs import Gap
from pia_site.sources.covers.text import CoverText
from pia_site.sources.covers.words import is_number


class Word(StrEnum):
    """What a mark is. The first seven are labels of the cover."""

    NUMBER = "number"
    TITLE = "title"
    DECLARATION = "declaration"
    REMARKS = "remarks"
    BODY = "body"
    APPROVAL = "approval"
    PUBLISHED = "published"
    HEAD = "head"
    """「特定個人情報保護評価書（全項目評価書）」"""
    FORM_LINE = "form_line"
    """「[平成30年5月 様式4]」"""
    DATE = "date"
    NO_DATE = "no_date"
    """A date printed for filling in: 「平成　年　月　日」."""
    END = "end"
    """What comes after the cover on every form."""


LABELS = frozenset(
    {Word.NUMBER, Word.TITLE, Word.DECLARATION, Word.REMARKS, Word.BODY, Word.APPROVAL, Word.PUBLISHED}
)
DATES = frozenset({Word.DATE, Word.NO_DATE})


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a word stands in the text. `form` is the form's name or number, `revision` its revision."""

    word: Word
    start: int
    end: int
    form: str | None = None
    revision: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text that holds each label of the cover once at most."""

    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def labels(self) -> frozenset[Word]:
        return frozenset(mark.word for mark in self.marks) & LABELS


# --- finding ---

_OPEN = r"[\[(【〔〈<|]?"
_CLOSE = r"[\])】〕〉>|]?"
_ERA = r"(?:平成|令和)"
_KANJI_DAY = r"[一二三四五六七八九十]{1,3}"
_BLANK = r"[○〇◯●×_＿・.…-]{0,3}"
_PATTERNS = {
    Word.NUMBER: r"(?<!項目)評価書番号",
    Word.TITLE: r"(?<!項目)評価書名(?!称)",
    Word.DECLARATION: r"個人のプライバシ[ー一-]等の権利利益の保護の宣言",
    Word.REMARKS: r"特記事項",
    Word.BODY: r"評価実施機関名",
    Word.APPROVAL: rf"(?:特定)?個人情報保護委員会の?承認日|承認日|{_OPEN}行政機関等のみ{_CLOSE}",
    Word.PUBLISHED: r"公表(?:年月)?日",
    Word.HEAD: (
        r"特定個人情報保護評価書[\[(【〔]?(?P<form_name>(?:全|重点|基礎)項目評価書)[\])】〕]?"
        r"(?:[\[(【〔](?:素案|案|[^\])】〕]{1,4}案)[\])】〕])?"
    ),
    Word.FORM_LINE: (
        rf"{_OPEN}(?P<form_revision>{_ERA}(?:\d{{1,2}}|元)年\d{{1,2}}月)(?:版|改正|改訂)?[、,・]?"
        rf"様式第?(?P<form_digit>[1-9])号?{_CLOSE}|[\[(【〔]様式第?(?P<lone_digit>[1-9])号?[\])】〕]"
    ),
    Word.DATE: (
        rf"(?:{_ERA}(?:\d{{1,2}}|元)年\d{{1,2}}月\d{{1,2}}日"
        rf"|{_ERA}(?:{_KANJI_DAY}|元)年{_KANJI_DAY}月{_KANJI_DAY}日"
        r"|(?<!\d)20[1-4]\d年\d{1,2}月\d{1,2}日"
        r"|(?<![\d./-])20[1-4]\d(?P<sep>[/.-])\d{1,2}(?P=sep)\d{1,2}(?![\d./-])"
        r"|(?<![A-Za-z\d])[HR]\d{1,2}\.\d{1,2}\.\d{1,2}(?![\d.]))(?:\([月火水木金土日](?:曜日?)?\))?"
    ),
    Word.NO_DATE: (rf"{_ERA}(?:\d{{1,2}}|元|{_BLANK})年(?:\d{{1,2}}|{_BLANK})月(?:\d{{1,2}}|{_BLANK})日"),
    Word.END: (r"項目一覧|[I1l|]\.?(?:関連情報|基本情報)|1[.,、]?特定個人情報ファイルを取り扱う事務"),
}
_MARKS = re.compile("|".join(f"(?P<{word.value}>{pattern})" for word, pattern in _PATTERNS.items()))
_DATES = re.compile(_PATTERNS[Word.DATE])
_PROSE_BEFORE = frozenset("のをはがとや「『、")
_PROSE_AFTER = frozenset("・のをはがとやもにでへ、。」』欄等及又時現以")
_LEANS = re.compile(r"終了|廃止|現在|時点|から|より|まで|以降|以前|付け?|改正|施行|予定|[(（]")
"""Words after a date that make it another day than that of the publication."""
_BOARD = re.compile(r"(?:特定)?個人情報保護委員会")


def find_marks(text: CoverText) -> list[Mark]:
    """The form's own words and the dates that stand for themselves, in order."""
    found = list(_join_doubles(_standing(text), text))
    return [mark for at, mark in enumerate(found) if mark.word not in DATES or _stands_alone(text, found, at)]


def _standing(text: CoverText) -> Iterator[Mark]:
    for match in _MARKS.finditer(text.text):
        word = Word(next(word for word in Word if match.groupdict().get(word.value)))
        mark = Mark(
            word,
            match.start(),
            match.end(),
            form=_form_of(match),
            revision=match["form_revision"],
        )
        if mark.word in DATES or mark.word is Word.END or not _in_prose(text, mark):
            yield _with_board(text, mark) if word is Word.APPROVAL else mark


def _form_of(match: re.Match[str]) -> str | None:
    digit = match["form_digit"] or match["lone_digit"]
    return f"様式{digit}" if digit else match["form_name"]


def _in_prose(text: CoverText, mark: Mark) -> bool:
    before = text.text[mark.start - 1 : mark.start]
    after = text.text[mark.end : mark.end + 1]
    return (before in _PROSE_BEFORE and bool(before) and not text.is_edge(mark.start)) or (
        after in _PROSE_AFTER and bool(after) and not text.is_edge(mark.end)
    )


def _with_board(text: CoverText, mark: Mark) -> Mark:
    """「個人情報保護委員会」 in a line of its own, before 「承認日」 or before what follows it."""
    for board in _BOARD.finditer(text.text, max(0, mark.start - 12), mark.start):
        if board.end() == mark.start:
            return replace(mark, start=board.start())
    return mark


def _join_doubles(marks: Iterator[Mark], text: CoverText) -> Iterator[Mark]:
    """Bold print drawn twice repeats whole words: labels with nothing between them but labels count once."""
    run: list[Mark] = []
    for mark in marks:
        if run and run[-1].end != mark.start:
            yield from _once(run)
            run = []
        run.append(mark)
    yield from _once(run)


def _once(run: Sequence[Mark]) -> Iterator[Mark]:
    """A run of marks without words between them; a repeated one is lent to the mark before it."""
    kept: list[Mark] = []
    for mark in run:
        same = next((one for one in kept if one.word is mark.word), None)
        if same is None or mark.word in DATES or mark.word is Word.END:
            kept.append(mark)
        else:
            kept[-1] = replace(kept[-1], end=mark.end)
    yield from kept


def _stands_alone(text: CoverText, marks: Sequence[Mark], at: int) -> bool:
    """A date between gaps or other marks; in prose it leans on the words around it."""
    mark = marks[at]
    before, after = marks[at - 1] if at else None, marks[at + 1] if at + 1 < len(marks) else None
    if _LEANS.match(text.text, mark.end) and not (after and after.start == mark.end):
        return False
    begins = before is not None and is_behind(text, before, mark)
    ends = after is not None and after.start == mark.end
    touches = begins or ends or max(text.gap(mark.start), text.gap(mark.end)) >= Gap.CELL
    return touches and (begins or text.is_edge(mark.start)) and (ends or text.is_edge(mark.end))


def is_behind(text: CoverText, before: Mark, date: Mark) -> bool:
    """Whether nothing lies between a mark and a date, or the number behind its label."""
    between = text.text[before.end : date.start].strip(":")
    return not between or (before.word is Word.NUMBER and is_number(between))


def holds_date(words: str) -> bool:
    """Whether words hold a date, alone or not."""
    return any(True for _ in _DATES.finditer(words))


def begins_with_date(words: str) -> bool:
    return _DATES.match(words) is not None


def ends_with_date(words: str) -> bool:
    return any(match.end() == len(words) for match in _DATES.finditer(words))


# --- which of them make one cover ---


def find_stretches(text: CoverText, marks: Sequence[Mark]) -> list[Stretch]:
    """The text cut where a cover ends and where a label comes for the second time."""
    found: list[Stretch] = []
    start = 0
    current: list[Mark] = []
    for at, mark in enumerate(marks):
        if mark.word is Word.END:
            found.append(Stretch(start, mark.start, tuple(current)))
            start, current = mark.end, []
            continue
        if _begins_again(marks, at, {one.word for one in current}):
            found.append(Stretch(start, mark.start, tuple(current)))
            start, current = mark.start, []
        current.append(mark)
    found.append(Stretch(start, len(text), tuple(current)))
    return [stretch for stretch in found if stretch.marks]


_ONCE = frozenset({Word.NUMBER, Word.TITLE, Word.DECLARATION, Word.BODY})


def _begins_again(marks: Sequence[Mark], at: int, seen: set[Word]) -> bool:
    word = marks[at].word
    if word in _ONCE:
        return word in seen
    if word is not Word.HEAD or Word.HEAD not in seen:
        return False
    # On some pages the head stands between the labels, and a title above has shown it already.
    following = next((mark.word for mark in marks[at + 1 :] if mark.word in LABELS | {Word.END}), Word.END)
    return following in seen or following is Word.END

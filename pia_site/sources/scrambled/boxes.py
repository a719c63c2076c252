"""Boxes and chosen options on a scrambled page, as far as the page itself decides them.

A box whose brackets and label stand together says what it says. When every ○ of a page is inside such a box,
the boxes without one are empty. All else stays open. May import: boxes, labels, raw_page, raw_text, forms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pia_site.forms import Item
from pia_site.sources.filling.boxes import split_parenthesis
from pia_site.sources.filling.labels import prefix_end
from pia_site.sources.readers.raw_text import Line
from pia_site.sources.scrambled.page import SIGNS

_TOKEN = re.compile(rf"[\[\]［］]|[{SIGNS}]|[^\[\]［］{SIGNS}]+")
_NUMBER = r"[0-9０-９]{1,2}\s*[)）]\s*"
_LISTED = re.compile(rf"{_NUMBER}|選択肢")
_TICKED = re.compile(rf"[\[［]\s*[{SIGNS}]\s*[\]］]\s*[^\s\[\]［］]+")
"""A box with its ○ and its label: what is ticked was not chosen from a list."""
_COUNT_AFTER = re.compile(r"\s*[(（]\s*([0-9０-９]*)\s*[)）]\s*件")


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """One printed box. `mark` None: not decided. `fill`: what its parentheses hold, None where they are not
    closed beside it; `opened` says whether they are opened at least."""

    option: str
    mark: bool | None
    line: int
    fill: str | None = None
    opened: bool = False


@dataclass(slots=True)
class Boxes:
    """The boxes of one page in the order of the text."""

    found: list[Box] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)
    """○ beside the option before: the boxes they belong to are told by the form's own order."""
    signs: list[Line] = field(default_factory=list)
    """Every ○ with its line."""
    strays: list[Line] = field(default_factory=list)
    """Those that no box of the page can be shown to hold."""
    words: list[Line] = field(default_factory=list)
    """What stands beside an option and in no closed parentheses."""
    unknown: list[Line] = field(default_factory=list)
    """What stands beside a box and is no option."""

    def of(self, option: str) -> list[Box]:
        return [box for box in self.found if box.option == option]

    def is_empty(self, box: Box) -> bool:
        """Whether a box without a mark is empty: every ○ of the page stands in another one."""
        return box.mark is None and not self.strays and not self.given[box.option]


def read_boxes(lines: Iterable[Line], items: Sequence[Item], strays: Sequence[Line] = ()) -> Boxes:
    """Every box of the page for the options of the rows of boxes that stand on it.

    `strays` are ○ that stand outside the lines of boxes.
    """
    boxes = Boxes()
    given: dict[str, list[Line]] = {}
    for line in lines:
        _LineReader(line, items, boxes, given).read()
    for option, signs in given.items():
        if sum(box.mark is None for box in boxes.of(option)) == len(signs):
            boxes.given[option] = len(signs)
        else:
            boxes.strays += signs
    boxes.signs += strays
    boxes.strays += strays
    return boxes


class _LineReader:
    """The boxes of one line, token by token."""

    def __init__(self, line: Line, items: Sequence[Item], boxes: Boxes, given: dict[str, list[Line]]) -> None:
        self._line, self._items, self._boxes, self._given = line, items, boxes, given
        self._opened = self._awaited = self._spaced = self._apart = False
        self._sign: Line | None = None
        self._surplus = 0
        """Brackets opened and not closed so far."""
        self._last: str | None = None
        """The option before, if the next box of the print follows it."""

    def read(self) -> None:
        mark: bool | None = None
        closed: Line | None = None
        for match in _TOKEN.finditer(self._line.text):
            token = match[0]
            apart = self._line.text[: match.start()].endswith((" ", "　"))
            if token in "[［":
                self._let_go()
                self._opened, self._awaited, self._spaced = True, False, False
                self._surplus += 1
                if not apart:
                    self._last = None  # the layer went back to the left
            elif token in "]］":
                # 「[]」 without a space is two brackets of different boxes as likely as one empty box.
                mark = True if self._sign else False if self._opened and self._spaced else None
                closed, self._sign = self._sign, None
                self._opened, self._awaited = False, True
                self._surplus -= 1
            elif token in SIGNS:
                self._let_go()
                self._sign = Line(self._line.number, token)
                self._boxes.signs.append(self._sign)
                self._apart = apart
            elif token.strip() and self._awaited:
                self._label(token, mark, closed)
            else:
                self._spaced = self._spaced or (self._opened and not token.strip())
        self._let_go()

    def _label(self, token: str, mark: bool | None, sign: Line | None) -> None:
        box, rest = _box(token, mark, self._items, self._line.number)
        self._awaited = False
        if box is None:
            self._last = None
            if sign is not None:
                self._boxes.strays.append(sign)
            if mark is not None and not _LISTED.search(token):
                self._boxes.unknown.append(Line(self._line.number, token.strip()))
            return
        self._boxes.found.append(box)
        self._last = box.option if self._surplus <= 0 else None
        self._words(rest)

    def _words(self, words: str) -> None:
        if words.strip(" 　()（）件"):
            self._boxes.words.append(Line(self._line.number, words.strip()))

    def _let_go(self) -> None:
        """A sign whose box is not closed on this line: 「[ ] 甲 [ ○」 is in the box that the form prints after 甲."""
        if self._sign is None:
            return
        following = _next_option(self._last, self._items) if self._last and self._apart else None
        if following is None:
            self._boxes.strays.append(self._sign)
        else:
            self._given.setdefault(following, []).append(self._sign)
            self._last = None
        self._sign = None


def _box(label: str, mark: bool | None, items: Sequence[Item], line: int) -> tuple[Box | None, str]:
    """The box that a label names, and words beside it that are not in its parentheses."""
    label = label.strip()
    best: tuple[int, str, str] | None = None
    for item in items:
        for spelling, option in (*((o, o) for o in item.options), *item.option_variants):
            end = prefix_end(label, spelling)
            if end is not None and (best is None or len(spelling) > best[0]):
                best = len(spelling), option, label[end:].strip()
    if best is None:
        return None, ""
    _, option, rest = best
    if count := _COUNT_AFTER.match(rest):
        return Box(option, mark, line, count[1]), rest[count.end() :]
    if rest.startswith(("(", "（")):
        inside, after = split_parenthesis(rest)
        if rest.endswith((")", "）")) or after.strip():
            return Box(option, mark, line, inside.strip()), after
        return Box(option, mark, line, opened=True), inside
    return Box(option, mark, line), rest


def _next_option(option: str, items: Sequence[Item]) -> str | None:
    owners = [item for item in items if option in item.options]
    options = owners[0].options if len(owners) == 1 else ()
    position = options.index(option) + 1 if options else 0
    if not 0 < position < len(options) or sum(options[position] in item.options for item in items) != 1:
        return None
    return options[position]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option that stands on the page without a number: what was chosen. `words` as printed."""

    option: str
    line: int
    words: str


def chosen_options(lines: Iterable[Line], items: Sequence[Item]) -> list[Chosen]:
    options = sorted({o for item in items for o in item.options}, key=lambda option: (-len(option), option))
    found: list[Chosen] = []
    for line in lines:
        rest = _TICKED.sub(" ", line.text)
        for option in options:
            rest = re.sub(_NUMBER + _loose(option), " ", rest)
        for option in options:
            pattern = rf"(?<![^\s\[\]［］>＞]){_loose(option)}(?![^\s\[\]［］<＜0-9０-９])"
            found += [Chosen(option, line.number, match[0]) for match in re.finditer(pattern, rest)]
            rest = re.sub(pattern, " ", rest)
    return found


def _loose(option: str) -> str:
    """The option in either width, with white space anywhere."""
    return r"\s*".join(f"(?:{re.escape(char)}|{re.escape(_wide(char))})" for char in option if char.strip())


def _wide(char: str) -> str:
    return chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char

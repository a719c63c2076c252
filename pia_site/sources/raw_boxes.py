"""Boxes and chosen options on a scrambled page, as far as the page itself decides them.

A box whose brackets and label stand together says what it says. When every ○ of a page is inside such a box,
the boxes without one are empty. All else stays open. May import: labels, raw_page, raw_text, forms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pia_site.forms import Item
from pia_site.sources.boxes import split_parenthesis
from pia_site.sources.labels import prefix_end
from pia_site.sources.raw_page import SIGNS
from pia_site.sources.raw_text import Line

_TOKEN = re.compile(rf"[\[\]［］]|[{SIGNS}]|[^\[\]［］{SIGNS}]+")
_NUMBER = r"[0-9０-９]{1,2}\s*[)）]\s*"
_COUNT_AFTER = re.compile(r"\s*[(（]\s*([0-9０-９]*)\s*[)）]\s*件")


@dataclass(slots=True)
class Boxes:
    """The boxes of one page: for every option printed, the marks its boxes show (None: not decided)."""

    marks: dict[str, list[bool | None]] = field(default_factory=dict)
    fills: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    """What stands in the parentheses after an option, with its line."""
    lines: dict[str, list[int]] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)
    """○ beside the option before: the boxes they belong to are told by the form's own order."""
    strays: int = 0
    """○ that no box of the page can be shown to hold."""

    def decided(self, option: str, printed: int) -> bool | None:
        """What the `printed` boxes of an option all say, if they do."""
        marks = self.marks.get(option, [])
        if len(marks) != printed:
            return None
        if printed == 1 and marks == [None] and self.given[option] == 1:
            return True
        return marks[0] if len(set(marks)) == 1 else None

    def filled(self, option: str, printed: int) -> str:
        """What stands in the parentheses of an option, where all its boxes say the same."""
        written = [words for _, words in self.fills.get(option, [])]
        return written[0] if len(written) == printed and len(set(written)) == 1 else ""


def read_boxes(lines: Iterable[Line], items: Sequence[Item]) -> Boxes:
    """Every box of the page for the options of the rows of boxes that stand on it."""
    boxes = Boxes()
    for line in lines:
        _read_line(line, items, boxes)
    for option, given in boxes.given.items():
        if boxes.marks.get(option, []).count(None) != given:
            boxes.strays += given
    if not boxes.strays:
        for option, found in boxes.marks.items():
            if not boxes.given[option]:
                found[:] = [False if mark is None else mark for mark in found]
    return boxes


def _read_line(line: Line, items: Sequence[Item], boxes: Boxes) -> None:
    opened = sign = awaited = spaced = False
    mark: bool | None = None
    last: str | None = None
    in_order = _in_order(line.text)

    def let_go() -> None:
        """A sign whose box is not closed on this line."""
        nonlocal last
        if sign and not (in_order and opened and last and _give_to_next(last, items, boxes)):
            boxes.strays += 1
        elif sign:
            last = None

    for token in _TOKEN.findall(line.text):
        if token in "[［":
            let_go()
            opened, sign, awaited, spaced = True, False, False, False
        elif token in "]］":
            # 「[]」 without a space is two brackets of different boxes as likely as one empty box.
            mark = True if sign else False if opened and spaced else None
            opened, sign, awaited = False, False, True
        elif token in SIGNS:
            let_go()
            sign = True
        elif token.strip() and awaited:
            last = _note(token, mark, items, boxes, line.number)
            boxes.strays += last is None and mark is True
            awaited = False
        else:
            spaced = spaced or (opened and not token.strip())
    let_go()


def _in_order(text: str) -> bool:
    """Whether the brackets of a line open and close in turn, but for one that is open at its end."""
    brackets = "".join("[" if char in "[［" else "]" for char in text if char in "[［]］")
    return re.fullmatch(r"(?:\[\])*\[?", brackets) is not None


def _note(label: str, mark: bool | None, items: Sequence[Item], boxes: Boxes, line: int) -> str | None:
    best: tuple[int, str, str] | None = None
    for item in items:
        for spelling, option in (*((o, o) for o in item.options), *item.option_variants):
            end = prefix_end(label.strip(), spelling)
            if end is not None and (best is None or len(spelling) > best[0]):
                best = len(spelling), option, label.strip()[end:]
    if best is None:
        return None
    _, option, rest = best
    boxes.marks.setdefault(option, []).append(mark)
    boxes.lines.setdefault(option, []).append(line)
    rest = rest.strip()
    if count := _COUNT_AFTER.match(rest):
        boxes.fills.setdefault(option, []).append((line, f"({count[1]}) 件"))
    elif rest.startswith(("(", "（")) and rest.endswith((")", "）")):
        boxes.fills.setdefault(option, []).append((line, f"({split_parenthesis(rest)[0].strip()})"))
    return option


def _give_to_next(option: str, items: Sequence[Item], boxes: Boxes) -> bool:
    """「[ ] 甲 [ ○」 at a line's end: the form prints the box of the option after 甲 beside it."""
    owners = [item for item in items if option in item.options]
    options = owners[0].options if len(owners) == 1 else ()
    position = options.index(option) + 1 if options else 0
    if not 0 < position < len(options) or sum(options[position] in item.options for item in items) != 1:
        return False
    boxes.given[options[position]] += 1
    return True


def chosen_options(lines: Iterable[Line], items: Sequence[Item]) -> list[tuple[str, int]]:
    """Options that stand on the page without their number in a printed list: what was chosen."""
    options = sorted({option for item in items for option in item.options}, key=len, reverse=True)
    found: list[tuple[str, int]] = []
    for line in lines:
        rest = line.text
        for option in options:
            rest = re.sub(_NUMBER + _loose(option), " ", rest)
        for option in options:
            rest, count = re.subn(
                rf"(?<![^\s\[\]［］>＞]){_loose(option)}(?![^\s\[\]［］<＜0-9０-９])", " ", rest
            )
            found += [(option, line.number)] * count
    return found


def _loose(option: str) -> str:
    """The option in either width, with white space anywhere."""
    return r"\s*".join(f"(?:{re.escape(char)}|{re.escape(_wide(char))})" for char in option if char.strip())


def _wide(char: str) -> str:
    return chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char

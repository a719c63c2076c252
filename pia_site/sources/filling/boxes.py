"""Choices and tick boxes as extractions show them, decided in a fixed order and never guessed.

A choice is the 「[値]」 beside the printed list of options (「＜選択肢＞ 1) … 2) …」). A row of boxes is read
in this order: a ticked input, ○, O or a bracketed radio is ticked; an empty 「[ ]」 is not ticked; a bare input
is not ticked only beside a *ticked input*, because an extraction that shows one tick shows them all. What is left
is 不明. May import: extract, labels, forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pia_site.forms import Item
from pia_site.sources.extract import BARE, CHECKED, TOKENS, solid
from pia_site.sources.filling.labels import allowance, distance, label_key, prefix_end

_OPEN, _CLOSE = r"[\[［〔【]", r"[\]］〕】]"
_SIGN = rf"[{TOKENS}○◯〇●OＯ✓✔☑レ]"
_MARK = re.compile(
    rf"{_OPEN}\s*(?P<inside>{_SIGN})?\s*{_CLOSE}|(?P<bare>[{TOKENS}])(?:\s*{_CLOSE})?|{_OPEN}\s*(?P<open>{_SIGN})(?=\s)"
)
_LIST_MARK = re.compile(r"[<＜‹〈]\s*選択肢\s*[>＞›〉]")
_NUMBERED = re.compile(r"(?<![0-9０-９])[0-9０-９]{1,2}\s*[)）]\s*")
_BRACKETED = re.compile(rf"(?:{_OPEN}|(?P<box>[{TOKENS}]))(?P<value>[^\[\]［］{TOKENS}]*){_CLOSE}")
_COUNT = re.compile(r"[(（]\s*(?P<number>[^()（）]*?)\s*[)）]\s*件")
_OPENING, _CLOSING = ("(", "（"), (")", "）")
_LONGEST_OPTION = 60
"""What stands for an option in a printed list and is longer is no option."""


class Mark(StrEnum):
    TICKED = "ticked"
    """A sign that means ticked: ○, O, a bracketed radio."""
    CHECKED = "checked"
    """An input that carries its tick."""
    EMPTY = "empty"
    """`[ ]`, printed and empty."""
    BARE = "bare"
    """An input without a tick."""


# --- rows of boxes ---


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a row of boxes says: option → ticked, not ticked, None for 不明.

    `fills` holds what stands in the parentheses after an option ("" where they are printed empty).
    """

    marks: tuple[tuple[str, bool | None], ...]
    fills: dict[str, str]
    printed: frozenset[str]
    """The options that the source printed at all."""
    said: int
    """Characters that are the body's own: signs in boxes, words in parentheses. The rest is the form's."""
    unread: tuple[str, ...]
    """Words between the boxes that are no option of the row."""


def has_marks(text: str) -> bool:
    return _MARK.search(text) is not None


def first_mark(text: str) -> int | None:
    """Where the first box of the text begins."""
    match = _MARK.search(text)
    return match.start() if match else None


def read_ticks(item: Item, text: str) -> Ticks:
    """The boxes of a row, by the options of its item."""
    found: dict[str, set[Mark]] = {}
    fills: dict[str, str] = {}
    filled = {fill.fill_of for fill in item.fills}
    boxes = list(_MARK.finditer(text))
    ends = [*(box.start() for box in boxes[1:]), len(text)] if boxes else []
    unread = [text[: boxes[0].start()] if boxes else text]
    said = 0
    for box, end in zip(boxes, ends, strict=True):
        label = text[box.end() : end].strip()
        named = _option_at(item, label)
        if named is None:
            unread.append(f"{box[0]} {label}")
            continue
        option, rest = named
        found.setdefault(option, set()).add(_mark(box))
        said += solid(box["inside"] or box["open"] or "")
        inside, after = _in_parenthesis(rest)
        unread.append(after)
        if inside and option in filled and inside != fills.get(option):
            fills[option] = f"{fills[option]}、{inside}" if fills.get(option) else inside
            said += solid(inside)
        elif option in filled and inside is not None:
            fills.setdefault(option, "")
        else:
            unread.append(inside or "")
    present = {mark for marks in found.values() for mark in marks}
    marks = tuple((option, _decide(found.get(option, set()), present)) for option in item.options)
    left = filter(solid, (_without_group_names(item, one).strip() for one in unread))
    return Ticks(marks, fills, frozenset(found), said, tuple(left))


def _in_parenthesis(rest: str) -> tuple[str | None, str]:
    """What stands in the parenthesis after an option (None where there is none), and what follows."""
    rest = rest.strip()
    if not rest.startswith(_OPENING):
        return None, rest
    inside, after = split_parenthesis(rest)
    return inside.strip(), after.strip().removeprefix("件")


def _without_group_names(item: Item, text: str) -> str:
    """Text without the headings the form prints between boxes (・業務関係情報)."""
    for name, _ in item.option_groups:
        text = re.sub(rf"[・･]?\s*{_spaced(name)}", " ", text)
    return text


def _spaced(words: str) -> str:
    return r"\s*".join(map(re.escape, words))


def _mark(box: re.Match[str]) -> Mark:
    sign = box["inside"] or box["open"]
    if box["bare"]:
        return Mark.CHECKED if box["bare"] == CHECKED else Mark.BARE
    if sign is None:
        return Mark.EMPTY
    if sign == CHECKED:
        return Mark.CHECKED
    return Mark.BARE if sign == BARE else Mark.TICKED


def _decide(marks: set[Mark], present: set[Mark]) -> bool | None:
    """One option's box, given every kind of mark that its row holds."""
    if not marks:
        return None
    ticked = marks & {Mark.TICKED, Mark.CHECKED}
    if ticked and Mark.EMPTY not in marks:
        return True
    if marks == {Mark.EMPTY}:
        return False
    if marks == {Mark.BARE} and Mark.CHECKED in present:
        return False
    return None


def _option_at(item: Item, label: str) -> tuple[str, str] | None:
    """The option that the words after a box name, and what follows them."""
    best: tuple[int, str, str] | None = None
    for spelling, option in (*((option, option) for option in item.options), *item.option_variants):
        end = prefix_end(label, spelling)
        if end is not None and (best is None or len(spelling) > best[0]):
            best = len(spelling), option, label[end:]
    if best is not None:
        return best[1], best[2]
    words, rest = _before_parenthesis(label)
    key = label_key(words)
    near = [option for option in item.options if key and distance(key, label_key(option), 1) <= 1]
    # A short word has too many neighbours to be told by its spelling.
    return (near[0], rest) if len(near) == 1 and len(key) >= 5 else None


def _before_parenthesis(text: str) -> tuple[str, str]:
    cut = next((index for index, char in enumerate(text) if char in _OPENING), len(text))
    return text[:cut].strip(), text[cut:]


def split_parenthesis(text: str) -> tuple[str, str]:
    """`(a(b)) c` → `a(b)`, ` c`. An unclosed parenthesis takes all."""
    depth = 0
    for index, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth -= 1
            if depth == 0:
                return text[1:index], text[index + 1 :]
    return text[1:], ""


# --- choices ---


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a choice's cell says. `written` is the value as printed; `option` None is 不明."""

    option: str | None
    written: str
    blank: bool
    """Brackets printed and empty, or nothing at all: nobody chose."""
    sure: bool
    """False where the value was found by way of the printed list or of damaged brackets."""
    unread: str = ""
    """Words beside the choice that are neither it nor the form's."""


def read_choice(item: Item, text: str) -> Chosen:
    """The chosen option of the form's list."""
    if not text.strip():
        return Chosen(None, "", blank=True, sure=True)
    unread = " ".join(_beside_choice(item, text).split())
    head = _LIST_MARK.split(text)[0] if _LIST_MARK.search(text) else text
    bracket = _first_bracket(head) or _first_bracket(text)
    if bracket is not None:
        value = bracket["value"].strip()
        if not value:
            return Chosen(None, "", blank=True, sure=True, unread=unread)
        option, sure = _option_for(item, value, text)
        return Chosen(option, value, blank=False, sure=sure and bracket["box"] is None, unread=unread)
    if _LIST_MARK.search(text) or _NUMBERED.search(text):
        return Chosen(None, "", blank=False, sure=True, unread=unread)
    option, _ = _option_for(item, text, "")
    return Chosen(option, text.strip(), blank=False, sure=True)


def _beside_choice(item: Item, text: str) -> str:
    """What is left of a choice's text without its brackets, its list of options and its count."""
    rest = _COUNT.sub(" ", text)
    bracket = _first_bracket(rest)
    if bracket is not None:
        rest = f"{rest[: bracket.start()]} {rest[bracket.end() :]}"
    # Whatever stands in a printed list is the form's, also where a body words an option differently.
    longest = _LONGEST_OPTION if _LIST_MARK.search(rest) else 0
    head, *listed = _NUMBERED.split(_LIST_MARK.sub(" ", rest))
    return head + " ".join(_after_option(item, one.strip(), longest) for one in listed)


def _after_option(item: Item, text: str, longest: int) -> str:
    """What follows an option of the printed list; unknown words up to a length are an option too."""
    ends = [end for spelling in _spellings(item) if (end := prefix_end(text, spelling)) is not None]
    if ends:
        return text[max(ends) :]
    return "" if solid(text) <= longest else text


def _spellings(item: Item) -> tuple[str, ...]:
    return (*item.options, *(variant for variant, _ in item.option_variants))


def _first_bracket(text: str) -> re.Match[str] | None:
    return _BRACKETED.search(text)


def _option_for(item: Item, value: str, text: str) -> tuple[str | None, bool]:
    """The form's option for a printed value, and whether its spelling is the form's own."""
    key = label_key(value)
    spellings = {label_key(option): option for option in item.options}
    spellings |= {label_key(variant): option for variant, option in item.option_variants}
    if key in spellings:
        return spellings[key], True
    # A body's print may word the whole list differently; then the place in the list tells.
    printed = [label_key(option) for option in printed_options(text)]
    if len(printed) == len(item.options) and printed.count(key) == 1:
        option = item.options[printed.index(key)]
        most = allowance(len(key)) + 1
        if distance(key, label_key(option), most) <= most:
            return option, False
    return None, False


def printed_options(text: str) -> list[str]:
    """The options of the printed list 「1) … 2) …」, in order."""
    mark = _LIST_MARK.search(text)
    parts = _NUMBERED.split(text[mark.end() :] if mark else text)
    return [re.split(r"[\[［]", part)[0].strip() for part in parts[1:]]


def is_choice_line(item: Item, line: str) -> bool:
    """Whether a line holds nothing but a choice: its brackets, its list of options, its count."""
    rest = _LIST_MARK.sub(" ", _COUNT.sub(" ", line))
    options = sorted(_spellings(item), key=len, reverse=True)
    if _BRACKETED.fullmatch(rest.strip()) or _NUMBERED.match(rest.strip()):
        return True
    for option in options:
        rest = rest.replace(option, " ")
    return re.fullmatch(rf"[\s\[\]［］()（）{TOKENS}]*", _NUMBERED.sub(" ", rest)) is not None


def read_count(text: str) -> str | None:
    """What stands in 「( ) 件」: "" where it is printed empty, None where it is not printed."""
    match = _COUNT.search(text)
    return match["number"].strip() if match else None


def after_options(item: Item, text: str) -> str:
    """What follows the printed list of options, which the list itself does not end."""
    last = label_key(item.options[-1]) if item.options else ""
    pieces = list(_NUMBERED.finditer(text))
    if not pieces or not last:
        return ""
    tail = text[pieces[-1].end() :]
    end = prefix_end(tail, item.options[-1])
    return tail[end:].strip() if end is not None else ""

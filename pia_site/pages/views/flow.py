"""情報の流れ: where the information comes from, what it is kept in, and to whom it goes, as boxes whose
places and line breaks are computed here, and as a table that says the same in full.

The figure is 360 units wide, so that it reads on a screen of 320 px without turning.
May import: documents, pages.routes, text, views.document, views.questions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pia_site.documents.answers import Answer, Checks, Choice, Names
from pia_site.documents.edition import Edition
from pia_site.forms import Kind
from pia_site.pages.routes import Page
from pia_site.pages.views.document import Document
from pia_site.pages.views.questions import answers_to
from pia_site.text.cleaning import collapse_spaces

WIDTH = 360
SHOWN = 440
"""Units across, and pixels across where there is room."""
FONT = 14
"""The size the breaks are computed for, which is also the theme's."""
_LINE, _PAD, _GAP = 20, 10, 30
_BESIDE = 134  # width of the box of contractors
_MANY = 7  # names in a box before 「ほかn件」
_LONG = 16  # characters from which a name is shown without its remark in brackets
_REMARK = re.compile(r"[（(].*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FlowName:
    """A name in the table, with a link to the item that gives it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class FlowRole:
    """A row of the table: what the names are to the information. `boxed` are the names as the figure
    shows them: without remarks, and one thing once however it is written."""

    label: str
    names: tuple[FlowName, ...]
    boxed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    x: int
    y: int
    words: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """`kind` is `source`, `file`, `contractor` or `recipient`."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A straight arrow; `head` are the points of its tip."""

    x1: int
    y1: int
    x2: int
    y2: int
    head: str
    entrusts: bool = False


@dataclass(frozen=True, slots=True)
class FlowView:
    title: str
    description: str
    width: int
    height: int
    font: int
    shown: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    roles: tuple[FlowRole, ...]


def flow_view(document: Document, page: Page) -> FlowView | None:
    """The figure of an edition; None where it names no file and no system."""
    edition = document.edition

    def role(label: str, found: Iterable[tuple[str, str]]) -> FlowRole:
        # Copies of a part repeat their contractors and sources; the first place stands for all.
        first: dict[str, str] = {}
        for words, address in found:
            first.setdefault(words, address)
        names = (FlowName(words, document.link(page, address)) for words, address in first.items())
        boxed = dict.fromkeys(_plain_name(document, words, address) for words, address in first.items())
        return FlowRole(label, tuple(names), tuple(boxed))

    sources = _sources(document, page)
    files = role(
        "特定個人情報ファイル", _names(edition, "files/特定個人情報ファイル名/特定個人情報ファイル名")
    )
    systems = role("システム", _names(edition, "システム/システムの名称"))
    contractors = role("委託先", _contractors(edition))
    provided = role("提供先", _names(edition, "提供先/名称"))
    transferred = role("移転先", _names(edition, "移転先/名称"))
    if not files.names and not systems.names:
        return None
    roles = tuple(one for one in (sources, files, systems, contractors, provided, transferred) if one.names)
    boxes, arrows, height = _layout(sources, (files, systems), contractors, (provided, transferred))
    return FlowView(
        title=f"{document.jimu_name}の情報の流れ",
        description="。".join(
            f"{one.label}: {'、'.join(one.boxed[:_MANY])}{_more(one, 'など')}" for one in roles
        ),
        width=WIDTH,
        height=height,
        font=FONT,
        shown=SHOWN,
        boxes=boxes,
        arrows=arrows,
        roles=roles,
    )


# --- what the items say ---


def _names(edition: Edition, ending: str) -> Iterable[tuple[str, str]]:
    for answer in answers_to(edition, ending):
        if isinstance(answer.value, Names):
            yield from (
                (collapse_spaces(name), answer.address) for name in answer.value.names if name.strip()
            )


def _plain_name(document: Document, words: str, address: str) -> str:
    """The registry's name of what is meant, else the words without a long remark in brackets."""
    for link in document.links.get(address, ()):
        if collapse_spaces(link.written) == words:
            return link.name
    plain = _REMARK.sub("", words).strip()
    return plain if plain and len(words) > _LONG else words


def _sources(document: Document, page: Page) -> FlowRole:
    """Ticked boxes of 入手元 with what stands in their parentheses, over all files; a box that no file
    has ticked but some leave undecided is 不明."""
    edition = document.edition
    where: dict[str, str] = {}
    fills: dict[str, dict[str, None]] = {}
    sure: set[str] = set()
    for answer in answers_to(edition, "特定個人情報の入手・使用/入手元"):
        for option, mark in answer.value.marks if isinstance(answer.value, Checks) else ():
            if mark is False:
                continue
            where.setdefault(option, answer.address)
            if words := _fill(edition, answer, option):
                fills.setdefault(option, {})[words] = None
            if mark:
                sure.add(option)
    names = []
    for option, address in where.items():
        inside = f"（{'、'.join(fills[option])}）" if option in fills else ""
        words = f"{option}{inside}{'' if option in sure else '（不明）'}"
        names.append(FlowName(words, document.link(page, address)))
    return FlowRole("入手元", tuple(names), tuple(name.words for name in names))


def _fill(edition: Edition, answer: Answer, option: str) -> str:
    for fill in answer.item.fills:
        if fill.fill_of == option and fill.kind is not Kind.COUNT:
            address = answer.address.removesuffix(answer.item.step) + fill.step
            filled = edition.answers.get(address)
            return collapse_spaces(filled.as_text()) if filled and filled.value else ""
    return ""


def _contractors(edition: Edition) -> Iterable[tuple[str, str]]:
    """The companies, or the words that nothing is entrusted."""
    found = list(_names(edition, "委託事項/委託先名"))
    for answer in () if found else answers_to(edition, "取扱いの委託/委託の有無"):
        if isinstance(answer.value, Choice) and answer.value.option is not None:
            found.append((answer.value.option, answer.address))
    return found


# --- where it stands ---


def _layout(
    sources: FlowRole, kept: tuple[FlowRole, ...], contractors: FlowRole, recipients: tuple[FlowRole, ...]
) -> tuple[tuple[Box, ...], tuple[Arrow, ...], int]:
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    y = 1
    centre = (WIDTH - _BESIDE - _GAP) // 2 if contractors.names else WIDTH // 2
    if sources.names:
        boxes.append(_box("source", 1, y, WIDTH - 2, (sources,)))
        y = boxes[-1].y + boxes[-1].height
        arrows.append(_down(centre, y, y + _GAP))
        y += _GAP
    width = WIDTH - _BESIDE - _GAP if contractors.names else WIDTH - 2
    main = _box("file", 1, y, width, kept)
    if contractors.names:
        beside = _box("contractor", WIDTH - _BESIDE, y, _BESIDE - 1, (contractors,))
        height = max(main.height, beside.height)
        main = Box(main.kind, main.x, main.y, main.width, height, main.lines)
        middle = y + min(beside.height, height) // 2
        arrows.append(_right(main.x + main.width, beside.x, middle))
        boxes += [main, beside]
    else:
        boxes.append(main)
    y += main.height
    if any(role.names for role in recipients):
        arrows.append(_down(centre, y, y + _GAP))
        boxes.append(_box("recipient", 1, y + _GAP, WIDTH - 2, recipients))
        y = boxes[-1].y + boxes[-1].height
    return tuple(boxes), tuple(arrows), y + 1


def _box(kind: str, x: int, y: int, width: int, roles: tuple[FlowRole, ...]) -> Box:
    lines: list[Line] = []
    at = y + _PAD + FONT
    for role in roles:
        if not role.names:
            continue
        entries = list(role.boxed[:_MANY])
        entries += [more] if (more := _more(role)) else []
        for text, heading in ((role.label, True), *((f"・{entry}", False) for entry in entries)):
            for broken in break_lines(text, (width - 2 * _PAD) / FONT):
                lines.append(Line(x + _PAD, at, broken, heading))
                at += _LINE
        at += 4
    return Box(kind, x, y, width, at - 4 - _LINE + _PAD - y + 4, tuple(lines))


def _more(role: FlowRole, words: str = "") -> str:
    count = len(role.boxed) - _MANY
    return f"{words}ほか{count}件" if count > 0 else ""


def _down(x: int, y1: int, y2: int) -> Arrow:
    return Arrow(x, y1 + 3, x, y2 - 9, f"{x},{y2 - 2} {x - 6},{y2 - 10} {x + 6},{y2 - 10}")


def _right(x1: int, x2: int, y: int) -> Arrow:
    return Arrow(x1 + 3, y, x2 - 9, y, f"{x2 - 2},{y} {x2 - 10},{y - 6} {x2 - 10},{y + 6}", entrusts=True)


# --- line breaking ---

_TOKEN = re.compile(r"[!-~]+|.", re.DOTALL)
_NOT_LAST = "（(「『【〔["
_NOT_FIRST = "、。，．）」』】〕)]ー・々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


def break_lines(text: str, width: float) -> list[str]:
    """Break into lines of at most `width` full-width characters; a closing mark may hang over by one.

    A Latin word is kept whole where it fits on a line of its own. The second and later lines of a
    bulleted text are not indented: space is short.
    """
    lines = [""]
    for token in _TOKEN.findall(text):
        pieces = [token] if _width(token) <= width else list(token)
        for piece in pieces:
            fits = _width(lines[-1]) + _width(piece) <= width
            hangs = piece in _NOT_FIRST and _width(lines[-1]) <= width
            if lines[-1] and not fits and not hangs:
                opening = lines[-1][-1:] if lines[-1][-1:] in _NOT_LAST and len(lines[-1]) > 1 else ""
                lines[-1] = lines[-1].removesuffix(opening)
                lines.append(opening)
            lines[-1] += piece
    return [line.strip() for line in lines if line.strip()] or [""]


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)

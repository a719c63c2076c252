"""From printed lines to the lines that were meant: those that only the width of a cell broke are one again.

All lengths are points. May import: printed_lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pia_site.sources.readers.printed_lines import NEVER_FIRST, Line

_DEEPEST_PADDING = 0.7
_SLACK = 0.2
_INDENT = 0.8
_NARROW = 6
"""How wide a cell with an upright heading is at most, in em."""
_PITCH = 2.3
"""Lines farther apart than this, in em, do not go on in each other."""

_BOX = re.compile(r"[\[［]")
_SIGN = r"[・･•▪▶▷►✓✔➢]|([○〇◯●◎◇◆■□△▲▽▼☆★])(?!\1|[年月日][○〇◯度間分以])"
_NUMBER = (
    r"※[0-9０-９]*(?![0-9０-９])|[①-⑳㉑-㉟❶-❿]|[（(](?:[0-9０-９]{1,2}|[一二三四五六七八九十ア-ンｱ-ﾝa-zａ-ｚⅰ-ⅹ])[)）]"
    r"|[0-9０-９]{1,2}(?:[)）]|[．.](?![0-9０-９]))|[ア-ンｱ-ﾝA-Za-zＡ-Ｚａ-ｚⅠ-Ⅻ][)）．.]"
)
_SPOKEN_OF = (
    "[、，,～~・を項号条欄）)」]|[がでとにのはへや](?![ぁ-ん])|では|には|によ|にお|につ|とし|との|のうち|のいずれ|のみ"
    "|への|から|まで|より|及び|又は|並びに|若しくは"
)
_BULLET = re.compile(rf"(?:{_SIGN}|(?:{_NUMBER})(?!\s*(?:{_SPOKEN_OF})))\s*\S")
"""What begins a line of its own. 「①及び②」 and 「（1）に」 in a sentence speak of a number, 「○○市」 stands for a name."""
_BEGINS_ANEW = re.compile(rf"{_SIGN}|{_NUMBER}|[○●■＜<【]|[0-9０-９]{{1,2}}、")
"""What begins a line where a sentence has ended."""
_ENDS = re.compile(r"[。．）)」】：:]\Z")
_LABEL_NUMBER = re.compile(r"[①-⑳]|[（(]?[0-9０-９]{1,2}[)）．.]?")


@dataclass(frozen=True, slots=True)
class Meant:
    """A line as it was written, and the printed lines it takes."""

    text: str
    lines: tuple[Line, ...]


def meant_lines(lines: Sequence[Line], limit: float) -> list[Meant]:
    """Printed lines as they were written; `limit` is as far as one of them could have reached."""
    if is_upright(lines, limit):
        return [Meant("".join(line.text for line in lines), tuple(lines))]
    meant: list[Meant] = []
    for line in lines:
        before = meant[-1].lines[-1] if meant else line
        if meant and (_is_open(meant[-1].text) or _goes_on(meant[-1].text, before, line, limit)):
            between = " " if _is_letter(before.text[-1]) and _is_letter(line.text[0]) else ""
            meant[-1] = Meant(meant[-1].text + between + line.text, (*meant[-1].lines, line))
        else:
            meant.append(Meant(line.text, (line,)))
    return meant


def is_upright(lines: Sequence[Line], limit: float) -> bool:
    """Whether a heading stands in a narrow cell with one character a line, perhaps below its number."""
    if len(lines) < 2 or limit - lines[0].x > _NARROW * lines[0].size:
        return False
    first, *rest = (line.text for line in lines)
    letters = rest if _LABEL_NUMBER.fullmatch(first) else [first, *rest]
    return all(len(one) == 1 and (one.isalpha() or one in "・･／＆") for one in letters)


def _is_open(text: str) -> bool:
    """Whether a line of boxes ends within the parenthesis of one, which a narrower cell may break."""
    return starts_with_box(text) and _is_within(text)


def _is_within(text: str) -> bool:
    """Whether a text ends within a parenthesis."""
    return text.count("(") + text.count("（") > text.count(")") + text.count("）")


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def starts_with_box(text: str) -> bool:
    """「[ ○ ] …」, or a choice in brackets."""
    return _BOX.match(text) is not None


def is_full(before: Line, line: Line, limit: float) -> bool:
    """Whether the beginning of a line did not fit on the line before."""
    return before.end + line.opening > limit - _SLACK * line.size


def ends_sentence(line: Line) -> bool:
    return _ENDS.search(line.text) is not None


def begins_with_bullet(line: Line) -> bool:
    return _BULLET.match(line.text) is not None


def _goes_on(text: str, before: Line, line: Line, limit: float) -> bool:
    """Whether a line, the last of `text`, ended only because the next word did not fit.

    A paragraph whose last line is full by chance, and which a line follows that begins like any other, cannot be told
    from one that goes on.
    """
    if line.text == "※":
        return True  # what the form says of its label
    if not is_full(before, line, limit) or starts_with_box(line.text):
        return False
    if abs(before.size - line.size) > 0.2 * line.size:
        return False
    if before.page == line.page and line.y - before.y > _PITCH * line.size:
        return False
    if begins_with_bullet(line) and (line.text[0] in NEVER_FIRST or not _is_within(text)):
        return False
    if ends_sentence(before):
        return line.x - before.x <= _INDENT * line.size and not _BEGINS_ANEW.match(line.text)
    return True


def inner_limit(lines: Sequence[Line], left: float, right: float) -> float:
    """How far a line can reach in a cell that pads both sides alike."""
    padding = min((line.x for line in lines), default=left) - left
    size = max((line.size for line in lines), default=0.0)
    return right - max(0.0, min(padding, _DEEPEST_PADDING * size))

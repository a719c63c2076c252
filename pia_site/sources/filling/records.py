"""The annex of recorded fields (記録項目): which files a list is for, its headings, its fields one by one.

Bodies write the same list as bullets, as rows of a table, with numbers or with commas.
May import: extract, gathered, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pia_site.sources.extract import Block, Shape, less, shown
from pia_site.sources.filling.gathered import Ledger
from pia_site.text.cleaning import matching_key

_FILE_NUMBER = re.compile(r"[(（]\s*\d{1,2}\s*[)）]\s*")
_NUMBERED_FILE = re.compile(rf"{_FILE_NUMBER.pattern}\S.{{0,60}}ファイル")
_BRACKETS = {
    "<": ">",
    "＜": "＞",
    "‹": "›",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
    "[": "]",
    "(": ")",
    "（": "）",
    "≪": "≫",
}
_SIGNED = re.compile(r"(?P<sign>[◆■●◎◇□▼▽])\s*(?P<words>\S.{0,60})")
_COUNTED = re.compile(r"(?P<n>\d{1,3})\s+(?P<words>\S.{0,40})")
_NUMBER = re.compile(r"(?<![0-9０-９.．])(?P<n>[0-9０-９]{1,4})\s*[.．]\s*(?![0-9０-９])")
_SEPARATORS = "、,，"
_LONGEST_FIELD = 60
"""Longer than any name of a field; what is longer and has no separator is prose."""


@dataclass(slots=True)
class FieldGroup:
    heading: str | None
    fields: list[str] = field(default_factory=list)


class RecordList:
    """One printed list. Lines are taken in the order of the source; `finish` ends the last one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.groups: list[FieldGroup] = []
        self.files: tuple[str, ...] = ()
        self.lines: list[int] = []
        self._levels: list[tuple[str, str]] = []
        self._unused = False
        self._note: int | None = None
        self._wrapped: list[tuple[Block, str]] = []
        self._last = ""
        self._last_number = 0

    def starts_file(self, block: Block, files: Iterable[str]) -> bool:
        """Whether this heads the list of another file, after a list has begun."""
        started = any(group.fields for group in self.groups) or bool(self._wrapped)
        return started and _files_named(block, files) is not None

    def add(self, block: Block, files: Iterable[str]) -> None:
        named = _files_named(block, files)
        if named is not None:
            self._end_wrapped()
            self.files, self._note = (*self.files, *named), None
            self._place(block, block.text)
            return
        if block.is_row:
            self._end_wrapped()
            self._row(block)
            return
        text = block.text
        if self._wrapped and text == self._last:  # the last line of a page, repeated on the next
            self._ledger.repeat(block, text)
            return
        self._last = text
        for line in block.cells[0]:
            self._line(line, block)

    def finish(self) -> None:
        self._end_wrapped()
        self._keep_heading()

    def _row(self, block: Block) -> None:
        cells = [shown(" ".join(cell)) for cell in block.cells if cell]
        if len(cells) == 1 and (heading := _heading(cells[0])):
            self._head(*heading, block, block.text)
        else:
            self._note = None
            self._add_fields(cells, block, block.text)

    def _line(self, printed: str, block: Block) -> None:
        line = shown(printed)
        if self._wrapped and block.first > self._wrapped[-1][0].last + 1 and not self._runs_on(line):
            self._end_wrapped()
        if heading := _heading(line):
            self._end_wrapped()
            self._head(*heading, block, printed)
        elif line.startswith(("※", "＊", "*")) or (self._note is not None and block.first <= self._note + 1):
            # A remark, with its further lines.
            self._end_wrapped()
            self._note = block.last
            self._ledger.leave(block, printed)
        elif line.startswith("・"):
            self._end_wrapped()
            self._add_fields(_outside_parentheses(line, "・"), block, printed)
        elif self._wrapped or _is_numbered(line):
            self._wrapped.append((block, printed))
        else:
            fields = _outside_parentheses(line, _SEPARATORS)
            if len(fields) == 1 and len(line) > _LONGEST_FIELD:
                self._ledger.leave(block, printed)
            else:
                self._add_fields(fields, block, printed)

    def _runs_on(self, line: str) -> bool:
        """Whether the numbers of a line follow the last one, over the end of a page."""
        numbers = [
            int(match["n"]) for _, printed in self._wrapped for match in _NUMBER.finditer(shown(printed))
        ]
        following = _NUMBER.search(line)
        return bool(numbers) and following is not None and int(following["n"]) == numbers[-1] + 1

    def _end_wrapped(self) -> None:
        """Numbered fields run on over lines; their numbers, not the lines, tell them apart."""
        wrapped, self._wrapped = self._wrapped, []
        if not wrapped:
            return
        before, fields = _numbered("".join(shown(printed) for _, printed in wrapped))
        (first, printed), *others = wrapped
        left = [before] if before else []
        while before and fields and fields[0].number <= self._last_number and fields[0].printed in printed:
            # Two pages show the same end of a list, read in two ways: the first is kept, both are seen.
            left.append(fields.pop(0).printed)
        for words in left:
            self._ledger.leave(first, words)
        self._last_number = fields[-1].number if fields else 0
        self._add_fields([one.words for one in fields], first, less(printed, "".join(left)))
        for block, more in others:
            self._place(block, more)

    def _place(self, block: Block, printed: str) -> None:
        self._ledger.place(block, printed)
        self.lines += block.lines

    def _head(self, style: str, words: str, block: Block, printed: str) -> None:
        self._note = None
        styles = [known for known, _ in self._levels]
        if style in styles:
            self._keep_heading()
            del self._levels[styles.index(style) :]
        self._levels.append((style, words))
        self._unused = True
        self._place(block, printed)

    def _keep_heading(self) -> None:
        if self._unused:
            self.groups.append(FieldGroup(self._heading()))
            self._unused = False

    def _heading(self) -> str | None:
        return " ".join(words for _, words in self._levels) or None

    def _add_fields(self, fields: Iterable[str], block: Block, printed: str) -> None:
        cleaned = [one for one in (f.strip(f" 　{_SEPARATORS}。") for f in fields) if one]
        if not cleaned:
            self._ledger.form(block, printed)
            return
        if self._unused or not self.groups:
            self.groups.append(FieldGroup(self._heading()))
            self._unused = False
        self.groups[-1].fields += cleaned
        self._place(block, printed)


def file_names(names: Iterable[str]) -> list[str]:
    """Single names of files out of what the items of that name say: 「(1) 甲ファイル (2) 乙ファイル」."""
    found = []
    for name in names:
        for part in _FILE_NUMBER.split(name):
            found += [one.strip() for one in re.split(f"[{_SEPARATORS}]", part)]
    return [name for name in found if len(name) >= 2]


def _files_named(block: Block, files: Iterable[str]) -> tuple[str, ...] | None:
    text = shown(block.text).strip()
    if block.shape is Shape.RULE or len(text) > 120 or sum(map(bool, block.cells)) != 1:
        return None
    if _NUMBERED_FILE.fullmatch(text):
        return (_FILE_NUMBER.sub("", text, count=1),)
    known = {matching_key(name) for name in file_names(files)}
    names = file_names([_unbracketed(text)])
    return tuple(names) if names and all(matching_key(name) in known for name in names) else None


def _unbracketed(text: str) -> str:
    closing = _BRACKETS.get(text[:1])
    if closing and text.endswith(closing) and not _FILE_NUMBER.match(text):
        return text[1:-1]
    return text.lstrip("◆■●◎◇□▼▽ ")


def _heading(text: str) -> tuple[str, str] | None:
    """The style and the words of a heading within a list."""
    closing = _BRACKETS.get(text[:1])
    if closing and text.endswith(closing) and closing not in text[:-1] and len(text) <= 80:
        return text[0], text[1:-1].strip()
    if signed := _SIGNED.fullmatch(text):
        return signed["sign"], signed["words"]
    counted = _COUNTED.fullmatch(text)
    if counted and not any(char in text for char in _SEPARATORS):
        return "1", counted["words"]
    return None


def _is_numbered(line: str) -> bool:
    numbers = [match["n"] for match in _NUMBER.finditer(line)]
    return len(numbers) > 1 or (len(numbers) == 1 and _NUMBER.match(line) is not None)


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    printed: str
    """With its number."""
    words: str


def _numbered(text: str) -> tuple[str, list[_Numbered]]:
    """「1.甲、2.乙3.丙」 → what stands before the first number, and the fields."""
    cuts: list[re.Match[str]] = []
    expected: int | None = None
    matches = list(_NUMBER.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        number = int(match["n"])
        before = text[: match.start()].rstrip()
        # A number that the next one follows is one of the list, also where no separator stands before it.
        counts_on = following is not None and int(following["n"]) == number + 1
        if expected is None or number == expected or counts_on or not before or before[-1] in _SEPARATORS:
            cuts.append(match)
            expected = number + 1
    if not cuts:
        return "", [_Numbered(0, text, text)]
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    fields = [
        _Numbered(int(cut["n"]), text[cut.start() : end], text[cut.end() : end])
        for cut, end in zip(cuts, ends, strict=True)
    ]
    return text[: cuts[0].start()].strip(), fields


def _outside_parentheses(text: str, separators: str) -> list[str]:
    parts, depth = [""], 0
    for char in text:
        depth += (char in "(（") - (char in ")）")
        if char in separators and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts

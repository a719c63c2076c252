"""The body's own annexes (別紙, 別添 that the form does not have): headings, entries, and those that are missing.

An entry is a row of a table or a line, as the annex prints it; the cells of a row are parted by a wide space.
May import: annex_pages, extract, gathered, raw_text, documents, forms, text, problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pia_site.documents.answers import Answer
from pia_site.documents.edition import Annex
from pia_site.forms import Form
from pia_site.problems import Location, Problem, problem
from pia_site.sources.extract import Block, Shape, less, shown
from pia_site.sources.filling.annex_pages import CELLS, is_numbered, read_pages
from pia_site.sources.filling.gathered import Ledger
from pia_site.sources.readers.raw_text import Chunk, Line
from pia_site.text.cleaning import fold_width, matching_key

_NUMBER = r"(?:第\s*)?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])(?:[-－‐][0-9０-９]{1,2})?"
_HEADING = re.compile(
    rf"(?P<open>[(（【\[［〔<＜《]?)\s*(?P<name>別\s*[添紙]\s*(?:{_NUMBER})?)(?:\s*(?P<close>[)）】\]］〕>＞》]))?"
    r"(?P<gap>[\s　:：]*)(?P<title>.{0,60})"
)
_MENTION = re.compile(r"参照|とおり|通り|による|より|記載|添付|。")
_REFERENCE = re.compile(
    rf"別\s*[添紙](?!\s*様式)(?:\s*(?P<first>{_NUMBER})(?:\s*(?P<join>[～〜~、,・]|及び|から)\s*(?:別\s*[添紙]\s*)?"
    rf"(?P<last>{_NUMBER}))?)?"
)
_KANJI = {char: str(number) for number, char in enumerate("一二三四五六七八九十", start=1)}


def own_annex_heading(text: str) -> tuple[str, str] | None:
    """Name and title of the annex that a line heads: 「（別紙1） 見本の一覧」; None where it heads none.

    Whether the form has an annex of that name is not looked at: 様式3's own ones are found as its parts.
    """
    match = _HEADING.fullmatch(text.strip())
    if match is None or bool(match["open"]) != bool(match["close"]) or _MENTION.search(match["title"]):
        return None
    if match["title"] and not match["gap"] and not match["close"]:
        return None
    return "".join(match["name"].split()), re.sub(r"[\s※＊]+\Z", "", match["title"])


@dataclass(slots=True)
class _Row:
    text: str
    blocks: list[Block]


@dataclass(slots=True)
class _Open:
    name: str
    title: str
    rows: list[_Row] = field(default_factory=list)
    pages: list[list[Chunk]] = field(default_factory=list)


class OwnAnnexes:
    """Takes what stands below the heading of an annex of the body's own, up to the next or the end."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._annexes: list[_Open] = []
        self.is_open = False
        """Whether what comes next belongs to an annex."""

    def close(self) -> None:
        """A heading of the form ends an annex."""
        self.is_open = False

    def add(self, block: Block) -> bool:
        """Take a block of a source whose tables survived; False where no annex is open.

        An annex begins with a line: a row that names one is an answer that refers to it.
        """
        cells = [shown(" ".join(cell)) for cell in block.cells]
        said = [cell for cell in cells if cell]
        if len(said) == 1 and (self.is_open or not block.is_row) and self._begins(said[0], block):
            return True
        if not self.is_open or not said:
            return self.is_open
        rows, text = self._annexes[-1].rows, CELLS.join(said)
        if block.is_row and not cells[0] and rows:
            # Further cells of a row whose first cell spans several.
            rows[-1].text += CELLS + text
            rows[-1].blocks.append(block)
        elif rows and rows[0].text == text:
            self._ledger.repeat(block, block.text)  # the head of a table, on its next page
        else:
            rows.append(_Row(text, [block]))
        return True

    def add_page(self, chunks: Sequence[Chunk]) -> None:
        """Take a page of scrambled text, below or with the first heading. A heading may stand anywhere on it."""
        kept: list[Chunk] = []
        for chunk in chunks:
            lines: list[Line] = []
            for line in chunk:
                block = Block(line.number, line.number, Shape.LINE, ((line.text,),))
                if not self._begins(line.text, block):
                    lines.append(line)
            kept.append(tuple(lines))
        self._annexes[-1].pages.append([chunk for chunk in kept if chunk])

    def finish(self) -> tuple[Annex, ...]:
        """Every annex in the order of the source, addresses annex1 …"""
        found = []
        for count, one in enumerate(self._annexes, start=1):
            entries = [row.text for row in self._without_head(one.rows)]
            entries += read_pages(one.pages, self._ledger)
            found.append(Annex(f"annex{count}", one.name, one.title, None, tuple(entries)))
        return tuple(found)

    def _begins(self, text: str, block: Block) -> bool:
        heading = own_annex_heading(text)
        if heading is None:
            return False
        name, title = heading
        self.is_open = True
        if self._annexes and _key(self._annexes[-1].name) == _key(name):
            self._ledger.repeat(block, block.text)  # the heading, on the next page
            return True
        self._annexes.append(_Open(name, title))
        self._ledger.place(block, name, title)
        self._ledger.form(block, less(block.text, name + title))
        return True

    def _without_head(self, rows: list[_Row]) -> list[_Row]:
        """A table whose rows are numbered begins with the names of its columns."""
        head = len(rows) > 1 and is_numbered(rows[1].text) and not is_numbered(rows[0].text)
        for index, row in enumerate(rows):
            for block in row.blocks:
                (self._ledger.form if head and index == 0 else self._ledger.place)(block, block.text)
        return rows[head:]


# --- annexes that are referred to and not there ---


@dataclass(frozen=True, slots=True)
class MissingAnnex:
    """An annex that answers refer to, and that the source does not hold."""

    name: str
    addresses: tuple[str, ...]


def missing_annexes(
    answers: Mapping[str, Answer], annexes: Iterable[Annex], form: Form
) -> tuple[MissingAnnex, ...]:
    """Every 別紙 and 別添 that answers refer to and that is neither the form's nor among `annexes`."""
    present = {_key(annex.name) for annex in annexes}
    known = present | {_key(part.printed) for part in form.parts}
    missing: dict[str, tuple[str, list[str]]] = {}
    for address, answer in answers.items():
        for name in dict.fromkeys(_referred(answer.as_text())):
            key = _key(name)
            unnumbered = key in ("別紙", "別添") and any(one.startswith(key) for one in present)
            if key not in known and not unnumbered:
                missing.setdefault(key, (name, []))[1].append(address)
    return tuple(MissingAnnex(name, tuple(places)) for name, places in missing.values())


def missing_annex_problems(
    answers: Mapping[str, Answer], annexes: Iterable[Annex], form: Form
) -> list[Problem]:
    """One problem for each missing annex, with the places that refer to it."""
    return [
        problem(
            "I015",
            Location(None, None, one.addresses[0]),
            name=one.name,
            addresses="、".join(one.addresses[:5]) + ("など" if len(one.addresses) > 5 else ""),
        )
        for one in missing_annexes(answers, annexes, form)
    ]


def _referred(text: str) -> Iterable[str]:
    """「別紙1～3を参照」 → 別紙1, 別紙2, 別紙3."""
    for match in _REFERENCE.finditer(text):
        kind = re.sub(r"\s", "", match[0])[:2]
        first, last = match["first"], match["last"]
        if first is None:
            yield kind
            continue
        ends = [_plain(number) for number in (first, last) if number]
        if match["join"] in ("～", "〜", "~", "から") and all(end.isdigit() for end in ends):
            yield from (f"{kind}{number}" for number in range(int(ends[0]), int(ends[-1]) + 1))
        else:
            yield from (f"{kind}{number}" for number in ends)


def _plain(number: str) -> str:
    """第３ → 3, 二 → 2."""
    folded = fold_width("".join(number.split())).removeprefix("第")
    return _KANJI.get(folded, folded)


def _key(name: str) -> str:
    kind = "".join(name.split())
    return matching_key(kind[:2]) + _plain(kind[2:])

"""Recognising the form's own words in a damaged source: parts, sections, groups, blocks, item labels.

What is compared is the form definition, never one document's layout. A spelling matches exactly (width,
white space, radicals, Thai letters and ※ put aside) or, for labels long enough to be told apart, with a few
characters changed, lost or added. May import: forms, text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property, lru_cache

from pia_site.forms import Block, Form, Group, Item, Node, Part, Section
from pia_site.text.cleaning import matching_key, repair_damage
from pia_site.text.numbering import strip_item_number

_STAR_TAIL = re.compile(r"\s*[※＊*]\s*(?:[(（].*)?[：:\s]*\Z", re.DOTALL)
_END = re.compile(r"[\s：:]+\Z")
_RISK = "リスク"
_ANNEX = "別添"


class Rank(IntEnum):
    """How well a text matches a label, best first."""

    EXACT = 0
    UNNUMBERED = 1
    """The words are the label's, its number was lost."""
    SIMILAR = 2
    RENUMBERED = 3
    """The words are the label's under another number."""
    SIMILAR_UNNUMBERED = 4


@lru_cache(maxsize=16384)
def split_label(text: str) -> tuple[str | None, str]:
    """The printed number of a label and the key its words are compared by."""
    number, words = strip_item_number(repair_damage(text))
    return number, label_key(words)


@lru_cache(maxsize=16384)
def label_key(words: str) -> str:
    return matching_key(_END.sub("", _STAR_TAIL.sub("", words)))


def is_undamaged(printed: str, number: str | None, *labels: str) -> bool:
    """Whether a print of a heading or label is the form's own, width, white space and ※ put aside."""
    found, words = strip_item_number(printed)
    return (
        repair_damage(printed) == printed
        and found == number
        and label_key(words) in {label_key(label) for label in labels}
    )


def allowance(length: int) -> int:
    """How many characters a label of this length may differ by and still be the same label."""
    return 0 if length < 6 else 1 if length < 12 else 2 if length < 20 else 3


def distance(left: str, right: str, most: int) -> int:
    """Levenshtein distance, or `most + 1` where it is larger than `most`."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        above, row = row, [i]
        for j, b in enumerate(right, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def similar(left: str, right: str) -> bool:
    most = allowance(max(len(left), len(right)))
    return left == right or (most > 0 and distance(left, right, most) <= most)


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    return matching_key(char)


@lru_cache(maxsize=4096)
def _folded(label: str) -> str:
    return "".join(fold_char(char) for char in label)


def prefix_end(text: str, label: str) -> int | None:
    """Where in `text` the wording of `label` ends, if `text` begins with it in any spelling."""
    wanted = _folded(label)
    done = 0
    for position, char in enumerate(text):
        if done == len(wanted):
            return position
        folded = fold_char(char)
        if not wanted.startswith(folded, done):
            return None
        done += len(folded)
    return len(text) if done == len(wanted) else None


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A node of a part in printed order, with what encloses it (outermost first)."""

    order: int
    section: Section
    node: Node
    path: tuple[Block | Group, ...]
    parent: Item | None = None
    group: Group | None = None
    """The repeating group it lies in: the one in its path."""

    @property
    def item(self) -> Item:
        assert isinstance(self.node, Item)
        return self.node


@dataclass(frozen=True, slots=True)
class Found:
    """An entry whose label the text is (or begins with: `rest` is what follows)."""

    entry: Entry
    rank: Rank
    rest: str = ""


class Outline:
    """One part of a form, flattened into printed order and indexed by its labels."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.entries: tuple[Entry, ...] = tuple(self._flatten())
        self._by_key: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if isinstance(entry.node, Item) and entry.node.label and entry.node.step:
                for label in (entry.node.label, *entry.node.label_variants):
                    self._by_key.setdefault(label_key(label), []).append(entry)

    def _flatten(self) -> Iterator[Entry]:
        found: list[Entry] = []

        def add(
            nodes: Iterable[Node], section: Section, path: tuple[Block | Group, ...], parent: Item | None
        ) -> None:
            for node in nodes:
                if isinstance(node, Item) and node.fill_of is not None:
                    continue
                group = next((one for one in path if isinstance(one, Group)), None)
                found.append(Entry(len(found), section, node, path, parent, group))
                if isinstance(node, Item):
                    add(node.items, section, path, node)
                else:
                    add(node.nodes, section, (*path, node), None)

        for section in self.part.sections:
            add(section.nodes, section, (), None)
        return iter(found)

    @cached_property
    def items(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if isinstance(entry.node, Item))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return tuple(entry.node for entry in self.entries if isinstance(entry.node, Group))

    def of_section(self, section: Section) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.section is section)

    @cached_property
    def _items_by_section(self) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = {}
        for entry in self.items:
            found.setdefault(id(entry.section), []).append(entry)
        return found

    def items_of(self, section: Section | None) -> list[Entry]:
        """The items of a section, in printed order."""
        return self._items_by_section.get(id(section), [])

    def first_item(self, section: Section) -> Entry | None:
        return next((entry for entry in self.of_section(section) if isinstance(entry.node, Item)), None)

    def section_of(self, group: Group) -> Section:
        return next(entry.section for entry in self.entries if entry.node is group)

    # --- headings ---

    def section(self, text: str) -> Section | None:
        """The section whose heading the text is: its number and its title."""
        number, key = split_label(text)
        if number is None or not number.isdigit() or not key:
            return None
        for section in self.part.sections:
            if section.number == number and section.title and similar(key, label_key(section.title)):
                return section
        return None

    def member(self, text: str) -> tuple[Group, int, str] | None:
        """「委託事項2 …」: the group, the number, and what follows the number."""
        for group in self.groups:
            match = _member_pattern(group.label).fullmatch(text)
            if match:
                return group, int(match["n"]), match["rest"].strip()
        return None

    def members_range(self, text: str) -> Group | None:
        """「システム2～5」: the heading over a further sheet of members, empty by itself."""
        for group in self.groups:
            if _range_pattern(group.label).fullmatch(text):
                return group
        return None

    def blocks(self, text: str) -> list[Found]:
        """Every block that the text heads: a risk by number and title, a row heading by its label."""
        number, key = split_label(text)
        found = []
        for entry in self.entries:
            block = entry.node
            if not isinstance(block, Block):
                continue
            rank = _block_rank(block, number, key)
            if rank is not None:
                found.append(Found(entry, rank))
        return found

    # --- item labels ---

    def whole(self, text: str) -> list[Found]:
        """Every item whose label the whole text is, best matches only."""
        number, key = split_label(text)
        if not key:
            return []
        exact = [
            Found(entry, rank)
            for entry in self._by_key.get(key, ())
            if (rank := _number_rank(number, entry.item.number)) is not None
        ]
        return exact or self._similar(number, key)

    def _similar(self, number: str | None, key: str) -> list[Found]:
        best: list[Found] = []
        nearest = allowance(len(key)) + 1
        for known, entries in self._by_key.items():
            most = min(allowance(len(key)), allowance(len(known)), nearest)
            if most == 0:
                continue
            far = distance(key, known, most)
            if far > most:
                continue
            found = [
                Found(entry, Rank.SIMILAR if entry.item.number == number else Rank.SIMILAR_UNNUMBERED)
                for entry in entries
                if number is None or number == entry.item.number
            ]
            if far < nearest:
                best, nearest = found, far
            else:
                best += found
        # Two different labels equally near: the text is neither.
        return best if len({label_key(found.entry.item.label) for found in best}) == 1 else []

    def leading(self, text: str, among: Iterable[Entry]) -> list[Found]:
        """Every item of `among` whose label the text begins with, the longest labels only."""
        number, words = strip_item_number(repair_damage(text))
        found: list[Found] = []
        longest = 0
        for entry in among:
            if not isinstance(entry.node, Item) or not entry.item.step:
                continue
            rank = _number_rank(number, entry.item.number)
            if rank is None or rank is Rank.RENUMBERED:
                continue
            end = prefix_end(words, entry.item.label)
            if end is None or not re.match(r"[\s※＊：:\[［(（]|\Z", words[end:]):
                continue
            rest = re.sub(r"\A[\s※＊：:]+", "", words[end:])
            length = len(entry.item.label)
            if length > longest:
                found, longest = [], length
            if length == longest:
                found.append(Found(entry, rank, rest))
        return found


def _number_rank(printed: str | None, number: str | None) -> Rank | None:
    if printed == number:
        return Rank.EXACT
    if printed is None:
        return Rank.UNNUMBERED
    return Rank.RENUMBERED if number is not None and _is_circled(printed) else None


def _is_circled(number: str) -> bool:
    return len(number) == 1 and not number.isascii()


def _block_rank(block: Block, number: str | None, key: str) -> Rank | None:
    if not block.titles:
        words = label_key(block.label)
        if key != words:
            return None
        return _number_rank(number, block.number) if number else Rank.EXACT
    titles = [label_key(title) for title in block.titles]
    if number is not None and number.startswith(_RISK):
        if number != block.label:
            return None
        if key in titles:
            return Rank.EXACT
        return Rank.SIMILAR if _like_any(key, titles) else Rank.SIMILAR_UNNUMBERED
    # 様式4 Ⅲ4 prints five titles over one body, without a number.
    if number is None and (
        key in titles or "".join(titles) == key or (titles[0] and key.startswith(titles[0]))
    ):
        return Rank.EXACT
    return None


def _like_any(key: str, titles: list[str]) -> bool:
    return any(distance(key, title, len(title) // 4) <= len(title) // 4 for title in titles)


@cache
def _member_pattern(label: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(label)}\s*(?P<n>\d{{1,3}})(?P<rest>(?:[\s　：:]+.*)?)", re.DOTALL)


@cache
def _range_pattern(label: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(label)}\s*\d{{1,3}}\s*[～〜~－\-ー―]\s*\d{{1,3}}")


@cache
def outlines(form: Form) -> dict[str, Outline]:
    """The outline of every part, by part step."""
    return {part.step: Outline(part) for part in form.parts}


def find_part(form: Form, text: str) -> Part | None:
    """The part whose heading the text is: 「Ⅱ 特定個人情報ファイルの概要」, 「(別添1) …」."""
    number, words = strip_item_number(repair_damage(text))
    if number is None or number.isdigit():
        return None
    key = label_key(words)
    titled = [part for part in form.parts if part.title and similar(key, label_key(part.title))]
    same = [part for part in titled if part.printed == number]
    if same:
        return same[0]
    # The number may be damaged or of another revision, the kind of number is not.
    annexes = [part for part in titled if part.printed.startswith(_ANNEX)]
    return annexes[0] if number.startswith(_ANNEX) and annexes and len(key) >= 4 else None

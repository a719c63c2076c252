"""One YAML value → one `Answer`: the grammar of a single item, by kind.

Also the small vocabulary of reading (unknown keys, lists, texts) that the edition reader builds on.
May import: answers, keys, forms, text, problems.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pia_site.documents import keys
from pia_site.documents.answers import (
    Answer,
    Checks,
    Choice,
    CitedLaw,
    Count,
    Date,
    Law,
    Names,
    RecordGroup,
    Records,
    Slot,
    State,
    Text,
    Value,
)
from pia_site.forms import Item, Kind
from pia_site.problems import Location, Problem, problem
from pia_site.text.cleaning import is_dash
from pia_site.text.marked_yaml import Mapping, Node, Scalar, Sequence

_EXPECTED = {
    Kind.TEXT: "文章",
    Kind.NAME: "名称、または名称の一覧",
    Kind.CHOICE: "選択肢の一つ",
    Kind.CHECKS: f"「{keys.TICKED}」と「{keys.UNKNOWN}」の一覧",
    Kind.COUNT: "数",
    Kind.DATE: "日付",
    Kind.LAW: "文章、または「引用」の一覧",
    Kind.CONTACT: "連絡先、またはその一覧",
    Kind.RECORDS: f"「{keys.HEADING}」と「{keys.FIELDS}」の一覧",
}


_ROWS = "「項目名: 記載」の並び"
_ALIKE = 0.5  # one wrong character of two: many keys are no longer than that


def is_nothing(node: Node | None) -> bool:
    """Whether a key is missing or nothing stands after it."""
    return node is None or (isinstance(node, Scalar) and not node.text)


def leaf_keys(item: Item) -> tuple[str, ...]:
    """The keys that may stand beside each other in the mapping of one answer, parentheses included."""
    known = [keys.STATE, keys.TEXT, keys.SUMMARY, keys.OMITTED, keys.MEMO]
    known += [keys.CITATIONS] if item.kind is Kind.LAW else []
    known += [keys.TICKED, keys.UNKNOWN] if item.kind is Kind.CHECKS else []
    return (*known, *(fill.key for fill in item.fills))


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping whose keys have been checked: each unknown one has been reported.

    `meant` are the keys that a misspelt one most likely stands for.
    """

    node: Mapping
    sound: bool = True
    meant: frozenset[str] = frozenset()

    def get(self, key: str) -> Node | None:
        return self.node.entries.get(key)

    def lacks(self, key: str) -> bool:
        """Whether the key is missing and nothing that has been reported explains it."""
        return key not in self.node.entries and key not in self.meant


def date_problem(date: Date, label: str, where: Location) -> Problem | None:
    """V002 for no date at all, V007 for more than one, V003 for one the calendar lacks, V004 for an unusual
    spelling."""
    read = date.date
    if read is None:
        return problem("V002", where, label=label, value=date.written)
    if date.several:
        return problem("V007", where, label=label, value=date.written, iso=read.iso)
    if not read.in_calendar:
        return problem("V003", where, label=label, value=date.written, iso=read.iso)
    if not read.usual:
        return problem("V004", where, label=label, value=date.written, iso=read.iso)
    return None


class LeafReader:
    """Reads single values of one file and collects the problems of all of them."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.problems: list[Problem] = []

    # --- reporting ---

    def where(self, node: Node | None, address: str | None = None) -> Location:
        return Location(self.path, node.line if node else None, address)

    def report(self, code: str, node: Node | None, address: str | None = None, /, **details: object) -> None:
        self.report_at(code, self.where(node, address), **details)

    def report_at(self, code: str, location: Location, /, **details: object) -> None:
        self.problems.append(problem(code, location, **details))

    def add(self, found: Problem | None) -> None:
        if found is not None:
            self.problems.append(found)

    def wrong_shape(self, node: Node, label: str, expected: str, address: str | None) -> None:
        found = {Scalar: "文字列", Sequence: "一覧", Mapping: "「キー: 値」の並び"}[type(node)]
        hint = "`pia-site new` で作ったひな形と字下げを見比べてください。"
        if is_nothing(node):
            found = "空欄"
        self.report("S003", node, address, label=label, expected=expected, found=found, hint=hint)

    # --- the vocabulary of reading ---

    def check_keys(
        self, node: Mapping, allowed: Iterable[str], label: str, address: str | None = None
    ) -> Fields:
        """Report every key that is not allowed, with the one that was probably meant."""
        known = list(allowed)
        absent = [key for key in known if key not in node.entries]
        unknown = [key for key in node.entries if key not in known]
        meant: set[str] = set()
        for key in unknown:
            close = get_close_matches(key, absent, 1, _ALIKE) or get_close_matches(key, known, 1, _ALIKE)
            hint = f"使えるキーは {'、'.join(known)} です。"
            if close:
                hint = f"「{close[0]}」の書き誤りではありませんか。"
                meant.add(close[0])
            where = Location(self.path, node.key_lines.get(key, node.line), address)
            self.report_at("S001", where, key=key, where=label, hint=hint)
        return Fields(node, not unknown, frozenset(meant))

    def fields(
        self,
        node: Node,
        label: str,
        allowed: Iterable[str],
        address: str | None = None,
        expected: str = _ROWS,
    ) -> Fields | None:
        """The fields of what has to be a mapping; None, and a problem, where it is not."""
        if isinstance(node, Mapping):
            return self.check_keys(node, allowed, label, address)
        self.wrong_shape(node, label, expected, address)
        return None

    def text_of(self, node: Mapping, key: str) -> str | None:
        child = node.entries.get(key)
        if child is None or isinstance(child, Scalar):
            return child.text if child else None
        self.wrong_shape(child, key, "文字列", None)
        return None

    def scalars(self, node: Node | None, label: str = "一覧") -> tuple[Scalar, ...]:
        """The texts of a list; a single text is a list of one, and nothing an empty list."""
        if node is None or is_nothing(node):
            return ()
        if isinstance(node, Scalar):
            return (node,)
        if isinstance(node, Mapping):
            self.wrong_shape(node, label, "文字列の一覧", None)
            return ()
        for child in node.items:
            if not isinstance(child, Scalar):
                self.wrong_shape(child, f"{label}の中", "文字列", None)
        return tuple(child for child in node.items if isinstance(child, Scalar))

    def texts(self, node: Node | None, label: str = "一覧") -> tuple[str, ...]:
        return tuple(child.text for child in self.scalars(node, label))

    def mappings(self, node: Node | None, label: str, address: str | None = None) -> list[Mapping] | None:
        """The mappings of a list, nothing being an empty list; None, and a problem, where it is none."""
        if node is None or is_nothing(node):
            return []
        if not isinstance(node, Sequence):
            self.wrong_shape(node, label, "「- 」で始まる一覧", address)
            return None
        for child in node.items:
            if not isinstance(child, Mapping):
                self.wrong_shape(child, label, _ROWS, address)
        return [child for child in node.items if isinstance(child, Mapping)]

    # --- one answer ---

    def answer(self, node: Node, slot: Slot) -> Answer:
        """The answer that `node` states for `slot`; a wrong one is reported and read as lost."""
        if isinstance(node, Mapping):
            return self._from_mapping(node, slot)
        return self._from_value(node, slot)

    def _from_mapping(self, node: Mapping, slot: Slot) -> Answer:
        item = slot.item
        fields = self.check_keys(node, leaf_keys(item), item.label, slot.address)
        summary = self.text_of(node, keys.SUMMARY)
        memo = self.text_of(node, keys.MEMO)
        omitted = self.texts(node.entries.get(keys.OMITTED), keys.OMITTED)
        citations = self._citations(fields, slot)
        lost, text = fields.get(keys.STATE), fields.get(keys.TEXT)
        boxes = item.kind is Kind.CHECKS and (keys.TICKED in node.entries or keys.UNKNOWN in node.entries)
        state, value, written = State.LOST, None, ""  # type: tuple[State, Value | None, str]
        if [lost is not None, text is not None, boxes].count(True) > 1:
            expected = "、".join(f"「{key}」" for key in (keys.STATE, keys.TEXT, keys.TICKED))
            self._misstated(node, slot, f"{expected}のどれか一つ", "二つ以上")
        elif lost is not None:
            if not isinstance(lost, Scalar):
                self.wrong_shape(lost, keys.STATE, keys.LOST, slot.address)
            elif lost.text != keys.LOST:
                self._not_an_option(lost, slot.address, keys.STATE, (keys.LOST,))
        elif boxes:
            state, value = State.PRESENT, self._checks(fields, slot)
        elif text is not None:
            plain = self._from_value(text, slot)
            state, value, written = plain.state, plain.value, plain.written
            if isinstance(value, Law):
                value = Law(value.text, citations)
        elif keys.SUMMARY in node.entries:
            state, value = State.WITHHELD, Law(None, citations) if item.kind is Kind.LAW else None
        elif fields.sound:
            found, hint = "本文も要約もない記載", "本文を書くか、要約: 未作成 と書いてください。"
            if item.kind is Kind.CHECKS:
                found, hint = "どちらもない記載", "「有: []」と「不明: []」を書き足してください。"
            self._misstated(node, slot, _EXPECTED[item.kind], found, hint)
        if citations and (lost is not None or state in (State.BLANK, State.DASH)):
            self._misstated(node, slot, "本文か要約に添える引用", "引用だけ")
        if summary == keys.SUMMARY_MISSING:
            summary = None
        return Answer(slot, state, value, written, summary, omitted, memo, node.line)

    def _misstated(
        self,
        node: Node,
        slot: Slot,
        expected: str,
        found: str,
        hint: str = "あてはまるものだけを残してください。",
    ) -> None:
        label = slot.item.label
        self.report("S003", node, slot.address, label=label, expected=expected, found=found, hint=hint)

    def _from_value(self, node: Node, slot: Slot) -> Answer:
        kind = slot.item.kind
        value: Value | None = None
        if isinstance(node, Scalar):
            text = node.text
            if not text.strip():
                return Answer(slot, State.BLANK, line=node.line)
            if is_dash(text):
                return Answer(slot, State.DASH, written=text, line=node.line)
            value = self._scalar(text, node, slot)
        elif isinstance(node, Sequence) and kind in (Kind.NAME, Kind.CONTACT):
            value = Names(self.texts(node, slot.item.label))
        elif isinstance(node, Sequence) and kind is Kind.RECORDS:
            value = self._records(node, slot)
        else:
            self.wrong_shape(node, slot.item.label, _EXPECTED[kind], slot.address)
        return Answer(slot, State.LOST if value is None else State.PRESENT, value, line=node.line)

    def _scalar(self, text: str, node: Scalar, slot: Slot) -> Value | None:
        item = slot.item
        match item.kind:
            case Kind.TEXT:
                return Text(text)
            case Kind.NAME | Kind.CONTACT:
                return Names((text,))
            case Kind.LAW:
                return Law(text, ())
            case Kind.CHOICE:
                return Choice(None if text == keys.UNKNOWN else self._option(node, slot))
            case Kind.CHECKS if text == keys.UNKNOWN:
                return Checks(tuple((option, None) for option in item.options))
            case Kind.COUNT:
                number = int(text) if text.isdecimal() else None
                if number is None and text != keys.UNKNOWN:
                    self.report("V005", node, slot.address, label=item.label, value=text)
                return Count(text, number)
            case Kind.DATE:
                date = Date.read(text)
                if text != keys.UNKNOWN:
                    self.add(date_problem(date, item.label, self.where(node, slot.address)))
                return date
        self.wrong_shape(node, item.label, _EXPECTED[item.kind], slot.address)
        return None

    def _option(self, node: Scalar, slot: Slot) -> str | None:
        """The option of the form that is written, in its own wording or a later one; else None."""
        option = dict(slot.item.option_variants).get(node.text, node.text)
        if option in slot.item.options:
            return option
        self._not_an_option(node, slot.address, slot.item.label, slot.item.options)
        return None

    def _not_an_option(self, node: Scalar, address: str, label: str, options: Iterable[str]) -> None:
        self.report("V001", node, address, label=label, value=node.text, options="、".join(options))

    def _checks(self, fields: Fields, slot: Slot) -> Checks:
        written: dict[str, bool | None] = {}
        for key, mark in ((keys.TICKED, True), (keys.UNKNOWN, None)):
            for node in self.scalars(fields.get(key), key):
                option = self._option(node, slot)
                if option is None:
                    continue
                if written.setdefault(option, mark) is not mark:
                    either = f"「{option}」は「{keys.TICKED}」か「{keys.UNKNOWN}」のどちらか"
                    self._misstated(node, slot, either, "両方")
        return Checks(tuple((option, written.get(option, False)) for option in slot.item.options))

    def _citations(self, fields: Fields, slot: Slot) -> tuple[CitedLaw, ...]:
        cited = []
        for child in self.mappings(fields.get(keys.CITATIONS), keys.CITATIONS, slot.address) or []:
            self.check_keys(child, [keys.LAW, keys.PLACE], keys.CITATIONS, slot.address)
            cited.append(CitedLaw(self.text_of(child, keys.LAW) or "", self.text_of(child, keys.PLACE) or ""))
        return tuple(cited)

    def _records(self, node: Sequence, slot: Slot) -> Records:
        groups = []
        for child in self.mappings(node, slot.item.label, slot.address) or []:
            self.check_keys(child, [keys.HEADING, keys.FIELDS], slot.item.label, slot.address)
            heading = self.text_of(child, keys.HEADING)
            fields = self.texts(child.entries.get(keys.FIELDS), keys.FIELDS)
            groups.append(RecordGroup(heading or None, fields))
        return Records(tuple(groups))

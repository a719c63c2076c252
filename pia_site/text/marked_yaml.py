"""YAML with line numbers: every value a string, every node knows the line it stands on.

Only this module imports PyYAML. Scalars are never guessed to be numbers, booleans or dates
(`010006`, `no` and `12:30` stay what an officer typed). Reading collects problems instead of
raising; writing gives one canonical form, so that load and save are byte-identical.
May import: problems.
"""

from __future__ import annotations

import io
from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence as AbstractSequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml.emitter import Emitter

from pia_site.problems import Location, PiaSiteError, Problem, problem

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


@dataclass(frozen=True, slots=True)
class Scalar:
    line: int
    text: str

    def plain(self) -> Plain:
        return self.text


@dataclass(frozen=True, slots=True)
class Sequence:
    line: int
    items: tuple[Node, ...]

    def plain(self) -> Plain:
        return [item.plain() for item in self.items]


@dataclass(frozen=True, slots=True)
class Mapping:
    line: int
    entries: dict[str, Node]
    key_lines: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Plain:
        return {key: node.plain() for key, node in self.entries.items()}


Node: TypeAlias = Scalar | Sequence | Mapping


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; raises `PiaSiteError` with a located problem otherwise."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise PiaSiteError([problem("F001", Location(path))]) from None
    except OSError as error:
        raise PiaSiteError([problem("F007", Location(path), detail=error.strerror or "")]) from None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PiaSiteError([problem("F002", Location(path, line), byte=error.start + 1)]) from None


def read_yaml(path: Path) -> Mapping:
    """The root mapping of a YAML file; raises `PiaSiteError` with every problem found."""
    return parse_yaml(read_text(path), path)


def parse_yaml(text: str, path: Path | None = None) -> Mapping:
    """Like `read_yaml`, for text that has been read already; `path` is for the problems only."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise PiaSiteError([problem("F004", Location(path, line), detail=_reason(error))]) from None
    except yaml.YAMLError as error:
        raise PiaSiteError([problem("F004", Location(path), detail=_reason(error))]) from None
    if root is None:
        raise PiaSiteError([problem("F003", Location(path, 1))])
    reader = _Reader(path)
    node = reader.convert(root)
    if not isinstance(node, Mapping):
        reader.problems.append(problem("F006", Location(path, node.line)))
    if reader.problems:
        raise PiaSiteError(reader.problems)
    assert isinstance(node, Mapping)
    return node


# libyaml's messages are English; what an officer reads has to be Japanese.
_REASONS = {
    "mapping values are not allowed": "コロン（:）の前後か字下げが正しくありません",
    "could not find expected ':'": "キーの後のコロン（:）がありません",
    "did not find expected key": "キーのあるべき所に別のものがあります",
    "did not find expected '-' indicator": "一覧の「- 」の字下げがそろっていません",
    "did not find expected ',' or ']'": "角かっこ [ ] が閉じていません",
    "did not find expected ',' or '}'": "波かっこ { } が閉じていません",
    "found unexpected end of stream": "引用符が閉じていません",
    "found character that cannot start any token": "字下げにタブが使われているか、使えない記号で始まっています",
    "block sequence entries are not allowed": "一覧の「- 」を書けない場所です",
    "control characters are not allowed": "制御文字が含まれています",
    "found undefined alias": "& や * で始まる値は引用符で囲んでください",
    "found unknown escape character": "引用符の中の \\ の使い方が正しくありません",
}


def _reason(error: yaml.YAMLError) -> str:
    english = str(getattr(error, "problem", None) or error)
    for needle, japanese in _REASONS.items():
        if needle in english:
            return japanese
    return "YAML として読めません"


class _Reader:
    """Turns PyYAML's nodes into ours, collecting duplicate keys and aliases."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def convert(self, node: yaml.Node) -> Node:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            empty = node.tag == "tag:yaml.org,2002:null" and node.value in ("", "~", "null")
            return Scalar(line, "" if empty else node.value)
        # An alias is the same node met twice; following it could expand without bound.
        if id(node) in self._seen:
            self.problems.append(problem("F008", Location(self.path, line)))
            return Scalar(line, "")
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return Sequence(line, tuple(self.convert(child) for child in node.value))
        assert isinstance(node, yaml.MappingNode)
        entries: dict[str, Node] = {}
        key_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            key_line = key_node.start_mark.line + 1
            if key in entries:
                self.problems.append(
                    problem("F005", Location(self.path, key_line), key=key, first=key_lines[key])
                )
                continue
            entries[key] = self.convert(value_node)
            key_lines[key] = key_line
        return Mapping(line, entries, key_lines)


def comment_lines(text: str) -> list[int]:
    """Lines (1-based) that hold a YAML comment, the modeline in line 1 excepted."""
    try:
        tokens = list(yaml.scan(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return []
    inside: set[int] = set()
    ends: dict[int, int] = {}
    for token in tokens:
        if isinstance(token, yaml.ScalarToken):
            last = token.end_mark.line - (1 if token.style in ("|", ">") else 0)
            inside.update(range(token.start_mark.line, last))
            if token.style in ("|", ">"):
                inside.add(last)
        ends[token.end_mark.line] = max(ends.get(token.end_mark.line, 0), token.end_mark.column)
    found = []
    for number, line in enumerate(text.split("\n")):
        rest = line[ends.get(number, 0) :] if number not in inside else ""
        stripped = rest.lstrip()
        if stripped.startswith("#") and not (number == 0 and "yaml-language-server" in line):
            found.append(number + 1)
    return found


@dataclass(frozen=True, slots=True)
class Number:
    """A string of digits that is written without quotes (a count)."""

    text: str


Writable: TypeAlias = "str | Number | AbstractSequence[Writable] | AbstractMapping[str, Writable]"

_PROBE = Emitter(io.StringIO(), allow_unicode=True)
_RESOLVER = yaml.resolver.Resolver()


def dump_yaml(data: AbstractMapping[str, Writable], *, modeline: str | None = None) -> str:
    """Canonical YAML: block style, keys in the order given, `|` for several lines, double quotes
    where any quotes are needed."""
    body: Any = yaml.serialize(_represent(data), Dumper=yaml.CSafeDumper, allow_unicode=True, width=1_000_000)
    return (f"# {modeline}\n" if modeline else "") + str(body)


def _represent(value: Writable) -> yaml.Node:
    if isinstance(value, Number):
        return yaml.ScalarNode("tag:yaml.org,2002:int", value.text)
    if isinstance(value, str):
        return yaml.ScalarNode("tag:yaml.org,2002:str", value, style=_style(value))
    if isinstance(value, AbstractMapping):
        pairs = [(_represent(key), _represent(child)) for key, child in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=not pairs)
    items = [_represent(child) for child in value]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=not items)


def _style(text: str) -> str | None:
    if "\n" in text:
        # Literal blocks cannot hold blanks at a line's end or start; quotes can.
        plain_lines = all(line == line.strip(" \t") for line in text.split("\n"))
        printable = all(line.isprintable() for line in text.split("\n"))
        return "|" if plain_lines and printable and not text.startswith("\n") else '"'
    analysis = _PROBE.analyze_scalar(text)
    resolved = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    if not text or not analysis.allow_block_plain or resolved != "tag:yaml.org,2002:str":
        return '"'
    return None

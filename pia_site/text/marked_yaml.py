"""YAML with line numbers: every value a string, every node knows the line it stands on.

Only this module imports PyYAML. Scalars are never guessed to be numbers, booleans or dates
(`010006`, `no` and `12:30` stay what an officer typed). Reading collects problems instead of
raising; writing gives one canonical form, so that load and save are byte-identical.
May import: problems.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence as AbstractSequence
from dataclasses import dataclass, field
from functools import lru_cache
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
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PiaSiteError([problem("F002", Location(path, line), byte=error.start + 1)]) from None


def read_yaml(path: Path) -> Mapping:
    """The root mapping of a YAML file; raises `PiaSiteError` with every problem found."""
    return parse_yaml(read_text(path), path)


def parse_yaml(text: str, path: Path | None = None) -> Mapping:
    """Like `read_yaml`, for text that has been read already; `path` is for the problems only."""
    root, problems = parse_marked(text, path)
    if problems:
        raise PiaSiteError(problems)
    return root


def parse_marked(text: str, path: Path | None = None) -> tuple[Mapping, list[Problem]]:
    """The root mapping and the problems in spite of which it could be read (a key written twice, a
    tag), so that they hide no other; raises `PiaSiteError` where what is meant cannot be told."""
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise PiaSiteError([_syntax_problem(error, text, path)]) from None
    if not builder.documents:
        raise PiaSiteError([problem("F003", Location(path, 1))])
    root = builder.documents[0]
    if len(builder.documents) > 1 or builder.aliases:
        raise PiaSiteError(builder.problems)
    if not isinstance(root, Mapping):
        raise PiaSiteError([*builder.problems, problem("F006", Location(path, root.line))])
    return root, builder.problems


# libyaml's messages are English; what an officer reads has to be Japanese.
_REASONS = {
    "mapping values are not allowed": "コロン（:）の前後か字下げが正しくありません",
    "could not find expected ':'": "キーの後のコロン（:）がありません",
    "did not find expected key": "字下げがそろっていないか、引用符の後に文字が続いています",
    "did not find expected '-' indicator": "一覧の「- 」の字下げがそろっていません",
    "did not find expected ',' or ']'": "角かっこ [ ] が閉じていません",
    "did not find expected ',' or '}'": "波かっこ { } が閉じていません",
    "found unexpected end of stream": "引用符が閉じていません",
    "found character that cannot start any token": "字下げにタブが使われているか、使えない記号で始まっています",
    "block sequence entries are not allowed": "一覧の「- 」を書けない場所です",
    "control characters are not allowed": "制御文字が含まれています",
    "did not find expected alphabetic": "& や * で始まる値は引用符で囲んでください",
    "did not find expected comment or line break": "| や > の後に文字があります。文章は次の行から書いてください",
    "found unknown escape character": "引用符の中の \\ の使い方が正しくありません",
}
_TAGGED = "! で始まる値は引用符で囲んでください"
_TWO_DOCUMENTS = "「---」で区切って二つ以上の文書を書くことはできません"
_KEY_NOT_TEXT = "キーには文字だけを書いてください"

# What libyaml refuses to read anywhere in a file.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _syntax_problem(error: yaml.YAMLError, text: str, path: Path | None) -> Problem:
    english = str(getattr(error, "problem", None) or error)
    reason = next((r for needle, r in _REASONS.items() if needle in english), "YAML として読めません")
    line: int | None = None
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark
        # A quotation mark or bracket that is never closed is mended where it was opened.
        if error.context_mark and not str(error.context).startswith("while parsing a block"):
            mark = error.context_mark
        line = mark.line + 1 if mark else None
    elif control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
    return problem("F004", Location(path, line), detail=reason)


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1


class _Builder:
    """Builds nodes from the parser's events, without recursion: a file may nest as deep as it likes."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.documents: list[Node] = []
        self._open: list[tuple[int, list[Node]]] = [(0, self.documents)]
        self.aliases = 0
        self._anchored = False

    def take(self, event: yaml.Event) -> None:
        line = _line(event)
        if isinstance(event, yaml.DocumentStartEvent) and self.documents:
            self._report("F004", line, detail=_TWO_DOCUMENTS)
        if isinstance(event, yaml.NodeEvent):
            self._refuse(event, line)
        if isinstance(event, yaml.ScalarEvent):
            # Nothing, ~ and null without quotes say that there is nothing.
            nothing = event.implicit[0] and event.value in ("~", "null")
            self._add(Scalar(line, "" if nothing else event.value))
        elif isinstance(event, yaml.AliasEvent):
            self.aliases += 1
            self._add(Scalar(line, ""))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open.append((line, []))
        elif isinstance(event, yaml.SequenceEndEvent):
            start, children = self._open.pop()
            self._add(Sequence(start, tuple(children)))
        elif isinstance(event, yaml.MappingEndEvent):
            start, children = self._open.pop()
            self._add(self._mapping(start, children))

    def _add(self, node: Node) -> None:
        self._open[-1][1].append(node)

    def _refuse(self, event: yaml.NodeEvent, line: int) -> None:
        """Anchors and aliases (saving would expand them), once a file; tags (they swallow text)."""
        if event.anchor is not None and not self._anchored:
            self._anchored = True
            self._report("F008", line)
        if getattr(event, "tag", None) is not None:
            self._report("F004", line, detail=_TAGGED)

    def _mapping(self, line: int, children: list[Node]) -> Mapping:
        entries: dict[str, Node] = {}
        key_lines: dict[str, int] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._report("F004", key.line, detail=_KEY_NOT_TEXT)
            elif key.text in entries:
                self._report("F005", key.line, key=key.text, first=key_lines[key.text])
            else:
                entries[key.text] = value
                key_lines[key.text] = key.line
        return Mapping(line, entries, key_lines)

    def _report(self, code: str, line: int, **details: object) -> None:
        self.problems.append(problem(code, Location(self.path, line), **details))


_COMMENT = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
_BLOCK_HEADER_COMMENT = re.compile(r"[|>][-+0-9]*[ \t]+#")


def comment_lines(text: str) -> list[int]:
    """Lines (1-based) that hold a YAML comment, the modeline in line 1 excepted.

    In text that is not YAML these are the lines that begin with "#".
    """
    try:
        starts = list(_comment_starts(text))
    except yaml.YAMLError:
        starts = [found.end() - 1 for found in re.finditer(r"^[ \t]*#", text, re.MULTILINE)]
    lines = [text.count("\n", 0, start) + 1 for start in starts]
    if lines[:1] == [1] and "yaml-language-server" in text.split("\n", 1)[0]:
        del lines[0]
    return lines


def _comment_starts(text: str) -> Iterator[int]:
    """Comments stand between two tokens, or behind the sign that opens a block of lines."""
    position = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        yield from _gap_comments(text, position, token.start_mark.index)
        block = isinstance(token, yaml.ScalarToken) and token.style in ("|", ">")
        if block and (header := _BLOCK_HEADER_COMMENT.match(text, token.start_mark.index)):
            yield header.end() - 1
        position = max(position, token.end_mark.index)
    yield from _gap_comments(text, position, len(text))


def _gap_comments(text: str, start: int, end: int) -> Iterator[int]:
    while found := _COMMENT.search(text, start, end):
        yield found.start()
        line_end = text.find("\n", found.start(), end)
        if line_end < 0:
            return
        start = line_end


@dataclass(frozen=True, slots=True)
class Number:
    """A string of digits that is written without quotes (a count)."""

    text: str


Writable: TypeAlias = "str | Number | AbstractSequence[Writable] | AbstractMapping[str, Writable]"

_PROBE = Emitter(io.StringIO(), allow_unicode=True)
_RESOLVER: Any = yaml.resolver.Resolver()

# Numbers of YAML 1.2, which an editor reads, that YAML 1.1 takes for words.
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|0o[0-7]+", re.ASCII)
# A sidecar is full of them, and asking the emitter takes long.
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
# Breaks that a block of lines would not keep apart from "\n".
_OTHER_BREAK = re.compile("[\x85\u2028\u2029]")


def dump_yaml(data: AbstractMapping[str, Writable], *, modeline: str | None = None) -> str:
    """Canonical YAML: block style, keys in the order given, `|` for several lines, double quotes
    where any quotes are needed."""
    root = _represent(data)
    body = _serialize(root, yaml.CSafeDumper)
    if "\\U0" in body:
        # libyaml escapes what lies beyond U+FFFF (𠮷); the slower dumper writes it as it is.
        body = _serialize(root, yaml.SafeDumper)
    return (f"# {modeline}\n" if modeline else "") + body


def _serialize(root: yaml.Node, dumper: Any) -> str:
    return str(yaml.serialize(root, Dumper=dumper, allow_unicode=True, width=1_000_000))


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


@lru_cache(maxsize=65536)
def _style(text: str) -> str | None:
    if _DIGEST.fullmatch(text):
        return None
    if "\n" in text:
        # Blanks at a line's end would be invisible, and those at either end of the text need signs that
        # hardly anybody knows; the emitter takes quotes for control characters on its own account.
        blank_end = any(line.endswith((" ", "\t")) for line in text.split("\n"))
        block = not (blank_end or text.startswith((" ", "\n")) or text.endswith("\n\n"))
        return "|" if block and not _OTHER_BREAK.search(text) else '"'
    analysis = _PROBE.analyze_scalar(text)
    resolved = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    if not text or not analysis.allow_block_plain or resolved != "tag:yaml.org,2002:str":
        return '"'
    return '"' if _NUMBER.fullmatch(text) else None

"""Reads the registry folder: names, spellings, slugs and official codes of everything that is linked.

Every problem of every file is collected with its line; an entry that is wrong in one place is mended
as far as it can be, so that one mistake does not make a hundred others. A file that is not there is an
empty list: a city begins with bodies.yaml alone. May import: entities, registry_checks, specs, text,
problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pia_site.catalogue.entities import (
    Body,
    Contractor,
    Department,
    Law,
    PersonalInformationFile,
    Recipient,
    Registry,
    Situation,
    System,
    SystemKind,
)
from pia_site.catalogue.registry_checks import (
    Entry,
    alias_problems,
    line_at,
    node_at,
    reference_problems,
)
from pia_site.catalogue.specs import (
    BodySpec,
    ContractorSpec,
    DepartmentSpec,
    Fault,
    FileSpec,
    KindSpec,
    LawSpec,
    Loc,
    RecipientSpec,
    SituationSpec,
    Spec,
    SystemSpec,
    keys_at,
    read_spec,
)
from pia_site.problems import Location, PiaSiteError, Problem, in_file_order, problem
from pia_site.text.marked_yaml import Mapping, Node, Scalar, Sequence, read_yaml
from pia_site.text.names import is_slug


@dataclass(frozen=True, slots=True)
class _Table:
    """One list of the registry: the file it stands in, its key and the shape of its entries."""

    file: str
    key: str
    spec: type[Spec]


_TABLES = (
    _Table("bodies.yaml", "評価実施機関", BodySpec),
    _Table("systems.yaml", "種類", KindSpec),
    _Table("systems.yaml", "システム", SystemSpec),
    _Table("contractors.yaml", "委託先", ContractorSpec),
    _Table("recipients.yaml", "提供先・移転先", RecipientSpec),
    _Table("departments.yaml", "部署", DepartmentSpec),
    _Table("laws.yaml", "法令", LawSpec),
    _Table("situations.yaml", "状況", SituationSpec),
    _Table("files.yaml", "ファイル", FileSpec),
)
_OF_BODY = (SystemSpec, DepartmentSpec, FileSpec)
"""Their slugs are unique within a body, the others' in the whole registry."""

_E = TypeVar("_E")


def load_registry(folder: Path) -> tuple[Registry, list[Problem]]:
    """Everything below `folder`, and every problem of every file there."""
    reader = _RegistryReader(folder)
    entries = [entry for table in _TABLES for entry in reader.read(table)]
    problems = [*reader.problems, *reference_problems(entries, reader.slugs), *alias_problems(entries)]
    return _registry(entries), in_file_order(problems)


def _registry(entries: list[Entry]) -> Registry:
    entities = [entry.spec.entity() for entry in entries]

    def of(kind: type[_E]) -> list[_E]:
        return [entity for entity in entities if isinstance(entity, kind)]

    return Registry(
        bodies={one.slug: one for one in of(Body)},
        kinds={one.slug: one for one in of(SystemKind)},
        systems={one.id: one for one in of(System)},
        contractors={one.slug: one for one in of(Contractor)},
        recipients={one.slug: one for one in of(Recipient)},
        departments={one.id: one for one in of(Department)},
        laws={one.slug: one for one in of(Law)},
        situations={one.slug: one for one in of(Situation)},
        files={one.id: one for one in of(PersonalInformationFile)},
    )


class _RegistryReader:
    """Reads table after table; a file that holds two is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._roots: dict[str, Mapping | None] = {}
        self.problems: list[Problem] = []
        self.slugs: dict[type[Spec], set[str]] = {table.spec: set() for table in _TABLES}
        """Every slug written, also those of entries too broken to keep."""

    def read(self, table: _Table) -> Iterator[Entry]:
        root = self._root(table.file)
        if root is None:
            return
        path = self._folder / table.file
        node = root.entries.get(table.key)
        if node is None:
            self._report("S002", path, root.line, key=table.key, where="ファイルのいちばん外側")
        elif isinstance(node, Sequence):
            yield from self._entries(table, path, node)
        elif not (isinstance(node, Scalar) and not node.text):
            self._wrong_shape(path, node, table.key, "「- 」で始まる一覧")

    def _root(self, file: str) -> Mapping | None:
        if file not in self._roots:
            path = self._folder / file
            self._roots[file] = None
            if path.exists():
                try:
                    self._roots[file] = root = read_yaml(path)
                except PiaSiteError as error:
                    self.problems += error.problems
                else:
                    known = [table.key for table in _TABLES if table.file == file]
                    for key in root.entries:
                        if key not in known:
                            self._unknown(path, root.key_lines[key], key, "ファイルのいちばん外側", known)
        return self._roots[file]

    def _entries(self, table: _Table, path: Path, node: Sequence) -> Iterator[Entry]:
        seen: set[tuple[str | None, str]] = set()
        for number, child in enumerate(node.items, start=1):
            if not isinstance(child, Mapping):
                self._wrong_shape(path, child, table.key, "「キー: 値」の並び")
                continue
            spec = self._spec(table, path, child, number)
            if spec is None:
                continue
            entry = Entry(path, child, spec)
            self._check_slugs(table, entry)
            id_ = (spec.scope if isinstance(spec, _OF_BODY) else None, spec.slug)
            if id_ in seen:
                self._report("S009", path, entry.line_of(("slug",)), file=table.file, slug=spec.slug)
                continue
            seen.add(id_)
            yield entry

    def _spec(self, table: _Table, path: Path, node: Mapping, number: int) -> Spec | None:
        plain: dict[str, Any] = dict(node.plain())  # type: ignore[arg-type]
        slug = plain.get("slug")
        where = f"{table.key} の {slug if isinstance(slug, str) and slug else f'{number} 番目'}"
        if isinstance(slug, str):
            self.slugs[table.spec].add(slug)
        read = read_spec(table.spec, plain)
        if isinstance(read, Spec):
            return read
        for fault in dict.fromkeys(read):
            self._report_fault(table, path, node, fault, where)
        if not isinstance(slug, str) or not slug:
            return None
        mended = read_spec(table.spec, _mended(plain, read))
        return mended if isinstance(mended, Spec) else None

    def _report_fault(self, table: _Table, path: Path, node: Mapping, fault: Fault, where: str) -> None:
        key = next((str(step) for step in reversed(fault.loc) if isinstance(step, str)), "")
        line = line_at(node, fault.loc)
        if fault.type == "extra_forbidden":
            self._unknown(path, line, key, where, keys_at(table.spec, fault.loc[:-1]))
        elif fault.type in ("missing", "string_too_short"):
            self._report("S002", path, line, key=key, where=where)
        else:
            expected = {"list_type": "一覧", "model_type": "「キー: 値」の並び"}.get(fault.type, "文字列")
            found = node_at(node, fault.loc)
            self._wrong_shape(path, found or node, key, expected)

    def _check_slugs(self, table: _Table, entry: Entry) -> None:
        """Slugs and 評価書の番号 are parts of addresses that never change (design.md, URLs)."""
        written: list[tuple[Loc, str]] = [(("slug",), entry.spec.slug)]
        if isinstance(entry.spec, BodySpec):
            written += [
                (("評価書", at, "番号"), assessment.number)
                for at, assessment in enumerate(entry.spec.assessments)
            ]
        for loc, slug in written:
            if not is_slug(slug):
                self._report("S011", entry.path, entry.line_of(loc), slug=slug)

    # --- reporting ---

    def _report(self, code: str, path: Path, line: int, **details: object) -> None:
        self.problems.append(problem(code, Location(path, line), **details))

    def _unknown(self, path: Path, line: int, key: str, where: str, known: list[str]) -> None:
        close = get_close_matches(key, known, n=1, cutoff=0.5)  # 出展 and 出典 share half
        names = "、".join(known)
        hint = f"「{close[0]}」の書き誤りではありませんか。" if close else f"使えるキーは {names} です。"
        self._report("S001", path, line, key=key, where=where, hint=hint)

    def _wrong_shape(self, path: Path, node: Node, label: str, expected: str) -> None:
        found = {Scalar: "文字列", Sequence: "一覧", Mapping: "「キー: 値」の並び"}[type(node)]
        hint = "同じファイルのほかの記載と、字下げを見比べてください。"
        self._report("S003", path, node.line, label=label, expected=expected, found=found, hint=hint)


def _mended(plain: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """The entry without what is wrong: a missing name is its slug, all else wrong is left out."""
    mended: dict[str, Any] = {
        key: list(value) if isinstance(value, list) else value for key, value in plain.items()
    }
    for fault in sorted(faults, key=lambda one: [str(step) for step in one.loc], reverse=True):
        head, below = fault.loc[0], fault.loc[1:]
        value = mended.get(str(head))
        if fault.type in ("missing", "string_too_short") and not below:
            mended[str(head)] = plain["slug"]
        elif below and isinstance(value, list) and isinstance(below[0], int):
            value[below[0]] = None
        else:
            mended.pop(str(head), None)
    return {
        key: [one for one in value if one is not None] if isinstance(value, list) else value
        for key, value in mended.items()
    }

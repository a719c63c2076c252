"""What can be wrong with a user's input, as data: a problem, its place, and the register of its kinds.

A `Problem` is collected, never raised: a command reports all of them together. May import: nothing of pia_site.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        return {"error": "エラー", "warning": "注意", "info": "参考"}[self.value]


@dataclass(frozen=True, slots=True)
class Location:
    """Where a problem lies: a file, a 1-based line and an item address, each optional."""

    path: Path | None = None
    line: int | None = None
    address: str | None = None

    def __str__(self) -> str:
        parts = [str(self.path) if self.path else "（ファイルなし）"]
        if self.line is not None:
            parts.append(str(self.line))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One code of the register. `message` and `hint` are format strings over the details."""

    code: str
    severity: Severity
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and how to mend it (both in Japanese)."""

    kind: ProblemKind
    location: Location
    message: str
    hint: str

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    def at(self, path: Path) -> Problem:
        """The same problem with its file named, for code that reads text without a path."""
        return replace(self, location=replace(self.location, path=path))


_REGISTER: dict[str, ProblemKind] = {}


def kind(code: str, severity: Severity, message: str, hint: str) -> None:
    if code in _REGISTER:
        raise ValueError(f"problem code {code} is registered twice")
    _REGISTER[code] = ProblemKind(code, severity, message, hint)


def problem(code: str, location: Location, /, **details: object) -> Problem:
    """A problem of a registered kind; `details` fill the placeholders of its wording."""
    kind = _REGISTER[code]
    return Problem(kind, location, kind.message.format(**details), kind.hint.format(**details))


def register() -> tuple[ProblemKind, ...]:
    """Every registered kind, by code."""
    return tuple(_REGISTER[code] for code in sorted(_REGISTER))


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(p.severity is Severity.ERROR for p in problems)


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(
        problems, key=lambda p: (str(p.location.path or ""), p.location.line or 0, p.code, p.message)
    )


class PiaSiteError(Exception):
    """What cannot go on: carries the problems found. Only the command line catches it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(p.message for p in self.problems))

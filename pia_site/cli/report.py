"""How problems are printed: for a person, for a program (json), for a code host (github)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from pia_site.problems import Problem, Severity, in_file_order

FORMATS = ("text", "json", "github")

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def print_problems(problems: Sequence[Problem], style: str) -> None:
    """All problems in file order. `json` goes to stdout alone, the others to stderr."""
    ordered = in_file_order(problems)
    if style == "json":
        click.echo(json.dumps([_as_dict(one) for one in ordered], ensure_ascii=False, indent=1))
        return
    if style == "github":
        for one in ordered:
            click.echo(_as_annotation(one))
        return
    for alike in _alike(ordered):
        click.echo(_as_text(alike), err=True)
    click.echo(_summary(ordered), err=True)


def _alike(problems: Sequence[Problem]) -> list[list[Problem]]:
    """The problems of a file that say the same thing together, where the first of them stands."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    for one in problems:
        found.setdefault((one.location.path, one.code, one.message), []).append(one)
    return list(found.values())


def shown(path: Path | None) -> str:
    """A path as the reader would type it: relative to where they stand, if below it."""
    if path is None:
        return "（ファイルなし）"
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _as_text(alike: Sequence[Problem]) -> str:
    one = alike[0]
    place = shown(one.location.path)
    if one.location.line is not None:
        place += f":{one.location.line}"
    label = click.style(f"{one.severity.label} {one.code}", fg=_COLOURS[one.severity])
    item = f"［項目 {one.location.address}］" if one.location.address else ""
    others = f"（同じ問題が、ほかに {len(alike) - 1} か所）" if len(alike) > 1 else ""
    return f"{place}: {label} {item}{one.message}{others}\n    → {one.hint}"


def _as_dict(one: Problem) -> dict[str, object]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "file": shown(one.location.path) if one.location.path else None,
        "line": one.location.line,
        "address": one.location.address,
        "message": one.message,
        "hint": one.hint,
    }


def _as_annotation(one: Problem) -> str:
    fields = [f"file={shown(one.location.path)}"] if one.location.path else []
    fields += [f"line={one.location.line}"] if one.location.line else []
    fields.append(f"title={one.code}")
    text = f"{one.message} {one.hint}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{_GITHUB[one.severity]} {','.join(fields)}::{text}"


def _summary(problems: Sequence[Problem]) -> str:
    counts = [
        f"{severity.label} {number} 件"
        for severity in Severity
        if (number := sum(1 for one in problems if one.severity is severity))
    ]
    return "、".join(counts) if counts else "問題は見つかりませんでした。"

"""What several commands share: kinds of arguments, progress on a terminal, the end of a run.

May import: report, documents, forms, text, problems.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pia_site.cli.report import FORMATS, print_problems
from pia_site.documents.store import edition_paths
from pia_site.forms import Form, all_forms, find_form
from pia_site.problems import Problem, has_errors
from pia_site.text.names import is_slug

if TYPE_CHECKING:
    from rich.progress import Progress

DIRECTORY = click.Path(file_okay=False, path_type=Path)
ANY_PATH = click.Path(exists=True, path_type=Path)
STYLE = click.option(
    "--format", "style", type=click.Choice(FORMATS), default="text", help="問題の表示のしかた。"
)


class _Slug(click.ParamType[str]):
    """A name that becomes a folder and a part of every URL: nothing but a–z, 0–9 and hyphens."""

    name = "slug"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not is_slug(value):
            self.fail(
                f"「{value}」は使えません。半角の英小文字、数字、ハイフンで書いてください。", param, ctx
            )
        return value


SLUG = _Slug()


def form_named(name: str, revision: str | None) -> Form:
    """The form that `--form` and `--revision` ask for."""
    form = find_form(name, revision)
    if form is None:
        known = "、".join(f"{form.name}（{form.number}、{form.revision}）" for form in all_forms())
        raise click.BadParameter(f"「{name}」の定義がありません。使えるのは {known} です。")
    return form


def content_of(path: Path) -> Path | None:
    """The content folder a path lies in: the parent of the nearest folder named jimu."""
    for folder in (path, *path.absolute().parents):
        if folder.name == "jimu":
            return folder.parent
    return None


def editions_in(paths: Iterable[Path]) -> Iterable[Path]:
    """Every edition file that the paths name or lie above."""
    for path in paths:
        if path.is_file():
            yield path
            continue
        content = path if (path / "jimu").is_dir() else content_of(path)
        for one in edition_paths(content) if content else ():
            if path == content or path.absolute() in one.absolute().parents:
                yield one


def progress() -> Progress:
    """A progress bar on a terminal; nothing at all in a pipe."""
    from rich.console import Console  # takes as long to load as a small import takes to run
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)


def finish(problems: list[Problem], style: str) -> None:
    """Print what was found and end: 1 where there is an error, else 0."""
    print_problems(problems, style)
    sys.exit(1 if has_errors(problems) else 0)

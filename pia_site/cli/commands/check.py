"""`pia-site check`: editions and the registry against their rules."""

from __future__ import annotations

from pathlib import Path

import click

from pia_site.catalogue import open_catalogue
from pia_site.cli.options import ANY_PATH, STYLE, content_of, editions_in, finish
from pia_site.documents.read import read_edition
from pia_site.problems import Location, Problem, problem


@click.command()
@click.argument("paths", nargs=-1, type=ANY_PATH)
@STYLE
def command(paths: tuple[Path, ...], style: str) -> None:
    """評価書 YAML と登録を検査します（PATH を省くと content 全体）。"""
    problems: list[Problem] = []
    for path in paths or (Path("content"),):
        problems += open_catalogue(path).problems if (path / "jimu").is_dir() else _check_files(path)
    finish(problems, style)


def _check_files(path: Path) -> list[Problem]:
    content = content_of(path)
    if content is None:
        return [problem("S013", Location(path))]
    return [found for file in editions_in([path]) for found in read_edition(file, content)[1]]

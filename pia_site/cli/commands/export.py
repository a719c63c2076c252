"""`pia-site export`: the machine-readable rows, as the site publishes them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pia_site.cli.options import ANY_PATH, content_of, editions_in
from pia_site.cli.report import print_problems
from pia_site.documents.provenance import source_places
from pia_site.documents.read import read_edition
from pia_site.documents.rows import change_rows, document_row, item_rows
from pia_site.problems import Problem, has_errors


@click.command()
@click.argument("what", type=click.Choice(("items", "changes", "documents")))
@click.argument("paths", nargs=-1, type=ANY_PATH)
def command(what: str, paths: tuple[Path, ...]) -> None:
    """項目・変更・評価書を JSON Lines で書き出します（PATH を省くと content 全体）。"""
    problems: list[Problem] = []
    for path in editions_in(paths or (Path("content"),)):
        content = content_of(path)
        edition, found = read_edition(path, content or path.parent)
        problems += found
        if edition is None:
            continue
        if what == "items":
            rows = item_rows(edition, source_places(path))
        elif what == "changes":
            rows = change_rows(edition)
        else:
            rows = iter([document_row(edition)])
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    errors = [one for one in problems if has_errors([one])]
    if errors:
        print_problems(errors, "text")
        sys.exit(1)

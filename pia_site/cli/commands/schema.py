"""`pia-site schema`: what completes and checks edition YAML in an editor."""

from __future__ import annotations

from pathlib import Path

import click

from pia_site.cli.options import DIRECTORY, form_named
from pia_site.cli.report import shown
from pia_site.documents.schema import schema_text, write_schemas


@click.command()
@click.option("--form", "name", help="様式（例: 重点項目評価書）。")
@click.option("--revision", help="様式の版。")
@click.option("--into", type=DIRECTORY, help="すべての様式の JSON Schema を書き込む content フォルダー。")
def command(name: str | None, revision: str | None, into: Path | None) -> None:
    """評価書 YAML の JSON Schema を表示します（エディターの入力補完と検査に使えます）。"""
    if into is not None:
        for path in write_schemas(into):
            click.echo(shown(path))
        return
    if name is None:
        raise click.UsageError("--form か --into を指定してください。")
    click.echo(schema_text(form_named(name, revision)), nl=False)

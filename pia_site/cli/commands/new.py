"""`pia-site new`: an empty edition to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from pia_site.cli.options import DIRECTORY, SLUG, finish, form_named
from pia_site.cli.report import shown
from pia_site.documents.blank import blank_edition
from pia_site.documents.schema import write_schemas
from pia_site.documents.write import save_edition
from pia_site.problems import Location, problem


@click.command()
@click.option("--form", "name", required=True, help="様式（例: 重点項目評価書、様式4）。")
@click.option("--revision", help="様式の版（例: 平成30年5月）。")
@click.option("--body", type=SLUG, required=True, help="評価実施機関の slug。")
@click.option("--number", type=SLUG, required=True, help="評価書の番号（URL に使う slug）。")
@click.option("--files", type=click.IntRange(1, 50), default=1, help="特定個人情報ファイルの数。")
@click.option("--members", type=click.IntRange(0, 50), default=1, help="システム、委託事項などの数。")
@click.option("--into", type=DIRECTORY, default=Path("content"), help="content フォルダー。")
def command(
    name: str, revision: str | None, body: str, number: str, files: int, members: int, into: Path
) -> None:
    """書き込み用の空の評価書を作ります。"""
    form = form_named(name, revision)
    edition = blank_edition(form, body=body, number=number, files=files, members=members)
    path = into / "jimu" / body / number / f"{edition.published}.yaml"
    if path.exists():
        finish([problem("I005", Location(path), target=shown(path))], "text")
    save_edition(edition, path)
    write_schemas(into)
    click.echo(shown(path))

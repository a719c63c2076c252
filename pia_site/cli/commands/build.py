"""`pia-site build`: the catalogue as a static site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pia_site.cli.options import DIRECTORY, STYLE, progress
from pia_site.cli.report import print_problems, shown
from pia_site.site.build import build_site


@click.command()
@click.option("--keep-going", is_flag=True, help="誤りのある評価書を除いて公開する。")
@click.option("--markdown", type=DIRECTORY, help="作ったページの Markdown を残すフォルダー。")
@STYLE
def command(keep_going: bool, markdown: Path | None, style: str) -> None:
    """サイトを site/ に作ります。誤りがあるうちは、前のサイトをそのまま残します。"""
    with progress() as bar:
        task = bar.add_task("サイトを作成", total=None)

        def advance(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total or None)

        outcome = build_site(Path.cwd(), keep_going=keep_going, markdown_dir=markdown, progress=advance)
    for notice in outcome.notices:
        click.echo(notice, err=True)
    if outcome.published:
        click.echo(f"{shown(outcome.site_dir)} に {outcome.pages} ページを作りました。", err=True)
    else:
        click.echo("サイトは作り直していません。誤りを直してから、もう一度実行してください。", err=True)
    for path in outcome.broken if outcome.published else ():
        click.echo(f"公開から除きました: {shown(path)}", err=True)
    print_problems(outcome.problems, style)
    sys.exit(outcome.exit_code)

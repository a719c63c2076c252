"""`pia-site serve`: the site on this machine, made anew when content changes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pia_site.site.serve import serve_site


@click.command()
@click.option("--port", type=int, default=8000, help="待ち受けるポート番号。")
def command(port: int) -> None:
    """サイトを手元で表示します。content を直すと作り直します。"""
    sys.exit(serve_site(Path.cwd(), port=port, announce=click.echo))

"""The command `pia-site` and the end of every run. The commands are loaded one by one, when asked for."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from pia_site import __version__
from pia_site.cli.japanese import speak_japanese
from pia_site.cli.report import print_problems
from pia_site.problems import PiaSiteError

speak_japanese()  # before a command exists: click keeps the wording of its help option

_COMMANDS = {
    "import": "import_source",
    "check": "check",
    "build": "build",
    "serve": "serve",
    "new": "new",
    "export": "export",
    "schema": "schema",
}
"""The module of every command, in the order in which the help lists them."""


class _Commands(click.Group):
    """A group that loads no command but the one that runs: an import needs no MkDocs, a build no PDF reader."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"pia_site.cli.commands.{_COMMANDS[cmd_name]}").command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pia-site", help="版番号を表示して終わります。")
def cli() -> None:
    """特定個人情報保護評価書の公開目録を作ります。"""


def main() -> None:
    """Entry point. Whatever is wrong with the input is reported; a traceback never is."""
    # A cp932 console must not end a run: what it cannot show is replaced.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("中止しました。", err=True)
        sys.exit(130)
    except PiaSiteError as error:
        print_problems(error.problems, "text")
        sys.exit(1)

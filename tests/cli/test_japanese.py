"""Whatever the command line says of its own accord is Japanese."""

import re

import pytest
from click.testing import CliRunner, Result

from pia_site.cli.main import cli

COMMANDS = ["import", "check", "build", "serve", "new", "export", "schema"]
# Option names, metavariables and examples are ASCII; a sentence of click's own would hold these.
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Try|Missing|such|Invalid|requires|exit|show|unexpected)\b"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_japanese(command: str) -> None:
    result = run(*filter(None, [command]), "--help")
    assert result.exit_code == 0
    assert "使い方" in result.output
    assert not ENGLISH.search(result.output)


@pytest.mark.parametrize(
    "arguments",
    [
        ["imprt"],
        ["check", "--fromat", "json"],
        ["check", "--format", "xml"],
        ["check", "ありません"],
        ["import"],
        ["import", "ありません.txt"],
        ["new", "--form", "様式3"],
        ["new", "--form", "様式3", "--body", "a", "--number", "1", "--files", "0"],
        ["new", "--form", "様式9", "--body", "a", "--number", "1"],
        ["new", "--form"],
        ["export", "nothing"],
        ["export"],
        ["serve", "--port", "多"],
        ["schema"],
        ["schema", "余分"],
        ["build", "--keep-going=1"],
    ],
)
def test_wrong_use_is_explained_in_japanese(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert re.search(r"[ぁ-ん]", result.output)
    assert not ENGLISH.search(result.output)

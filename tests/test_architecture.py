"""The rooms of `pia_site` stay apart, small and explained."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "pia_site").rglob("*.py"))
LONGEST_MODULE = 500
GRAB_BAGS = {"utils", "helpers", "common", "base"}


def name(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def imported_packages(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_imports_go_one_way() -> None:
    lint_imports = str(Path(sys.executable).with_name("lint-imports"))
    command = [lint_imports, "--config", "pyproject.toml", "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_modules_are_short() -> None:
    lengths = {name(module): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert lengths
    assert {module: lines for module, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [name(module) for module in MODULES if not ast.get_docstring(ast.parse(module.read_bytes()))]
    assert silent == []


def test_no_module_is_a_grab_bag() -> None:
    assert [name(module) for module in MODULES if module.stem in GRAB_BAGS] == []


def test_one_module_imports_mkdocs() -> None:
    importers = [name(module) for module in MODULES if "mkdocs" in imported_packages(module)]
    assert len(importers) <= 1, importers

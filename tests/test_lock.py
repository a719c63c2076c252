"""requirements.lock answers pyproject.toml, on any machine. When it does not: scripts/lock."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def locked(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", lock, flags=re.MULTILINE))


def test_every_requirement_is_locked(locked: dict[str, str]) -> None:
    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = described["project"]
    wanted = [*described["build-system"]["requires"], *project["dependencies"]]
    wanted += [line for extra in project["optional-dependencies"].values() for line in extra]
    unmet = [
        line
        for line in wanted
        for requirement in [Requirement(line)]
        if not requirement.specifier.contains(locked.get(canonicalize_name(requirement.name), "0"))
    ]
    assert unmet == []


def test_the_lock_names_no_place(lock: str) -> None:
    statement = r"[a-z0-9.-]+==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    odd = [line for line in lock.splitlines() if not (line.startswith("# ") or re.fullmatch(statement, line))]
    assert odd == []

"""Editions from text: what the tests of this folder read and write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pia_site.documents.edition import Edition
from pia_site.documents.read import read_edition
from pia_site.problems import Problem

EDITIONS = Path(__file__).with_name("editions")
Read = Callable[..., tuple[Edition | None, list[Problem]]]


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Read text or bytes as the edition of a file below a content folder."""
    content = tmp_path_factory.mktemp("content")

    def read_as(text: str | bytes, name: str = "undated") -> tuple[Edition | None, list[Problem]]:
        path = content / "jimu" / "mihon" / "1" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_edition(path, content)

    return read_as


@pytest.fixture(scope="session")
def basic() -> str:
    """A whole edition without a problem, published on 2015-01-13."""
    return (EDITIONS / "basic.yaml").read_text(encoding="utf-8")

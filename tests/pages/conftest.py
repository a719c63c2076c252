"""The invented catalogue of tests/toy, and the golden pages.

A golden page is written only by `pytest tests/pages --update-golden`; a missing one fails.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from toy_pages import SETTINGS, toy_catalogue, toy_site

from pia_site.catalogue import Catalogue
from pia_site.pages import RenderedSite
from pia_site.pages.documents import series
from pia_site.pages.views.document import Document

GOLDEN = Path(__file__).with_name("golden")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden pages anew")


@pytest.fixture(scope="session")
def site() -> RenderedSite:
    return toy_site()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return toy_catalogue()


@pytest.fixture(scope="session")
def documents(catalogue: Catalogue) -> tuple[Document, ...]:
    """Every series of pages of the toy catalogue, pinned ones and plain ones."""
    return tuple(
        one for assessment in catalogue.assessments for one in series(assessment, catalogue, SETTINGS)
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with `golden/<name>`, or writes it when asked to."""
    update = request.config.getoption("--update-golden", default=False)

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"{path} is missing: run pytest tests/pages --update-golden and read the diff"
        assert text == path.read_text(encoding="utf-8")

    return check

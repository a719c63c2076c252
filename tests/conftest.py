"""What the tests need from outside the checkout, and how a test that cannot have it is left out.

A test marked `sources` or `browser`, or asking for the fixture `sources` or `chromium_path`, is skipped
where these are missing, and the end of the run says so. With PIA_REQUIRE_ALL=1 it fails instead.
"""

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes depends on what else the machine does; a test must not.
settings.register_profile("pia", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pia")

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")  # as scripts/setup looks for it


@cache
def find_sources() -> Path | None:
    folder = Path(os.environ.get("PIA_SOURCES") or ROOT.parent / "shared" / "seeds")
    return folder if any(folder.glob("*.txt")) else None


@cache
def find_chromium() -> Path | None:
    """Chromium, where a Japanese font is there too: without one every width and picture is wrong."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None or shutil.which("fc-list") is None:
        return None
    fonts = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, check=False).stdout
    return Path(chromium) if fonts.strip() else None


@dataclass(frozen=True)
class Need:
    marker: str
    fixture: str
    find: Callable[[], Path | None]
    reason: str

    def path(self) -> Path:
        path = self.find()
        if path is None:
            if os.environ.get("PIA_REQUIRE_ALL") == "1":
                pytest.fail(self.reason, pytrace=False)
            pytest.skip(self.reason)
        return path


NEEDS = (
    Need(
        marker="sources",
        fixture="sources",
        find=find_sources,
        reason="原本の文書がありません（環境変数 PIA_SOURCES か ../shared/seeds に置きます）",
    ),
    Need(
        marker="browser",
        fixture="chromium_path",
        find=find_chromium,
        reason="Chromium か日本語フォントがありません（scripts/setup --browser で入れます）",
    ),
)
SOURCES, BROWSER = NEEDS


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the source documents."""
    return SOURCES.path()


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser's executable, for playwright's `executable_path`."""
    return BROWSER.path()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the fixture carries the marker, so that `-m 'not browser'` knows it."""
    for item in items:
        for need in NEEDS:
            if need.fixture in getattr(item, "fixturenames", ()):
                item.add_marker(need.marker)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for need in NEEDS:
        if item.get_closest_marker(need.marker):
            need.path()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple)
    )
    for need in NEEDS:
        if count := reasons[need.reason]:
            terminalreporter.write_line(f"省いた試験: {need.marker} {count} 件。{need.reason}", yellow=True)

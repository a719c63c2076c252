"""The built sites, the server that shows them in a sub-path, and a browser that notes what goes wrong.

Whatever a browser test does, at its end no request has left for another host, none has failed, and the
console holds no error and no warning: breaking the content policy is an error there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from .built_site import MOUNT, BuiltSite, build_real, build_toy
from .sub_path_server import serving

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 30_000
"""Milliseconds until a thing that does not happen has failed; a busy machine is no fault of a page."""

OpenPage = Callable[..., Page]


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    own = factory.getbasetemp()
    return own.parent if own.name.startswith("popen-") else own


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return build_real(shared_folder(tmp_path_factory) / "whole-real")


@pytest.fixture(scope="session")
def toy_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return build_toy(shared_folder(tmp_path_factory) / "whole-toy")


@pytest.fixture(params=["real", "toy"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    """Each of the two sites in turn."""
    built: BuiltSite = request.getfixturevalue(f"{request.param}_site")
    return built


@pytest.fixture(scope="session")
def home(real_site: BuiltSite) -> Iterator[str]:
    """The address of the home page of the real content, with its slash: `http://127.0.0.1:…/pia/`."""
    with serving(real_site.root, MOUNT) as address:
        yield address


@pytest.fixture(scope="session")
def toy_home(toy_site: BuiltSite) -> Iterator[str]:
    with serving(toy_site.root, MOUNT) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_ARGUMENTS)
        yield started
        started.close()


@dataclass
class Watch:
    """What must not happen while pages are looked at."""

    addresses: tuple[str, ...]
    missing_is_expected: bool = False
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))

    def _request(self, request: Request) -> None:
        if not request.url.startswith((*self.addresses, "data:")):
            self.complaints.append(f"asked for outside of the site: {request.url}")

    def _failed(self, request: Request) -> None:
        # The browser itself aborts what a page no longer needs, e.g. when the reader leaves it.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not self.missing_is_expected:
            self.complaints.append(f"{response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if self.missing_is_expected and "the server responded with a status of 404" in message.text:
            return
        self.complaints.append(f"console {message.type}: {message.text}")


@dataclass
class Browsing:
    """Opens watched pages. `Browser.new_context` says what the options are; with `missing` answers of 404
    are what the test is about."""

    browser: Browser
    addresses: tuple[str, ...]
    opened: dict[Page, Watch] = field(default_factory=dict)
    kept: dict[str, Page] = field(default_factory=dict)

    def open(self, *, missing: bool = False, **options: Any) -> Page:
        given = {"viewport": DESKTOP, "locale": "ja-JP", "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**given)
        context.set_default_timeout(PATIENCE)
        watch = Watch(self.addresses, missing)
        watch.over(context)
        page = context.new_page()
        self.opened[page] = watch
        return page

    def keep(self, **options: Any) -> Page:
        """The same page for the same options, all through the run."""
        key = repr(sorted(options.items()))
        if key not in self.kept:
            self.kept[key] = self.open(**options)
        self.kept[key].emulate_media(media="screen")
        return self.kept[key]

    def report(self) -> list[str]:
        """What went wrong since the last report. Pages that are not kept are closed."""
        for page in self.opened.keys() - self.kept.values():
            page.context.close()
        found = [words for watch in self.opened.values() for words in watch.complaints]
        self.opened = {page: self.opened[page] for page in self.kept.values()}
        for watch in self.opened.values():
            watch.complaints.clear()
        return found


@pytest.fixture(scope="session")
def browsing(browser: Browser, home: str, toy_home: str) -> Browsing:
    return Browsing(browser, (home, toy_home))


@pytest.fixture
def watched(browsing: Browsing) -> Iterator[Browsing]:
    """At the test's end nothing has gone wrong."""
    yield browsing
    assert browsing.report() == []


@pytest.fixture
def new_page(watched: Browsing) -> OpenPage:
    """Opens a page that no other test sees, for what changes it: a script of its own, a permission."""
    return watched.open


@pytest.fixture
def any_page(watched: Browsing) -> OpenPage:
    """Opens a page that other tests have used: far quicker, because the browser is warm."""
    return watched.keep


@pytest.fixture
def page(any_page: OpenPage) -> Page:
    """A page of a desktop."""
    return any_page()


@pytest.fixture
def phone(any_page: OpenPage) -> Page:
    """A page of the narrowest screen that must do: 320 CSS pixels."""
    return any_page(viewport={"width": 320, "height": 640})

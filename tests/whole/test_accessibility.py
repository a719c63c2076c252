"""axe finds nothing on any kind of page, on a phone and on a desktop, folded and unfolded."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import OpenPage
from .page_kinds import NOT_FOUND, ONE_OF_EACH

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
PHONE, DESKTOP = 390, 1280
UNFOLD = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {len(one['nodes'])} × {one['nodes'][0]['html'][:150]}"
        f" {one['nodes'][0].get('failureSummary', '')}"
        for one in found
    ]


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_axe_finds_nothing(any_page: OpenPage, home: str, kind: str) -> None:
    page = any_page(bypass_csp=True, missing=kind == NOT_FOUND)
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(home + ONE_OF_EACH[kind])
    if kind == "search":
        expect(page.locator("#pia-results a").first).to_be_visible()
    if kind == NOT_FOUND:
        expect(page.get_by_role("link", name="表紙")).to_be_visible()
    folded = violations(page)
    page.set_viewport_size({"width": DESKTOP, "height": 800})
    page.evaluate(UNFOLD)
    unfolded = violations(page)
    assert {PHONE: folded, DESKTOP: unfolded} == {PHONE: [], DESKTOP: []}

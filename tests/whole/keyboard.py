"""Going through a page by keyboard alone, and looking whether the focus can be seen on the way."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

THINNEST_OUTLINE = 3
_FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    words: element.outerHTML.slice(0, 120),
    nowhere: element === document.body,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
  };
}"""


@dataclass
class Keyboard:
    page: Page

    def tab_to(self, wanted: Locator, most: int = 250) -> None:
        """Presses Tab until the focus is on the wanted place; at every stop it must be seen."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(_FOCUSED)
            assert not stop["nowhere"], f"the focus left {self.page.url} before it came to {wanted}"
            assert stop["outline"] >= THINNEST_OUTLINE, f"no visible focus on {stop['words']}"
            assert stop["onScreen"], f"the focus is out of sight on {stop['words']}"
            if wanted.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{most} times Tab did not lead to {wanted} on {self.page.url}")

    def enter(self) -> None:
        self.page.keyboard.press("Enter")

    def follow(self, wanted: Locator) -> None:
        """Goes to a link and opens it."""
        self.tab_to(wanted)
        href = wanted.evaluate("element => element.href")
        self.enter()
        self.page.wait_for_url(href)

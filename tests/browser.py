"""A person's browser: the system's Chromium, with an accessibility check on every page looked at."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SHOTS = os.environ.get("HOLDSPACE_SHOTS", "")
"""A folder for pictures of every page looked at, where somebody wants them."""
WIDTHS = {360: 740, 1280: 800}
RULES = {
    "light": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "dark": {"type": "rule", "values": ["color-contrast"]},  # nothing else changes with the light
}
PATIENCE = 10_000
"""Milliseconds that a person waits for anything."""
NO_BROWSER = "no Chromium was found (on Debian: apt-get install chromium; or set HOLDSPACE_CHROMIUM)"


def find_chromium() -> str | None:
    """The system's Chromium or Chrome."""
    names = (os.environ.get("HOLDSPACE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


class Trouble(AssertionError):
    """A page looked at has a fault: accessibility, policy, console or layout."""


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """One browser for all stories of this process."""
    from playwright.sync_api import sync_playwright

    found = find_chromium()
    if found is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    # the browser's loop runs in this thread, and Django would take any query made meanwhile for a mistake
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=found, args=["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
        )
        yield browser
        browser.close()


class Visitor:
    """One person at one browser: `page` to act with, `look` to check what they see."""

    def __init__(self, browser: "Browser", address: str) -> None:
        self.context: BrowserContext = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.address = address
        self.heard: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.heard.append(f"script error: {error}"))

    def _console(self, message: "ConsoleMessage") -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(f"{message.type}: {message.text}")

    def go(self, path: str) -> "Page":
        """Open a page of the house."""
        self.page.goto(path)
        return self.page

    def look(self, name: str) -> None:
        """Check the page as it stands at both widths, light and dark; raises Trouble."""
        troubles = []
        for width, height in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                if SHOTS:
                    self.page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png", full_page=True)
                troubles += [f"{width} {scheme}: {fault}" for fault in self._faults(scheme)]
            if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                troubles.append(f"{width}: the page is wider than the screen")
        self.page.emulate_media(color_scheme="light")
        troubles += self.heard
        self.heard = []
        if troubles:
            raise Trouble(f"{name} ({self.page.url}):\n  " + "\n  ".join(troubles))

    def _faults(self, scheme: str) -> list[str]:
        # evaluated by the debugger, so that the page's own policy stays as strict as it is
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(r => r.violations)",
            RULES[scheme],
        )
        return [
            f"{fault['impact']} {fault['id']}: {fault['help']} at {node['target'][0]} ({node['failureSummary']})"
            for fault in found
            if fault["impact"] in {"serious", "critical"}
            for node in fault["nodes"][:3]
        ]


@pytest.fixture
def visitor(chromium: "Browser", live_server: Any, settings: Any) -> Iterator[Visitor]:
    """Somebody at a browser, in a house that runs for this one story."""
    settings.ADDRESS = live_server.url
    someone = Visitor(chromium, live_server.url)
    yield someone
    someone.context.close()


@pytest.fixture
def another_visitor(chromium: "Browser", live_server: Any) -> Iterator[Visitor]:
    """A second person, at a browser of their own."""
    someone = Visitor(chromium, live_server.url)
    yield someone
    someone.context.close()

"""Takes the pictures of the living page from the demo, while its visitors walk.

Needs Debian's chromium. Writes docs/images/live*.png.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
FRESH = "[data-fresh]:not([data-fresh='0'])"
ADDRESS = re.compile(r"http://\S+/maps/\S+")


@dataclass(frozen=True)
class Shot:
    """A picture: of which part of the page, how wide, in which colours."""

    name: str
    view: str = ""
    width: int = 1280
    scheme: str = "light"


SHOTS = (
    Shot("live"),
    Shot("live-dark", scheme="dark"),
    Shot("live-narrow", width=400),
    Shot("live-narrow-dark", width=400, scheme="dark"),
    Shot("live-panel", view="#open=page_viewed"),
)


def take(browser: Browser, address: str, shot: Shot) -> None:
    """One picture, at a moment when some figure has just changed."""
    scheme = "dark" if shot.scheme == "dark" else "light"
    context = browser.new_context(
        viewport={"width": shot.width, "height": 860}, color_scheme=scheme, locale="en-GB"
    )
    page = context.new_page()
    page.goto(address + shot.view)
    page.wait_for_selector("[data-live='live']")
    page.wait_for_selector(FRESH, timeout=120_000)
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"{shot.name}.png")
    context.close()


def main() -> None:
    """Runs the demo, takes the pictures, ends the demo."""
    command = [sys.executable, "-m", "desireline", "demo", "--port", "0"]
    demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert demo.stdout is not None
        found = ADDRESS.search(demo.stdout.readline())
        assert found is not None
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            for shot in SHOTS:
                take(browser, found[0], shot)
            browser.close()
    finally:
        demo.terminate()
        demo.wait()


if __name__ == "__main__":
    main()

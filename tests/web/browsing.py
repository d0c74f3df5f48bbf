"""A real browser on the built page, opened from disk."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BUILT = (ROOT / "src/desireline/static/map.html", ROOT / "web/dist/map.html")
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
MARKER = '<script id="desireline-data" type="application/json"></script>'
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""Debian's: the shell without a window takes two thirds of the whole browser's time."""
WIDE, NARROW = 1280, 400


def built_page() -> Path | None:
    """The newest built page, or None before the first build."""
    found = [page for page in BUILT if page.is_file()]
    return max(found, key=lambda page: page.stat().st_mtime, default=None)


def why_not() -> str | None:
    """Why the browser tests cannot run here; None when they can."""
    if CHROMIUM is None:
        return "chromium is not installed: apt-get install chromium-headless-shell"
    if built_page() is None:
        return "the page is not built: make setup"
    return None if AXE.is_file() else "axe-core is not installed: npm ci in web/"


def page_with(map_file: dict[str, Any] | None) -> str:
    """The built page with this map file inside."""
    built = built_page()
    assert built is not None
    html = built.read_text(encoding="utf-8")
    if map_file is None:
        return html
    data = json.dumps(map_file).replace("<", "\\u003c")
    before, after = html.split(MARKER)
    return f"{before}{MARKER.removesuffix('</script>')}{data}</script>{after}"


WHY_NOT = why_not()
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT)),
]
"""The `pytestmark` of a file of specs."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's chromium; the one that is open already, as two cannot be in one thread."""
    if _SHARED:
        yield _SHARED[0]
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


_SHARED: list[Browser] = []
_HELD = ExitStack()


def shared_browser() -> Browser:
    """A browser that stays open for the files of specs that follow: to start one takes a second.

    Each test has a context of its own in it. `close_shared` ends it.
    """
    if _SHARED and not _SHARED[0].is_connected():
        close_shared()
    if not _SHARED:
        _SHARED.append(_HELD.enter_context(chromium()))
    return _SHARED[0]


def close_shared() -> None:
    """Ends the browser that is shared, if any: while it is open, the thread has a running loop."""
    _SHARED.clear()
    _HELD.close()


@dataclass
class Seen:
    """An open page, and everything it complained about or asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Method and address of each request."""

    def watch(self) -> None:
        """Notes what comes from now on."""
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type in {"error", "warning"}
                else None
            ),
        )
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)
        self.asked.append((request.method, request.url))

    def outside(self) -> list[str]:
        """Requests that left the file."""
        return [url for url in self.requests if not url.startswith(("file:", "data:"))]

    def violations(self) -> list[str]:
        """What axe-core finds wrong, one line each."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{v['id']}: {v['help']} ({len(v['nodes'])}) {v['nodes'][0]['html'][:200]}"
            f" {v['nodes'][0]['failureSummary'][:300]}"
            for v in found["violations"]
        ]


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    *,
    width: int = WIDE,
    scheme: str = "light",
    hash_: str = "",
) -> Iterator[Seen]:
    """The page in a fresh context, drawn."""
    context = browser.new_context(
        viewport={"width": width, "height": 860},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        reduced_motion="reduce",
        bypass_csp=True,  # the page forbids eval, which waiting for a condition needs
    )
    seen = Seen(context.new_page())
    seen.watch()
    seen.page.goto(f"{file.as_uri()}{hash_}")
    seen.page.wait_for_selector("main")
    yield seen
    context.close()

"""The canvas of the editor under a finger: one that rests takes a part along, others scroll."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page
from tests.server.processes import Running, until
from tests.web.browsing import IN_A_BROWSER
from tests.web.drafts import SAVED, made, way_of

pytestmark = IN_A_BROWSER
TABLET = {"width": 820, "height": 1100}
SCROLLED = "() => document.querySelector('[data-scroller]').scrollLeft"


class Finger:
    """One finger on the screen, as Chromium hears it from a touch screen."""

    def __init__(self, page: Page) -> None:
        self.screen = page.context.new_cdp_session(page)

    def _tell(self, kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        self.screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    def down(self, x: float, y: float) -> None:
        """Comes down."""
        self._tell("touchStart", (x, y))

    def go(self, x: float, y: float) -> None:
        """Goes there without leaving the screen."""
        self._tell("touchMove", (x, y))

    def up(self) -> None:
        """Leaves the screen."""
        self._tell("touchEnd")


@contextmanager
def _touched(browser: Browser, address: str) -> Iterator[tuple[Page, Finger]]:
    context = browser.new_context(
        viewport=TABLET, has_touch=True, is_mobile=True, locale="en-GB", reduced_motion="reduce"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_selector(SAVED)
    yield page, Finger(page)
    context.close()
    assert complaints == []


def _middle(page: Page, cell: str) -> tuple[float, float]:
    box = page.locator(f"[data-cell='{cell}']").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_finger_that_rests_takes_a_touchpoint_along(browser: Browser, walked: Running) -> None:
    with _touched(browser, made(walked, "carried")) as (page, finger):
        x, y = _middle(page, "touchpoint:cart")
        finger.down(x, y)
        page.wait_for_selector("[data-gap]")
        there, _ = _middle(page, "touchpoint:look")
        for step in range(1, 5):
            finger.go(x + (there - 40 - x) * step / 4, y)
        finger.up()
        page.wait_for_selector("[data-gap]", state="detached")
        until(lambda: way_of(walked, "carried") == "before: cart look; buying: order")
        assert page.get_by_role("menu").count() == 0


def test_a_finger_that_only_rests_asks_for_the_menu(browser: Browser, walked: Running) -> None:
    with _touched(browser, made(walked, "rested")) as (page, finger):
        finger.down(*_middle(page, "stage:buying"))
        page.wait_for_selector("[data-gap]")
        finger.up()
        page.get_by_role("menuitem", name="Rename").wait_for()
        assert way_of(walked, "rested") == "before: look; buying: cart order"


def test_a_finger_that_goes_at_once_scrolls(browser: Browser, walked: Running) -> None:
    with _touched(browser, made(walked, "scrolled")) as (page, finger):
        page.set_viewport_size({"width": 720, "height": 1100})
        x, y = _middle(page, "touchpoint:cart")
        finger.down(x, y)
        for step in range(1, 8):
            finger.go(x - 20 * step, y)
        finger.up()
        page.wait_for_function(f"{SCROLLED.removeprefix('() => ')} > 20")
        assert page.locator("[data-gap]").count() == 0
        assert way_of(walked, "scrolled") == "before: look; buying: cart order"

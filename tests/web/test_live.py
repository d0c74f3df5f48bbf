"""The live page in a real browser, before a real server: figures move, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, caught_up, ready, running, until, walks
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE, Seen
from tests.web.documented import strangers

pytestmark = IN_A_BROWSER
PERSONS = "[data-cell='persons:page_viewed']"
STATE = "document.querySelector('[data-live]')?.dataset.live"
SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.value)))
        .observe({type: "layout-shift", buffered: false});
}"""


SEEN = """(state) => {
    Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("live") / "w") as found:
        _filled(found)
        yield found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("empty") / "w") as found:
        yield found


def _filled(server: Running) -> None:
    ready(server.client)
    server.client.post("/v1/batch", json={"batch": walks(400)}).raise_for_status()
    _wait_for_events(server, 400)
    made = server.client.post("/v1/maps/discover", json={"name": "Shop", "publish": True})
    assert made.status_code == 201, made.text
    assert made.json()["key"] == "shop"


def _wait_for_events(server: Running, least: int) -> None:
    until(lambda: _position(server) >= least)
    caught_up(server.client)


def _position(server: Running) -> int:
    return _metric(server, "desireline_position")


def _connections(server: Running) -> int:
    return _metric(server, "desireline_connections")


def _metric(server: Running, name: str) -> int:
    text = server.client.get("/metrics").text
    line = next(x for x in text.splitlines() if x.startswith(f"{name} "))
    return int(float(line.split()[1]))


@contextmanager
def visited(
    browser: Browser,
    address: str,
    *,
    width: int = WIDE,
    scheme: str = "light",
    calm: bool = True,
    free: bool = True,
    wait: bool = True,
) -> Iterator[Seen]:
    """The page in a fresh context. `free` lets axe in, which the page's own policy keeps out."""
    context = browser.new_context(
        viewport={"width": width, "height": 860},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="en-GB",
        reduced_motion="reduce" if calm else "no-preference",
        bypass_csp=free,
    )
    seen = Seen(context.new_page())
    seen.watch()
    seen.page.goto(address)
    if wait:
        seen.page.wait_for_selector("main")
    yield seen
    context.close()
    here = "/".join(address.split("/")[:3])
    assert strangers(one for one in seen.asked if one[1].startswith(f"{here}/")) == set()


def _persons(page: Page) -> int:
    return int(page.inner_text(f"{PERSONS} [data-fresh]").replace(",", ""))


def _wait_for_persons(page: Page, n: int) -> None:
    page.wait_for_selector(f"{PERSONS} [data-fresh]:text-is('{n:,}')", timeout=60_000)


class TestLive:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [WIDE, NARROW])
    def test_it_is_accessible_and_asks_nobody_else(
        self, browser: Browser, server: Running, width: int, scheme: str
    ) -> None:
        with visited(browser, f"{server.address}/maps/shop", width=width, scheme=scheme) as seen:
            seen.page.wait_for_selector("[data-live='live']")
            assert seen.violations() == []
            assert seen.complaints == []
            assert {url for url in seen.outside() if not url.startswith(server.address)} == set()
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width

    def test_figures_move_while_events_arrive(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/", free=False, calm=False) as seen:
            page = seen.page
            page.wait_for_selector("[data-live='live']")
            before = _persons(page)
            server.client.post("/v1/batch", json={"batch": walks(7, begin=before)})
            _wait_for_persons(page, before + 7)
            mark = page.locator(f"{PERSONS} [data-fresh]")
            assert mark.get_attribute("data-fresh") == "1"
            assert mark.evaluate("e => getComputedStyle(e).animationName") != "none"
            assert "events a minute" in page.inner_text("[data-live]")
            assert seen.complaints == []

    def test_who_wants_less_motion_gets_none(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/maps/shop") as seen:
            page = seen.page
            before = _persons(page)
            server.client.post("/v1/batch", json={"batch": walks(3, begin=before)})
            _wait_for_persons(page, before + 3)
            mark = page.locator(f"{PERSONS} [data-fresh='1']")
            assert mark.evaluate("e => getComputedStyle(e).animationName") == "none"

    @pytest.mark.parametrize("width", [WIDE, NARROW])
    def test_nothing_jumps(self, browser: Browser, server: Running, width: int) -> None:
        with visited(browser, f"{server.address}/maps/shop", width=width) as seen:
            page = seen.page
            page.wait_for_selector("[data-live='live']")
            page.wait_for_selector("[data-findings]:not([data-findings=asked])", state="attached")
            page.wait_for_timeout(500)
            scrolled = "[window.scrollY, document.querySelector('main').scrollTop]"
            page.mouse.move(width / 2, 500)
            page.mouse.wheel(0, 120)
            page.wait_for_timeout(300)
            at = page.evaluate(scrolled)
            page.evaluate(SHIFTS)
            begin = 2_000 if width == WIDE else 3_000
            for step in range(3):
                server.client.post("/v1/batch", json={"batch": walks(40, begin=begin + 40 * step)})
                _quiet(page, server)
            assert page.evaluate(scrolled) == at
            assert sum(page.evaluate("window.shifts")) == 0

    def test_an_open_panel_stays_open(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/maps/shop#open=cart_filled") as seen:
            page = seen.page
            page.wait_for_selector("[data-panel]")
            page.focus("[data-panel] button")
            before = _persons(page)
            server.client.post("/v1/batch", json={"batch": walks(5, begin=5_000 + before)})
            _wait_for_persons(page, before + 5)
            assert page.inner_text("[data-panel] h2") == "Cart filled"
            assert page.evaluate("document.activeElement.closest('[data-panel]') !== null")

    def test_a_page_that_nobody_sees_rests(self, browser: Browser, server: Running) -> None:
        with visited(browser, "about:blank", wait=False) as seen:
            page = seen.page
            page.clock.install()
            page.goto(f"{server.address}/maps/shop")
            page.wait_for_selector("[data-live='live']")
            before, open_ = _persons(page), _connections(server)
            page.evaluate(SEEN, "hidden")
            page.clock.fast_forward(31_000)
            until(lambda: _connections(server) < open_)
            server.client.post("/v1/batch", json={"batch": walks(2, begin=9_000)})
            page.evaluate(SEEN, "visible")
            _wait_for_persons(page, before + 2)
            page.wait_for_selector("[data-live='live']")


class TestBreak:
    def test_it_says_so_and_goes_on_by_itself(self, browser: Browser, tmp_path: Path) -> None:
        with running(tmp_path / "w") as first:
            _filled(first)
            port = first.address.rpartition(":")[2]
            with visited(browser, f"{first.address}/maps/shop") as seen:
                page = seen.page
                page.wait_for_selector("[data-live='live']")
                before = _persons(page)
                first.terminated()
                page.wait_for_selector("[data-live='reconnecting']")
                assert page.inner_text("[data-live]") == "Reconnecting"
                page.wait_for_selector("[data-live='stale']", timeout=60_000)
                assert page.inner_text("[data-live]").startswith("Stale since ")
                with running(tmp_path / "w", "--port", port) as second:
                    ready(second.client)
                    second.client.post("/v1/batch", json={"batch": walks(9, begin=before)})
                    _wait_for_persons(page, before + 9)
                    page.wait_for_selector("[data-live='live']")


class TestEmpty:
    def test_the_first_screen_leads_to_a_map(self, browser: Browser, tmp_path: Path) -> None:
        with running(tmp_path / "w") as server, visited(browser, server.address) as seen:
            page = seen.page
            assert page.inner_text("h1") == "Your journey map begins with one event"
            said = page.inner_text("main")
            assert "desireline import" in said
            assert f"curl {server.address}/v1/events" in said
            assert "desireline demo" in said
            assert seen.violations() == []
            ready(server.client)
            server.client.post("/v1/batch", json={"batch": walks(50)})
            page.get_by_role("button", name="Discover the map").click(timeout=60_000)
            page.wait_for_url(f"{server.address}/maps/customer_journey", timeout=60_000)
            page.wait_for_selector("[data-live='live']")
            assert _persons(page) == 50
            assert seen.complaints == []

    @pytest.mark.parametrize("width", [WIDE, NARROW])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_it_is_accessible(
        self, browser: Browser, empty: Running, width: int, scheme: str
    ) -> None:
        with visited(browser, empty.address, width=width, scheme=scheme) as seen:
            assert seen.violations() == []
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width

    def test_the_way_in_is_accessible(self, browser: Browser, tmp_path: Path) -> None:
        token = {"DESIRELINE_TOKEN": "open sesame, please"}
        with running(tmp_path / "w", **token) as server, visited(browser, server.address) as seen:
            page = seen.page
            assert seen.violations() == []
            page.wait_for_url("**/sign-in")
            page.wait_for_selector("#token")
            page.fill("#token", "wrong")
            page.keyboard.press("Enter")
            page.wait_for_selector("text=This is not the token")
            assert seen.violations() == []
            page.fill("#token", token["DESIRELINE_TOKEN"])
            page.keyboard.press("Enter")
            page.wait_for_selector("text=Your journey map begins")


def _quiet(page: Page, server: Running) -> None:
    """Returns when the page shows what the log has."""
    n = server.client.get("/v1/counts").json()["stored"]
    page.wait_for_selector(f"header :text('{n:,} events')", timeout=60_000)

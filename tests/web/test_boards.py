"""Dashboards, targets and alerts, in a real browser, before a server with known events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, caught_up, ready, running, until
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
VIEWED, ADDED, ORDERED = 400, 240, 120
PNG = b"\x89PNG"
STEPS = [{"rule": "product_viewed"}, {"rule": "order_completed"}]
FUNNEL = {"analysis": "funnel", "steps": STEPS}
SHARE = ["converted", "share"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("boards") / "w") as found:
        ready(found.client)
        _send(found, list(_walked()))
        yield found


def _send(server: Running, events: list[dict[str, object]]) -> None:
    server.client.post("/v1/batch", json={"batch": events}).raise_for_status()
    caught_up(server.client)


def _walked() -> Iterator[dict[str, object]]:
    for person in range(VIEWED):
        said = {"user_id": f"p{person}", "channel": "web" if person % 2 else "app"}
        day = f"2026-03-{1 + person % 7:02d}"
        yield {**said, "type": "product_viewed", "at": f"{day}T10:00:00Z"}
        if person < ADDED:
            yield {**said, "type": "product_added", "at": f"{day}T10:05:00Z"}
        if person < ORDERED:
            yield {**said, "type": "order_completed", "at": f"{day}T10:15:00Z"}


@pytest.fixture(scope="module")
def kept(server: Running) -> list[int]:
    """Two questions, the first with a target that is missed for sure."""
    asked = [{"name": "Who buys", "query": FUNNEL}]
    asked += [{"name": "Ways", "query": {"analysis": "variants", "top": 5}}]
    numbers = [server.client.post("/v1/questions", json=one).json()["id"] for one in asked]
    aim = {"name": "Orders", "figure": SHARE, "op": "at_least", "threshold": 0.6}
    server.client.post("/v1/targets", json={**aim, "question": numbers[0]}).raise_for_status()
    return numbers


@pytest.fixture
def board(server: Running, kept: list[int]) -> dict[str, Any]:
    """A dashboard of both questions."""
    first = {"question": kept[0], "view": "number", "figure": SHARE}
    tiles = [first, {"question": kept[1], "place": {"y": 1, "w": 6}}]
    made = server.client.post("/v1/dashboards", json={"name": "Mine", "tiles": tiles})
    return dict(made.json())


def _tiles(page: Page) -> list[str]:
    return page.locator("article h2").all_inner_texts()


def _kept_tiles(server: Running, number: int) -> list[str]:
    tiles = server.client.get(f"/v1/dashboards/{number}").json()["tiles"]
    return [tile["name"] for tile in tiles]


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
def test_each_page_is_accessible(
    browser: Browser, server: Running, board: dict[str, Any], width: int, scheme: str
) -> None:
    address = f"{server.address}/dashboards/{board['id']}"
    with visited(browser, address, width=width, scheme=scheme) as seen:
        page = seen.page
        page.wait_for_selector("text=400 journeys go 3 different ways")
        page.wait_for_selector("text=Not met:")
        assert seen.violations() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(f"{server.address}/dashboards")
        page.wait_for_selector("h2:text('Targets')")
        assert seen.violations() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.complaints == []


def test_a_ready_made_dashboard_is_begun_with(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/dashboards", free=False) as seen:
        page = seen.page
        page.get_by_role("button", name="Begin with this: Sales funnel").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Looks at a product").wait_for()
        guessed = [field.input_value() for field in dialog.locator("input").all()]
        assert guessed == ["product_viewed", "product_added", "order_completed"]
        dialog.get_by_role("button", name="Make a dashboard").click()
        tile = page.get_by_role("article", name="From the product to the order")
        tile.get_by_text(f"Of {VIEWED} that entered at product_viewed, 30 %").wait_for()
        assert len(_tiles(page)) == 4
        number = int(page.url.rpartition("/")[2])
        page.get_by_role("button", name="More about this dashboard").click()
        page.get_by_role("menuitem", name="Delete the dashboard").click()
        page.wait_for_selector("text=Sales funnel is deleted")
        assert server.client.get(f"/v1/dashboards/{number}").status_code == 404
        page.get_by_role("button", name="Undo").click()
        page.wait_for_selector("h1:text('Sales funnel')")
        assert seen.complaints == []


def test_tiles_are_arranged_and_go_and_come_back(
    browser: Browser, server: Running, board: dict[str, Any]
) -> None:
    number = board["id"]
    with visited(browser, f"{server.address}/dashboards/{number}", free=False) as seen:
        page = seen.page
        page.wait_for_selector("article li")
        assert _tiles(page) == ["Who buys", "Ways"]
        page.get_by_role("button", name="Move Ways with the arrow keys").focus()
        page.keyboard.press("ArrowLeft")
        page.wait_for_selector("text=Now tile 1 of 2")
        until(lambda: _kept_tiles(server, number) == ["Ways", "Who buys"])
        grip = page.get_by_role("button", name="Move Who buys with the arrow keys")
        grip.drag_to(page.get_by_role("article", name="Ways"))
        until(lambda: _kept_tiles(server, number) == ["Who buys", "Ways"])
        page.get_by_role("button", name="More about Ways").click()
        page.get_by_role("menuitem", name="All of it").click()
        page.get_by_role("button", name="More about Ways").click()
        page.get_by_role("menuitem", name="Remove from the dashboard").click()
        until(lambda: _kept_tiles(server, number) == ["Who buys"])
        page.get_by_role("button", name="Undo").click()
        until(lambda: _kept_tiles(server, number) == ["Who buys", "Ways"])
        widths = [
            t["place"]["w"] for t in server.client.get(f"/v1/dashboards/{number}").json()["tiles"]
        ]
        assert widths == [6, 12]
        assert seen.complaints == []


def test_a_period_and_a_segment_are_of_all_tiles(
    browser: Browser, server: Running, board: dict[str, Any]
) -> None:
    with visited(browser, f"{server.address}/dashboards/{board['id']}", free=False) as seen:
        page = seen.page
        page.wait_for_selector("text=400 journeys go 3 different ways")
        page.get_by_label("Only people who").fill("product_added")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"text={ADDED} journeys go 2 different ways")
        page.wait_for_selector(f"text=Of {ADDED} that entered at product_viewed, 50 %")
        page.get_by_label("When").select_option("From day to day")
        page.get_by_label("To", exact=True).fill("2026-03-01")
        page.wait_for_selector("text=Too few to say more: 18 of 35")
        page.get_by_role("link", name="Ways").click()
        page.wait_for_selector("h1:text('Ways')")
        page.wait_for_selector("text=Too few to say more: 18 of 35")
        assert "segment=product_added" in page.url
        assert seen.complaints == []


def test_a_tile_is_taken_away_as_a_picture_and_as_a_table(
    browser: Browser, server: Running, board: dict[str, Any]
) -> None:
    with visited(browser, f"{server.address}/dashboards/{board['id']}", free=False) as seen:
        page = seen.page
        page.wait_for_selector("article li")
        for item, begins in (("Save as a picture", PNG), ("Save as CSV", b"count,")):
            page.get_by_role("button", name="More about Ways").click()
            with page.expect_download() as taken:
                page.get_by_role("menuitem", name=item).click()
            assert taken.value.path().read_bytes().startswith(begins)
            assert taken.value.suggested_filename.startswith("Ways.")
        assert seen.complaints == []


def test_a_question_goes_from_explore_to_a_dashboard(
    browser: Browser, server: Running, board: dict[str, Any]
) -> None:
    with visited(browser, f"{server.address}/explore/positions", free=False) as seen:
        page = seen.page
        page.get_by_role("button", name="Keep", exact=True).click()
        page.get_by_label("Name of the question").fill("Standing")
        page.get_by_label("On a dashboard").select_option(str(board["id"]))
        page.get_by_role("dialog").get_by_role("button", name="Keep").click()
        page.get_by_role("article", name="Standing").get_by_text("journeys are open").wait_for()
        assert _tiles(page) == ["Who buys", "Ways", "Standing"]
        assert seen.complaints == []


def test_a_target_that_is_missed_rings_the_bell(
    browser: Browser, server: Running, board: dict[str, Any]
) -> None:
    with visited(browser, f"{server.address}/dashboards/{board['id']}", free=False) as seen:
        page = seen.page
        page.get_by_role("button", name="More about Who buys").click()
        page.get_by_role("menuitem", name="Set a target").click()
        page.get_by_label("Percent").fill("30")
        page.wait_for_selector("text=At this moment it is undecided")
        page.get_by_label("Name of the target").fill("A third")
        page.get_by_role("dialog").get_by_role("button", name="Set a target").click()
        page.wait_for_selector("text=A third, at least 30")
        until(lambda: server.client.get("/v1/alerts").json()["unseen"])
        page.reload()
        page.get_by_role("button", name="1 alert that nobody has seen").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("below the target of 60 %").wait_for()
        dialog.get_by_text("still not met").wait_for()
        dialog.get_by_role("button", name="Mute its alerts").click()
        dialog.get_by_role("button", name="Let it alert again").wait_for()
        dialog.get_by_role("button", name="All are seen").click()
        until(lambda: not server.client.get("/v1/alerts").json()["unseen"])
        dialog.get_by_role("link", name="To the figures").click()
        page.wait_for_selector(f"text=Of {VIEWED} that entered at product_viewed, 30 %")
        page.get_by_role("button", name="Alerts").wait_for()
        assert seen.complaints == []

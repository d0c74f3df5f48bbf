"""The board of improvements and the ledger of hypotheses, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.modules.test_improve import CLAIM, DEPLOYED, at, come
from tests.modules.test_maps import MAP
from tests.server.processes import Running, caught_up, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
BOARD = "/maps/shop/improvements"
DAYS = 105


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The north gains 30 points from a day on; one improvement is with it since that day."""
    with running(tmp_path_factory.mktemp("improve") / "w") as found:
        ready(found.client)
        walked = list(come(lambda p, t: 0.3 + 0.3 * (p % 2 == 0 and t >= DEPLOYED), DAYS))
        for part in range(0, len(walked), 1_000):
            sent = {"batch": walked[part : part + 1_000]}
            found.client.post("/v1/batch", json=sent).raise_for_status()
        kept = found.client.put("/v1/maps/shop/draft", json=MAP).raise_for_status()
        as_seen = {"If-Match": kept.headers["etag"]}
        found.client.post("/v1/maps/shop/publish", headers=as_seen).raise_for_status()
        _deployed(found)
        found.client.post("/v1/hypotheses", json=CLAIM).raise_for_status()
        caught_up(found.client)
        yield found


def _deployed(found: Running) -> None:
    weak = {"map": "shop", "touchpoint": "look", "title": "Mails wait for days"}
    scores = {"effort": 2, "customer_value": 5, "business_value": 4}
    noted = found.client.post("/v1/opportunities", json=weak | scores).raise_for_status()
    said = {
        "opportunity": noted.json()["id"],
        "title": "Answer within four hours",
        "reach": {"who": "property", "name": "region", "value": "north"},
        "measure": {"within_days": 3},
    }
    one = found.client.post("/v1/improvements", json=said).raise_for_status().json()["id"]
    to = {"state": "deployed", "deployed_at": at(DEPLOYED)}
    moved = found.client.put(f"/v1/improvements/{one}/state", json=to, headers={"if-match": '"1"'})
    moved.raise_for_status()


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
def test_an_effect_is_told_with_how_it_is_known(
    browser: Browser, server: Running, width: int, scheme: str
) -> None:
    address = f"{server.address}{BOARD}?card=i1"
    with visited(browser, address, width=width, scheme=scheme) as seen:
        page = seen.page
        dialog = page.get_by_role("dialog", name="Answer within four hours")
        dialog.get_by_text("The change helped:").wait_for()
        dialog.get_by_text("How is this known?").click()
        dialog.get_by_text("Those whom the change did not reach show what would").wait_for()
        assert seen.violations() == []
        page.keyboard.press("Escape")
        dialog.wait_for(state="detached")
        page.get_by_text("Helped").wait_for()
        assert seen.violations() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.complaints == []


def test_a_weak_point_is_noted_scored_planned_and_moved_by_keys(
    browser: Browser, server: Running
) -> None:
    with visited(browser, f"{server.address}{BOARD}", free=False) as seen:
        page = seen.page
        page.get_by_role("button", name="Note a weak point").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("What is wrong, in a few words").fill("The cart forgets")
        dialog.get_by_role("button", name="Note it").click()
        dialog.wait_for(state="detached")
        grip = page.get_by_role("button", name="Move The cart forgets")
        grip.press("ArrowRight")
        for score in ("Effort", "Value to the customer", "Value to the company"):
            dialog.get_by_role("radiogroup", name=score).get_by_text("3").click()
        dialog.get_by_role("button", name="Keep").click()
        board = page.get_by_role("region", name="The board")
        opportunities = board.get_by_role("region", name="Opportunities")
        opportunities.get_by_text("The cart forgets").wait_for()
        grip.press("ArrowRight")
        dialog.get_by_label("What will you do?").fill("Keep the cart for 30 days")
        dialog.get_by_label("Whom it reaches").select_option("Those who came by a source")
        dialog.get_by_label("A lot decided who is reached").check()
        dialog.get_by_label("Whom it reaches").select_option("A random share")
        dialog.get_by_label("What counts").select_option("The value a visit")
        dialog.get_by_label("A visit counts at most").fill("200")
        dialog.get_by_role("button", name="Plan it").click()
        moved = page.get_by_role("button", name="Move Keep the cart for 30 days")
        moved.press("ArrowRight")
        doing = board.get_by_role("region", name="Being done")
        doing.get_by_text("Keep the cart for 30 days").wait_for()
        page.wait_for_function(
            "document.activeElement?.ariaLabel === 'Move Keep the cart for 30 days'"
        )
        page.get_by_role("button", name="Undo").click()
        planned = board.get_by_role("region", name="Planned")
        planned.get_by_text("Keep the cart for 30 days").wait_for()
        page.get_by_role("button", name="More about Keep the cart for 30 days").click()
        page.get_by_role("menuitem", name="Drop").click()
        page.get_by_text("1 was dropped").click()
        page.get_by_role("button", name="Take back Keep the cart for 30 days").click()
        planned.get_by_text("Keep the cart for 30 days").wait_for()
        planned.get_by_role("button", name="Keep the cart for 30 days", exact=True).click()
        card = page.get_by_role("dialog", name="Keep the cart for 30 days")
        card.get_by_text("the value of the outcome of the map within").wait_for()
        assert seen.complaints == []


def test_a_touchpoint_says_what_is_done_about_it(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/maps/shop#open=look", free=False) as seen:
        part = seen.page.get_by_role("region", name="What is being done about it")
        part.get_by_text("Helped").wait_for()
        part.get_by_role("link", name="Answer within four hours").click()
        seen.page.get_by_role("dialog", name="Answer within four hours").wait_for()
        assert seen.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "dark"), (NARROW, "light")])
def test_a_hypothesis_is_stated_and_told(
    browser: Browser, server: Running, width: int, scheme: str
) -> None:
    with visited(browser, f"{server.address}/hypotheses", width=width, scheme=scheme) as seen:
        page = seen.page
        page.get_by_text("The claim holds: at least 20 %").first.wait_for()
        page.get_by_role("button", name="State a hypothesis").click()
        dialog = page.get_by_role("dialog")
        claim = f"They order soon ({width})"
        dialog.get_by_label("What do you believe?").fill(claim)
        dialog.get_by_label("Who is counted").fill("page_viewed")
        dialog.get_by_label("What they do").fill("order_completed")
        dialog.get_by_label("Percent").fill("30")
        dialog.get_by_text("people decide it").wait_for()
        assert seen.violations() == []
        dialog.get_by_role("button", name="State it").click()
        row = page.get_by_role("listitem").filter(has_text=claim)
        row.get_by_text("0 so far").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        row.get_by_role("button", name=f"More about: {claim}").click()
        page.get_by_role("menuitem", name="Put away").click()
        row.get_by_text("0 so far").wait_for(state="hidden")
        assert seen.violations() == []
        assert seen.complaints == []

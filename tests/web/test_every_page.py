"""Each page of the application, on the sample shop: it opens, fits, is quiet and accessible."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.server.processes import new_client
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.every_page import PLACES, Place, Shop, furnished_shop
from tests.web.owned import joined, member_at

pytestmark = IN_A_BROWSER
PATIENCE_MS = 60_000
QUIET_MS = 200
WIDEST = "document.documentElement.scrollWidth"
CLOSED_TO_VIEWERS = {
    *("start", "new-map", "person", "people", "case", "new-persona", "sources", "import"),
    *("team", "keys", "appearance", "privacy"),
}
ANN = {"user_id": "4711", "email": "ann@example.com"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with furnished_shop(tmp_path_factory.mktemp("every") / "w", _ask) as found:
        yield found


def _ask(address: str) -> None:
    """One known person, who asks something."""
    asked = {**ANN, "type": "chat_started", "channel": "chat", "at": "2026-03-02T09:00:00Z"}
    with new_client(address) as client:
        client.post("/v1/batch", json={"batch": [asked]}).raise_for_status()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_it_opens_fits_and_is_accessible(browser: Browser, shop: Shop, place: Place) -> None:
    session = "" if place.is_open else shop.session
    with member_at(browser, f"{shop.server.address}{place.filled(shop.where)}", session) as seen:
        page = seen.page
        page.wait_for_selector(place.shows, timeout=PATIENCE_MS)
        page.wait_for_timeout(QUIET_MS)
        assert page.evaluate(WIDEST) <= WIDE
        assert seen.violations() == []
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": NARROW, "height": 860})
        page.wait_for_timeout(QUIET_MS)
        assert page.evaluate(WIDEST) <= NARROW
        assert seen.violations() == []
        assert page.title()
        assert seen.complaints == []


def test_a_viewer_is_asked_in_or_told_why_not(browser: Browser, shop: Shop) -> None:
    """What a role may not see, its pages do not ask for; nothing is offered that is refused."""
    with new_client(shop.server.address, origin=shop.server.address) as client:
        client.cookies.set("desireline_session", shop.session)
        vera = joined(client, "Vera", role="viewer")
    closed = set()
    with member_at(browser, f"{shop.server.address}/settings", vera) as seen:
        page = seen.page
        for place in PLACES:
            if place.is_open:
                continue
            page.goto(f"{shop.server.address}{place.filled(shop.where)}")
            page.locator(f"{place.shows}, main h1, main h2").first.wait_for(timeout=PATIENCE_MS)
            page.wait_for_timeout(QUIET_MS)
            if page.get_by_text("This page is not for your role").count():
                closed.add(place.name)
            assert seen.complaints == [], place.name
        places = page.get_by_role("navigation", name="Places").get_by_role("link")
        offered = {link.get_attribute("href") for link in places.all()}
    assert closed == CLOSED_TO_VIEWERS
    assert "/personas" in offered
    assert not offered & {"/people", "/sources"}

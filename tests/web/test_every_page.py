"""Each page of the application, on the sample shop: it opens, fits and complains of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from playwright.sync_api import Browser
from tests.server.processes import Running, caught_up, new_client, ready, running, until
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.every_page import PLACES, Place, furnished, routes
from tests.web.owned import OWNER, PASSWORD, entered, member_at, printed_token

pytestmark = IN_A_BROWSER
PATIENCE_MS = 60_000
QUIET_MS = 200
WIDEST = "document.documentElement.scrollWidth"
ANN = {"user_id": "4711", "email": "ann@example.com"}


@dataclass(frozen=True)
class Shop:
    """The sample shop with one of everything, and its owner's session."""

    server: Running
    session: str
    where: dict[str, str]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("every") / "w") as server:
        ready(server.client)
        _filled(server.client)
        first = printed_token(server)
        told = {"token": first, "name": "Anna", "email": OWNER}
        session = entered(server.address, "first-owner", **told, password=PASSWORD)
        with new_client(server.address, origin=server.address) as client:
            client.cookies.set("desireline_session", session)
            where = furnished(client, "shop") | {"first": first}
        yield Shop(server, session, where)


def _filled(client: httpx.Client) -> None:
    """The events of the sample and those of one known person, and the map that they draw."""
    made = client.post("/v1/imports/sample").raise_for_status().json()
    until(lambda: client.get(f"/v1/imports/{made['id']}").json()["state"] == "done")
    asked = {**ANN, "type": "chat_started", "channel": "chat", "at": "2026-03-02T09:00:00Z"}
    client.post("/v1/batch", json={"batch": [asked]}).raise_for_status()
    caught_up(client)
    drawn = client.post("/v1/maps/discover", json={"name": "Shop", "publish": True})
    drawn.raise_for_status()


def test_no_page_of_the_router_is_left_out() -> None:
    assert sorted(place.route for place in PLACES) == sorted(routes())
    assert len({place.name for place in PLACES}) == len(PLACES)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_it_opens_fits_and_complains_of_nothing(browser: Browser, shop: Shop, place: Place) -> None:
    session = "" if place.is_open else shop.session
    with member_at(browser, f"{shop.server.address}{place.filled(shop.where)}", session) as seen:
        page = seen.page
        page.wait_for_selector(place.shows, timeout=PATIENCE_MS)
        page.wait_for_timeout(QUIET_MS)
        assert page.evaluate(WIDEST) <= WIDE
        page.set_viewport_size({"width": NARROW, "height": 860})
        page.wait_for_timeout(QUIET_MS)
        assert page.evaluate(WIDEST) <= NARROW
        assert page.title()
        assert seen.complaints == []

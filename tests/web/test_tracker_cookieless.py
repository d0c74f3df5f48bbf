"""Visitors whose browsers store nothing: one id a day, made by the server, and no way back."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.modules.house import house
from tests.web.browsing import IN_A_BROWSER
from tests.web.tracker_site import FREE, Shop, logged_here, shop_of, types, visit

from desireline.kit.clock import SetClock
from desireline.modules.collect.cookieless import DAY

pytestmark = IN_A_BROWSER
ALWAYS = {"cookieless": "always", "reading": False, **FREE}


@pytest.fixture
def clock() -> SetClock:
    """Noon of today, so that the tests do not run into midnight."""
    now = time.time_ns() // 1000
    return SetClock(now - now % DAY + DAY // 2)


def _visited(browser: Browser, shop: Shop, **settings: str) -> str:
    """The id of somebody who looks at two pages; nothing of it stays in her browser."""
    before = len(shop.log())
    with visit(browser, shop.site, **settings) as guest:
        page = guest.open("/one")
        page.evaluate("desireline.identify('ann', {email: 'ann@example.com'})")
        page.evaluate("desireline.track('Product Added', {product_id: 'f2'})")
        page.close()
        guest.open("/two")
        events = shop.wait(guest, lambda found: len(found) == before + 3)[before:]
        assert sorted(types(events)) == ["page_viewed", "page_viewed", "product_added"]
        assert guest.stored() == {}
        assert not any("ann" in str((e.identifiers, e.properties, e.context)) for e in events)
        assert all(e.context["cookieless"] for e in events)
        (subject,) = {event.subject for event in events}
    assert subject[0] == "anonymous_id"
    return subject[1]


def test_one_id_a_day_and_nothing_stored(browser: Browser, tmp_path: Path, clock: SetClock) -> None:
    folder = tmp_path / "w"
    with (
        house(folder, f"sqlite:///{folder / 'desireline.db'}", clock) as here,
        shop_of(here.client, partial(logged_here, here.rooms.db), **ALWAYS) as shop,
    ):
        first = _visited(browser, shop)
        assert first.startswith("day-")
        assert _visited(browser, shop) == first
        assert _visited(browser, shop, user_agent="Mozilla/5.0 (another browser)") != first
        clock.move(DAY)
        tomorrow = _visited(browser, shop)
        assert tomorrow != first
        assert _visited(browser, shop) == tomorrow
        with shop_of(here.client, partial(logged_here, here.rooms.db), **ALWAYS) as other:
            assert _visited(browser, other) != tomorrow


def test_who_agrees_is_known_from_then_on(
    browser: Browser, tmp_path: Path, clock: SetClock
) -> None:
    folder = tmp_path / "w"
    with (
        house(folder, f"sqlite:///{folder / 'desireline.db'}", clock) as here,
        shop_of(
            here.client, partial(logged_here, here.rooms.db), cookieless="before_consent"
        ) as shop,
        visit(browser, shop.site) as guest,
    ):
        page = guest.open("/?utm_source=news")
        (event,) = shop.wait(guest, bool)
        assert event.subject[1].startswith("day-")
        assert guest.stored() == {}
        page.evaluate("desireline.consent(true); desireline.track('Product Added')")
        events = shop.wait(guest, lambda found: len(found) == 3)[1:]
        assert types(events) == ["consent_given", "product_added"]
        assert events[0].properties["source"] == "news"
        assert len({e.subject for e in events}) == 1
        assert not events[0].subject[1].startswith("day-")
        page.evaluate("desireline.consent(false); desireline.track('Never Sent')")
        events = shop.wait(guest, lambda found: len(found) == 4)
        assert events[-1].type == "consent_withdrawn"
        guest.rest()
        assert len(shop.log()) == 4
        assert guest.stored() == {}

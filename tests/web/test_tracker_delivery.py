"""What the browser tracker sent is what the log holds, whatever happens on the way.

The site is another origin than the server, and carries the very snippet of docs/tracker.md.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.web.browsing import IN_A_BROWSER
from tests.web.tracker_site import FREE, Hub, hub_in, types, visit

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub_in(tmp_path_factory.mktemp("tracked") / "w") as found:
        yield found


class TestDelivery:
    def test_offline_and_back(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            page = guest.open()
            here.wait(guest, lambda found: len(found) == 1)
            guest.context.set_offline(True)
            for n in range(30):
                page.evaluate("n => desireline.track('Offline Click', {n})", n)
            guest.rest()
            assert types(here.log()) == ["page_viewed"]
            guest.context.set_offline(False)
            events = here.wait(guest, lambda found: len(found) == 31)
            assert [e.properties["n"] for e in events[1:]] == [*range(30)]
            assert {event.id for event in here.settled(guest)} == guest.ids()

    def test_a_tab_that_is_closed_has_told_everything(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            page = guest.open()
            here.wait(guest, lambda found: len(found) == 1)
            page.wait_for_timeout(1100)
            page.evaluate("for (let n = 0; n < 45; n++) desireline.track('Last Word', {n})")
            page.close()
            events = here.wait(guest, lambda found: len(found) == 47)
            assert sorted(e.properties["n"] for e in events if e.type == "last_word") == [
                *range(45)
            ]
            assert types(events)[-1] == "page_read"

    def test_the_next_page_sends_the_last_words_again(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            for n in range(4):
                page = guest.open(f"/{n}")
                page.wait_for_timeout(200)
                page.evaluate("n => desireline.track('Word', {n})", n)
                page.close()
            page = guest.open("/end")
            events = here.wait(guest, lambda found: types(found).count("page_viewed") == 5)
            guest.until(lambda: len(guest.kept()) == 1)
            assert types(here.settled(guest)).count("word") == 4
            assert len({event.subject for event in events}) == 1

    def test_a_server_that_restarts_loses_nothing(self, browser: Browser, tmp_path: Path) -> None:
        folder = tmp_path / "w"
        with (
            hub_in(folder) as first,
            first.shop(**FREE) as here,
            visit(browser, here.site) as guest,
        ):
            page = guest.open()
            here.wait(guest, lambda found: len(found) == 1)
            first.server.terminated()
            for n in range(25):
                page.evaluate("n => desireline.track('While Away', {n})", n)
            guest.rest()
            port = first.server.address.rpartition(":")[2]
            with hub_in(folder, "--port", port):
                events = here.wait(guest, lambda found: types(found).count("while_away") == 25)
                assert [e.properties["n"] for e in events if e.type == "while_away"] == [*range(25)]
                assert {event.id for event in here.settled(guest)} == guest.ids()
                guest.until(lambda: len(guest.kept()) == 1)

    def test_what_a_closed_page_could_not_send_the_next_one_does(
        self, browser: Browser, tmp_path: Path
    ) -> None:
        folder = tmp_path / "w"
        with (
            hub_in(folder) as first,
            first.shop(**FREE) as here,
            visit(browser, here.site) as guest,
        ):
            page = guest.open()
            here.wait(guest, lambda found: len(found) == 1)
            first.server.terminated()
            page.evaluate("desireline.track('Order Completed', {total: 40})")
            page.close()
            port = first.server.address.rpartition(":")[2]
            with hub_in(folder, "--port", port):
                assert types(here.log()) == ["page_viewed"]
                guest.open("/later")
                events = here.wait(guest, lambda found: types(found).count("page_viewed") == 2)
                assert types(events).count("order_completed") == 1

    def test_two_tabs_are_one_visitor(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            one, two = guest.open("/one"), guest.open("/two")
            one.evaluate("desireline.identify('ann')")
            for n in range(20):
                (one, two)[n % 2].evaluate("n => desireline.track('Tabbed', {n})", n)
            one.close()
            two.close()
            events = here.wait(guest, lambda found: types(found).count("tabbed") == 20)
            assert {e.subject for e in events if e.type == "tabbed"} == {("user_id", "ann")}
            assert len({e.identifiers.get("anonymous_id") or e.subject[1] for e in events}) == 1
            here.settled(guest)

    def test_a_wrong_key_is_told_and_nothing_lost(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            here.site.options["writeKey"] = "wk_nobody"
            guest.open()
            guest.until(lambda: any("the server answered 401" in text for text in guest.complaints))
            assert len(guest.kept()) == 2

    def test_a_wrong_clock_is_put_right(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            guest.context.clock.set_system_time(time.time() - 3 * 86_400)
            guest.open()
            (event,) = here.wait(guest, bool)
            assert abs(event.row["at"] / 1e6 - time.time()) < 30

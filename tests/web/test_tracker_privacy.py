"""Nothing is stored or sent that the visitor, or her browser, has not agreed to.

The site is another origin than the server, and carries the very snippet of docs/tracker.md.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.web.browsing import IN_A_BROWSER
from tests.web.tracker_site import FORM, FREE, Hub, hub_in, types, visit

pytestmark = IN_A_BROWSER
GPC = "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})"
DNT = "Object.defineProperty(navigator, 'doNotTrack', {value: '1'})"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub_in(tmp_path_factory.mktemp("tracked") / "w") as found:
        yield found


class TestConsent:
    def test_before_a_yes_nothing_is_stored_or_sent(self, browser: Browser, hub: Hub) -> None:
        with hub.shop() as here, visit(browser, here.site) as guest:
            here.site.body = FORM
            page = guest.open("/?gclid=abc")
            page.click("#offer")
            page.evaluate("desireline.identify('ann', {email: 'ann@example.com'})")
            guest.rest()
            assert (guest.requests, guest.stored(), here.log()) == ([], {}, [])

            page.evaluate("desireline.consent(true, {text_version: '2026-03'})")
            events = here.wait(guest, lambda found: len(found) == 3)
            assert types(events) == ["consent_given", "identified", "page_viewed"]
            given = events[0].properties
            assert (given["purpose"], given["text_version"]) == ("tracking", "2026-03")
            assert events[2].properties["gclid"] == "abc"
            assert events[2].subject == ("user_id", "ann")

            guest.open("/next").evaluate("desireline.consent(true)")  # as banners do on each page
            guest.rest()
            assert types(here.settled(guest)).count("consent_given") == 1
            assert types(here.log()).count("page_viewed") == 2

    def test_a_no_leaves_nothing_and_sends_nothing(self, browser: Browser, hub: Hub) -> None:
        for options in ({}, FREE, {"cookieless": "always"}, {"cookieless": "before_consent"}):
            with hub.shop(**options) as here, visit(browser, here.site) as guest:
                here.site.calls = "desireline.consent(false); desireline.track('Early')"
                here.site.body = FORM
                page = guest.open()
                page.click("#offer")
                page.evaluate("history.pushState({}, '', '/a')")
                page.wait_for_timeout(1500)
                page.close()
                guest.rest(1)
                assert (guest.requests, guest.stored(), here.log()) == ([], {}, []), options

    def test_a_yes_taken_back(self, browser: Browser, hub: Hub) -> None:
        with hub.shop() as here, visit(browser, here.site) as guest:
            page = guest.open()
            page.evaluate("desireline.consent(true)")
            here.wait(guest, lambda found: len(found) == 2)
            other = guest.open("/other")
            here.wait(guest, lambda found: len(found) == 3)
            page.evaluate("desireline.track('Never Sent'); desireline.consent(false)")
            events = here.wait(guest, lambda found: len(found) == 4)
            assert types(events)[-1] == "consent_withdrawn"
            assert len({event.subject for event in events}) == 1
            for tab in (page, other):
                tab.evaluate("desireline.track('After')")
                tab.close()
            guest.rest(1)
            assert len(here.log()) == 4
            assert guest.stored() == {}
            guest.open("/again")
            guest.rest()
            assert len(here.log()) == 4

    @pytest.mark.parametrize("signal", [GPC, DNT], ids=["gpc", "dnt"])
    def test_a_browser_that_says_no(self, browser: Browser, hub: Hub, signal: str) -> None:
        for options in (FREE, {"cookieless": "always", **FREE}):
            with hub.shop(**options) as here, visit(browser, here.site, signal) as guest:
                page = guest.open()
                page.evaluate("desireline.consent(true); desireline.identify('ann')")
                page.evaluate("desireline.track('Order Completed', {total: 40})")
                page.wait_for_timeout(1500)
                page.close()
                guest.rest(1)
                assert (guest.requests, guest.stored(), here.log()) == ([], {}, [])

    def test_a_browser_that_says_no_later_is_cleaned(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            guest.open().close()
            here.wait(guest, bool)
            assert guest.kept()
            guest.context.add_init_script(GPC)
            guest.open("/later")
            assert guest.stored() == {}

"""The browser tracker in a real browser, before a real server: what it sees of a visit.

The site is another origin than the server, and carries the very snippet of docs/tracker.md.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route
from tests.test_docs import ROOT, blocks
from tests.web.browsing import IN_A_BROWSER
from tests.web.tracker_site import FORM, FREE, HIDE, Hub, hub_in, types, visit

pytestmark = IN_A_BROWSER
ABOUT = ROOT / "docs" / "tracker.md"
HTML, CALLS = blocks(ABOUT, "html"), blocks(ABOUT, "js")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub_in(tmp_path_factory.mktemp("tracked") / "w") as found:
        yield found


class TestSnippet:
    def test_what_was_sent_is_what_the_log_holds(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            page = guest.open("/fountains?utm_source=news&utm_campaign=Spring+cats&token=secret")
            for n in range(55):
                page.evaluate("n => desireline.track('Product Viewed', {n})", n)
            events = here.wait(guest, lambda found: len(found) >= 56)
            assert {event.id for event in events} == guest.ids()
            assert len(guest.sent) == len(events) == 56
            assert [e.properties["n"] for e in events if e.type == "product_viewed"] == [*range(55)]
            assert len({event.subject for event in events}) == 1
            first = events[0]
            assert first.type == "page_viewed"
            assert first.row["channel"] == "web"
            assert first.properties == {
                "path": "/fountains",
                "url": f"{here.site.address}/fountains",
                "title": "Shop /fountains",
                "source": "news",
                "campaign": "Spring cats",
            }
            assert "secret" not in str([(e.properties, e.context) for e in events])
            guest.until(lambda: len(guest.kept()) == 1)
            assert guest.complaints == []

    def test_calls_before_the_script_keep_their_time(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            here.site.calls = "desireline.track('Early Bird'); desireline.identify('ann');"
            released: list[float] = []

            def late(route: Route) -> None:
                time.sleep(1.2)
                released.append(time.time())
                route.continue_()

            guest.context.route("**/t.js", late)
            guest.open()
            events = here.wait(guest, lambda found: len(found) == 3)
            assert types(events) == ["page_viewed", "early_bird", "identified"]
            assert all(e.row["at"] / 1e6 < released[0] - 1 for e in events)

    def test_two_snippets_are_one(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            here.site.body += here.site.page("/").partition("</head>")[0]
            guest.open()
            guest.rest()
            assert types(here.settled(guest)) == ["page_viewed"]

    def test_mistakes_do_not_break_the_page(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            page = guest.open()
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.evaluate("""() => {
                const loop = {}; loop.loop = loop;
                desireline.track(); desireline.track("Looped", loop); desireline.track("", null);
                desireline.track("Big", {n: 10n}); desireline.track("Nothing", null);
                desireline.identify(null); desireline.identify({toString: 1}, 7);
                desireline.page(7, 8); desireline.consent(); desireline.reset(1, 2);
            }""")
            page.evaluate("desireline.consent(true); desireline.track('Fine')")
            events = here.wait(guest, lambda found: "fine" in types(found))
            assert errors == []
            assert here.log() == events
            assert any("circular" in text for text in guest.complaints)
        failed = hub.server.client.get("/v1/events/failed").json()
        assert failed["waiting"] == 0

    def test_orders_have_a_value(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            page = guest.open()
            page.evaluate("""() => {
                desireline.track("Product Added", {product_id: "f2", price: 39.9});
                desireline.track("Order Completed", {order_id: 1, total: "79.80", currency: "eur"});
                desireline.track("Order Completed", {order_id: 2, value: "a lot", currency: "€"});
            }""")
            events = here.wait(guest, lambda found: len(found) == 4)
            assert types(events)[1:] == ["product_added", "order_completed", "order_completed"]
            worth = [(e.row["value"], e.row["currency"]) for e in events[1:]]
            assert worth == [(None, None), (79.8, "EUR"), (None, None)]

    def test_who_is_known_stays_known(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            page = guest.open()
            page.evaluate("desireline.identify('42', {email: 'Ann@Example.com', plan: 'gold'})")
            here.wait(guest, lambda found: len(found) == 2)
            page.goto(f"{here.site.address}/cart")
            page.wait_for_function("!Array.isArray(desireline.calls)")
            page.evaluate("desireline.reset(); desireline.track('Coupon Applied')")
            events = here.wait(guest, lambda found: "coupon_applied" in types(found))
            viewed, told, cart, coupon = (
                next(e for e in events if e.type == name and e.properties.get("path") != other)
                for name, other in (
                    ("page_viewed", "/cart"),
                    ("identified", ""),
                    ("page_viewed", "/"),
                    ("coupon_applied", ""),
                )
            )
            assert viewed.subject[0] == "anonymous_id"
            assert told.subject == cart.subject == ("user_id", "42")
            assert told.identifiers["email"] == "ann@example.com"
            assert told.identifiers["anonymous_id"] == viewed.subject[1]
            assert coupon.subject[0] == "anonymous_id"
            assert coupon.subject != viewed.subject

    def test_the_page_about_it_tells_the_truth(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            here.site.body = next(block for block in HTML if "<button" in block)
            page = guest.open()
            for line in "".join(CALLS).splitlines():
                page.evaluate(f"() => {{ {line}\n }}")
            page.click("button")
            wanted = {
                "page_viewed": 2,
                "product_added": 1,
                "order_completed": 1,
                "identified": 1,
                "consent_given": 1,
                "discount_opened": 1,
            }
            events = here.wait(guest, lambda found: len(found) == sum(wanted.values()))
            assert Counter(types(events)) == wanted
            assert guest.complaints == []

    def test_every_setting_stands_in_the_page_about_it(self) -> None:
        form = (ROOT / "web/packages/tracker/src/options.ts").read_text()
        inside = form.partition("interface Options {")[2].partition("}")[0]
        settings = re.findall(r"^  (\w+)\??:", inside, re.MULTILINE)
        table = ABOUT.read_text().partition("## Settings")[2].partition("## What it sends")[0]
        assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == settings


class TestApp:
    def test_pages_of_an_app(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(query=["q"], **FREE) as here, visit(browser, here.site) as guest:
            page = guest.open("/?utm_source=news")
            steps = [
                "history.pushState({}, '', '/a'); document.title = 'A'",
                "history.replaceState({}, '', '/a?filter=1#top')",
                "history.pushState({}, '', '/search?q=cats&sid=7'); document.title = 'Found'",
                "history.replaceState({}, '', '/b'); document.title = 'B'",
                "location.hash = '#/route'",
                "history.back()",
                "desireline.track('Seen Here')",
            ]
            for step in steps:
                page.evaluate(step)
                page.wait_for_timeout(250)
            events = here.wait(guest, lambda found: "seen_here" in types(found))
            seen = [e.properties for e in events if e.type == "page_viewed"]
            assert [(p["path"], p["title"]) for p in seen] == [
                ("/", "Shop /"),
                ("/a", "A"),
                ("/search?q=cats", "Found"),
                ("/b", "B"),
                ("/b#/route", "B"),
                ("/b", "B"),
            ]
            address = here.site.address
            assert [p.get("referrer") for p in seen[:3]] == [None, f"{address}/", f"{address}/a"]
            assert [p.get("source") for p in seen[:2]] == ["news", None]
            assert events[-1].context["page"] == {"path": "/b"}

    def test_pages_by_hand(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(pages=False, **FREE) as here, visit(browser, here.site) as guest:
            page = guest.open()
            page.evaluate("history.pushState({}, '', '/a')")
            page.evaluate("desireline.page('Checkout', {step: 2})")
            (event,) = here.wait(guest, bool)
            assert (event.type, event.row["kind"]) == ("page_viewed", "page")
            assert (event.properties["name"], event.properties["step"]) == ("Checkout", 2)
            guest.rest()
            assert types(here.settled(guest)) == ["page_viewed"]

    def test_a_page_made_in_advance_counts_when_it_is_seen(
        self, browser: Browser, hub: Hub
    ) -> None:
        unseen = "Object.defineProperty(document, 'prerendering', {value: true, writable: true})"
        with hub.shop(**FREE) as here, visit(browser, here.site, unseen) as guest:
            page = guest.context.new_page()
            page.goto(here.site.address)
            guest.rest()
            assert (guest.sent, guest.kept()) == ([], [])
            page.evaluate("document.prerendering = false")
            page.evaluate("dispatchEvent(new Event('prerenderingchange'))")
            assert types(here.wait(guest, bool)) == ["page_viewed"]

    def test_a_page_that_is_come_back_to_is_viewed_again(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            page = guest.open()
            for name in ("pagehide", "pageshow"):
                page.evaluate(
                    "name => dispatchEvent(new PageTransitionEvent(name, {persisted: true}))", name
                )
            here.wait(guest, lambda found: types(found).count("page_viewed") == 2)
            here.settled(guest)

    def test_a_browser_without_storage(self, browser: Browser, hub: Hub) -> None:
        denied = """Object.defineProperty(window, "localStorage", {
            get() { throw new DOMException("denied", "SecurityError"); }})"""
        with hub.shop(**FREE) as here, visit(browser, here.site, denied) as guest:
            page = guest.open()
            page.evaluate("desireline.identify('ann'); desireline.track('Seen')")
            events = here.wait(guest, lambda found: len(found) == 3)
            assert {e.identifiers.get("anonymous_id", e.subject[1]) for e in events} == {
                events[0].subject[1]
            }
            assert events[2].subject == ("user_id", "ann")
            assert guest.complaints == []

    def test_how_a_page_is_read(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            page = guest.open("/long")
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2 - innerHeight)")
            page.wait_for_timeout(1500)
            page.evaluate(HIDE)
            events = here.wait(guest, lambda found: "page_read" in types(found))
            read = next(e for e in events if e.type == "page_read")
            assert 1.3 <= read.properties["visible_seconds"] <= 20
            assert 45 <= read.properties["scroll_percent"] <= 55
            assert read.context["page"] == {"path": "/long"}
            guest.rest()
            page.close()
            guest.rest(1)
            assert types(here.settled(guest)).count("page_read") == 1  # nobody saw it meanwhile


class TestMarks:
    def test_clicks_on_marked_elements(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            here.site.body = FORM
            page = guest.open()
            for place in ("#offer b", "#deaf", "#plain", "#host button"):
                page.click(place)
            page.focus("#offer")
            page.keyboard.press("Enter")
            events = here.wait(guest, lambda found: len(found) >= 5)
            marked = [(e.type, e.properties) for e in events if e.type != "page_viewed"]
            offer = ("discount_opened", {"colour": "white", "product_id": "f2"})
            assert marked == [offer, ("link", {}), ("shadowed", {}), offer]

    def test_forms_without_what_stands_in_them(self, browser: Browser, hub: Hub) -> None:
        with hub.shop(**FREE) as here, visit(browser, here.site) as guest:
            here.site.body = FORM
            page = guest.open()
            page.click("#send")
            page.click("#answer")
            page.wait_for_url("**/done")
            events = here.wait(guest, lambda found: "quiz_answered" in types(found))
            forms = [(e.type, e.properties) for e in events if "form" in e.properties]
            assert forms == [
                ("form_submitted", {"form": "newsletter"}),
                ("quiz_answered", {"n": "3", "form": "quiz"}),
            ]
            here.settled(guest)
            assert "field-secret" not in str([r.post_data for r in guest.requests])
            assert "field-secret" not in str(here.log())

    def test_they_can_be_turned_off(self, browser: Browser, hub: Hub) -> None:
        off = {"clicks": False, "forms": False, "reading": False}
        with hub.shop(**off, **FREE) as here, visit(browser, here.site) as guest:
            here.site.body = FORM
            page = guest.open()
            page.click("#offer")
            page.click("#send")
            page.wait_for_timeout(1200)
            page.evaluate(HIDE)
            page.evaluate("desireline.track('Still Here')")
            events = here.wait(guest, lambda found: "still_here" in types(found))
            assert types(events) == ["page_viewed", "still_here"]

"""The application in a real browser: the first owner, signing in, people, settings, languages."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, ready, running, until, walks
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE, Seen
from tests.web.owned import printed_link
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
PASSWORD = "blue cats drink fresh water"
PLACES = [
    "/maps",
    "/people",
    "/people?q=u1",
    "/people/user_id:u3",
    "/sources",
    "/data",
    "/settings",
]
LANGUAGES = {"pl": "Osoby", "ru": "Люди", "ro": "Persoane"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("app") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": walks(60)}).raise_for_status()
        until(lambda: _has_map(found))
        yield found


def _has_map(server: Running) -> bool:
    """Whether the index has the events by now, so that a map is found in them."""
    made = server.client.post("/v1/maps/discover", json={"name": "Shop", "publish": True})
    return made.status_code == 201


def settled(page: Page, words: str) -> None:
    """Waits for a heading."""
    page.wait_for_selector(f"h1:has-text('{words}'), h2:has-text('{words}')")


def is_fit(seen: Seen, width: int) -> None:
    """Nothing complains, nothing is wider than the screen, axe finds nothing."""
    assert seen.violations() == []
    assert seen.complaints == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


class TestPages:
    @pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
    def test_every_page_is_accessible_and_asks_nobody_else(
        self, browser: Browser, server: Running, width: int, scheme: str
    ) -> None:
        for place in PLACES:
            with visited(browser, f"{server.address}{place}", width=width, scheme=scheme) as seen:
                seen.page.wait_for_selector("main h1")
                seen.page.wait_for_timeout(300)
                is_fit(seen, width)
                assert not [url for url in seen.outside() if not url.startswith(server.address)]

    def test_it_runs_under_its_policy(self, browser: Browser, server: Running) -> None:
        answer = server.client.get("/people")
        assert "script-src 'self';" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        with visited(browser, f"{server.address}/people", free=False) as seen:
            settled(seen.page, "People")
            assert seen.complaints == []

    def test_parts_are_kept_for_good_and_unknown_ones_are_none(self, server: Running) -> None:
        page = server.client.get("/").text
        part = page.split('src="')[1].split('"')[0]
        assert server.client.get(part).headers["cache-control"] == (
            "public, max-age=31536000, immutable"
        )
        assert server.client.get("/app/assets/none.js").status_code == 404
        assert server.client.get("/nowhere").status_code == 404

    def test_a_wrong_address_is_told_in_words_and_leads_home(
        self, browser: Browser, server: Running
    ) -> None:
        context = browser.new_context(locale="en-GB", bypass_csp=True)
        seen = Seen(context.new_page())
        seen.watch()
        seen.page.goto(f"{server.address}/mapz/shop")
        settled(seen.page, "There is no page here")
        assert seen.violations() == []
        assert [said for said in seen.complaints if "404" not in said] == []
        seen.page.locator("main").get_by_role("link").click()
        seen.page.wait_for_url("**/maps/*")
        context.close()
        readers = {"accept": "text/html"}
        for path, kind in (("/mapz", "text/html"), ("/v1/mapz", "application/problem+json")):
            answer = server.client.get(path, headers=readers)
            assert answer.status_code == 404
            assert answer.headers["content-type"].startswith(kind)
        told = server.client.get("/mapz", headers={"accept": "application/json"})
        assert told.json()["code"] == "address_unknown"

    def test_keys_go_to_places(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/maps") as seen:
            page = seen.page
            settled(page, "Maps")
            page.keyboard.press("g")
            page.keyboard.press("p")
            page.wait_for_url(f"{server.address}/people")
            page.get_by_role("searchbox").press("Escape")
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("?")
            page.wait_for_selector("[role=dialog] >> text=These keys")
            page.keyboard.press("Escape")
            page.keyboard.press("Control+k")
            page.keyboard.type("Sources")
            page.keyboard.press("Enter")
            page.wait_for_url(f"{server.address}/sources")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_speaks(self, browser: Browser, server: Running, language: str) -> None:
        with visited(browser, f"{server.address}/settings") as seen:
            page = seen.page
            page.get_by_role("combobox", name="Language").select_option(language)
            page.wait_for_selector(f"nav >> text={LANGUAGES[language]}")
            assert page.evaluate("document.documentElement.lang") == language
            page.reload()
            page.wait_for_selector(f"nav >> text={LANGUAGES[language]}")
            assert seen.violations() == []


class TestPeople:
    def test_somebody_is_found_and_the_way_is_walked(
        self, browser: Browser, server: Running
    ) -> None:
        with visited(browser, f"{server.address}/people") as seen:
            page = seen.page
            page.get_by_role("searchbox").fill("u3")
            page.get_by_role("link", name="u3", exact=False).first.click()
            page.wait_for_selector("h2:has-text('Timeline')")
            page.locator("b", has_text="Order completed").first.wait_for()
            page.get_by_label("Department").select_option("sales")
            page.wait_for_url("**department=sales**")
            page.locator("b", has_text="Page viewed").first.wait_for(state="detached")
            page.go_back()
            page.wait_for_url("**/people?q=u3")

    def test_nobody_is_said_in_words(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/people?q=zzz") as seen:
            settled(seen.page, "Nobody begins with “zzz”")


class TestTeam:
    def test_from_the_first_owner_to_a_colleague(
        self, browser: Browser, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        folder = tmp_path_factory.mktemp("team") / "w"
        with running(folder, DESIRELINE_TOKEN="open sesame, please") as server:
            link = _owner_link(server)
            with visited(browser, f"{server.address}/people", wait=False) as seen:
                page = seen.page
                page.wait_for_url("**/sign-in?to=**")
                settled(page, "Nobody owns this workspace yet")
                page.goto(link)
                page.get_by_label("Your name").fill("Anna")
                page.get_by_label("E-mail").fill("anna@shop.example")
                page.locator("[autocomplete=new-password]").fill(PASSWORD)
                page.keyboard.press("Enter")
                settled(page, "Your journey map begins")
                page.goto(f"{server.address}/settings/team")
                page.get_by_label("E-mail").fill("ben@shop.example")
                page.get_by_role("button", name="Make an invitation").click()
                invitation = page.inner_text("[role=status] code")
                assert seen.violations() == []
            with visited(browser, invitation) as seen:
                page = seen.page
                page.get_by_label("Your name").fill("Ben")
                page.locator("[autocomplete=new-password]").fill(PASSWORD)
                page.keyboard.press("Enter")
                settled(page, "Your journey map begins")
                page.goto(f"{server.address}/settings")
                page.get_by_role("button", name="Sign out").click()
                settled(page, "Sign in")
                page.goto(f"{server.address}/people")
                page.get_by_label("E-mail").fill("ben@shop.example")
                page.locator("[autocomplete=current-password]").first.fill(PASSWORD)
                page.keyboard.press("Enter")
                page.wait_for_url(f"{server.address}/people")


def _owner_link(server: Running) -> str:
    """What the server has printed for whoever shall own it; asked of its own command."""
    answer = httpx.get(f"{server.address}/v1/door", trust_env=False).json()
    assert answer["first_owner_needed"]
    return printed_link(server)

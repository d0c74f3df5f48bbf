"""What a person may ask, in a browser: her data as a file, and to be erased; periods of keeping."""

from __future__ import annotations

import json
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser
from tests.server.processes import Running, ready, running, until, walks
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("people") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": walks(12)}).raise_for_status()
        until(lambda: found.client.get("/v1/persons/user_id:u3").status_code == 200)
        yield found


class TestTimeline:
    @pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
    def test_shows_one_type_of_events_and_says_so_in_the_address(
        self, browser: Browser, server: Running, width: int, scheme: str
    ) -> None:
        path = "/v1/persons/user_id:u5/timeline"
        types = {one["type"] for one in server.client.get(path).json()["entries"]}
        wanted = min(types - {"visit"})
        told = server.client.get(path, params={"type": wanted}).json()["entries"]
        with visited(browser, f"{server.address}/people/user_id:u5") as seen:
            page = seen.page
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": 860})
            page.get_by_label("Type of event").select_option(wanted)
            page.wait_for_url(f"**type={wanted}*")
            page.wait_for_function(
                "n => document.querySelectorAll('li[data-what]').length === n", arg=len(told)
            )
            assert seen.violations() == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert seen.complaints == []


class TestRights:
    def test_a_person_gets_her_data(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/people/user_id:u5") as seen:
            page = seen.page
            page.get_by_role("button", name="Rights").click()
            with page.expect_download() as told:
                page.get_by_role("menuitem", name="JSON").click()
            found = json.loads(told.value.path().read_text())
            assert "u5" in json.dumps(found)
            assert "u3" not in json.dumps(found)
            page.get_by_role("button", name="Rights").click()
            with page.expect_download() as packed:
                page.get_by_role("menuitem", name="CSV").click()
            with ZipFile(packed.value.path()) as files:
                assert any(name.endswith(".csv") for name in files.namelist())
            assert seen.complaints == []

    def test_a_person_is_erased_by_whoever_writes_her_name(
        self, browser: Browser, server: Running
    ) -> None:
        with visited(browser, f"{server.address}/people/user_id:u3") as seen:
            page = seen.page
            page.get_by_role("button", name="Rights").wait_for()
            name = page.inner_text("main h1")
            for width, scheme in ((WIDE, "light"), (NARROW, "dark")):
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                page.set_viewport_size({"width": width, "height": 860})
                page.get_by_role("button", name="Rights").click()
                page.get_by_role("menuitem", name="Erase").click()
                dialog = page.get_by_role("dialog")
                sure = dialog.get_by_role("button", name="Erase")
                sure.wait_for()
                assert sure.is_disabled()
                assert seen.violations() == []
                page.keyboard.press("Escape")
                dialog.wait_for(state="detached")
            page.get_by_role("button", name="Rights").click()
            page.get_by_role("menuitem", name="Erase").click()
            dialog.get_by_role("textbox").fill(name)
            sure.click()
            page.wait_for_url("**/people")
            page.goto(f"{server.address}/people/user_id:u3")
            page.wait_for_selector("h1:has-text('There is nobody here')")
        gone = server.client.get("/v1/persons/user_id:u3")
        assert gone.status_code == 404

    def test_periods_are_set_and_lifted_and_the_chain_is_verified(
        self, browser: Browser, server: Running
    ) -> None:
        with visited(browser, f"{server.address}/settings/privacy") as seen:
            page = seen.page
            page.get_by_label("Of the type").fill("page_viewed")
            page.get_by_label("Months").fill("24")
            page.get_by_role("button", name="Set", exact=True).click()
            row = page.locator("li:has-text('page_viewed'):has-text('24 months')")
            row.wait_for()
            page.get_by_role("button", name="Verify the chain").click()
            page.wait_for_selector("text=The chain is whole.")
            assert seen.violations() == []
            row.get_by_role("button", name="Lift").click()
            row.wait_for(state="detached")
            page.get_by_role("button", name="Undo").click()
            row.wait_for()
            assert seen.complaints == []

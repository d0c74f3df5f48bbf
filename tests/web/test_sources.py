"""The page of sources in a real browser, before a real server."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.server.processes import Running, ready, running, until
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("sources") / "w") as found:
        ready(found.client)
        _send(found, "seen", 3)
        for n in range(2):
            event = {"type": "order_completed", "properties": {"order_id": n}}
            found.client.post("/v1/events", json=event)
        yield found


def _send(server: Running, type_: str, n: int) -> None:
    events = [{"type": type_, "user_id": f"{type_}-{i}"} for i in range(n)]
    server.client.post("/v1/batch", json={"batch": events}).raise_for_status()


class TestPage:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [WIDE, NARROW])
    def test_it_is_accessible_and_asks_nobody_else(
        self, browser: Browser, server: Running, width: int, scheme: str
    ) -> None:
        with visited(browser, f"{server.address}/sources", width=width, scheme=scheme) as seen:
            page = seen.page
            page.wait_for_selector("[data-state='live']")
            page.locator("details summary").first.click()
            page.locator("details li button").first.click()
            page.wait_for_selector("textarea")
            assert seen.violations() == []
            assert seen.complaints == []
            assert {url for url in seen.outside() if not url.startswith(server.address)} == set()
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_events_show_as_they_come(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/sources", free=False) as seen:
            page = seen.page
            page.wait_for_selector("[data-state='live']")
            _send(server, "bought", 2)
            page.wait_for_selector("ol li >> text=bought-1")
            assert page.locator("ol li").first.inner_text().split("\n")[1] == "bought"
            page.get_by_label("Type").fill("seen")
            page.wait_for_selector("ol li >> text=bought-1", state="detached")
            assert {row.split("\n")[1] for row in page.locator("ol li").all_inner_texts()} == {
                "seen"
            }
            assert seen.complaints == []

    def test_a_key_is_made_and_put_into_the_snippet(
        self, browser: Browser, server: Running
    ) -> None:
        with visited(browser, f"{server.address}/sources") as seen:
            page = seen.page
            page.get_by_label("New source").fill("shop-web")
            page.keyboard.press("Enter")
            page.wait_for_selector("[data-source='shop-web']")
            key = re.search(r"wk_[0-9a-f]{32}", page.inner_text("pre"))
            assert key is not None
            told = {"write_key": key[0], "events": [{"type": "seen", "user_id": "ann"}]}
            answer = server.client.post("/v1/batch", json=told)
            assert answer.json()["stored"] == 1
            page.get_by_label("New source").fill("No Name!")
            page.keyboard.press("Enter")
            assert "cannot be called" in page.inner_text("form [role=alert]")

    def test_a_source_leaves_out_who_opts_out(self, browser: Browser, server: Running) -> None:
        made = server.client.post("/v1/sources", json={"name": "quiet"}).json()["write_key"]

        def respects() -> tuple[str, bool]:
            listed = server.client.get("/v1/sources").json()["sources"]
            found = next(one for one in listed if one["name"] == "quiet")
            return found["signals"], found["asks_consent"]

        with visited(browser, f"{server.address}/sources") as seen:
            of_quiet = seen.page.locator("[data-source='quiet']")
            box = of_quiet.get_by_label("browsers that opt out")
            box.click()
            until(box.is_checked)
            of_quiet.get_by_label("who said no to tracking").click()
            until(lambda: respects() == ("refuse", True))
            told = {"write_key": made, "events": [{"type": "seen", "user_id": "gpc"}]}
            answer = server.client.post("/v1/batch", json=told, headers={"sec-gpc": "1"})
            assert answer.json()["events"][0]["code"] == "tracking_opted_out"
            box.click()
            until(lambda: respects() == ("mark", True))
            assert seen.complaints == []

    def test_what_failed_is_mended_and_stored(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/sources") as seen:
            page = seen.page
            page.locator("details summary").first.click()
            page.locator("details li button").first.click()
            area = page.locator("textarea")
            area.fill(area.input_value().replace("{", '{"user_id": "mended",', 1))
            page.get_by_role("button", name="Replay as mended").click()
            page.wait_for_selector("text=1 stored, 0 duplicate")
            recent = server.client.get("/v1/events/recent").json()["events"]
            assert recent[-1]["identifiers"] == {"user_id": "mended"}

"""Bringing a file in a browser: sent, looked at, its columns changed, imported, rows set aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.server.processes import Running, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
GOOD, BAD = 40, 3
ROWS = "buyer,thing,moment,plan\n" + "".join(
    f"b{n},order_completed,2026-03-{1 + n % 28:02d}T10:00:00Z,p{n % 3}\n" for n in range(GOOD)
)
ROWS += "".join(f"x{n},order_completed,no time at all,p1\n" for n in range(BAD))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("data") / "w") as found:
        ready(found.client)
        yield found


class TestImport:
    def test_a_file_is_told_what_it_means_and_imported(
        self, browser: Browser, server: Running, tmp_path: Path
    ) -> None:
        file = tmp_path / "orders.csv"
        file.write_text(ROWS)
        with visited(browser, f"{server.address}/data") as seen:
            page = seen.page
            assert seen.violations() == []
            page.locator("input[type=file]").set_input_files(file)
            page.wait_for_selector("h1:has-text('orders.csv')")
            page.get_by_label("What buyer is").select_option("user_id")
            page.get_by_label("What thing is").select_option("event")
            page.get_by_label("What moment is").select_option("time")
            page.wait_for_selector("ol li:has-text('order_completed')")
            page.wait_for_selector("ol li:has-text('b0')")
            for width, scheme in ((WIDE, "light"), (NARROW, "dark")):
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                page.set_viewport_size({"width": width, "height": 860})
                assert seen.violations() == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.get_by_role("button", name="Import").click()
            figures = page.locator("dl")
            figures.wait_for(timeout=60_000)
            assert figures.locator("dd").all_inner_texts() == ["43", "40", "0", "3"]
            page.wait_for_selector("text=Set aside, and why")
            page.wait_for_selector("li:has-text('no time at all')")
            assert seen.violations() == []
            with page.expect_download() as csv:
                page.get_by_role("link", name="All of them as CSV").click()
            assert csv.value.path().read_text().count("no time at all") >= BAD
            page.goto(f"{server.address}/data")
            page.wait_for_selector("li:has-text('43 rows')")
            assert seen.violations() == []

    def test_what_is_no_table_is_said_where_it_is(
        self, browser: Browser, server: Running, tmp_path: Path
    ) -> None:
        file = tmp_path / "picture.bin"
        file.write_bytes(bytes(range(256)) * 8)
        with visited(browser, f"{server.address}/data") as seen:
            page = seen.page
            page.locator("input[type=file]").set_input_files(file)
            page.wait_for_selector("[role=alert]")
            assert seen.violations() == []

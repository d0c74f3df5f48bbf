"""A workspace in its own colours, and the application as one that is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running
from tests.web.browsing import IN_A_BROWSER
from tests.web.owned import OWNER, PASSWORD, entered, member_at, owned

pytestmark = IN_A_BROWSER
PALE = "#ffee88"
"""No words can be read in it on white."""
ACCENT = "getComputedStyle(document.documentElement).getPropertyValue('--dl-accent').trim()"
OWN = {"light": "#47682b", "dark": "#a5c67b"}
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"
fill="#aa0055"/></svg>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with owned(tmp_path_factory.mktemp("look") / "w") as found:
        yield found


@pytest.fixture(scope="module")
def anna(server: Running) -> str:
    return entered(server.address, "session", email=OWNER, password=PASSWORD)


def test_a_pale_colour_and_a_logo_are_worn_everywhere_and_can_be_read(
    browser: Browser, server: Running, anna: str
) -> None:
    with member_at(browser, f"{server.address}/settings/appearance", anna) as seen:
        page = seen.page
        page.get_by_label("Name", exact=True).fill("Kotek")
        page.get_by_label("Accent colour", exact=True).fill(PALE)
        page.get_by_role("button", name="Save").first.click()
        page.wait_for_function(f"{ACCENT} !== '{OWN['light']}'")
        logo = {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO}
        page.locator("input[type=file]").first.set_input_files([logo])  # type: ignore[list-item]
        page.locator("nav img").wait_for()
        assert seen.violations() == []
        assert seen.complaints == []
    for scheme, own in OWN.items():
        for path, session in (("/maps", anna), ("/sign-in", "")):
            address = f"{server.address}{path}"
            with member_at(browser, address, session, scheme=scheme) as seen:
                seen.page.locator("img[src*='appearance']").first.wait_for()
                assert seen.page.evaluate(ACCENT) != own
                assert "Kotek" in seen.page.title()
                assert seen.violations() == []  # contrast among them


def test_it_is_installed_and_opens_without_a_network(
    browser: Browser, server: Running, anna: str
) -> None:
    with member_at(browser, f"{server.address}/maps", anna) as seen:
        page = seen.page
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        manifest = page.locator("link[rel=manifest]").get_attribute("href")
        told = server.client.get(str(manifest)).json()
        sizes = {icon["sizes"] for icon in told["icons"]}
        assert {"192x192", "512x512"} <= sizes
        assert told["display"] == "standalone"
        for icon in told["icons"]:
            assert server.client.get(icon["src"]).headers["content-type"].startswith("image/")
        page.reload()  # now the worker is between, and keeps the parts
        page.locator("[data-map]").first.wait_for()
        _kept(page)
        page.context.set_offline(True)
        page.reload()
        page.get_by_role("navigation", name="Places").wait_for()
        page.get_by_text("The server does not answer").wait_for()
        page.context.set_offline(False)
        page.get_by_role("button", name="Load it again").click()
        page.locator("[data-map]").first.wait_for()


def _kept(page: Page) -> None:
    """Waits until the worker has the parts that the page asked for."""
    page.wait_for_function(
        "async () => (await (await caches.open('desireline-shell-1')).keys()).length > 3"
    )

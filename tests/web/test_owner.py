"""Who answers for a map, in a browser: given in its bar, found in the list, changed where drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, until
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.drafts import made
from tests.web.owned import joined, member_at, owned

pytestmark = IN_A_BROWSER
NOBODY = "No owner. Choose another owner"


@dataclass
class Shop:
    """A server, and the session of an editor, Ben."""

    server: Running
    ben: str

    def owner(self, key: str) -> str | None:
        """Who answers for a map, as the server has it."""
        maps = self.server.client.get("/v1/maps").json()["maps"]
        found = next(one["owner"] for one in maps if one["key"] == key)
        return None if found is None else str(found["name"])


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with owned(tmp_path_factory.mktemp("owner") / "w") as server:
        yield Shop(server, joined(server.client, "Ben Otieno"))


@pytest.fixture
def fresh(shop: Shop) -> str:
    """A map without an owner that no test has seen: an owner stays when a draft is put again."""
    maps = shop.server.client.get("/v1/maps").json()["maps"]
    key = f"owned{len(maps)}"
    made(shop.server, key, publish=True)
    assert shop.owner(key) is None
    return key


def _give(page: Page, sign: str, name: str) -> None:
    """To somebody, by the menu behind the sign."""
    page.get_by_role("button", name=sign).click()
    page.get_by_role("menuitem", name=name).click()


class TestOwner:
    @pytest.mark.parametrize("width", [WIDE, NARROW])
    def test_is_given_in_the_bar(
        self, browser: Browser, shop: Shop, fresh: str, width: int
    ) -> None:
        address = f"{shop.server.address}/maps/{fresh}"
        with member_at(browser, address, shop.ben, width=width) as seen:
            page = seen.page
            page.get_by_role("button", name=NOBODY).click()
            page.get_by_role("menuitem", name="Anna").wait_for()
            assert seen.violations() == []
            page.get_by_role("menuitem", name="Ben Otieno").click()
            page.get_by_role("button", name="Ben Otieno").wait_for()
            until(lambda: shop.owner(fresh) == "Ben Otieno")
            _give(page, "Ben Otieno", "No owner")
            page.get_by_role("button", name=NOBODY).wait_for()
            until(lambda: shop.owner(fresh) is None)
            assert seen.complaints == []

    def test_is_who_the_list_is_filtered_by(self, browser: Browser, shop: Shop, fresh: str) -> None:
        other = f"{fresh}b"
        made(shop.server, other, publish=True)
        with member_at(browser, f"{shop.server.address}/maps/{fresh}", shop.ben) as seen:
            page = seen.page
            _give(page, NOBODY, "Ben Otieno")
            until(lambda: shop.owner(fresh) == "Ben Otieno")
            page.goto(f"{shop.server.address}/maps")
            for key in (fresh, other):
                page.get_by_role("link", name=key.title(), exact=True).wait_for()
            page.get_by_role("combobox", name="Owner").select_option(label="Ben Otieno")
            page.get_by_role("link", name=other.title(), exact=True).wait_for(state="detached")
            page.get_by_role("link", name=fresh.title(), exact=True).wait_for()
            assert seen.violations() == []
            assert seen.complaints == []

    def test_is_changed_in_the_editor(self, browser: Browser, shop: Shop, fresh: str) -> None:
        with member_at(browser, f"{shop.server.address}/maps/{fresh}/edit", shop.ben) as seen:
            page = seen.page
            field = page.get_by_role("combobox", name="Owner")
            field.select_option(label="Anna")
            until(lambda: shop.owner(fresh) == "Anna")
            page.reload()
            page.wait_for_function("document.querySelector('main select')?.value !== ''")
            assert field.evaluate("one => one.selectedOptions[0].label") == "Anna"
            field.select_option(label="No owner")
            until(lambda: shop.owner(fresh) is None)
            assert seen.complaints == []

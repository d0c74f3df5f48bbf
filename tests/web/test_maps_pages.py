"""Everything around a map but its canvas: the list, new maps, versions, the past, files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, caught_up, ready, running, walks
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

from desireline.formats import map_yaml
from desireline.formats.page import OPENING

pytestmark = IN_A_BROWSER
PERSONS = 80
PNG = b"\x89PNG"
CELL = {"text": "Packs it", "evidence": "declared"}
LANES = [
    {"key": "desk", "kind": "employee", "name": "Desk", "cells": {"order": CELL}},
    {"key": "pack", "kind": "backstage", "name": "Packing", "cells": {"order": CELL}},
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("maps") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": walks(PERSONS)}).raise_for_status()
        caught_up(found.client)
        _made(found)
        yield found


def _point(key: str, event: str) -> dict[str, Any]:
    return {"key": key, "name": key.title(), "kind": "action", "rule": _event(event)}


def _event(name: str) -> dict[str, Any]:
    return {"type": "event", "in": [name]}


def _document(*points: dict[str, Any], **more: Any) -> dict[str, Any]:
    goal = {"statement": "Buy", "outcome": _event("order_completed")}
    stages = [{"key": "all", "name": "All", "touchpoints": list(points)}]
    return {"key": "shop", "name": "Shop", "goal": goal, "stages": stages} | more


def _made(server: Running) -> None:
    """Two versions and a draft of one map, another one below it, and one that was put away."""
    look, order = _point("look", "page_viewed"), _point("order", "order_completed")
    cart = _point("cart", "cart_filled")
    _kept(server, _document(look, order), "First")
    _kept(server, _document(look, cart, order, lanes=LANES), "With the cart")
    wished = look | {"name": "Welcome"}
    _put(server, _document(wished, cart, order, lanes=LANES))
    below = {"parent": {"map": "shop", "touchpoint": "cart"}, "key": "wish", "name": "As wished"}
    _kept(server, _document(look, order, kind="to_be", **below), "Wish")
    server.client.post("/v1/maps", json={"key": "old", "name": "Old one"}).raise_for_status()
    server.client.post("/v1/maps/old/archive").raise_for_status()


def _put(server: Running, document: dict[str, Any]) -> str:
    draft = f"/v1/maps/{document['key']}/draft"
    tag = server.client.get(draft).headers.get("etag")
    seen = {} if tag is None else {"if-match": tag}
    answer = server.client.put(draft, json=document, headers=seen).raise_for_status()
    return answer.headers["etag"]


def _kept(server: Running, document: dict[str, Any], message: str) -> None:
    seen = {"if-match": _put(server, document)}
    address = f"/v1/maps/{document['key']}/publish"
    server.client.post(address, json={"message": message}, headers=seen).raise_for_status()


PAGES = {
    "/maps": "[data-map=shop] >> text=80 persons",
    "/maps/new?from=template": "text=Retail",
    "/maps/shop/versions": "[data-row=look]",
    "/maps/shop/versions?view=parts": "text=Welcome",
    "/maps/shop?at=2030-01-01": "text=As of 1 Jan 2030",
    "/maps/shop#view=blueprint": "text=Line of visibility",
}


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
def test_every_page_is_accessible(
    browser: Browser, server: Running, width: int, scheme: str
) -> None:
    with visited(browser, f"{server.address}/maps", width=width, scheme=scheme) as seen:
        for address, shows in PAGES.items():
            seen.page.goto("about:blank")  # a hash alone would not load the page anew
            seen.page.goto(server.address + address)
            seen.page.wait_for_selector(shows)
            assert seen.violations() == [], address
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert seen.complaints == []


class TestList:
    def test_it_shows_what_hangs_together_and_finds_by_words(
        self, browser: Browser, server: Running
    ) -> None:
        with visited(browser, f"{server.address}/maps", free=False) as seen:
            page = seen.page
            page.wait_for_selector(
                "[data-map=shop] >> text=/^25.% reach the goal .1[67].3[56].%, n = 80.$/"
            )
            assert _listed(page) == ["shop", "wish"]
            page.keyboard.press("/")
            page.keyboard.type("wished")
            page.wait_for_selector("[data-map=shop]", state="detached")
            assert _listed(page) == ["wish"]
            assert "Shows a part of “Shop”" in page.inner_text("[data-map=wish]")
            page.keyboard.press("Escape")
            page.wait_for_selector("[data-map=shop]")
            assert seen.complaints == []

    def test_a_map_is_put_away_and_comes_back(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/maps", free=False) as seen:
            page = seen.page
            page.get_by_role("button", name="What to do with As wished").click()
            page.get_by_role("menuitem", name="Put away").click()
            page.wait_for_selector("[data-map=wish]", state="detached")
            page.get_by_role("button", name="Undo").click()
            page.wait_for_selector("[data-map=wish]")
            page.get_by_role("link", name="1 map is put away").click()
            page.wait_for_selector("[data-map=old]")
            assert _listed(page) == ["old"]
            assert seen.complaints == []


def _listed(page: Page) -> list[str]:
    found = page.locator("[data-map]").evaluate_all("all => all.map((one) => one.dataset.map)")
    return list(found)


class TestNew:
    def test_a_template_says_what_the_log_has_of_it(
        self, browser: Browser, server: Running
    ) -> None:
        with visited(browser, f"{server.address}/maps/new?from=template", free=False) as seen:
            page = seen.page
            page.get_by_role("button", name="Retail").click()
            # The shop says page_viewed and order_completed, as Segment does; its cart is its own.
            page.wait_for_selector("text=2 of 15 touchpoints have events already, 100 in all.")
            page.get_by_role("button", name="Begin with this").click()
            page.wait_for_url("**/maps/retail/edit")
            assert server.client.get("/v1/maps/retail/draft").json()["name"] == "Retail"

    def test_a_file_says_where_it_is_wrong_and_is_mended_there(
        self, browser: Browser, server: Running
    ) -> None:
        document = map_yaml.loads("key: mended\nstages:\n  - key: first\n")
        wrong = map_yaml.dumps(document).replace("key: first", "key: fi rst")
        with visited(browser, f"{server.address}/maps/new?from=file", free=False) as seen:
            page = seen.page
            file = {"name": "a.yaml", "mimeType": "text/yaml", "buffer": wrong.encode()}
            page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
            line = wrong[: wrong.index("fi rst")].count("\n") + 1
            page.wait_for_selector(f"figcaption >> text=Line {line}, column")
            assert "fi rst" in page.inner_text("[data-wrong]")
            page.get_by_label("Or its text").fill(wrong.replace("fi rst", "first"))
            page.get_by_role("button", name="Make the map").click()
            page.wait_for_url("**/maps/mended/edit")
            text = {"accept": "application/yaml"}
            kept = server.client.get("/v1/maps/mended/draft", headers=text).text
            assert map_yaml.loads(kept) == document

    def test_nothing_is_enough(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/maps/new?from=nothing", free=False) as seen:
            page = seen.page
            page.get_by_label("Name of the map").fill("Kocia mapa")
            page.keyboard.press("Enter")
            page.wait_for_url("**/maps/kocia_mapa/edit")
            made = server.client.get("/v1/maps/kocia_mapa/draft").json()
            assert (made["kind"], len(made["stages"])) == ("hypothesis", 5)


class TestVersions:
    def test_two_are_compared_and_an_old_one_comes_back(
        self, browser: Browser, server: Running
    ) -> None:
        address = f"{server.address}/maps/shop/versions?from=1&to=2"
        with visited(browser, address, free=False) as seen:
            page = seen.page
            row = page.locator("[data-row=cart]")
            row.wait_for()
            assert row.get_attribute("data-what") == "added"
            assert row.get_by_role("img", name="added").count() == 1
            assert "not there" in row.inner_text()
            assert "Persons 40" in row.inner_text()
            assert "With the cart" in page.inner_text("[data-version='2']")
            page.locator("[data-version='1']").get_by_role("button").click()
            page.wait_for_selector("text=Version 1 is the draft now")
            draft = server.client.get("/v1/maps/shop/draft").json()
            assert [t["key"] for t in draft["stages"][0]["touchpoints"]] == ["look", "order"]
            page.get_by_role("button", name="Undo").click()
            page.wait_for_selector("text=Version 1 is the draft now", state="detached")
            page.get_by_label("Compare").select_option("2")
            page.get_by_label("with", exact=True).select_option("draft")
            page.get_by_text("Part by part").click()
            page.wait_for_selector("ins >> text=Welcome")
            assert page.inner_text("del") == "Look"
            page.get_by_label("with", exact=True).select_option("map:wish")
            page.wait_for_selector("ins >> text=As it shall be")
            assert seen.complaints == []


class TestPast:
    def test_a_day_is_looked_back_to_and_left_again(
        self, browser: Browser, server: Running
    ) -> None:
        # walks() puts a person on each day of March: by the end of the 14th, half of them.
        address = f"{server.address}/maps/shop?at=2026-03-14"
        with visited(browser, address, free=False) as seen:
            page = seen.page
            page.wait_for_selector("text=As of 14 Mar 2026")
            page.wait_for_selector("text=version 1, with the figures known then")
            assert page.locator("[data-live]").count() == 0
            page.wait_for_selector("[data-cell='persons:look']")
            page.get_by_role("button", name="The day after").click()
            page.wait_for_url("**at=2026-03-15**")
            page.wait_for_selector("text=As of 15 Mar 2026")
            page.keyboard.press("Escape")
            page.wait_for_selector("[data-live='live']")
            assert "at=" not in page.url
            page.wait_for_selector("[data-cell='touchpoint:cart']")
            assert seen.complaints == []


class TestTakenAlong:
    def test_as_a_page_a_picture_and_text(self, browser: Browser, server: Running) -> None:
        with visited(browser, f"{server.address}/maps/shop", free=False) as seen:
            page = seen.page
            page.wait_for_selector("[data-live='live']")
            text = _taken(page, "YAML").decode()
            asked = {"accept": "application/yaml"}
            assert text == server.client.get("/v1/maps/shop", headers=asked).text
            html = _taken(page, "HTML").decode()
            data = json.loads(html.split(OPENING)[1].split("</script>")[0])
            assert [t["key"] for t in data["figures"]["touchpoints"]] == ["look", "cart", "order"]
            picture = _taken(page, "PNG")
            assert picture.startswith(PNG)
            width = int.from_bytes(picture[16:20], "big")
            assert width >= 2 * 4 * 168  # lane names and three touchpoints, twice as fine
            assert seen.complaints == []

    def test_as_a_table_and_read_back_as_it_was(
        self, browser: Browser, server: Running, tmp_path: Path
    ) -> None:
        files = {}
        with visited(browser, f"{server.address}/maps/shop", free=False) as seen:
            seen.page.wait_for_selector("[data-live='live']")
            rows = list(csv.DictReader(_taken(seen.page, "CSV").decode().splitlines()))
            assert [row["key"] for row in rows] == ["look", "cart", "order"]
            assert [row["Packing"] for row in rows] == ["", "", "Packs it"]
            for form in ("YAML", "CJML"):
                files[form] = tmp_path / f"shop.{form.lower()}"
                files[form].write_bytes(_taken(seen.page, form))
        was = server.client.get("/v1/maps/shop").json()
        for form, file in files.items():
            with visited(browser, f"{server.address}/maps/new?from=file", free=False) as seen:
                page = seen.page
                page.locator("input[type=file]").set_input_files(file)
                page.wait_for_url("**/maps/shop_*/edit")
                key = page.url.split("/")[-2]
                assert seen.complaints == []
            read = server.client.get(f"/v1/maps/{key}/draft").json()
            assert read | {"key": "shop", "version": was["version"]} == was, form

    def test_the_page_speaks_the_language_of_its_reader(
        self, browser: Browser, server: Running, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        file = tmp_path_factory.mktemp("page") / "shop.html"
        file.write_bytes(server.client.get("/v1/maps/shop/page").content)
        context = browser.new_context(locale="pl-PL")
        page = context.new_page()
        page.goto(f"file://{quote(str(file))}#view=blueprint")
        page.wait_for_selector("text=Linia widoczności")
        assert "Spośród 80 osób cel „Order” osiągnęło 25" in page.inner_text("header")
        context.close()


def _taken(page: Page, form: str) -> bytes:
    page.get_by_role("button", name="Take the map along").click()
    with page.expect_download() as taken:
        page.get_by_role("menuitem").filter(has_text=form).click()
    return taken.value.path().read_bytes()

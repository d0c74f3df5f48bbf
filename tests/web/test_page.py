"""The built page in a real browser: drawn from disk, quiet, walkable by keyboard, axe-clean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE, opened, page_with
from tests.web.shop_file import shop_file

pytestmark = IN_A_BROWSER
VIEWS = {
    "map": "",
    "flow": "#view=flow",
    "funnel": "#view=funnel",
    "journeys": "#view=journeys",
    "panel": "#open=cart",
}
FOCUS = "document.activeElement.closest('[data-cell]')?.dataset.cell ?? null"


@pytest.fixture(scope="module")
def shop() -> dict[str, Any]:
    return shop_file(1500)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory, shop: dict[str, Any]) -> Path:
    path = tmp_path_factory.mktemp("page") / "map.html"
    path.write_text(page_with(shop), encoding="utf-8")
    return path


class TestOpen:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [WIDE, NARROW])
    @pytest.mark.parametrize("view", VIEWS)
    def test_every_view_is_quiet_and_accessible(
        self, browser: Browser, page_file: Path, view: str, width: int, scheme: str
    ) -> None:
        with opened(browser, page_file, width=width, scheme=scheme, hash_=VIEWS[view]) as seen:
            seen.page.wait_for_timeout(200)
            assert seen.violations() == []
            assert seen.complaints == []
            assert seen.outside() == []

    def test_nothing_is_wider_than_a_narrow_screen(self, browser: Browser, page_file: Path) -> None:
        for view in VIEWS.values():
            with opened(browser, page_file, width=NARROW, hash_=view) as seen:
                width = seen.page.evaluate("document.documentElement.scrollWidth")
                assert width <= NARROW, view

    def test_an_empty_page_says_what_to_do(self, browser: Browser, tmp_path: Path) -> None:
        file = tmp_path / "empty.html"
        file.write_text(page_with(None), encoding="utf-8")
        with opened(browser, file) as seen:
            assert "desireline map" in seen.page.inner_text("main")
            assert seen.violations() == []
            assert seen.complaints == []

    def test_a_foreign_file_is_refused_in_words(self, browser: Browser, tmp_path: Path) -> None:
        file = tmp_path / "foreign.html"
        file.write_text(page_with({"format": "other/2"}), encoding="utf-8")
        with opened(browser, file) as seen:
            assert "not other/2" in seen.page.inner_text("main")

    def test_text_from_the_file_stays_text(
        self, browser: Browser, tmp_path: Path, shop: dict[str, Any]
    ) -> None:
        evil = "</script><img src=x onerror=alert(1)>"
        changed = shop | {"map": shop["map"] | {"name": evil}}
        file = tmp_path / "evil.html"
        file.write_text(page_with(changed), encoding="utf-8")
        with opened(browser, file) as seen:
            assert seen.page.inner_text("h1") == evil
            assert seen.page.locator("img").count() == 0
            assert seen.complaints == []


class TestWalk:
    def test_arrows_walk_touchpoints_and_lanes(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            page = seen.page
            page.focus("[data-cell='touchpoint:ad_seen']")
            for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"):
                page.keyboard.press(key)
            assert page.evaluate(FOCUS) == "reach:popup"
            page.keyboard.press("End")
            page.wait_for_function(f"({FOCUS}) === 'reach:referral'")
            box = page.locator("[data-cell='reach:referral']").bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= WIDE + 1

    def test_the_grid_is_one_tab_stop(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            assert seen.page.locator("[role=grid] [data-cell][tabindex='0']").count() == 1

    def test_enter_opens_and_escape_returns(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            page = seen.page
            page.focus("[data-cell='touchpoint:ad_seen']")
            for _ in range(9):
                page.keyboard.press("ArrowRight")
            page.wait_for_function(f"({FOCUS}) === 'touchpoint:order'")
            scrolled = page.evaluate("document.querySelector('[data-scroller]').scrollLeft")
            page.keyboard.press("Enter")
            page.wait_for_selector("[data-panel]")
            assert page.inner_text("[data-panel] h2") == "Order placed"
            assert page.evaluate("document.activeElement.tagName") == "H2"
            page.keyboard.press("Escape")
            page.wait_for_function(f"({FOCUS}) === 'touchpoint:order'")
            assert page.locator("[data-panel]").count() == 0
            assert page.evaluate("document.querySelector('[data-scroller]').scrollLeft") == scrolled

    def test_a_number_leads_to_its_journeys(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            page = seen.page
            page.click("[data-cell='exit:popup']")
            page.wait_for_selector("[data-panel]")
            assert page.evaluate("document.activeElement.dataset.door") == "journeys"
            page.keyboard.press("Escape")
            page.wait_for_function(f"({FOCUS}) === 'exit:popup'")

    def test_a_drawer_returns_the_focus_too(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file, width=NARROW) as seen:
            page = seen.page
            page.focus("[data-cell='road:cart']")
            page.keyboard.press("Enter")
            page.wait_for_selector("[data-panel]")
            page.keyboard.press("Escape")
            page.wait_for_function(f"({FOCUS}) === 'road:cart'")
            page.wait_for_selector("[data-panel]", state="detached")

    def test_slash_filters(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            page = seen.page
            page.keyboard.press("/")
            page.keyboard.type("chat")
            page.wait_for_function("location.hash === '#filter=chat'")
            assert page.locator("[data-cell^='touchpoint:']").count() == 2
            page.keyboard.press("Escape")
            page.wait_for_function("location.hash === ''")

    def test_commands_go_to_a_touchpoint(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            page = seen.page
            page.keyboard.press("Control+k")
            page.wait_for_selector("[role=dialog] input")
            page.keyboard.type("parcel")
            page.wait_for_function(
                "document.querySelectorAll('[role=dialog] [data-action]').length === 1"
            )
            assert seen.violations() == []
            page.keyboard.press("Enter")
            page.wait_for_selector("[data-panel]")
            assert page.inner_text("[data-panel] h2") == "Parcel opened"

    def test_a_question_mark_shows_the_keys(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            seen.page.keyboard.press("?")
            seen.page.wait_for_selector("[role=dialog] kbd")
            assert seen.violations() == []
            assert seen.complaints == []


class TestSee:
    def test_the_slider_hides_rare_steps_and_says_how_many(
        self, browser: Browser, page_file: Path, shop: dict[str, Any]
    ) -> None:
        with opened(browser, page_file, hash_="#least=0") as seen:
            page = seen.page
            steps = page.locator("[role=grid] [data-step]")
            before = steps.count()
            assert "All steps" in page.inner_text("[data-slider-words]")
            page.focus("[role=slider]")
            for _ in range(30):
                page.keyboard.press("ArrowRight")
            page.wait_for_function("location.hash.includes('least=')")
            least = int(page.evaluate("new URLSearchParams(location.hash.slice(1)).get('least')"))
            assert steps.count() < before
            hidden = max(e["hides"] for e in shop["figures"]["flow"] if e["count"] < least)
            assert f"{hidden:,} journey" in page.inner_text("[data-slider-words]")

    def test_pointing_at_a_step_dims_the_rest(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            page = seen.page
            page.locator("[data-step='visit>popup'] [data-tip]").dispatch_event("pointerover")
            page.wait_for_function(
                "getComputedStyle(document.querySelector("
                "\"[data-step='popup>product']\")).opacity < 0.5"
            )
            lit = page.locator("[data-step='visit>popup']")
            assert float(lit.evaluate("e => getComputedStyle(e).opacity")) == 1

    def test_the_keyboard_lights_the_steps_of_a_touchpoint(
        self, browser: Browser, page_file: Path
    ) -> None:
        with opened(browser, page_file) as seen:
            page = seen.page
            page.focus("[data-cell='flow:visit']")
            page.wait_for_function(
                "getComputedStyle(document.querySelector("
                "\"[data-step='popup>product']\")).opacity < 0.5"
            )
            lit = page.locator("[data-step='visit>popup']")
            assert float(lit.evaluate("e => getComputedStyle(e).opacity")) == 1

    def test_a_long_flow_opens_whole_with_every_card_in_full(
        self, browser: Browser, page_file: Path, shop: dict[str, Any]
    ) -> None:
        with opened(browser, page_file, hash_="#view=flow") as seen:
            seen.page.wait_for_selector(".react-flow__node")
            cut, outside = seen.page.evaluate(
                """() => {
                    const ground = document.querySelector(".react-flow").getBoundingClientRect();
                    const cards = [...document.querySelectorAll("[data-cell^='graph:']")];
                    return [
                        cards.filter((c) => c.scrollHeight > c.clientHeight + 1),
                        cards.filter((c) => {
                            const box = c.getBoundingClientRect();
                            return box.left < ground.left || box.right > ground.right ||
                                box.top < ground.top || box.bottom > ground.bottom;
                        }),
                    ].map((found) => found.map((c) => c.innerText));
                }"""
            )
            assert (cut, outside) == ([], [])
            said = seen.page.inner_text(".react-flow")
            assert all(stage["name"] in said for stage in shop["map"]["stages"])

    def test_an_alternative_says_whose_place_it_takes(
        self, browser: Browser, page_file: Path
    ) -> None:
        with opened(browser, page_file) as seen:
            words = seen.page.locator("[data-cell='touchpoint:chat']").inner_text()
            assert "instead of Bot asked" in words

    def test_a_chosen_journey_lights_its_way(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file, hash_="#open=cart") as seen:
            page = seen.page
            page.locator("[data-panel] [aria-pressed]").first.click()
            page.wait_for_selector("[data-panel] [aria-pressed=true]")
            dimmed = page.evaluate(
                "[...document.querySelectorAll('[data-step]')]"
                ".filter(e => getComputedStyle(e).opacity < 0.5).length"
            )
            assert dimmed > 0

    def test_screen_readers_get_all_touchpoints_in_a_table(
        self, browser: Browser, page_file: Path, shop: dict[str, Any]
    ) -> None:
        names = [t["name"] for s in shop["map"]["stages"] for t in s["touchpoints"]]
        with opened(browser, page_file) as seen:
            assert seen.page.locator("table tbody th").all_text_contents() == names

    def test_the_view_is_in_the_address(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            seen.page.get_by_text("Funnel", exact=True).click()
            seen.page.wait_for_function("location.hash === '#view=funnel'")
            seen.page.reload()
            seen.page.wait_for_selector("section[aria-label=Funnel]")

    def test_the_scheme_can_be_changed(self, browser: Browser, page_file: Path) -> None:
        with opened(browser, page_file) as seen:
            ground = "getComputedStyle(document.body).backgroundColor"
            before = seen.page.evaluate(ground)
            seen.page.click("[aria-label='Dark colours']")
            seen.page.wait_for_function(f"{ground} !== '{before}'")


class TestStay:
    def test_two_hundred_touchpoints_draw_only_what_is_seen(
        self, browser: Browser, tmp_path: Path, shop: dict[str, Any]
    ) -> None:
        file = tmp_path / "wide.html"
        file.write_text(page_with(_wide(shop, 200)), encoding="utf-8")
        with opened(browser, file) as seen:
            page = seen.page
            assert page.locator("[data-cell^='reach:']").count() < 20
            page.evaluate("document.querySelector('[data-scroller]').scrollTo({left: 20000})")
            page.wait_for_selector("[data-cell='reach:t120']")
            assert page.locator("[data-cell^='reach:']").count() < 20
            assert page.locator("[data-step]").count() < 60
            assert seen.complaints == []


def _wide(shop: dict[str, Any], count: int) -> dict[str, Any]:
    """A map of so many touchpoints, each followed by the next."""
    point = shop["map"]["stages"][0]["touchpoints"][0]
    figure = shop["figures"]["touchpoints"][0]
    edge = shop["figures"]["flow"][0]
    keys = [f"t{i}" for i in range(count)]
    stages = [
        {
            "key": f"s{at}",
            "name": f"Stage {at}",
            "touchpoints": [
                point | {"key": k, "name": f"Touchpoint {k}"} for k in keys[at : at + 20]
            ],
        }
        for at in range(0, count, 20)
    ]
    steps = zip([None, *keys], [*keys, None], strict=True)
    figures = shop["figures"] | {
        "touchpoints": [figure | {"key": k} for k in keys],
        "flow": [edge | {"from": a, "to": b} for a, b in steps],
        "stages": [],
        "funnel": [],
        "journeys_of": {},
    }
    return shop | {"map": shop["map"] | {"stages": stages, "lanes": []}, "figures": figures}

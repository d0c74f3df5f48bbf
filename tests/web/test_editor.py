"""The map editor in a real browser: what one person does to a draft, by keys, pointer and hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, until
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.drafts import (
    SAVED,
    changed_by_ben,
    draft_of,
    go_on,
    made,
    menu_item,
    stands_on,
    way_of,
)
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER


def _renamed_added_and_moved(page: Page) -> None:
    keys = page.keyboard
    go_on(page, "touchpoint:look")
    keys.press("Enter")
    keys.type("Looks around")
    keys.press("Enter")
    stands_on(page, "touchpoint:look")
    keys.press("n")
    keys.type("Asks a friend")
    keys.press("Enter")
    stands_on(page, "touchpoint:asks_a_friend")
    page.wait_for_selector("[data-cell='touchpoint:asks_a_friend'] >> text=no rule yet")
    keys.press("Space")
    keys.press("ArrowRight")
    page.wait_for_selector("[aria-live=assertive] >> text=First in Buying.")
    keys.press("ArrowRight")
    page.wait_for_selector("[aria-live=assertive] >> text=After Cart, in Buying.")
    keys.press("Space")
    stands_on(page, "touchpoint:asks_a_friend")
    keys.press("Alt+ArrowRight")
    keys.press("Shift+N")
    keys.type("After it")
    keys.press("Enter")
    stands_on(page, "stage:after_it")
    page.wait_for_selector(SAVED)


def _split_merged_and_written(page: Page) -> None:
    keys = page.keyboard
    menu_item(page, "touchpoint:look", "Split in two")
    keys.type("Reads")
    keys.press("Enter")
    stands_on(page, "touchpoint:reads")
    menu_item(page, "touchpoint:order", "Begin a new stage here")
    keys.type("Paying")
    keys.press("Enter")
    stands_on(page, "stage:paying")
    menu_item(page, "touchpoint:order", "Merge into “Cart”")
    stands_on(page, "touchpoint:cart")
    page.get_by_role("button", name="Add a lane").click()
    page.get_by_role("menuitem", name="Feel").click()
    stands_on(page, "lane-feel:")
    keys.press("Alt+ArrowUp")
    page.wait_for_selector(
        "xpath=//*[@data-cell='lane-feel:']/following::*[@data-cell='lane-pain:']", state="attached"
    )
    stands_on(page, "lane-feel:")  # the row was put elsewhere, and its focus with it
    keys.press("ArrowRight")
    stands_on(page, "lane-feel:look")
    keys.press("Enter")
    keys.type("Glad")
    keys.press("Enter")
    stands_on(page, "lane-feel:look")
    page.wait_for_selector("[data-cell='lane-feel:look'] >> text=Glad")


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
def test_it_is_accessible(browser: Browser, walked: Running, width: int, scheme: str) -> None:
    address = made(walked, f"fit-{width}-{scheme}")
    with visited(browser, address, width=width, scheme=scheme) as seen:
        seen.page.wait_for_selector(f"{SAVED}")
        if width == WIDE:
            seen.page.wait_for_selector("[data-cell='reach:cart'] [data-fresh]:has-text('50')")
        assert seen.violations() == []
        assert seen.complaints == []
        assert {url for url in seen.outside() if not url.startswith(walked.address)} == set()
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_all_is_done_by_keys_undone_to_the_beginning_and_done_again(
    browser: Browser, walked: Running
) -> None:
    address = made(walked, "keys")
    before = draft_of(walked, "keys")
    with visited(browser, address, free=False) as seen:
        page, keys = seen.page, seen.page.keyboard
        page.wait_for_selector(SAVED)
        _renamed_added_and_moved(page)
        assert (
            way_of(walked, "keys") == "before: look; buying: cart order asks_a_friend; after_it: "
        )
        _split_merged_and_written(page)
        go_on(page, "stage:before")
        keys.press("Delete")
        page.wait_for_selector("text=“Before” is removed")
        page.wait_for_selector(SAVED)
        assert way_of(walked, "keys") == "buying: cart; paying: asks_a_friend; after_it: "
        assert [lane["key"] for lane in draft_of(walked, "keys")["lanes"]] == [
            "think",
            "feel",
            "pain",
        ]
        done = draft_of(walked, "keys")
        for there, pressed, name in (
            (before, "Control+z", "Undo"),
            (done, "Control+Shift+Z", "Do it again"),
        ):
            button = page.get_by_role("button", name=name, exact=True).first
            while button.is_enabled():
                keys.press(pressed)
            page.wait_for_selector(SAVED)
            until(lambda there=there: draft_of(walked, "keys") == there)
        page.wait_for_selector("[data-cell='touchpoint:asks_a_friend']")
        assert seen.complaints == []


def test_a_stage_without_touchpoints_is_stepped_over_and_filled(
    browser: Browser, walked: Running
) -> None:
    address = made(walked, "hollow")
    stage = {"key": "between", "name": "Between"}
    changed_by_ben(walked, "hollow", {"type": "add", "part": "stage", "value": stage, "at": 1})
    with visited(browser, address) as seen:
        page, keys = seen.page, seen.page.keyboard
        go_on(page, "lane-think:look")
        keys.press("ArrowRight")
        stands_on(page, "lane-think:cart")  # nothing stands below an empty stage
        assert page.get_by_role("gridcell", name="Nothing here").count() > 0
        keys.press("ArrowLeft")
        stands_on(page, "lane-think:look")
        go_on(page, "touchpoint:look")
        keys.press("ArrowRight")
        stands_on(page, "touchpoint: between")
        page.wait_for_selector("[data-panel=stage] h2:text-is('Between')")
        assert seen.violations() == []
        keys.press("ArrowDown")
        stands_on(page, "touchpoint: between")
        keys.press("Enter")
        keys.type("Asks a friend")
        keys.press("Enter")
        stands_on(page, "touchpoint:asks_a_friend")
        page.wait_for_selector(SAVED)
        way = "before: look; between: asks_a_friend; buying: cart order"
        assert way_of(walked, "hollow") == way
        assert seen.complaints == []


def test_parts_are_dragged(browser: Browser, walked: Running) -> None:
    with visited(browser, made(walked, "drag"), free=False) as seen:
        page = seen.page
        page.wait_for_selector(SAVED)

        def drag(cell: str, to: str, part: float) -> None:
            target = page.locator(f"[data-cell='{to}']").bounding_box()
            held = page.locator(f"[data-cell='{cell}']").bounding_box()
            assert target is not None
            assert held is not None
            page.mouse.move(held["x"] + 60, held["y"] + 12)
            page.mouse.down()
            across = not cell.startswith("lane")
            x = target["x"] + target["width"] * (part if across else 0.5)
            page.mouse.move(x - 4, target["y"] + target["height"] * part)
            page.mouse.move(x, target["y"] + target["height"] * part)
            page.wait_for_selector("[data-gap]")
            page.mouse.up()
            page.wait_for_selector("[data-gap]", state="detached")
            page.wait_for_selector(SAVED)

        drag("touchpoint:look", "touchpoint:order", 0.3)
        until(lambda: way_of(walked, "drag") == "before: ; buying: cart look order")
        drag("touchpoint:order", "touchpoint: before", 0.5)
        until(lambda: way_of(walked, "drag") == "before: order; buying: cart look")
        drag("stage:buying", "stage:before", 0.2)
        until(lambda: way_of(walked, "drag") == "buying: cart look; before: order")
        drag("lane-pain:", "lane-think:", 0.2)
        until(lambda: [n["key"] for n in draft_of(walked, "drag")["lanes"]] == ["pain", "think"])
        page.locator("[data-cell='stage:before']").click(button="right")
        page.get_by_role("menuitem", name="Merge into “Buying”").click()
        until(lambda: way_of(walked, "drag") == "buying: cart look order")
        assert seen.complaints == []


def test_a_stage_is_copied_to_another_map(browser: Browser, walked: Running) -> None:
    first, second = made(walked, "from"), made(walked, "into")
    with visited(browser, first, free=False) as seen:
        page = seen.page
        page.wait_for_selector(SAVED)
        go_on(page, "stage:buying")
        page.keyboard.press("Control+c")
        page.wait_for_selector("text=Copied.")
        page.goto(second)
        page.wait_for_selector(SAVED)
        go_on(page, "stage:before")
        page.keyboard.press("Control+v")
        page.wait_for_selector("text=Pasted, with its cells.")
        until(
            lambda: (
                way_of(walked, "into")
                == "before: look; buying_2: cart_2 order_2; buying: cart order"
            )
        )
        assert draft_of(walked, "into")["lanes"][0]["cells"]["cart_2"]["text"] == "Loud?"
        assert seen.complaints == []


def test_a_narrow_screen_needs_no_dragging(browser: Browser, walked: Running) -> None:
    with visited(browser, made(walked, "narrow"), width=NARROW, free=False) as seen:
        page = seen.page
        page.wait_for_selector(SAVED)
        page.get_by_role("button", name="More for Looks").click()
        page.get_by_role("menuitem", name="Move on by one").click()
        until(lambda: way_of(walked, "narrow") == "before: ; buying: look cart order")
        page.get_by_role("button", name="More for Cart").click()
        page.get_by_role("menuitem", name="Rename").click()
        page.keyboard.type("Basket")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Basket", exact=True).click()
        page.wait_for_selector("[role=dialog] h2 >> text=Basket")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="1 of 2 cells filled").click()
        page.get_by_role("button", name="Think Declared Loud?").click()
        page.wait_for_selector("[role=dialog] h2 >> text=Think, at Basket")
        until(lambda: draft_of(walked, "narrow")["stages"][1]["touchpoints"][1]["name"] == "Basket")
        assert seen.complaints == []

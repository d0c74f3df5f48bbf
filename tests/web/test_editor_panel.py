"""The panel of the map editor in a real browser: rules, cells, votes, comments and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, caught_up, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE, Seen
from tests.web.drafts import small_map
from tests.web.owned import OWNER, PASSWORD, TOKEN, entered, joined, member_at, printed_token

from desireline.engine.journey_map import LANE_KINDS

pytestmark = IN_A_BROWSER
VIEWED, FILLED, CHATTED, BOTH = 60, 24, 15, 5
"""Persons who look, who fill a cart, who chat; the last fill a cart and chat."""
RED = 8
"""Carts that are red."""
LANES = {
    "think": "think",
    "notes": "rich_text",
    "photo": "image",
    "said": "quote",
    "mood": "emotion",
    "ways": "channel",
    "pains": "pain",
    "gains": "gain",
    "chances": "opportunity",
    "weight": "metric",
    "systems": "system",
    "staff": "employee_emotion",
}


@dataclass
class Shop:
    """A server with two members, its address, and the sessions of both."""

    server: Running
    anna: str
    ben: str

    def draft(self) -> dict[str, Any]:
        """The map as it stands."""
        return dict(self.server.client.get("/v1/maps/shop/draft").json())

    def touchpoint(self, key: str) -> dict[str, Any]:
        """A touchpoint of it."""
        points = [t for stage in self.draft()["stages"] for t in stage["touchpoints"]]
        return next(t for t in points if t["key"] == key)

    def cell(self, lane: str, touchpoint: str = "cart") -> dict[str, Any] | None:
        """A cell of it."""
        lanes = {one["key"]: one["cells"] for one in self.draft()["lanes"]}
        return lanes[lane].get(touchpoint)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with running(tmp_path_factory.mktemp("panel") / "w", DESIRELINE_TOKEN=TOKEN) as server:
        ready(server.client)
        told = {"token": printed_token(server), "name": "Anna Nowak", "email": OWNER}
        anna = entered(server.address, "first-owner", **told, password=PASSWORD)
        server.client.headers["authorization"] = f"Bearer {TOKEN}"
        sales = server.client.post("/v1/departments", json={"name": "Sales"}).json()["id"]
        ben = joined(server.client, "Ben Otieno", [sales])
        sent = server.client.post("/v1/batch", json={"batch": list(_walked())}).raise_for_status()
        assert sent.json()["events"][-1]["position"] == VIEWED + FILLED + CHATTED
        server.client.put("/v1/maps/shop/draft", json=_document()).raise_for_status()
        caught_up(server.client)
        yield Shop(server, anna, ben)


def _walked() -> Iterator[dict[str, object]]:
    for person in range(VIEWED):
        said: dict[str, object] = {"user_id": f"p{person}", "channel": "web"}
        day = f"2026-03-{1 + person % 7:02d}"
        yield {**said, "type": "viewed", "at": f"{day}T10:00:00Z"}
        if person < FILLED:
            colour = "red" if person < RED else "blue"
            filled = {"type": "filled", "properties": {"colour": colour}}
            yield {**said, **filled, "at": f"{day}T11:00:00Z"}
        if FILLED - BOTH <= person < FILLED - BOTH + CHATTED:
            yield {**said, "type": "chatted", "at": f"{day}T12:00:00Z"}


def _document() -> dict[str, Any]:
    def point(key: str, name: str, *events: str, **more: Any) -> dict[str, Any]:
        rule = {"type": "event", "in": list(events)} if events else {"type": "any", "rules": []}
        return {"key": key, "name": name, "rule": rule} | more

    first = [point("view", "Viewed", "viewed")]
    second = [point("cart", "Cart", "filled"), point("chat", "Chat")]
    return {
        "format": "desireline.map/1",
        "key": "shop",
        "name": "Shop",
        "stages": [
            {"key": "look", "name": "Look", "touchpoints": first},
            {"key": "buy", "name": "Buy", "touchpoints": second},
        ],
        "lanes": [{"key": key, "kind": kind, "name": key} for key, kind in LANES.items()],
    }


@contextmanager
def _at(
    browser: Browser,
    shop: Shop,
    path: str,
    *,
    who: str = "",
    width: int = WIDE,
) -> Iterator[Seen]:
    """A page as one of the members sees it."""
    address = shop.server.address + path
    with member_at(browser, address, who or shop.anna, width=width) as seen:
        yield seen


def _tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def _say(page: Page, mode: str) -> None:
    page.locator("[role=radiogroup]").get_by_text(mode, exact=True).click()


def _saved(page: Page) -> None:
    page.wait_for_selector("text=Saved")


class TestRules:
    def test_a_touchpoint_is_bound_by_picking_events(self, browser: Browser, shop: Shop) -> None:
        with _at(browser, shop, "/maps/shop/edit?at=touchpoint/chat") as seen:
            page = seen.page
            page.wait_for_selector("text=No event is this touchpoint yet")
            _say(page, "Events")
            page.get_by_role("combobox", name="Pick events").fill("cha")
            page.get_by_role("option", name="chatted").click()
            page.wait_for_selector(f"text={CHATTED} events of {CHATTED} persons.")
            page.wait_for_selector(f"[data-figure=persons] b:text-is('{CHATTED}')")
            page.get_by_role("combobox", name="Pick events").fill("fil")
            page.get_by_role("option", name="filled").click()
            both = FILLED + CHATTED
            page.wait_for_selector(f"text={both} events of {both - BOTH} persons.")
            page.wait_for_selector(f"text={FILLED} of these belong to “Cart” already")
            page.wait_for_selector(f"text=That leaves {CHATTED} events")
            page.get_by_text("Examples").click()
            page.locator("details li a").first.click()
            page.wait_for_url("**/people/*")
            page.go_back()
            page.wait_for_selector("[data-events]")
            assert shop.touchpoint("chat")["rule"] == {"type": "event", "in": ["chatted", "filled"]}
            assert seen.complaints == []

    def test_conditions_are_suggested_by_what_was_seen(self, browser: Browser, shop: Shop) -> None:
        with _at(browser, shop, "/maps/shop/edit?at=touchpoint/cart") as seen:
            page = seen.page
            page.wait_for_selector(f"text={FILLED} events of {FILLED} persons.")
            page.get_by_role("button", name="Condition").click()
            page.get_by_role("combobox", name="Property").fill("col")
            page.get_by_role("option", name="colour").click()
            page.get_by_role("combobox", name="Value").click()
            page.get_by_role("option", name=f"red {RED}").click()
            page.wait_for_selector(f"text={RED} events of {RED} persons.")
            page.wait_for_selector("text=its type is “filled” and colour is “red”")
            page.get_by_role("button", name="Undo").click()
            page.wait_for_selector(f"text={FILLED} events of {FILLED} persons.")
            _saved(page)
            assert shop.touchpoint("cart")["rule"] == {"type": "event", "in": ["filled"]}
            _say(page, "Path")
            page.get_by_role("textbox", name="Path").fill("viewed ~> filled")
            page.keyboard.press("Enter")
            page.wait_for_selector("code >> text=viewed ~> filled")
            page.get_by_role("textbox", name="Path").fill("viewed filled")
            page.wait_for_selector("mark >> text=f")
            page.get_by_role("button", name="Undo").click()
            page.wait_for_selector("text=its type is “filled”")
            assert seen.complaints == []

    def test_numbers_move_when_an_event_arrives(self, browser: Browser, shop: Shop) -> None:
        with _at(browser, shop, "/maps/shop/edit?at=touchpoint/view") as seen:
            page = seen.page
            page.wait_for_selector(f"text={VIEWED} events of {VIEWED} persons.")
            page.wait_for_selector(f"[data-figure=persons] b:text-is('{VIEWED}')")
            event = {"type": "viewed", "user_id": "new", "at": "2026-03-09T10:00:00Z"}
            shop.server.client.post("/v1/events", json=event).raise_for_status()
            page.wait_for_selector(f"text={VIEWED + 1} events of {VIEWED + 1} persons.")
            page.wait_for_selector(f"[data-figure=persons] b:text-is('{VIEWED + 1}')")


class TestCells:
    def test_of_each_kind_are_filled(self, browser: Browser, shop: Shop) -> None:
        with _at(browser, shop, "/maps/shop/edit?at=cell/think/cart") as seen:
            page = seen.page
            page.get_by_label("Words").fill("Is it loud?")
            page.get_by_role("radio", name="Reported").click()
            page.get_by_label("From how many (n)").fill("12")
            _go(page, "notes")
            page.get_by_label("Words", exact=True).last.fill("It is **loud**")
            page.get_by_text("Read", exact=True).click()
            page.wait_for_selector("strong >> text=loud")
            _go(page, "photo")
            page.get_by_label("Address of the picture").fill("https://a.example/b.png")
            page.wait_for_selector("text=Pictures of other sites are not loaded here")
            _go(page, "said")
            page.get_by_label("What was said").fill("Too loud!")
            page.get_by_label("Source").fill("review")
            page.get_by_label("Said on").fill("2026-03-05")
            _go(page, "mood")
            page.get_by_role("slider", name="Cart").focus()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("PageDown")
            _go(page, "ways")
            page.get_by_role("combobox", name="Channels").fill("chat")
            page.keyboard.press("Enter")
            _go(page, "pains")
            page.get_by_text("4", exact=True).click()
            _go(page, "chances")
            for name, score in (("Effort", "2"), ("Value to the customer", "5")):
                page.get_by_role("radiogroup", name=name).get_by_text(score, exact=True).click()
            _go(page, "weight")
            page.get_by_label("Value").fill("1.5")
            page.get_by_role("textbox", name="Unit").fill("kg")
            _go(page, "systems")
            page.get_by_role("combobox", name="Who").fill("Till")
            page.get_by_role("option", name="Add “Till” to the map").click()
            _saved(page)
            assert seen.complaints == []
        common = {"evidence": "declared", "n": None, "text": ""}
        assert shop.cell("think") == {"text": "Is it loud?", "evidence": "reported", "n": 12}
        assert shop.cell("notes") == common | {"text": "It is **loud**"}
        assert shop.cell("photo") == common | {"image": "https://a.example/b.png"}
        said = {"text": "Too loud!", "source": "review", "said_at": "2026-03-05"}
        assert shop.cell("said") == common | said
        assert shop.cell("mood") == common | {"value": -1.5}
        assert shop.cell("ways") == common | {"channels": ["chat"]}
        assert shop.cell("pains") == common | {"value": 4}
        assert shop.cell("chances") == common | {"effort": 2, "customer_value": 5}
        assert shop.cell("weight") == common | {"value": 1.5, "unit": "kg"}
        assert shop.cell("systems") == common | {"actor": "till"}
        assert [a["kind"] for a in shop.draft()["actors"]] == ["system"]

    def test_a_lane_of_every_kind_is_added_and_told(self, browser: Browser, shop: Shop) -> None:
        shop.server.client.put("/v1/maps/lanes/draft", json=small_map("lanes")).raise_for_status()
        first = [lane["kind"] for lane in small_map("lanes")["lanes"]]
        kinds = {kind: form.name for kind, form in LANE_KINDS.items()}
        with _at(browser, shop, "/maps/lanes/edit") as seen:
            page = seen.page
            page.get_by_role("button", name="Add a lane").hover()
            assert seen.violations() == []  # a button that is pointed at can still be read
            for kind, name in kinds.items():
                page.get_by_role("button", name="Add a lane").click()
                page.get_by_role("menuitem", name=name, exact=True).click()
                page.wait_for_selector("[data-cell^='lane-']:focus")
                page.keyboard.press("ArrowRight")
                page.locator(f"[data-panel=cell] h2:text-is('{name}, at Looks')").wait_for()
                page.locator("[data-panel=cell] textarea").first.fill(f"Told of {kind}")
            _saved(page)
            assert seen.violations() == []
            assert seen.complaints == []
        lanes = shop.server.client.get("/v1/maps/lanes/draft").json()["lanes"]
        assert [lane["kind"] for lane in lanes] == [*first, *kinds]
        told = {lane["kind"]: lane["cells"].get("look", {}).get("text") for lane in lanes}
        assert {kind: told[kind] for kind in kinds} == {kind: f"Told of {kind}" for kind in kinds}
        with _at(browser, shop, "/maps/lanes/edit") as seen:
            for kind in set(kinds) - {"image", "emotion", "employee_emotion"}:
                seen.page.locator(f"[data-cell*=':look'] >> text='Told of {kind}'").wait_for()


def _go(page: Page, lane: str) -> None:
    """To the cell of another lane, by the canvas."""
    page.locator(f"[data-cell='lane-{lane}:cart']").click()
    page.locator(f"[data-panel=cell] h2:text-is('{lane}, at Cart')").wait_for()


class TestWeight:
    def test_votes_are_counted_and_written_back(self, browser: Browser, shop: Shop) -> None:
        at = "/maps/shop/edit?at=touchpoint/cart"
        with _at(browser, shop, at, who=shop.ben) as seen:
            _vote(seen.page, customer="5", company="2")
        with _at(browser, shop, at) as seen:
            page = seen.page
            _vote(page, customer="4", company="2")
            page.get_by_role("row", name="Sales").get_by_text("5").wait_for()
            page.get_by_role("row", name="Together").get_by_text("4.5").wait_for()
            page.get_by_role("button", name="Write 5 and 2 to the map").click()
            _saved(page)
            moment = shop.touchpoint("cart")["moment_of_truth"]
            assert (moment["to_customer"], moment["to_company"]) == (5, 2)
            page.get_by_role("button", name="Take it back").click()
            page.get_by_role("row", name="Together").wait_for(state="detached")
            assert seen.complaints == []

    def test_two_departments_in_conflict_are_told(self, browser: Browser, shop: Shop) -> None:
        with _at(browser, shop, "/maps/shop/edit?at=touchpoint/view") as seen:
            page = seen.page
            _tab(page, "Weight")
            for nth, (department, direction) in enumerate((("Sales", "up"), ("Law", "down"))):
                page.get_by_role("button", name="Goal", exact=True).click()
                page.get_by_role("combobox", name="Department").nth(nth).fill(department)
                page.get_by_role("combobox", name="Metric").nth(nth).fill("Reach")
                page.get_by_label("Direction").nth(nth).select_option(direction)
            page.wait_for_selector("text=Sales and Law pull “Reach” in two directions.")
            _saved(page)
            assert [g["metric"] for g in shop.touchpoint("view")["goals"]] == ["reach", "reach"]
            assert seen.complaints == []


def _vote(page: Page, *, customer: str, company: str) -> None:
    _tab(page, "Weight")
    for name, score in (("customer", customer), ("company", company)):
        group = page.get_by_role("radiogroup", name=f"Your vote: to the {name}")
        group.get_by_text(score, exact=True).click()
    page.get_by_role("button", name="Vote", exact=True).click()
    page.wait_for_selector("text=Your vote counts")


class TestTalk:
    def test_a_colleague_is_meant_and_gets_a_task(self, browser: Browser, shop: Shop) -> None:
        with _at(browser, shop, "/maps/shop/edit?at=touchpoint/cart") as seen:
            page = seen.page
            _tab(page, "Talk")
            words = page.get_by_label("Say something; @ names a colleague")
            words.fill("Look at this, ")
            words.press_sequentially("@Be")
            page.get_by_role("option", name="Ben Otieno").click()
            page.keyboard.press("Control+Enter")
            page.wait_for_selector("mark >> text=@Ben Otieno")
            page.get_by_role("button", name="Task", exact=True).click()
            page.get_by_label("What is to be done").fill("Make it quiet")
            page.get_by_role("combobox", name="Who").click()
            page.get_by_role("option", name="Ben Otieno").click()
            page.get_by_label("Until").fill("2026-03-31")
            page.get_by_role("button", name="Add the task").click()
            page.get_by_label("Make it quiet").wait_for()
            assert seen.complaints == []
        members = shop.server.client.get("/v1/members").json()["members"]
        ben = next(str(one["id"]) for one in members if one["name"] == "Ben Otieno")
        said = shop.server.client.get("/v1/maps/shop/comments").json()["comments"]
        assert [(one["touchpoint"], one["mentions"]) for one in said] == [("cart", [ben])]
        with _at(browser, shop, "/tasks", who=shop.ben) as seen:
            page = seen.page
            page.wait_for_selector("text=Make it quiet")
            assert seen.violations() == []
            page.locator("main").get_by_role("link", name="Shop").click()
            page.wait_for_selector("[data-panel=touchpoint]")
            _tab(page, "Talk")
            page.get_by_role("button", name="Reply").click()
            page.get_by_role("textbox", name="Reply").fill("Done")
            page.get_by_role("button", name="Send").click()
            page.wait_for_selector("article >> text=Done")
            page.get_by_label("Make it quiet").click()
            page.wait_for_selector("text=done by Ben Otieno")
            page.get_by_role("button", name="Settle").click()
            page.wait_for_selector("text=Settled by Ben Otieno.")
            assert seen.complaints == []


PANELS = {
    "": ["Map", "Personas", "Departments"],
    "?at=touchpoint/cart": ["Events", "Details", "Weight", "Talk"],
    "?at=cell/mood/cart": ["Content"],
    "?at=lane/mood": ["Details"],
}
FEW = {"?at=touchpoint/cart": ["Weight", "Talk"]}
DARK = ("Events", "Weight", "Content")
"""What has every kind of colour and field in it."""


class TestAccess:
    @pytest.mark.parametrize(("width", "panels"), [(WIDE, PANELS), (NARROW, FEW)])
    def test_each_side_is_accessible(
        self, browser: Browser, shop: Shop, width: int, panels: dict[str, list[str]]
    ) -> None:
        with _at(browser, shop, "/tasks", width=width) as seen:
            page = seen.page
            for at, tabs in panels.items():
                page.goto(f"{shop.server.address}/maps/shop/edit{at}")
                page.wait_for_selector("[data-panel]")
                for tab in tabs:
                    _tab(page, tab)
                    assert seen.violations() == [], f"{at} {tab}"
                    assert page.evaluate("document.documentElement.scrollWidth") <= width
                    if tab in DARK:
                        page.emulate_media(color_scheme="dark")
                        page.wait_for_selector("[data-mantine-color-scheme=dark]")
                        assert seen.violations() == [], f"{at} {tab}, dark"
                        page.emulate_media(color_scheme="light")
                        page.wait_for_selector("[data-mantine-color-scheme=light]")
            assert seen.complaints == []

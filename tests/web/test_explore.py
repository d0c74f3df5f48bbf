"""The pages that explore, in a real browser, before a server with events whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser
from tests.server.processes import Running, caught_up, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
PAGES = ("transitions", "paths", "variants", "touchpoints", "positions", "retention", "funnel")
FUNNEL = "steps=" + quote('["viewed","added","ordered"]')
ASKED = {"paths": "?anchor=added", "funnel": f"?{FUNNEL}"}
VIEWED, ADDED, ORDERED = 400, 240, 120
PAGE = 100
"""Persons who come so far, of whom every second is on the web and the others in the app."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("explore") / "w") as found:
        ready(found.client)
        answer = found.client.post("/v1/batch", json={"batch": list(_walked())}).raise_for_status()
        position = answer.json()["events"][-1]["position"]
        caught_up(found.client)
        assert position == VIEWED + ADDED + ORDERED
        yield found


def _walked() -> Iterator[dict[str, object]]:
    for person in range(VIEWED):
        said = {"user_id": f"p{person}", "channel": "web" if person % 2 else "app"}
        day = f"2026-03-{1 + person % 7:02d}"
        yield {**said, "type": "viewed", "at": f"{day}T10:00:00Z"}
        if person < ADDED:
            yield {**said, "type": "added", "at": f"{day}T10:05:00Z"}
        if person < ORDERED:
            yield {**said, "type": "ordered", "at": f"{day}T10:15:00Z"}


@pytest.mark.parametrize("analysis", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
def test_each_page_answers_and_is_accessible(
    browser: Browser, server: Running, analysis: str, width: int, scheme: str
) -> None:
    address = f"{server.address}/explore/{analysis}{ASKED.get(analysis, '')}"
    with visited(browser, address, width=width, scheme=scheme) as seen:
        page = seen.page
        page.wait_for_selector("[role=status] p")
        assert seen.violations() == []
        assert seen.complaints == []
        assert {url for url in seen.outside() if not url.startswith(server.address)} == set()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


TOLD = {
    "transitions": ("table tbody td", "98\u2013100 % · n 240"),
    "variants": ("main ol > li", "35\u201345 % · n 400"),
    "positions": ("table tbody td", "35\u201345 % · n 400"),
    "paths": ("main button[title*='ordered']", "ordered 120 · 50 % (44\u201356 %) · n 240"),
}
"""Where a share of each view stands, and its interval: of 240, all; of 400, those 160 who left."""


@pytest.mark.parametrize("analysis", TOLD)
def test_a_share_stands_with_its_interval(browser: Browser, server: Running, analysis: str) -> None:
    where, told = TOLD[analysis]
    address = f"{server.address}/explore/{analysis}{ASKED.get(analysis, '')}"
    with visited(browser, address) as seen:
        places = seen.page.locator(where)
        places.first.wait_for()
        texts = (*places.all_inner_texts(), places.first.get_attribute("title") or "")
        assert any(told in " ".join(text.split()) for text in texts)


def test_a_funnel_is_built_and_a_number_opens_to_its_people(
    browser: Browser, server: Running
) -> None:
    with visited(browser, f"{server.address}/explore/funnel", free=False) as seen:
        page = seen.page
        for n, event in enumerate(("viewed", "added", "ordered"), 1):
            if n == 3:
                page.get_by_role("button", name="Add a step").click()
            page.get_by_label(f"Step {n}", exact=True).fill(event)
            page.keyboard.press("Enter")
        page.wait_for_selector(f"text=Of {VIEWED} that entered at viewed, 30")
        page.get_by_role("button", name=str(VIEWED - ADDED), exact=True).click()
        page.wait_for_selector(f"text={VIEWED - ADDED} persons")
        assert page.locator("[role=dialog] li a").count() == PAGE
        page.get_by_role("button", name="Show more").click()
        page.wait_for_selector(f"[role=dialog] li:nth-child({VIEWED - ADDED}) a")
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=dialog]", state="detached")
        assert "steps=" in page.url
        page.reload()
        page.wait_for_selector(f"text=Of {VIEWED} that entered at viewed, 30")
        assert seen.complaints == []


def test_the_pattern_field_completes_and_points_at_what_is_wrong(
    browser: Browser, server: Running
) -> None:
    with visited(browser, f"{server.address}/explore/variants", free=False) as seen:
        page = seen.page
        page.wait_for_selector("text=400 journeys go 3 different ways")
        field = page.get_by_label("Only people who")
        field.fill("add")
        page.wait_for_selector("[role=option] >> text=added")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"text={ADDED} journeys go 2 different ways")
        assert field.input_value() == "added"
        field.fill("added ordered")
        page.wait_for_selector("mark >> text=o")
        assert "Found 'ordered'" in page.locator("mark").locator("xpath=../..").inner_text()
        assert seen.complaints == []


def test_two_groups_are_compared(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/explore/funnel?{FUNNEL}", free=False) as seen:
        page = seen.page
        page.get_by_role("button", name="Compare two groups").click()
        page.get_by_role("group", name="First group").get_by_label("Channel").fill("web")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=differ between web and all others")
        assert page.locator("li[data-verdict]").count() > 3
        assert seen.complaints == []


def test_two_groups_are_compared_around_an_event_and_where_they_stand(
    browser: Browser, server: Running
) -> None:
    groups = "a=" + quote('{"channel":"web"}')
    with visited(browser, f"{server.address}/explore/paths?anchor=added&{groups}", free=False) as s:
        s.page.wait_for_selector("li[data-verdict] >> text=Share followed next by ordered")
        s.page.get_by_role("link", name="Standing").click()
        s.page.wait_for_selector("li[data-verdict] >> text=Share that stands at viewed")
        assert s.complaints == []


def test_the_last_days_are_a_period(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/explore/variants", free=False) as seen:
        page = seen.page
        page.wait_for_selector("text=400 journeys go 3 different ways")
        page.get_by_label("When").select_option("Last 7 days")
        page.wait_for_selector("text=No event in the log fits the question")
        assert "last=7" in page.url
        page.get_by_label("When").select_option("From day to day")
        page.get_by_label("From", exact=True).fill("2026-03-07")
        page.wait_for_selector("text=of 57")
        assert seen.complaints == []


def test_an_answer_is_taken_away_as_a_picture(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/explore/transitions", free=False) as seen:
        page = seen.page
        page.wait_for_selector("[role=status] p")
        with page.expect_download() as taken:
            page.get_by_role("button", name="Save as a picture").click()
        head = taken.value.path().read_bytes()[:24]
        assert head.startswith(b"\x89PNG")
        assert int.from_bytes(head[16:20], "big") > WIDE
        assert seen.complaints == []


def test_an_answer_is_taken_away_as_a_table(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/explore/funnel?{FUNNEL}", free=False) as seen:
        page = seen.page
        page.wait_for_selector("[role=status] p")
        with page.expect_download() as taken:
            page.get_by_role("button", name="Save as CSV").click()
        rows = taken.value.path().read_text().splitlines()
        assert [row.split(",")[:2] for row in rows[1:]] == [
            ["viewed", str(VIEWED)],
            ["added", str(ADDED)],
            ["ordered", str(ORDERED)],
        ]


def test_a_question_is_kept_and_asked_again(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/explore/funnel?{FUNNEL}", free=False) as seen:
        page = seen.page
        page.get_by_role("button", name="Keep").click()
        page.get_by_label("Name of the question").fill("To the order")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=To the order is kept.")
        page.goto(f"{server.address}/explore/positions")
        page.get_by_role("button", name="1 kept").click()
        page.get_by_role("menuitem", name="To the order").click()
        page.wait_for_selector(f"text=Of {VIEWED} that entered at viewed, 30")
        page.get_by_role("button", name="1 kept").click()
        page.get_by_role("button", name="No longer keep To the order").click()
        page.wait_for_selector("text=To the order is no longer kept.")
        assert server.client.get("/v1/questions").json()["questions"] == []
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("button", name="1 kept").wait_for()
        assert seen.complaints == []

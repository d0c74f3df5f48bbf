"""Personas and case studies in a real browser, over people whose truth is planted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.server.processes import Running, caught_up, ready, running
from tests.web.browsing import IN_A_BROWSER, NARROW, WIDE
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
LOOKED, BOUGHT, ASKED = 100, 40, 30
"""People who looked, of whom some bought and some asked; half of those who asked bought."""
ASKS = {"type": "event", "in": ["asked"]}
ANN = {"user_id": "ann", "email": "ann.smith@example.com"}

TOLD = {
    "Needs": "needs",
    "Motives": "motives",
    "Beliefs": "beliefs",
    "Expectations": "expectations",
    "Social behaviour": "social_behaviour",
}
"""Fields that are lists of words: how the form calls them, and the document."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("personas") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": list(_events())}).raise_for_status()
        caught_up(found.client)
        asker = {"name": "Asker", "goals": ["To be sure"], "rule": ASKS}
        found.client.put("/v1/personas/asker", json=asker).raise_for_status()
        yield found


def _events() -> Iterator[dict[str, object]]:
    for person in range(LOOKED):
        said = {"user_id": f"p{person}", "channel": "web"}
        yield {**said, "type": "looked", "at": "2026-03-01T10:00:00Z"}
        if person < BOUGHT:
            yield {**said, "type": "bought", "at": "2026-03-02T10:00:00Z"}
        if BOUGHT - ASKED // 2 <= person < BOUGHT + ASKED // 2:
            yield {**said, "type": "asked", "at": "2026-03-01T11:00:00Z"}
    yield {**ANN, "type": "looked", "channel": "web", "at": "2026-03-01T10:00:00Z"}
    text = "Ann Smith here, is it quiet at night?"
    asks = {"type": "wrote", "channel": "chat", "at": "2026-03-03T10:00:00Z"}
    yield {**ANN, **asks, "properties": {"text": text}}
    yield {**ANN, "type": "left", "channel": "web", "at": "2026-03-09T10:00:00Z"}


def test_a_persona_is_described_bound_and_counted(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/personas/new", free=False) as seen:
        page = seen.page
        page.get_by_label("Name", exact=True).fill("Buyer")
        page.get_by_label("Goals").fill("A cat that drinks\n\nNo noise")
        for name in TOLD:
            page.get_by_label(name).fill(f"{name} of hers\nAnd more")
        page.get_by_role("button", name="Add a number").click()
        for name, text in (
            ("What number 1 is", "Age"),
            ("Value of", "34"),
            ("Source of", "survey"),
        ):
            page.get_by_label(name).fill(text)
        field = page.get_by_role("group", name="Which people are meant").last
        field.get_by_text("Code", exact=True).click()
        field.get_by_role("textbox").fill('{"type": "event", "in": ["bought"]}')
        page.keyboard.press("Tab")
        picture = {"name": "b.png", "mimeType": "image/png", "buffer": page.screenshot()}
        page.locator("input[type=file]").set_input_files(picture)
        page.locator("img[src^='data:image/webp']").wait_for()
        page.get_by_role("button", name="Write a quote").click()
        page.get_by_label("Quote 1", exact=True).fill("I just want it now")
        page.get_by_role("button", name="Pick from").click()
        page.get_by_label("Whose?").fill("ann.smith")
        page.get_by_role("button", name="ann.smith@example.com").click()
        page.get_by_text("is it quiet at night?").wait_for()
        page.get_by_role("button", name="Take this").click()
        assert "Ann Smith" not in page.get_by_label("Quote 2", exact=True).input_value()
        page.get_by_role("button", name="Keep", exact=True).click()
        page.wait_for_selector(f"text={BOUGHT} people")
        kept = server.client.get("/v1/personas/buyer").json()
        assert kept["goals"] == ["A cat that drinks", "No noise"]
        assert kept["photo"].startswith("data:image/webp;base64,")
        assert kept["verbatims"][1]["source"] == "Wrote, chat"
        for name, field_name in TOLD.items():
            assert kept[field_name] == [f"{name} of hers", "And more"]
            page.get_by_text(f"{name} of hers").wait_for()
        assert kept["numbers"] == [{"name": "Age", "value": "34", "source": "survey"}]
        for text in ("Age", "34", "survey", "A cat that drinks", "I just want it now"):
            page.get_by_text(text, exact=False).first.wait_for()
        page.get_by_role("button", name=f"{BOUGHT} people").click()
        page.wait_for_selector(f"[role=dialog] >> text={BOUGHT} persons")
        assert seen.complaints == []


def test_shares_overlaps_and_those_whom_nobody_describes_are_doors(
    browser: Browser, server: Running
) -> None:
    buys = {"type": "event", "in": ["bought"]}
    server.client.put("/v1/personas/ben", json={"name": "Ben", "rule": buys})
    with visited(browser, f"{server.address}/personas") as seen:
        page = seen.page
        nobody = LOOKED + 1 - BOUGHT - ASKED // 2
        page.get_by_role("button", name=f"{nobody} people").wait_for()
        assert f"describe {BOUGHT + ASKED // 2} of {LOOKED + 1} people" in page.inner_text("main")
        page.get_by_role("button", name="Asker and Ben").click()
        page.wait_for_selector(f"[role=dialog] >> text={ASKED // 2} persons")
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=dialog]", state="detached")
        page.get_by_label("Compare with how it was on").fill("2026-03-02")
        page.wait_for_selector("text=points")
        assert seen.violations() == []
        for scheme, width in (("dark", WIDE), ("light", NARROW)):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": 860})
            assert seen.violations() == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.complaints == []


def test_a_case_without_a_person_leads_to_where_people_are_found(
    browser: Browser, server: Running
) -> None:
    with visited(browser, f"{server.address}/cases/new") as seen:
        seen.page.wait_for_url("**/people")
        seen.page.get_by_role("searchbox").wait_for()


def test_who_is_meant_by_nobody_is_said_of_a_persona(browser: Browser, server: Running) -> None:
    with visited(browser, f"{server.address}/personas/new") as seen:
        seen.page.get_by_text("Nobody is meant yet").wait_for()
        assert seen.page.get_by_text("touchpoint").count() == 0


def test_a_real_way_becomes_a_case_study_without_who_it_was(
    browser: Browser, server: Running
) -> None:
    person = server.client.get("/v1/persons/email:ann.smith@example.com").json()["person"]
    with visited(browser, f"{server.address}/people/{person}") as seen:
        page = seen.page
        page.get_by_role("link", name="Tell as a case study").click()
        page.get_by_label("What it is called").fill("Too loud for Ann")
        page.get_by_label("is it quiet at night?").check()
        preview = page.get_by_role("region", name="How it will read")
        preview.locator("blockquote").wait_for()
        preview.get_by_role("heading", name="Too loud for …").wait_for()
        assert seen.violations() == []
        assert [h.inner_text() for h in preview.locator("h3").all()] == ["Day 1", "Day 3", "Day 9"]
        page.get_by_role("button", name="Make the draft").click()
        page.wait_for_url("**/maps/case_study/edit")
        document = server.client.get("/v1/maps/case_study/draft").text
        for secret in ("Ann", "Smith", "ann.smith", "2026-03"):
            assert secret not in document
        assert seen.complaints == []

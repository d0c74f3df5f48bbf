"""The lane of emotions: what people said by their marks, over what the team believes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.server.processes import Running, caught_up, ready, running, until
from tests.web.browsing import IN_A_BROWSER, NARROW
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
STARS = [5, 5, 4, 4, 4, 3, 5, 2, 4, 5]
CALLED = 3
"""Too few marks to speak of."""
CELLS = {"look": {"value": -1.0}, "order": {"value": -0.5}, "rate": {"value": 2.0}}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("felt") / "w") as found:
        ready(found.client)
        found.client.post("/v1/batch", json={"batch": list(_events())}).raise_for_status()
        caught_up(found.client)
        made = found.client.put("/v1/maps/felt/draft", json=_document()).raise_for_status()
        seen = {"if-match": made.headers["etag"]}
        found.client.post("/v1/maps/felt/publish", headers=seen).raise_for_status()
        yield found


def _events() -> Iterator[dict[str, object]]:
    for person, stars in enumerate(STARS * 4):
        said: dict[str, object] = {"user_id": f"p{person}", "channel": "web"}
        for hour, kind in enumerate(("looked", "called", "ordered")):
            mark = {"properties": {"stars": 1}} if kind == "called" and person < CALLED else {}
            yield {**said, "type": kind, "at": f"2026-03-01T1{hour}:00:00Z"} | mark
        rated = {"type": "rated", "properties": {"stars": stars}}
        yield {**said, **rated, "at": "2026-03-01T13:00:00Z"}


def _document() -> dict[str, object]:
    points = {"look": "looked", "call": "called", "order": "ordered", "rate": "rated"}
    found = [
        {"key": key, "name": key.title(), "rule": {"type": "event", "in": [event]}}
        for key, event in points.items()
    ]
    lane = {"key": "felt", "kind": "emotion", "name": "We believe", "cells": CELLS}
    stages = [{"key": "all", "name": "All", "touchpoints": found}]
    return {"key": "felt", "name": "Felt", "stages": stages, "lanes": [lane]}


def _measured(server: Running) -> bool:
    """Whether the marks are at hand, which is looked after now and then."""
    found = server.client.get("/v1/maps/felt/figures").json()["figures"]["touchpoints"]
    return any(one["emotion"] for one in found)


def test_what_was_measured_stands_over_what_is_believed(browser: Browser, server: Running) -> None:
    until(lambda: _measured(server))
    n, mean = 4 * len(STARS), sum(STARS) / len(STARS) - 3
    with visited(browser, f"{server.address}/maps/felt") as seen:
        page = seen.page
        cell = page.locator("[data-cell='emotion:rate']")
        cell.wait_for()
        label = cell.get_attribute("aria-label") or cell.inner_text()
        assert f"+{mean:.1f}, {n} answers; declared +2" in label.replace("\u2212", "-")
        few = page.locator("[data-cell='emotion:call']")
        assert f"too few answers to say ({CALLED})" in few.inner_text()
        for curve in ("measured", "declared"):
            page.locator(f"[data-curve={curve}]").wait_for()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

            assert seen.violations() == []
        cell.click()
        panel = page.get_by_role("complementary")
        panel.get_by_text(f"{n} answers").first.wait_for()
        page.set_viewport_size({"width": NARROW, "height": 860})

        assert seen.violations() == []
        assert seen.complaints == []

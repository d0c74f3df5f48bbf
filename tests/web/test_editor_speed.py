"""60 touchpoints x 15 lanes in the editor: what one does draws little anew, and takes little."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page
from tests.server.processes import Running, until
from tests.web.browsing import IN_A_BROWSER, Seen
from tests.web.drafts import SAVED, Json, draft_of, event, go_on, small_map, stands_on
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
STAGES, TOUCHPOINTS, LANES = 5, 12, 15
WORDS = "Is it loud at night? She asks a friend, and reads three reviews before"
LOOP = """() => {
    const rows = Array.from({length: 2000}, (_, at) => ({key: `t${at}`, at, of: ["a", "b"]}));
    let n = 0;
    for (let i = 0; i < 80; i++) n += JSON.stringify(JSON.parse(JSON.stringify(rows))).length;
    return n;
}"""
"""As much work as a processor of 2.5 GHz does in 100 ms when it also does other things."""
DRAWN = "[...document.querySelectorAll('[data-drawn]')].map(e => [e.dataset.cell, e.dataset.drawn])"
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
TIMES = 5


def _large(key: str) -> Json:
    stages = [
        {
            "key": f"s{s}",
            "name": f"Stage {s}",
            "touchpoints": [
                {"key": f"t{s}_{n}", "name": f"Touchpoint {s} {n}", "rule": event("page_viewed")}
                for n in range(TOUCHPOINTS)
            ],
        }
        for s in range(STAGES)
    ]
    keys = [t["key"] for stage in stages for t in stage["touchpoints"]]
    cells = {key: {"text": WORDS[: 20 + 7 * at % 50]} for at, key in enumerate(keys)}
    lanes = [
        {"key": f"l{n}", "kind": "text", "name": f"Lane {n}", "cells": cells} for n in range(LANES)
    ]
    return small_map(key) | {"stages": stages, "lanes": lanes}


@contextmanager
def _opened(browser: Browser, walked: Running, key: str) -> Iterator[Seen]:
    walked.client.put(f"/v1/maps/{key}/draft", json=_large(key)).raise_for_status()
    with visited(browser, f"{walked.address}/maps/{key}/edit", free=False) as seen:
        seen.page.wait_for_selector("[data-cell='reach:t0_0'] [data-fresh]")
        yield seen
        assert seen.complaints == []


def _drawn(page: Page) -> dict[str, str]:
    """How often each cell has been drawn."""
    return dict(page.evaluate(DRAWN))


def test_an_edit_draws_one_cell_anew(browser: Browser, walked: Running) -> None:
    with _opened(browser, walked, "edited") as seen:
        page = seen.page
        go_on(page, "lane-l3:t0_1")
        before = _drawn(page)
        assert 100 < len(before) < STAGES * TOUCHPOINTS * LANES
        page.keyboard.press("Enter")
        page.keyboard.type("Other words")
        page.keyboard.press("Enter")
        stands_on(page, "lane-l3:t0_1")
        page.wait_for_selector(SAVED)
        until(lambda: draft_of(walked, "edited")["lanes"][3]["cells"]["t0_1"]["text"] != WORDS[:27])
        after = _drawn(page)
        assert {cell for cell in after if after[cell] != before.get(cell)} == {"lane-l3:t0_1"}


def test_walking_draws_what_comes_into_sight(browser: Browser, walked: Running) -> None:
    with _opened(browser, walked, "strolled") as seen:
        page = seen.page
        go_on(page, "lane-l3:t0_1")
        before = _drawn(page)
        for _ in range(8):
            page.keyboard.press("ArrowRight")
        stands_on(page, "lane-l3:t0_9")
        after = _drawn(page)
        assert {cell for cell in before if after.get(cell, before[cell]) != before[cell]} == set()
        assert len(after.keys() - before.keys()) >= LANES
        page.keyboard.press("End")
        stands_on(page, f"lane-l3:t{STAGES - 1}_{TOUCHPOINTS - 1}")


def test_an_interaction_takes_less_than_a_tenth_of_a_second(
    browser: Browser, walked: Running
) -> None:
    """In time of the main thread, against a loop: what else the machine does is in neither."""
    with _opened(browser, walked, "timed") as seen:
        page, keys = seen.page, seen.page.keyboard
        meter = page.context.new_cdp_session(page)
        meter.send("Performance.enable", {"timeDomain": "threadTicks"})
        tenth = median(_spent(meter, lambda: page.evaluate(LOOP)) for _ in range(3))

        def costs(cell: str, *pressed: str) -> float:
            """Of each key the median, of these the highest."""
            go_on(page, cell)
            spent: dict[str, list[float]] = {key: [] for key in pressed}
            for at in range(TIMES * len(pressed)):
                key = pressed[at % len(pressed)]
                spent[key].append(_spent(meter, lambda key=key: _pressed(page, key)))
            return max(median(one) for one in spent.values()) / tenth

        found = {
            "down and up": costs("lane-l3:t0_1", "ArrowDown", "ArrowUp"),
            "right": costs("lane-l3:t0_1", "ArrowRight"),
            "write": costs("lane-l3:t0_7", "Enter", "a", "b", "Enter"),
            "move a touchpoint": costs("touchpoint:t0_7", "Alt+ArrowRight", "Alt+ArrowLeft"),
            "move a lane": costs("lane-l3:", "Alt+ArrowDown", "Alt+ArrowUp"),
            "undo": costs("lane-l3:", "Control+z", "Control+Shift+z"),
            "add and undo": costs("touchpoint:t0_3", "n", "x", "Enter", "Control+z"),
        }
        keys.press("Escape")
        assert {name: round(cost, 2) for name, cost in found.items() if cost >= 1} == {}


def _pressed(page: Page, key: str) -> None:
    page.keyboard.press(key)
    page.evaluate(SETTLED)


def _spent(meter: CDPSession, do: Callable[[], object]) -> float:
    """Seconds of the main thread."""
    before = _task_seconds(meter)
    do()
    return _task_seconds(meter) - before


def _task_seconds(meter: CDPSession) -> float:
    told = meter.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in told if one["name"] == "TaskDuration"))

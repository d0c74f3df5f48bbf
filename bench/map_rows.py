"""The rows of what is asked of a map: conformance beside pm4py, and every question over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bench.log_rows import Row, told_by
from bench.wording import ratio, seconds, spread

MODULES: Mapping[str, tuple[str, ...]] = {"conformance": (), "explore": ()}
CONFORMANCE_BAR = 2.0
"""Seconds for 200,000 journeys."""
RATE_BAR = 50
"""Times pm4py's rate of ways, on the same log and map."""
ANSWER_BAR = 0.5
"""Seconds of a question over 5 million events, as a client sees it, nothing kept."""


def measure(say: Callable[[str], None]) -> dict[str, Any]:
    """What each module measured, as plain data. Raises SideFailed."""
    return told_by(MODULES, say)


def rows(told: Mapping[str, Any]) -> Iterator[Row]:
    """Each bar, and the slowest question by name."""
    found = told["conformance"]
    yield (
        f"conformance of {found['journeys']:,} journeys with {found['events']:,} events",
        spread(found["seconds"], seconds),
        f"under {seconds(CONFORMANCE_BAR)}",
        found["seconds"]["median"] < CONFORMANCE_BAR,
    )
    yield (
        f"the same, distinct ways a second ({found['pm4py_ways']} of {found['ways']:,} for pm4py)",
        f"{ratio(found['times_the_rate'])} x pm4py",
        f"at least {RATE_BAR} x",
        found["times_the_rate"] >= RATE_BAR,
    )
    answers = told["explore"]["answers"]
    slowest = max(answers, key=lambda name: answers[name]["median"])
    took = answers[slowest]["median"] / 1000
    yield (
        f"{len(answers)} questions over HTTP, {told['explore']['events']:,} events: the slowest",
        f"{seconds(took)} ({slowest})",
        f"under {seconds(ANSWER_BAR)}",
        took < ANSWER_BAR,
    )

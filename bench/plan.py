"""What is asked of every side: the works, the steps of the funnel, and the bars."""

from __future__ import annotations

from dataclasses import dataclass, field

THREADS = 2
TYPES = 40
CHANNELS = ("web", "app", "e-mail", "phone", "store")
DAY = 86_400_000_000
"""Microseconds in a day."""
STEPS = ("event_02", "event_05", "event_09", "event_14")
"""The funnel's steps, of falling frequency."""
WINDOW = DAY + 1
"""Microseconds. Odd, while every made time is even: no wait equals it, so `<` and `<=` agree."""
TOUCHPOINTS = 20
"""Touchpoints of the map; touchpoint k is the event types k and k + 20."""
BY_CHANNEL = (5, 10)
"""Touchpoints from the first to before the second also ask for a channel, where rules are mixed."""
OUTCOME = "event_14"
FILES = {
    "parquet_log": "log.parquet",
    "parquet_sorted": "sorted.parquet",
    "parquet_text": "text.parquet",
    "csv_log": "log.csv",
}
"""Files that are read into Journeys, by work."""
FULL = (5_000_000, 20_000_000)
"""Sizes of the full run: the bars hold for the first, the second shows how the cost grows."""


def names() -> list[str]:
    """The event types, most frequent first."""
    return [f"event_{i:02d}" for i in range(TYPES)]


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that sides are asked to compute, and how many times faster ours should be."""

    key: str
    title: str
    bars: dict[str, float | None] = field(default_factory=dict)
    """By peer: our time times this must not exceed the peer's. None: for the record only."""


WORKS = (
    Work(
        "transitions",
        "transitions, counts and mean wait",
        {"duckdb": 30, "chdb": 15, "pm4py": 200, "retentioneering": 150},
    ),
    Work(
        "quantiles",
        "transitions with mean, p50 and p90 of waits",
        {"duckdb": 15, "chdb": 5},
    ),
    Work(
        "transitions_trusting",
        "transitions, where the peer trusts the order of its table, which SQL does not promise",
        {"duckdb": None},
    ),
    Work("funnel", "4-step funnel with window", {"duckdb": 15, "chdb": 6}),
    Work(
        "funnel_told",
        "the same funnel, where ours also tells times and what came instead, and the peer does not",
        {"duckdb": None, "chdb": None},
    ),
    Work("funnel_open", "4-step funnel without window", {"retentioneering": 20}),
)

PEERS = {
    "duckdb": "DuckDB SQL",
    "chdb": "ClickHouse (chdb)",
    "pm4py": "pm4py",
    "retentioneering": "retentioneering",
}

ONLY_FIRST_SIZE = ("pm4py", "retentioneering")
"""Peers that are asked at the first size alone: they take seconds there."""

FLOOR_BAR = 6.0
"""Counts and mean waits take at most this many times as long as reading the columns once."""
TOUCHPOINTS_BAR = 0.5
"""Seconds for all figures of a map of 20 touchpoints."""
PARQUET_BAR = 3_000_000
"""Events a second from a Parquet file to Journeys."""
CSV_BAR = 1_000_000
"""Events a second from a CSV file to Journeys."""
EVENT_BYTES_BAR = 16
PERSON_BYTES_BAR = 32
GROWTH_BAR = 1.2
"""Cost of an event at the second size over its cost at the first."""
COMPILE_BAR = 8.0
"""Seconds that the first run of `desireline map` takes longer than later ones."""


def work(key: str) -> Work:
    """The work of this key. Raises KeyError."""
    return {w.key: w for w in WORKS}[key]

"""The bars: what was measured, what is asked, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bench import log_rows, map_rows
from bench.plan import (
    COMPILE_BAR,
    CSV_BAR,
    EVENT_BYTES_BAR,
    FLOOR_BAR,
    GROWTH_BAR,
    PARQUET_BAR,
    PEERS,
    PERSON_BYTES_BAR,
    TOUCHPOINTS_BAR,
)
from bench.wording import ratio, seconds, spread

Told = Mapping[str, Any]

FILE_TITLES = {
    "parquet_log": "Parquet, rows in the order of time, persons as whole numbers",
    "parquet_sorted": "Parquet, rows sorted by person and time",
    "parquet_text": "Parquet, rows in the order of time, persons as text",
    "csv_log": "CSV, rows in the order of time",
}
MAPS = {
    "touchpoints": "all figures of a map of 20 touchpoints, rules by event type",
    "touchpoints_mixed": "all figures of a map of 20 touchpoints, 5 rules ask for channels too",
}
GROWN = {
    "transitions": "transitions, counts and mean wait",
    "quantiles": "transitions with quantiles",
    "funnel": "4-step funnel with window",
    "touchpoints": "figures of 20 touchpoints",
    "parquet_log": "reading Parquet",
}


def verdicts(told: Told) -> Iterable[tuple[str, bool]]:
    """Each bar as a sentence, and whether it is met."""
    first = told["sizes"][0]
    for one in told["races"]:
        if one["size"] == first and one["bar"] is not None:
            found = one["ratio"]["median"]
            asked = f"at least {one['bar']:.0f} x is asked"
            name = PEERS[one["peer"]]
            yield f"{one['title']}: {ratio(found)} x {name}, {asked}.", found >= one["bar"]
    for title, measured, bar, fine in (*own_bars(told), *log_bars(told), *map_bars(told)):
        yield f"{title}: {measured}, asked is {bar}.", fine


def own_bars(told: Told) -> Iterable[tuple[str, str, str, bool]]:
    """Our own bars: work, what was measured, what is asked, whether it is met."""
    if "floor" in told:
        found = told["floor"]["ratio"]
        yield (
            "transitions, counts and mean wait, over reading the columns once",
            f"{spread(found, ratio)} times {seconds(told['floor']['ours']['median'])}",
            f"at most {FLOOR_BAR:.0f} times",
            found["median"] <= FLOOR_BAR,
        )
    for one in told.get("touchpoints", ()):
        yield (
            MAPS[one["work"]],
            spread(one, seconds),
            f"under {seconds(TOUCHPOINTS_BAR)}",
            one["median"] < TOUCHPOINTS_BAR,
        )
    yield from (_read_row(one) for one in told["reading"])
    yield from (row for one in told["reading"] for row in _bytes_rows(one))
    for one in told["growth"]:
        found = {k: one["ratio"][k] / one["factor"] for k in ("median", "least", "most")}
        yield (
            f"cost of an event at {one['factor']:.0f} times the size: {GROWN[one['work']]}",
            f"{spread(found, ratio)} times{_by_clock(one)}",
            f"at most {GROWTH_BAR} times",
            found["median"] <= GROWTH_BAR,
        )
    if "first_run" in told:
        found, later = told["first_run"]["compiling"], told["first_run"]["later"]["median"]
        yield (
            "compiling: what the first run of `desireline map` takes longer than the next",
            f"{spread(found, seconds)}; the next takes {seconds(later)}",
            f"under {seconds(COMPILE_BAR)}",
            found["median"] < COMPILE_BAR,
        )


def log_bars(told: Told) -> Iterable[log_rows.Row]:
    """The bars of the log, where it was measured."""
    return log_rows.rows(told["log"]) if "log" in told else ()


def map_bars(told: Told) -> Iterable[log_rows.Row]:
    """The bars of what is asked of a map, where it was measured."""
    return map_rows.rows(told["map"]) if "map" in told else ()


def _read_row(one: Told) -> tuple[str, str, str, bool]:
    bar = CSV_BAR if one["work"] == "csv_log" else PARQUET_BAR
    rate = one["size"] / one["median"]
    return (
        FILE_TITLES[one["work"]],
        f"{rate / 1e6:.2f} million events a second ({spread(one, seconds)})",
        f"{bar / 1e6:.0f} million",
        rate >= bar,
    )


def _bytes_rows(one: Told) -> Iterable[tuple[str, str, str, bool]]:
    if one["work"] not in ("parquet_log", "parquet_text"):
        return
    event = one["event_bytes"] / one["events"]
    person = (one["bytes"] - one["event_bytes"]) / one["persons"]
    whose = "text" if one["work"] == "parquet_text" else "whole numbers"
    yield (
        f"memory of `Journeys`, persons as {whose}",
        f"{event:.1f} bytes an event and {person:.1f} a person",
        f"{EVENT_BYTES_BAR} and {PERSON_BYTES_BAR}",
        event <= EVENT_BYTES_BAR and person <= PERSON_BYTES_BAR,
    )


def _by_clock(grown: Told) -> str:
    """What it was by the clock, where that is not what counts."""
    if "by_clock" not in grown:
        return ""
    found = {k: grown["by_clock"][k] / grown["factor"] for k in ("median", "least", "most")}
    return f"; by the clock {spread(found, ratio)}"

"""The rows of the log: each is measured by a process of its own, and judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bench.environments import ROOT
from bench.sides import SideFailed
from bench.wording import bytes_of, seconds

Told = Mapping[str, Any]
Row = tuple[str, str, str, bool]
"""The work, what was measured, what is asked, whether it is met."""

EVENTS = 20_000_000
MODULES: Mapping[str, tuple[str, ...]] = {
    "log_server": (),
    "log_append": (),
    "log_http": (),
    "log_import": (),
    "log_index": ("--events", str(EVENTS)),
    "log_person": ("--events", str(EVENTS)),
}
APPEND_BARS = {"sqlite": 30_000, "postgresql": 50_000}
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HTTP_BARS = {
    "sqlite": {"single": (6_000, 50), "batches": (30_000, 100)},
    "postgresql": {"batches": (50_000, 100)},
}
"""Of each load: requests a second of single events, or events a second; p99 in milliseconds."""
FRESH_BAR = 2.0
IMPORT_BAR = 500_000
START_BAR = 3_000_000
REFRESH_BAR = 0.1
PERSON_BAR = 20.0
TIMELINE_BAR = 50.0
DISK_BARS = {"without": 25, "with": 60}
IDLE_BAR = 300 * 10**6


def measure(say: Callable[[str], None]) -> dict[str, Any]:
    """What each module measured, as plain data. Raises SideFailed."""
    return told_by(MODULES, say)


def told_by(modules: Mapping[str, tuple[str, ...]], say: Callable[[str], None]) -> dict[str, Any]:
    """What some modules measured, each a process of its own. Raises SideFailed."""
    told = {}
    for module, words in modules.items():
        say(module.replace("_", ": "))
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{module}", *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SideFailed(f"bench.{module} failed: {done.stderr[-2000:]}")
        told[module] = json.loads(done.stdout)
    return told


def rows(told: Told) -> Iterator[Row]:
    """Each bar of the log."""
    yield from _appends(told["log_append"])
    yield from _http(told["log_http"])
    yield from _import(told["log_import"])
    yield from _index(told["log_index"])
    found = told["log_person"]
    yield (
        f"first 100 events of one person among {found['events'] / 1e6:.0f} million",
        f"{found['milliseconds_p95']:.1f} ms at p95, {found['milliseconds_p50']:.1f} ms at p50",
        f"{PERSON_BAR:.0f} ms at p95",
        found["milliseconds_p95"] <= PERSON_BAR,
    )
    yield (
        f"first 100 entries of one person's timeline among {found['events'] / 1e6:.0f} million",
        (
            f"{found['timeline_milliseconds_p95']:.1f} ms at p95,"
            f" {found['timeline_milliseconds_p50']:.1f} ms at p50"
        ),
        f"{TIMELINE_BAR:.0f} ms at p95",
        found["timeline_milliseconds_p95"] <= TIMELINE_BAR,
    )
    idle = told["log_server"]["idle_bytes"]
    yield (
        "memory of an idle server, empty workspace",
        f"{bytes_of(idle)}, ready after {seconds(told['log_server']['ready_seconds'])}",
        "300 MB",
        idle <= IDLE_BAR,
    )


def _appends(told: Told) -> Iterator[Row]:
    floor = told["fsyncs_a_second"]
    for key, name in DATABASES.items():
        found = told[key]
        yield (
            f"durable appends on {name}, batches of {told['batch']}",
            (
                f"{found['events_a_second']:,.0f} events a second in"
                f" {found['commits_a_second']:.0f} commits a second; the disk confirms {floor:,.0f}"
                " writes of 4 KB a second"
            ),
            f"{APPEND_BARS[key]:,}",
            found["events_a_second"] >= APPEND_BARS[key],
        )


def _http(told: Told) -> Iterator[Row]:
    """Rows of the collector. One without a bar is for the record: it is met."""
    for key, name in DATABASES.items():
        for load in ("single", "batches"):
            yield _load(told, key, name, load)
        fresh = told[key]["batches"]["fresh"]
        yield (
            f"an event over HTTP until it is in a map's figures, under that load, on {name}",
            (
                f"{seconds(fresh['p50'])} at p50, {seconds(fresh['p95'])} at p95"
                f" ({fresh['probes']:,} probes)"
            ),
            f"{seconds(FRESH_BAR)} at p95",
            fresh["p95"] <= FRESH_BAR,
        )


def _load(told: Told, key: str, name: str, load: str) -> Row:
    found, bar = told[key][load], HTTP_BARS[key].get(load)
    single = load == "single"
    rate = found["requests_a_second" if single else "events_a_second"]
    what = "requests of one event" if single else f"events in batches of {found['batch']}"
    return (
        f"{what} over HTTP on {name}, {found['connections']} connections",
        (
            f"{rate:,.0f} a second, p50 {found['milliseconds_p50']:.0f} ms, p99"
            f" {found['milliseconds_p99']:.0f} ms; the disk confirms {told['fsyncs_a_second']:,.0f}"
            " writes of 4 KB a second"
        ),
        "for the record" if bar is None else f"{bar[0]:,} a second, p99 {bar[1]} ms",
        bar is None or (rate >= bar[0] and found["milliseconds_p99"] <= bar[1]),
    )


def _import(told: Told) -> Iterator[Row]:
    rate = told["events_a_second"]
    yield (
        f"Parquet file of {told['events'] / 1e6:.0f} million events into the log",
        (
            f"{rate / 1e3:,.0f} thousand events a second ({seconds(told['seconds'])}), most memory"
            f" {bytes_of(told['peak_bytes'])}; the same file again {seconds(told['again_seconds'])}"
        ),
        "500 thousand",
        rate >= IMPORT_BAR,
    )
    for key, bar in DISK_BARS.items():
        found = told[f"bytes_{key}_properties"]
        yield (
            f"disk, the simulated shop {key} properties, all of the folder",
            f"{found:.1f} bytes an event",
            f"{bar}",
            found <= bar,
        )


def _index(told: Told) -> Iterator[Row]:
    million = told["events"] / 1e6
    rate = told["start_events_a_second"]
    yield (
        f"log of {million:.0f} million events to a warm index after a restart",
        f"{rate / 1e6:.1f} million events a second ({seconds(told['start_seconds'])})",
        "3 million",
        rate >= START_BAR,
    )
    again = told["refresh_median_seconds"]
    yield (
        f"refresh of the index by 10,000 new events in {million:.0f} million",
        (
            f"{seconds(again)}, at worst {seconds(told['refresh_worst_seconds'])}; in a log of a"
            f" tenth {seconds(told['refresh_in_a_tenth_median_seconds'])}"
        ),
        seconds(REFRESH_BAR),
        again <= REFRESH_BAR,
    )

"""ClickHouse in the process (chdb): a MergeTree ordered by (person, time), one part, Enum8 types.

The table lies on disk and in the page cache, as its users have it. Each formulation is tried and
the fastest is taken.
"""

from __future__ import annotations

import atexit
import json
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import chdb
from chdb.session import Session

from bench.plan import STEPS, WINDOW, names
from bench.worker import Way

VERSIONS = {"chdb": chdb.__version__}

WINDOWED = """
    (SELECT lagInFrame(event) OVER w AS before, event, lagInFrame(time) OVER w AS left,
            time - left AS wait
     FROM b.events WINDOW w AS (PARTITION BY person ORDER BY time
                                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))
    WHERE left != 0 GROUP BY before, event"""
GROUPED = """
    (SELECT person, groupArray(event) AS codes, groupArray(time) AS times
     FROM (SELECT person, event, time FROM b.events ORDER BY person, time) GROUP BY person{0})"""
ARRAYS = """
    (SELECT arrayJoin(arrayMap((a, b, s, t) -> (a, b, t - s),
            arrayPopBack(codes), arrayPopFront(codes),
            arrayPopBack(times), arrayPopFront(times))) AS p
     FROM {0}) GROUP BY p.1, p.2"""
IN_ORDER = " SETTINGS optimize_aggregation_in_order = 1"
FIGURES = {
    "transitions": "count(), avg({0})",
    "quantiles": "count(), avg({0}), quantilesTDigest(0.5, 0.9)({0})",
}
LEVELS = """
    SELECT level, count() FROM
        (SELECT windowFunnel({window})(toUInt64(time), {conditions}) AS level
         FROM b.events {where} GROUP BY person{order}) GROUP BY level"""


def load(folder: Path, threads: int) -> dict[str, list[Way]]:
    """The works over a table made from the sorted Parquet file."""
    place = tempfile.TemporaryDirectory(prefix="bench-chdb-")
    session = Session(place.name)
    atexit.register(place.cleanup)
    atexit.register(session.close)
    types = ", ".join(f"'{name}'" for name in names())
    session.query("CREATE DATABASE b")
    session.query(f"""CREATE TABLE b.events (person UInt32, event Enum8({types}), time Int64)
        ENGINE = MergeTree ORDER BY (person, time)""")
    session.query(f"""INSERT INTO b.events SELECT person, event, toUnixTimestamp64Micro(time)
        FROM file('{folder / "sorted.parquet"}')""")
    session.query("OPTIMIZE TABLE b.events FINAL")
    ask = partial(_rows, session, threads)
    works = {
        work: [Way(name, partial(ask, text), pairs) for name, text in _pairs(figures).items()]
        for work, figures in FIGURES.items()
    }
    works["funnel"] = [Way(name, partial(ask, text), reached) for name, text in _funnels().items()]
    works["funnel_told"] = works["funnel"]
    return works


def _pairs(figures: str) -> dict[str, str]:
    arrays = f"SELECT p.1, p.2, {figures.format('p.3')} FROM {ARRAYS}"
    return {
        "lagInFrame": f"SELECT before, event, {figures.format('wait')} FROM {WINDOWED}",
        "arrays": arrays.format(GROUPED.format("")),
        "arrays, aggregation in order": arrays.format(GROUPED.format(IN_ORDER)),
    }


def _funnels() -> dict[str, str]:
    steps = [f"event = '{name}'" for name in STEPS]
    where = f"WHERE event IN ({', '.join(repr(name) for name in STEPS)})"
    fill = {"window": WINDOW, "conditions": ", ".join(steps)}
    return {
        "windowFunnel": LEVELS.format(where="", order="", **fill),
        "windowFunnel, steps only": LEVELS.format(where=where, order="", **fill),
        "windowFunnel, steps only, in order": LEVELS.format(where=where, order=IN_ORDER, **fill),
    }


def _rows(session: Session, threads: int, query: str) -> str:
    joint = ", " if query.rstrip().endswith("= 1") else " SETTINGS "
    return str(session.query(f"{query}{joint}max_threads = {threads}", "JSONCompactEachRow"))


def pairs(text: str) -> list[list[Any]]:
    """From, to, count, then seconds: mean, p50, p90 (where asked)."""
    rows = (json.loads(line) for line in text.splitlines())
    return [
        [a, b, int(n), mean / 1e6, *(q / 1e6 for q in (rest[0] if rest else ()))]
        for a, b, n, mean, *rest in rows
    ]


def reached(text: str) -> list[int]:
    """Persons that reached each step, from persons by the last step that they reached."""
    by_level: dict[int, int] = {}
    for line in text.splitlines():
        level, n = json.loads(line)
        by_level[int(level)] = int(n)
    return [sum(by_level.get(k, 0) for k in range(step, 5)) for step in _levels()]


def _levels() -> Sequence[int]:
    return range(1, len(STEPS) + 1)

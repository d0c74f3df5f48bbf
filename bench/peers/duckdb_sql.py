"""DuckDB: a table in memory, sorted by (person, time), event types as ENUM, times as BIGINT.

Each of these is what served DuckDB best: VARCHAR types took 1.6 times as long, TIMESTAMP as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from bench.plan import STEPS, WINDOW, names
from bench.worker import Way

VERSIONS = {"duckdb": duckdb.__version__}

WINDOWED = "WINDOW w AS (PARTITION BY person ORDER BY time)"
PAIRS = f"""
    (SELECT lag(event) OVER w AS before, event, time - lag(time) OVER w AS wait FROM events
     {WINDOWED}) WHERE before IS NOT NULL GROUP BY before, event"""
PACKED = f"""
    (SELECT lag({{'event': event, 'time': time}}) OVER w AS before, event, time FROM events
     {WINDOWED}) WHERE before IS NOT NULL GROUP BY before.event, event"""
TRANSITIONS = {
    "lag": f"SELECT before, event, count(*), avg(wait) FROM {PAIRS}",
    "lag of a struct": f"""
        SELECT before.event, event, count(*), avg(time - before.time) FROM {PACKED}""",
}
ALL_FIGURES = "count(*), avg({0}), approx_quantile({0}, [0.5, 0.9])"
QUANTILES = {
    "lag": f"SELECT before, event, {ALL_FIGURES.format('wait')} FROM {PAIRS}",
    "lag of a struct": f"""
        SELECT before.event, event, {ALL_FIGURES.format("time - before.time")} FROM {PACKED}""",
}
FUNNEL = {
    # The next step for each entry, by ASOF joins; then persons that got so far.
    "asof joins": """
        WITH s1 AS (SELECT person, time FROM events WHERE event = '{0}'),
             s2 AS (SELECT person, time FROM events WHERE event = '{1}'),
             s3 AS (SELECT person, time FROM events WHERE event = '{2}'),
             s4 AS (SELECT person, time FROM events WHERE event = '{3}'),
             j2 AS (SELECT s1.person, s1.time AS entered, s2.time FROM s1 ASOF JOIN s2
                    ON s1.person = s2.person AND s1.time <= s2.time
                    WHERE s2.time - entered <= {window}),
             j3 AS (SELECT j2.person, entered, s3.time FROM j2 ASOF JOIN s3
                    ON j2.person = s3.person AND j2.time <= s3.time
                    WHERE s3.time - entered <= {window}),
             j4 AS (SELECT j3.person FROM j3 ASOF JOIN s4
                    ON j3.person = s4.person AND j3.time <= s4.time
                    WHERE s4.time - entered <= {window})
        SELECT (SELECT count(DISTINCT person) FROM s1), (SELECT count(DISTINCT person) FROM j2),
               (SELECT count(DISTINCT person) FROM j3), (SELECT count(DISTINCT person) FROM j4)""",
    # At each event the latest entry from which so many steps were taken within the window.
    "windows": """
        WITH f AS (SELECT person, event, time FROM events
                   WHERE event IN ('{0}', '{1}', '{2}', '{3}')),
             a AS (SELECT *, max(CASE WHEN event = '{0}' THEN time END) OVER w AS s1
                   FROM f {w}),
             b AS (SELECT *, max(CASE WHEN event = '{1}' AND time - s1 <= {window} THEN s1 END)
                   OVER w AS s2 FROM a {w}),
             c AS (SELECT *, max(CASE WHEN event = '{2}' AND time - s2 <= {window} THEN s2 END)
                   OVER w AS s3 FROM b {w}),
             d AS (SELECT max(s1) AS s1, max(s2) AS s2, max(s3) AS s3,
                          bool_or(event = '{3}' AND time - s3 <= {window}) AS s4
                   FROM c GROUP BY person)
        SELECT count(s1), count(s2), count(s3), count(*) FILTER (s4) FROM d""",
}
ROWS_BEFORE = "WINDOW w AS (PARTITION BY person ORDER BY time ROWS UNBOUNDED PRECEDING)"
TRUSTING = """
    SELECT before, event, count(*), avg(wait) FROM
        (SELECT lag(event) OVER () AS before, event, time - lag(time) OVER () AS wait,
                lag(person) OVER () AS earlier, person FROM events)
    WHERE earlier = person GROUP BY before, event"""
"""Leans on the order in which the table was written, which SQL does not promise. For the record."""


def load(folder: Path, threads: int) -> dict[str, list[Way]]:
    """The works over a table made from the sorted Parquet file."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    connection.execute("SET enable_progress_bar = false")
    types = ", ".join(f"'{name}'" for name in names())
    connection.execute(f"CREATE TYPE event_type AS ENUM ({types})")
    connection.execute(f"""
        CREATE TABLE events AS SELECT person::INTEGER AS person, event::event_type AS event,
            epoch_us(time) AS time FROM '{folder / "sorted.parquet"}'
        ORDER BY person, time""")
    asked = {"window": WINDOW, "w": ROWS_BEFORE}
    funnel = {name: query.format(*STEPS, **asked) for name, query in FUNNEL.items()}
    return {
        "transitions": _ways(connection, TRANSITIONS, pairs),
        "quantiles": _ways(connection, QUANTILES, pairs),
        "funnel": _ways(connection, funnel, reached),
        "funnel_told": _ways(connection, funnel, reached),
        "transitions_trusting": _ways(connection, {"order of the table": TRUSTING}, pairs),
    }


def _ways(connection: Any, queries: dict[str, str], answer: Any) -> list[Way]:
    return [Way(name, partial(_rows, connection, text), answer) for name, text in queries.items()]


def _rows(connection: Any, query: str) -> Sequence[Any]:
    rows: Sequence[Any] = connection.execute(query).fetchall()
    return rows


def pairs(rows: Sequence[Any]) -> list[list[Any]]:
    """From, to, count, then seconds: mean, p50, p90 (None where not asked)."""
    return [
        [a, b, n, mean / 1e6, *(q / 1e6 for q in (rest[0] if rest else ()))]
        for a, b, n, mean, *rest in rows
    ]


def reached(rows: Sequence[Any]) -> list[int]:
    """Persons that reached each step."""
    return list(rows[0])

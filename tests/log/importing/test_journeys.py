"""Journeys read from the log are those read from the file: transitions, count for count."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

import numpy as np
import pytest
from tests.cli.shared_data import READ_WITH, events_of, reference
from tests.log.importing.logs import ImportLog, walks, write_csv

from desireline.engine.analyses import transitions
from desireline.engine.compute.threads import run
from desireline.engine.journeys import Journeys
from desireline.formats.mapping import Mapping
from desireline.formats.reading import read
from desireline.formats.writing import write_events
from desireline.log.index.index import Index
from desireline.sim import shop

OPTIONS = {"--order": "order", "--case": "who", "--event": "event", "--time": "time"}


def counted(parts: Journeys | Sequence[Journeys]) -> dict[str, Any]:
    """Transitions, starts and ends."""
    found = run(transitions, parts, transitions.Query()).to_dict()
    dfg = {(t["from"], t["to"]): t["count"] for t in found["transitions"]}
    return {name: found[name] for name in ("cases", "events", "starts", "ends")} | {"dfg": dfg}


def in_log(log: ImportLog) -> tuple[Journeys, ...]:
    segments = log.segments
    with closing(Index(segments.db, segments.store, segments.clock)) as index:
        index.refresh()
        return index.snapshot().parts


def told_roles(words: Sequence[str]) -> Mapping:
    told: dict[str, object] = {}
    for option, value in zip(words[::2], words[1::2], strict=True):
        key = OPTIONS[option]
        told[key] = tuple(value.split(",")) if key == "order" else value
    return Mapping(**told)  # type: ignore[arg-type]


def test_of_walks_with_ties(log: ImportLog) -> None:
    path = write_csv(log.folder / "w.csv", walks(300, persons=17))
    log.take(path, events_a_chunk=70)
    assert counted(in_log(log)) == counted(read(path))


def test_a_value_beyond_32_bits_is_read_as_the_largest_there_is(log: ImportLog) -> None:
    """Not refused: a segment that cannot be read would keep the whole index from being read."""
    path = log.folder / "v.csv"
    at = "2026-03-01T10:00:0"
    rows = [f"ann,paid,{at}{n}Z,{value}" for n, value in enumerate(("1e300", "-1e300", "39.5", ""))]
    path.write_text("\n".join(["user_id,event,time,value", *rows, ""]))
    log.take(path)
    [part] = in_log(log)
    assert part.value is not None
    largest = np.finfo(np.float32).max
    assert np.array_equal(part.value, [largest, -largest, 39.5, np.nan], equal_nan=True)


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl.gz"])
def test_of_the_simulated_shop(other: ImportLog, form: str) -> None:
    path = other.folder / f"shop.{form}"
    write_events([shop(persons=300, seed=5).events()], path)
    other.take(path, events_a_chunk=500)
    assert counted(in_log(other)) == counted(read(path))


def test_of_an_xes_file(other: ImportLog) -> None:
    """Times of one second, three events each; the file has them in no order of time."""
    moments = [("b", 2), ("a", 1), ("c", 2), ("d", 2), ("e", 1)]
    inside = "".join(
        f'<event><string key="concept:name" value="{name}"/>'
        f'<date key="time:timestamp" value="2026-01-01T10:00:0{second}.000+01:00"/></event>'
        for name, second in moments
    )
    traces = "".join(
        f'<trace><string key="concept:name" value="{case}"/>{inside}</trace>' for case in "xyz"
    )
    path = other.folder / "log.xes"
    path.write_text(f'<?xml version="1.0"?><log>{traces}</log>')
    other.take(path)
    assert counted(in_log(other)) == counted(read(path))
    assert [e["type"] for e in other.events()][:5] == ["a", "e", "b", "c", "d"]


@pytest.mark.data
@pytest.mark.parametrize("name", READ_WITH)
def test_of_public_logs(other: ImportLog, name: str) -> None:
    right = reference(name)
    path, roles = events_of(name), told_roles(READ_WITH[name])
    report = other.take(path, roles)
    assert (report.stored, report.failed) == (right["events"], 0)
    found = counted(in_log(other))
    assert (found["cases"], found["events"]) == (right["cases"], right["events"])
    assert found["dfg"] == {(a, b): n for a, b, n in right["dfg"]}
    assert found["starts"] == right["start_activities"]
    assert found["ends"] == right["end_activities"]

"""Our side: from a file to Journeys, everything that a user waits for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from bench.ours import columns, pairs
from bench.plan import FILES
from bench.worker import Way
from desireline.engine.journeys import Journeys
from desireline.formats.reading import Mapping, read

VERSIONS = {"duckdb": duckdb.__version__}

ROLES = Mapping(who="person", event="event", time="time", channel="channel", value="value")


def load(folder: Path, threads: int) -> dict[str, list[Way]]:
    """A work for each of the files that are there; nothing is loaded before."""
    told = partial(facts, threads=threads)
    return {
        work: [Way("read", partial(read, str(folder / name), ROLES), told)]
        for work, name in FILES.items()
        if (folder / name).exists()
    }


def facts(journeys: Journeys, threads: int) -> dict[str, Any]:
    """What was read: sizes, and the transitions, so that they can be compared."""
    events = (journeys.time, journeys.code, journeys.channel, journeys.actor, journeys.value)
    held = [column for column in events if column is not None]
    return {
        "events": journeys.n_events,
        "persons": len(journeys),
        "bytes": journeys.nbytes,
        "event_bytes": sum(column.nbytes for column in held),
        "pairs": pairs(columns(journeys, threads, quantiles=False), journeys.events),
    }

"""The index over a log: a warm start, refreshes, memory.

`python -m bench.log_index --events 20000000` makes the log once (in `.bench/log-index`, segments of
a million events as merging leaves them) and prints the figures as JSON. The log is that of
`bench.data`: its persons are subjects without links, and no subject has a row of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from sqlalchemy import insert, update

from bench.data import make
from bench.plan import CHANNELS, names
from desireline.engine.analyses import transitions
from desireline.engine.compute.threads import run
from desireline.formats.duck import Duck
from desireline.formats.segment_files import write_segment
from desireline.kit.clock import SystemClock
from desireline.kit.database import Database
from desireline.kit.migrating import upgrade
from desireline.log.index.index import Index
from desireline.log.segments.adding import add_segments
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import event, log_state

CACHE = Path(__file__).parent.parent / ".bench" / "log-index"
EVENTS_A_SEGMENT = 1_000_000
NEW = 10_000
REFRESHES = 24
TYPES = names()


@dataclass(frozen=True)
class Figures:
    """What was measured; seconds, bytes."""

    events: int
    persons: int
    start_seconds: float
    start_events_a_second: float
    refresh_median_seconds: float
    refresh_worst_seconds: float
    refresh_in_a_tenth_median_seconds: float
    """The same in a log of a tenth: a refresh must not depend on what is there."""
    bytes_an_event: float
    peak_bytes: int
    parts: int
    transitions_at_start_seconds: float
    transitions_after_refreshes_seconds: float
    rebuilt_equal: bool


def measure(events: int, cache: Path = CACHE) -> Figures:
    """The figures of a log of so many events; the log itself stays as it was made."""
    small = _refreshed(events // 10, cache)
    large = _refreshed(events, cache)
    return Figures(
        refresh_in_a_tenth_median_seconds=small["refresh_median_seconds"],
        **{**large, "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024},
    )


def _refreshed(events: int, cache: Path) -> dict[str, Any]:
    folder = _working_copy(ensure(events, cache))
    db = Database(f"sqlite:///{folder}/desireline.db")
    store = SegmentStore.at(str(folder / "segments"))
    Index(db, store, SystemClock()).close()  # the first compiles kernels and warms the files
    start, index = _timed(lambda: Index(db, store, SystemClock()))
    fresh = index.snapshot()
    query = transitions.Query(quantiles=False)
    before = _best(lambda: run(transitions, fresh.parts, query))
    times = []
    rng = np.random.default_rng(1)
    for _ in range(REFRESHES):
        _append(db, rng, fresh.n_persons)
        times.append(_timed(index.refresh)[0])
    last = index.snapshot()
    after = _best(lambda: run(transitions, last.parts, query))
    rebuilt = Index(db, store, SystemClock()).snapshot()
    figures = {
        "events": fresh.n_events,
        "persons": fresh.n_persons,
        "start_seconds": start,
        "start_events_a_second": fresh.n_events / start,
        "refresh_median_seconds": median(times),
        "refresh_worst_seconds": max(times),
        "bytes_an_event": fresh.nbytes / fresh.n_events,
        "parts": len(last.parts),
        "transitions_at_start_seconds": before,
        "transitions_after_refreshes_seconds": after,
        "rebuilt_equal": run(transitions, rebuilt.parts, query).to_dict()
        == run(transitions, last.parts, query).to_dict(),
    }
    index.close()
    db.close()
    return figures


def ensure(events: int, cache: Path) -> Path:
    """The folder of a sealed log of so many events, made now unless the cache holds it.

    One that an older program made gets the tables of today.
    """
    folder = cache / str(events)
    made = (folder / "done").exists()
    if not made:
        shutil.rmtree(folder, ignore_errors=True)
    db = Database(f"sqlite:///{folder}/desireline.db")
    upgrade(db)
    if not made:
        fill(db, SegmentStore.at(str(folder / "segments")), events)
        (folder / "done").touch()
    db.close()
    return folder


def fill(db: Database, store: SegmentStore, events: int) -> None:
    """Puts a sealed log of so many events into a new database and its store."""
    table = make(events)
    table["person"] = (table["person"] - table["person"][0]) // 7 + 1
    with Duck() as duck:
        files = [
            _segment(duck, {k: c[a : a + EVENTS_A_SEGMENT] for k, c in table.items()}, store)
            for a in range(0, events, EVENTS_A_SEGMENT)
        ]
    add_segments(db, store, files, SystemClock())


def _segment(duck: Duck, table: dict[str, Any], store: SegmentStore) -> Any:
    n = len(table["person"])
    duck.register("made", {**table, "place": np.arange(n), "id_lo": _halves(table)})
    types = ", ".join(f"'{name}'" for name in TYPES)
    channels = ", ".join(f"'{name}'" for name in CHANNELS)
    duck.run(
        f"""CREATE OR REPLACE TABLE events AS SELECT person AS subject, time AS "at", place,
        0::BIGINT AS id_hi, id_lo, time AS received_at, [{types}][code + 1] AS type,
        'track' AS kind, [{channels}][channel + 1] AS channel, 'inbound' AS direction,
        CASE WHEN code % 5 = 0 THEN 'system' ELSE 'person' END AS actor,
        CASE WHEN isnan(value) THEN NULL ELSE value END AS value, NULL::VARCHAR AS currency,
        NULL::VARCHAR AS identifiers, NULL::VARCHAR AS properties, NULL::VARCHAR AS context,
        'import' AS source FROM made"""
    )
    duck.unregister("made")
    return write_segment(duck, "events", store.staging / f"{time.time_ns()}.parquet")


def _halves(table: dict[str, Any]) -> Any:
    mixed = table["time"].view(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed ^ table["person"].view(np.uint64)).view(np.int64)


def _working_copy(folder: Path) -> Path:
    """The database copied, the segments linked: appends leave the made log alone."""
    work = folder.with_name(f"{folder.name}-work")
    shutil.rmtree(work, ignore_errors=True)
    (work / "segments").mkdir(parents=True)
    shutil.copy(folder / "desireline.db", work)
    for file in (folder / "segments").glob("*.parquet"):
        (work / "segments" / file.name).hardlink_to(file)
    return work


def _append(db: Database, rng: np.random.Generator, persons: int) -> None:
    """New events of random persons, at any time of the last weeks."""
    now = time.time_ns() // 1000
    who, what = rng.integers(1, persons + 1, NEW), rng.integers(0, len(TYPES), NEW)
    at = now - rng.integers(0, 40 * 86_400_000_000, NEW)
    with db.transaction() as tx:
        moved = update(log_state).values(position=log_state.c.position + NEW)
        last = tx.execute(moved.returning(log_state.c.position)).scalar_one()
        rows = [
            {
                "position": last - NEW + 1 + i,
                "id_hi": 1,
                "id_lo": last - NEW + 1 + i,
                "subject": int(who[i]),
                "at": int(at[i]),
                "received_at": now,
                "type": TYPES[what[i]],
                "kind": "track",
                "channel": "web",
                "direction": "inbound",
                "actor": "person",
                "source": "api",
            }
            for i in range(NEW)
        ]
        tx.execute(insert(event), rows)


def _timed(work: Any) -> tuple[float, Any]:
    start = time.perf_counter()
    held = work()
    return time.perf_counter() - start, held


def _best(work: Any, times: int = 5) -> float:
    work()
    return min(_timed(work)[0] for _ in range(times))


def main() -> None:
    """Prints the figures as JSON."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--events", type=int, default=20_000_000)
    told.add_argument("--cache", type=Path, default=CACHE)
    chosen = told.parse_args()
    print(json.dumps(asdict(measure(chosen.events, chosen.cache)), indent=2))


if __name__ == "__main__":
    main()

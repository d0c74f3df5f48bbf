"""The first events of one person in a large log, and the first page of the person's timeline.

`python -m bench.log_person --events 20000000` prints the figures as JSON. The log is that of
`bench.log_index`.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from bench.log_index import CACHE, ensure
from desireline.kit.clock import SystemClock
from desireline.kit.database import Database
from desireline.log.segments.reading import LogReader
from desireline.log.segments.store import SegmentStore
from desireline.modules.people.facade import PeopleBook, TimelineList, Wanted

PERSONS = 300
WARM = 20
"""Persons asked for before the clock counts: they open the files."""
LIMIT = 100


def measure(events: int, cache: Path = CACHE) -> dict[str, float]:
    """Milliseconds for persons taken by chance, after some that open the files."""
    folder = ensure(events, cache)
    db = Database(f"sqlite:///{folder}/desireline.db")
    found, entries = 0, 0
    with LogReader(db, SegmentStore.at(str(folder / "segments"))) as reader:
        most = max(s.last_subject for s in reader.catalogue().segments)
        book = PeopleBook(db, reader, SystemClock())
        chosen = np.random.default_rng(5).integers(1, most + 1, PERSONS + WARM).tolist()
        times = []
        for subject in chosen:
            begin = time.perf_counter()
            found += len(reader.events_of([subject], limit=LIMIT))
            times.append((time.perf_counter() - begin) * 1e3)
        told = []
        for subject in chosen:
            begin = time.perf_counter()
            page = TimelineList.of(book.timeline(subject, Wanted(), LIMIT))
            told.append((time.perf_counter() - begin) * 1e3)
            entries += len(page.entries)
    db.close()
    return {
        "events": events,
        "persons": PERSONS,
        "found": found,
        "milliseconds_first": times[0],
        **_quantiles("milliseconds", times),
        "timeline_entries": entries,
        **_quantiles("timeline_milliseconds", told),
    }


def _quantiles(name: str, times: list[float]) -> dict[str, float]:
    settled = sorted(times[WARM:])
    return {
        f"{name}_p50": settled[len(settled) // 2],
        f"{name}_p95": settled[len(settled) * 95 // 100],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=20_000_000)
    print(json.dumps(measure(parser.parse_args().events), indent=1))

"""The first events of one person in a large log, from the database and the segments.

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
from desireline.kit.database import Database
from desireline.log.segments.reading import LogReader
from desireline.log.segments.store import SegmentStore

PERSONS = 300
LIMIT = 100


def measure(events: int, cache: Path = CACHE) -> dict[str, float]:
    """Milliseconds for persons taken by chance, after one that opens the files."""
    folder = ensure(events, cache)
    db = Database(f"sqlite:///{folder}/desireline.db")
    rng, times, found = np.random.default_rng(5), [], 0
    with LogReader(db, SegmentStore.at(str(folder / "segments"))) as reader:
        most = max(s.last_subject for s in reader.catalogue().segments)
        for subject in rng.integers(1, most + 1, PERSONS + 20).tolist():
            begin = time.perf_counter()
            found += len(reader.events_of([subject], limit=LIMIT))
            times.append((time.perf_counter() - begin) * 1e3)
    db.close()
    settled = sorted(times[20:])
    return {
        "events": events,
        "persons": PERSONS,
        "found": found,
        "milliseconds_p50": settled[len(settled) // 2],
        "milliseconds_p95": settled[len(settled) * 95 // 100],
        "milliseconds_first": times[0],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=20_000_000)
    print(json.dumps(measure(parser.parse_args().events), indent=1))

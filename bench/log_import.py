"""A file into the log: durable, deduplicated, sealed; and the bytes that an event then takes.

`python -m bench.log_import` prints the figures as JSON. The large file is that of `bench.data`, 20
million events with persons as text; the bytes are those of the simulated shop, with its properties
and without, of the whole folder, database included.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.__main__ import CACHE
from bench.data import ensure
from desireline.engine.building import EventColumns
from desireline.formats.writing import write_events
from desireline.kit.clock import SystemClock
from desireline.kit.database import Database
from desireline.kit.migrating import upgrade
from desireline.log.importing.importer import Log, import_events
from desireline.log.segments.store import SegmentStore
from desireline.sim import shop

EVENTS = 20_000_000
PERSONS = 100_000


def measure(events: int = EVENTS, persons: int = PERSONS) -> dict[str, Any]:
    """Events a second of a first import, of the same file again, and bytes an event."""
    with tempfile.TemporaryDirectory(prefix="bench-import-") as folder:
        place = Path(folder)
        first, again, _ = _imported(ensure(CACHE, events, csv=False).folder / "text.parquet", place)
        told = {
            "events": events,
            "seconds": first,
            "events_a_second": events / first,
            "again_seconds": again,
            "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }
        for key, file in _shops(place, persons).items():
            _, _, told[f"bytes_{key}_properties"] = _imported(file, place / key)
    return told


def _imported(file: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds of the first import, of the second, and bytes an event of all that is kept."""
    folder.mkdir(exist_ok=True)
    with closing(Database(f"sqlite:///{folder}/data/desireline.db")) as db:
        upgrade(db)
        log = Log(db, SegmentStore.at(str(folder / "data" / "segments")), SystemClock())
        begin = time.perf_counter()
        report = import_events(log, file)
        first = time.perf_counter() - begin
        if import_events(log, file).stored:
            raise AssertionError("the same file twice added events")
        again = time.perf_counter() - begin - first
    kept = sum(f.stat().st_size for f in (folder / "data").rglob("*") if f.is_file())
    return first, again, kept / report.stored


def _shops(folder: Path, persons: int) -> dict[str, Path]:
    """The simulated shop as files, with its properties and without."""
    made, files = shop(persons=persons, seed=7), {}
    for key in ("with", "without"):
        files[key] = folder / f"shop-{key}.parquet"
        chunks = made.chunks()
        write_events((_bare(c) if key == "without" else c for c in chunks), files[key])
    return files


def _bare(chunk: EventColumns) -> EventColumns:
    return replace(chunk, columns={})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--persons", type=int, default=PERSONS)
    told = parser.parse_args()
    print(json.dumps(measure(told.events, told.persons), indent=1))

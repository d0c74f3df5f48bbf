"""A worker in a process of its own that seals what there is, 50 events at a time, and merges.

Arguments: URL of the database, folder of the segments. It begins when a line is given to it, and
prints the positions that it sealed.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from desireline.kit.clock import SystemClock
from desireline.kit.database import Database
from desireline.log.segments.compacting import compact
from desireline.log.segments.errors import TailChanged
from desireline.log.segments.sealing import seal
from desireline.log.segments.store import SegmentStore

if __name__ == "__main__":
    url, folder = sys.argv[1:]
    db, store, clock = Database(url), SegmentStore.at(f"file://{folder}"), SystemClock()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for segment in seal(db, store, clock, rows=50):
        sys.stdout.write(f"{segment.first_position} {segment.last_position}\n")
        with suppress(TailChanged):
            compact(db, store, clock)
    db.close()

"""Bulk imports: finished files become segments of the log, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from desireline.formats.segment_files import SegmentFile
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.segments.store import SegmentStore

Also = Callable[[Connection, int], None]


def add_segments(
    db: Database,
    store: SegmentStore,
    files: Sequence[SegmentFile],
    clock: Clock,
    also: Also | None = None,
) -> int:
    """The position of the first event of `files`, which are segments of the log from now on.

    Each file was made by `formats.segment_files.write_segment(..., renumber=True)`, anywhere on
    the file system of the store (`store.staging` is a good place); it moves into the store. The
    files take consecutive positions in their order: the event at `place` p of the first has the
    position first + p, and so on.

    One transaction locks the row of `log_state` (nobody appends from then on), takes the
    positions, lists the segments, and calls `also(tx, first)`: counters, the progress of the run,
    a last check for duplicates. Whatever `also` raises undoes all; the files are then unlisted and
    swept later. Raises StoreUnwritable.
    """
    raise NotImplementedError

"""Sweeping: files that no catalogue lists go, once nobody reads them any more."""

from __future__ import annotations

import shutil
from pathlib import Path

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.one_at_a_time import LISTING, one_at_a_time
from desireline.log.segments.store import AT_WORK, SegmentStore

HOUR = 3_600_000_000
"""Microseconds for which a reader may go on with a segment that was merged."""
DAY = 24 * HOUR
"""Microseconds that a file may be in the making."""


def sweep(
    db: Database, store: SegmentStore, clock: Clock, older_than: int | None = HOUR
) -> list[str]:
    """The names of the files that were deleted: not listed for more than so many microseconds.

    Crashes leave such files, and merges. With None all of them go, and readers that are at one
    begin again. What lies in the staging folder for a day goes as well.
    """
    now, gone = clock.now(), []
    with one_at_a_time(db, LISTING):
        with db.reading() as look:
            listed = {s.file for s in Catalogue.read(look).segments}
        for name, since in store.names().items():
            if name not in listed and (older_than is None or since <= now - older_than):
                store.delete(name)
                gone.append(name)
    for path in store.staging.iterdir():
        if path.stat().st_mtime_ns // 1000 <= now - DAY:
            _remove(path)
            gone.append(path.name)
    return gone


def sweep_copies(db: Database, store: SegmentStore) -> int:
    """How many local copies were deleted of segments that are not listed any more.

    Whoever erases on another machine cannot reach the copies of this one.
    """
    with db.reading() as look:
        listed = {s.file for s in Catalogue.read(look).segments}
    return store.keep_copies_only(listed)


def clear_staging(store: SegmentStore) -> None:
    """Deletes what was left of work on segments; whoever calls it holds MERGING and LISTING."""
    for path in store.staging.glob(f"{AT_WORK}*"):
        _remove(path)


def _remove(path: Path) -> None:
    """Takes a file or a folder away."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)

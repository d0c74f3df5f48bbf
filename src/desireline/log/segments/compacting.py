"""Merging: many small segments become few large ones, with subjects of their own."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.formats.duck import Duck
from desireline.formats.segment_files import SegmentFile, subject_ranges, write_merged
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.segments import catalogue
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.segments.errors import readable
from desireline.log.segments.one_at_a_time import LISTING, MERGING, one_at_a_time
from desireline.log.segments.runs import runs_of, to_merge
from desireline.log.segments.store import SegmentStore

ROWS_A_SEGMENT = 1_000_000
"""About. To find one person takes time by the groups of rows in the file: 31 here."""


def compact(
    db: Database,
    store: SegmentStore,
    clock: Clock,
    *,
    fully: bool = False,
    rows: int = ROWS_A_SEGMENT,
) -> list[Segment]:
    """The segments that were made by merging others; none where there was nothing to merge.

    Merges go on until no four runs are of about one size; `fully` makes one run of all, so
    that each person is in one file. The old files stay until `sweep` takes them, for readers that
    are at them. A crash at any moment leaves the log as it was. Raises StoreUnwritable,
    SegmentMissing, SegmentDamaged; TailChanged where somebody erased meanwhile.
    """
    made: list[Segment] = []
    with one_at_a_time(db, MERGING), Duck() as duck:
        while chosen := _chosen(db, fully=fully and not made):
            made += _merge(db, store, duck, clock, (chosen, rows))
    return made


def _chosen(db: Database, *, fully: bool) -> list[Segment]:
    with db.reading() as look:
        runs = runs_of(Catalogue.read(look).segments)
    if fully and len(runs) > 1:
        return [segment for run in runs for segment in run]
    return to_merge(runs)


def _merge(
    db: Database,
    store: SegmentStore,
    duck: Duck,
    clock: Clock,
    task: tuple[Sequence[Segment], int],
) -> list[Segment]:
    old, rows = task
    base = min(s.first_position for s in old)
    with readable(*old), store.at_work() as folder:
        sources = [(store.local(s.file, s.sha256), s.first_position - base) for s in old]
        ranges = subject_ranges(duck, [path for path, _ in sources], rows)
        files = [
            write_merged(duck, sources, subjects, folder / f"{i}.parquet")
            for i, subjects in enumerate(ranges)
        ]
        return swap(db, store, clock, old, [(file, base) for file in files])


def swap(
    db: Database,
    store: SegmentStore,
    clock: Clock,
    old: Sequence[Segment],
    files: Sequence[tuple[SegmentFile, int]],
) -> list[Segment]:
    """The segments of finished files, each with the position of its place 0, instead of others.

    Raises TailChanged where one of the old ones is not listed any more.
    """
    made_at = clock.now()
    with one_at_a_time(db, LISTING):
        with db.reading() as look:
            number = catalogue.next_number(look)
        new = [
            catalogue.listed(number + i, file, base, made_at)
            for i, (file, base) in enumerate(files)
            if file.rows
        ]
        for segment, (file, _) in zip(new, [f for f in files if f[0].rows], strict=True):
            store.put(file.path, segment.file)
        with db.transaction() as tx:
            catalogue.change(tx, old, new)
        for segment in old:
            store.retire(segment.file)
    return new

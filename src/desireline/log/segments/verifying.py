"""Verifying: whether the log on disk is what the database says, to the last event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import I64, Bools
from desireline.formats.duck import Duck, DuckFailed
from desireline.formats.segment_files import facts_of, ids_twice, read_numbers, sha256_of
from desireline.kit.database import Database
from desireline.kit.ids import from_halves
from desireline.log.counting import read_counts
from desireline.log.segments.catalogue import Catalogue, Segment
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import event, subject

Tell = Callable[[int, int], None]
"""Is told how many segments are done, and how many there are."""

BACKUP = "Restore the segment from a backup: its events are nowhere else."
FACTS = ("bytes", "rows", "first_subject", "last_subject", "first_at", "last_at")
MOST_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, as a sentence, and what to do."""

    sentence: str
    hint: str


@dataclass(frozen=True, slots=True, eq=False)
class _Tail:
    """The database's part, at one moment."""

    catalogue: Catalogue
    counts: dict[str, int]
    positions: I64
    ids: tuple[I64, I64]
    subjects: I64
    named: I64
    """All subjects that have a row."""


def verify(db: Database, store: SegmentStore, tell: Tell | None = None) -> list[Finding]:
    """What is wrong with the log; nothing where all is well.

    Every listed segment is there, has its SHA-256, and holds the rows, subjects and times that
    the catalogue says. Positions go from 1 to the last without a gap or a double, over segments
    and tail. No id is there twice. Every subject has its row. Counters add up. Nothing lies with
    the segments that is not listed. Takes about a second for a million events, and 16 bytes of
    memory for each event (DuckDB moves to disk what does not fit).
    """
    with db.reading() as look:
        tail = _tail(look)
    segments = tail.catalogue.segments
    seen = np.zeros(tail.catalogue.position + 1, np.bool_)
    found, whole = [], []
    with Duck() as duck:
        for i, segment in enumerate(segments):
            wrong = list(_segment_findings(store, duck, segment, tail, seen))
            found += wrong
            if not wrong:
                whole.append(store.local(segment.file, segment.sha256))
            if tell is not None:
                tell(i + 1, len(segments))
        found += _position_findings(tail.positions, seen, "The tail")
        found += _gap_findings(seen, complete=len(whole) == len(segments))
        found += _id_findings(ids_twice(duck, whole, tail.ids, MOST_EXAMPLES))
    found += _subject_findings(tail.subjects, tail.named, "The tail")
    found += _count_findings(tail)
    return found + _unlisted_findings(store, tail.catalogue)


def _tail(look: Connection) -> _Tail:
    columns = (event.c.position, event.c.id_hi, event.c.id_lo, event.c.subject)
    rows = [tuple(row) for row in look.execute(select(*columns))]
    cells = np.array(rows, np.int64).reshape(-1, len(columns)).T.copy()
    named = np.array(look.execute(select(subject.c.id)).scalars().all(), np.int64)
    catalogue = Catalogue.read(look)
    return _Tail(
        catalogue, read_counts(look), cells[0], (cells[1], cells[2]), cells[3], np.sort(named)
    )


def _segment_findings(
    store: SegmentStore, duck: Duck, segment: Segment, tail: _Tail, seen: Bools
) -> Iterator[Finding]:
    try:
        path = store.local(segment.file, segment.sha256)
        sha256 = sha256_of(path)
        if sha256 != segment.sha256:
            differs = f"{sha256[:16]}..., not {segment.sha256[:16]}..."
            yield Finding(f"The segment {segment.file} has the SHA-256 {differs}", BACKUP)
            return
        held = facts_of(duck, path, sha256)
        numbers = read_numbers(duck, path, ("place", "subject"))
    except DesirelineError as error:
        yield Finding(str(error), error.hint)
        return
    except DuckFailed as error:
        yield Finding(f"The segment {segment.file} cannot be read: {error}", BACKUP)
        return
    name = f"The segment {segment.file}"
    told = {fact: getattr(segment, fact) for fact in FACTS}
    told["places"] = segment.last_position - segment.first_position + 1
    for fact, value in told.items():
        if getattr(held, fact) != value:
            wrong = f"{fact} {getattr(held, fact):,}, and is listed with {value:,}"
            yield Finding(f"{name} has {wrong}.", BACKUP)
    yield from _position_findings(numbers["place"] + segment.first_position, seen, name)
    yield from _subject_findings(numbers["subject"], tail.named, name)


def _position_findings(positions: I64, seen: Bools, name: str) -> Iterator[Finding]:
    """Marks positions as seen; a position may be seen once, and was given out."""
    inside = positions[(positions > 0) & (positions < len(seen))]
    if len(inside) < len(positions):
        yield Finding(
            f"{name} holds {len(positions) - len(inside):,} events behind the last position,"
            f" {len(seen) - 1:,}.",
            "The database is older than the segments: restore both from one backup.",
        )
    twice = inside[seen[inside]]
    seen[inside] = True
    if len(twice) or len(np.unique(inside)) < len(inside):
        yield Finding(
            f"{name} holds positions that are there already{_listed(twice.tolist())}.",
            "The database and the segments are of two moments: restore both from one backup.",
        )


def _gap_findings(seen: Bools, *, complete: bool) -> Iterator[Finding]:
    missing = np.flatnonzero(~seen[1:]) + 1
    if len(missing):
        yield Finding(
            f"{len(missing):,} positions have no event{_listed(missing.tolist())}.",
            "Restore from a backup: these events are lost."
            if complete
            else "They are in the segments named above.",
        )


def _id_findings(twice: list[tuple[int, int]]) -> Iterator[Finding]:
    if twice:
        ids = [str(from_halves(high, low)) for high, low in twice]
        yield Finding(
            f"Ids are there more than once{_listed(ids)}.",
            "Please report this, with how the events came in: it must not happen.",
        )


def _subject_findings(subjects: I64, named: I64, name: str) -> Iterator[Finding]:
    used = np.unique(subjects[subjects > 0])
    missing = used[~np.isin(used, named)]
    if len(missing):
        yield Finding(
            f"{name} has events of subjects that have no row{_listed(missing.tolist())}.",
            "Erase these subjects, or restore the database from a backup.",
        )


def _count_findings(tail: _Tail) -> Iterator[Finding]:
    counts, position = tail.counts, tail.catalogue.position
    parts = counts["stored"] + counts["duplicate"] + counts["failed"]
    if counts["received"] != parts:
        yield Finding(
            f"{counts['received']:,} events were received, and {parts:,} have a verdict.",
            "Please report this: the counters are wrong, or events were lost.",
        )
    if counts["stored"] != position:
        yield Finding(
            f"{counts['stored']:,} events were stored, and the last position is {position:,}.",
            "Please report this: the counters are wrong, or events were lost.",
        )


def _unlisted_findings(store: SegmentStore, catalogue: Catalogue) -> list[Finding]:
    listed = {segment.file for segment in catalogue.segments}
    unlisted = sorted(store.names().keys() - listed)
    if not unlisted:
        return []
    return [
        Finding(
            f"{len(unlisted):,} files lie with the segments and are not listed{_listed(unlisted)}.",
            "They hold nothing that is missing; the server deletes them after an hour.",
        )
    ]


def _listed(examples: Sequence[object]) -> str:
    shown = ", ".join(str(example) for example in examples[:MOST_EXAMPLES])
    more = ", ..." if len(examples) > MOST_EXAMPLES else ""
    return f": {shown}{more}" if examples else ""

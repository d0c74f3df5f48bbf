"""How many events each source has brought, and when the last one came."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, insert, select, update

from desireline.log.following import Batch, Reaction
from desireline.log.tables import failed_event
from desireline.modules.collect.tables import source_seen


@dataclass(frozen=True, slots=True)
class Seen:
    """What the log has of a source."""

    source: str
    events: int
    first_at: int | None
    """Microseconds at which the log took the first and the last; None where all have failed."""
    last_at: int | None
    failed: int
    """Events that failed and wait to be replayed."""


def count_batch(tx: Connection, batch: Batch) -> None:
    """Adds a batch to the counts."""
    found: dict[str, tuple[int, int, int]] = {}
    for one in batch.events:
        n, first, last = found.get(one.source, (0, one.received_at, one.received_at))
        at = one.received_at
        found[one.source] = (n + 1, min(first, at), max(last, at))
    of = source_seen.c
    for source, (n, first, last) in found.items():
        more = update(source_seen).where(of.source == source)
        later = case((of.last_at < last, last), else_=of.last_at)
        if not tx.execute(more.values(events=of.events + n, last_at=later)).rowcount:
            row = {"source": source, "events": n, "first_at": first, "last_at": last}
            tx.execute(insert(source_seen).values(row))


def list_seen(look: Connection) -> list[Seen]:
    """All sources that have sent anything, by name."""
    counted = select(failed_event.c.source, func.count()).where(
        failed_event.c.replayed_at.is_(None)
    )
    failed = {row[0]: row[1] for row in look.execute(counted.group_by(failed_event.c.source))}
    rows = look.execute(select(source_seen).order_by(source_seen.c.source))
    found = [Seen(r.source, r.events, r.first_at, r.last_at, failed.pop(r.source, 0)) for r in rows]
    found += [Seen(source, 0, None, None, n) for source, n in failed.items()]
    return sorted(found, key=lambda one: one.source)


SEEN = Reaction("sources_seen", count_batch)
"""Run by the worker."""

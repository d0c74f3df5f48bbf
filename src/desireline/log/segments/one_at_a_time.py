"""One at a time: whoever changes segments, in this process and in others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from desireline.kit.database import Database
from desireline.kit.fair_lock import FairLock

LISTING = 0x6465_7369_7265
"""Who changes the catalogue. The number of a lock in PostgreSQL; any would do."""
MERGING = LISTING + 1
"""Who reads segments to replace them, which may take long; taken before LISTING."""

_locks: defaultdict[tuple[str, int], FairLock] = defaultdict(FairLock)


@contextmanager
def one_at_a_time(db: Database, what: int = LISTING) -> Iterator[None]:
    """Waits until nobody else is at the same work with the segments of this database.

    It saves work that would be undone, nothing more: transactions check what they rely on, so
    nothing is lost if PostgreSQL drops the connection that holds the lock.
    """
    with _locks[db.url.render_as_string(), what]:
        if db.is_sqlite:
            yield
            return
        with db.engine.connect() as connection:
            held = connection.execution_options(isolation_level="AUTOCOMMIT")
            held.execute(select(func.pg_advisory_lock(what)))
            try:
                yield
            finally:
                _let_go(held, what)


def _let_go(held: Connection, what: int) -> None:
    """A connection that was lost let go by itself, and the work may be well done all the same."""
    try:
        held.execute(select(func.pg_advisory_unlock(what)))
    except DBAPIError:
        held.invalidate()

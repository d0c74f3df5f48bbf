"""How many events ever came, and what became of them: received = stored + duplicate + failed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select, update

from desireline.log.tables import VERDICTS, log_state

COUNTERS = ("received", *VERDICTS)

_ADD = update(log_state).values(
    {c: log_state.c[c] + bindparam(f"more_{c}") for c in ("position", "links", *COUNTERS)}
)
"""Made once: to put it together takes three times as long as to carry it out."""


def add_counts(
    tx: Connection, counts: Mapping[str, int], positions: int = 0, links: int = 0
) -> None:
    """Adds to the counters, in the transaction that stores the events themselves.

    `counts` has numbers by verdict; `received` is their sum, and nothing else can make it. Whoever
    appended as well moves the log on by so many `positions` in the same statement, and the version
    of the links by `links`.
    """
    more = {f"more_{verdict}": counts.get(verdict, 0) for verdict in VERDICTS}
    if received := sum(more.values()):
        moved = {"more_position": positions, "more_links": links}
        tx.execute(_ADD, {**more, **moved, "more_received": received})


def read_counts(connection: Connection) -> dict[str, int]:
    """The counters `received`, `stored`, `duplicate`, `failed`."""
    counted = connection.execute(select(*(log_state.c[c] for c in COUNTERS)))
    return dict(counted.mappings().one())

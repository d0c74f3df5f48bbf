"""How many events ever came, and what became of them: received = stored + duplicate + failed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, case, insert, select, update

from desireline.log.tables import log_count

VERDICTS = ("stored", "duplicate", "failed")


def add_counts(tx: Connection, counts: Mapping[str, int]) -> None:
    """Adds to the counters, in the transaction that stores the events themselves.

    `counts` has numbers by verdict; `received` is their sum, and nothing else can make it.
    """
    changes = {verdict: n for verdict, n in counts.items() if n}
    if not changes:
        return
    changes["received"] = sum(changes.values())
    verdict, n = log_count.c.verdict, log_count.c.n
    more = update(log_count).where(verdict.in_(changes)).values(n=n + case(changes, value=verdict))
    there = set(tx.execute(more.returning(verdict)).scalars())
    if missing := changes.keys() - there:
        rows = [{"verdict": verdict, "n": changes[verdict]} for verdict in sorted(missing)]
        tx.execute(insert(log_count), rows)


def read_counts(connection: Connection) -> dict[str, int]:
    """The counters `received`, `stored`, `duplicate`, `failed`."""
    read = {row.verdict: row.n for row in connection.execute(select(log_count))}
    return {name: read.get(name, 0) for name in ("received", *VERDICTS)}

"""Numbers for identifiers: each one has its row in the table `subject`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from desireline.log.identifiers import Name
from desireline.log.tables import subject

CHUNK = 1000


def numbers_of(tx: Connection, names: Iterable[Name]) -> dict[Name, int]:
    """The number of each identifier; those that are new get one.

    To be called by one transaction at a time (whoever holds the row of `log_state`): two that make
    the same identifier would wait for each other.
    """
    wanted = set(names)
    found = find_numbers(tx, wanted)
    missing = sorted(wanted - found.keys())
    if missing:
        rows = [{"kind": kind, "value": value} for kind, value in missing]
        made = insert(subject).returning(subject.c.kind, subject.c.value, subject.c.id)
        found.update({(kind, value): number for kind, value, number in tx.execute(made, rows)})
    return found


def find_numbers(tx: Connection, names: Iterable[Name]) -> dict[Name, int]:
    """The numbers of those identifiers that the log has."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, value in names:
        by_kind[kind].append(value)
    found: dict[Name, int] = {}
    for kind, values in by_kind.items():
        for start in range(0, len(values), CHUNK):
            some = subject.c.value.in_(values[start : start + CHUNK])
            query = select(subject.c.value, subject.c.id).where(subject.c.kind == kind, some)
            found.update({(kind, value): number for value, number in tx.execute(query)})
    return found

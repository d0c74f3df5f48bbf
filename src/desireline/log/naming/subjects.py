"""Numbers for identifiers: each one has its row in the table `subject`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection

from desireline.log.naming.identifiers import Name

FEW = 16
"""So many are looked up before any is made: PostgreSQL uses up a number for each try."""

# All names of a batch are one parameter: a parameter each costs three times as much. PostgreSQL is
# told to look each name up (lateral, limit): else it reads the whole table for a few: 3 ms.
_FIND = {
    "sqlite": (
        "SELECT s.kind, s.value, s.id FROM json_each(?) AS j CROSS JOIN subject AS s"
        " ON s.kind = j.value ->> 0 AND s.value = j.value ->> 1"
    ),
    "postgresql": (
        "SELECT s.kind, s.value, s.id FROM json_array_elements(%s::json) AS j CROSS JOIN LATERAL"
        " (SELECT * FROM subject WHERE kind = j ->> 0 AND value = j ->> 1 LIMIT 1) AS s"
    ),
}
_MAKE = {
    "sqlite": (
        "INSERT INTO subject (kind, value) SELECT j.value ->> 0, j.value ->> 1 FROM json_each(?)"
        " AS j WHERE true ON CONFLICT (kind, value) DO NOTHING RETURNING kind, value, id"
    ),
    "postgresql": (
        "INSERT INTO subject (kind, value) SELECT j ->> 0, j ->> 1"
        " FROM json_array_elements(%s::json) AS j ON CONFLICT (kind, value) DO NOTHING"
        " RETURNING kind, value, id"
    ),
}


def numbers_of(tx: Connection, names: Iterable[Name]) -> dict[Name, int]:
    """The number of each identifier; those that are new get one.

    To be called by one transaction at a time (whoever holds the row of `log_state`): two that make
    the same identifier would wait for each other.
    """
    wanted = sorted(set(names))
    found = find_numbers(tx, wanted[:FEW])
    if len(found) == len(wanted):
        return found
    # Of many, most are new: they are made unseen, and only those that were there are looked up.
    made = _ask(tx, _MAKE, [name for name in wanted if name not in found])
    left = [name for name in wanted if name not in found and name not in made]
    return found | made | (find_numbers(tx, left) if left else {})


def find_numbers(connection: Connection, names: Iterable[Name]) -> dict[Name, int]:
    """The numbers of those identifiers that the log has."""
    return _ask(connection, _FIND, list(names))


def _ask(
    connection: Connection, statements: dict[str, str], names: Sequence[Name]
) -> dict[Name, int]:
    dialect = connection.dialect.name
    told = msgspec.json.encode(names).decode()
    rows = connection.exec_driver_sql(statements[dialect], (told,))
    return {(kind, value): number for kind, value, number in rows.fetchall()}

"""Numbers for identifiers: each one has its row in the table `subject`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection

from desireline.log.identifiers import Name

Parameters: TypeAlias = Callable[[Sequence[Name]], tuple[Any, ...]]

# All names of a batch are one parameter: a parameter each costs three times as much.
_FIND = {
    "sqlite": (
        "SELECT s.kind, s.value, s.id FROM json_each(?) AS j CROSS JOIN subject AS s"
        " ON s.kind = j.value ->> 0 AND s.value = j.value ->> 1"
    ),
    "postgresql": (
        "SELECT s.kind, s.value, s.id FROM unnest(%s::text[], %s::text[]) AS j(kind, value)"
        " JOIN subject AS s ON s.kind = j.kind AND s.value = j.value"
    ),
}
_MAKE = {
    "sqlite": (
        "INSERT INTO subject (kind, value) SELECT j.value ->> 0, j.value ->> 1 FROM json_each(?)"
        " AS j RETURNING kind, value, id"
    ),
    "postgresql": (
        "INSERT INTO subject (kind, value) SELECT * FROM unnest(%s::text[], %s::text[])"
        " RETURNING kind, value, id"
    ),
}


def numbers_of(tx: Connection, names: Iterable[Name]) -> dict[Name, int]:
    """The number of each identifier; those that are new get one.

    To be called by one transaction at a time (whoever holds the row of `log_state`): two that make
    the same identifier would wait for each other.
    """
    wanted = set(names)
    found = find_numbers(tx, wanted)
    missing = wanted - found.keys()
    return found | _ask(tx, _MAKE, sorted(missing)) if missing else found


def find_numbers(connection: Connection, names: Iterable[Name]) -> dict[Name, int]:
    """The numbers of those identifiers that the log has."""
    return _ask(connection, _FIND, list(names))


def _ask(
    connection: Connection, statements: dict[str, str], names: Sequence[Name]
) -> dict[Name, int]:
    dialect = connection.dialect.name
    rows = connection.exec_driver_sql(statements[dialect], _PARAMETERS[dialect](names))
    return {(kind, value): number for kind, value, number in rows}


def _as_json(names: Sequence[Name]) -> tuple[str]:
    return (msgspec.json.encode(names).decode(),)


def _as_lists(names: Sequence[Name]) -> tuple[list[str], list[str]]:
    return [kind for kind, _ in names], [value for _, value in names]


_PARAMETERS: dict[str, Parameters] = {"sqlite": _as_json, "postgresql": _as_lists}

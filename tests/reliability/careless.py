"""The command line with a SQLite that does not wait for the disk: for the test of the test."""

from __future__ import annotations

from typing import Any

from sqlalchemy.pool import ConnectionPoolEntry

from desireline.cli.app import main
from desireline.kit import database

careful = database._prepare_sqlite


def careless(connection: Any, entry: ConnectionPoolEntry) -> None:
    """As always, but without waiting."""
    careful(connection, entry)
    connection.execute("PRAGMA synchronous=NORMAL")


if __name__ == "__main__":
    database._prepare_sqlite = careless
    main()

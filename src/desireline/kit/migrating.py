"""Brings a database to the tables that this version of the program works with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, column, func, inspect, select, table

from desireline.engine.errors import DesirelineError
from desireline.kit.database import Database

SCRIPTS = Path(__file__).parent.parent / "migrations"
VERSION_TABLE = "desireline_version"
"""Not Alembic's own name, which another program in the same database may use."""
ONE_AT_A_TIME = 0x6465_7369_7265
"""The number of the lock that keeps two starting servers on PostgreSQL apart."""
_NAMED = re.compile(r'^(down_)?revision = "(.+)"$', re.MULTILINE)
_VERSION = table(VERSION_TABLE, column("version_num"))


@dataclass(frozen=True)
class _Line:
    """The scripts by name, and the one that no other goes on from."""

    known: frozenset[str]
    newest: str | None


class DatabaseNewer(DesirelineError):
    """The database was made by a later version of the program."""


class DatabaseForeign(DesirelineError):
    """The database holds tables, and none that tells it is ours."""


def upgrade(db: Database, scripts: Path = SCRIPTS) -> bool:
    """Whether anything had to be done to bring the database to the newest script.

    All scripts that are missing run in one transaction on either database, so a process that is
    killed leaves what was before, and the next one begins anew. Raises DatabaseNewer and
    DatabaseForeign; then nothing was changed.
    """
    if is_current(db, scripts):
        return False
    from alembic import command  # noqa: PLC0415 - takes 0.1 s, and few starts change tables
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    with db.changing_schema() as connection:
        if not db.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        _check(connection, scripts)
        config.attributes |= {"connection": connection, "version_table": VERSION_TABLE}
        command.upgrade(config, "head")
    return True


def is_current(db: Database, scripts: Path = SCRIPTS) -> bool:
    """Whether the database stands at the newest script. Raises as `upgrade` does."""
    with db.reading() as connection:
        return _check(connection, scripts) == newest(scripts)


def newest(scripts: Path = SCRIPTS) -> str | None:
    """The name of the newest script: a time, as text."""
    return _line(scripts).newest


def revision(connection: Connection) -> str | None:
    """The script at which a database stands; None where none has run yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar()


@cache
def _line(scripts: Path) -> _Line:
    """Read as texts: thirty of them take 3 ms, and Alembic alone takes 0.1 s."""
    texts = [file.read_text(encoding="utf-8") for file in (scripts / "versions").glob("*.py")]
    named = [found for text in texts for found in _NAMED.findall(text)]
    known = {name for before, name in named if not before}
    last = known - {name for before, name in named if before}
    return _Line(frozenset(known), max(last, default=None))


def _check(connection: Connection, scripts: Path) -> str | None:
    """The script at which the database stands; refuses one that is not ours, or newer than we."""
    at = revision(connection)
    known = _line(scripts).known
    if at is not None and at not in known:
        raise DatabaseNewer(
            f"The database was made by a later version of Desireline: it stands at {at}, and this"
            f" version knows scripts up to {max(known)}.",
            hint="Install that version again, or restore a backup that was taken before it.",
        )
    tables = inspect(connection).get_table_names() if at is None else []
    if set(tables) - {VERSION_TABLE}:
        shown = ", ".join(sorted(tables)[:3]) + (", ..." if len(tables) > 3 else "")
        raise DatabaseForeign(
            f"The database is not Desireline's: it holds the tables {shown}.",
            hint="Give Desireline a database of its own, an empty one.",
        )
    return at

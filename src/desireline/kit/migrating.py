"""Brings a database to the tables that this version of the program works with."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select

from desireline.engine.errors import DesirelineError
from desireline.kit.database import Database

SCRIPTS = Path(__file__).parent.parent / "migrations"
VERSION_TABLE = "desireline_version"
"""Not Alembic's own name, which another program in the same database may use."""
ONE_AT_A_TIME = 0x6465_7369_7265
"""The number of the lock that keeps two starting servers on PostgreSQL apart."""


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
    config = _config(scripts)
    with db.changing_schema() as connection:
        if not db.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        _check(connection, config)
        config.attributes |= {"connection": connection, "version_table": VERSION_TABLE}
        command.upgrade(config, "head")
    return True


def is_current(db: Database, scripts: Path = SCRIPTS) -> bool:
    """Whether the database stands at the newest script. Raises as `upgrade` does."""
    config = _config(scripts)
    with db.reading() as connection:
        return _check(connection, config) == newest(scripts)


def newest(scripts: Path = SCRIPTS) -> str | None:
    """The name of the newest script: a time, as text."""
    return ScriptDirectory.from_config(_config(scripts)).get_current_head()


def revision(connection: Connection) -> str | None:
    """The script at which a database stands; None where none has run yet."""
    return _context(connection).get_current_revision()


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


def _check(connection: Connection, config: Config) -> str | None:
    """The script at which the database stands; refuses one that is not ours, or newer than we."""
    at = revision(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
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

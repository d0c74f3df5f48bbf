"""The one database of a workspace: SQLite by default, PostgreSQL by URL; the door to SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from desireline.engine.errors import DesirelineError
from desireline.kit.fair_lock import FairLock

LEAST_SQLITE = (3, 51, 3)
"""Older ones have the WAL-reset bug, which can corrupt a database under load."""
BUSY_SECONDS = 10
CONNECT_SECONDS = 10
"""How long PostgreSQL may take to answer, unless the URL says `?connect_timeout=`."""
REST_SECONDS = 1.0
WRITER_CACHE_KB = 65_536
CHECKPOINT_PAGES = 4000
"""16 MB of changes, after which they are moved from the WAL into the database."""
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

_NOTHING = {}.get  # type: ignore[var-annotated]
"""None as a parameter of SQLite, asked in C. The driver knows none, and looks for ways to adapt it:
a microsecond each, which was two thirds of what a row of an event cost."""

READ_ONLY: dict[str, dict[str, Any]] = {
    "sqlite": {"desireline_reads": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}

metadata = MetaData(naming_convention=NAMES)
"""Every table of the product hangs here; each room declares its own in its `tables.py`."""


class DatabaseUnknown(DesirelineError):
    """The URL names no database that this program keeps data in."""


class SqliteTooOld(DesirelineError):
    """The SQLite at hand has a known bug that can lose data."""


class DriverMissing(DesirelineError):
    """The package that speaks to the database is not installed."""


class RowsOrphaned(DesirelineError):
    """A change of the tables would leave rows that refer to nothing."""


class Database:
    """Transactions on one database.

    `transaction` is for whatever writes, `reading` for a consistent look. On SQLite writers queue
    at one fair lock and begin IMMEDIATE, so no transaction fails half-way because another wrote.
    Every commit is durable: SQLite runs in WAL mode with `synchronous=FULL`.
    """

    def __init__(self, url: str) -> None:
        self.url = _url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url)
        self._write_lock = FairLock()
        self._writer: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose work is committed at the end, or undone if anything is raised."""
        if not self.is_sqlite:
            with self.engine.begin() as tx:
                yield tx
            return
        with self._write_lock:
            writer = self._writer = self._writer or _writer(self.engine)
            try:
                with writer.begin():
                    yield writer
            except BaseException:
                _undo(writer)
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the data throughout, and changes nothing."""
        with self.engine.connect() as connection:
            look = connection.execution_options(**READ_ONLY[self.url.get_backend_name()])
            with look.begin() as whole:
                yield look
                whole.rollback()

    @contextmanager
    def changing_schema(self) -> Iterator[Connection]:
        """A transaction in which tables may be made anew; committed whole or not at all.

        SQLite rebuilds a table by dropping it, which would delete the rows that refer to it, and
        this can only be switched off before a transaction. What refers to nothing at the end is
        an error.
        """
        with self._write_lock if self.is_sqlite else nullcontext(), self.engine.connect() as tx:
            _watch_foreign_keys(tx, watched=False)
            try:
                with tx.begin():
                    yield tx
                    _refuse_orphans(tx)
            finally:
                _watch_foreign_keys(tx, watched=True)

    def close(self) -> None:
        """Lets go of all connections."""
        with self._write_lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        self.engine.dispose()


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL. Raises DatabaseUnknown."""
    known = _url(url)
    return Path(str(known.database)) if known.get_backend_name() == "sqlite" else None


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    return _url(url).render_as_string(hide_password=True)


def _writer(engine: Engine) -> Connection:
    """The one connection that writes to SQLite.

    Another one's commit would make all that it has in its cache worthless; a cache that holds the
    indexes of the tail makes appending faster. Checkpoints at 4000 pages instead of 1000 write a
    page that changes in each commit less often.
    """
    connection = engine.connect()
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA cache_size=-{WRITER_CACHE_KB}")
    driver.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    return connection


def _undo(writer: Connection) -> None:
    """SQLite keeps a transaction open whose COMMIT has failed, and could begin no other one."""
    driver: Any = writer.connection.driver_connection
    if driver.in_transaction:
        driver.rollback()


def _watch_foreign_keys(connection: Connection, *, watched: bool) -> None:
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA foreign_keys={'ON' if watched else 'OFF'}")


def _refuse_orphans(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan is not None:
        raise RowsOrphaned(
            f"Row {orphan[1]} of the table {orphan[0]} refers to no row of {orphan[2]}.",
            hint="Nothing was changed. Restore a backup, or report this with the sentence above.",
        )


def _url(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        url = URL.create("")
    kind = url.get_backend_name()
    if kind not in ("sqlite", "postgresql") or (kind == "sqlite" and not url.database):
        shown = url.render_as_string(hide_password=True) if kind else "The URL"
        raise DatabaseUnknown(
            f"{shown} is no database that Desireline knows.",
            hint="Use sqlite:////absolute/path.db or postgresql://user@host/name.",
        )
    return url


def _sqlite(url: URL) -> Engine:
    from pysqlite3 import dbapi2  # noqa: PLC0415 - a workspace on PostgreSQL does without it

    if dbapi2.sqlite_version_info < LEAST_SQLITE:
        raise SqliteTooOld(
            f"SQLite {dbapi2.sqlite_version} is older than {'.'.join(map(str, LEAST_SQLITE))},"
            " and can corrupt a database under load.",
            hint="Install the package pysqlite3 anew: it brings its own SQLite.",
        )
    dbapi2.register_adapter(type(None), _NOTHING)
    Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url.set(drivername="sqlite"),
        module=dbapi2,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A deferred BEGIN lets two readers both turn writers, and one of them fails: 7 in 10 did."""
    reads = connection.get_execution_options().get("desireline_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg").update_query_dict(
                {"connect_timeout": str(CONNECT_SECONDS)} | dict(url.query)
            ),
        )
    except ModuleNotFoundError:
        raise DriverMissing(
            "PostgreSQL needs the package psycopg, which is not installed.",
            hint="Install it with: pip install 'desireline[postgres]'",
        ) from None
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "checkout", _ask_after_rest)
    return engine


def _note_rest(_: Any, entry: ConnectionPoolEntry) -> None:
    entry.info["rests_since"] = monotonic()


def _ask_after_rest(connection: Any, entry: ConnectionPoolEntry, _: Any) -> None:
    """Whether the server is still there: asked of a connection that was not used for a while.

    Asked each time, it is one of the ten round trips of a commit of the log.
    """
    if monotonic() - entry.info.get("rests_since", monotonic()) < REST_SECONDS:
        return
    try:
        connection.execute("")
        connection.rollback()
    except Exception as error:
        raise DisconnectionError from error  # the pool makes a new one

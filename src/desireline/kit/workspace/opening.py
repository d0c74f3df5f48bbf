"""Opens a workspace, and makes it where there is none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from desireline.kit.clock import Clock, SystemClock
from desireline.kit.database import Database, sqlite_file, without_password
from desireline.kit.ids import uuid7
from desireline.kit.migrating import is_current, revision, upgrade
from desireline.kit.tables import workspace_state
from desireline.kit.workspace.errors import (
    DatabaseUnreachable,
    WorkspaceDamaged,
    WorkspaceHalf,
    WorkspaceMissing,
)
from desireline.kit.workspace.folder import WHOLE, examine, make_folder
from desireline.kit.workspace.lock import FolderLock
from desireline.kit.workspace.marker import FORMAT, Marker, write_marker
from desireline.kit.workspace.workspace import Check, Workspace
from desireline.settings import Settings

MAKING_SECONDS = 10.0
"""How long one process waits for another that is making the same workspace."""


def open_workspace(
    settings: Settings,
    *,
    exclusive: bool,
    create: bool,
    clock: Clock | None = None,
    checks: Sequence[Check] = (),
) -> Workspace:
    """The workspace that the settings name, with the newest tables; to be closed.

    `exclusive` is for whatever serves: on SQLite one process holds the folder. Other commands share
    it. With `create` one is made where there is none; if that is killed half-way, the next one
    goes on. `checks` run last. Raises one of the workspace's errors, DatabaseNewer or
    DatabaseForeign; then nothing was written.
    """
    clock = clock or SystemClock()
    folder, file = settings.data_dir, sqlite_file(settings.database_url)
    found = examine(folder, file)
    with ExitStack() as undo, _answering(settings.database_url):
        if found is None and not create and not _is_made(settings.database_url):
            raise WorkspaceMissing(
                f"There is no workspace in {folder}.",
                hint="`desireline serve` and `desireline import` make one. If yours is elsewhere,"
                " name its folder with --data or DESIRELINE_DATA_DIR.",
            )
        make_folder(folder)
        lock = undo.enter_context(FolderLock(folder)) if exclusive and file else None
        database = undo.enter_context(closing(Database(settings.database_url)))
        if not _is_ready(database, examine(folder, file)):
            with nullcontext() if lock else FolderLock(folder, MAKING_SECONDS):
                _make(database, folder, examine(folder, file), clock)
        workspace = Workspace(
            settings=settings, database=database, clock=clock, id=_id(database), lock=lock
        )
        for check in checks:
            check(workspace)
        undo.pop_all()
    return workspace


def _is_made(url: str) -> bool:
    """Whether the database has our tables: on PostgreSQL, without a folder on this machine."""
    if sqlite_file(url) is not None:
        return False
    with closing(Database(url)) as database, database.reading() as look:
        return revision(look) is not None


def _is_ready(database: Database, found: Marker | None) -> bool:
    """Whether nothing is left to make. Refuses a database that is not this folder's."""
    if found is None or not found.complete:
        return False
    with database.reading() as look:
        made = revision(look) is not None
    ident = _id(database) if made else ""
    if ident not in ("", found.id) or not made:
        belongs = f"belongs to the workspace {ident}" if made else "has no tables"
        raise WorkspaceHalf(
            f"The folder is of the workspace {found.id}, and its database {belongs}.",
            hint=f"Look at DESIRELINE_DATA_DIR and DESIRELINE_DATABASE_URL. {WHOLE}",
        )
    return is_current(database) and ident == found.id


def _make(database: Database, folder: Path, found: Marker | None, clock: Clock) -> None:
    """Goes on from wherever an earlier attempt was cut off; the marker is complete at the end."""
    if found is None:
        found = Marker(format=FORMAT, id=str(uuid7(clock)), complete=False)
        write_marker(folder, found)
    _make_private(database)
    upgrade(database)
    unnamed = workspace_state.c.id == ""
    with database.transaction() as tx:
        tx.execute(update(workspace_state).where(unnamed).values(id=found.id))
    write_marker(folder, Marker(format=FORMAT, id=_id(database)))


def _make_private(database: Database) -> None:
    """SQLite gives its other files the rights of this one, which holds personal data."""
    file = sqlite_file(str(database.url))
    if file is not None and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _id(database: Database) -> str:
    with database.reading() as look:
        return str(look.scalar(select(workspace_state.c.id)))


@contextmanager
def _answering(url: str) -> Iterator[None]:
    """Says in a sentence what the driver of a database says."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).strip().partition("\n")[0]
        file = sqlite_file(url)
        if file is not None and not isinstance(error, OperationalError):
            raise WorkspaceDamaged(f"{file} cannot be read: {said}.", hint=WHOLE) from error
        raise DatabaseUnreachable(
            f"The database {file or without_password(url)} does not answer: {said}",
            hint="See that it runs, and that DESIRELINE_DATABASE_URL is right.",
        ) from error

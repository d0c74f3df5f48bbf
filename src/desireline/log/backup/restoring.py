"""Restores a backup into an empty workspace, on either database, with outgoing work frozen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from desireline.engine.errors import DesirelineError
from desireline.kit.database import metadata
from desireline.kit.dumping import load_table
from desireline.kit.outbox import freeze
from desireline.kit.workspace import Workspace
from desireline.log.backup.erased_since import books_for, promise_again
from desireline.log.backup.manifest import Backup, BackupUnreadable
from desireline.log.backup.taking import SEGMENTS, TABLES
from desireline.log.segments.erasing import Erased, finish_erasures
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import log_state

Tell = Callable[[str, float], None]
Also = Callable[[Connection], object]


class WorkspaceNotEmpty(DesirelineError):
    """A backup is restored into an empty workspace, and this one holds events."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a workspace holds again."""

    backup: Backup
    erased: Erased
    """What is not back, since it was erased after the backup was taken."""


def _nothing(_: Connection) -> None:
    """Nothing more belongs to it."""


def restore(
    folder: Path,
    workspace: Workspace,
    store: SegmentStore,
    tell: Tell,
    erasures: Sequence[Path] | None = (),
    also: Also = _nothing,
) -> Restored:
    """The backup that now is the workspace's content, without those who were erased since.

    Who they are is told by the books of erasures: those beside the backup, and the files
    `erasures`. With None nobody is asked for. `also` is what else belongs into the transaction that
    loads the rows, after them. Every file is compared with its hash before anything
    is written. Segments come first; the rows of all tables follow in one transaction, at the end of
    which outgoing work is frozen: nothing is sent until an operator says so. If it stops half-way,
    the workspace is as empty as before, and stray segment files are swept later; behind that
    transaction only erasures are left, which `finish_erasures` goes on with. Raises
    BackupUnreadable, BackupDamaged, WorkspaceNotEmpty, BookMissing, BookForeign, BookUnreadable.
    """
    backup = Backup.read(folder)
    books = () if erasures is None else books_for(folder, backup, erasures)
    backup.check(folder)
    _check_empty(workspace)
    segments = sorted((folder / SEGMENTS).glob("*"))
    for done, path in enumerate(segments):
        tell("Copying segments", done / len(segments))
        copy = store.staging / path.name
        shutil.copyfile(path, copy)
        store.put(copy, path.name)
    with workspace.database.transaction() as tx:
        _load(tx, folder / TABLES, backup, tell)
        workspace.adopt(tx)
        promise_again(tx, backup, books)
        freeze(tx, "restored from a backup")
        also(tx)
    tell("Erasing who was erased since", 1.0)
    return Restored(backup, finish_erasures(workspace.database, store, workspace.clock))


def _check_empty(workspace: Workspace) -> None:
    with workspace.database.reading() as reading:
        position = reading.execute(select(func.max(log_state.c.position))).scalar() or 0
    if position:
        raise WorkspaceNotEmpty(
            f"The workspace holds {position:,} events; a backup needs an empty one.",
            hint="Name a new folder with --data, or an empty database.",
        )


def _load(tx: Connection, folder: Path, backup: Backup, tell: Tell) -> None:
    known = {str(table.name): table for table in metadata.sorted_tables}
    unknown = [name for name in backup.rows if name not in known]
    if unknown:
        raise BackupUnreadable(
            f"The backup holds {', '.join(unknown)}, which this version does not know.",
            hint="Restore it with the version of Desireline that made it, or a newer one.",
        )
    for table in reversed(metadata.sorted_tables):
        tx.execute(table.delete())
    for done, (name, table) in enumerate(known.items()):
        tell("Loading tables", done / len(known))
        if name in backup.rows:
            load_table(tx, table, folder / f"{name}.jsonl.gz")

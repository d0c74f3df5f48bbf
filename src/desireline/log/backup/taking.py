"""Takes a backup while the server runs: one look at the database, then the files it lists."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
from sqlalchemy import Connection, inspect

from desireline.engine.errors import DesirelineError
from desireline.kit.database import metadata
from desireline.kit.dumping import NOT_DUMPED, dump_table
from desireline.kit.migrating import VERSION_TABLE, revision
from desireline.kit.workspace import Workspace
from desireline.log import tables_import  # noqa: F401 - so that its table is known
from desireline.log.backup.manifest import NAME, Backup, part_of
from desireline.log.segments.book import remember_place, tell_place
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.store import SegmentStore

TABLES, SEGMENTS = "tables", "segments"
Tell = Callable[[str, float], None]


class BackupImpossible(DesirelineError):
    """There is no room or right to write a backup where it should be."""


def back_up(workspace: Workspace, store: SegmentStore, into: Path, tell: Tell) -> Backup:
    """The backup that now stands in the new folder `into`.

    The server may go on taking events: what is in the backup is one moment. The folder bears
    another name until it is whole, so half a backup is never taken for one. It holds personal
    data: only its owner may read it. Beside it lies the book of erasures, which later ones are
    told to as well. Raises BackupImpossible.
    """
    if into.exists():
        raise BackupImpossible(
            f"{into} is there already.", hint="Name a folder that is not there yet."
        )
    remember_place(workspace.database, into.parent)  # first: an erasure may come at any moment
    unfinished = into.with_name(f".{into.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        (unfinished / TABLES).mkdir(parents=True, mode=0o700)
        (unfinished / SEGMENTS).mkdir()
        unfinished.chmod(0o700)
        made = _write(workspace, store, unfinished, tell)
        tell_place(workspace.database, into.parent)
        unfinished.rename(into)
    except OSError as error:
        raise BackupImpossible(
            f"{into} cannot be written: {error.strerror}.",
            hint="Give a folder on a disk with room, that this user may write to.",
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return made


def _write(workspace: Workspace, store: SegmentStore, folder: Path, tell: Tell) -> Backup:
    with workspace.database.reading() as moment:
        rows, catalogue = _dump(moment, folder / TABLES, tell), Catalogue.read(moment)
        schema = revision(moment) or ""
    for done, segment in enumerate(catalogue.segments):
        tell("Copying segments", done / len(catalogue.segments))
        _copy(store.local(segment.file, segment.sha256), folder / SEGMENTS / segment.file)
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    made = Backup(
        workspace=workspace.id,
        made_at=workspace.clock.now(),
        schema=schema,
        position=catalogue.position,
        rows=rows,
        parts=tuple(part_of(folder, path) for path in files),
    )
    made.check(folder)
    manifest = folder / NAME
    manifest.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1))
    _flush(manifest)
    _flush(folder)
    return made


def _dump(moment: Connection, folder: Path, tell: Tell) -> dict[str, int]:
    _check_all_known(moment)
    rows = {}
    for done, table in enumerate(metadata.sorted_tables):
        tell("Copying tables", done / len(metadata.sorted_tables))
        if NOT_DUMPED.items() <= table.info.items():
            continue
        path = folder / f"{table.name}.jsonl.gz"
        rows[str(table.name)] = dump_table(moment, table, path)
        _flush(path)
    return rows


def _check_all_known(moment: Connection) -> None:
    """A table that no room has declared would be left out in silence."""
    found = set(inspect(moment).get_table_names()) - {VERSION_TABLE}
    unknown = ", ".join(sorted(found - metadata.tables.keys()))
    if unknown:
        raise BackupImpossible(
            f"The database has tables that this program does not know: {unknown}.",
            hint="Take the backup with the version of Desireline that made them.",
        )


def _copy(source: Path, target: Path) -> None:
    """By a second name where the disk is the same: segments never change."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        _flush(target)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

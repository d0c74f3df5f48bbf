"""Uploads become imports: kept, looked at, started, cancelled; the file goes at the end."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

import msgspec
from fastapi import Request
from sqlalchemy import Connection, select

from desireline.formats.envelopes.choices import Keys
from desireline.formats.mapping import Mapping, mapping_from
from desireline.formats.mapping.files import plain
from desireline.kit.claims import Work
from desireline.kit.jobs import Jobs
from desireline.log.tables import log_state
from desireline.modules.imports.errors import (
    ImportBusy,
    ImportMissing,
    UploadGone,
    WorkspaceInUse,
)
from desireline.modules.imports.mappings import MappingBook
from desireline.modules.imports.repository import (
    AT_WORK,
    WITH_FILE,
    FileRow,
    add_file,
    change_file,
    get_file,
    get_same_file,
    list_files,
)
from desireline.modules.imports.sample import write_sample
from desireline.modules.imports.suggestions import Looked, look
from desireline.modules.imports.uploading import Upload, receive
from desireline.modules.rooms import Rooms

FOLDER = "uploads"
KEEP_SECONDS = 24 * 3600
"""For so long a file waits to be started."""
PART = ".part-"
PART_SECONDS = 6 * 3600
"""Age from which on a file is swept that nobody goes on sending."""


@dataclass
class Imports:
    """The uploads and imports of a workspace."""

    rooms: Rooms
    book: MappingBook = field(init=False)

    def __post_init__(self) -> None:
        self.book = MappingBook(self.rooms.db, self.rooms.clock)
        self.jobs = Jobs(self.rooms.db, self.rooms.clock)
        self.folder = folder_of(self.rooms)

    @property
    def keys(self) -> Keys:
        """What of an import belongs to the workspace."""
        return Keys(self.rooms.workspace.id)

    async def receive(self, request: Request) -> Upload:
        """The file in the body of a request, on the disk. UploadTooLarge, ...Unwritable."""
        self._sweep()
        most = self.rooms.workspace.settings.limits.upload_bytes
        return await receive(request, self.folder, PART + token_hex(8), most)

    def keep(self, upload: Upload, by: str) -> FileRow:
        """The new import of a file that has come."""
        now = self.rooms.clock.now()
        with self._or_without(upload.path), self.rooms.db.transaction() as tx:
            row = {"name": upload.name, "bytes": upload.bytes, "sha256": upload.sha256}
            ident = add_file(tx, row | {"state": "waiting", "asked_by": by, "made_at": now})
            self.jobs.enqueue(
                tx, "forget_upload", str(ident), {"id": ident}, now + KEEP_SECONDS * 1_000_000
            )
            path = self.folder / str(ident)
            path.mkdir(mode=0o700)
            upload.path.replace(path / upload.name)
            return _row(tx, ident)

    def bring_sample(self, by: str) -> FileRow:
        """Simulates the sample shop, and gives it to the worker as any file. WorkspaceInUse."""
        with self.rooms.db.reading() as look:
            position = look.execute(select(log_state.c.position)).scalar_one()
        if position > 0:
            raise WorkspaceInUse(
                "There are events in this workspace, and the sample shop would lie among them.",
                hint="Try it in a workspace of its own: desireline demo.",
            )
        self.folder.mkdir(mode=0o700, exist_ok=True)
        path = self.folder / f"{PART}{token_hex(8)}.parquet"
        row = self.keep(write_sample(path, self.rooms.clock.now()), by)
        return self.start(row.id, None)

    def look(self, ident: int, told: Mapping | None) -> Looked:
        """What the file of an import means, by what was told of it."""
        return look(self.book, self.path(ident), told, self.keys)

    def start(self, ident: int, told: Mapping | None) -> FileRow:
        """Gives the import to the worker, with what was told or what is suggested.

        Raises what is wrong with the mapping; then the file goes on waiting.
        """
        looked = self.look(ident, told)
        if looked.suggestion.problem is not None:
            raise looked.suggestion.problem
        mapping = msgspec.json.encode(plain(looked.suggestion.mapping)).decode()
        with self.rooms.db.transaction() as tx:
            row = _row(tx, ident, to_change=True)
            values = {"state": "queued", "mapping": mapping, "problem": "", "tries": row.tries + 1}
            values |= {"stage": "", "done": 0, "total": 0, "ended_at": None}
            if not change_file(tx, ident, WITH_FILE, values):
                raise _busy(row, "started")
            self.jobs.enqueue(tx, "import", f"{ident}:{row.tries + 1}", {"id": ident})
            return _row(tx, ident)

    def cancel(self, ident: int) -> FileRow:
        """Ends an import: at once where it waits, else between two chunks. What is in stays in."""
        now = self.rooms.clock.now()
        with self.rooms.db.transaction() as tx:
            row = _row(tx, ident, to_change=True)
            dead = any(work.payload.get("id") == ident for work in self.jobs.dead())
            if not dead and change_file(tx, ident, ("running",), {"state": "cancelling"}):
                return _row(tx, ident)
            at_rest = (*WITH_FILE, *(AT_WORK if dead else ("queued",)))
            gone = {"state": "cancelled", "ended_at": now, "problem": "", "name": ""}
            if not change_file(tx, ident, at_rest, gone) and row.state != "cancelling":
                raise _busy(row, "cancelled")
            if row.state in at_rest:
                drop_file(self.rooms, ident)
            return _row(tx, ident)

    def get(self, ident: int) -> FileRow:
        """An import as it stands. ImportMissing."""
        with self.rooms.db.reading() as look:
            return _row(look, ident)

    def before(self, row: FileRow) -> FileRow | None:
        """The import of the very same file that was done before."""
        with self.rooms.db.reading() as look:
            return get_same_file(look, row.sha256, row.id)

    def listed(self, before: int | None) -> list[FileRow]:
        """The newest first, those below an id."""
        with self.rooms.db.reading() as look:
            return list_files(look, before)

    def path(self, ident: int) -> Path:
        """Where the file of an import lies. ImportMissing, UploadGone."""
        row = self.get(ident)
        path = file_of(self.rooms, row)
        if path is None:
            raise UploadGone(
                f"The file of the import {ident} is not here any more ({row.state}).",
                hint="Send it again. The same file twice adds nothing.",
            )
        return path

    @contextmanager
    def _or_without(self, part: Path) -> Iterator[None]:
        try:
            yield
        finally:
            part.unlink(missing_ok=True)

    def _sweep(self) -> None:
        """Deletes what uploads have left that were cut off by a kill."""
        for part in self.folder.glob(PART + "*"):
            if time.time() - part.stat().st_mtime > PART_SECONDS:
                part.unlink(missing_ok=True)


def forget(rooms: Rooms, work: Work, alive: Callable[[], None]) -> None:
    """Deletes a file that nobody has started, or whose import failed, and all that may quote it."""
    del alive
    ident = int(work.payload["id"])
    values: dict[str, Any] = {"state": "expired", "problem": "", "name": ""}
    with rooms.db.transaction() as tx:
        if change_file(tx, ident, WITH_FILE, values):
            drop_file(rooms, ident)


def folder_of(rooms: Rooms) -> Path:
    """The folder of uploads."""
    return rooms.data_dir / FOLDER


def file_of(rooms: Rooms, row: FileRow) -> Path | None:
    """The file of an import, where it is still there."""
    if row.state not in (*WITH_FILE, *AT_WORK):
        return None
    path = folder_of(rooms) / str(row.id) / row.name
    return path if path.is_file() else None


def drop_file(rooms: Rooms, ident: int) -> None:
    """Deletes the file of an import."""
    drop_from(folder_of(rooms), ident)


def drop_from(uploads: Path, ident: int) -> None:
    """Deletes the file of an import from the folder of uploads."""
    shutil.rmtree(uploads / str(ident), ignore_errors=True)


def mapping_of(row: FileRow) -> Mapping:
    """What an import was started with."""
    return mapping_from(msgspec.json.decode(row.mapping or "{}"))


def _row(connection: Connection, ident: int, *, to_change: bool = False) -> FileRow:
    row = get_file(connection, ident, to_change=to_change)
    if row is None:
        raise ImportMissing(f"There is no import {ident}.", hint="GET /v1/imports lists them.")
    return row


def _busy(row: FileRow, verb: str) -> ImportBusy:
    return ImportBusy(
        f"The import {row.id} is {row.state}, and cannot be {verb}.",
        hint="Only a file that waits, or whose import failed, can be started; one that is at work"
        " can be cancelled.",
    )

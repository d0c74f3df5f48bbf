"""The book of erasures: a file beside the backups, so that none of them brings anybody back.

It holds numbers of subjects, never given twice, and keyed hashes of identifiers whose key only the
backups have: so it names nobody. Whoever restores an older backup erases again what the book has
and the backup has not.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import and_, func, insert, select, update

from desireline.engine.errors import DesirelineError
from desireline.kit.database import Database
from desireline.kit.tables import workspace_state
from desireline.log.forgetting.tombstones import Tombstone, all_tombstones, key_mark, make_key
from desireline.log.segments.erasures import Noted, all_noted
from desireline.log.tables_erasures import backup_place, erasure, restored_from

FORMAT = "desireline.erasures/1"


class BookUnreadable(DesirelineError):
    """A file is no book of erasures, or one of a version that this program does not know."""


class Ancestor(msgspec.Struct, frozen=True):
    """A workspace that another was restored from, and the last numbers that both share."""

    workspace: str
    subject: int
    failed_event: int
    erasure: int


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """All erasures of a workspace, with those that it took over when it was restored."""

    format: str = FORMAT
    workspace: str
    restored_from: tuple[Ancestor, ...] = ()
    erasures: tuple[Noted, ...] = ()
    key: str = ""
    """Which key the hashes of the tombstones were made with, without telling it."""
    tombstones: tuple[Tombstone, ...] = ()
    """Whom a backup need not know to keep them away: who came after it and was erased."""

    @classmethod
    def of(cls, db: Database) -> Book:
        """The book of a workspace as it is now."""
        with db.reading() as look:
            return cls(
                workspace=look.execute(select(workspace_state.c.id)).scalar_one(),
                restored_from=tuple(Ancestor(*row) for row in look.execute(select(restored_from))),
                erasures=tuple(all_noted(look)),
                key=key_mark(look),
                tombstones=tuple(all_tombstones(look)),
            )

    @classmethod
    def read(cls, path: Path) -> Book:
        """What a file says. Raises BookUnreadable."""
        try:
            found = msgspec.json.decode(path.read_bytes(), type=cls)
        except OSError as error:
            raise BookUnreadable(
                f"{path} cannot be read: {error.strerror}.",
                hint="Name the file erasures-*.json that lies where the backup was taken.",
            ) from error
        except msgspec.DecodeError as error:
            raise BookUnreadable(
                f"{path} is no book of erasures: {error}.",
                hint="Take another copy: one is in every folder that backups were taken to.",
            ) from error
        if found.format != FORMAT:
            raise BookUnreadable(
                f"{path} is of the format {found.format}; this program reads {FORMAT}.",
                hint="Restore with the version of Desireline that wrote it, or a newer one.",
            )
        return found

    @property
    def last(self) -> int:
        """The number of the last erasure."""
        return self.erasures[-1].id if self.erasures else 0


def name_of_book(workspace: str) -> str:
    """What the file is called."""
    return f"erasures-{workspace}.json"


def remember_place(db: Database, folder: Path) -> None:
    """From now on every erasure is told to the book in this folder.

    A backup takes the key of the tombstones along, so that it fits those of a later book.
    """
    known = select(backup_place.c.told).where(backup_place.c.folder == str(folder))
    with db.reading() as look:  # a full disk can still be read, and backed up
        if look.execute(known).first() is not None and key_mark(look):
            return
    with db.transaction() as tx:
        make_key(tx)
        if tx.execute(known).first() is None:
            tx.execute(insert(backup_place).values(folder=str(folder), told=-1))


def tell_places(db: Database) -> list[str]:
    """The folders whose book could not be brought up to date. Asks nothing of those that are."""
    with db.reading() as look:
        last = look.execute(select(func.coalesce(func.max(erasure.c.id), 0))).scalar_one()
        behind = select(backup_place.c.folder).where(backup_place.c.told < last)
        folders = list(look.execute(behind).scalars())
    return [folder for folder in folders if not _was_told(db, folder)]


def tell_place(db: Database, folder: Path) -> None:
    """Brings the book in a folder up to date. Raises OSError."""
    with _alone_in(folder) as handle:
        book = Book.of(db)
        _write(folder / name_of_book(book.workspace), book)
        os.fsync(handle)
    with db.transaction() as tx:
        place = and_(backup_place.c.folder == str(folder), backup_place.c.told < book.last)
        tx.execute(update(backup_place).where(place).values(told=book.last))


def _was_told(db: Database, folder: str) -> bool:
    try:
        tell_place(db, Path(folder))
    except OSError:
        return False
    return True


def _write(path: Path, book: Book) -> None:
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(book), indent=1) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


@contextmanager
def _alone_in(folder: Path) -> Iterator[int]:
    """A handle of the folder, held by one process at a time: an older book never comes last."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)

"""Who was erased after a backup was taken, by the books of erasures: erased again by a restore."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import Column, Connection, delete, func, insert, select

from desireline.engine.errors import DesirelineError
from desireline.log.backup.manifest import Backup
from desireline.log.forgetting.tombstones import key_mark, put_tombstones
from desireline.log.segments.book import Ancestor, Book, name_of_book
from desireline.log.segments.erasures import Noted, promise
from desireline.log.tables import failed_event, subject
from desireline.log.tables_erasures import backup_place, erasure, restored_from

AT_ONCE = 1_000


class BookMissing(DesirelineError):
    """Nothing tells who was erased after a backup was taken."""


class BookForeign(DesirelineError):
    """A book of erasures is of a workspace that has nothing to do with a backup."""


def books_for(folder: Path, backup: Backup, named: Iterable[Path] = ()) -> tuple[Book, ...]:
    """The books that fit a backup: those beside its folder, and others by name.

    A book fits that is of the same workspace, or of one that was restored from it. Raises
    BookMissing, BookForeign, BookUnreadable.
    """
    told = [Book.read(path) for path in named]
    for book in told:
        if _shared(book, backup) is None:
            raise BookForeign(
                f"The book of erasures is of the workspace {book.workspace}, and the backup of"
                f" {backup.workspace}.",
                hint=f"The right one is called {name_of_book(backup.workspace)}.",
            )
    beside = (Book.read(path) for path in sorted(folder.absolute().parent.glob(name_of_book("*"))))
    found = (*told, *(book for book in beside if _shared(book, backup) is not None))
    if backup.workspace not in (book.workspace for book in found):
        raise BookMissing(
            f"{name_of_book(backup.workspace)} does not lie beside {folder}: nothing tells who was"
            " erased after the backup was taken, and they would be back.",
            hint="Copy it from where the backup was taken, or name it with --erasures. If it is"
            " lost, and nobody was erased since: --without-erasures.",
        )
    return found


def promise_again(tx: Connection, backup: Backup, books: Sequence[Book]) -> None:
    """Promises to erase, in tables just loaded from a backup, whom the books have as erased since.

    From now on the workspace has a line of its own: it remembers up to where its numbers mean the
    same as the backup's, and tells nothing to the places of the other's backups.
    """
    done = set(tx.execute(select(erasure.c.id).where(erasure.c.done_at.is_not(None))).scalars())
    common = _common(tx, backup)
    tx.execute(delete(restored_from).where(restored_from.c.workspace == common.workspace))
    tx.execute(insert(restored_from).values(_row(common)))
    tx.execute(delete(backup_place))
    for book in books:
        for one in _since(book, backup, done):
            _promise_one(tx, one)
        if book.key == key_mark(tx):
            put_tombstones(tx, book.tombstones)


def _promise_one(tx: Connection, one: Noted) -> None:
    """The same as then, and as of then: what the person did afterwards is another matter."""
    subjects = _there(tx, subject.c.id, set(one.subjects))
    failed = _there(tx, failed_event.c.id, set(one.failed_events))
    if subjects or failed:
        keeps = None if one.becomes is None else one.keeps
        promise(tx, one.at, subjects, failed, keeps if subjects else None)


def _since(book: Book, backup: Backup, done: set[int]) -> Iterator[Noted]:
    """The erasures of a book that the backup has not, as far as its numbers mean the same there."""
    if book.workspace == backup.workspace:
        yield from (one for one in book.erasures if one.id not in done)
        return
    shared = _shared(book, backup)
    for one in book.erasures:
        if shared is not None and one.id > shared.erasure:
            yield msgspec.structs.replace(
                one,
                subjects=tuple(n for n in one.subjects if n <= shared.subject),
                failed_events=tuple(n for n in one.failed_events if n <= shared.failed_event),
            )


def _shared(book: Book, backup: Backup) -> Ancestor | None:
    """Up to where the numbers of both mean the same; None where they have nothing in common."""
    if book.workspace == backup.workspace:
        return Ancestor(book.workspace, 0, 0, 0)
    return next((a for a in book.restored_from if a.workspace == backup.workspace), None)


def _common(tx: Connection, backup: Backup) -> Ancestor:
    keys = (subject.c.id, failed_event.c.id, erasure.c.id)
    lasts = [tx.execute(select(func.coalesce(func.max(key), 0))).scalar_one() for key in keys]
    return Ancestor(backup.workspace, *lasts)


def _row(common: Ancestor) -> dict[str, object]:
    return {name: getattr(common, name) for name in common.__struct_fields__}


def _there(tx: Connection, key: Column[int], numbers: set[int]) -> list[int]:
    """Those numbers that have a row: others may be given to somebody else from now on."""
    wanted = sorted(numbers)
    found: list[int] = []
    for start in range(0, len(wanted), AT_ONCE):
        some = select(key).where(key.in_(wanted[start : start + AT_ONCE]))
        found += tx.execute(some).scalars().all()
    return found

"""What imports keep of a person who is erased: files that wait, and what files were called."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from desireline.log.importing.runs import forget_sources
from desireline.log.naming.identifiers import Name
from desireline.log.segments.mentioning import Mentions
from desireline.modules.imports.repository import (
    AT_WORK,
    WITH_FILE,
    FileRow,
    change_file,
    list_named,
    rename_file,
)
from desireline.modules.imports.service import FOLDER, drop_from

PIECE = 1 << 20
OVERLAP = 1 << 10
MOST_BYTES = 50_000_000
"""Of a file that is looked through while somebody waits for it."""
PACKED = (b"\x1f\x8b", b"PAR1", b"SQLite format 3\0")
"""How files begin whose texts do not stand in their bytes."""
NAMELESS = "a file"


def forget_person(tx: Connection, data_dir: Path, names: Iterable[Name]) -> list[int]:
    """The imports whose files are gone now: they waited, and name the person, or may do so unseen.

    A file that is at work goes when that ends, and what it holds of the person meets a tombstone.
    Where a file was called like the person, its name goes.
    """
    mentions, uploads, dropped = Mentions(names), data_dir / FOLDER, list[int]()
    forget_sources(tx, mentions, NAMELESS)
    for row in list_named(tx):
        gone = {"state": "expired", "problem": "", "name": ""}
        if row.state in WITH_FILE and _may_name(_path(uploads, row), mentions):
            if change_file(tx, row.id, WITH_FILE, gone):
                drop_from(uploads, row.id)
                dropped.append(row.id)
        elif row.state not in (*WITH_FILE, *AT_WORK) and mentions.are_in(row.name.encode()):
            rename_file(tx, row.id, NAMELESS)
    return dropped


def _path(uploads: Path, row: FileRow) -> Path:
    return uploads / str(row.id) / row.name


def _may_name(path: Path, mentions: Mentions) -> bool:
    if mentions.are_in(path.name.encode()):
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        piece = file.read(PIECE)
        if piece.startswith(PACKED) or path.stat().st_size > MOST_BYTES:
            return True
        before = b""
        while piece:
            if mentions.are_in(before + piece):
                return True
            before, piece = piece[-OVERLAP:], file.read(PIECE)
    return False

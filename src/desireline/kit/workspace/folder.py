"""Looks at a folder before anything is written to it: may we, and is it whole?"""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from desireline.kit.workspace import lock, marker
from desireline.kit.workspace.errors import (
    FolderOccupied,
    FolderReadOnly,
    OwnerDiffers,
    WorkspaceDamaged,
    WorkspaceHalf,
)
from desireline.kit.workspace.marker import Marker, read_marker

MAGIC = b"SQLite format 3\0"
ELSEWHERE = "Name another folder with --data or DESIRELINE_DATA_DIR."
WHOLE = "Copy the whole folder again while no server runs on it, or restore a backup."
EFFECTIVE = os.access in os.supports_effective_ids
NOT_CONTENT = {lock.NAME, "lost+found"}


def examine(folder: Path, database: Path | None) -> Marker | None:
    """The marker of a workspace that we may use, or None where one could be made.

    `database` is the file of SQLite, None on PostgreSQL. Writes nothing; raises one of the
    workspace's errors for anything that is not as it should be.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - pathlib raises where a name is too long
        _check_place(folder)
        return None
    _check_rights(folder)
    _check_owner(folder / marker.NAME)
    found = read_marker(folder)
    if database is not None:
        _check_database(folder, found, database)
    if found is None:
        _check_empty(folder)
    return found


def make_folder(folder: Path) -> None:
    """Makes the folder where it is not there, for its owner alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FolderReadOnly(
            f"The folder {folder} cannot be made: {error.strerror}.", hint=ELSEWHERE
        ) from error


def _check_place(folder: Path) -> None:
    """The folder is not there: may it be made, and is no file in its way?"""
    above = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    if not above.is_dir():
        kind = "a link that leads nowhere" if above.is_symlink() else "a file"
        raise FolderOccupied(f"{above} is {kind}, and no folder.", hint=ELSEWHERE)
    _check_rights(above)


def _check_rights(folder: Path) -> None:
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        raise FolderReadOnly(
            f"The folder {folder} is on a disk that is mounted read-only.",
            hint=f"Mount the disk for writing. {ELSEWHERE}",
        )
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK, effective_ids=EFFECTIVE):
        raise FolderReadOnly(
            f"The user {_name(os.geteuid())} may not write to the folder {folder}, which is"
            f" {_name(folder.stat().st_uid)}'s.",
            hint=f"Run Desireline as that user, or change the rights of the folder. {ELSEWHERE}",
        )


def _check_owner(file: Path) -> None:
    if file.exists() and file.stat().st_uid != os.geteuid():
        owner = _name(file.stat().st_uid)
        raise OwnerDiffers(
            f"The workspace {file.parent} is {owner}'s, and this process runs as"
            f" {_name(os.geteuid())}.",
            hint=f"Run it as {owner} (sudo -u {owner} ...), or give the folder to this user:"
            f" chown -R {_name(os.geteuid())} {file.parent}",
        )


def _check_database(folder: Path, found: Marker | None, database: Path) -> None:
    there = database.is_file() and database.stat().st_size > 0
    if there and found is None:
        raise WorkspaceHalf(
            f"The workspace {folder} is not whole: the database {database.name} is there, and"
            f" {marker.NAME} is not.",
            hint=WHOLE,
        )
    if found is not None and found.complete and not there:
        raise WorkspaceHalf(
            f"The workspace {folder} is not whole: {marker.NAME} is there, and the database"
            f" {database} is not.",
            hint=WHOLE,
        )
    if there:
        _check_owner(database)
        _check_sqlite(database)


def _check_sqlite(database: Path) -> None:
    """That the file is SQLite's, and not cut off: www.sqlite.org/fileformat.html, section 1.3."""
    with database.open("rb") as file:
        header = file.read(100)
    size = database.stat().st_size
    if not header.startswith(MAGIC) or len(header) < 100:
        raise WorkspaceDamaged(f"{database} is no SQLite database.", hint=WHOLE)
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    said = pages * (65536 if page == 1 else page)
    journal = database.with_name(f"{database.name}-wal")
    if journal.is_file() and journal.stat().st_size > 0:
        return  # what is missing may stand there
    if header[24:28] == header[92:96] and size < said:
        raise WorkspaceDamaged(
            f"The database {database} is cut off: it has {size:,} of {said:,} bytes.", hint=WHOLE
        )


def _check_empty(folder: Path) -> None:
    """Hidden files are a file manager's or a mounted disk's."""
    others = (p.name for p in folder.iterdir() if p.name not in NOT_CONTENT)
    strangers = sorted(name for name in others if not name.startswith("."))
    if strangers:
        raise FolderOccupied(
            f"The folder {folder} is no workspace, and not empty: it holds {strangers[0]}.",
            hint=f"Name a folder that is empty or not there yet. {ELSEWHERE}",
        )


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)

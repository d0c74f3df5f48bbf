"""What a backup says of itself: `backup.json`, written last, so that half a backup has none."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct

from desireline.engine.errors import DesirelineError

FORMAT = "desireline.backup/1"
NAME = "backup.json"


class BackupUnreadable(DesirelineError):
    """A folder is no backup, or one of a version that this program does not know."""


class BackupDamaged(DesirelineError):
    """A file of a backup is missing, or is not what it was when the backup was made."""


class Part(Struct, frozen=True):
    """A file of the backup."""

    path: str
    sha256: str
    bytes: int


class Backup(Struct, frozen=True, kw_only=True):
    """A whole backup: when it was made, of what, and the hash of every file in it."""

    format: str = FORMAT
    workspace: str
    made_at: int
    """Microseconds since 1970 UTC."""
    schema: str
    """The migration at which the database stood."""
    position: int
    """The last event in it."""
    rows: dict[str, int]
    """By table."""
    parts: tuple[Part, ...]

    @classmethod
    def read(cls, folder: Path) -> Backup:
        """What the folder says of itself. Raises BackupUnreadable."""
        try:
            text = (folder / NAME).read_bytes()
            found = msgspec.json.decode(text, type=cls)
        except FileNotFoundError:
            raise BackupUnreadable(
                f"{folder} has no {NAME}, so it is no backup, or one that was not finished.",
                hint="Name the folder that `desireline backup` printed when it was done.",
            ) from None
        except msgspec.DecodeError as error:
            raise BackupUnreadable(
                f"{folder / NAME} cannot be read: {error}.", hint="Take another backup."
            ) from error
        if found.format != FORMAT:
            raise BackupUnreadable(
                f"{folder} is of the format {found.format}; this program reads {FORMAT}.",
                hint="Restore it with the version of Desireline that made it.",
            )
        return found

    def check(self, folder: Path) -> None:
        """Reads every file and compares. Raises BackupDamaged."""
        for part in self.parts:
            path = folder / part.path
            if not path.is_file():
                raise BackupDamaged(
                    f"{path} is missing from the backup.", hint="Use another backup."
                )
            if sha256_of(path) != part.sha256:
                raise BackupDamaged(
                    f"{path} is not what it was when the backup was made.",
                    hint="Use another backup: this file was changed or damaged.",
                )


def part_of(folder: Path, path: Path) -> Part:
    """A file in the folder, as the manifest tells of it."""
    return Part(str(path.relative_to(folder)), sha256_of(path), path.stat().st_size)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Writes files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from desireline.engine.errors import DesirelineError


class FileUnwritable(DesirelineError):
    """A file that cannot be written where it should be."""


def write_whole(path: Path, text: str) -> Path:
    """Writes a UTF-8 text file, folders included, by way of a neighbour that is then renamed.

    A reader finds the old file or the new one, never half of one. Gives the path; raises
    `FileUnwritable` where the system refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text)
    except OSError as error:
        raise FileUnwritable(
            f"{path} cannot be written: {error.strerror}.",
            hint="Give a folder that may be written to and has room.",
        ) from error
    return path


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        beside.chmod(0o644)  # mkstemp gives 0600; a page is made to be shown
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise

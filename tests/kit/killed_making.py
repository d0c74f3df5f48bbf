"""Makes workspaces in new folders, each killed one write to the disk later than the one before.

Argument: the folder above them. Prints how many were killed, when one came through. One process
forks all, for SQLAlchemy takes a second to import.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from desireline.kit.workspace import open_workspace
from desireline.settings import read_settings

WRITES = {"open", "os.mkdir", "os.rename", "os.truncate"}


def kill_at(last: int, folder: str) -> None:
    """Kills this process at its n-th write below the folder, or at its lock."""
    seen = 0

    def look(name: str, words: tuple[object, ...]) -> None:
        nonlocal seen
        if (name in WRITES and str(words[0]).startswith(folder)) or name == "fcntl.flock":
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

    sys.addaudithook(look)


def killed(folder: Path, last: int) -> bool:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            kill_at(last, str(folder))
            told = read_settings({}, data_dir=folder)
            open_workspace(told, exclusive=True, create=True).close()
            code = 0
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, -signal.SIGKILL):
        raise SystemExit(f"{folder}: exit code {status}")
    return status == -signal.SIGKILL


if __name__ == "__main__":
    step = 0
    while killed(Path(sys.argv[1], str(step)), step):
        step += 1
    sys.stdout.write(f"{step}\n")

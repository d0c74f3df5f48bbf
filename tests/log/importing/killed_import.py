"""Imports a file into each log named, each in a process that is killed at its n-th step.

Arguments: the file, then n, URL and folder for each log. A step is a statement, a commit, or a
segment put where segments lie. Prints for each whether it was killed, and how many steps it took.
One process forks all, for the imports of Python take longer than ours.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import event
from tests.log.importing.logs import import_log


def import_killed(file: Path, last: int, url: str, folder: Path) -> int:
    log = import_log(url, folder)
    steps = 0

    def step(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(log.segments.db.engine, "before_cursor_execute", step)
    event.listen(log.segments.db.engine, "commit", step)
    log.segments.store.after_put = step
    log.take(file, events_a_chunk=25)
    log.segments.db.close()
    return steps


def killed(file: Path, last: int, url: str, folder: Path) -> str:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.write(writer, str(import_killed(file, last, url, folder)).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps = os.read(reader, 100).decode()
    os.close(reader)
    if status not in (0, -signal.SIGKILL):
        raise SystemExit(f"{url}: exit code {status}")
    return f"{int(status == -signal.SIGKILL)} {steps or last}"


if __name__ == "__main__":
    path, *words = sys.argv[1:]
    for number, address, data in zip(words[::3], words[1::3], words[2::3], strict=True):
        sys.stdout.write(killed(Path(path), int(number), address, Path(data)) + "\n")

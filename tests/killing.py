"""Work that is killed in the midst: done in a fork, for SQLAlchemy takes a second to import."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable


def killed(work: Callable[[], None]) -> bool:
    """Whether the work, in a fork of this process, killed itself; any other bad end is an error."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, -signal.SIGKILL):
        raise SystemExit(f"exit code {status}")
    return status == -signal.SIGKILL

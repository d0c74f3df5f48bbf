"""Does the jobs that are due, each by the module that knows how."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Sequence
from contextlib import suppress

from desireline.kit.claims import ClaimLost, Work
from desireline.kit.jobs import Jobs
from desireline.modules.module import Module
from desireline.modules.rooms import Rooms

LOGGER = logging.getLogger("desireline.worker")
AT_ONCE = 10


class JobDoer:
    """One worker: claims jobs of the kinds that the modules know, does them, and says so."""

    def __init__(self, rooms: Rooms, modules: Sequence[Module]) -> None:
        self._rooms = rooms
        self._how = {kind: do for module in modules for kind, do in module.jobs.items()}
        self._jobs = Jobs(rooms.db, rooms.clock)
        self._name = f"{socket.gethostname()}:{os.getpid()}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of jobs that are done here."""
        return tuple(self._how)

    def do_due(self) -> int:
        """How many jobs were tried; those that failed come again later."""
        tried = 0
        while found := self._jobs.claim(self._name, AT_ONCE, self.kinds):
            for work in found:
                self._do(work)
            tried += len(found)
        return tried

    def _do(self, work: Work) -> None:
        """The effect and the word that it is done are one transaction."""
        try:
            with self._rooms.db.transaction() as tx:
                self._how[work.kind](tx, work)
                self._jobs.complete(tx, work)
        except ClaimLost:
            return  # another worker has it by now
        except Exception as error:
            LOGGER.exception("job failed", extra={"facts": {"kind": work.kind, "job": work.id}})
            with suppress(ClaimLost), self._rooms.db.transaction() as tx:
                self._jobs.retry(tx, work, type(error).__name__)

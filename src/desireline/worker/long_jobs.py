"""Does the jobs that take long, one at a time: kept while they live, given back at the end."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread

from desireline.kit.claims import ClaimLost, Work
from desireline.kit.jobs import CLAIM_SECONDS, Jobs
from desireline.modules.module import Module
from desireline.modules.rooms import Rooms

LOGGER = logging.getLogger("desireline.worker")
KEEP_SECONDS = CLAIM_SECONDS / 4


class Stopped(Exception):
    """The worker is to end. Never leaves this room."""


class LongJobDoer:
    """One worker: claims a job, and prolongs the claim for as long as it is at it."""

    def __init__(self, rooms: Rooms, modules: Sequence[Module]) -> None:
        self._rooms = rooms
        self._how = {kind: do for module in modules for kind, do in module.long_jobs.items()}
        self._jobs = Jobs(rooms.db, rooms.clock)
        self._name = f"{socket.gethostname()}:{os.getpid()}:long"
        self._stopping = Event()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of jobs that are done here."""
        return tuple(self._how)

    def stop(self) -> None:
        """The job that is under way ends where it can, and is given back."""
        self._stopping.set()

    def do_due(self) -> int:
        """How many jobs were tried; those that failed come again later."""
        tried = 0
        while not self._stopping.is_set() and (
            found := self._jobs.claim(self._name, kinds=self.kinds)
        ):
            for work in found:
                self._do(work)
            tried += len(found)
        return tried

    def _do(self, work: Work) -> None:
        try:
            with self._kept(work) as alive:
                self._how[work.kind](self._rooms, work, alive)
            with self._rooms.db.transaction() as tx:
                self._jobs.complete(tx, work)
        except Stopped:
            with suppress(ClaimLost), self._rooms.db.transaction() as tx:
                self._jobs.release(tx, work)
        except ClaimLost:
            return  # another worker has it by now
        except Exception as error:
            LOGGER.exception("job failed", extra={"facts": {"kind": work.kind, "job": work.id}})
            with suppress(ClaimLost), self._rooms.db.transaction() as tx:
                self._jobs.retry(tx, work, type(error).__name__)

    @contextmanager
    def _kept(self, work: Work) -> Iterator[Callable[[], None]]:
        """Prolongs the claim on a thread; gives what raises Stopped, or ClaimLost if it is lost."""
        done, lost = Event(), Event()

        def keep() -> None:
            while not done.wait(KEEP_SECONDS):
                try:
                    with self._rooms.db.transaction() as tx:
                        self._jobs.keep(tx, work)
                except ClaimLost:
                    lost.set()
                    return
                except Exception:
                    LOGGER.exception("claim not prolonged", extra={"facts": {"job": work.id}})

        def alive() -> None:
            if self._stopping.is_set():
                raise Stopped
            if lost.is_set():
                raise ClaimLost(f"The work {work.kind} {work.key!r} is no longer this worker's.")

        thread = Thread(target=keep, name="claim", daemon=True)
        thread.start()
        try:
            yield alive
        finally:
            done.set()
            thread.join()

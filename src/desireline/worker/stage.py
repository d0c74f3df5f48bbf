"""A piece of work that is done again and again on a thread of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

LOGGER = logging.getLogger("desireline.worker")
LONGEST_WAIT = 60.0
MOST_REST = 0.8
"""Seconds that work with a share rests, so that what it keeps fresh is fresh."""
DOUBLINGS = 10


@dataclass(frozen=True)
class Task:
    """What is to be done, and how many seconds after its end it begins anew.

    `stop` asks work that takes long to end early. `share` is how much of a processor it may
    take: what takes longer rests longer.
    """

    name: str
    work: Callable[[], object]
    every: float
    stop: Callable[[], None] | None = None
    share: float = 1.0


class Stage:
    """Repeats a task until it is stopped. An error is logged, and the next try comes later."""

    def __init__(self, task: Task) -> None:
        self.name = task.name
        self.failing = ""
        """The kind of the last error; empty when the last run went well."""
        self._task = task
        self._failures = 0
        self._failing_since = 0.0
        self._stopping = Event()
        self._thread = Thread(target=self._repeat, name=task.name, daemon=True)

    @property
    def failing_seconds(self) -> float:
        """For how long it has failed."""
        return time.monotonic() - self._failing_since if self.failing else 0.0

    def start(self) -> None:
        """Begins at once."""
        self._thread.start()

    def stop(self) -> None:
        """Asks it to end after the run that is under way."""
        self._stopping.set()
        if self._task.stop is not None:
            self._task.stop()

    def join(self, seconds: float) -> bool:
        """Whether it has ended within so many seconds."""
        self._thread.join(max(seconds, 0.0))
        return not self._thread.is_alive()

    def _repeat(self) -> None:
        while not self._stopping.is_set():
            begun = time.thread_time()  # by the clock it would count waiting for others
            self._run()
            rest = (time.thread_time() - begun) * (1 / self._task.share - 1)
            wait = max(self._task.every, min(rest, MOST_REST))
            if self._failures:
                wait = min(max(wait, 1.0) * 2 ** min(self._failures - 1, DOUBLINGS), LONGEST_WAIT)
            self._stopping.wait(wait)

    def _run(self) -> None:
        try:
            self._task.work()
        except Exception as error:
            if not self.failing:
                self._failing_since = time.monotonic()
            self._failures += 1
            self.failing = type(error).__name__
            facts = {"stage": self.name, "failures": self._failures}
            LOGGER.exception("stage failed", extra={"facts": facts})
        else:
            self._failures, self.failing = 0, ""

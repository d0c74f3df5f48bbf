"""Following: a thread that keeps an index fresh, and says how far behind it is."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Condition, Thread
from types import TracebackType
from typing import Self

from desireline.kit.clock import Clock
from desireline.log.index.index import Index

EVERY_SECONDS = 0.25
"""How often to look without being told: appends of other processes tell nobody."""
PATIENCE_SECONDS = 5.0
"""The longest wait after a refresh that failed; the first waits are shorter."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far answers are behind the log."""

    events: int
    """Events of the log that the snapshot lacks."""
    seconds: float
    """Everything older than this is in the snapshot."""
    trouble: str | None
    """Why the last refresh failed, if it did; the next one may succeed."""


class Follower:
    """Refreshes an index as soon as it is notified, and every quarter of a second in any case."""

    def __init__(self, index: Index, clock: Clock, every_seconds: float = EVERY_SECONDS) -> None:
        self._index, self._clock, self._every = index, clock, every_seconds
        self._changed = Condition()
        self._told = self._stopping = False
        self._trouble: Exception | None = None
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begins to follow."""
        self._stopping = False
        self._thread = Thread(target=self._follow, name="index follower", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Returns when the thread has ended; a refresh under way is finished."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()

    def notify(self) -> None:
        """Says that something was appended; returns at once, from any thread."""
        with self._changed:
            self._told = True
            self._changed.notify_all()

    def wait_for(self, position: int, timeout_seconds: float) -> bool:
        """Whether the snapshot reaches a position, within a time: to read what one wrote."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._index.snapshot().position >= position, timeout_seconds
            )

    def lag(self) -> Lag:
        """How far behind the snapshot is. Raises what the database raises."""
        behind = self._clock.now() - self._index.snapshot().as_of
        trouble = None if self._trouble is None else str(self._trouble)
        return Lag(self._index.lag(), behind / 1_000_000, trouble)

    def _follow(self) -> None:
        failures = 0
        while not self._stopping:
            try:
                self._index.refresh()
                failures, self._trouble = 0, None
            except Exception as error:  # noqa: BLE001 - the thread must outlive any trouble
                failures += 1
                self._trouble = error
            wait = min(self._every * 2**failures, PATIENCE_SECONDS) if failures else self._every
            with self._changed:
                self._changed.notify_all()
                until = time.monotonic() + wait
                while not (self._stopping or (self._told and not failures)):
                    if not self._changed.wait(max(0.0, until - time.monotonic())):
                        break
                self._told = False

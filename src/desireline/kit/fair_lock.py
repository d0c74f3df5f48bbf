"""A lock that serves threads in the order in which they came."""

from __future__ import annotations

from collections import deque
from threading import Lock
from types import TracebackType
from typing import Self


class FairLock:
    """First come, first served: a busy writer cannot starve the others.

    Python's own lock wakes whoever is quickest, and that is mostly the thread that has just let go.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._held = False
        self._waiting: deque[Lock] = deque()

    def __enter__(self) -> Self:
        with self._guard:
            if not self._held:
                self._held = True
                return self
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()  # released by whoever leaves before us, who hands the lock over
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False

"""The one clock: everything that asks for the time asks here, so that a test can set it."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> int:
        """Microseconds since 1970-01-01 UTC."""
        ...


class SystemClock:
    """The time of this machine."""

    def now(self) -> int:
        """Microseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1000


class SetClock:
    """A clock that stands still until it is moved, for tests and for replays."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        """Microseconds since 1970-01-01 UTC."""
        return self._now

    def move(self, microseconds: int) -> None:
        """Moves the time on."""
        self._now += microseconds

"""Ids: UUIDs that sort by time, and their two halves as the database keeps them."""

from __future__ import annotations

from os import urandom
from struct import iter_unpack
from threading import Lock
from uuid import UUID

from desireline.kit.clock import Clock

HALF = 1 << 64
AT_ONCE = 512
LATEST = (1 << 48) * 1000 - 1
"""The last microsecond that fits: in the year 10889."""


def uuid7(clock: Clock) -> UUID:
    """A new UUID of version 7, which sorts by its time.

    48 bits of milliseconds, 12 of the fraction of the millisecond, 62 at random: RFC 9562, section
    5.7, with section 6.2, method 3. Times before 1970 count as 1970.
    """
    milliseconds, microseconds = divmod(min(max(clock.now(), 0), LATEST), 1000)
    fraction = (microseconds << 12) // 1000
    high = milliseconds << 16 | 0x7000 | fraction
    return UUID(int=high << 64 | 0b10 << 62 | _drawn.next() >> 2)


class _Drawn:
    """Random 64 bits, drawn from the system 512 at a time.

    Each question to the system lets other threads in between: under load an id cost 0.4 ms so, and
    a batch of 100 events without ids of their own 40 ms.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: list[int] = []

    def next(self) -> int:
        """64 bits that nobody had before."""
        with self._lock:
            if not self._left:
                self._left = [number for (number,) in iter_unpack("=Q", urandom(8 * AT_ONCE))]
            return self._left.pop()


_drawn = _Drawn()


def from_halves(high: int, low: int) -> UUID:
    """The UUID of two halves."""
    return UUID(int=high % HALF << 64 | low % HALF)

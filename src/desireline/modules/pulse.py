"""Where the index stands, and how fast events come: told by one thread, awaited by many streams."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from threading import Lock

MINUTE = 60.0


class Pulse:
    """The last position that answers know. Whoever follows the log beats; streams wait for more."""

    def __init__(self) -> None:
        self.position = -1
        """-1 until the index has been read for the first time."""
        self.news = 0
        """How often something else than the log had news."""
        self.closed = False
        self._lock = Lock()
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._beats: deque[tuple[float, int]] = deque()

    def beat(self, position: int) -> None:
        """The index has come to `position`; called at least every few seconds, news or not."""
        now = time.monotonic()
        self._beats.append((now, position))
        while len(self._beats) > 1 and self._beats[1][0] <= now - MINUTE:
            self._beats.popleft()
        moved, self.position = position != self.position, position
        if moved:
            self._wake()

    def stir(self) -> None:
        """Something else than the log has news, such as a draft: whoever waits looks again."""
        self.news += 1
        self._wake()

    def close(self) -> None:
        """Wakes everyone: the server stops, and nothing more will come."""
        self.closed = True
        self._wake()

    @property
    def last_minute(self) -> int:
        """Events that came within the last minute."""
        beats = list(self._beats)
        horizon = time.monotonic() - MINUTE
        before = [position for at, position in beats if at <= horizon]
        first = before[-1] if before else (beats[0][1] if beats else 0)
        return max(self.position - first, 0)

    async def beyond(self, position: int, seconds: float) -> int:
        """The position, as soon as it is another than `position`, or after so many seconds."""
        mark = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._waiting.add(mark)
        try:
            if self.position == position and not self.closed:
                with suppress(TimeoutError):
                    await asyncio.wait_for(mark[1].wait(), seconds)
        finally:
            with self._lock:
                self._waiting.discard(mark)
        return self.position

    def _wake(self) -> None:
        with self._lock:
            waiting = list(self._waiting)
        for loop, event in waiting:
            with suppress(RuntimeError):  # a loop that has ended waits no more
                loop.call_soon_threadsafe(event.set)

"""From those who wait on the event loop to the committer's thread, and back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeAlias, TypeVar

from desireline.log.appending.appender import Appender, Read
from desireline.log.envelope import Verdict

T = TypeVar("T")
Tell: TypeAlias = Callable[[list[Verdict]], T]
"""What is made of the verdicts for who waits."""
ROUNDS = 4
"""Of the loop, at most, that a small request waits for others; each reads all that has come."""


class Waiting:
    """Awaits verdicts of another thread. Lives on one event loop.

    A commit answers hundreds of requests at once. `asyncio.wrap_future` would wake the loop for
    each of them, at the cost of a system call; here the first wakes it, and it takes all there are.

    In the same way the committer is woken once for all that come at once: when the loop has found
    nothing new in a round. A commit costs a millisecond however small it is, and two threads that
    run at once wait for Python's lock.
    """

    def __init__(self, appender: Appender) -> None:
        self._appender = appender
        self._arrived: deque[_Expected[Any]] = deque()
        self._is_told = False
        self._brought = self._rounds = 0

    async def told(
        self, read: Read, tell: Tell[T], source: str, form: str = "", *, is_small: bool = False
    ) -> T:
        """What `tell` makes of the verdicts on what `read` gives: see `Appender.submit`.

        The committer does both: verdicts that the loop looks through and lets go of, one processor
        fetches from the other, and a hundred of them take longer than to write them as JSON.
        """
        loop = asyncio.get_running_loop()
        expected = _Expected(self, loop, tell)
        self._appender.bring(read, source, form, expected)
        if is_small:
            self._ring_soon(loop)
        else:
            self._appender.ring()
        return await expected.mine

    def _ring_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        self._brought += 1
        if self._brought == 1:
            self._rounds = 0
            loop.call_soon(self._ring_when_quiet, loop, 0)

    def _ring_when_quiet(self, loop: asyncio.AbstractEventLoop, before: int) -> None:
        self._rounds += 1
        if self._brought > before and self._rounds < ROUNDS:
            loop.call_soon(self._ring_when_quiet, loop, self._brought)
        else:
            self._brought = 0
            self._appender.ring()

    def arrive(self, expected: _Expected[Any]) -> None:
        """On the other thread. What is laid down before the loop is told, the loop finds."""
        self._arrived.append(expected)
        if not self._is_told:
            self._is_told = True
            expected.loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        self._is_told = False
        while self._arrived:
            self._arrived.popleft().deliver()


class _Expected(Generic[T]):
    """What the appender takes for a `Future`, without its locks: 4 microseconds less each."""

    __slots__ = ("_error", "_tell", "_told", "_waiting", "loop", "mine")

    def __init__(self, waiting: Waiting, loop: asyncio.AbstractEventLoop, tell: Tell[T]) -> None:
        self._waiting = waiting
        self._tell = tell
        self.loop = loop
        self.mine: asyncio.Future[T] = loop.create_future()
        self._told: list[T] = []
        self._error: BaseException | None = None

    def set_running_or_notify_cancel(self) -> bool:
        return True

    def set_result(self, result: list[Verdict]) -> None:
        try:
            self._told.append(self._tell(result))
        except Exception as error:  # noqa: BLE001 - who waits must hear it
            self._error = error
        self._waiting.arrive(self)

    def set_exception(self, exception: BaseException | None) -> None:
        self._error = exception
        self._waiting.arrive(self)

    def deliver(self) -> None:
        """On the loop."""
        if self.mine.done():  # who waited has gone
            return
        if self._error is None:
            self.mine.set_result(self._told[0])
        else:
            self.mine.set_exception(self._error)

"""From the committer's thread to those who wait on the event loop."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from functools import partial
from typing import Generic, TypeVar

T = TypeVar("T")


class Waiting(Generic[T]):
    """Awaits futures of another thread. Lives on one event loop.

    A commit answers hundreds of requests at once. `asyncio.wrap_future` would wake the loop for
    each of them, at the cost of a system call; here the first wakes it, and it takes all there are.
    """

    def __init__(self) -> None:
        self._arrived: deque[tuple[asyncio.Future[T], Future[T]]] = deque()
        self._is_told = False

    async def result_of(self, future: Future[T]) -> T:
        """Its result. Raises what it raises."""
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[T] = loop.create_future()
        future.add_done_callback(partial(self._arrive, loop, mine))
        return await mine

    def _arrive(
        self, loop: asyncio.AbstractEventLoop, mine: asyncio.Future[T], done: Future[T]
    ) -> None:
        """On the other thread. What is laid down before the loop is told, the loop finds."""
        self._arrived.append((mine, done))
        if not self._is_told:
            self._is_told = True
            loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        self._is_told = False
        while self._arrived:
            mine, done = self._arrived.popleft()
            if mine.done():  # who waited has gone
                continue
            error = done.exception()
            if error is None:
                mine.set_result(done.result())
            else:
                mine.set_exception(error)

"""Takes events in, and answers when they are on disk."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from prometheus_client import Histogram

from desireline.log.counting import read_counts
from desireline.log.decoding import Limits, decode
from desireline.log.drafting import Arrival, Draft
from desireline.log.envelope import Verdict
from desireline.log.failed import FailedEvent, count_failed, list_failed, replay
from desireline.log.rejecting import Reject
from desireline.modules.bodies import unpacked
from desireline.modules.collect.verdicts import Answer, BodyNotEvents, is_whole_body
from desireline.modules.rooms import Rooms

SOURCE = "api"
SMALL_BYTES = 8_192
"""A body up to this size is decoded at once (some 20 µs); a larger one on a thread of its own."""
DECODERS = 2
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Collector:
    """The door to the log for programs that send events."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        told = rooms.workspace.settings.limits
        self.body_bytes = told.body_bytes
        self._limits = Limits(body=told.body_bytes, event=told.event_bytes)
        self._decoders = ThreadPoolExecutor(DECODERS, thread_name_prefix="decoder")
        self._seconds = Histogram(
            "desireline_append_seconds",
            "Time from a whole body to events that are on disk.",
            buckets=SECONDS,
            registry=None,
        )
        self.collectors = (self._seconds,)
        """What the metrics of the server show as well."""

    async def take(self, body: bytes) -> Answer:
        """A verdict for each event, when all are durable.

        Raises BodyTooLarge, BodyUnpackable, BodyNotEvents, and DiskFull or LogUnavailable when
        nothing can be stored now.
        """
        begun = time.perf_counter()
        loop = asyncio.get_running_loop()
        if len(body) <= SMALL_BYTES:
            items = self._decoded(body)
        else:
            items = await loop.run_in_executor(self._decoders, self._decoded, body)
        verdicts = await asyncio.wrap_future(self._rooms.appender.submit(items, SOURCE))
        self._seconds.observe(time.perf_counter() - begun)
        if is_whole_body(items):
            raise BodyNotEvents.of(verdicts[0])
        return _answer(verdicts)

    def failed(
        self, before: int | None, most: int, *, replayed: bool
    ) -> tuple[list[FailedEvent], int]:
        """Failed events, newest first, and how many wait to be looked at in all."""
        with self._rooms.db.reading() as connection:
            found = list_failed(connection, before=before, most=most, replayed=replayed)
            return found, count_failed(connection)

    def replay(self, number: int) -> Answer:
        """Takes a failed event in once more. FailedEventMissing, FailedEventReplayed."""
        rooms = self._rooms
        return _answer(replay(rooms.db, rooms.appender, rooms.clock, number))

    def counts(self) -> dict[str, int]:
        """How many events ever came, and what became of them."""
        with self._rooms.db.reading() as connection:
            return read_counts(connection)

    def _decoded(self, body: bytes) -> list[Draft | Reject]:
        plain = unpacked(body, self.body_bytes)
        return decode(plain, Arrival.by(self._rooms.clock), self._limits)


def _answer(verdicts: list[Verdict]) -> Answer:
    n = Counter(v.verdict for v in verdicts)
    return Answer(len(verdicts), n["stored"], n["duplicate"], n["failed"], verdicts)

"""What other modules may ask of sources: whose key is this, and may it send so many events?"""

from __future__ import annotations

import asyncio
import time

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.modules.sources.errors import QuotaUsedUp, SourceOff, WriteKeyUnknown
from desireline.modules.sources.keys import MOST_CHARACTERS, Source, hashed
from desireline.modules.sources.repository import (
    give_back,
    list_asking,
    list_sources,
    take_portion,
)
from desireline.modules.sources.service import DAY, SourceBook

__all__ = ["Doorkeeper", "Source", "SourceBook", "WriteKeyUnknown", "list_asking"]

FRESH_SECONDS = 1.0
"""For so long a process may not know that a source was turned off elsewhere."""
UNKNOWN_SECONDS = 0.1
"""No oftener than this unknown keys make the process look whether they are new; they wait."""
PORTIONS = 100
"""A server takes a quota in so many portions."""


class Doorkeeper:
    """Knows the write keys, and counts quotas. Lives on one event loop."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._by_hash: dict[str, Source] = {}
        self._read_at = float("-inf")
        self._reading: asyncio.Future[None] | None = None
        self._left: dict[str, tuple[int, int]] = {}
        """By source: the day, and what is left of the portion taken for it."""
        self._taking = asyncio.Lock()

    async def source_of(self, key: str) -> Source:
        """The source of a write key. Raises WriteKeyUnknown and SourceOff."""
        if not key or len(key) > MOST_CHARACTERS:
            raise _unknown(key)
        digest = hashed(key)
        if time.monotonic() - self._read_at > FRESH_SECONDS:
            await self._read()
        if digest not in self._by_hash:  # it may have been made a moment ago
            await asyncio.sleep(self._read_at + UNKNOWN_SECONDS - time.monotonic())
            await self._read()
        found = self._by_hash.get(digest)
        if found is None:
            raise _unknown(key)
        if found.off_at is not None:
            raise SourceOff(
                f"The source {found.name!r} was turned off.",
                hint="Ask whoever manages the workspace for another write key.",
            )
        return found

    async def admit(self, source: Source, events: int) -> None:
        """Counts so many events against the source's quota of today. Raises QuotaUsedUp."""
        if source.quota is None or not events:
            return
        async with self._taking:
            now = self._clock.now()
            day = now // DAY
            left = self._left_today(source.name, day)
            if left < events:
                wanted = max(events - left, -(-source.quota // PORTIONS))
                left += await asyncio.to_thread(self._take, source.name, day, events - left, wanted)
            if left < events:
                raise QuotaUsedUp(
                    f"The source {source.name!r} may send {source.quota:,} events a day, and of"
                    f" today's there are not {events:,} left.",
                    hint="Send them tomorrow (UTC), or ask for a larger quota.",
                    seconds=(DAY - now % DAY) // 1_000_000 + 1,
                )
            self._left[source.name] = (day, left - events)

    def close(self) -> None:
        """Gives back what was taken of quotas and not used."""
        left, self._left = self._left, {}
        with self._db.transaction() as tx:
            for name, (day, events) in left.items():
                if events:
                    give_back(tx, name, day, events)

    def _left_today(self, name: str, day: int) -> int:
        of_day, left = self._left.get(name, (day, 0))
        return left if of_day == day else 0

    def _take(self, name: str, day: int, least: int, wanted: int) -> int:
        with self._db.transaction() as tx:
            return take_portion(tx, name, day, least=least, wanted=wanted)

    async def _read(self) -> None:
        """One reading for all who wait for it."""
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._read_once())
        await asyncio.shield(self._reading)

    async def _read_once(self) -> None:
        try:
            begun = time.monotonic()
            self._by_hash = await asyncio.to_thread(self._known)
            self._read_at = begun
        finally:
            self._reading = None

    def _known(self) -> dict[str, Source]:
        with self._db.reading() as look:
            return dict(list_sources(look, self._clock.now() // DAY))


def _unknown(key: str) -> WriteKeyUnknown:
    shown = f"The write key {key[:40]!r} is unknown." if key else "The request shows no write key."
    return WriteKeyUnknown(
        shown, hint="desireline source add NAME makes one; docs/collecting.md says where it goes."
    )

"""Events that could not be stored: looked at, mended, taken in again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from desireline.engine.errors import DesirelineError
from desireline.log.decoding import Limits, decode
from desireline.log.drafting import Arrival, Draft
from desireline.log.envelope import Failed, Verdict
from desireline.log.failed import (
    FailedEvent,
    FailedEventReplayed,
    Read,
    Reason,
    Which,
    count_failed,
    empty_bodies,
    get_failed,
    list_failed,
    list_reasons,
    replay,
)
from desireline.log.importing.failing import TRACKING
from desireline.log.rejecting import Reject
from desireline.modules.audit.facade import record
from desireline.modules.collect.failed_forms import FailedForm, form_of
from desireline.modules.collect.translating import Reading
from desireline.modules.collect.visitors import Visitor
from desireline.modules.consent.facade import TRACKING_REFUSED, without_refused
from desireline.modules.rooms import Rooms
from desireline.modules.sources.facade import list_asking

MOST_REPLAYED = 200
"""Of one call: each is a commit of its own, so that one that is broken stops no other."""


class ReplayTooLarge(DesirelineError):
    """More failed events are named than are taken in again by one call."""


@dataclass(frozen=True)
class Replayed:
    """What became of failed events that were taken in again."""

    counts: Counter[str]
    failed: list[Failed]
    """Those that failed again, each under its new number."""
    left: int
    """How many of those that were meant are still to be replayed."""
    upto: int
    """The highest number of those that are meant, for the next call."""


class Failures:
    """The debugger of the collector. Any thread may ask."""

    def __init__(self, rooms: Rooms, limits: Limits) -> None:
        self._rooms = rooms
        self._limits = limits

    def listed(
        self, which: Which, before: int | None = None, most: int = 100
    ) -> tuple[list[FailedEvent], int]:
        """Failed events, newest first, and how many of them there are in all."""
        with self._rooms.db.reading() as look:
            return list_failed(look, which, before=before, most=most), count_failed(look, which)

    def reasons(self, which: Which) -> list[Reason]:
        """How many failed for which reason, by source."""
        with self._rooms.db.reading() as look:
            return list_reasons(look, which)

    def one(self, number: int) -> tuple[FailedEvent, FailedForm | None]:
        """A failed event, and the protocol in which it came. FailedEventMissing."""
        with self._rooms.db.reading() as look:
            found = get_failed(look, number)
        return found, form_of(found.form)

    def replay(self, number: int, by: str, body: bytes | None = None) -> list[Verdict]:
        """The verdicts of now, on what came or on `body` instead. FailedEventMissing, ...Replayed.

        It is read in the protocol in which it came. The audit log says that `by` did it.
        """
        rooms = self._rooms
        with rooms.db.reading() as look:
            form = form_of(get_failed(look, number).form)
        read = decode if form is None else Reading(*form, Visitor(), self._limits).again
        return self._replay(number, read, body, by)

    def _replay(self, number: int, read: Read, body: bytes | None, by: str) -> list[Verdict]:
        rooms = self._rooms
        country = rooms.workspace.settings.country
        refused: list[int] = []

        def there(came: bytes, arrival: Arrival) -> Sequence[Draft | Reject]:
            said = came if body is None else body
            items = read(said, msgspec.structs.replace(arrival, country=country))
            if self._asks_consent(number):
                with rooms.db.reading() as look:
                    items = without_refused(look, items, rooms.clock.now())
            refused.extend(number for item in items if item is TRACKING_REFUSED)
            return items

        def note(tx: Connection) -> None:
            empty_bodies(tx, refused)
            about = (f"failed_event:{number}", {"mended": body is not None})
            record(tx, by, "failed_event_replayed", *about, clock=rooms.clock)

        return replay(rooms.db, rooms.appender, rooms.clock, number, there, note)

    def _asks_consent(self, number: int) -> bool:
        """Whether the door that it came through keeps out who said no to tracking."""
        with self._rooms.db.reading() as look:
            failed = get_failed(look, number)
            return failed.form == TRACKING or failed.source in list_asking(look)

    def replay_many(
        self, which: Which, by: str, numbers: list[int] | None = None, upto: int | None = None
    ) -> Replayed:
        """Takes these in again, or of those that are meant the oldest; at most `MOST_REPLAYED`.

        `upto` is the highest number that is meant: those that fail again get higher ones, and would
        be tried for ever. What another has replayed meanwhile is passed over. ReplayTooLarge.
        """
        if numbers is not None and len(numbers) > MOST_REPLAYED:
            raise ReplayTooLarge(
                f"{len(numbers):,} failed events are named; {MOST_REPLAYED} are replayed at once.",
                hint="Name fewer, or none and a source or code, and ask again until none is left.",
                most=MOST_REPLAYED,
            )
        upto = self._newest(which) if upto is None else upto
        named = numbers is not None
        counts: Counter[str] = Counter()
        failed: list[Failed] = []
        for number in self._oldest(which, upto) if numbers is None else numbers:
            try:
                verdicts = self.replay(number, by)
            except FailedEventReplayed:
                continue
            counts.update(one.verdict for one in verdicts)
            failed += [one for one in verdicts if isinstance(one, Failed)]
        return Replayed(counts, failed, 0 if named else self._count_upto(which, upto), upto)

    def _oldest(self, which: Which, upto: int) -> list[int]:
        with self._rooms.db.reading() as look:
            found = list_failed(look, which, before=upto + 1, most=MOST_REPLAYED, oldest=True)
        return [one.id for one in found]

    def _newest(self, which: Which) -> int:
        with self._rooms.db.reading() as look:
            found = list_failed(look, which, most=1)
        return found[0].id if found else 0

    def _count_upto(self, which: Which, number: int) -> int:
        """Without those that have just failed again: they would be tried for ever."""
        with self._rooms.db.reading() as look:
            return count_failed(look, which, upto=number)

"""Failed events: listed, looked at, tried again. They are never thrown away by this program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from sqlalchemy import Connection, func, select, update

from desireline.engine.errors import DesirelineError
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.appending import Appender
from desireline.log.decoding import decode
from desireline.log.drafting import Arrival, Draft
from desireline.log.envelope import Verdict
from desireline.log.event_ids import Halves, derived
from desireline.log.moments import shown
from desireline.log.rejecting import Reject
from desireline.log.tables import failed_event


class FailedEventMissing(DesirelineError):
    """There is no failed event of this number."""

    status = 404


class FailedEventReplayed(DesirelineError):
    """It was tried again already."""

    status = 409


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """What could not be stored, and why. Times are microseconds since 1970 UTC."""

    id: int
    received_at: int
    source: str
    code: str
    reason: str
    body: bytes
    """As it came; of long ones the first 65,536 bytes."""
    replayed_at: int | None


def list_failed(
    connection: Connection, *, before: int | None = None, most: int = 100, replayed: bool = False
) -> list[FailedEvent]:
    """Failed events, newest first; those with ids below `before`, at most `most`.

    Without those that were replayed, unless `replayed` is true.
    """
    wanted = select(failed_event).order_by(failed_event.c.id.desc()).limit(most)
    if before is not None:
        wanted = wanted.where(failed_event.c.id < before)
    if not replayed:
        wanted = wanted.where(failed_event.c.replayed_at.is_(None))
    return [FailedEvent(**row) for row in connection.execute(wanted).mappings()]


def count_failed(connection: Connection) -> int:
    """How many failed events have not been replayed."""
    unsolved = failed_event.c.replayed_at.is_(None)
    return connection.execute(select(func.count()).where(unsolved)).scalar_one()


def get_failed(connection: Connection, number: int) -> FailedEvent:
    """The failed event of a number. Raises FailedEventMissing."""
    row = connection.execute(select(failed_event).where(failed_event.c.id == number)).mappings()
    found = row.one_or_none()
    if found is None:
        raise FailedEventMissing(
            f"There is no failed event {number}.", hint="The list of failed events has them all."
        )
    return FailedEvent(**found)


Read: TypeAlias = Callable[[bytes, Arrival], Sequence[Draft | Reject]]
"""Reads a failed event anew: `decode`, or what reads another protocol."""


def replay(
    db: Database, appender: Appender, clock: Clock, number: int, read: Read = decode
) -> list[Verdict]:
    """The verdicts on a failed event that comes in once more; mostly one.

    It is read and appended like any other, with its source of then, and where it says no time,
    with the time when it came first. It counts like any other, too: one more received, and one
    more stored, duplicate or failed, so the sum stays right; the failure of then stays counted.
    Fails it again, it is a new failed event, with the reason of now. Two at once, or a program
    that dies before the old one is marked, store nothing twice: where the event has no id, it gets
    one made from `number`.

    Raises FailedEventMissing, FailedEventReplayed, and what `Appender.append` raises.
    """
    with db.reading() as look:
        failed = get_failed(look, number)
    if failed.replayed_at is not None:
        raise FailedEventReplayed(
            f"The failed event {number} was replayed at {shown(failed.replayed_at)}.",
            hint="If it failed again, the newer failed event says why.",
        )
    arrival = Arrival(clock.now(), failed.received_at, _ids_of(number))
    verdicts = appender.append(read(failed.body, arrival), failed.source)
    with db.transaction() as tx:
        one = failed_event.c.id == number
        tx.execute(update(failed_event).where(one).values(replayed_at=clock.now()))
    return verdicts


def _ids_of(number: int) -> Callable[[], Halves]:
    numbers = count()
    return lambda: derived(f"failed event {number}, {next(numbers)}")

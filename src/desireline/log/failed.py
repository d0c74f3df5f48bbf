"""Failed events: listed, looked at, tried again. They are never thrown away by this program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, func, select, update

from desireline.engine.errors import DesirelineError
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.appending.appender import Appender
from desireline.log.decoding import decode
from desireline.log.drafting import Arrival, Draft
from desireline.log.envelope import Verdict
from desireline.log.event_ids import Id, derived
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
    form: str
    """How it is to be read, as the door said that took it in; empty for our own form."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which failed events are meant; without anything, all that nobody has replayed."""

    source: str | None = None
    code: str | None = None
    since: int | None = None
    """The first microsecond at which they came, and below, the first at which they did not."""
    until: int | None = None
    replayed: bool = False
    """Also those that were replayed."""

    @property
    def clauses(self) -> list[ColumnElement[bool]]:
        """The same for the database."""
        of, found = failed_event.c, []
        found += [] if self.source is None else [of.source == self.source]
        found += [] if self.code is None else [of.code == self.code]
        found += [] if self.since is None else [of.received_at >= self.since]
        found += [] if self.until is None else [of.received_at < self.until]
        return found if self.replayed else [*found, of.replayed_at.is_(None)]


UNSOLVED = Which()
EMPTIED = "It was taken in again, and its person does not want that: nothing of it is kept."


@dataclass(frozen=True, slots=True)
class Reason:
    """How many events of one source failed for one reason, and the last of them."""

    source: str
    code: str
    events: int
    last_at: int
    reason: str
    """What was said of the last one."""


def list_failed(
    connection: Connection,
    which: Which = UNSOLVED,
    *,
    before: int | None = None,
    most: int = 100,
    oldest: bool = False,
) -> list[FailedEvent]:
    """Failed events, newest first, or oldest first; of `most` at most, below `before`."""
    number = failed_event.c.id
    wanted = select(failed_event).where(*which.clauses)
    wanted = wanted.order_by(number if oldest else number.desc()).limit(most)
    if before is not None:
        wanted = wanted.where(number < before)
    return [FailedEvent(**row) for row in connection.execute(wanted).mappings()]


def list_reasons(connection: Connection, which: Which = UNSOLVED) -> list[Reason]:
    """Why events failed, by source; the most frequent reason first."""
    of = failed_event.c
    last = func.max(of.id)
    found = (
        select(of.source, of.code, func.count(), func.max(of.received_at), last)
        .where(*which.clauses)
        .group_by(of.source, of.code)
        .order_by(func.count().desc(), last.desc())
    )
    rows = connection.execute(found).all()
    numbers = [row[4] for row in rows]
    told = select(of.id, of.reason).where(of.id.in_(numbers))
    said = {row[0]: row[1] for row in connection.execute(told)}
    return [Reason(row[0], row[1], row[2], row[3], said[row[4]]) for row in rows]


def count_failed(
    connection: Connection, which: Which = UNSOLVED, *, upto: int | None = None
) -> int:
    """How many there are, with ids up to `upto` where one is given."""
    counted = select(func.count()).select_from(failed_event).where(*which.clauses)
    if upto is not None:
        counted = counted.where(failed_event.c.id <= upto)
    return connection.execute(counted).scalar_one()


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


def _nothing(_: Connection) -> None:
    """Nothing more belongs to it."""


def replay(
    db: Database,
    appender: Appender,
    clock: Clock,
    number: int,
    read: Read = decode,
    also: Callable[[Connection], object] = _nothing,
) -> list[Verdict]:
    """The verdicts on a failed event that comes in once more; mostly one.

    It is read and appended like any other, with its source of then, and where it says no time,
    with the time when it came first. It counts like any other, too: one more received, and one
    more stored, duplicate or failed, so the sum stays right; the failure of then stays counted.
    Fails it again, it is a new failed event, with the reason of now. Two at once, or a program
    that dies before the old one is marked, store nothing twice: where the event has no id, it gets
    one made from `number`. `also` is what belongs into the transaction that marks it.

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
    verdicts = appender.append(read(failed.body, arrival), failed.source, failed.form)
    with db.transaction() as tx:
        one = failed_event.c.id == number
        tx.execute(update(failed_event).where(one).values(replayed_at=clock.now()))
        also(tx)
    return verdicts


def empty_bodies(tx: Connection, numbers: Sequence[int]) -> None:
    """Leaves nothing of what came with these: of somebody who does not want it to be kept."""
    some = failed_event.c.id.in_(numbers)
    tx.execute(update(failed_event).where(some).values(body=b"", reason=EMPTIED))


def _ids_of(number: int) -> Callable[[], Id]:
    numbers = count()
    return lambda: derived(f"failed event {number}, {next(numbers)}")

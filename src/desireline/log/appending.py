"""Appending: many callers, one committer; what is answered is on disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Thread
from time import sleep

from sqlalchemy import Connection, select

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.addresses import cut_in_body
from desireline.log.committing import Batch, lay_down
from desireline.log.dedup import IdSets
from desireline.log.drafting import Draft
from desireline.log.envelope import Duplicate, Event, Stored, Verdict
from desireline.log.memory import Memory
from desireline.log.refusals import LogUnavailable, refusal, sentence_of, trouble_of
from desireline.log.rejecting import MOST_KEPT, Reject
from desireline.log.tables import log_state
from desireline.log.writing import write

MOST = 5_000
"""Events of one commit, unless a single caller brings more."""
LARGE = 50
A_MOMENT = 1e-6
"""Whoever brings this many events has held Python's lock for long to decode them, and is likely to
take it again at once. The committer, back from the database, would wait 5 ms for it, several times
a commit; a nap of a moment lets it in: a tenth more events a second."""
ATTEMPTS = 3
"""How often a transaction is tried that another one was in the way of."""


class AppenderClosed(LogUnavailable):
    """The program is stopping, and takes no more events."""


@dataclass(slots=True)
class _Call:
    """What one caller brought, and where it waits."""

    what: Sequence[Draft | Reject]
    source: str
    answer: Future[list[Verdict]]


class Appender:
    """The one way into the log for events that come from outside.

    Callers on any threads bring events and wait; one committer thread takes whatever came during
    its last commit and stores it in the next one. So a commit costs one `fsync` for all who wait,
    and each answer is true on disk. If the database fails, all who wait get the error, and the
    next call tries anew.
    """

    def __init__(self, db: Database, ids: IdSets, clock: Clock, *, most: int = MOST) -> None:
        self._db = db
        self._clock = clock
        self._most = most
        self._memory = Memory(ids)
        self._calls: deque[_Call] = deque()
        self._bell = Condition()
        self._open = True
        self.position = 0
        """The last position that this appender has committed; 0 before the first."""
        self._thread = Thread(target=self._work, name="appender", daemon=True)
        self._thread.start()

    def append(self, what: Sequence[Draft | Reject], source: str) -> list[Verdict]:
        """The verdict on each, in their order, when all of it is durable.

        Raises DiskFull (507) or LogUnavailable (503): then nothing is promised, and the caller
        may send the same again with the same ids. Raises AppenderClosed after `close`.
        """
        return self.submit(what, source).result()

    def submit(self, what: Sequence[Draft | Reject], source: str) -> Future[list[Verdict]]:
        """As `append`, without waiting: the future has the verdicts, or the error."""
        answer: Future[list[Verdict]] = Future()
        if not what:
            answer.set_result([])
            return answer
        call = _Call(what, source, answer)
        with self._bell:
            if not self._open:
                raise AppenderClosed(
                    "The server is stopping, and takes no more events.",
                    hint="Send them again in a moment.",
                )
            self._calls.append(call)
            self._bell.notify()
        if len(what) >= LARGE:
            sleep(A_MOMENT)
        return answer

    def write(self, tx: Connection, events: Sequence[Event]) -> list[Stored | Duplicate]:
        """Writes events of this program in the caller's own transaction: see `writing.write`."""
        return write(tx, events, self._memory.ids, self._clock)

    @property
    def waiting(self) -> int:
        """Events that wait for the next commit."""
        with self._bell:
            return sum(len(call.what) for call in self._calls)

    def close(self) -> None:
        """Returns when all that was brought is answered; nothing is taken any more."""
        with self._bell:
            self._open = False
            self._bell.notify()
        self._thread.join()

    def _work(self) -> None:
        with suppress(Exception):  # who appends first hears what is wrong
            self._learn_ids()
        while calls := self._next_calls():
            try:
                verdicts = self._commit(_together(calls))
            except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must hear it
                for call in calls:
                    call.answer.set_exception(_told(error))
                continue
            begin = 0
            for call in calls:
                call.answer.set_result(verdicts[begin : begin + len(call.what)])
                begin += len(call.what)

    def _learn_ids(self) -> None:
        """Reads the ids of the segments while nobody waits yet."""
        with self._db.reading() as look:
            position = look.execute(select(log_state.c.position)).scalar_one()
            self._memory.ids.learn(look, position)

    def _next_calls(self) -> list[_Call]:
        """What came in the meantime, up to the most; nothing when closed and all is done."""
        taken: list[_Call] = []
        n = 0
        with self._bell:
            while not taken and (self._calls or self._open):
                self._bell.wait_for(lambda: self._calls or not self._open)
                while self._calls and (not taken or n + len(self._calls[0].what) <= self._most):
                    call = self._calls.popleft()
                    if call.answer.set_running_or_notify_cancel():
                        taken.append(call)
                        n += len(call.what)
        return taken

    def _commit(self, batch: Batch) -> list[Verdict]:
        """The verdicts on a batch. One event that the database refuses is parked, not the rest."""
        for attempt in range(ATTEMPTS):
            try:
                return self._transaction(batch)
            except LogUnavailable:
                raise
            except Exception as error:
                trouble = trouble_of(error)
                if trouble == "again" and attempt + 1 < ATTEMPTS:
                    continue
                if trouble != "poison":
                    raise refusal(error) from error
                return self._around_poison(batch, error)
        raise AssertionError("unreachable")

    def _around_poison(self, batch: Batch, error: Exception) -> list[Verdict]:
        """Halves a batch until the refused event stands alone; that one fails, with the reason."""
        if len(batch.what) > 1:
            first, second = batch.halves()
            return self._commit(first) + self._commit(second)
        one = batch.what[0]
        if isinstance(one, Reject):
            raise refusal(error) from error
        return self._transaction(Batch([_parked(one, error)], batch.sources))

    def _transaction(self, batch: Batch) -> list[Verdict]:
        with self._db.transaction() as tx:
            laid = lay_down(tx, batch, self._memory, self._clock.now())
        self._memory.ids.keep(laid.ids, laid.position)
        self._memory.keep(laid.subjects, laid.links)
        self.position = laid.position
        return laid.verdicts


def _together(calls: Sequence[_Call]) -> Batch:
    what: list[Draft | Reject] = []
    sources: list[str] = []
    for call in calls:
        what += call.what
        sources += [call.source] * len(call.what)
    return Batch(what, sources)


def _parked(draft: Draft, error: Exception) -> Reject:
    return Reject(
        "refused_by_database",
        f"The database refuses the event: {sentence_of(error)}.",
        "It is kept as it came, and can be replayed.",
        cut_in_body(bytes(draft.body)[:MOST_KEPT]),
    )


def _told(error: Exception) -> LogUnavailable:
    """An error of its own for each caller: threads that raise the same one add to its traceback."""
    if not isinstance(error, LogUnavailable):
        return refusal(error)
    return type(error)(str(error), hint=error.hint)

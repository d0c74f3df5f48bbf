"""Appending: many callers, one committer; what is answered is on disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Protocol, TypeAlias

from sqlalchemy import Connection, select

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.addresses import cut_in_body
from desireline.log.appending.committing import Batch, lay_down
from desireline.log.appending.dedup import IdSets
from desireline.log.appending.memory import Memory
from desireline.log.appending.writing import write
from desireline.log.drafting import Draft
from desireline.log.envelope import Duplicate, Event, Stored, Verdict
from desireline.log.refusals import LogUnavailable, refusal, sentence_of, trouble_of
from desireline.log.rejecting import MOST_KEPT, Reject
from desireline.log.tables import log_state

MOST = 1_600
"""Events of one commit, or few more. What is waiting beyond is read while the database works, and
what was read is still in the processor's caches when it is written: of 3,200 that were read at once
each takes twice the time."""
ATTEMPTS = 3
"""How often a transaction is tried that another one was in the way of."""


class Expects(Protocol):
    """Who is told the verdicts, by the committer: a `Future`, or what is quicker."""

    def set_running_or_notify_cancel(self) -> bool:
        """Whether they are still wanted."""
        ...

    def set_result(self, result: list[Verdict], /) -> None:
        """Is told them."""
        ...

    def set_exception(self, exception: BaseException, /) -> None:
        """Is told why there are none."""
        ...


Read: TypeAlias = Callable[[], Sequence[Draft | Reject]]
"""Decodes what a caller brought."""


class AppenderClosed(LogUnavailable):
    """The program is stopping, and takes no more events."""


@dataclass(slots=True)
class _Call:
    """What one caller brought, and where it waits."""

    read: Read
    source: str
    form: str
    answer: Expects
    what: Sequence[Draft | Reject] = ()
    """What was read."""


class Appender:
    """The one way into the log for events that come from outside.

    Callers on any threads bring events and wait; one committer thread takes whatever came during
    its last commit and stores it in the next one. So a commit costs one `fsync` for all who wait,
    and each answer is true on disk. If the database fails, all who wait get the error, and the
    next call tries anew.

    The committer also decodes, for the next commit while the database works on this one. Were it
    done by the callers' threads, they and the committer would wait for Python's lock and for each
    other's memory: of PostgreSQL's 18 microseconds an event of this process 4 went there.
    """

    def __init__(self, db: Database, ids: IdSets, clock: Clock, *, most: int = MOST) -> None:
        self._db = db
        self._clock = clock
        self._most = most
        self._memory = Memory(ids)
        self._calls: deque[_Call] = deque()
        self._ready: list[_Call] = []
        self._guard = Lock()
        self._rung = Lock()
        """A bell: the committer sleeps at it, and whoever rings lets go of it."""
        self._rung.acquire()
        self._open = True
        self.position = 0
        """The last position that this appender has committed; 0 before the first."""
        self._thread = Thread(target=self._work, name="appender", daemon=True)
        self._thread.start()

    def append(self, what: Sequence[Draft | Reject], source: str, form: str = "") -> list[Verdict]:
        """The verdict on each, in their order, when all of it is durable.

        `form` is kept with what failed: how it is to be read once more.

        Raises DiskFull (507) or LogUnavailable (503): then nothing is promised, and the caller
        may send the same again with the same ids. Raises AppenderClosed after `close`.
        """
        return self.submit(lambda: what, source, form).result() if what else []

    def submit(self, read: Read, source: str, form: str = "") -> Future[list[Verdict]]:
        """As `append` with what `read` gives; the future has the verdicts, or the error.

        `read` is called by the committer, and should take milliseconds: all others wait.
        """
        answer: Future[list[Verdict]] = Future()
        self.bring(read, source, form, answer)
        self.ring()
        return answer

    def bring(self, read: Read, source: str, form: str, answer: Expects) -> None:
        """As `submit`; the committer may not see it before the next `ring`."""
        with self._guard:
            if not self._open:
                raise AppenderClosed(
                    "The server is stopping, and takes no more events.",
                    hint="Send them again in a moment.",
                )
            self._calls.append(_Call(read, source, form, answer))

    def ring(self) -> None:
        """The committer begins with what was brought, if it has nothing else to do."""
        if not self._rung.locked():
            return
        with suppress(RuntimeError):  # another was quicker
            self._rung.release()

    def write(self, tx: Connection, events: Sequence[Event]) -> list[Stored | Duplicate]:
        """Writes events of this program in the caller's own transaction: see `writing.write`."""
        return write(tx, events, self._memory.ids, self._clock)

    @property
    def waiting(self) -> int:
        """Callers that wait for the next commit."""
        return len(self._calls) + len(self._ready)

    def close(self) -> None:
        """Returns when all that was brought is answered; nothing is taken any more."""
        with self._guard:
            self._open = False
        self.ring()
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
        """What came in the meantime, about the most; nothing when closed and all is done."""
        while not self._ready:
            if not self._calls:
                with self._guard:
                    if not (self._open or self._calls):
                        return []
                self._rung.acquire()
            self._read_ahead()
        taken, self._ready = self._ready, []
        return taken

    def _read_ahead(self) -> None:
        """Reads for the next commit what waits for it."""
        n = sum(len(call.what) for call in self._ready)
        while self._calls and n < self._most:
            call = self._calls.popleft()
            if not call.answer.set_running_or_notify_cancel():
                continue
            try:
                call.what = call.read()
            except Exception as error:  # noqa: BLE001 - whoever brought it must hear it
                call.answer.set_exception(error)
                continue
            if call.what:
                self._ready.append(call)
                n += len(call.what)
            else:
                call.answer.set_result([])

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
        return self._transaction(Batch([_parked(one, error)], batch.sources, batch.forms))

    def _transaction(self, batch: Batch) -> list[Verdict]:
        with self._db.transaction() as tx:
            laid = lay_down(tx, batch, self._memory, self._clock.now(), self._read_ahead)
        self._memory.ids.keep(laid.ids, laid.position)
        self._memory.keep(laid.subjects, laid.links)
        self.position = laid.position
        return laid.verdicts


def _together(calls: Sequence[_Call]) -> Batch:
    what: list[Draft | Reject] = []
    sources: list[str] = []
    forms: list[str] = []
    for call in calls:
        what += call.what
        sources += [call.source] * len(call.what)
        forms += [call.form] * len(call.what)
    return Batch(what, sources, forms)


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

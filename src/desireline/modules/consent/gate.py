"""Keeps the events of persons out who said no to tracking, for sources that ask for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from sqlalchemy import Connection, func, select

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.drafting import COLUMNS, Draft
from desireline.log.identity.people import changed_since, circle_around, subjects_of
from desireline.log.naming.identifiers import Name
from desireline.log.rejecting import Reject
from desireline.log.segments.mentioning import names_in
from desireline.log.segments.rows import names_of
from desireline.log.tables import log_state
from desireline.modules.consent import repository
from desireline.modules.consent.events import STATES
from desireline.modules.consent.ledger import DAY
from desireline.modules.consent.purposes import TRACKING, spelled_channel
from desireline.modules.consent.rule import NOES, answer_of
from desireline.modules.consent.tables import consent

FRESH_SECONDS = 0.2
"""For so long a server may not know of a decision, or of a link, that was made meanwhile."""
TYPE, CHANNEL = COLUMNS.index("type"), COLUMNS.index("channel")

REFUSED = Reject(
    "tracking_refused",
    "The person of this event has said no to tracking, and its source respects that: nothing of it"
    " is kept.",
    "There is nothing to do, and nothing to replay.",
    b"",
)
"""The same for all, and with no bytes: nothing of what came touches the disk."""


class _Refusal(Struct, frozen=True):
    """What one person refuses: in general, and on channels about which she said another thing."""

    names: tuple[Name, ...]
    elsewhere: bool
    by_channel: Mapping[str, bool]

    def is_on(self, channel: str) -> bool:
        return self.by_channel.get(channel, self.elsewhere)


class _Seen(Struct, frozen=True):
    """The state of the database that is known."""

    consents: int = -1
    links: int = 0
    erasures: int = -1
    row: int = 0


class TrackingGate:
    """Knows by heart who refuses to be tracked, and follows the ledger and the links.

    Those who said no are few, and known by all their identifiers: an event costs a look into a
    table. It is brought up to date on one event loop; any thread may ask it.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock
        self._seen = _Seen()
        self._read_at = float("-inf")
        self._reading: asyncio.Future[None] | None = None
        self._of_subject: dict[int, _Refusal] = {}
        """By each subject that has ever said no."""
        self._of_name: dict[Name, _Refusal] = {}
        """By each identifier of those who refuse. Replaced as a whole, never changed."""

    async def refresh(self) -> None:
        """Returns when it knows what was decided up to a moment ago: one reading for all who wait.

        To be called for each request; mostly there is nothing to do.
        """
        if time.monotonic() - self._read_at <= FRESH_SECONDS:
            return
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._refresh_once())
        await asyncio.shield(self._reading)

    def sift(self, items: Sequence[Draft | Reject]) -> Sequence[Draft | Reject]:
        """The items; in place of those that are refused, a reject without anything of them."""
        if not self._of_name:
            return items
        return [REFUSED if self._is_refused(item) else item for item in items]

    def sifted(self, read: Callable[[], Sequence[Draft | Reject]]) -> Sequence[Draft | Reject]:
        """As `sift`, of what is still to be read."""
        return self.sift(read())

    def read(self) -> None:
        """Takes in what has changed since the last time."""
        with self._db.reading() as look:
            now = state_of(look)
            if now == self._seen:
                return
            of_name = dict(self._of_name)
            if now.erasures != self._seen.erasures:  # numbers, names and rows may be gone
                self._of_subject, of_name, self._seen = {}, {}, _Seen()
            noes, touched = self._changes(look, now)
            for old in [self._of_subject.pop(s) for s in touched if s in self._of_subject]:
                for name in old.names:
                    of_name.pop(name, None)
            for subject in sorted(noes):
                of_name |= self._learned(look, subject)
            self._of_name, self._seen = of_name, now

    def _is_refused(self, item: Draft | Reject) -> bool:
        if type(item) is not Draft:
            return not self._of_name.keys().isdisjoint(names_in(item.body))
        for name in item.names:
            refusal = self._of_name.get(name)
            if refusal is not None:
                channel = spelled_channel(str(item.columns[CHANNEL]))
                if refusal.is_on(channel):
                    return item.columns[TYPE] not in STATES
        return False

    async def _refresh_once(self) -> None:
        try:
            begun = time.monotonic()
            await asyncio.to_thread(self.read)
            self._read_at = begun
        finally:
            self._reading = None

    def _changes(self, look: Connection, now: _Seen) -> tuple[set[int], set[int]]:
        """The subjects with a no whose answer may be another now, and all that lie around them."""
        new = set(repository.list_refusing(look, TRACKING, self._seen.row))
        if self._seen.consents < 0:
            return new, set()
        changed = np.array(repository.list_decided(look, TRACKING, self._seen.row), np.int64)
        if now.links != self._seen.links:
            changed = np.union1d(changed, changed_since(look, self._seen.links))
        touched = {int(s) for s in circle_around(look, changed).subjects}
        return new | (self._of_subject.keys() & touched), touched

    def _learned(self, look: Connection, subject: int) -> dict[Name, _Refusal]:
        """The identifiers of a person, by whom she is refused; none where she said yes later."""
        if subject in self._of_subject:  # another identifier of the same person came before
            return {}
        subjects = subjects_of(look, subject)
        refusal = self._refusal(look, subjects)
        noes = repository.list_refusing_of(look, subjects, TRACKING)
        self._of_subject |= dict.fromkeys(noes, refusal)
        refuses = refusal.elsewhere or any(refusal.by_channel.values())
        return dict.fromkeys(refusal.names, refusal) if refuses else {}

    def _refusal(self, look: Connection, subjects: list[int]) -> _Refusal:
        rows, known = repository.list_rows(look, subjects, TRACKING), frozenset(subjects)
        until = self._clock.now() + DAY  # a decision of a clock that is ahead counts at once

        def refuses(channel: str) -> bool:
            answer = answer_of(rows, known, channel, until, needs_consent=True)
            return answer.because in NOES

        channels = {row.channel for row in rows} | {""}
        names = tuple(names_of(look, subjects).values())
        return _Refusal(names, refuses("-"), {one: refuses(one) for one in channels})


def state_of(look: Connection) -> _Seen:
    """What changes with each decision, link and erasure."""
    links, erasures = look.execute(select(log_state.c.links, log_state.c.erasures)).one()
    last = look.execute(select(func.max(consent.c.id))).scalar_one() or 0
    return _Seen(repository.get_version(look), links, erasures, last)

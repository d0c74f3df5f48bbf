"""Follows the log, and records what is derived with the traits of the persons."""

from __future__ import annotations

from collections.abc import Collection
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select

from desireline.log.following import Batch, Logged, Reaction
from desireline.log.tables import subject
from desireline.modules.enrichment.deriving import facts_of, told
from desireline.modules.enrichment.repository import list_off, list_switches
from desireline.modules.enrichment.sources import SOURCES
from desireline.modules.people.facade import Said, record_traits

MOST_KNOWN = 200_000
"""Values of persons that are known to have been recorded; then it begins anew."""
CHUNK = 5_000
BEFORE = ("agent", "email", "company", "name")
"""Kinds of values whose sources remember what they said. The data of phone numbers are large, and
not read where their facts are off."""


class Deriver:
    """Derives of each person each value once, as long as this process lives.

    A value that was derived before a restart is derived again, which changes nothing.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], str] = {}
        self._fresh: dict[tuple[int, str], str] = {}
        self._position = 0
        self._switched = 0

    def derive(self, tx: Connection, batch: Batch) -> int:
        """How many rows of traits were written."""
        self._settle(tx, batch)
        off, said = list_off(tx), []
        fresh: dict[tuple[int, str], str] = {}
        own = _addresses(tx, {event.subject for event in batch.events})
        for event in batch.events:
            for kind, value in (*own.get(event.subject, ()), *told(event)):
                key = (event.subject, kind)
                if fresh.get(key, self._known.get(key)) != value:
                    fresh[key] = value
                    said += _said(event, kind, value, off)
        written = record_traits(tx, said)
        self._fresh = fresh
        return written

    def _settle(self, tx: Connection, batch: Batch) -> None:
        """What the batch before has brought is known only if its transaction was committed."""
        switched = max((row.switched_at for row in list_switches(tx)), default=0)
        if switched != self._switched or len(self._known) > MOST_KNOWN:
            self._known, self._switched = {}, switched
        elif batch.position > self._position:
            self._known |= self._fresh
        self._fresh, self._position = {}, batch.position


def _said(event: Logged, kind: str, value: str, off: frozenset[str]) -> list[Said]:
    return [
        Said(
            subject=event.subject,
            name=fact.name,
            value=fact.value,
            at=event.at,
            source=fact.source,
            said_by="enriched",
            confidence=fact.confidence,
            position=event.position,
        )
        for fact in facts_of(kind, value, off)
    ]


def _addresses(tx: Connection, subjects: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Of subjects that are e-mail addresses or phone numbers: which one."""
    found: dict[int, list[tuple[str, str]]] = {}
    numbers = sorted(subjects)
    for start in range(0, len(numbers), CHUNK):
        some = subject.c.id.in_(numbers[start : start + CHUNK])
        wanted = select(subject.c.id, subject.c.kind, subject.c.value)
        for row in tx.execute(wanted.where(some, subject.c.kind.in_(("email", "phone")))):
            found[row.id] = [(row.kind, row.value)]
    return found


_derivers: WeakKeyDictionary[Engine, Deriver] = WeakKeyDictionary()
"""One for each database that this process follows."""


def derive(tx: Connection, batch: Batch) -> None:
    """Records what follows from the batch, in the transaction in which the cursor moves."""
    _derivers.setdefault(tx.engine, Deriver()).derive(tx, batch)


def prepare(batch: Batch) -> None:
    """Asks sources for what they keep then, so that senders do not wait while data are read."""
    for kind, value in {one for event in batch.events for one in told(event)}:
        if kind in BEFORE:
            SOURCES[kind](value)


ENRICHING = Reaction("enrichment", derive, prepare=prepare)

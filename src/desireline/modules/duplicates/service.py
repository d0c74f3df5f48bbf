"""The queue of duplicates: what is suggested, accepted and rejected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection

from desireline.engine.errors import DesirelineError
from desireline.kit.claims import Work
from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.kit.jobs import Jobs
from desireline.log.appending.holding import hold
from desireline.log.envelope import Event
from desireline.log.identity.people import People, circle_around, subjects_of
from desireline.modules.audit.facade import COMMAND_LINE, record
from desireline.modules.duplicates.errors import SuggestionMissing, SuggestionSettled
from desireline.modules.duplicates.matching.explaining import Explanation
from desireline.modules.duplicates.repository import (
    ACCEPTED,
    OPEN,
    REJECTED,
    Page,
    Run,
    Suggestion,
    Wanted,
    add_run,
    count_suggestions,
    decide,
    end_run,
    get_suggestion,
    list_runs,
    list_suggestions,
)
from desireline.modules.duplicates.searching import method_of, search
from desireline.modules.links.facade import LinkBook
from desireline.modules.people.facade import Trait, find_person, traits_of
from desireline.modules.rooms import Rooms

JOB = "duplicates_search"
RUNS_LISTED = 20

Traits = dict[str, Trait]
Write = Callable[[Connection, Sequence[Event]], Any]
"""Writes events in a transaction: `Appender.write`."""


class DuplicateQueue:
    """Suggestions of a workspace, for the command line and the server alike."""

    def __init__(self, db: Database, clock: Clock, write: Write) -> None:
        self._db = db
        self._clock = clock
        self._links = LinkBook(db, clock, write)

    def page(self, wanted: Wanted, person: str = "") -> Page:
        """Suggestions, the most probable first. PersonUnknown, PersonUnnamed.

        An open one whose two have become one person meanwhile is left out.
        """
        with self._db.reading() as look:
            if person:
                subjects = tuple(subjects_of(look, find_person(look, person)))
                wanted = replace(wanted, subjects=subjects)
            found = list_suggestions(look, replace(wanted, limit=wanted.limit + 1))
            shown = found[: wanted.limit]
            more = shown[-1].id if len(found) > len(shown) else None
            return Page(_still_two(look, shown) if wanted.state == OPEN else shown, more)

    def beside(self, one: Suggestion) -> tuple[Traits, Traits]:
        """What is known of the two persons of a suggestion."""
        with self._db.reading() as look:
            a, b = (traits_of(look, subjects_of(look, subject)) for subject in (one.a, one.b))
        return a, b

    def counts(self) -> dict[str, int]:
        """How many suggestions are in each state."""
        with self._db.reading() as look:
            return count_suggestions(look)

    def accept(self, ident: int, *, by: str = COMMAND_LINE) -> Suggestion:
        """The two are one person from now on. SuggestionMissing, SuggestionSettled.

        The decision, the link with the evidence `confirmed` and its events are one transaction. It
        is taken back like any link.
        """
        with self._db.transaction() as tx:
            one = _open(tx, ident)
            decided = self._decide(tx, one, ACCEPTED, by)
            why = msgspec.json.decode(one.explanation, type=Explanation).sentence
            self._links.merge_in(tx, (one.a, one.b), why, by)
            return decided

    def reject(self, ident: int, *, by: str = COMMAND_LINE) -> Suggestion:
        """The two are two, and are never suggested again. SuggestionMissing, SuggestionSettled."""
        with self._db.transaction() as tx:
            return self._decide(tx, _open(tx, ident), REJECTED, by)

    def ask(self, method: str = "own", *, by: str = COMMAND_LINE) -> int:
        """The number of a new search, which the worker will do. MethodUnknown."""
        method_of(method)
        with self._db.transaction() as tx:
            ident = add_run(tx, self._clock.now(), by, method)
            Jobs(self._db, self._clock).enqueue(tx, JOB, str(ident), {"id": ident})
        return ident

    def find(self, method: str = "own", *, by: str = COMMAND_LINE) -> Run:
        """A search that is done at once. MethodUnknown, and what the method raises."""
        method_of(method)
        with self._db.transaction() as tx:
            ident = add_run(tx, self._clock.now(), by, method)
        return search(self._db, self._clock, ident)

    def runs(self) -> list[Run]:
        """The last searches, newest first."""
        with self._db.reading() as look:
            return list_runs(look, RUNS_LISTED)

    def _decide(self, tx: Connection, one: Suggestion, state: str, by: str) -> Suggestion:
        decide(tx, one.id, state, self._clock.now(), by)
        details: dict[str, str | int] = {"with": f"person:{one.b}", "suggestion": one.id}
        record(tx, by, f"duplicate_{state}", f"person:{one.a}", details, self._clock)
        after = get_suggestion(tx, one.id)
        assert after is not None  # noqa: S101 - it was changed above
        return after


class Duplicates(DuplicateQueue):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        super().__init__(rooms.db, rooms.clock, rooms.appender.write)


def carry_out(rooms: Rooms, work: Work, alive: Callable[[], None]) -> None:
    """Does a search that was asked for.

    What a user can mend is written down, and not tried again.
    """
    ident = int(work.payload["id"])
    try:
        search(rooms.db, rooms.clock, ident, alive)
    except DesirelineError as problem:
        if getattr(problem, "status", 422) >= 500:
            raise
        with rooms.db.transaction() as tx:
            said = {"ended_at": rooms.clock.now(), "problem": f"{problem} {problem.hint}".strip()}
            end_run(tx, ident, said)


def _still_two(look: Connection, found: list[Suggestion]) -> list[Suggestion]:
    ends = np.array([(one.a, one.b) for one in found], np.int64).reshape(-1, 2)
    people = People.of(circle_around(look, ends.ravel()))
    two = people.of_subjects(ends[:, 0]) != people.of_subjects(ends[:, 1])
    return [one for one, apart in zip(found, two.tolist(), strict=True) if apart]


def _open(tx: Connection, ident: int) -> Suggestion:
    hold(tx)  # an erasure holds the log, and then takes the row
    one = get_suggestion(tx, ident, to_change=True)
    if one is None:
        raise SuggestionMissing(
            f"There is no suggestion {ident}.",
            hint="It may have gone with a later search; list them anew.",
        )
    if one.state != OPEN:
        raise SuggestionSettled(
            f"The suggestion {ident} was {one.state} by {one.decided_by}.",
            hint="A link that was accepted wrongly can be withdrawn; see docs/duplicates.md.",
        )
    return one

"""Who had said no to tracking, and when: for facts that come long after they happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from sqlalchemy import Connection

from desireline.kit.database import Database
from desireline.log.drafting import Draft
from desireline.log.identity.people import circle_around
from desireline.log.naming.identifiers import Name
from desireline.log.naming.subjects import find_numbers
from desireline.log.rejecting import Reject
from desireline.log.segments.rows import names_of
from desireline.modules.consent import repository
from desireline.modules.consent.events import STATES
from desireline.modules.consent.gate import CHANNEL, REFUSED, TYPE, state_of
from desireline.modules.consent.ledger import may
from desireline.modules.consent.purposes import TRACKING, spelled_channel
from desireline.modules.consent.rule import NOES, Row, answer_of


class _Person(Struct, frozen=True):
    """All that one person decided on tracking."""

    rows: tuple[Row, ...]
    subjects: frozenset[int]


class TrackingHistory:
    """Answers for any time of the past what the gate answers for now. For one thread."""

    decisions: Collection[str] = STATES.keys()

    def __init__(self, db: Database) -> None:
        self._db = db
        self._seen: object = None
        self._of_name: Mapping[Name, _Person] = {}

    def learn(self) -> Collection[Name]:
        """All who ever said no, by every identifier of theirs, as the ledger and the links are now.

        The very same object where nothing has changed since the last time.
        """
        with self._db.reading() as look:
            now = state_of(look)
            if now != self._seen:
                self._of_name, self._seen = _all_who_said_no(look), now
        return self._of_name

    def is_no(self, names: Iterable[Name], channel: str, at: int) -> bool:
        """Whether a no of one of them stood at a time, by the rule of `rule.py`."""
        asked = spelled_channel(channel)
        persons = {id(p): p for name in names if (p := self._of_name.get(name)) is not None}
        return any(
            answer_of(one.rows, one.subjects, asked, at, needs_consent=True).because in NOES
            for one in persons.values()
        )


def without_refused(
    look: Connection, items: Sequence[Draft | Reject], at: int
) -> list[Draft | Reject]:
    """As the gate would leave them at a time, asked of the ledger one by one: for a few."""
    return [REFUSED if _is_refused(look, item, at) else item for item in items]


def _is_refused(look: Connection, item: Draft | Reject, at: int) -> bool:
    if type(item) is not Draft or item.columns[TYPE] in STATES:
        return False
    channel = spelled_channel(str(item.columns[CHANNEL]))
    known = find_numbers(look, item.names).values()
    return any(may(look, number, TRACKING, channel, at).because in NOES for number in known)


def _all_who_said_no(look: Connection) -> dict[Name, _Person]:
    noes = repository.list_refusing(look, TRACKING)
    circle = circle_around(look, np.array(noes, np.int64))
    person_of = dict(zip(circle.subjects.tolist(), circle.persons.tolist(), strict=True))
    refusing = {person_of[subject] for subject in noes}
    subjects: dict[int, list[int]] = defaultdict(list)
    for subject, person in person_of.items():
        if person in refusing:
            subjects[person].append(subject)
    every = [subject for own in subjects.values() for subject in own]
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in repository.list_rows(look, every, TRACKING):
        rows[person_of[row.subject]].append(row)
    known = {p: _Person(tuple(rows[p]), frozenset(own)) for p, own in subjects.items()}
    return {name: known[person_of[s]] for s, name in names_of(look, every).items()}

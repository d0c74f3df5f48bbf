"""Searches all persons for duplicates and brings the queue up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.identity.people import People, every_circle
from desireline.modules.duplicates.errors import MethodUnknown, RunMissing
from desireline.modules.duplicates.gathering import Gathered, gather
from desireline.modules.duplicates.matching.by_splink import find_by_splink
from desireline.modules.duplicates.matching.explaining import explained
from desireline.modules.duplicates.matching.finding import THRESHOLD, Found, find
from desireline.modules.duplicates.matching.records import Records
from desireline.modules.duplicates.repository import (
    OPEN,
    REJECTED,
    Run,
    add_suggestions,
    change_suggestion,
    drop_open,
    end_run,
    get_run,
    known_pairs,
    list_pairs,
    subjects_that_exist,
)

Method = Callable[[Records, float], Found]
METHODS: Mapping[str, Method] = {"own": find, "splink": find_by_splink}
MOST_SUGGESTED = 20_000
"""No more stand in the queue at once; the others come when these are decided."""
WRITTEN_AT_ONCE = 2_000
"""Rows of one transaction: others who write wait for it."""

Pair = tuple[int, int]


def method_of(name: str) -> Method:
    """How records are compared. Raises MethodUnknown."""
    if name not in METHODS:
        raise MethodUnknown(
            f"Records are not compared by {name[:40]!r}.", hint=f"Known: {', '.join(METHODS)}."
        )
    return METHODS[name]


def search(
    db: Database,
    clock: Clock,
    ident: int,
    alive: Callable[[], None] = lambda: None,
    threshold: float = THRESHOLD,
) -> Run:
    """The run with that number, done: its suggestions are the open ones of the queue.

    Of what was decided nothing changes, and no pair of persons is suggested of whom somebody said
    that they are two. It may be done again from its beginning at any moment; `alive` is called now
    and then. Raises RunMissing, and what the method raises.
    """
    with db.reading() as look:
        run = get_run(look, ident)
        if run is None:
            raise RunMissing(f"There is no search {ident}.", hint="Ask for a new one.")
        gathered = gather(look)
    alive()
    found = method_of(run.method)(gathered.records, threshold)
    alive()
    wanted = _wanted(db, gathered, found)
    new, gone = _queue(db, clock, wanted, alive)
    with db.transaction() as tx:
        figures = {
            "ended_at": clock.now(),
            "problem": "",
            "persons": len(gathered.persons),
            "compared": found.candidates,
            "suggested": len(wanted),
            "new": new,
            "gone": gone,
        }
        end_run(tx, ident, figures)
        done = get_run(tx, ident)
    assert done is not None  # noqa: S101 - it was read above, and nobody deletes searches
    return done


def _wanted(db: Database, gathered: Gathered, found: Found) -> dict[Pair, dict[str, Any]]:
    """By pair of persons what is to be in the queue; without those that were rejected."""
    with db.reading() as look:
        rejected = rejected_persons(look)
    rows: dict[Pair, dict[str, Any]] = {}
    persons = gathered.persons
    probability = found.probability
    for place in range(len(found.a)):
        pair = (int(persons[found.a[place]]), int(persons[found.b[place]]))
        if pair in rejected:
            continue
        if len(rows) == MOST_SUGGESTED:
            break
        why = explained(gathered.records, found, place)
        rows[pair] = {
            "bits": float(found.bits[place]),
            "probability": float(probability[place]),
            "explanation": msgspec.json.encode(why).decode(),
        }
    return rows


def rejected_persons(look: Connection) -> set[Pair]:
    """The pairs of persons, as they are by now, of whom somebody said that they are two."""
    people = People.of(every_circle(look))
    pairs = np.array([(a, b) for _, a, b in list_pairs(look, REJECTED)], np.int64).reshape(-1, 2)
    a, b = people.of_subjects(pairs[:, 0]), people.of_subjects(pairs[:, 1])
    low, high = np.minimum(a, b).tolist(), np.maximum(a, b).tolist()
    return set(zip(low, high, strict=True))


def _queue(
    db: Database, clock: Clock, wanted: dict[Pair, dict[str, Any]], alive: Callable[[], None]
) -> tuple[int, int]:
    """How many suggestions are new, and how many went; the open ones are those wanted."""
    now = clock.now()
    pairs = list(wanted)
    new = 0
    for start in range(0, max(len(pairs), 1), WRITTEN_AT_ONCE):
        alive()
        with db.transaction() as tx:
            new += _put(
                tx, {pair: wanted[pair] for pair in pairs[start : start + WRITTEN_AT_ONCE]}, now
            )
    with db.transaction() as tx:
        old = [ident for ident, a, b in list_pairs(tx, OPEN) if (a, b) not in wanted]
        return new, drop_open(tx, old)


def _put(tx: Connection, wanted: dict[Pair, dict[str, Any]], now: int) -> int:
    """How many are new. Persons who were erased meanwhile, or decided about, are left out."""
    there = subjects_that_exist(tx, {subject for pair in wanted for subject in pair})
    known = known_pairs(tx, list(wanted))
    rows = []
    for pair, values in wanted.items():
        if pair in known:
            change_suggestion(tx, known[pair], values)
        elif there.issuperset(pair):
            rows.append({"a": pair[0], "b": pair[1], "state": OPEN, "found_at": now} | values)
    add_suggestions(tx, rows)
    return len(rows)

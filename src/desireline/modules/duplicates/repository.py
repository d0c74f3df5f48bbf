"""Suggestions of duplicates in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, tuple_, update

from desireline.log.tables import subject
from desireline.modules.duplicates.tables import duplicate_run, duplicate_suggestion

OPEN, ACCEPTED, REJECTED = "open", "accepted", "rejected"
CHUNK = 5_000
ROW = duplicate_suggestion.c


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two persons who may be one."""

    id: int
    a: int
    b: int
    bits: float
    probability: float
    explanation: str
    state: str
    found_at: int
    decided_at: int | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class Run:
    """A search for duplicates; `ended_at` is None while it runs."""

    id: int
    asked_at: int
    asked_by: str
    method: str
    ended_at: int | None
    problem: str
    persons: int
    compared: int
    suggested: int
    new: int
    gone: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which suggestions are asked for."""

    state: str = OPEN
    least: float = 0.0
    subjects: tuple[int, ...] = ()
    """Only those with one of these; none: all."""
    after: int | None = None
    """The suggestion that was the last of the page before."""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some suggestions, and the number behind which the next page begins; None: no more."""

    suggestions: list[Suggestion]
    next: int | None


def get_suggestion(look: Connection, ident: int, *, to_change: bool = False) -> Suggestion | None:
    """The suggestion of a number."""
    found = select(duplicate_suggestion).where(ROW.id == ident)
    row = look.execute(found.with_for_update() if to_change else found).first()
    return None if row is None else Suggestion(*row)


def list_suggestions(look: Connection, wanted: Wanted) -> list[Suggestion]:
    """The most probable first."""
    found = select(duplicate_suggestion).where(
        ROW.state == wanted.state, ROW.probability >= wanted.least
    )
    if wanted.subjects:
        some = wanted.subjects[:CHUNK]
        found = found.where(or_(ROW.a.in_(some), ROW.b.in_(some)))
    if wanted.after is not None:
        last = select(ROW.bits).where(ROW.id == wanted.after).scalar_subquery()
        found = found.where(or_(ROW.bits < last, and_(ROW.bits == last, ROW.id > wanted.after)))
    ordered = found.order_by(ROW.bits.desc(), ROW.id).limit(wanted.limit)
    return [Suggestion(*row) for row in look.execute(ordered)]


def count_suggestions(look: Connection) -> dict[str, int]:
    """How many are in each state."""
    rows = look.execute(select(ROW.state, func.count()).group_by(ROW.state))
    return {OPEN: 0, ACCEPTED: 0, REJECTED: 0} | {str(state): int(n) for state, n in rows}


def list_pairs(look: Connection, state: str) -> list[tuple[int, int, int]]:
    """Number, `a` and `b` of all suggestions in a state."""
    rows = look.execute(select(ROW.id, ROW.a, ROW.b).where(ROW.state == state))
    return [(row.id, row.a, row.b) for row in rows]


def decide(tx: Connection, ident: int, state: str, at: int, by: str) -> None:
    """The suggestion is accepted or rejected."""
    decided = {"state": state, "decided_at": at, "decided_by": by}
    tx.execute(update(duplicate_suggestion).where(ROW.id == ident).values(decided))


def add_suggestions(tx: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """New suggestions, open."""
    if rows:
        tx.execute(insert(duplicate_suggestion), list(rows))


def change_suggestion(tx: Connection, ident: int, values: dict[str, Any]) -> None:
    """An open suggestion as it was found again."""
    mine = (ROW.id == ident) & (ROW.state == OPEN)
    tx.execute(update(duplicate_suggestion).where(mine).values(values))


def drop_open(tx: Connection, idents: Sequence[int]) -> int:
    """How many open suggestions were deleted."""
    gone = 0
    for start in range(0, len(idents), CHUNK):
        some = ROW.id.in_(idents[start : start + CHUNK])
        gone += tx.execute(delete(duplicate_suggestion).where(some, ROW.state == OPEN)).rowcount
    return gone


def add_run(tx: Connection, at: int, by: str, method: str) -> int:
    """The number of a new search."""
    made = insert(duplicate_run).values(asked_at=at, asked_by=by, method=method)
    return int(tx.execute(made.returning(duplicate_run.c.id)).scalar_one())


def get_run(look: Connection, ident: int) -> Run | None:
    """The search of a number."""
    row = look.execute(select(duplicate_run).where(duplicate_run.c.id == ident)).first()
    return None if row is None else Run(*row)


def list_runs(look: Connection, limit: int) -> list[Run]:
    """The newest first."""
    found = select(duplicate_run).order_by(duplicate_run.c.id.desc()).limit(limit)
    return [Run(*row) for row in look.execute(found)]


def end_run(tx: Connection, ident: int, values: dict[str, Any]) -> None:
    """What a search found."""
    tx.execute(update(duplicate_run).where(duplicate_run.c.id == ident).values(values))


def known_pairs(look: Connection, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The numbers of those pairs of which there is a suggestion, in whatever state."""
    found: dict[tuple[int, int], int] = {}
    for start in range(0, len(pairs), CHUNK):
        some = pairs[start : start + CHUNK]
        rows = look.execute(select(ROW.id, ROW.a, ROW.b).where(tuple_(ROW.a, ROW.b).in_(some)))
        found |= {(row.a, row.b): row.id for row in rows}
    return found


def subjects_that_exist(look: Connection, numbers: Collection[int]) -> set[int]:
    """Those that were not erased meanwhile."""
    ordered = sorted(numbers)
    return {
        number
        for start in range(0, len(ordered), CHUNK)
        for number in look.execute(
            select(subject.c.id).where(subject.c.id.in_(ordered[start : start + CHUNK]))
        ).scalars()
    }

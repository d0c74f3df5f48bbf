"""Links between identifiers: made, and withdrawn; the row stays and says what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, insert, select, tuple_, update

from desireline.engine.errors import DesirelineError
from desireline.log.identity.persons import CONFIRMED
from desireline.log.tables import identity_link, log_state

Pair = tuple[int, int]

CHUNK = 500


class LinkImpossible(DesirelineError):
    """A link that joins nothing."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two subjects that are said to be one person, in either order, and why."""

    a: int
    b: int
    evidence: str


def link(tx: Connection, a: int, b: int, evidence: str, at: int) -> bool:
    """Whether anything changed: `link_all` for a single link."""
    return link_all(tx, [Link(a, b, evidence)], at) > 0


def link_all(tx: Connection, links: Iterable[Link], at: int) -> int:
    """How many links are new. `at` is in microseconds; the subjects exist.

    A link that is there already stays as it is: the first evidence counts. One that was withdrawn
    stays withdrawn, since a person decided so and the same two identifiers will be seen together
    again. Only the evidence `confirmed`, also from a person, replaces other evidence and revives.
    Raises LinkImpossible for a link of a subject with itself.
    """
    wanted: dict[Pair, str] = {}
    for one in links:
        if one.a == one.b:
            raise LinkImpossible(
                f"Subject {one.a} cannot be linked with itself.", hint="Name two identifiers."
            )
        pair = (min(one.a, one.b), max(one.a, one.b))
        if pair not in wanted or one.evidence == CONFIRMED:
            wanted[pair] = one.evidence
    if not _due(tx, wanted):
        return 0
    version = _next_version(tx)  # holds others off, so what is due is asked again
    due = _due(tx, wanted)
    for (a, b), row_is_there in due.items():
        changed = {"evidence": wanted[a, b], "at": at, "withdrawn_at": None, "version": version}
        if row_is_there:
            tx.execute(update(identity_link).where(_is(a, b)).values(**changed))
    rows = [
        {"a": a, "b": b, "evidence": wanted[a, b], "at": at, "version": version}
        for (a, b), row_is_there in due.items()
        if not row_is_there
    ]
    if rows:
        tx.execute(insert(identity_link), rows)
    return len(due)


def withdraw(tx: Connection, a: int, b: int, at: int) -> bool:
    """Whether there was an active link between the two subjects, which is withdrawn now."""
    active = _is(min(a, b), max(a, b)) & identity_link.c.withdrawn_at.is_(None)
    if tx.execute(select(identity_link.c.id).where(active)).first() is None:
        return False
    version = _next_version(tx)
    tx.execute(update(identity_link).where(active).values(withdrawn_at=at, version=version))
    return True


def _due(tx: Connection, wanted: dict[Pair, str]) -> dict[Pair, bool]:
    """The pairs that have to be written, each with whether a row of it is there already."""
    link = identity_link.c
    columns = (link.a, link.b, link.evidence, link.withdrawn_at)
    due = dict.fromkeys(wanted, False)
    pairs = list(wanted)
    for start in range(0, len(pairs), CHUNK):
        these = tuple_(link.a, link.b).in_(pairs[start : start + CHUNK])
        for a, b, evidence, withdrawn_at in tx.execute(select(*columns).where(these)):
            settled = evidence == CONFIRMED and withdrawn_at is None
            if wanted[a, b] == CONFIRMED and not settled:
                due[a, b] = True
            else:
                del due[a, b]
    return due


def _next_version(tx: Connection) -> int:
    """Locks the row of `log_state` on PostgreSQL, so that versions rise in the order of commits."""
    changed = update(log_state).values(links=log_state.c.links + 1).returning(log_state.c.links)
    return int(tx.execute(changed).scalar_one())


def _is(a: int, b: int) -> Any:
    return and_(identity_link.c.a == a, identity_link.c.b == b)

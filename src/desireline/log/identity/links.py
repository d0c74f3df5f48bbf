"""Links between identifiers: seen, confirmed, taken back; the row says what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from desireline.engine.errors import DesirelineError
from desireline.log.identity.persons import CONFIRMED
from desireline.log.tables import identity_link, log_state

Pair = tuple[int, int]

_SEE = {
    "sqlite": (
        "INSERT INTO identity_link (a, b, evidence, source, at, version)"
        " SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3, ?, ?"
        " FROM json_each(?) AS j WHERE true ON CONFLICT (a, b) DO NOTHING"
    ),
    "postgresql": (
        "INSERT INTO identity_link (a, b, evidence, source, at, version)"
        " SELECT (j ->> 0)::bigint, (j ->> 1)::bigint, j ->> 2, j ->> 3, %s, %s"
        " FROM json_array_elements(%s::json) AS j ON CONFLICT (a, b) DO NOTHING"
    ),
}
"""All links of a batch are one parameter; what is there already stays as it is."""

_LOCK = select(log_state.c.links).with_for_update()
_NEXT = update(log_state).values(links=log_state.c.links + 1).returning(log_state.c.links)

IS_ACTIVE: ColumnElement[bool] = or_(
    identity_link.c.withdrawn_at.is_(None), identity_link.c.confirmed_at.is_not(None)
)
IS_SURE: ColumnElement[bool] = identity_link.c.confirmed_at.is_not(None)


class LinkImpossible(DesirelineError):
    """A link that joins nothing."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two subjects that are said to be one person, in either order, why, and by which door."""

    a: int
    b: int
    evidence: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a human decided: when (microseconds), who, and for which reason."""

    at: int
    by: str = ""
    because: str = ""


def link(tx: Connection, a: int, b: int, evidence: str, at: int) -> bool:
    """Whether anything changed: `link_all` for a single link."""
    return link_all(tx, [Link(a, b, evidence)], at) > 0


def link_all(tx: Connection, links: Iterable[Link], at: int) -> int:
    """How many links are new. `at` is in microseconds; the subjects exist.

    A link that is there already stays as it is: the first evidence counts. One that was withdrawn
    stays withdrawn, since a human decided so and the same two identifiers will be seen together
    again. The evidence `confirmed` is a decision: see `confirm`.
    Raises LinkImpossible for a link of a subject with itself.
    """
    told = list(links)
    sure = [one for one in told if one.evidence == CONFIRMED]
    n = sum(confirm(tx, one.a, one.b, Decision(at, one.source)) for one in sure)
    seen = [one for one in told if one.evidence != CONFIRMED]
    if not seen:
        return n
    made = see_all(tx, seen, at, tx.execute(_LOCK).scalar_one() + 1)
    if made:
        _next_version(tx)
    return n + made


def see_all(tx: Connection, links: Iterable[Link], at: int, version: int) -> int:
    """As `link_all`, of links that events have told of, for one who holds `log_state` already.

    `version` is `log_state.links` and one. Where any link is new, the caller counts that up: it
    changes this row anyway, and two statements less are a third of a millisecond of each commit.
    """
    seen: dict[Pair, tuple[str, str]] = {}
    for one in links:
        seen.setdefault(_pair(one.a, one.b), (one.evidence, one.source))
    told = msgspec.json.encode([(*pair, *why) for pair, why in seen.items()]).decode()
    return tx.exec_driver_sql(_SEE[tx.dialect.name], (at, version, told)).rowcount


def confirm(tx: Connection, a: int, b: int, decision: Decision) -> bool:
    """Whether it was not confirmed yet that two subjects are one person; now it is.

    What events have said of the two stays beside it. Raises LinkImpossible.
    """
    pair = _pair(a, b)
    found = _row(tx, pair)
    if found is not None and found.confirmed_at is not None:
        return False
    decided = _decided(tx, decision) | {"confirmed_at": decision.at}
    if found is None:
        told = {"a": pair[0], "b": pair[1], "evidence": CONFIRMED, "at": decision.at}
        tx.execute(insert(identity_link).values(told | decided))
    else:
        tx.execute(update(identity_link).where(_is(pair)).values(decided))
    return True


def take_back(tx: Connection, a: int, b: int, decision: Decision) -> bool:
    """Whether a confirmation was taken back: then all is as if it had never been made.

    A link that no event had told of is withdrawn, so that none does from now on.
    """
    pair = _pair(a, b)
    found = _row(tx, pair)
    if found is None or found.confirmed_at is None:
        return False
    decided = _decided(tx, decision) | {"confirmed_at": None}
    if found.evidence == CONFIRMED:
        decided["withdrawn_at"] = decision.at
    tx.execute(update(identity_link).where(_is(pair)).values(decided))
    return True


def withdraw(tx: Connection, a: int, b: int, at: int, by: str = "", because: str = "") -> bool:
    """Whether there was an active link between the two subjects, which is withdrawn now."""
    pair = _pair(a, b)
    found = _row(tx, pair)
    if found is None or (found.withdrawn_at is not None and found.confirmed_at is None):
        return False
    decided = _decided(tx, Decision(at, by, because))
    decided |= {"confirmed_at": None, "withdrawn_at": at}
    tx.execute(update(identity_link).where(_is(pair)).values(decided))
    return True


def touch(tx: Connection, subject: int) -> None:
    """Says of all links of a subject that they have changed: those who follow them look again."""
    link = identity_link.c
    ends = or_(link.a == subject, link.b == subject)
    if tx.execute(select(link.id).where(ends).limit(1)).first() is not None:
        tx.execute(update(identity_link).where(ends).values(version=_next_version(tx)))


def _decided(tx: Connection, decision: Decision) -> dict[str, Any]:
    version = _next_version(tx)
    return {"decided_by": decision.by, "because": decision.because, "version": version}


def _next_version(tx: Connection) -> int:
    """Locks the row of `log_state` on PostgreSQL, so that versions rise in the order of commits."""
    return int(tx.execute(_NEXT).scalar_one())


def _row(tx: Connection, pair: Pair) -> Any:
    """Of one that is about to be changed. Whoever changes links holds off others first."""
    tx.execute(_LOCK)
    return tx.execute(select(identity_link).where(_is(pair))).one_or_none()


def _pair(a: int, b: int) -> Pair:
    if a == b:
        raise LinkImpossible(
            f"Subject {a} cannot be linked with itself.", hint="Name two identifiers."
        )
    return (a, b) if a < b else (b, a)


def _is(pair: Pair) -> ColumnElement[bool]:
    return and_(identity_link.c.a == pair[0], identity_link.c.b == pair[1])

"""Sessions, and sign-ins that have begun, in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from desireline.modules.team.tables import member, sign_in, sign_in_step


def get_session(connection: Connection, token_hash: str) -> Row[Any] | None:
    """The session of a token, with its member, who may sign in."""
    return connection.execute(
        select(sign_in, member.c.name, member.c.role)
        .join(member, member.c.id == sign_in.c.member)
        .where(
            sign_in.c.token_hash == token_hash,
            member.c.removed_at.is_(None),
            member.c.off_at.is_(None),
        )
    ).one_or_none()


def list_sessions(connection: Connection, number: int) -> list[Row[Any]]:
    """A member's, the one that was used last first."""
    its = select(sign_in).where(sign_in.c.member == number)
    return list(connection.execute(its.order_by(sign_in.c.seen_at.desc(), sign_in.c.id.desc())))


def add_session(tx: Connection, values: Mapping[str, Any]) -> int:
    """The number of a new one."""
    return int(tx.execute(insert(sign_in).values(values).returning(sign_in.c.id)).scalar_one())


def note_seen(tx: Connection, session: int, at: int) -> None:
    """It was used."""
    tx.execute(update(sign_in).where(sign_in.c.id == session).values(seen_at=at))


def drop_token(tx: Connection, token_hash: str) -> None:
    """Ends the session of a token, if there is one."""
    tx.execute(delete(sign_in).where(sign_in.c.token_hash == token_hash))


def drop_session(tx: Connection, number: int, session: int) -> bool:
    """Whether the member had such a session; it has ended."""
    its = and_(sign_in.c.member == number, sign_in.c.id == session)
    return tx.execute(delete(sign_in).where(its)).rowcount == 1


def drop_others(tx: Connection, number: int, keep: int | None = None) -> int:
    """Ends the member's sessions but one; how many they were."""
    its = delete(sign_in).where(sign_in.c.member == number)
    if keep is not None:
        its = its.where(sign_in.c.id != keep)
    return tx.execute(its).rowcount


def drop_ended(tx: Connection, made_before: int, seen_before: int, now: int) -> None:
    """Drops sessions that are over, and sign-ins that nobody has ended."""
    over = or_(sign_in.c.made_at < made_before, sign_in.c.seen_at < seen_before)
    tx.execute(delete(sign_in).where(over))
    tx.execute(delete(sign_in_step).where(sign_in_step.c.until_at < now))


def add_step(tx: Connection, key_hash: str, kind: str, said: Mapping[str, Any], until: int) -> None:
    """A sign-in has begun."""
    values = {"key_hash": key_hash, "kind": kind, "said": json.dumps(said), "until_at": until}
    tx.execute(insert(sign_in_step).values(values))


def take_step(tx: Connection, key_hash: str, kind: str, now: int) -> dict[str, Any] | None:
    """What is known of it, this once; None where it was not begun, is over, or was used."""
    its = and_(
        sign_in_step.c.key_hash == key_hash,
        sign_in_step.c.kind == kind,
        sign_in_step.c.until_at >= now,
    )
    said = tx.execute(delete(sign_in_step).where(its).returning(sign_in_step.c.said)).scalar()
    return None if said is None else dict(json.loads(said))

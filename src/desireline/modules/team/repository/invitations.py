"""Invitations in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from desireline.modules.team.tables import invitation

_WAITS = and_(invitation.c.used_at.is_(None), invitation.c.email != "")


def list_invitations(connection: Connection) -> list[Row[Any]]:
    """Those that nobody has accepted yet, newest first."""
    return list(
        connection.execute(select(invitation).where(_WAITS).order_by(invitation.c.id.desc()))
    )


def get_invitation(connection: Connection, number: int) -> Row[Any] | None:
    """One that nobody has accepted yet."""
    return connection.execute(
        select(invitation).where(_WAITS, invitation.c.id == number)
    ).one_or_none()


def invitation_for(connection: Connection, email: str, now: int) -> Row[Any] | None:
    """One that waits for this address."""
    return connection.execute(
        select(invitation).where(_WAITS, invitation.c.email == email, invitation.c.until_at >= now)
    ).one_or_none()


def add_invitation(tx: Connection, values: Mapping[str, Any]) -> int:
    """The number of a new one; one for the same address ends."""
    if values["email"]:
        tx.execute(delete(invitation).where(_WAITS, invitation.c.email == values["email"]))
    row = insert(invitation).values(values).returning(invitation.c.id)
    return int(tx.execute(row).scalar_one())


def use_invitation(tx: Connection, token_hash: str, now: int) -> Row[Any] | None:
    """The invitation of a token, this once; None where it was used, is over, or never was."""
    its = and_(
        invitation.c.token_hash == token_hash,
        invitation.c.used_at.is_(None),
        invitation.c.until_at >= now,
    )
    used = update(invitation).where(its).values(used_at=now)
    return tx.execute(used.returning(*invitation.c)).one_or_none()


def drop_invitation(tx: Connection, number: int) -> None:
    """Its link leads nowhere any more."""
    tx.execute(delete(invitation).where(invitation.c.id == number))

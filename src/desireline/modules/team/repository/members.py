"""Members in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, exists, func, insert, select, update

from desireline.modules.team.tables import (
    member,
    oidc_link,
    passkey,
    recovery_code,
    sign_in,
)

_PRESENT = member.c.removed_at.is_(None)


def has_owner(connection: Connection) -> bool:
    """Whether somebody owns the workspace who may sign in."""
    return bool(connection.execute(select(exists().where(_owns()))).scalar_one())


def count_owners(tx: Connection) -> int:
    """How many own it; who changes them at the same time waits until the transaction ends.

    Asked before anything is changed: two who each hold one owner and want the other's would wait
    for each other.
    """
    owners = select(member.c.id).where(_owns()).order_by(member.c.id)
    return len(tx.execute(owners.with_for_update()).all())


def get_member(connection: Connection, number: int) -> Row[Any] | None:
    """A member who was not removed."""
    return connection.execute(select(member).where(_PRESENT, member.c.id == number)).one_or_none()


def get_by_email(connection: Connection, email_key: str) -> Row[Any] | None:
    """The member of an address."""
    return connection.execute(
        select(member).where(_PRESENT, member.c.email_key == email_key)
    ).one_or_none()


def get_by_handle(connection: Connection, handle: str) -> Row[Any] | None:
    """The member whom passkeys call so."""
    return connection.execute(
        select(member).where(_PRESENT, member.c.handle == handle)
    ).one_or_none()


def has_name(connection: Connection, name_key: str) -> int | None:
    """The number of the member who is called so."""
    return connection.execute(
        select(member.c.id).where(member.c.name_key == name_key)
    ).scalar_one_or_none()


def list_members(connection: Connection) -> list[Row[Any]]:
    """All who were not removed, by name, with when each was last seen."""
    seen = (
        select(func.max(sign_in.c.seen_at)).where(sign_in.c.member == member.c.id).scalar_subquery()
    )
    keys = select(func.count()).where(passkey.c.member == member.c.id).scalar_subquery()
    query = select(member, seen.label("seen_at"), keys.label("passkeys"))
    return list(connection.execute(query.where(_PRESENT).order_by(member.c.name_key)))


def names_of(connection: Connection) -> dict[int, str]:
    """What all who were not removed are called, by number."""
    rows = connection.execute(select(member.c.id, member.c.name).where(_PRESENT))
    return {row.id: row.name for row in rows}


def add_member(tx: Connection, values: Mapping[str, Any]) -> int:
    """The number of a new member."""
    return int(tx.execute(insert(member).values(values).returning(member.c.id)).scalar_one())


def change_member(tx: Connection, number: int, values: Mapping[str, Any]) -> None:
    """Changes columns of a member."""
    if values:
        tx.execute(update(member).where(member.c.id == number).values(values))


def take_step(tx: Connection, number: int, step: int) -> bool:
    """Whether the time step is later than that of every code that was used; it is used now."""
    later = and_(member.c.id == number, member.c.totp_step < step)
    return tx.execute(update(member).where(later).values(totp_step=step)).rowcount == 1


def drop_ways_in(tx: Connection, number: int) -> None:
    """The member has no session, no passkey, no code and no account of a provider any more."""
    for table in (sign_in, passkey, recovery_code, oidc_link):
        tx.execute(delete(table).where(table.c.member == number))


def put_recovery_codes(tx: Connection, number: int, hashes: list[str]) -> None:
    """These codes and no others."""
    tx.execute(delete(recovery_code).where(recovery_code.c.member == number))
    if hashes:
        tx.execute(insert(recovery_code), [{"code_hash": h, "member": number} for h in hashes])


def use_recovery_code(tx: Connection, number: int, code_hash: str) -> bool:
    """Whether it was one of the member's; it is none any more."""
    its = and_(recovery_code.c.member == number, recovery_code.c.code_hash == code_hash)
    return tx.execute(delete(recovery_code).where(its)).rowcount == 1


def _owns() -> Any:
    return and_(member.c.role == "owner", _PRESENT, member.c.off_at.is_(None))

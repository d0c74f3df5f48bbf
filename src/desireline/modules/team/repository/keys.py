"""API keys, passkeys, providers and the accounts there, in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from desireline.modules.team.tables import api_key, oidc_link, oidc_provider, passkey


def list_keys(connection: Connection) -> list[Row[Any]]:
    """All API keys, newest first."""
    return list(connection.execute(select(api_key).order_by(api_key.c.id.desc())))


def get_key(connection: Connection, prefix: str) -> Row[Any] | None:
    """The API key that begins so."""
    return connection.execute(select(api_key).where(api_key.c.prefix == prefix)).one_or_none()


def add_key(tx: Connection, values: Mapping[str, Any]) -> int:
    """The number of a new one."""
    return int(tx.execute(insert(api_key).values(values).returning(api_key.c.id)).scalar_one())


def note_key_used(tx: Connection, number: int, at: int) -> None:
    """It was used."""
    tx.execute(update(api_key).where(api_key.c.id == number).values(used_at=at))


def drop_key(tx: Connection, number: int) -> Row[Any] | None:
    """The key that was there and is no more."""
    gone = delete(api_key).where(api_key.c.id == number)
    return tx.execute(gone.returning(*api_key.c)).one_or_none()


def list_passkeys(connection: Connection, number: int) -> list[Row[Any]]:
    """A member's, oldest first."""
    its = select(passkey).where(passkey.c.member == number)
    return list(connection.execute(its.order_by(passkey.c.id)))


def get_passkey(connection: Connection, credential: str) -> Row[Any] | None:
    """The passkey of that id."""
    return connection.execute(
        select(passkey).where(passkey.c.credential_id == credential)
    ).one_or_none()


def add_passkey(tx: Connection, values: Mapping[str, Any]) -> int:
    """The number of a new one."""
    return int(tx.execute(insert(passkey).values(values).returning(passkey.c.id)).scalar_one())


def note_passkey_used(tx: Connection, number: int, count: int, at: int) -> None:
    """It was used; its own counter says how often."""
    used = update(passkey).where(passkey.c.id == number)
    tx.execute(used.values(sign_count=count, used_at=at))


def drop_passkey(tx: Connection, member: int, number: int) -> bool:
    """Whether the member had it; she has it no more."""
    its = and_(passkey.c.member == member, passkey.c.id == number)
    return tx.execute(delete(passkey).where(its)).rowcount == 1


def list_providers(connection: Connection) -> list[Row[Any]]:
    """All providers, by name."""
    return list(connection.execute(select(oidc_provider).order_by(oidc_provider.c.name)))


def add_provider(tx: Connection, values: Mapping[str, Any]) -> None:
    """A new one."""
    tx.execute(insert(oidc_provider).values(values))


def drop_provider(tx: Connection, name: str) -> bool:
    """Whether there was one of this name."""
    its = delete(oidc_provider).where(oidc_provider.c.name == name)
    return tx.execute(its).rowcount == 1


def member_of_account(connection: Connection, issuer: str, account: str) -> int | None:
    """The member who signs in with an account of a provider."""
    its = and_(oidc_link.c.issuer == issuer, oidc_link.c.account == account)
    return connection.execute(select(oidc_link.c.member).where(its)).scalar_one_or_none()


def add_account(tx: Connection, issuer: str, account: str, member: int, at: int) -> None:
    """The account is this member's."""
    values = {"issuer": issuer, "account": account, "member": member, "made_at": at}
    tx.execute(insert(oidc_link).values(values))

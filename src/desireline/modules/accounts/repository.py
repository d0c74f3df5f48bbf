"""Accounts in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from desireline.log.tables import subject
from desireline.modules.accounts.tables import account, account_member, account_trait

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Account:
    """A company or a household."""

    id: int
    key: str
    kind: str
    name: str
    made_at: int
    source: str
    members: int = 0
    """Of now."""


@dataclass(frozen=True, slots=True)
class AccountTrait:
    """What a source said of an account, and when."""

    name: str
    value: Any
    source: str
    at: int


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in an account; `until` is None while they are."""

    id: int
    account: int
    subject: int
    role: str
    since: int
    until: int | None
    source: str


NOW = account_member.c.until.is_(None)


def delete_households(tx: Connection, members: Collection[int]) -> None:
    """Deletes households of which nobody is left but these: their names are names of persons."""
    theirs = select(account_member.c.account).where(account_member.c.subject.in_(members))
    others = select(account_member.c.account).where(account_member.c.subject.not_in(members))
    empty = account.c.id.in_(theirs), account.c.id.not_in(others)
    tx.execute(delete(account).where(account.c.kind == "household", *empty))


def get_account(look: Connection, *, ident: int = 0, key: str = "") -> Account | None:
    """The account of a number, or of a key."""
    which = account.c.key == key if key else account.c.id == ident
    rows = _accounts(look, select(account).where(which))
    return rows[0] if rows else None


def list_accounts(
    look: Connection, *, search: str, kind: str, after: int, limit: int
) -> list[Account]:
    """Accounts by number; those whose key or name contains a text, where one is given."""
    found = select(account).where(account.c.id > after).order_by(account.c.id).limit(limit)
    if kind:
        found = found.where(account.c.kind == kind)
    if search:
        text = search.casefold()
        found = found.where(
            or_(
                func.lower(account.c.name).contains(text, autoescape=True),
                func.lower(account.c.key).contains(text, autoescape=True),
            )
        )
    return _accounts(look, found)


def add_account(tx: Connection, values: Mapping[str, Any]) -> int:
    """The number of a new account."""
    return int(tx.execute(insert(account).values(**values).returning(account.c.id)).scalar_one())


def change_account(tx: Connection, ident: int, values: Mapping[str, Any]) -> None:
    """Its name or kind."""
    tx.execute(update(account).where(account.c.id == ident).values(**values))


def drop_account(tx: Connection, ident: int) -> None:
    """The account goes, with its traits and memberships; persons stay."""
    tx.execute(delete(account).where(account.c.id == ident))


def put_traits(tx: Connection, ident: int, traits: Mapping[str, Any], source: str, at: int) -> None:
    """What a source says of an account; what it said later stays."""
    known = account_trait.c
    for name, value in traits.items():
        mine = and_(known.account == ident, known.name == name, known.source == source)
        said_at = tx.execute(select(known.at).where(mine)).scalar_one_or_none()
        row = {"value": msgspec.json.encode(value).decode(), "at": at}
        if said_at is None:
            tx.execute(insert(account_trait).values(account=ident, name=name, source=source, **row))
        elif at >= said_at:
            tx.execute(update(account_trait).where(mine).values(**row))


def list_traits(look: Connection, ident: int) -> list[AccountTrait]:
    """All that is said of an account, by name, what was said last first."""
    known = account_trait.c
    rows = look.execute(
        select(known.name, known.value, known.source, known.at)
        .where(known.account == ident)
        .order_by(known.name, known.at.desc(), known.source)
    )
    return [AccountTrait(r.name, msgspec.json.decode(r.value), r.source, r.at) for r in rows]


def put_member(tx: Connection, values: Mapping[str, Any]) -> int:
    """The number of a membership, which is new, begins earlier, or goes on again."""
    mine = and_(
        *(account_member.c[name] == values[name] for name in ("account", "subject", "role"))
    )
    row = tx.execute(select(account_member).where(mine)).first()
    if row is None:
        made = insert(account_member).values(**values)
        return int(tx.execute(made.returning(account_member.c.id)).scalar_one())
    changed: dict[str, Any] = {"since": min(row.since, values["since"])}
    if row.until is not None and values["since"] > row.until:
        changed = {"since": values["since"], "until": None}
    tx.execute(update(account_member).where(mine).values(**changed))
    return int(row.id)


def end_member(tx: Connection, ident: int, member: int, at: int) -> bool:
    """Whether a membership that went on ends now."""
    mine = and_(account_member.c.id == member, account_member.c.account == ident, NOW)
    return tx.execute(update(account_member).where(mine).values(until=at)).rowcount == 1


def list_members(look: Connection, ident: int, *, also_former: bool) -> list[Member]:
    """Those in an account, by the time they came."""
    found = select(account_member).where(account_member.c.account == ident)
    if not also_former:
        found = found.where(NOW)
    rows = look.execute(found.order_by(account_member.c.since, account_member.c.id))
    return [Member(*row) for row in rows]


def list_memberships(look: Connection, subjects: Sequence[int]) -> list[Member]:
    """The accounts that a person is or was in; `subjects` are all of that person."""
    rows: list[Member] = []
    for start in range(0, len(subjects), CHUNK):
        some = account_member.c.subject.in_(subjects[start : start + CHUNK])
        rows += [Member(*row) for row in look.execute(select(account_member).where(some))]
    return sorted(rows, key=lambda member: (member.since, member.id))


def list_roles(look: Connection) -> list[str]:
    """The roles that are in use."""
    role = account_member.c.role
    return list(look.execute(select(role).where(role != "").distinct().order_by(role)).scalars())


def list_mails(look: Connection, after: int, limit: int) -> list[tuple[int, str]]:
    """E-mail addresses with their subjects, by number."""
    found = select(subject.c.id, subject.c.value).where(subject.c.kind == "email")
    rows = look.execute(found.where(subject.c.id > after).order_by(subject.c.id).limit(limit))
    return [(row.id, row.value) for row in rows]


def member_subjects(look: Connection) -> set[int]:
    """The subjects that are in any account now."""
    return set(look.execute(select(account_member.c.subject).where(NOW)).scalars())


def known_keys(look: Connection, keys: Collection[str]) -> dict[str, int]:
    """The accounts of those keys that are taken."""
    found: dict[str, int] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        some = account.c.key.in_(ordered[start : start + CHUNK])
        rows = look.execute(select(account.c.key, account.c.id).where(some))
        found |= {row.key: row.id for row in rows}
    return found


def _accounts(look: Connection, found: Any) -> list[Account]:
    rows = look.execute(found).all()
    idents = [row.id for row in rows]
    counted = (
        select(account_member.c.account, func.count(account_member.c.subject.distinct()))
        .where(account_member.c.account.in_(idents), NOW)
        .group_by(account_member.c.account)
    )
    members = {row[0]: row[1] for row in look.execute(counted)} if idents else {}
    return [
        Account(
            row.id, row.key, row.kind, row.name, row.made_at, row.source, members.get(row.id, 0)
        )
        for row in rows
    ]

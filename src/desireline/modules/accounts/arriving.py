"""Accounts out of `group` events, as they arrive in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from desireline.log.following import Batch, Logged, Reaction
from desireline.modules.accounts.repository import (
    add_account,
    change_account,
    get_account,
    put_member,
    put_traits,
)

COMPANY, HOUSEHOLD = "company", "household"
KINDS = (COMPANY, HOUSEHOLD)
MOST_CHARACTERS = 200
OF_MEMBER = ("role",)
"""What a call says of the member, not of the account."""
OF_CALL = ("group_id", "group_type", "traits")


def take_groups(tx: Connection, batch: Batch) -> None:
    """Keeps what a batch of `group` calls says of accounts and who is in them."""
    for row in batch.events:
        said = {} if row.properties is None else msgspec.json.decode(row.properties)
        if isinstance(said, dict):
            _take(tx, row, said)


def _take(tx: Connection, row: Logged, said: Mapping[str, Any]) -> None:
    key = str(said.get("group_id") or "").strip()[:MOST_CHARACTERS]
    if not key:
        return  # it names no group: there is nothing to be a member of
    inner = said.get("traits")
    told = dict(inner if isinstance(inner, dict) else {}) | {
        name: value for name, value in said.items() if name not in OF_CALL
    }
    kind = HOUSEHOLD if HOUSEHOLD in (said.get("group_type"), told.get("kind")) else COMPANY
    source = row.source or "api"
    found = get_account(tx, key=key)
    name = told.get("name")
    name = name.strip()[:MOST_CHARACTERS] if isinstance(name, str) else ""
    made = {"key": key, "kind": kind, "name": name, "made_at": row.at, "source": source}
    ident = add_account(tx, made) if found is None else found.id
    if found is not None and name and not found.name:
        change_account(tx, ident, {"name": name})
    traits = {name: value for name, value in told.items() if name not in OF_MEMBER}
    put_traits(tx, ident, traits, source, row.at)
    role = told.get("role")
    member = {
        "account": ident,
        "subject": row.subject,
        "role": role.strip()[:MOST_CHARACTERS] if isinstance(role, str) else "",
        "since": row.at,
        "source": source,
    }
    put_member(tx, member)


TAKE_GROUPS = Reaction("accounts.groups", take_groups, ("group",))

"""API keys: what programs show. Each may do what its scopes say, and is shown once."""

from __future__ import annotations

import hmac
import secrets
from typing import Any, cast

from sqlalchemy import Row

from desireline.kit.access import KEY_PREFIX
from desireline.kit.permissions import PERMISSIONS, Caller, Permission
from desireline.modules.team.drawn import drawn, hashed
from desireline.modules.team.errors import KeyUnfit, KeyUnknown
from desireline.modules.team.granting import scopes_of
from desireline.modules.team.names import KEYS, name_of
from desireline.modules.team.office import Office
from desireline.modules.team.repository import keys

PREFIX_BYTES = 6
USED_EACH = 60_000_000
"""No oftener than this its last use is written down."""


class Keys:
    """The API keys of a workspace."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def caller_of(self, shown: str) -> Caller | None:
        """The program whose key it is; None where it is unknown or has ended."""
        prefix = shown.rpartition("_")[0]
        now = self._office.clock.now()
        with self._office.db.reading() as look:
            row = keys.get_key(look, prefix)
        if row is None or not hmac.compare_digest(row.key_hash, hashed(shown)):
            return None
        if row.expires_at is not None and row.expires_at < now:
            return None
        if row.used_at is None or now - row.used_at > USED_EACH:
            with self._office.db.transaction() as tx:
                keys.note_key_used(tx, row.id, now)
        return Caller(KEYS + row.name, frozenset(scopes(row)))

    def listed(self) -> list[Row[Any]]:
        """All, newest first."""
        with self._office.db.reading() as look:
            return keys.list_keys(look)

    def add(
        self, name: str, wanted: list[str], expires_at: int | None, by: Caller
    ) -> tuple[Row[Any], str]:
        """A new key, and what the program shows, which is shown this once.

        KeyUnfit, ScopeUnknown, GrantTooWide.
        """
        now, said = self._office.clock.now(), name_of(name)
        found = scopes_of(by, wanted)
        if not found or (expires_at is not None and expires_at <= now):
            raise KeyUnfit(
                "The key could do nothing." if not found else "The key would have ended already.",
                hint="Give it at least one permission, and an end that lies ahead.",
                case="program",
            )
        prefix = KEY_PREFIX + secrets.token_hex(PREFIX_BYTES)
        key = f"{prefix}_{drawn().replace('_', '-')}"
        values = {"prefix": prefix, "key_hash": hashed(key), "name": said, "made_by": by.name}
        values |= {"scopes": " ".join(found)}
        with self._office.db.transaction() as tx:
            row = values | {"made_at": now, "expires_at": expires_at}
            number = keys.add_key(tx, row)
            told = {"scopes": list(found)}
            self._office.note(tx, by, "api_key_made", f"api_key:{number}", told)
        return next(one for one in self.listed() if one.id == number), key

    def drop(self, number: int, by: Caller) -> None:
        """The key opens nothing any more. KeyUnknown, GrantTooWide."""
        with self._office.db.transaction() as tx:
            row = keys.drop_key(tx, number)
            if row is None:
                raise KeyUnknown(f"There is no key {number}.", hint="It may be gone already.")
            self._office.note(tx, by, "api_key_dropped", f"api_key:{number}")


def scopes(row: Row[Any]) -> list[Permission]:
    """What a key may; a permission that is no more says nothing."""
    return [cast("Permission", one) for one in row.scopes.split() if one in PERMISSIONS]

"""Passkeys: a device proves who is there (WebAuthn). One is both factors: it asks for a finger."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sqlalchemy import Row

from desireline.kit.permissions import Caller
from desireline.kit.roles import MAY
from desireline.modules.team.attempts import Attempts
from desireline.modules.team.drawn import hashed
from desireline.modules.team.errors import PasskeysImpossible, PasskeyUnknown
from desireline.modules.team.granting import role_of
from desireline.modules.team.names import department_of
from desireline.modules.team.office import Office
from desireline.modules.team.repository import keys, members, sessions
from desireline.modules.team.service.members import there
from desireline.modules.team.service.sessions import Opened, Sessions, Visit

MINUTES = 60_000_000
CHALLENGE_MINUTES = 5
ADDING, SIGNING_IN = "passkey_adding", "passkey_signing_in"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """This server as browsers see it: `host` is the name for which passkeys are made."""

    origin: str
    host: str
    takes_passkeys: bool


class Passkeys:
    """The passkeys of members."""

    def __init__(self, office: Office, attempts: Attempts, sessions: Sessions) -> None:
        self._office = office
        self._attempts = attempts
        self._sessions = sessions

    def listed(self, by: Caller) -> list[Row[Any]]:
        """The caller's own, oldest first."""
        with self._office.db.reading() as look:
            return keys.list_passkeys(look, by.member or 0)

    def begin_adding(self, by: Caller, site: Site) -> Json:
        """What the browser is to be asked for a new passkey. PasskeysImpossible."""
        _check_site(site)
        with self._office.db.reading() as look:
            row = there(look, by.member or 0)
            known = keys.list_passkeys(look, row.id)
        asked = _ceremonies().asked_to_add(site.host, row, [one.credential_id for one in known])
        return self._kept(asked, ADDING, {"member": row.id, "host": site.host})

    def add(self, by: Caller, name: str, credential: Json, site: Site) -> Row[Any]:
        """The passkey that the browser has made. PasskeyUnfit."""
        said = department_of(name or "Passkey")
        ceremonies = _ceremonies()
        challenge = ceremonies.challenge_of(credential)
        now = self._office.clock.now()
        with self._office.db.transaction() as tx:
            begun = sessions.take_step(tx, hashed(challenge), ADDING, now)
        if begun is None or begun["member"] != by.member:
            raise ceremonies.unfit("it was not asked for, or too long ago")
        expected = ceremonies.Expected(challenge, begun["host"], site.origin)
        made = ceremonies.made(credential, expected)
        values = {
            "member": by.member,
            "credential_id": made.credential_id,
            "public_key": made.public_key,
            "sign_count": made.sign_count,
            "name": said,
            "host": begun["host"],
            "made_at": now,
        }
        with self._office.db.transaction() as tx:
            if keys.get_passkey(tx, values["credential_id"]) is not None:
                raise ceremonies.unfit("there is one of this id already")
            number = keys.add_passkey(tx, values)
            about = {"passkey": number}
            self._office.note(tx, by, "passkey_added", f"member:{by.member}", about)
        return next(one for one in self.listed(by) if one.id == number)

    def drop(self, by: Caller, number: int) -> None:
        """One of the caller's own opens nothing any more. PasskeyUnknown."""
        with self._office.db.transaction() as tx:
            if not keys.drop_passkey(tx, by.member or 0, number):
                raise PasskeyUnknown(f"You have no passkey {number}.", hint="It may be gone.")
            said = {"passkey": number}
            self._office.note(tx, by, "passkey_dropped", f"member:{by.member}", said)

    def begin_signing_in(self, site: Site, visit: Visit) -> Json:
        """What the browser is to be asked; which member it is, the passkey tells."""
        _check_site(site)
        self._attempts.take(visit.address)
        return self._kept(
            _ceremonies().asked_to_sign_in(site.host), SIGNING_IN, {"host": site.host}
        )

    def sign_in(self, credential: Json, site: Site, visit: Visit) -> Opened:
        """A session of the member whose passkey it is. PasskeyUnfit, PasskeyUnknown."""
        ceremonies = _ceremonies()
        challenge = ceremonies.challenge_of(credential)
        now = self._office.clock.now()
        with self._office.db.transaction() as tx:
            begun = sessions.take_step(tx, hashed(challenge), SIGNING_IN, now)
            key = keys.get_passkey(tx, str(credential.get("id", "")))
        if begun is None:
            raise ceremonies.unfit("it was not asked for, or too long ago")
        if key is None or key.host != begun["host"]:
            raise PasskeyUnknown(
                "This passkey is nobody's here.", hint="Sign in with your password."
            )
        expected = ceremonies.Expected(challenge, key.host, site.origin)
        count = ceremonies.counted(credential, expected, key)
        with self._office.db.transaction() as tx:
            row = members.get_member(tx, key.member)
            if row is None or row.off_at is not None:
                raise PasskeyUnknown("This passkey is nobody's here.", hint="Ask the team.")
            keys.note_passkey_used(tx, key.id, count, now)
            opened = self._sessions.open(tx, row.id, visit, "passkey")
            who = Caller(row.name, MAY[role_of(row.role)], row.id)
            self._office.note(tx, who, "signed_in", f"member:{row.id}", {"how": "passkey"})
        self._attempts.give_back(visit.address)
        return opened

    def _kept(self, asked: Json, kind: str, said: Json) -> Json:
        """What is asked, whose answer is waited for from now on."""
        until = self._office.clock.now() + CHALLENGE_MINUTES * MINUTES
        with self._office.db.transaction() as tx:
            sessions.add_step(tx, hashed(asked["challenge"]), kind, said, until)
        return asked


def _check_site(site: Site) -> None:
    if not site.takes_passkeys:
        raise PasskeysImpossible(
            f"Browsers make no passkeys for {site.origin}.",
            hint="Open the server by a name, over https; on its own machine as localhost.",
        )


def _ceremonies() -> ModuleType:
    """Imported at the first passkey: see there."""
    from desireline.modules.team import ceremonies  # noqa: PLC0415

    return ceremonies

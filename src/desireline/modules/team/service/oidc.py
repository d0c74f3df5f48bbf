"""Signing in with the account of another provider: OpenID Connect, code flow with PKCE."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, Row

from desireline.kit.egress import Egress
from desireline.kit.permissions import EVERYTHING, Caller
from desireline.kit.roles import MAY
from desireline.modules.team.attempts import Attempts
from desireline.modules.team.drawn import drawn, hashed
from desireline.modules.team.errors import (
    AccountUnknown,
    LinkUsedUp,
    ProviderUnfit,
    ProviderUnknown,
)
from desireline.modules.team.granting import role_of
from desireline.modules.team.names import department_of, name_key
from desireline.modules.team.office import Office
from desireline.modules.team.provider import Account, Provider, account_of, described, tokens_of
from desireline.modules.team.repository import departments, invitations, keys, members, sessions
from desireline.modules.team.service.invitations import Invitations
from desireline.modules.team.service.members import NewMember, add_member
from desireline.modules.team.service.sessions import Opened, Sessions, Visit

MINUTES = 60_000_000
AWAY_MINUTES = 10
STEP = "oidc"
OF_SETTINGS = "sso"
"""The name of the provider that the settings describe."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The browser goes to the provider; it keeps `state`, which the provider sends back."""

    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Coming:
    """The browser comes back: what the provider says, and what the browser has kept."""

    state: str
    kept_state: str
    code: str


class Oidc:
    """The providers of a workspace, and who signs in by them."""

    def __init__(
        self, office: Office, attempts: Attempts, sessions: Sessions, invitations: Invitations
    ) -> None:
        self._office = office
        self._attempts = attempts
        self._sessions = sessions
        self._invitations = invitations
        self._egress = Egress(office.settings.egress_allow)

    def listed(self) -> list[Provider]:
        """All, that of the settings first."""
        told = self._office.settings
        found = []
        if told.oidc_issuer:
            secret = told.oidc_client_secret
            found.append(
                Provider(
                    OF_SETTINGS, told.oidc_label, told.oidc_issuer, told.oidc_client_id, secret
                )
            )
        with self._office.db.reading() as look:
            rows = keys.list_providers(look)
        return found + [
            Provider(r.name, r.label, r.issuer, r.client_id, r.client_secret, is_sealed=True)
            for r in rows
        ]

    def add(self, told: Provider, by: Caller) -> Provider:
        """A provider by which members may sign in. It is asked who it is. ProviderUnfit."""
        label = department_of(told.label)
        described(self._egress, told.issuer)
        sealed = self._office.sealer.sealed(told.client_secret)
        values = {"name": told.name, "label": label, "issuer": told.issuer}
        values |= {"client_id": told.client_id, "client_secret": sealed}
        if any(one.name == told.name for one in self.listed()):
            raise ProviderUnfit(f"There is a provider {told.name} already.", hint="Drop it first.")
        with self._office.db.transaction() as tx:
            keys.add_provider(tx, values | {"made_at": self._office.clock.now()})
            self._office.note(tx, by, "oidc_provider_added", f"oidc_provider:{told.name}")
        return self._one(told.name)

    def drop(self, name: str, by: Caller) -> None:
        """Nobody signs in by it any more. ProviderUnknown."""
        with self._office.db.transaction() as tx:
            if not keys.drop_provider(tx, name):
                raise _unknown(name)
            self._office.note(tx, by, "oidc_provider_dropped", f"oidc_provider:{name}")

    def leave(self, name: str, back: str, visit: Visit) -> Leaving:
        """Where the browser goes to sign in there; `back` is where it comes to afterwards."""
        provider = self._one(name)
        self._attempts.take(visit.address)
        where = described(self._egress, provider.issuer).authorization_endpoint
        state, nonce, verifier = drawn(), drawn(), drawn()
        said = {"name": name, "nonce": nonce, "verifier": verifier, "back": back}
        until = self._office.clock.now() + AWAY_MINUTES * MINUTES
        with self._office.db.transaction() as tx:
            sessions.add_step(tx, hashed(state), STEP, said, until)
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": back,
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return Leaving(f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}", state)

    def come(self, name: str, coming: Coming, visit: Visit) -> Opened:
        """A session of the member whose account it is. LinkUsedUp, AccountUnknown, Provider..."""
        now = self._office.clock.now()
        with self._office.db.transaction() as tx:
            begun = sessions.take_step(tx, hashed(coming.state), STEP, now)
        if begun is None or begun["name"] != name or coming.state != coming.kept_state:
            raise LinkUsedUp("This way back was not begun here.", hint="Sign in again.")
        provider = self._opened(self._one(name))
        about = described(self._egress, provider.issuer)
        token = tokens_of(
            self._egress, about, provider, (coming.code, begun["verifier"], begun["back"])
        )
        account = account_of(self._egress, about, provider, token, (begun["nonce"], now))
        with self._office.db.transaction() as tx:
            row = self._member(tx, provider, account)
            opened = self._sessions.open(tx, row.id, visit, provider.name)
            who = Caller(row.name, MAY[role_of(row.role)], row.id)
            said = {"how": "oidc", "provider": provider.name}
            self._office.note(tx, who, "signed_in", f"member:{row.id}", said)
        self._attempts.give_back(visit.address)
        return opened

    def _member(self, tx: Connection, provider: Provider, account: Account) -> Row[Any]:
        """The member of an account: by what is known, by the address, by an invitation for it."""
        number = keys.member_of_account(tx, provider.issuer, account.subject)
        if number is None and account.email:
            number = self._by_email(tx, account)
            if number is not None:
                now = self._office.clock.now()
                keys.add_account(tx, provider.issuer, account.subject, number, now)
        row = None if number is None else members.get_member(tx, number)
        if row is None or row.off_at is not None:
            raise AccountUnknown(
                f"{provider.label} knows who you are, and you are no member here.",
                hint="Ask somebody who manages the team for an invitation to that address.",
            )
        return row

    def _by_email(self, tx: Connection, account: Account) -> int | None:
        row = members.get_by_email(tx, account.email)
        if row is not None:
            return int(row.id)
        invited = self._invitations.for_address(tx, account.email)
        if invited is None:
            return None
        now = self._office.clock.now()
        invitations.use_invitation(tx, invited.token_hash, now)
        name = account.name or account.email.partition("@")[0]
        if members.has_name(tx, name_key(name)) is not None:
            name = account.email
        number = add_member(tx, NewMember(name, account.email, invited.role), now)
        departments.put_departments(tx, number, self._invitations.departments_of(tx, invited))
        said = {"role": invited.role, "invitation": invited.id}
        self._office.note(tx, Caller(name, EVERYTHING), "member_joined", f"member:{number}", said)
        return number

    def _one(self, name: str) -> Provider:
        found = next((one for one in self.listed() if one.name == name), None)
        if found is None:
            raise _unknown(name)
        return found

    def _opened(self, provider: Provider) -> Provider:
        if not provider.is_sealed:
            return provider
        secret = self._office.sealer.opened(provider.client_secret)
        return provider.with_secret(secret)


def _unknown(name: str) -> ProviderUnknown:
    return ProviderUnknown(f"There is no provider {name[:80]!r}.", hint="GET /v1/door lists them.")

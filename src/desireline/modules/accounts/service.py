"""Accounts are made, told of, joined and left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.appending.holding import hold
from desireline.log.identity.people import subjects_of
from desireline.log.segments.reading import LogReader
from desireline.modules.accounts.arriving import COMPANY, KINDS, MOST_CHARACTERS
from desireline.modules.accounts.domains import DomainSuggestion, suggest
from desireline.modules.accounts.errors import (
    AccountKeyTaken,
    AccountMissing,
    AccountUnfit,
    DomainIsNobodys,
    MemberMissing,
)
from desireline.modules.accounts.repository import (
    Account,
    AccountTrait,
    Member,
    add_account,
    change_account,
    drop_account,
    end_member,
    get_account,
    list_accounts,
    list_members,
    list_memberships,
    list_roles,
    list_traits,
    put_member,
    put_traits,
)
from desireline.modules.accounts.timelines import timeline_of
from desireline.modules.audit.facade import COMMAND_LINE, record
from desireline.modules.enrichment.facade import company_domain_of
from desireline.modules.people.facade import Asked, PeopleBook, TimelineList, find_person
from desireline.modules.rooms import Rooms

ROLES = (
    *("buyer", "user", "decision maker", "influencer", "payer", "administrator", "contact"),
    *("parent", "partner", "child"),
)
"""What people call roles; any other text is one as well."""
MOST_TRAITS = 200
MOST_MEMBERS = 200
"""Members whose timelines are read for a page: those who came last."""
KEY = "key:"


@dataclass(frozen=True)
class Told:
    """What somebody says of an account; None: nothing."""

    name: str | None = None
    kind: str | None = None
    traits: Mapping[str, Any] | None = None

    def check(self) -> None:
        """Raises AccountUnfit."""
        if self.kind is not None and self.kind not in KINDS:
            raise AccountUnfit(
                f"{self.kind[:40]!r} is no kind of account.", hint=f"Say {' or '.join(KINDS)}."
            )
        if self.name is not None and len(self.name) > MOST_CHARACTERS:
            raise AccountUnfit("The name is too long.", hint=f"At most {MOST_CHARACTERS} signs.")
        if len(self.traits or {}) > MOST_TRAITS:
            raise AccountUnfit("There are too many traits.", hint=f"At most {MOST_TRAITS} at once.")


class AccountBook:
    """The accounts of a workspace, for the command line and the server alike."""

    def __init__(self, db: Database, reader: LogReader, clock: Clock, country: str = "") -> None:
        """`country` is that of phones which do not say theirs."""
        self._db, self._clock, self._country = db, clock, country
        self._people = PeopleBook(db, reader, clock)

    def listed(
        self, search: str = "", kind: str = "", after: int = 0, limit: int = 100
    ) -> list[Account]:
        """Accounts by number, after one."""
        with self._db.reading() as look:
            return list_accounts(look, search=search, kind=kind, after=after, limit=limit)

    def shown(self, text: str) -> tuple[Account, list[AccountTrait]]:
        """The account that `17` or `key:acme` names, and all that is said of it. AccountMissing."""
        with self._db.reading() as look:
            found = _named(look, text)
            return found, list_traits(look, found.id)

    def add(self, key: str, told: Told, *, source: str = "api", by: str = COMMAND_LINE) -> Account:
        """A new account. AccountKeyTaken, AccountUnfit."""
        told.check()
        spelled = key.strip()
        if not spelled or len(spelled) > MOST_CHARACTERS:
            raise AccountUnfit(
                f"{key[:80]!r} can be no key of an account.",
                hint=f"Give 1 to {MOST_CHARACTERS} signs: its number in your CRM, a domain.",
            )
        now = self._clock.now()
        with self._db.transaction() as tx:
            if get_account(tx, key=spelled) is not None:
                raise AccountKeyTaken(
                    f"There is an account with the key {spelled!r} already.",
                    hint=f"Show it: desireline accounts show {KEY}{spelled}",
                )
            values = {
                "key": spelled,
                "kind": told.kind or COMPANY,
                "name": (told.name or "").strip(),
                "made_at": now,
                "source": source,
            }
            ident = add_account(tx, values)
            put_traits(tx, ident, told.traits or {}, source, now)
            record(tx, by, "account_added", f"account:{ident}", clock=self._clock)
            return _named(tx, str(ident))

    def change(self, text: str, told: Told, *, source: str = "api", by: str) -> Account:
        """The account as it is told now; traits that are not told of stay. AccountMissing, ..."""
        told.check()
        with self._db.transaction() as tx:
            found = _named(tx, text)
            said = {"name": told.name, "kind": told.kind}
            values = {name: value for name, value in said.items() if value is not None}
            if values:
                change_account(tx, found.id, values)
            put_traits(tx, found.id, told.traits or {}, source, self._clock.now())
            record(tx, by, "account_changed", f"account:{found.id}", clock=self._clock)
            return _named(tx, str(found.id))

    def drop(self, text: str, *, by: str) -> None:
        """The account goes, and who was in it is forgotten; the persons stay. AccountMissing."""
        with self._db.transaction() as tx:
            found = _named(tx, text)
            drop_account(tx, found.id)
            record(tx, by, "account_deleted", f"account:{found.id}", clock=self._clock)

    def members(self, text: str, *, also_former: bool = False) -> list[Member]:
        """Who is in an account, by the time they came. AccountMissing."""
        with self._db.reading() as look:
            return list_members(look, _named(look, text).id, also_former=also_former)

    def join(
        self, text: str, person: str, role: str = "", since: int | None = None, *, by: str
    ) -> int:
        """The number of a membership that goes on. AccountMissing, PersonUnknown."""
        with self._db.transaction() as tx:
            hold(tx)  # an erasure holds the log, and then takes the subject
            found = _named(tx, text)
            member = {
                "account": found.id,
                "subject": find_person(tx, person, self._country),
                "role": role.strip()[:MOST_CHARACTERS],
                "since": self._clock.now() if since is None else since,
                "source": "api",
            }
            number = put_member(tx, member)
            record(tx, by, "member_joined", f"account:{found.id}", {"member": number}, self._clock)
            return number

    def leave(self, text: str, member: int, at: int | None = None, *, by: str) -> None:
        """Ends a membership; that it was is kept. AccountMissing, MemberMissing."""
        with self._db.transaction() as tx:
            hold(tx)
            found = _named(tx, text)
            if not end_member(tx, found.id, member, self._clock.now() if at is None else at):
                raise MemberMissing(
                    f"The account {found.id} has no membership {member} that goes on.",
                    hint="List its members anew.",
                )
            record(tx, by, "member_left", f"account:{found.id}", {"member": member}, self._clock)

    def accounts_of(self, subject: int) -> list[Member]:
        """The memberships of the person that a subject belongs to."""
        with self._db.reading() as look:
            return list_memberships(look, subjects_of(look, subject))

    def timeline(self, text: str, asked: Asked) -> TimelineList:
        """All that happened with those who are in the account. AccountMissing, PageTurned."""
        with self._db.reading() as look:
            members = list_members(look, _named(look, text).id, also_former=False)
            some = members[-MOST_MEMBERS:]
            persons = sorted({subjects_of(look, member.subject)[0] for member in some})
        return timeline_of(self._people, persons, asked)

    def roles(self) -> list[str]:
        """Roles to choose from: those in use, and the usual ones."""
        with self._db.reading() as look:
            return list(dict.fromkeys((*list_roles(look), *ROLES)))

    def suggestions(self, limit: int = 50) -> list[DomainSuggestion]:
        """Companies that e-mail domains suggest, with the persons who are in no account."""
        with self._db.reading() as look:
            return suggest(look, limit)

    def accept(self, domain: str, *, by: str) -> Account:
        """The account of a domain with all whom it suggests as members. DomainIsNobodys."""
        spelled = company_domain_of(f"someone@{domain}")
        if not spelled:
            raise DomainIsNobodys(
                f"Anybody can have an address at {domain[:80]!r}.",
                hint="Accept a domain of GET /v1/accounts/suggestions.",
            )
        now = self._clock.now()
        with self._db.transaction() as tx:
            hold(tx)
            found = next((s for s in suggest(tx, 1 << 30) if s.domain == spelled), None)
            known = get_account(tx, key=spelled)
            values = {"key": spelled, "kind": COMPANY, "name": "", "made_at": now}
            ident = known.id if known else add_account(tx, values | {"source": "email_domain"})
            put_traits(tx, ident, {"domain": spelled}, "email_domain", now)
            for person in found.persons if found else ():
                member = {"account": ident, "subject": person, "role": "", "since": now}
                put_member(tx, member | {"source": "email_domain"})
            record(tx, by, "account_suggestion_accepted", f"account:{ident}", clock=self._clock)
            return _named(tx, str(ident))


class Accounts(AccountBook):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        country = rooms.workspace.settings.country
        super().__init__(rooms.db, rooms.reader, rooms.clock, country)


def _named(look: Connection, text: str) -> Account:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    key = text.removeprefix(KEY) if text.startswith(KEY) else ""
    found = get_account(look, ident=number, key=key)
    if found is None:
        raise AccountMissing(
            f"There is no account {text[:80]!r}.",
            hint=f"Say its number, or {KEY} and its key; GET /v1/accounts lists them.",
        )
    return found

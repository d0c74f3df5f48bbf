"""The wire shapes of accounts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.engine.filters import microseconds_at
from desireline.modules.accounts.domains import DomainSuggestion
from desireline.modules.accounts.repository import Account, AccountTrait, Member
from desireline.modules.accounts.service import Told

Kind = Literal["company", "household"]
Text = Annotated[str, Field(max_length=200)]


class ToldAccount(BaseModel):
    """What is said of an account; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Text | None = None
    kind: Kind | None = None
    traits: dict[str, Any] = {}

    def told(self) -> Told:
        """As the service takes it."""
        return Told(self.name, self.kind, self.traits)


class NewAccount(ToldAccount):
    """An account to be made."""

    key: Annotated[str, Field(min_length=1, max_length=200, description="Its own: `acme`.")]


class KnownAccount(BaseModel):
    """A company or a household."""

    id: int
    key: str
    kind: Kind
    name: str
    members: Annotated[int, Field(description="Of now.")]
    made_at: str
    source: str

    @classmethod
    def of(cls, found: Account) -> KnownAccount:
        """The wire shape."""
        values = {name: getattr(found, name) for name in cls.model_fields}
        return cls.model_validate(values | {"made_at": iso(found.made_at)})


class KnownAccountTrait(BaseModel):
    """What a source said of an account."""

    name: str
    value: Any
    source: str
    at: str

    @classmethod
    def of(cls, found: AccountTrait) -> KnownAccountTrait:
        """The wire shape."""
        return cls(name=found.name, value=found.value, source=found.source, at=iso(found.at))


class ShownAccount(KnownAccount):
    """An account, and what is said of it: what was said last counts."""

    traits: dict[str, Any]
    said: list[KnownAccountTrait]

    @classmethod
    def with_traits(cls, found: Account, said: list[AccountTrait]) -> ShownAccount:
        """The wire shape."""
        traits: dict[str, Any] = {}
        for one in said:  # by name, what was said last first
            traits.setdefault(one.name, one.value)
        base = KnownAccount.of(found).model_dump()
        return cls(**base, traits=traits, said=[KnownAccountTrait.of(one) for one in said])


class AccountList(BaseModel):
    """Accounts by number."""

    accounts: list[KnownAccount]
    next: Annotated[int | None, Field(description="For `after`; none: there are no more.")]


class NewMember(BaseModel):
    """Somebody who is in an account."""

    model_config = ConfigDict(extra="forbid")

    person: Annotated[str, Field(max_length=300, description="17, or email:ann@shop.example")]
    role: Annotated[str, Field(max_length=200, description="Any text; see /roles.")] = ""
    since: AwareDatetime | None = None

    def since_at(self) -> int | None:
        """Microseconds since 1970 UTC."""
        return None if self.since is None else microseconds_at(self.since)


class MadeMember(BaseModel):
    """The number of a membership."""

    id: int


class KnownMember(BaseModel):
    """Somebody in an account."""

    id: int
    account: int
    person: Annotated[int, Field(description="The subject that was told; any of the person's.")]
    role: str
    since: str
    until: str | None
    source: str

    @classmethod
    def of(cls, found: Member) -> KnownMember:
        """The wire shape."""
        return cls(
            id=found.id,
            account=found.account,
            person=found.subject,
            role=found.role,
            since=iso(found.since),
            until=None if found.until is None else iso(found.until),
            source=found.source,
        )


class MemberList(BaseModel):
    """Members by the time they came."""

    members: list[KnownMember]


class RoleList(BaseModel):
    """Roles to choose from; any other text is one as well."""

    roles: list[str]


class KnownDomainSuggestion(BaseModel):
    """A company that a domain suggests."""

    domain: str
    account: Annotated[int | None, Field(description="The account that has it as its key.")]
    persons: Annotated[list[int], Field(description="Who would join; they are in no account.")]

    @classmethod
    def of(cls, found: DomainSuggestion) -> KnownDomainSuggestion:
        """The wire shape."""
        return cls(domain=found.domain, account=found.account, persons=found.persons)


class DomainSuggestionList(BaseModel):
    """Domains with most persons first."""

    suggestions: list[KnownDomainSuggestion]

"""API keys and providers on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy import Row

from desireline.engine.analyses.times import iso
from desireline.kit.permissions import Permission
from desireline.modules.team.provider import Provider
from desireline.modules.team.schemas.members import Strict, Text
from desireline.modules.team.service.keys import scopes


class NewKey(Strict):
    """A key for a program: what it is called, may, and when it ends."""

    name: Text
    scopes: Annotated[list[Permission], Field(max_length=50)]
    expires_at: AwareDatetime | None = None

    def ends_at(self) -> int | None:
        """Microseconds since 1970 UTC; None: never."""
        return None if self.expires_at is None else _microseconds(self.expires_at)


class KnownKey(BaseModel):
    """A key, by its beginning."""

    id: int
    name: str
    prefix: str
    scopes: list[Permission]
    made_by: str
    made_at: str
    used_at: str | None
    expires_at: str | None

    @classmethod
    def of(cls, row: Row[Any], **more: Any) -> Self:
        """The wire shape."""
        return cls(
            id=row.id,
            name=row.name,
            prefix=row.prefix,
            scopes=scopes(row),
            made_by=row.made_by,
            made_at=iso(row.made_at),
            used_at=None if row.used_at is None else iso(row.used_at),
            expires_at=None if row.expires_at is None else iso(row.expires_at),
            **more,
        )


class MadeKey(KnownKey):
    """A key with what the program shows, this once."""

    key: str


class KeyList(BaseModel):
    """Keys, newest first."""

    keys: list[KnownKey]


class NewProvider(Strict):
    """A provider (OpenID Connect), and as what it knows this workspace."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    label: Text
    issuer: Annotated[str, Field(max_length=500, pattern=r"^https?://")]
    client_id: Text
    client_secret: Text

    def told(self) -> Provider:
        """As the service takes it."""
        return Provider(self.name, self.label, self.issuer, self.client_id, self.client_secret)


class KnownProvider(BaseModel):
    """A provider, without the secret. That of the settings is called `sso`."""

    name: str
    label: str
    issuer: str
    client_id: str

    @classmethod
    def of(cls, found: Provider) -> KnownProvider:
        """The wire shape."""
        return cls(
            name=found.name, label=found.label, issuer=found.issuer, client_id=found.client_id
        )


class ProviderList(BaseModel):
    """Providers, by name."""

    providers: list[KnownProvider]


def _microseconds(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)

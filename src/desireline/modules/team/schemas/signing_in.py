"""The door, sessions, second factors and passkeys on the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field
from sqlalchemy import Row

from desireline.engine.analyses.times import iso
from desireline.modules.team.schemas.members import Strict, Text


class WayIn(BaseModel):
    """A provider by which one may sign in."""

    name: str
    label: str


class Door(BaseModel):
    """What somebody meets who comes to this server."""

    first_owner_needed: Annotated[
        bool, Field(description="Nobody owns it; the server has printed a link for who will.")
    ]
    signed_in: bool
    open: Annotated[bool, Field(description="Nobody is asked who she is.")]
    sign_in_with: list[WayIn]
    passkeys: Annotated[bool, Field(description="Browsers make passkeys for this address.")]


class FirstOwner(Strict):
    """Who opened the link that the server has printed."""

    token: Text
    name: Text
    email: Text
    password: Text


class Acceptance(Strict):
    """Who opened the link of an invitation."""

    token: Text
    name: Text
    password: Text


class SignIn(Strict):
    """Address, password, and where there is a second factor its code."""

    email: Text
    password: Text
    code: Text = ""


class KnownSession(BaseModel):
    """Where a member is signed in."""

    id: int
    current: Annotated[bool, Field(description="It is the one that asks.")]
    how: str
    device: Annotated[str, Field(description="What the browser calls itself.")]
    network: Annotated[str, Field(description="Where from; the address is cut.")]
    made_at: str
    seen_at: str

    @classmethod
    def of(cls, row: Row[Any], current: int | None) -> KnownSession:
        """The wire shape."""
        return cls(
            id=row.id,
            current=row.id == current,
            how=row.how,
            device=row.device,
            network=row.network,
            made_at=iso(row.made_at),
            seen_at=iso(row.seen_at),
        )


class SessionList(BaseModel):
    """Sessions, the last used first."""

    sessions: list[KnownSession]


class SessionsEnded(BaseModel):
    """How many sessions have ended."""

    ended: int


class SecondFactorBegun(BaseModel):
    """For an app: as text, as an address, as a picture."""

    secret: str
    uri: str
    qr_svg: str


class SecondFactorCode(Strict):
    """A code of the app, or to recover with."""

    code: Text


class RecoveryCodes(BaseModel):
    """Each opens once, in place of a code of the app. They are shown this once."""

    recovery_codes: list[str]


class PasskeyMade(Strict):
    """What the browser has made: `PublicKeyCredential.toJSON()`."""

    credential: dict[str, Any]
    name: Text = ""


class PasskeyShown(Strict):
    """What the browser answers: `PublicKeyCredential.toJSON()`."""

    credential: dict[str, Any]


class KnownPasskey(BaseModel):
    """A passkey of the member."""

    id: int
    name: str
    host: str
    made_at: str
    used_at: str | None

    @classmethod
    def of(cls, row: Row[Any]) -> KnownPasskey:
        """The wire shape."""
        used = None if row.used_at is None else iso(row.used_at)
        return cls(id=row.id, name=row.name, host=row.host, made_at=iso(row.made_at), used_at=used)


class PasskeyList(BaseModel):
    """Passkeys, oldest first."""

    passkeys: list[KnownPasskey]

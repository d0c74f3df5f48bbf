"""Signed tokens for links in messages: what they say can be read by all, and changed by nobody.

A token is `<what it says>.<signature>`, both in base64url. It is bound to what it is for, so that a
link that confirms an address is none that erases a person. It may end at a time. The secret is the
workspace's own, drawn when the first token is made, and kept in the database, so a restored backup
still knows the links that were sent before.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from desireline.engine.errors import DesirelineError
from desireline.kit.tables import workspace_secret

SECRET_BYTES = 32
SIGNED = "tokens"
"""The name of the secret by which tokens are signed."""
MOST_CHARACTERS = 1_000

_TOKEN = re.compile(r"([A-Za-z0-9_-]{2,900})\.([A-Za-z0-9_-]{43})")


class TokenUnreadable(DesirelineError):
    """The token was not made here for this, or was changed or cut on its way."""

    status = 404


class TokenExpired(DesirelineError):
    """The token's time is over."""

    status = 410


class _Said(Struct, frozen=True, array_like=True):
    says: dict[str, str | int]
    until: int


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(_Said).decode


def secret_of(tx: Connection) -> bytes:
    """The workspace's secret, made here where there is none yet."""
    known = select(workspace_secret.c.value).where(workspace_secret.c.name == SIGNED)
    found = tx.execute(known).scalar_one_or_none()
    if found is None:
        found = secrets.token_hex(SECRET_BYTES)
        try:
            with tx.begin_nested():
                tx.execute(insert(workspace_secret).values(name=SIGNED, value=found))
        except IntegrityError:  # another process was quicker
            found = tx.execute(known).scalar_one()
    return bytes.fromhex(found)


def signed(secret: bytes, meant_for: str, says: Mapping[str, str | int], until: int = 0) -> str:
    """The token that says so; `until` is microseconds since 1970 UTC, 0: for ever."""
    said = urlsafe_b64encode(_encode(_Said(dict(says), until))).rstrip(b"=").decode()
    return f"{said}.{_signature(secret, meant_for, said)}"


def opened(secret: bytes, meant_for: str, token: str, now: int) -> dict[str, str | int]:
    """What a token says that was made here for this. Raises TokenUnreadable, TokenExpired."""
    found = _TOKEN.fullmatch(token[: MOST_CHARACTERS + 1])
    if found is None or not hmac.compare_digest(_signature(secret, meant_for, found[1]), found[2]):
        raise TokenUnreadable(
            "This link was not made here, or a part of it is missing.",
            hint="Open it from the message itself, or copy all of it.",
        )
    said = _decode(urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4)))
    if 0 < said.until < now:
        raise TokenExpired("The time of this link is over.", hint="Ask for a new one.")
    return said.says


def _signature(secret: bytes, meant_for: str, said: str) -> str:
    key = hmac.new(secret, meant_for.encode(), sha256).digest()
    return urlsafe_b64encode(hmac.new(key, said.encode(), sha256).digest()).rstrip(b"=").decode()

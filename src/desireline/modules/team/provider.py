"""A provider of accounts (OpenID Connect): what it says about itself, and about who signs in.

Everything goes through the one way out; what comes back is believed only as far as it is signed.
Specification: OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3; Discovery 1.0, section 4.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, TypeVar, cast
from urllib.parse import quote_plus, urlencode

import msgspec

from desireline.engine.errors import DesirelineError
from desireline.kit.egress import Egress
from desireline.log.naming.emails import is_email, spelled
from desireline.modules.team.errors import ProviderAnswerUnfit

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "Ed25519"]
"""None that the secret signs: whoever has it could be anybody."""
SKEW_SECONDS = 120
SECOND = 1_000_000
T = TypeVar("T")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider, and as what it knows this workspace."""

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    is_sealed: bool = False

    def with_secret(self, secret: str) -> Provider:
        """The same, with the secret to read."""
        return replace(self, client_secret=secret, is_sealed=False)


class Described(msgspec.Struct):
    """What a provider says about itself."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class _Tokens(msgspec.Struct):
    id_token: str


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in. `email` is empty where the provider has not verified it."""

    subject: str
    email: str
    name: str


def described(egress: Egress, issuer: str) -> Described:
    """What the provider says about itself. Raises ProviderAnswerUnfit."""
    url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    found = _read(_fetched(egress, "GET", url), Described)
    if found.issuer.rstrip("/") != issuer.rstrip("/"):
        raise _unfit(f"it calls itself {found.issuer[:100]!r}, and is set as {issuer!r}")
    return found


def tokens_of(
    egress: Egress, about: Described, provider: Provider, returned: tuple[str, str, str]
) -> str:
    """The ID token for what came back: the code, our verifier, and where it came back to."""
    code, verifier, back = returned
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    form |= {"code_verifier": verifier, "client_id": provider.client_id}
    headers = {"content-type": FORM, "accept": "application/json"}
    if "client_secret_basic" in about.token_endpoint_auth_methods_supported:
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.client_secret)}"
        headers["authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    else:
        form["client_secret"] = provider.client_secret
    body = _fetched(egress, "POST", about.token_endpoint, headers, urlencode(form).encode())
    return _read(body, _Tokens).id_token


def account_of(
    egress: Egress, about: Described, provider: Provider, token: str, known: tuple[str, int]
) -> Account:
    """Whom the ID token is about; `known` is the nonce that it must repeat, and the time now."""
    from joserfc import jwt  # noqa: PLC0415 - 0.1 s to import, and most teams have no provider
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    nonce, now = known
    jwks = _read(_fetched(egress, "GET", about.jwks_uri), dict[str, Any])
    try:
        keys = KeySet.import_key_set(cast("Any", jwks))
        said = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            now=now // SECOND,
            leeway=SKEW_SECONDS,
            iss={"essential": True, "value": about.issuer},
            aud={"essential": True, "value": provider.client_id},
            sub={"essential": True},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(said)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise _unfit(f"its token does not hold: {error}") from error
    if said.get("azp", provider.client_id) != provider.client_id:
        raise _unfit("its token is for another")
    email = spelled(str(said.get("email", "")).strip())
    is_verified = said.get("email_verified") is True and is_email(email)
    return Account(str(said["sub"]), email if is_verified else "", str(said.get("name", "")))


def _fetched(
    egress: Egress,
    method: str,
    url: str,
    headers: dict[str, str] | None = None,
    content: bytes = b"",
) -> bytes:
    answer = egress.fetch(method, url, headers=headers, content=content)
    if answer.status != HTTPStatus.OK:
        raise _unfit(f"it answers {answer.status} at {url[:200]}")
    return answer.body


def _read(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _unfit(f"its answer has another form: {error}") from error


def _unfit(why: str) -> DesirelineError:
    return ProviderAnswerUnfit(
        f"The provider cannot be believed: {why}."[:400],
        hint="Look at its address, and at what it calls this workspace.",
    )

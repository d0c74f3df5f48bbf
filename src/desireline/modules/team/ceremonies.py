"""What browser and device are asked for a passkey, and what is believed of their answers.

The one door to the library of WebAuthn, which takes 0.2 s to import: whoever needs it imports this
file at that moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from desireline.modules.team.errors import PasskeyUnfit

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer must be about: the challenge, the name of the server, the page."""

    challenge: str
    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey; ids and keys as base64url."""

    credential_id: str
    public_key: str
    sign_count: int


def asked_to_add(host: str, member: Row[Any], known: Iterable[str]) -> Json:
    """What the browser is asked for a new passkey of a member who has the known ones."""
    options = generate_registration_options(
        rp_id=host,
        rp_name="Desireline",
        user_id=bytes.fromhex(member.handle),
        user_name=member.email,
        user_display_name=member.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known
        ],
    )
    return dict(json.loads(options_to_json(options)))


def asked_to_sign_in(host: str) -> Json:
    """What the browser is asked; which member it is, the passkey tells."""
    options = generate_authentication_options(
        rp_id=host, user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(json.loads(options_to_json(options)))


def made(credential: Json, expected: Expected) -> Made:
    """The passkey that a device has made. PasskeyUnfit."""
    try:
        done = verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(expected.challenge),
            expected_rp_id=expected.host,
            expected_origin=expected.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise unfit(str(error)) from error
    return Made(
        bytes_to_base64url(done.credential_id),
        bytes_to_base64url(done.credential_public_key),
        done.sign_count,
    )


def counted(credential: Json, expected: Expected, key: Row[Any]) -> int:
    """The device's own counter, once it has proved to have the passkey. PasskeyUnfit."""
    try:
        done = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(expected.challenge),
            expected_rp_id=expected.host,
            expected_origin=expected.origin,
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise unfit(str(error)) from error
    return done.new_sign_count


def challenge_of(credential: Json) -> str:
    """The challenge that the device has answered. PasskeyUnfit."""
    try:
        told = json.loads(base64url_to_bytes(credential["response"]["clientDataJSON"]))
        return str(told["challenge"]).rstrip("=")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unfit("its form is another") from error


def unfit(why: str) -> PasskeyUnfit:
    """That a passkey cannot be believed."""
    return PasskeyUnfit(f"The passkey cannot be believed: {why}."[:300], hint="Try again.")

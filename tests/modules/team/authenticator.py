"""A device that makes passkeys, in software: keys on the curve P-256, as WebAuthn Level 2 says."""

from __future__ import annotations

import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256

Json = dict[str, Any]
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """It answers for one site. `flags` are what it says of its owner; `origin` is where she is."""

    origin: str
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    ident: bytes = field(default_factory=lambda: token_bytes(16))
    handle: bytes = b""
    used: int = 0

    def made(self, options: Json) -> Json:
        """A new passkey, as the browser gives it to the page."""
        self.handle = decoded(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        credential = struct.pack(">16sH", b"\0" * 16, len(self.ident)) + self.ident
        told = self._told(self.flags | ATTESTED) + credential + cbor2.dumps(public)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": told})
        response = {
            "clientDataJSON": encoded(self._client(options, "webauthn.create")),
            "attestationObject": encoded(attestation),
        }
        return self._credential(response)

    def shown(self, options: Json) -> Json:
        """The proof that it is there, as the browser gives it to the page."""
        self.used += 1
        client, told = self._client(options, "webauthn.get"), self._told(self.flags)
        signature = self.key.sign(told + sha256(client).digest(), ECDSA(SHA256()))
        response = {
            "clientDataJSON": encoded(client),
            "authenticatorData": encoded(told),
            "signature": encoded(signature),
            "userHandle": encoded(self.handle),
        }
        return self._credential(response)

    def _told(self, flags: int) -> bytes:
        return sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.used)

    def _client(self, options: Json, kind: str) -> bytes:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _credential(self, response: Json) -> Json:
        name = encoded(self.ident)
        return {"id": name, "rawId": name, "type": "public-key", "response": response}


def encoded(raw: bytes) -> str:
    """In base64url."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """From base64url."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))

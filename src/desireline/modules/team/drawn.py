"""What is drawn at random and shown once; only its hash is kept."""

from __future__ import annotations

import secrets
from hashlib import sha256

RANDOM_BYTES = 32
MOST_CHARACTERS = 500


def drawn() -> str:
    """43 characters that nobody guesses."""
    return secrets.token_urlsafe(RANDOM_BYTES)


def hashed(shown: str) -> str:
    """What is kept of it. It is random, so a plain hash is enough."""
    return sha256(shown[:MOST_CHARACTERS].encode(errors="surrogatepass")).hexdigest()

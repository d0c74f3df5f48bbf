"""Write keys: how they are drawn, and what is kept of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256

PREFIX = "wk_"
RANDOM_DIGITS = 32
"""Hexadecimal: 128 bits. Only such digits, because a key also stands in paths and in queries."""
END = 4
MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Source:
    """Who may add events, and how many a day; None: as many as come."""

    name: str
    key_end: str
    quota: int | None
    made_at: int
    off_at: int | None
    used_today: int = 0
    """What has been taken of the quota. 0 where there is none."""
    asks_consent: bool = False
    """Nothing is taken of persons who have said no to tracking."""
    refuses_opted_out: bool = False
    """Nothing is taken of browsers that say no for their owners, by Sec-GPC or DNT."""


def new_key() -> str:
    """A write key that nobody has. It can only add events, so it may stand in a web page."""
    return PREFIX + secrets.token_hex(RANDOM_DIGITS // 2)


def hashed(key: str) -> str:
    """What is kept of a key. It is random, so a plain hash is enough: nobody can guess it."""
    return sha256(key.encode(errors="surrogatepass")).hexdigest()

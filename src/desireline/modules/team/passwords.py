"""Passwords: argon2id, on threads, two at once, and as long for an address that nobody has."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from desireline.modules.team.errors import AttemptsTooMany, PasswordUnfit

T = TypeVar("T")
LEAST_CHARACTERS = 12
MOST_CHARACTERS = 500
LEAST_DIFFERENT = 5
AT_ONCE = 2
"""Each takes four threads for 0.14 s, and 64 MiB where the settings say nothing else."""
MOST_WAITING = 20


class Passwords:
    """Hashes and compares. Lives on one event loop."""

    def __init__(self, kibibytes: int) -> None:
        self._hasher = PasswordHasher(time_cost=3, memory_cost=kibibytes, parallelism=4)
        self._waiting = 0

    @cached_property
    def _turn(self) -> asyncio.Semaphore:
        return asyncio.Semaphore(AT_ONCE)

    @cached_property
    def _nobodys(self) -> str:
        """The hash of a password that nobody has."""
        return self._hasher.hash(secrets.token_hex())

    async def hashed(self, password: str) -> str:
        """What is kept of a password. Raises AttemptsTooMany."""
        return await self._in_turn(lambda: self._hasher.hash(_spelled(password)))

    async def is_right(self, password: str, kept: str) -> bool:
        """Whether the password is the one of which `kept` is kept; where that is empty, it is not.

        Both take the same time. Raises AttemptsTooMany where too many wait.
        """
        same = await self._in_turn(lambda: self._same(password, kept or self._nobodys))
        return same and kept != ""

    def _same(self, password: str, kept: str) -> bool:
        try:
            return self._hasher.verify(kept, _spelled(password[:MOST_CHARACTERS]))
        except (VerificationError, InvalidHashError):
            return False

    async def _in_turn(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise AttemptsTooMany(
                "Too many people sign in at this moment.", hint="Try again.", seconds=2
            )
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1


def check_password(password: str, *, email: str, name: str) -> None:
    """Raises PasswordUnfit for what is too short, or the first that one would try."""
    spelled = _spelled(password)
    if not LEAST_CHARACTERS <= len(spelled) <= MOST_CHARACTERS:
        raise PasswordUnfit(
            f"The password has {len(spelled)} characters; it takes {LEAST_CHARACTERS} to"
            f" {MOST_CHARACTERS}.",
            hint="Take some words that do not belong together.",
            least=LEAST_CHARACTERS,
            most=MOST_CHARACTERS,
        )
    small = spelled.casefold()
    taken = {email.casefold(), name.casefold(), email.partition("@")[0].casefold()}
    if small in taken or len(set(small)) < LEAST_DIFFERENT:
        raise PasswordUnfit(
            "The password is the first that one would try.",
            hint="Take some words that do not belong together.",
            case="obvious",
        )


def _spelled(password: str) -> str:
    """Composed, so that keyboards that write letters in other ways give the same (RFC 8265)."""
    return normalize("NFC", password)

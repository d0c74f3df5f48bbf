"""How often something may be tried: stored, so that a restart or a second process forgets nothing.

Each key has a bucket that leaks at a steady rate (the generic cell rate algorithm): kept is only
the time at which it will be empty. What goes well takes its try back out.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.modules.team.errors import AttemptsTooMany
from desireline.modules.team.repository import attempts

SECOND = 1_000_000


@dataclass(frozen=True)
class Rate:
    """So many tries at once, and one more each so many microseconds."""

    at_once: int
    each: int


OF_ADDRESS = Rate(30, 10 * SECOND)
OF_ACCOUNT = Rate(10, 60 * SECOND)


class Attempts:
    """Counts tries. Any thread may ask."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def take(self, address: str, account: str = "") -> None:
        """Counts one try from an address and for an account. Raises AttemptsTooMany."""
        now = self._clock.now()
        with self._db.transaction() as tx:
            for key, rate in _keys(address, account):
                _take(tx, key, rate, now)

    def give_back(self, address: str, account: str = "") -> None:
        """It went well: the address has its try back, and the account all of them."""
        with self._db.transaction() as tx:
            for key, rate in _keys(address, account):
                until = attempts.get_until(tx, key) - rate.each
                attempts.put_until(tx, key, 0 if rate is OF_ACCOUNT else until)

    def forget(self) -> None:
        """Drops what says nothing any more."""
        with self._db.transaction() as tx:
            attempts.drop_before(tx, self._clock.now())


def _take(tx: Connection, key: str, rate: Rate, now: int) -> None:
    until = max(attempts.get_until(tx, key), now) + rate.each
    late = until - now - rate.at_once * rate.each
    if late > 0:
        raise AttemptsTooMany(
            "This was tried too often.",
            hint="Wait, then try again; or sign in another way.",
            seconds=-(-late // SECOND),
        )
    attempts.put_until(tx, key, until)


def _keys(address: str, account: str) -> list[tuple[str, Rate]]:
    """By hashes: what is kept names nobody."""
    found = [(f"address:{_short(address)}", OF_ADDRESS)] if address else []
    return found + ([(f"account:{_short(account)}", OF_ACCOUNT)] if account else [])


def _short(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]

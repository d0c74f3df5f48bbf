"""Tombstones: who was erased, as keyed hashes, so that nothing old brings anybody back.

Events that are sent again are duplicates by their ids, also of somebody who was erased. What comes
late, or under other ids, is known by the identifiers that it names: a fact of before the erasure is
refused, a fact of after it is of a customer who has come back, and begins a new subject.

A hash is BLAKE2b of kind and value with a key of the workspace. Whoever has the database has the
key, and can ask it about identifiers that they guess; it lists nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import msgspec
from sqlalchemy import Connection, delete, insert, select

from desireline.log.naming.identifiers import Name
from desireline.log.rejecting import Reject
from desireline.log.tables_erasures import tombstone, tombstone_key

HASH_BYTES = 16
AT_ONCE = 1_000
CODE = "person_erased"
REFUSED = Reject(
    CODE,
    "The event is older than the erasure of the person whom it names.",
    "It was not kept. What this person does from now on is taken.",
    b"",
)
"""What becomes of a fact of before an erasure: counted, and nothing of it is kept."""

UNREAD = Reject(
    CODE,
    "The event cannot be read, and names a person who was erased.",
    "It was not kept. Send it again as it should be: what is of after the erasure is taken.",
    b"",
)
"""What becomes of that which cannot be read; when it was nobody knows."""


class Tombstone(msgspec.Struct, frozen=True):
    """The hash of an identifier, and when it was erased, in microseconds."""

    hash: str
    at: int


class Tombstones:
    """When identifiers were erased, those among them that were."""

    def __init__(self, key: bytes, at: Mapping[str, int]) -> None:
        self._key, self._at = key, at

    def __bool__(self) -> bool:
        return bool(self._at)

    @classmethod
    def read(cls, look: Connection, names: Iterable[Name] | None = None) -> Tombstones:
        """All of them; with `names` only theirs, which is quicker for a few."""
        key = _key(look)
        if key is None:
            return cls(b"", {})
        if names is None:
            found = look.execute(select(tombstone.c.hash, tombstone.c.at))
            return cls(key, {row.hash: row.at for row in found})
        hashes = [_hash(key, name) for name in names]
        at: dict[str, int] = {}
        for start in range(0, len(hashes), AT_ONCE):
            some = tombstone.c.hash.in_(hashes[start : start + AT_ONCE])
            at |= {r.hash: r.at for r in look.execute(select(tombstone).where(some))}
        return cls(key, at)

    def erased_at(self, names: Iterable[Name]) -> dict[Name, int]:
        """When each of the names was erased, those that were; 1.4 microseconds a name."""
        if not self._at:
            return {}
        at, key = self._at, self._key
        found = ((name, at.get(_hash(key, name))) for name in names)
        return {name: when for name, when in found if when is not None}


def bury(tx: Connection, names: Sequence[Name], at: int) -> None:
    """Remembers that these were erased at a time; the last erasure of a name counts."""
    key = make_key(tx)
    put_tombstones(tx, [Tombstone(_hash(key, name), at) for name in names])


def put_tombstones(tx: Connection, stones: Iterable[Tombstone]) -> None:
    """Takes tombstones in; of two with one hash the later."""
    latest: dict[str, int] = {}
    for stone in stones:
        latest[stone.hash] = max(stone.at, latest.get(stone.hash, stone.at))
    hashes = sorted(latest)
    for start in range(0, len(hashes), AT_ONCE):
        part = hashes[start : start + AT_ONCE]
        some = tombstone.c.hash.in_(part)
        known = {r.hash: r.at for r in tx.execute(select(tombstone).where(some))}
        tx.execute(delete(tombstone).where(some))
        rows = [{"hash": h, "at": max(latest[h], known.get(h, latest[h]))} for h in part]
        tx.execute(insert(tombstone), rows)


def make_key(tx: Connection) -> bytes:
    """The key of this workspace, drawn where there is none yet."""
    key = _key(tx)
    if key is None:
        key = secrets.token_bytes(32)
        tx.execute(insert(tombstone_key).values(one=1, key=key.hex()))
    return key


def key_mark(look: Connection) -> str:
    """By what two keys can be told apart, without telling either; empty where there is none."""
    key = _key(look)
    return "" if key is None else blake2b(b"which key", key=key, digest_size=8).hexdigest()


def all_tombstones(look: Connection) -> list[Tombstone]:
    """Every tombstone, by hash."""
    rows = look.execute(select(tombstone).order_by(tombstone.c.hash))
    return [Tombstone(row.hash, row.at) for row in rows]


def _key(look: Connection) -> bytes | None:
    told = look.execute(select(tombstone_key.c.key)).scalar_one_or_none()
    return None if told is None else bytes.fromhex(told)


def _hash(key: bytes, name: Name) -> str:
    kind, value = name
    return blake2b(f"{kind}\0{value}".encode(), key=key, digest_size=HASH_BYTES).hexdigest()

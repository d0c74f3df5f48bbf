"""Which subjects are one person: a function of the active links alone, in whatever order they came.

A subject is one identifier. Links join subjects, but not at any price:

- Two subjects of the kind `user_id` are two accounts, and never become one person unless a human
  says so: only a link that somebody confirmed joins them.
- An identifier that leads to two accounts alike, as a device or a mailbox that two customers share,
  belongs to neither and stands alone: it would have to be guessed which of them acted. So does the
  address of a role, as info@, from the first: many people write from it.
- What is joined by confirmed links is one, and counts as its strongest identifier.
- Accounts claim what is linked with them, strong identifiers first: verified ones before e-mails
  before phones before others before devices, so that a shared device does not take anybody's e-mail
  from them. Within a kind the nearest account claims (by number of links); a tie is a shared
  identifier. What is claimed keeps its owner, and claims further.
- Of what is left, verified e-mails claim in the same way, and then verified phones: two of a kind
  stay two persons.
- Identifiers that nobody claims, linked with each other, are one person.

Nearness, and not "whatever is connected", because one wrong link then costs one link: where device
1 belongs to account A and device 2 to B, a link between the devices is refused, and nobody's
history moves. A link whose two ends end up with different persons is such a refused one.

The person has the number of its smallest account; without one, of its smallest identifier that is
no device. So a known person keeps the number when an older device is found to be theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64, U8, Bools
from desireline.engine.kernels.claiming import NOBODY, SHARED, claim

CONFIRMED = "confirmed"
"""The evidence of a link that a human vouches for."""

ACCOUNT = 0
VERIFIED_RANKS = {"email": 1, "phone": 2}
RANKS = {"user_id": ACCOUNT, "email": 3, "phone": 4, "anonymous_id": 6, "device_id": 6}
OTHER_RANK = 5
DEVICE_RANK = 6
ROLE_RANK = 7
"""An address of a role, which joins nobody."""
ANCHORS = (ACCOUNT, *VERIFIED_RANKS.values())
"""Who claims, in this order."""
KNOWN_LATER = 1 << 60
"""More than any number of a subject."""
CLOSE = 16
"""Numbers lie close where there is one in so many: then a table of all is quicker than a search
(600,000 among a million: 10 ms instead of 300)."""


@dataclass(frozen=True, eq=False)
class Links:
    """Active links between subjects, in any order; every array has one entry a link."""

    a: I64
    b: I64
    confirmed: Bools

    @classmethod
    def of(cls, pairs: list[tuple[int, int]], confirmed: list[bool] | None = None) -> Links:
        """Links from pairs of subject numbers."""
        both = np.array(pairs, np.int64).reshape(-1, 2)
        told = [False] * len(pairs) if confirmed is None else confirmed
        return cls(both[:, 0], both[:, 1], np.array(told, np.bool_))


def rank_of(kind: str, *, verified: bool = False) -> int:
    """How strong identifiers of a kind are: 0 is an account, higher is weaker."""
    usual = RANKS.get(kind, OTHER_RANK)
    return VERIFIED_RANKS.get(kind, usual) if verified else usual


def person_of(subjects: I64, ranks: U8, links: Links) -> I64:
    """The person of each subject, by the number of one of that person's subjects.

    `subjects` rises; `ranks` are those of their kinds (`rank_of`). Every end of a link is one of
    `subjects`. Withdrawing a link gives what would be had it never been.
    """
    n = len(subjects)
    a, b = places(subjects, links.a), places(subjects, links.b)
    group = components(n, a[links.confirmed], b[links.confirmed])
    strength: U8 = np.full(n, np.iinfo(np.uint8).max, np.uint8)
    np.minimum.at(strength, group, ranks)
    a, b = group[a], group[b]
    owner = _claimed(strength, a, b)
    loose = (owner[a] == NOBODY) & (owner[b] == NOBODY)
    unowned = components(n, a[loose], b[loose])
    owner = np.where(owner < 0, unowned, owner)[group]
    return _named(subjects, ranks, owner)


def _named(subjects: I64, ranks: U8, owner: I64) -> I64:
    """For each subject the smallest of the best that its owner has: accounts, known, devices."""
    best = (ranks > ACCOUNT).astype(np.int64) + (ranks >= DEVICE_RANK)
    ordered = subjects + best * KNOWN_LATER
    first: I64 = np.full(len(subjects), np.iinfo(np.int64).max)
    np.minimum.at(first, owner, ordered)
    return first[owner] % KNOWN_LATER


def refused(subjects: I64, persons: I64, links: Links) -> Bools:
    """Which links join nothing, because they would make one person of two: work for a human."""
    apart: Bools = persons[places(subjects, links.a)] != persons[places(subjects, links.b)]
    return apart


def distinct(numbers: I64) -> I64:
    """Whole numbers from 0 on, each once, rising; many that lie close are marked, not sorted."""
    most = int(numbers.max()) if len(numbers) else 0
    if most > CLOSE * len(numbers):
        return np.unique(numbers)
    met = np.zeros(most + 1, np.bool_)
    met[numbers] = True
    return np.flatnonzero(met)


def places(known: I64, wanted: I64) -> I64:
    """Where each of `wanted` stands in `known`, which rises and holds them all."""
    most = int(known[-1]) if len(known) else 0
    if most > CLOSE * len(wanted):
        return np.searchsorted(known, wanted)
    at = np.zeros(most + 1, np.int64)
    at[known] = np.arange(len(known))
    return at[wanted]


def _claimed(strength: U8, a: NDArray[np.intp], b: NDArray[np.intp]) -> I64:
    """The owner of each subject; NOBODY where none claims it, SHARED where two are as near."""
    owner: I64 = np.where(strength == ROLE_RANK, SHARED, NOBODY)
    source, target = np.concatenate([a, b]), np.concatenate([b, a])
    begin = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=len(owner)))])
    target = target[np.argsort(source, kind="stable")]
    ranks = np.unique(strength[strength < ROLE_RANK])
    for anchor in ANCHORS:
        free = np.flatnonzero((strength == anchor) & (owner == NOBODY))
        owner[free] = free
        for rank in ranks[ranks > anchor] if len(free) else ():
            claim(owner, strength <= rank, begin, target)
    return owner


def components(n: int, a: NDArray[np.intp], b: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each of `n` nodes the smallest node that edges connect it with.

    Roots hook onto the smallest root beside them, then all paths are shortened, until nothing
    moves: few rounds, also for long chains. Source: Shiloach and Vishkin, "An O(log n) parallel
    connectivity algorithm", 1982.
    """
    root = np.arange(n)
    while True:
        low = np.minimum(root[a], root[b])
        hooked = root.copy()
        np.minimum.at(hooked, root[a], low)
        np.minimum.at(hooked, root[b], low)
        while True:
            shorter = hooked[hooked]
            if np.array_equal(shorter, hooked):
                break
            hooked = shorter
        if np.array_equal(hooked, root):
            return root
        root = hooked

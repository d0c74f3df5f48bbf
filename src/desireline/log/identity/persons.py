"""Which subjects are one person: a function of the active links alone, in whatever order they came.

A subject is one identifier. Links join subjects, but not at any price:

- Two subjects of the kind `user_id` are two accounts, and never become one person unless a human
  says so: only a link with the evidence `confirmed` joins them.
- An identifier that leads to two accounts alike, as a device or a mailbox that two customers share,
  belongs to neither and stands alone: it would have to be guessed which of them acted.
- What is joined by `confirmed` links is one, and counts as its strongest identifier.
- Accounts claim what is linked with them, strong identifiers first: e-mails before phones before
  others before devices, so that a shared device does not take anybody's e-mail from them. Within a
  kind the nearest account claims (by number of links); a tie is a shared identifier. What is
  claimed keeps its owner, and claims further.
- Identifiers without any account, linked with each other, are one person.

Nearness, and not "whatever is connected", because one wrong link then costs one link: where device
1 belongs to account A and device 2 to B, a link between the devices is refused, and nobody's
history moves. A link whose two ends end up with different persons is such a refused one.

The person has the number of its smallest subject.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64, U8, Bools

CONFIRMED = "confirmed"
"""The evidence of a link that a human vouches for."""

RANKS = {"user_id": 0, "email": 1, "phone": 2, "anonymous_id": 4}
OTHER_RANK = 3
NOBODY = -1
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


def rank_of(kind: str) -> int:
    """How strong identifiers of a kind are: 0 is an account, higher is weaker."""
    return RANKS.get(kind, OTHER_RANK)


def person_of(subjects: I64, ranks: U8, links: Links) -> I64:
    """The person of each subject, by the number of the smallest subject of that person.

    `subjects` rises; `ranks` are those of their kinds (`rank_of`). Every end of a link is one of
    `subjects`. Withdrawing a link gives what would be had it never been.
    """
    n = len(subjects)
    a, b = places(subjects, links.a), places(subjects, links.b)
    group = components(n, a[links.confirmed], b[links.confirmed])
    strength: U8 = np.full(n, np.iinfo(np.uint8).max, np.uint8)
    np.minimum.at(strength, group, ranks)
    a, b = group[a], group[b]
    owner = _claimed(strength, np.concatenate([a, b]), np.concatenate([b, a]))
    loose = (owner[a] == NOBODY) & (owner[b] == NOBODY)
    unowned = components(n, a[loose], b[loose])
    owner = np.where(owner < 0, unowned, owner)[group]
    smallest: I64 = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(smallest, owner, subjects)
    return smallest[owner]


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


SHARED = -2


def _claimed(strength: U8, source: NDArray[np.intp], target: NDArray[np.intp]) -> I64:
    """The account that owns each subject; NOBODY where none does, SHARED where two are as near."""
    n = len(strength)
    owner: I64 = np.where(strength == 0, np.arange(n), NOBODY)
    for rank in np.unique(strength[strength > 0]):
        open_link = strength[target] <= rank
        while True:
            reached = open_link & (owner[source] >= 0) & (owner[target] == NOBODY)
            if not reached.any():
                break
            claims, claimed = owner[source[reached]], target[reached]
            least: I64 = np.full(n, n)
            most: I64 = np.full(n, -1)
            np.minimum.at(least, claimed, claims)
            np.maximum.at(most, claimed, claims)
            owner[claimed] = np.where(least == most, least, SHARED)[claimed]
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

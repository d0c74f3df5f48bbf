"""Who is who, the slow way: the rules of `log.identity.persons`, one identifier at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[int, int]
STRENGTH = {
    "user_id": 0,
    "verified email": 1,
    "verified phone": 2,
    "email": 3,
    "phone": 4,
    "anonymous_id": 6,
    "device_id": 6,
    "role": 7,
}
"""Of kinds; `role` is an e-mail address of a role."""


def slow_persons(kinds: Sequence[str], links: Mapping[Pair, str]) -> dict[int, int]:
    """The person of subjects 1, 2, ... of these kinds; active links come with their evidence."""
    subjects = range(1, len(kinds) + 1)
    group = connected(subjects, [pair for pair, why in links.items() if why == "confirmed"])
    rank = {n: STRENGTH.get(kind, 5) for n, kind in zip(subjects, kinds, strict=True)}
    strength: dict[int, int] = {}
    for number in subjects:
        strength[group[number]] = min(strength.get(group[number], 9), rank[number])
    joined = [(group[a], group[b]) for a, b in links if group[a] != group[b]]
    owner, shared = _claim(strength, joined + [(b, a) for a, b in joined])
    loose = [g for g in strength if g not in owner and g not in shared]
    owner |= connected(loose, [(a, b) for a, b in joined if a in loose and b in loose])
    owner |= {g: g for g in shared}
    return {
        number: min(
            (n for n in subjects if owner[group[n]] == owner[group[number]]),
            key=lambda n: ((rank[n] > 0) + (rank[n] >= 6), n),
        )
        for number in subjects
    }


def _claim(strength: Mapping[int, int], joined: Sequence[Pair]) -> tuple[dict[int, int], set[int]]:
    """What each account, each verified identifier owns, and what two claim alike."""
    owner: dict[int, int] = {}
    shared = {g for g, rank in strength.items() if rank == 7}
    for anchor in (0, 1, 2):
        taken = {*owner, *shared}
        owner |= {g: g for g, r in strength.items() if r == anchor and g not in taken}
        for rank in range(anchor + 1, 7):
            while True:
                claims: dict[int, set[int]] = defaultdict(set)
                for a, b in joined:
                    if a in owner and b not in owner and b not in shared and strength[b] <= rank:
                        claims[b].add(owner[a])
                if not claims:
                    break
                shared |= {g for g, owners in claims.items() if len(owners) > 1}
                owner |= {g: min(owners) for g, owners in claims.items() if len(owners) == 1}
    return owner, shared


def connected(nodes: Iterable[int], edges: Sequence[Pair]) -> dict[int, int]:
    """The smallest node that each node is connected with."""
    lowest = {node: node for node in nodes}
    changed = True
    while changed:
        changed = False
        for a, b in edges:
            low = min(lowest[a], lowest[b])
            changed = changed or lowest[a] != low or lowest[b] != low
            lowest[a] = lowest[b] = low
    return lowest

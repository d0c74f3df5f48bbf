"""Why a link joins nobody, and what leads from one identifier to another."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import Literal

import numpy as np

from desireline.log.identity.people import Circle
from desireline.log.identity.persons import ACCOUNT, ANCHORS, ROLE_RANK, places

Reason = Literal["role_address", "two_accounts", "two_verified", "shared", "belongs_to_another"]


def reason_of(circle: Circle, a: int, b: int) -> Reason:
    """Why a refused link between two subjects of a circle is refused."""
    at = places(circle.subjects, np.array([a, b]))
    ranks, persons = circle.ranks[at].tolist(), circle.persons[at].tolist()
    if ROLE_RANK in ranks:
        return "role_address"
    if ranks == [ACCOUNT, ACCOUNT]:
        return "two_accounts"
    if ranks[0] == ranks[1] and ranks[0] in ANCHORS:
        return "two_verified"
    alone = [int(np.count_nonzero(circle.persons == person)) == 1 for person in persons]
    weaker = int(ranks[1] > ranks[0])
    return "shared" if alone[weaker] else "belongs_to_another"


def way_between(circle: Circle, a: int, b: int) -> list[int]:
    """The fewest subjects over which links make one person of `a` and `b`, both included.

    Empty where they are two persons.
    """
    beside: dict[int, list[int]] = defaultdict(list)
    joins = ~circle.refused
    for x, y in zip(circle.links.a[joins].tolist(), circle.links.b[joins].tolist(), strict=True):
        beside[x].append(y)
        beside[y].append(x)
    before = {a: a}
    border = deque([a])
    while border and b not in before:
        here = border.popleft()
        for there in beside[here]:
            if there not in before:
                before[there] = here
                border.append(there)
    way = [b] if b in before else []
    while way and way[-1] != a:
        way.append(before[way[-1]])
    return way[::-1]

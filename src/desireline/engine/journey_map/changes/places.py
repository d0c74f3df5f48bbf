"""The places of a map that a change writes: two changes that meet at none leave each other be."""

from __future__ import annotations

from collections.abc import Iterable

Place = tuple[str, ...]
"""`("touchpoint", "cart", "name")`, `("lane", "say", "cells", "cart")`; `()` is all of the map."""


def meeting(ours: Iterable[Place], theirs: Iterable[Place]) -> Place | None:
    """The first place that both write, one of them perhaps a part of the other; None: they do not.

    The longer of the two is given: it says more exactly where.
    """
    known = list(theirs)
    for ours_at in sorted(ours):
        for theirs_at in known:
            shorter = min(len(ours_at), len(theirs_at))
            if ours_at[:shorter] == theirs_at[:shorter]:
                return max(ours_at, theirs_at, key=len)
    return None

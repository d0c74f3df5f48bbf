"""Who gets what in a roll-out by lot, worked out from a name alone: nothing is kept.

Source of the idea: R. Kohavi, R. Longbotham, D. Sommerfield, R. M. Henne, "Controlled experiments
on the web: survey and practical guide", Data Mining and Knowledge Discovery 18, 2009, section 4.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate


def arm(identifier: str, salt: str, shares: Sequence[float]) -> int:
    """The arm of a person, from 0; the same name, salt and shares always give the same.

    The first 8 bytes of SHA-256 over `salt:identifier` in UTF-8, as a whole number over 2^64, fall
    into one of the shares, which add up to 1. Every client can do the same sum. Another salt deals
    anew; where the last share grows at the cost of the one before, nobody leaves the last arm.
    """
    hashed = sha256(f"{salt}:{identifier}".encode()).digest()[:8]
    place = int.from_bytes(hashed, "big") / 2**64
    for number, until in enumerate(accumulate(shares)):
        if place < until:
            return number
    return len(shares) - 1

"""How many must come until a claim is decided."""

from __future__ import annotations

import math

from desireline.engine.differences.intervals import Z_POWER
from desireline.engine.hypotheses.limits import always_limits

MOST = 10**8


def needed(number: float, margin: float) -> int:
    """So many decide a claim in 80 % of all cases, if the truth is `margin` off on either side.

    Mostly it is decided earlier, since one may look at any time.
    """
    sides = [share for share in (number - margin, number + margin) if 0 < share < 1]
    return max((_until(number, share, Z_POWER) for share in sides), default=MOST)


def until_decided(number: float, share: float) -> int:
    """So many decide the claim if the share stays as it is; `MOST` where that is too many."""
    return MOST if share == number else _until(number, share, 0.0)


def _until(number: float, share: float, unlucky: float) -> int:
    """The first n at which a count that is so many errors nearer to the number decides."""
    toward = 1 if number > share else -1

    def decides(n: int) -> bool:
        count = n * share + toward * unlucky * math.sqrt(n * share * (1 - share))
        low, high = always_limits(min(max(round(count), 0), n), n)
        return high < number if toward > 0 else low > number

    few, many = 0, 1
    while not decides(many) and many < MOST:
        few, many = many, many * 2
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if decides(middle) else (middle, many)
    return min(many, MOST)

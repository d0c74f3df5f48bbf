"""Limits of a share that hold at all times at once, exactly, for any number of looks."""

from __future__ import annotations

import math

ALPHA = 0.05
HALVINGS = 50


def always_limits(count: int, n: int, alpha: float = ALPHA) -> tuple[float, float]:
    """The 95 % limits of the share behind `count` of `n`, however often one looks.

    Outside of them lies what a mixture of all shares, each as likely, has beaten by 1 / alpha: in
    all time, that happens to the truth with a probability of at most alpha (J. Ville, 1939).
    """
    if n == 0:
        return 0.0, 1.0
    share = count / n
    low = _edge(count, n, alpha, 0.0, share) if count else 0.0
    high = _edge(count, n, alpha, 1.0, share) if count < n else 1.0
    return low, high


def beaten_by(count: int, n: int, share: float) -> float:
    """The logarithm of how much likelier the mixture makes what was seen than this share does."""
    mixed = math.lgamma(count + 1) + math.lgamma(n - count + 1) - math.lgamma(n + 2)
    alone = (count * math.log(share) if count else 0.0) + (
        (n - count) * math.log1p(-share) if count < n else 0.0
    )
    return mixed - alone


def _edge(count: int, n: int, alpha: float, outside: float, inside: float) -> float:
    """By halving: between the share that was seen and the end, the mixture wins ever more."""
    wall = -math.log(alpha)
    for _ in range(HALVINGS):
        middle = (outside + inside) / 2
        if beaten_by(count, n, middle) >= wall:
            outside = middle
        else:
            inside = middle
    return inside

"""Two sides in turn, A B A B, so that what disturbs the machine disturbs both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from bench.sides import Side

ROUNDS = 7
FEW = 3
SLOW = 2.0
"""Seconds from which on a work is run in `FEW` rounds and a peer is not warmed up each time."""
OURS_A_ROUND = 5


@dataclass(frozen=True, slots=True)
class Times:
    """Median, least and most of some runs; seconds, or a ratio of them."""

    median: float
    least: float
    most: float
    n: int

    @classmethod
    def of(cls, values: list[float]) -> Times:
        """From the single values."""
        return cls(median(values), min(values), max(values), len(values))

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def fastest_way(side: Side, work: str) -> tuple[int, dict[str, float]]:
    """The formulation that serves a side best, and what each of them took, the first run aside."""
    took = [_trial(side, work, way) for way in range(len(side.works[work]))]
    return took.index(min(took)), dict(zip(side.works[work], took, strict=True))


def _trial(side: Side, work: str, way: int) -> float:
    first = side.seconds(work, way, warm=0)[0]
    return first if first > SLOW else min(side.seconds(work, way, warm=0, times=2))


def alone(side: Side, work: str, times: int = 11) -> Times:
    """A side's own time for a work."""
    return Times.of(side.seconds(work, warm=2, times=times))


def race(
    ours: Side, work: str, other: Side, other_work: str, way: int = 0, *, alike: bool = False
) -> dict[str, Any]:
    """Both sides' times and the ratio theirs / ours, taken round by round.

    Where they are to be treated `alike`, the other is warmed up in each round as well, even if it
    is slow. A virtual machine may hand memory that rests for two seconds back to its host, and the
    first touch then takes 1 to 2 ns a byte instead of 0.1: a large side that rests while a small
    one runs would pay for that, and the small one not.
    """
    trial = other.seconds(other_work, way, warm=0)[0]
    slow = trial > SLOW
    mine: list[float] = []
    theirs: list[float] = []
    ratios: list[float] = []
    for _ in range(FEW if slow else ROUNDS):
        a = ours.seconds(work, warm=1, times=OURS_A_ROUND)
        b = other.seconds(
            other_work, way, warm=1 if alike or not slow else 0, times=1 if slow else 2
        )
        mine += a
        theirs += b
        ratios.append(median(b) / median(a))
    return {
        "ours": Times.of(mine).plain(),
        "theirs": Times.of(theirs).plain(),
        "ratio": Times.of(ratios).plain(),
    }

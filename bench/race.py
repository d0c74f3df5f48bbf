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
GROWTH_ROUNDS = 5


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


def race(ours: Side, work: str, other: Side, other_work: str, way: int = 0) -> dict[str, Any]:
    """Both sides' times and the ratio theirs / ours, taken round by round."""
    trial = other.seconds(other_work, way, warm=0)[0]
    slow = trial > SLOW
    mine: list[float] = []
    theirs: list[float] = []
    ratios: list[float] = []
    for _ in range(FEW if slow else ROUNDS):
        a = ours.seconds(work, warm=1, times=OURS_A_ROUND)
        b = other.seconds(other_work, way, warm=0 if slow else 1, times=1 if slow else 2)
        mine += a
        theirs += b
        ratios.append(median(b) / median(a))
    return {
        "ours": Times.of(mine).plain(),
        "theirs": Times.of(theirs).plain(),
        "ratio": Times.of(ratios).plain(),
    }


def grown(few: Side, many: Side, work: str) -> dict[str, Any]:
    """What the same work takes of more data: the ratio many / few, taken round by round.

    Of the seconds that processors work in the program. By the clock (`by_clock`) the host has its
    share in it: a virtual machine may hand memory that rests back to it, and the first touch then
    takes 1 to 2 ns a byte instead of 0.1, which a large side pays that outgrows what is at hand,
    and a small one not. Of one tree on one machine reading four times the events was 0.9 to 1.9
    times as dear by the clock within an hour, and 0.9 to 1.1 times in the program.
    """
    few_times: list[float] = []
    many_times: list[float] = []
    ratios: list[float] = []
    by_clock: list[float] = []
    for _ in range(GROWTH_ROUNDS):
        a, worked_a = few.worked(work, times=OURS_A_ROUND)
        b, worked_b = many.worked(work, times=2)
        few_times += a
        many_times += b
        ratios.append(median(worked_b) / median(worked_a))
        by_clock.append(median(b) / median(a))
    return {
        "ours": Times.of(few_times).plain(),
        "theirs": Times.of(many_times).plain(),
        "ratio": Times.of(ratios).plain(),
        "by_clock": Times.of(by_clock).plain(),
    }

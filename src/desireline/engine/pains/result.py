"""What the search for pains answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import Share
from desireline.engine.pains.signals import Signal

Aim: TypeAlias = Literal["outcome", "staying"]
"""What a visit is for: that the outcome comes, or, once it has come, that the customer stays."""
Verdict: TypeAlias = Literal["pain", "undecided", "harmless"]


@dataclass(frozen=True)
class Effect:
    """How visits with the signal end, beside like ones without it.

    Of an exit: the share that leaves here beside the share that comparable places lose.
    """

    n: int
    """Visits with the signal for which there are like ones."""
    like: int
    with_signal: float
    without: float
    difference: float
    low: float
    high: float
    q: float
    """The level at which it still counts as found among all that is compared on the map."""
    more: int
    """Further visits that would be needed to show a difference of this size; 0: none."""


@dataclass(frozen=True)
class Count:
    """How often, by a name."""

    name: str | None
    count: int


@dataclass(frozen=True)
class Quote:
    """What somebody said, when, and at which touchpoint (None: at none of the map)."""

    text: str
    at: str
    touchpoint: str | None


@dataclass(frozen=True)
class Companion:
    """A signal at a touchpoint that looks like a pain and only goes with one."""

    signal: Signal
    touchpoint: str
    name: str


@dataclass(frozen=True)
class Pain:
    """A signal at a touchpoint: whom it meets, and what it costs."""

    touchpoint: str
    name: str
    stage: str
    department: str | None
    signal: Signal
    aim: Aim | None
    """None where no outcome says what a visit is for."""
    verdict: Verdict
    people: Share
    """Journeys that meet the signal, of those that could."""
    effect: Effect | None
    """None where there are no like visits, or nothing that they are for."""
    harm: float
    """Outcomes, or customers, that it costs: people times effect, drawn towards 0 where they are
    few. Without an outcome, people."""
    worth: float | None
    """The harm in the unit of values, by the mean value of an outcome."""
    limit_seconds: float | None
    """Of a wait: the shortest that counts as long, over the places from where people come."""
    origins: tuple[Count, ...]
    """Where those who meet it come from, the most frequent first; None is outside."""
    channels: tuple[Count, ...]
    periods: tuple[Count, ...]
    """By the day on which their period begins (ISO 8601), in order."""
    quotes: tuple[Quote, ...]
    goes_with: tuple[Companion, ...]
    """What looks like a pain because the same people meet this one."""


@dataclass(frozen=True, eq=False)
class Pains(Result):
    """Where it hurts on a map, the most harm first."""

    cases: int
    """Journeys that could be judged."""
    outcome_known: bool
    horizon_seconds: float
    """Visits younger than this are not judged; a customer who comes back later than this stays."""
    judged: int
    """Signals at touchpoints that were compared."""
    pains: tuple[Pain, ...]
    undecided: tuple[Pain, ...]
    """What may hurt and cannot be told yet, the most possible harm first."""
    harmless: int

    def at(self, touchpoint: str) -> tuple[Pain, ...]:
        """The pains that were found at a touchpoint, the most harm first."""
        return tuple(pain for pain in self.pains if pain.touchpoint == touchpoint)

    def of(self, signal: Signal, touchpoint: str) -> Pain | None:
        """A signal at a touchpoint, as far as it is told."""
        for pain in (*self.pains, *self.undecided):
            if pain.signal == signal and pain.touchpoint == touchpoint:
                return pain
        return None

    def by_touchpoint(self) -> dict[str, list[dict[str, Any]]]:
        """What a map shows of it: for each touchpoint its pains, small enough to come along."""
        found: dict[str, list[dict[str, Any]]] = {}
        for pain in self.pains:
            told = {"signal": pain.signal, "people": pain.people.count, "harm": round(pain.harm, 1)}
            found.setdefault(pain.touchpoint, []).append({**told, "aim": pain.aim})
        return found

    def rows(self) -> list[dict[str, Any]]:
        """One row a pain, found ones first."""
        return [
            {
                "touchpoint": p.touchpoint,
                "signal": p.signal,
                "verdict": p.verdict,
                "people": p.people.count,
                "of": p.people.n,
                "harm": p.harm,
                "worth": p.worth,
                "aim": p.aim,
                "difference": None if p.effect is None else p.effect.difference,
                "low": None if p.effect is None else p.effect.low,
                "high": None if p.effect is None else p.effect.high,
                "q": None if p.effect is None else p.effect.q,
            }
            for p in (*self.pains, *self.undecided)
        ]

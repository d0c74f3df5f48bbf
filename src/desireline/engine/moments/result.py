"""What is answered of moments of truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from desireline.engine.analyses.result import Result
from desireline.engine.inference.hidden_kinds import AtOnce
from desireline.engine.moments.query import Chooser, Contrast, Quality

Verdict: TypeAlias = Literal["confirmed", "refuted", "undecided"]
Why: TypeAlias = Literal[
    "effect",
    "too_small",
    "other_people",
    "few",
    "hidden",
    "overlap",
    "too_late",
    "nothing_to_compare",
]
"""What decides: an effect that is sure and large; one that is surely smaller than of interest; the
same people differ as much where it did not happen; or why it is undecided."""


@dataclass(frozen=True)
class Effect:
    """What follows where a touchpoint went well, and where it did not, all that is known equal."""

    quality: Quality
    contrast: Contrast
    chooser: Chooser
    journeys: int
    """That came here; `n` of them could be followed and compared."""
    n: int
    went_well: int
    horizon_days: float
    with_it: float
    without: float
    raw: float
    """The difference as it stands in the log, nothing held equal."""
    difference: float
    low: float
    high: float
    q: float
    """The level at which it still counts as found among all of the map."""
    e_value: float
    """A hidden trait must make both so many times likelier to explain the effect away."""
    e_value_low: float
    """The same of the limit of the interval."""
    left_out: int
    worth: int
    """So many journeys of the rarer side would say as much without weights."""
    imbalance: float
    strongest: str
    rounds: AtOnce | None
    """The effect in its own round, hidden kinds of customers held equal."""
    verdict: Verdict
    why: Why
    more: int
    """Further journeys that would be needed to decide; 0: none, or more would not help."""


@dataclass(frozen=True)
class Moment:
    """A touchpoint and whether it decides."""

    touchpoint: str
    name: str
    department: str | None
    nominated: bool
    status: str | None
    """What the map says so far."""
    to_customer: float | None
    to_company: float | None
    """What staff voted, from 1 to 5; else what the map says."""
    voters: int
    journeys: int
    verdict: Verdict
    why: Why
    effect: Effect | None
    """The strongest, on which the verdict stands; None where nothing can be compared."""
    effects: tuple[Effect, ...]

    @property
    def surprise(self) -> bool:
        """Whether it decides, and nobody had thought so."""
        return self.verdict == "confirmed" and not self.nominated


@dataclass(frozen=True)
class Agreement:
    """How far votes and effects put touchpoints into the same order."""

    department: str | None
    """None: all together."""
    touchpoints: int
    rank: float | None
    """Spearman's correlation; None for fewer than four touchpoints, or all alike."""
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class Moments(Result):
    """Which touchpoints decide whether the outcome comes, and which only seemed to."""

    journeys: int
    smallest: float
    compared: int
    """Contrasts that could be estimated."""
    moments: tuple[Moment, ...]
    """Those nominated first, then by effect."""
    agreement: tuple[Agreement, ...]

    def of(self, touchpoint: str) -> Moment | None:
        """The moment of a touchpoint."""
        return next((one for one in self.moments if one.touchpoint == touchpoint), None)

    def rows(self) -> list[dict[str, Any]]:
        """One row a touchpoint."""
        return [_row(one) for one in self.moments]


def _row(one: Moment) -> dict[str, Any]:
    effect = one.effect
    return {
        "touchpoint": one.touchpoint,
        "nominated": one.nominated,
        "verdict": one.verdict,
        "why": one.why,
        "quality": None if effect is None else effect.quality,
        "journeys": one.journeys,
        "n": None if effect is None else effect.n,
        "difference": None if effect is None else effect.difference,
        "low": None if effect is None else effect.low,
        "high": None if effect is None else effect.high,
        "e_value": None if effect is None else effect.e_value,
        "more": None if effect is None else effect.more,
    }

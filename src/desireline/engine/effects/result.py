"""What the measurement of an effect answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from desireline.engine.analyses.result import Result
from desireline.engine.effects.query import Design, Kind

Verdict: TypeAlias = Literal["helped", "harmed", "undecided", "refused"]
CheckName: TypeAlias = Literal[
    "shares",  # the lot reached as many as it was meant to
    "pre_trend",  # before the change, reached and control moved alike
    "placebo_dates",  # no change is found at dates when there was none
    "placebo_units",  # the change is found where it was, and not elsewhere
    "fit",  # the mixture of controls followed the reached before the change
]
Refusal: TypeAlias = Literal[
    "not_deployed", "nobody_reached", "nobody_compared", "too_few", "too_short", "unlike_before"
]
Why: TypeAlias = Literal["asked", "lot", "units", "control", "date_only"]


@dataclass(frozen=True)
class Side:
    """The figure of those whom the change reaches, or of the control, before and after."""

    n_before: int
    before: float | None
    n_after: int
    after: float | None


@dataclass(frozen=True)
class Check:
    """Something that must hold for the estimate to be believed."""

    name: CheckName
    passed: bool
    p: float | None
    """How often chance alone would look at least as bad."""
    value: float | None
    """`shares`: the share reached; `pre_trend`: change of the difference in 30 days;
    `placebo_dates`: the largest change found; `fit`: root mean square of what is left."""
    of: int
    """How many persons, periods, dates or units were looked at."""


@dataclass(frozen=True)
class Point:
    """One period: the figure of the reached, and what it would be without the change."""

    begins: int
    """Microseconds since 1970."""
    n: int
    reached: float | None
    n_compared: int
    without: float | None
    """The control, moved to the level of the reached before; or the trend from before."""


@dataclass(frozen=True)
class Weight:
    """How much a unit counts in the mixture of controls."""

    unit: str
    weight: float


@dataclass(frozen=True, eq=False)
class Effect(Result):
    """Whether a change made a difference, how large, and how far that may be believed."""

    verdict: Verdict
    design: Design | None
    """None where it is refused before one could be chosen."""
    why: Why | None
    """Why this design: it was asked for, a lot was drawn, there are many units, there is a
    control, there is nothing but a date."""
    refusal: Refusal | None
    kind: Kind
    good: Literal["more", "less"]
    estimate: float | None
    """What the change adds to the figure of those whom it reaches."""
    low: float | None
    """95 % interval, for one look at a time that was set before."""
    high: float | None
    p: float | None
    any_time_low: float | None
    """With a lot: the 95 % interval that holds however often one looks; the verdict is by it."""
    any_time_high: float | None
    n: int
    """Comings that count, of both sides, before and after."""
    reached: Side
    compared: Side
    visits_a_day: float | None
    """Comings of both sides, on average; None of none."""
    left_out: int
    """Comings whose time was not over, or ran into the change."""
    at_most: float | None
    """What one coming counted at most; None: nothing was cut."""
    cut: int
    """Comings that would have counted for more."""
    deviation: float
    """The standard deviation of one coming, over all of them."""
    more: int
    """Further comings after the change, of both sides, that would be needed to show an effect of
    this size; 0: none. For `too_few` and `too_short`: until a first answer."""
    period_days: int
    """How long a period is."""
    checks: tuple[Check, ...]
    series: tuple[Point, ...]
    weights: tuple[Weight, ...]
    """Of a synthetic control, the heaviest first."""
    variance_kept: float | None
    """With a lot: the share of the variance that is left when what was known before is used."""

    def check(self, name: CheckName) -> Check | None:
        """The check of this name, if the design has it."""
        return next((check for check in self.checks if check.name == name), None)

    def rows(self) -> list[dict[str, Any]]:
        """One row a period."""
        return [
            {
                "begins": f"{np.datetime64(point.begins, 'us').astype('datetime64[m]')}Z",
                "n": point.n,
                "reached": point.reached,
                "n_compared": point.n_compared,
                "without": point.without,
            }
            for point in self.series
            if point.n or point.n_compared
        ]

"""What is asked: who comes to a touchpoint, whom a change reaches from when on, and what counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from desireline.engine.effects.errors import EffectImpossible
from desireline.engine.rules.ast import Property, Rule

DAY_SECONDS = 86_400.0
Design: TypeAlias = Literal[
    "randomised", "synthetic_control", "difference_in_differences", "interrupted_time_series"
]
"""How an effect is measured, the most trustworthy first."""
Kind: TypeAlias = Literal["rate", "value", "each", "time"]
"""What is counted of a coming: `rate`, whether such an event comes; `value`, the sum of the values
of such events, 0 without any; `each`, the value of the first of them, of those that have one;
`time`, the seconds until the first of them, of those without one the whole time that is looked at
(the restricted mean: of those who come alone, a change that brings more in would seem to slow)."""

CUT: tuple[Kind, ...] = ("value", "each")
"""Of which a largest amount may be said."""


@dataclass(frozen=True)
class Metric:
    """What counts after somebody has come to the touchpoint, and for how long it may come."""

    rule: Rule
    kind: Kind = "rate"
    within_seconds: float = 30 * DAY_SECONDS
    good: Literal["more", "less"] = "more"
    """Whether a higher figure is better for the customer and the company, or a lower one."""
    at_most: float | None = None
    """What one coming counts at most, of `value` and `each`: a few very large values may carry the
    mean. What is asked is then the mean of values that are cut there. None: nothing is cut."""


@dataclass(frozen=True)
class Hashed:
    """A random part of the persons: those in arm 1 of `arm(person, salt, (1 - share, share))`."""

    salt: str
    share: float = 0.5


@dataclass(frozen=True)
class Query:
    """Whether a change made a difference, for those who come to a touchpoint.

    One observation is one coming: an event of `entered`, and the metric in the time behind it. The
    next coming of the same person counts when the time of the last is over. Comings whose time is
    not over at the end of the log do not count yet; nor those before the change whose time ran into
    it.
    """

    entered: Rule
    metric: Metric
    deployed: int
    """Microseconds since 1970: from when on the change is in place."""
    reached: Rule | Hashed | None = None
    """Whom it reaches: where the rule holds at the coming or earlier; None: everybody."""
    compared: Rule | None = None
    """Who is the control; None: all whom the change does not reach."""
    by_chance: bool = False
    """Whether a lot decided who is reached; a `Hashed` part is always one of chance."""
    share: float | None = None
    """The share that the lot was meant to reach, where `reached` is a rule and that is known."""
    unit: str | None = None
    """A property such as the region or the shop whose values may serve as further controls; where
    `reached` asks for a value of one property, it is that one."""
    like: tuple[str, ...] = ("channel",)
    """The control is weighted to be as the reached are in these: the channel, or properties."""
    design: Design | None = None
    """None: the program chooses, and says why."""
    until: int | None = None
    """Microseconds since 1970: later events do not count. None: the end of the log."""

    def __post_init__(self) -> None:
        if not self.metric.within_seconds > 0:
            raise EffectImpossible(
                f"The metric looks {self.metric.within_seconds:g} seconds ahead.",
                hint="Give the time in which it may come, such as 30 days.",
            )
        cut = self.metric.at_most
        if cut is not None and (self.metric.kind not in CUT or not cut > 0):
            raise EffectImpossible(
                f"A {self.metric.kind} cannot be cut at {cut:g}.",
                hint="Give an amount above 0, for the sum of values or the value of each.",
            )
        if isinstance(self.reached, Hashed) and not 0 < self.reached.share < 1:
            raise EffectImpossible(
                f"A change for a share of {self.reached.share:g} of the persons has no control.",
                hint="Give a share between 0 and 1, such as 0.5.",
            )

    @property
    def randomised(self) -> bool:
        """Whether a lot decided who is reached."""
        return self.by_chance or isinstance(self.reached, Hashed)

    @property
    def unit_property(self) -> str | None:
        """The property whose values are the units."""
        if self.unit is not None or not isinstance(self.reached, Property):
            return self.unit
        return self.reached.name if self.reached.op in ("eq", "in") else None

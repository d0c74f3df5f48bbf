"""A claim: of those who come here, so many do that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desireline.engine.effects import EffectImpossible, Metric
from desireline.engine.effects import Query as EffectQuery
from desireline.engine.rules.ast import Rule


@dataclass(frozen=True)
class Query:
    """A claim such as "at least 20 % of those who see the price sign up within a week".

    Each person counts once, with her first coming since the claim was made.
    """

    entered: Rule
    metric: Metric
    """A rate."""
    number: float
    """The share that refutes the claim if the truth lies on the other side of it."""
    since: int
    """Microseconds since 1970: when the claim was made. What came before cannot speak for it."""
    claims: Literal["at_least", "at_most"] = "at_least"
    margin: float = 0.05
    """How far the truth may lie from the number before it matters, for planning."""
    until: int | None = None
    """Microseconds since 1970: later events do not count. None: the end of the log."""

    def __post_init__(self) -> None:
        if self.metric.kind != "rate" or not 0 < self.number < 1:
            raise EffectImpossible(
                f"A claim about a {self.metric.kind} of {self.number:g} cannot be tested.",
                hint="Claim a share between 0 and 1 of those who come.",
            )
        if not 0 < self.margin < 1:
            raise EffectImpossible(
                f"A margin of {self.margin:g} is none.",
                hint="Say what difference matters, such as 0.05.",
            )

    @property
    def comings(self) -> EffectQuery:
        """The same persons and what came of them, as effects ask for them."""
        return EffectQuery(
            self.entered, self.metric, self.since, by_chance=True, like=(), until=self.until
        )

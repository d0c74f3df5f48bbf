"""What is asked of a funnel: its steps, limits, and how to count."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Literal, get_args

from desireline.engine.errors import DesirelineError
from desireline.engine.kernels.funnel_in_order import MOST_BITS
from desireline.engine.rules.ast import Rule
from desireline.engine.rules.words import in_words

MOST_STEPS = 100
MOST_SECONDS = 1e12
"""32,000 years: more seconds are not counted in int64 microseconds."""
CountBy = Literal["journey", "entry"]


class FunnelImpossible(DesirelineError):
    """A funnel that cannot be asked for."""


@dataclass(frozen=True)
class Step:
    """One step of a funnel."""

    rule: Rule
    name: str = ""
    """How the step is told; without, its rule in words."""
    within_seconds: float | None = None
    """At most so long after the step before it in the attempt."""
    optional: bool = False
    without: Rule | None = None
    """An event at which this holds, strictly between the step before and this, ends the way."""

    @property
    def told(self) -> str:
        """The step's name, or its rule in words."""
        return self.name or in_words(self.rule)


@dataclass(frozen=True)
class Query:
    """Steps and limits as the module's words define them. Raises FunnelImpossible."""

    steps: tuple[Step, ...]
    window_seconds: float | None = None
    """From the entry to any step, at most."""
    strict: bool = False
    """The next event must be the step."""
    count_by: CountBy = "journey"
    by: str | None = None
    """Break down by `channel`, `actor`, a trait, or a property of the event at the first step."""
    counts_only: bool = False
    """How many reach each step and drop out there, without times, what came instead and groups.

    A plain funnel (a window at most) then takes half the time."""
    most_instead: int = 5
    """So many of the events that came instead are told at each step."""
    most_groups: int = 20
    """So many groups of a breakdown are told, the largest first; the rest together as one."""

    def __post_init__(self) -> None:
        if not self.steps or len(self.steps) > MOST_STEPS:
            raise FunnelImpossible(
                f"A funnel has 1 to {MOST_STEPS} steps, not {len(self.steps)}.",
                hint="Give the steps in the order in which people should take them.",
                case="steps",
                most=MOST_STEPS,
            )
        if self.steps[0].optional:
            raise FunnelImpossible(
                f"The first step, {self.steps[0].told!r}, cannot be optional: it opens an attempt.",
                hint="Leave it out, or begin with a step that everybody takes.",
                case="first",
            )
        if self.steps[0].within_seconds is not None or self.steps[0].without is not None:
            raise FunnelImpossible(
                f"The first step, {self.steps[0].told!r}, has no step before it to be limited by.",
                hint="Put them on the later of the two steps that they concern.",
                case="first",
            )
        limits = (self.window_seconds, *(step.within_seconds for step in self.steps))
        for limit in limits:
            if limit is not None and not _is_limit(limit):
                raise FunnelImpossible(
                    f"A limit of {limit!r} seconds cannot be kept.",
                    hint="A limit is a number of seconds, 0 or more; none is without limit.",
                )
        if self.count_by not in get_args(CountBy):
            raise FunnelImpossible(
                f"A funnel cannot count by {self.count_by!r}.",
                hint=f"Count by {' or by '.join(get_args(CountBy))}.",
            )
        if self.by is not None and not isinstance(self.by, str):
            raise FunnelImpossible(
                f"A funnel is broken down by a name, not by {self.by!r}.",
                hint="Give channel, actor, a trait or a property.",
            )

    @property
    def is_plain(self) -> bool:
        """Whether each step may follow the one before at any later time within the window."""
        limited = any(s.optional or s.without or s.within_seconds is not None for s in self.steps)
        return self.count_by == "journey" and not self.strict and not limited

    @property
    def is_in_order(self) -> bool:
        """Whether nothing else matters than that the steps come in order: plain, no window."""
        return self.is_plain and self.window_seconds is None and len(self.steps) <= MOST_BITS

    @property
    def last_required(self) -> int:
        """The step that converts: the last that is not optional."""
        return max(s for s, step in enumerate(self.steps) if not step.optional)

    @property
    def required_before(self) -> tuple[int, ...]:
        """For each step, the one that its share is of: the last before it that is required."""
        found = [0]
        for s in range(1, len(self.steps)):
            found.append(found[-1] if self.steps[s - 1].optional else s - 1)
        return tuple(found)


def _is_limit(seconds: object) -> bool:
    return isinstance(seconds, Real) and 0 <= float(seconds) <= MOST_SECONDS

"""What is asked: a map whose moments of truth are put to the test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from desireline.engine.inference.describing import PROPERTIES, SCORE
from desireline.engine.journey_map import JourneyMap
from desireline.engine.rules.ast import Rule
from desireline.engine.telling import Words

Quality: TypeAlias = Literal["happened", "answered", "quick", "worked", "liked", "once"]
"""How a touchpoint can have gone well: it happened to who stood before it, somebody answered, it
came soon, it did not fail, it was given a good mark, it was not needed again."""
Chooser: TypeAlias = Literal["company", "customer"]

SMALLEST = 0.05
HIDDEN_CUSTOMER = 3.0
HIDDEN_COMPANY = 1.25


@dataclass(frozen=True)
class Vote:
    """What a department thinks of a touchpoint: how many voted, and the means (1 to 5)."""

    touchpoint: str
    department: str
    n: int
    to_customer: float
    to_company: float


@dataclass(frozen=True)
class Contrast:
    """A touchpoint that went well against one that did not, as arrays can be asked for it.

    A journey is looked at where it first comes to one of `stands` (or to the touchpoint itself, as
    the quality has it); well or not is settled `within` microseconds, and the outcome counts after.
    """

    touchpoint: str
    quality: Quality
    stands: tuple[str, ...]
    within: int
    chooser: Chooser
    """Who settles it: where customers do, a hidden trait may settle both it and the outcome."""
    again: bool = False
    """Whether the outcome is one more of its kind (or a payment), as most had it before."""
    split: float = 0.0
    """The mark, or the wait in microseconds, that parts well from not."""
    reply: str = ""
    """What counts as the answer."""


@dataclass(frozen=True)
class Query:
    """Which effect of a touchpoint's going well on the outcome would make it a moment of truth."""

    journey_map: JourneyMap
    outcome: Rule | None = None
    """What should follow; else the outcome of the map."""
    smallest: float = SMALLEST
    """The smallest effect on the chance of the outcome that is of interest."""
    horizon_days: float | None = None
    """How long one waits for the outcome; else as long as it takes in 19 of 20 cases, or, where the
    log is shorter, so that half of all can be followed."""
    hidden_customer: float = HIDDEN_CUSTOMER
    """What customers choose themselves is confirmed only where no trait explains it away that makes
    both choice and outcome so many times likelier."""
    hidden_company: float = HIDDEN_COMPANY
    """The same of what the company does."""
    votes: tuple[Vote, ...] = ()
    knows: tuple[str, ...] = (SCORE, *PROPERTIES)
    """Properties of events that are held equal, where events have them; and the marks."""
    as_of: int | None = None
    """Microseconds since 1970: later events do not count."""
    words: Words | None = None
    contrasts: tuple[Contrast, ...] | None = None
    """Set by `again` for the second look."""
    ends: int = 0
    """Set by `again`: the last moment of the log."""

    @property
    def told(self) -> Words:
        """How journeys are told."""
        words = self.words or Words.of(self.journey_map)
        return words if self.outcome is None else replace(words, outcome=self.outcome)

"""The shape of whatever answers questions over the journeys that it holds."""

from __future__ import annotations

from typing import Protocol, TypeVar

from desireline.engine.analyses.analysis import Analysis
from desireline.engine.analyses.result import Result

Q = TypeVar("Q")
P = TypeVar("P")
R = TypeVar("R", bound=Result)


class Compute(Protocol):
    """Holds parts of the journeys, in this process or in many, and answers over all of them."""

    def ask(self, analysis: Analysis[Q, P, R], query: Q) -> R:
        """The result of `analysis` for `query` over everything that is held, never over less.

        Raises what the analysis raises, and a DesirelineError where the answer cannot be had.
        """
        ...

"""What has become of a claim."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from desireline.engine.analyses.result import Result


@dataclass(frozen=True)
class Point:
    """What was known at the end of a day."""

    begins: int
    """When the day begins, microseconds since 1970; days count from the moment of the claim."""
    n: int
    count: int
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Hypothesis(Result):
    """Whether a claim holds, as far as that is known."""

    verdict: Literal["holds", "refuted", "undecided"]
    claims: Literal["at_least", "at_most"]
    number: float
    n: int
    """Persons who have come, and whose time is over."""
    count: int
    """Of them, those for whom it came."""
    share: float | None
    low: float
    """95 % limits that hold however often one looks."""
    high: float
    left_out: int
    """Persons whose time is not over."""
    needed: int
    """Persons in all who decide it in 80 % of cases if the truth is off by the margin."""
    more: int
    """Further persons until it is decided, if the share stays as it is, or as planned where nobody
    has come; 0 when it is decided."""
    decided_at: int | None
    """The end of the day on which it was decided, microseconds since 1970."""
    series: tuple[Point, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row a day on which somebody came."""
        return [asdict(point) for point in self.series]

"""Two groups beside each other: differences with their intervals, and what may be said of them."""

from desireline.engine.differences.comparing import (
    Compared,
    ComparedQuery,
    Comparison,
    ComparisonImpossible,
    Difference,
    Side,
)

__all__ = [
    "Compared",
    "ComparedQuery",
    "Comparison",
    "ComparisonImpossible",
    "Difference",
    "Side",
]

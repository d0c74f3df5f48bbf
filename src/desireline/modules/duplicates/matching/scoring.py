"""How right suggestions are where the truth is known: precision and recall over pairs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import I64, Bools


@dataclass(frozen=True)
class Scores:
    """Figures over pairs of records."""

    true_pairs: int
    suggested: int
    right: int
    precision_at_recall: float | None
    """The precision where the best pairs reach the recall asked for; None where none does."""

    @property
    def precision(self) -> float:
        """Of the suggested pairs, the share that is right."""
        return self.right / self.suggested if self.suggested else 1.0

    @property
    def recall(self) -> float:
        """Of the true pairs, the share that is suggested."""
        return self.right / self.true_pairs if self.true_pairs else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def scored(
    truth: Sequence[Hashable], a: I64, b: I64, suggested: int, recall: float = 0.9
) -> Scores:
    """The scores of pairs, best first, of which the first `suggested` are suggestions.

    `truth[row]` is who the record is; pairs of records with the same value are the true ones.
    """
    numbers: dict[Hashable, int] = {}
    who = np.array([numbers.setdefault(t, len(numbers)) for t in truth], np.int64)
    often = np.bincount(who) if len(who) else np.zeros(0, np.int64)
    true_pairs = int((often * (often - 1) // 2).sum())
    right: Bools = who[a] == who[b]
    met = np.cumsum(right)
    needed = int(np.ceil(recall * true_pairs - 1e-9))
    place = int(np.searchsorted(met, needed))
    at = needed / (place + 1) if needed and place < len(met) else None
    return Scores(true_pairs, suggested, int(right[:suggested].sum()), at)

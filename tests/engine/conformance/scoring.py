"""How many of the planted deviations are found again, journey by journey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

import numpy as np
from tests.engine.conformance.planting import plan_map, planted
from tests.engine.factories import journeys_of

from desireline.engine import conformance
from desireline.engine.compute.threads import run
from desireline.engine.conformance import DeviationKind, deviating

WALKS = 120


@dataclass
class Scores:
    """Deviations by kind: planted, found, and both."""

    there: Counter[DeviationKind] = field(default_factory=Counter)
    told: Counter[DeviationKind] = field(default_factory=Counter)
    right: Counter[DeviationKind] = field(default_factory=Counter)

    def recall(self, kind: DeviationKind) -> float:
        """Of what was planted, the share that was found."""
        return self.right[kind] / self.there[kind]

    def precision(self, kind: DeviationKind) -> float:
        """Of what was found, the share that was planted."""
        return self.right[kind] / self.told[kind]


def scored(seeds: Iterable[int]) -> Scores:
    """The scores over the random map of each seed, with `WALKS` journeys each."""
    scores = Scores()
    for seed in seeds:
        random = Random(seed)
        journey_map = plan_map(random)
        made = planted(random, journey_map, WALKS)
        journeys = journeys_of(made.walks)
        query = conformance.Query(journey_map)
        found = {
            (d.kind, d.touchpoint or d.event or ""): deviating(
                journeys, query, d.kind, d.touchpoint or d.event or ""
            )
            for d in run(conformance, journeys, query).deviations
        }
        for (kind, _), which in found.items():
            scores.told[kind] += int(np.count_nonzero(which))
        for number, truth in enumerate(made.truth):
            if truth is not None:
                scores.there[truth[0]] += 1
                scores.right[truth[0]] += truth in found and bool(found[truth][number])
    return scores

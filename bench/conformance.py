"""Conformance of 200,000 journeys, and pm4py on some of them: `python -m bench.conformance`.

The log is a simulated shop, the map is discovered in it. pm4py aligns each of its distinct ways
once, as ours does, so it is given journeys of different ways, and the rate is ways a second.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from statistics import median
from typing import Any

from tests.engine.conformance.models import tree_of
from tests.engine.conformance.test_alignment import HERE

import desireline as dl
from bench.environments import python_of
from desireline.engine import conformance
from desireline.engine.compute.threads import run
from desireline.engine.journey_map import JourneyMap

PERSONS, WAYS, ROUNDS = 200_000, 200, 5


def measure(persons: int, ways: int) -> dict[str, Any]:
    """Seconds for all, and how many times pm4py's rate of ways ours is, on the same ways."""
    journeys = dl.simulate(persons)
    journey_map = journeys.discover().journey_map
    query = conformance.Query(journey_map)
    found = run(conformance, journeys, query)
    took = [_timed(lambda: run(conformance, journeys, query)) for _ in range(ROUNDS)]
    distinct = _distinct(journeys, journey_map)
    chosen = distinct[:: max(1, len(distinct) // ways)][:ways]
    theirs = _pm4py(journey_map, chosen)
    return {
        "journeys": found.cases,
        "events": found.events,
        "ways": len(distinct),
        "seconds": {"median": median(took), "least": min(took), "most": max(took)},
        "ways_a_second": len(distinct) / median(took),
        "pm4py_ways": len(chosen),
        "pm4py_seconds": theirs,
        "times_the_rate": len(distinct) / median(took) / (len(chosen) / theirs),
    }


def _timed(work: Any) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _distinct(journeys: dl.Journeys, journey_map: JourneyMap) -> list[list[str]]:
    found = conformance.partial(journeys, conformance.Query(journey_map)).ways
    names = [name or "stranger" for name in found.events]
    return [
        [names[code] for code in found.code[a:b].tolist()]
        for a, b in zip(found.offset[:-1].tolist(), found.offset[1:].tolist(), strict=True)
    ]


def _pm4py(journey_map: JourneyMap, ways: list[list[str]]) -> float:
    asked = [{"tree": tree_of(journey_map), "ways": ways, "runs": []}]
    done = subprocess.run(
        [str(python_of("pm4py")), str(HERE / "ask_pm4py.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    seconds: float = json.loads(done.stdout)[0]["seconds"]
    return seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=PERSONS)
    parser.add_argument("--ways", type=int, default=WAYS)
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.persons, chosen.ways), indent=2))

"""Alignments: at the least cost, as Dijkstra finds it, and as pm4py does."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.conformance import oracle
from tests.engine.conformance.models import random_map, random_run, random_way, tree_of
from tests.engine.factories import journeys_of
from tests.engine.parting import copied, cut_at

from desireline.engine import conformance
from desireline.engine.analyses.variants import Partial
from desireline.engine.compute.threads import run
from desireline.engine.conformance.laying import aligned
from desireline.engine.conformance.plan import Plan, plan_of
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys

HERE = Path(__file__).parent
STORED = HERE / "pm4py_answers.json"
"""What pm4py 2.7 answered: `python -m tests.engine.conformance.store_answers`."""
PM4PY = HERE.parents[2] / ".venv-bench-pm4py" / "bin" / "python"
MODELS, WAYS = 200, 6


def ways_of(plan: Plan, ways: Sequence[Sequence[str]]) -> Partial:
    """Ways by name as the kernels take them."""
    at = {t.key: n for n, t in enumerate(plan.touchpoints)}
    code = [at.get(name, len(at)) for way in ways for name in way]
    offset = np.cumsum([0, *(len(way) for way in ways)], dtype=np.int64)
    total = np.ones((len(ways), 2), np.int64)
    return Partial(
        (*at, ""), offset, np.array(code, np.uint16), total, np.zeros(len(total), np.uint64)
    )


def walked(ways: Sequence[Sequence[str]]) -> Journeys:
    """Journeys that walk these ways, an event a minute."""
    return journeys_of([[(name, 60.0 * i) for i, name in enumerate(way)] for way in ways])


def asked(seed: int) -> tuple[JourneyMap, list[list[str]], list[list[str]]]:
    """A map, ways beside it, and ways that follow it."""
    random = Random(seed)
    journey_map = random_map(random)
    runs = [found for _ in range(12) if (found := random_run(random, journey_map))]
    return journey_map, [random_way(random, journey_map) for _ in range(WAYS)], runs


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_costs_what_the_cheapest_alignment_costs(seed: int) -> None:
    journey_map, ways, runs = asked(seed)
    plan = plan_of(journey_map)
    found = ways_of(plan, ways)
    cost, fitted = aligned(found, plan)
    for n in range(len(ways)):
        way = found.code[found.offset[n] : found.offset[n + 1]].tolist()
        marks = fitted[found.offset[n] : found.offset[n + 1]]
        assert cost[n] == oracle.cheapest(plan, way), (ways[n], tree_of(journey_map))
        filled = {plan.slot_of[t] for t, mark in zip(way, marks, strict=True) if mark}
        empty = sum(s not in filled for s in np.flatnonzero(plan.required).tolist())
        assert cost[n] == (marks == 0).sum() + empty, "the marks are an alignment of that cost"
    assert not aligned(ways_of(plan, runs), plan)[0].any(), "what the plan allows costs nothing"


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_precision_is_what_prefixes_say(seed: int) -> None:
    journey_map, _, runs = asked(seed)
    plan = plan_of(journey_map)
    at = {t.key: n for n, t in enumerate(plan.touchpoints)}
    found = run(conformance, walked(runs), conformance.Query(journey_map)) if runs else None
    expected = oracle.precision(plan, [tuple(at[name] for name in way) for way in runs])
    assert expected == (None if found is None else found.precision)
    assert found is None or found.fitness == 1


def test_costs_equal_those_of_pm4py_and_precision_where_it_has_one() -> None:
    """Over 200 random models and logs; without pm4py at hand, its stored answers serve.

    Precision is compared where every stage is in order. Behind silent steps of parallel branches
    pm4py looks from one of the markings that a prefix may have led to; the definition, and the
    oracle above, from all of them.
    """
    questions = [asked(seed) for seed in range(MODELS)]
    stored = json.loads(STORED.read_text())
    if PM4PY.exists():
        assert ask(PM4PY, questions[:20]) == stored[:20], "the stored answers are pm4py's"
    compared = 0
    for (journey_map, ways, runs), answer in zip(questions, stored, strict=True):
        plan = plan_of(journey_map)
        assert aligned(ways_of(plan, ways), plan)[0].tolist() == answer["costs"]
        if runs and not plan.any_order:
            found = run(conformance, walked(runs), conformance.Query(journey_map))
            assert found.precision == pytest.approx(answer["precision"], abs=1e-12)
            compared += 1
    assert compared > 40


def ask(
    python: Path, questions: list[tuple[JourneyMap, list[list[str]], list[list[str]]]]
) -> list[dict[str, object]]:
    """What pm4py answers."""
    given = [{"tree": tree_of(m), "ways": ways, "runs": runs} for m, ways, runs in questions]
    done = subprocess.run(
        [str(python), str(HERE / "ask_pm4py.py")],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[dict[str, object]] = json.loads(done.stdout)
    return [{k: v for k, v in answer.items() if k != "seconds"} for answer in answers]


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_parts_of_the_journeys_answer_as_the_whole(seed: int, n: int) -> None:
    journey_map, ways, runs = asked(seed)
    journeys = walked(ways + runs)
    query = conformance.Query(journey_map)
    whole = run(conformance, journeys, query).to_dict()
    cuts = [Random(seed + k).randrange(len(journeys)) for k in range(n)]
    parts = [copied(part, seed) for part in cut_at(journeys, cuts)]
    assert run(conformance, parts, query).to_dict() == whole

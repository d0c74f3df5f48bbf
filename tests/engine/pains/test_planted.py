"""Pains in worlds in which it is known what hurts; the large study is `python -m worlds pains`."""

from __future__ import annotations

from functools import cache

import msgspec

from desireline.engine import pains
from desireline.engine.compute.threads import over, run
from desireline.engine.journey_map.parts import Goal
from desireline.engine.saying import in_words
from desireline.sim.planted.pains import PlantedPains, planted_pains


@cache
def world(seed: int, *, null: bool = False) -> PlantedPains:
    return planted_pains(seed, persons=3_000, null=null)


@cache
def answer(seed: int, *, null: bool = False) -> pains.Pains:
    found = world(seed, null=null)
    return run(pains, found.journeys, pains.Query(found.journey_map))


def found(told: pains.Pains) -> list[tuple[pains.Signal, str]]:
    return [(pain.signal, pain.touchpoint) for pain in told.pains]


def test_what_hurts_is_among_the_first_five() -> None:
    planted = [pain in found(answer(seed))[:5] for seed in (2, 3, 6) for pain in world(seed).pains]
    assert sum(planted) >= 8
    assert len(planted) == 9


def test_nothing_is_found_where_nothing_hurts() -> None:
    assert [found(answer(seed, null=True)) for seed in (0, 1)] == [[], []]
    assert answer(0, null=True).undecided, "what was not found is not called harmless"


def test_shards_say_the_same() -> None:
    whole = answer(2)
    here = world(2)
    cut = over(pains, here.journeys.shards(4), pains.Query(here.journey_map), 1)
    assert cut.to_dict() == whole.to_dict()


def test_persons_behind_a_pain_are_those_it_counts() -> None:
    here = world(2)
    query = pains.Query(here.journey_map)
    settled = pains.again(pains.partial(here.journeys, query), query)
    assert settled is not None
    for pain in answer(2).pains:
        hurt = pains.hurting(here.journeys, settled, pain.signal, pain.touchpoint)
        assert hurt.sum() == pain.people.count


def test_every_pain_is_told_with_its_interval() -> None:
    told = answer(2)
    words = in_words(told)
    assert words[0].key == "pains.found"
    assert words[-1].key == "pains.caveat"
    for pain in told.pains:
        assert pain.effect is not None
        assert pain.effect.low <= pain.effect.difference <= pain.effect.high
        assert pain.effect.q <= 0.05
        assert sum(one.count for one in pain.periods) == pain.people.count
        assert sum(one.count for one in pain.channels) == pain.people.count
    keyed = told.by_touchpoint()
    assert {pain.touchpoint for pain in told.pains} == set(keyed)


def test_without_an_outcome_pains_are_ranked_by_people() -> None:
    here = world(2)
    no_goal = msgspec.structs.replace(here.journey_map, goal=Goal())
    told = run(pains, here.journeys, pains.Query(no_goal))
    assert not told.outcome_known
    assert in_words(told)[-1].key == "pains.no_outcome"
    assert [p.harm for p in told.pains] == sorted((p.harm for p in told.pains), reverse=True)
    assert all(pain.aim is None and pain.worth is None for pain in told.pains)

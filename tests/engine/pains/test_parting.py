"""Which of several signals that go together hurts: small logs in which it is known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from tests.engine.factories import Walk, journeys_of

from desireline.engine import pains
from desireline.engine.compute.threads import run
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, Stage, Touchpoint
from desireline.engine.rules.ast import Event

PLACES = ("a", "b", "c", "d")
MAP = JourneyMap(
    key="m",
    name="M",
    stages=(
        Stage(
            key="s",
            name="S",
            touchpoints=tuple(Touchpoint(key=p, name=p, rule=Event((p,))) for p in PLACES),
        ),
    ),
    goal=Goal(outcome=Event(("won",))),
)


def walks(lot: Generator, *, fails_at: str, again: float, with_failure: float) -> Iterator[Walk]:
    """Of 100 visitors 20 do `b` again; of them, and of the rest, so many fail; who fails leaves.

    By a half, that is, and one in ten leaves anyway. `again` is the share that fails of those who
    did it again, `with_failure` that of the others.
    """
    for number in range(4_000):
        walk = list[tuple[str, float]]()
        twice = lot.random() < 0.2
        fails = lot.random() < (again if twice else with_failure)
        for at, place in enumerate(PLACES, 1_000 * number):
            walk.append((place, 60.0 * at))
            if place == "b" and twice:
                walk.append((place, 60.0 * at + 1))
            if fails and place == fails_at:
                walk.append(("step_failed", 60.0 * at + 2))
                if lot.random() < 0.5:
                    break
            if lot.random() < 0.1:
                break
        else:
            walk.append(("won", walk[-1][1] + 60))
        yield walk


def told(fails_at: str, again: float, with_failure: float) -> pains.Pains:
    lot = np.random.default_rng(11)
    log = list(walks(lot, fails_at=fails_at, again=again, with_failure=with_failure))
    return run(pains, journeys_of(log), pains.Query(MAP))


def found(answer: pains.Pains) -> list[tuple[pains.Signal, str]]:
    return [(pain.signal, pain.touchpoint) for pain in answer.pains]


def beside(pain: pains.Pain) -> list[tuple[pains.Signal, str]]:
    return [(one.signal, one.touchpoint) for one in pain.goes_with]


def test_what_only_goes_with_a_failure_at_the_same_visit_is_no_pain() -> None:
    answer = told("b", again=0.8, with_failure=0.1)
    assert found(answer) == [("error", "b")]
    assert beside(answer.pains[0]) == [("repeated", "b")]


def test_what_leads_to_a_failure_later_is_no_pain_itself() -> None:
    answer = told("d", again=0.8, with_failure=0.1)
    assert found(answer) == [("error", "d")]
    assert beside(answer.pains[0]) == [("repeated", "b")]


def test_a_place_at_which_they_leave_for_another_pain_is_none_itself() -> None:
    answer = told("c", again=0.4, with_failure=0.4)
    assert ("error", "c") in found(answer)
    assert ("exit", "c") not in found(answer)


def test_both_hurt_where_both_do() -> None:
    """Who does it again leaves for that as well: neither explains the other away."""
    lot = np.random.default_rng(12)
    log = [
        walk[: 3 if twice and lot.random() < 0.5 else len(walk)]
        for walk in walks(lot, fails_at="c", again=0.6, with_failure=0.1)
        for twice in [[name for name, _ in walk[1:3]] == ["b", "b"]]
    ]
    answer = run(pains, journeys_of(log), pains.Query(MAP))
    assert set(found(answer)) == {("error", "c"), ("repeated", "b")}
    hurt = answer.of("repeated", "b")
    assert hurt is not None
    assert hurt.effect is not None
    # Of 100 who go on from b, 90 of 100 at each of two more places; failures are not its own.
    assert hurt.effect.low < -0.5 * 0.9**3 < hurt.effect.high + 0.15


def test_a_pain_keeps_its_effect_when_another_goes_with_it() -> None:
    """Half of those leave who would have gone on: within three standard errors of that."""
    for place, rest in (("b", 0.9**3), ("d", 0.9)):
        (pain,) = told(place, again=0.8, with_failure=0.1).pains
        assert pain.effect is not None
        error = (pain.effect.high - pain.effect.low) / (2 * 1.96)
        assert abs(pain.effect.difference + 0.5 * rest) < 3 * error

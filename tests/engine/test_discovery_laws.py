"""Laws of discovery: what must not change the draft, and that nothing is lost in silence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.factories import journeys_of, some_journeys

from desireline.engine.building import build
from desireline.engine.discovery import Draft, discover, find
from desireline.engine.journeys import Ids, Journeys, Mask
from desireline.sim import world

SHAPES = ("loops", "synonyms", "noisy", "service")
each = pytest.mark.parametrize("shape", SHAPES)


def made(shape: str) -> Journeys:
    return build(world(3, shape).events())


def structure(draft: Draft) -> tuple[object, ...]:
    """All that a draft decides, without the numbers behind it."""
    touchpoints = [
        (t.events, t.place, t.stage, t.optional, t.repeatable, t.alternative_to)
        for t in draft.touchpoints
    ]
    reached = draft.outcome.events if draft.outcome else ()
    return touchpoints, reached, sorted((left.event, left.why) for left in draft.left_out)


def picked(journeys: Journeys, which: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Journeys:
    """The journeys with these numbers, in this order, as a log of its own."""
    spans = [np.arange(journeys.offset[j], journeys.offset[j + 1]) for j in which]
    index = np.concatenate(spans)
    return replace(
        journeys,
        offset=np.cumsum([0, *map(len, spans)]).astype(np.int64),
        time=journeys.time[index],
        code=journeys.code[index],
        channel=None if journeys.channel is None else journeys.channel[index],
        actor=None if journeys.actor is None else journeys.actor[index],
        value=None if journeys.value is None else journeys.value[index],
        columns={},
        traits={},
        ids=Ids(integers=np.arange(len(which), dtype=np.int64)),
    )


@each
def test_the_order_of_journeys_does_not_matter(shape: str) -> None:
    journeys = made(shape)
    shuffled = picked(journeys, np.random.default_rng(1).permutation(len(journeys)))
    assert find(shuffled) == find(journeys)


@each
def test_a_filter_is_as_good_as_a_copy(shape: str) -> None:
    journeys = made(shape)
    dice = np.random.default_rng(8)
    chosen = dice.random(len(journeys)) < 0.6
    every = np.ones(len(journeys.time), np.bool_)
    filtered = replace(journeys, mask=Mask(every, chosen))
    assert find(filtered) == find(picked(journeys, np.flatnonzero(chosen)))


@each
def test_a_log_twice_over_gives_the_same_map(shape: str) -> None:
    journeys = made(shape)
    twice = picked(journeys, np.tile(np.arange(len(journeys)), 2))
    assert structure(find(twice)) == structure(find(journeys))


@each
def test_names_that_say_nothing_do_not_matter(shape: str) -> None:
    journeys = made(shape)
    new = [f"q{i}" for i in range(len(journeys.events))]
    back = dict(zip(new, journeys.events, strict=True))
    touchpoints, reached, left = structure(find(replace(journeys, events=tuple(new))))
    assert isinstance(touchpoints, list)
    renamed = [(tuple(back[e] for e in events), *rest) for events, *rest in touchpoints]
    assert structure(find(journeys)) == (
        renamed,
        tuple(back[e] for e in reached),
        sorted((back[e], why) for e, why in left),
    )


@each
def test_the_numbering_of_event_types_does_not_matter(shape: str) -> None:
    journeys = made(shape)
    old = np.random.default_rng(2).permutation(len(journeys.events))
    code = np.argsort(old).astype(np.uint16)[journeys.code]
    moved = replace(journeys, code=code, events=tuple(journeys.events[v] for v in old))
    draft, right = find(moved), find(journeys)
    assert draft.stage_of == right.stage_of
    assert draft.place_of == right.place_of
    assert set(draft.noise) == set(right.noise)


@each
def test_the_pace_of_time_does_not_matter(shape: str) -> None:
    journeys = made(shape)
    slower = replace(journeys, time=journeys.time * 7)
    assert structure(find(slower)) == structure(find(journeys))


@given(journeys=some_journeys())
@settings(max_examples=80, deadline=None)
def test_nothing_is_lost_in_silence(journeys: Journeys) -> None:
    found = discover(journeys)
    draft, document = found.explanation, found.journey_map
    seen = {journeys.events[v] for v in np.unique(kept_codes(journeys))}
    assert {*draft.order, *(left.event for left in draft.left_out)} == seen
    assert [t.key for t in document.touchpoints] == list(
        dict.fromkeys(t.key for t in document.touchpoints)
    )
    assert len(document.touchpoints) == len(draft.touchpoints)
    assert draft.events == len(kept_codes(journeys))
    assert all(0 <= t.agreement <= 1 and 0 < t.reach <= 1 for t in draft.touchpoints)


def kept_codes(journeys: Journeys) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    spans = zip(journeys.offset, journeys.offset[1:], strict=False)
    codes = []
    for j, (a, b) in enumerate(spans):
        for i in range(int(a), int(b)):
            mask = journeys.mask
            if mask is None or (mask.journey[j] and mask.event[i]):
                codes.append(int(journeys.code[i]))
    return np.array(codes, np.int64)


class TestFindTinyLogs:
    def test_no_journeys(self) -> None:
        found = discover(journeys_of([]))
        assert found.journey_map.stages == ()
        assert found.explanation.outcome is None

    def test_one_event(self) -> None:
        draft = find(journeys_of([[("visit", 0)]]))
        assert draft.order == ("visit",)
        assert len(draft.stages) == 1

    def test_one_journey(self) -> None:
        steps = [("visit", 0), ("cart", 60), ("order", 90), ("delivered", 9e5), ("review", 2e6)]
        draft = find(journeys_of([steps]))
        assert draft.order == tuple(name for name, _ in steps)
        assert draft.outcome is not None
        assert draft.outcome.events == ("order",)

    def test_a_value_on_a_step_that_all_take_is_not_the_goal(self) -> None:
        paid: list[tuple[str, float]] = [("order", 0), ("paid", 60)]
        whole = [*paid, ("packed", 3e4), ("delivered", 9e5)]
        walks = [whole] * 80 + [paid] * 20
        journeys = journeys_of(walks)
        worth = journeys.code == journeys.code_of["paid"]
        value = np.where(worth, np.float32(20), np.float32(np.nan))
        draft = find(replace(journeys, value=value))
        assert draft.outcome is not None
        assert draft.outcome.events == ("delivered",)

    def test_a_value_on_a_step_that_some_take_is_the_goal(self) -> None:
        paid: list[tuple[str, float]] = [("visit", 0), ("cart", 60), ("paid", 90)]
        walks = [[*paid, ("delivered", 9e5)]] * 60 + [paid[:2]] * 40
        journeys = journeys_of(walks)
        worth = journeys.code == journeys.code_of["paid"]
        value = np.where(worth, np.float32(20), np.float32(np.nan))
        draft = find(replace(journeys, value=value))
        assert draft.outcome is not None
        assert draft.outcome.events == ("paid",)

    def test_one_event_type_again_and_again(self) -> None:
        draft = find(journeys_of([[("ping", s) for s in range(50)] for _ in range(30)]))
        assert draft.order == ("ping",)
        assert draft.touchpoints[0].repeatable

    def test_all_noise(self) -> None:
        rng = np.random.default_rng(5)
        walk = lambda: [(f"n{rng.integers(6)}", 10.0 * s) for s in range(30)]  # noqa: E731
        found = discover(journeys_of([walk() for _ in range(200)]))
        assert set(found.explanation.noise) == {f"n{i}" for i in range(6)}
        assert found.journey_map.stages == ()

    @given(st.integers(1, 12))
    @settings(max_examples=12, deadline=None)
    def test_a_straight_way(self, length: int) -> None:
        walk = [(f"step {i:02}", 100.0 * i) for i in range(length)]
        draft = find(journeys_of([walk] * 5))
        assert draft.order == tuple(name for name, _ in walk)
        assert 1 <= len(draft.stages) <= 7

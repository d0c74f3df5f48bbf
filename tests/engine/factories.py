"""Small journeys for tests: from lists, at random from a seed, and as hypothesis strategies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from desireline.engine.journeys import MICROSECONDS, Ids, Journeys, Mask

Walk = Sequence[tuple[str, float]]
"""One journey: event type and time in seconds, in sequence."""


def journeys_of(
    walks: Sequence[Walk],
    *,
    channels: Sequence[Sequence[str]] | None = None,
    values: Sequence[Sequence[float | None]] | None = None,
    ids: Sequence[str] | None = None,
    persons: Sequence[int] | None = None,
    events: Sequence[str] | None = None,
    keep: tuple[Sequence[Sequence[bool]], Sequence[bool]] | None = None,
    ordered_by_time: bool = True,
) -> Journeys:
    """Journeys in the order of `walks`; each is used as it stands and is not sorted.

    `channels` and `values` have the shape of `walks`. `persons` gives each journey an index into
    `ids` (journeys are then sessions). `events` fixes the vocabulary; else it is that of the
    walks, sorted. `keep` is a mask: bools in the shape of `walks`, and one bool a journey.
    """
    flat = [step for walk in walks for step in walk]
    vocabulary = tuple(sorted({name for name, _ in flat}) if events is None else events)
    code_of = {name: code for code, name in enumerate(vocabulary)}
    wide = np.uint16 if len(vocabulary) < 2**16 else np.uint32
    people = len(walks) if persons is None else max(persons, default=-1) + 1
    journeys = Journeys(
        offset=np.cumsum([0, *(len(walk) for walk in walks)], dtype=np.int64),
        time=np.array([round(second * MICROSECONDS) for _, second in flat], np.int64),
        code=np.array([code_of[name] for name, _ in flat], wide),
        events=vocabulary,
        ids=Ids.of([str(i + 1) for i in range(people)] if ids is None else ids),
        person=None if persons is None else np.array(persons, np.int32),
        ordered_by_time=ordered_by_time,
    )
    if channels is not None:
        journeys = _with_channels(journeys, [name for walk in channels for name in walk])
    if values is not None:
        numbers = [np.nan if v is None else v for walk in values for v in walk]
        journeys = replace(journeys, value=np.array(numbers, np.float32))
    if keep is not None:
        event, journey = keep
        journeys = masked(journeys, [k for walk in event for k in walk], journey)
    return journeys


def masked(journeys: Journeys, event: Sequence[bool], journey: Sequence[bool]) -> Journeys:
    """The same journeys with a filter: one bool an event, one a journey."""
    return replace(journeys, mask=Mask(np.array(event, np.bool_), np.array(journey, np.bool_)))


def _with_channels(journeys: Journeys, names: Sequence[str]) -> Journeys:
    known = ("", *sorted(set(names) - {""}))
    codes = np.array([known.index(name) for name in names], np.uint8)
    return replace(journeys, channel=codes, channels=known)


def walks_of(journeys: Journeys) -> list[list[tuple[str, int]]]:
    """What a filter leaves of each journey: event type and time in microseconds, the slow way.

    Journeys that the filter excludes, or of which it leaves nothing, stand as empty lists.
    """
    return [
        [(journeys.events[int(journeys.code[i])], int(journeys.time[i])) for i in kept]
        for kept in kept_events(journeys)
    ]


def kept_events(journeys: Journeys) -> list[list[int]]:
    """The positions in the arrays of the events that a filter leaves, for each journey."""
    out = []
    for j in range(len(journeys)):
        span = range(int(journeys.offset[j]), int(journeys.offset[j + 1]))
        if journeys.mask is None:
            out.append(list(span))
        elif journeys.mask.journey[j]:
            out.append([i for i in span if journeys.mask.event[i]])
        else:
            out.append([])
    return out


def random_journeys(
    seed: int, n_journeys: int = 200, n_types: int = 6, mean_length: float = 8.0
) -> Journeys:
    """Random journeys of `n_types` types, with values, channels and equal times; exact by seed."""
    rng = np.random.default_rng(seed)
    length = rng.poisson(mean_length, n_journeys)
    n = int(length.sum())
    offset = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    wait = np.where(rng.random(n) < 0.1, 0, rng.lognormal(6.0, 3.0, n) * MICROSECONDS)
    start = rng.integers(0, 10**15, n_journeys)
    elapsed = np.cumsum(wait.astype(np.int64))
    earlier = np.concatenate([[0], elapsed])[offset[:-1]]
    time = elapsed + np.repeat(start - earlier, length)
    value = np.where(rng.random(n) < 0.3, rng.random(n) * 100, np.nan).astype(np.float32)
    return Journeys(
        offset=offset,
        time=time.astype(np.int64),
        code=_skewed(rng, n, n_types),
        events=tuple(f"type {i}" for i in range(n_types)),
        ids=Ids(integers=np.arange(n_journeys, dtype=np.int64)),
        channel=rng.integers(0, 3, n).astype(np.uint8),
        channels=("", "web", "store"),
        value=value,
    )


def _skewed(
    rng: np.random.Generator, n: int, n_types: int
) -> NDArray[np.uint16] | NDArray[np.uint32]:
    weight = 1.0 / np.arange(1, n_types + 1)
    drawn = rng.choice(n_types, n, p=weight / weight.sum())
    return drawn.astype(np.uint16) if n_types < 2**16 else drawn.astype(np.uint32)


def random_mask(journeys: Journeys, seed: int, share: float = 0.7) -> Journeys:
    """The same journeys with a random filter that leaves about `share` of events and journeys."""
    rng = np.random.default_rng(seed)
    event = rng.random(len(journeys.time)) < share
    journey = rng.random(len(journeys)) < share
    return replace(journeys, mask=Mask(event, journey))


@st.composite
def some_journeys(
    draw: st.DrawFn, *, max_journeys: int = 8, max_length: int = 12, in_order: bool = True
) -> Journeys:
    """Any few journeys over a handful of types: empty, with equal times, masked, as sessions.

    With `in_order` False, times may run backwards, as where `order` columns decide the sequence.
    """
    second = st.integers(0 if in_order else -100, 10**7).map(lambda n: n / 1000)
    step = st.tuples(st.sampled_from("abcd"), second)
    walks = draw(st.lists(st.lists(step, max_size=max_length), max_size=max_journeys))
    n = sum(len(walk) for walk in walks)
    made = journeys_of(
        [_in_time(walk) for walk in walks],
        persons=_sessions(draw, len(walks)),
        events=tuple("abcd"),
        values=[[draw(st.sampled_from([None, 0.5, 2.0])) for _ in walk] for walk in walks],
        ordered_by_time=in_order,
    )
    if not in_order:
        made = replace(made, time=draw_times(draw, n))
    if draw(st.booleans()):
        bools = st.booleans()
        made = masked(
            made,
            draw(st.lists(bools, min_size=n, max_size=n)),
            draw(st.lists(bools, min_size=len(walks), max_size=len(walks))),
        )
    return made


def draw_times(draw: st.DrawFn, n: int) -> NDArray[np.int64]:
    """`n` times in no order, within about eleven days of 1970."""
    drawn = draw(st.lists(st.integers(-(10**12), 10**12), min_size=n, max_size=n))
    return np.array(drawn, np.int64)


def _in_time(walk: Walk) -> Walk:
    return [
        (name, second) for (name, _), second in zip(walk, sorted(s for _, s in walk), strict=True)
    ]


def _sessions(draw: st.DrawFn, n: int) -> list[int] | None:
    if not draw(st.booleans()):
        return None
    person = -1
    owners = []
    for _ in range(n):
        person += 1 if person < 0 or draw(st.booleans()) else 0
        owners.append(person)
    return owners


def shards_at(journeys: Journeys, cuts: Sequence[int]) -> list[Journeys]:
    """Shards of `journeys` cut before the journeys whose numbers are in `cuts`."""
    inner = sorted({cut for cut in cuts if 0 < cut < len(journeys)})
    bounds = [0, *inner, len(journeys)]
    return [journeys.between(a, b) for a, b in pairwise(bounds)]


def pencil() -> Journeys:
    """Six journeys small enough to work out every figure with a pencil."""
    return journeys_of(
        [
            [("visit", 0), ("cart", 60), ("order", 180)],
            [("visit", 0), ("cart", 30), ("visit", 90), ("cart", 100), ("order", 400)],
            [("visit", 0), ("support", 600)],
            [("visit", 0), ("cart", 20)],
            [("visit", 0), ("visit", 10), ("cart", 40), ("order", 100)],
            [("support", 0)],
        ],
        values=[
            [None, None, 10.0],
            [None, None, None, None, 20.0],
            [None, None],
            [None, None],
            [None, None, None, 30.5],
            [None],
        ],
        ids=["ann", "bob", "cem", "dan", "eve", "fay"],
    )

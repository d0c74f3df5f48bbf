"""A few real journeys behind the figures, some for every touchpoint, always the same ones.

Which ones is decided by a hash of their names: at each touchpoint the journeys with the least. So a
sample does not depend on how the log is cut, and a journey stays in it while others come and go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np

from desireline.engine.analyses.flags import spelled_out
from desireline.engine.analyses.times import iso
from desireline.engine.journeys import I64, Bools, Codes, Journeys, name_order
from desireline.engine.kernels.living_map import choose_journeys
from desireline.engine.living_map.figures import SampleJourney
from desireline.engine.name_hashes import keys_of

MOST_JOURNEYS = 300
MOST_STEPS = 200
"""Visits of a journey that are shown; a note tells where some are not."""


@dataclass(frozen=True, eq=False)
class Candidate:
    """A journey that may be shown: its name and what it visited."""

    key: tuple[int, str]
    """Hash and name: those with the least keys are shown."""
    name: str
    order: tuple[Any, ...]
    """What sorts journeys by name."""
    outcome: bool
    visited: tuple[int, ...]
    """The touchpoints, by number, each once."""
    code: Codes
    """The touchpoints of its first visits, at most one more than are shown; and their times."""
    time: I64


def candidates(visits: Journeys, outcome: Bools | None) -> tuple[Candidate, ...]:
    """The journeys of a shard that may be shown, at most `MOST_JOURNEYS` or one a touchpoint.

    `visits` are journeys in the words of the map, filtered to the first event of each visit.
    """
    assert visits.mask is not None  # noqa: S101 - relabelled journeys have a mask
    n_codes = len(visits.events)
    least, chosen = np.zeros((n_codes, _quota(n_codes)), np.int64), _nobody(n_codes)
    if n_codes:
        mask = visits.mask
        choose_journeys(
            visits.offset,
            visits.code,
            mask.event,
            mask.journey,
            keys_of(visits),
            least,
            chosen,
        )
    key_of = dict(zip(chosen.reshape(-1).tolist(), least.reshape(-1).tolist(), strict=True))
    key_of.pop(-1, None)
    flags = spelled_out(outcome, visits)
    return tuple(_candidate(visits, j, key, flags) for j, key in sorted(key_of.items()))


def chosen_among(found: Iterable[Candidate], n_codes: int) -> tuple[Candidate, ...]:
    """Those with the least keys at each touchpoint; what shards offer together, chosen again."""
    left = [_quota(n_codes)] * n_codes
    chosen = []
    for candidate in sorted(found, key=attrgetter("key")):
        if any(left[code] > 0 for code in candidate.visited):
            chosen.append(candidate)
            for code in candidate.visited:
                left[code] -= 1
    return tuple(chosen)


def sample(
    found: tuple[Candidate, ...], keys: tuple[str, ...]
) -> tuple[tuple[SampleJourney, ...], bool]:
    """At most `MOST_JOURNEYS` journeys, and whether some of them are cut at `MOST_STEPS`.

    The journeys come by name.
    """
    shown = sorted(found, key=attrgetter("key"))[:MOST_JOURNEYS]
    shown.sort(key=attrgetter("order"))
    cut = any(len(c.code) > MOST_STEPS for c in shown)
    return tuple(_told(candidate, keys) for candidate in shown), cut


def by_touchpoint(
    keys: tuple[str, ...], journeys: tuple[SampleJourney, ...]
) -> dict[str, tuple[int, ...]]:
    """For each touchpoint the indexes of the sample journeys that visit it."""
    found: dict[str, list[int]] = {key: [] for key in keys}
    for index, journey in enumerate(journeys):
        for key in dict.fromkeys(key for key, _ in journey.steps):
            found[key].append(index)
    return {key: tuple(indexes) for key, indexes in found.items()}


def _quota(n_codes: int) -> int:
    return max(1, MOST_JOURNEYS // max(n_codes, 1))


def _nobody(n_codes: int) -> I64:
    return np.full((n_codes, _quota(n_codes)), -1, np.int64)


def _candidate(visits: Journeys, j: int, key: int, outcome: Bools) -> Candidate:
    assert visits.mask is not None  # noqa: S101
    span = slice(int(visits.offset[j]), int(visits.offset[j + 1]))
    at = np.flatnonzero(visits.mask.event[span]) + span.start
    name = visits.journey_id(j)
    return Candidate(
        key=(key, name),
        name=name,
        order=(*name_order(visits.ids[visits.person_index(j)]), visits.session_number(j)),
        outcome=bool(outcome[span].any()),
        visited=tuple(np.unique(visits.code[at]).tolist()),
        code=visits.code[at[: MOST_STEPS + 1]],
        time=visits.time[at[: MOST_STEPS + 1]],
    )


def _told(candidate: Candidate, keys: tuple[str, ...]) -> SampleJourney:
    steps = zip(candidate.code[:MOST_STEPS].tolist(), candidate.time.tolist(), strict=False)
    return SampleJourney(
        id=candidate.name,
        outcome=candidate.outcome,
        steps=tuple((keys[code], iso(time)) for code, time in steps),
    )

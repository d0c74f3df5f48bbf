"""How unevenly persons contribute to the figures of two groups, where one counts several times.

Visits of one person are no independent witnesses, nor are the entries of one into a funnel. For
each figure this sums over persons c * c and c * m: of the m times that one is counted, c are such.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from desireline.engine.analyses import funnel, positions, retention, touchpoints, transitions
from desireline.engine.analyses.flags import kept, last_with, spelled_out
from desireline.engine.analyses.funnel_attempts import attempts_of
from desireline.engine.analyses.positions import stands
from desireline.engine.analyses.retention_counts import entered
from desireline.engine.analyses.shares import ByPerson, alike_of, independent_of
from desireline.engine.analyses.transition_counts import uneven_steps
from desireline.engine.journeys import I64, Journeys
from desireline.engine.kernels.positions import ENDED

Key: TypeAlias = Hashable
"""What one is counted in: a step that is passed, a touchpoint that is come to."""
EVERY = "every"
"""All journeys."""


@dataclass(frozen=True)
class Uneven:
    """Of some journeys, the sums by what is counted; without any, each stands for itself."""

    sums: Mapping[Key, tuple[int, int]] = field(default_factory=dict)
    """Over persons c * c, and c * m with m of that which the figure is a share of."""

    def merge(self, other: Uneven) -> Uneven:
        """Both together; nobody is in both."""
        sums = dict(self.sums)
        for key, (square, cross) in other.sums.items():
            mine = sums.get(key, (0, 0))
            sums[key] = (mine[0] + square, mine[1] + cross)
        return Uneven(sums)

    def independent(self, count: int, n: int, of: Key, among: Key) -> float | None:
        """How many independent ones say as much of a share; None: all of them."""
        if among not in self.sums or n == 0:
            return None
        square, cross = self.sums.get(of, (0, 0))
        return independent_of(count, n, ByPerson(square, cross, self.sums[among][0]))

    def alike(self, n: int, of: Key) -> float | None:
        """The same of any figure, as if all that one person does were alike: the fewest."""
        return alike_of(n, self.sums[of][0]) if of in self.sums else None


def uneven(analysis: str, journeys: Journeys, query: Any) -> Uneven:
    """What a shard contributes; nothing where nobody is counted twice."""
    return BY_PERSON[analysis](journeys, query) if analysis in BY_PERSON else Uneven()


def of_funnel(journeys: Journeys, query: funnel.Query) -> Uneven:
    """Keys: ("first", step) of those who entered, ("previous", step) of the step before."""
    if journeys.person is None and query.count_by != "entry":
        return Uneven()
    attempts = attempts_of(journeys, query)
    owner = _owner(journeys)
    person = owner if attempts.owner is None else owner[attempts.owner]
    level, rows = attempts.level, []
    for s, step in enumerate(query.steps):
        passed = level >= s
        if step.optional:
            passed &= (level == s) | (attempts.chain[:, s] >= 0)
        rows.append(person[passed])
    n = len(rows)
    keys: list[Key] = [(name, s) for name in ("first", "previous") for s in range(n)]
    among = [0] * n + [0, *query.required_before[1:]]
    return _summed(keys, among, rows * 2)


def of_touchpoints(journeys: Journeys, query: touchpoints.Query) -> Uneven:
    """Keys: (figure, event); "reach" is of all journeys, the others of those that came."""
    if journeys.person is None:
        return Uneven()
    n, owner = len(journeys.events), _owner(journeys)
    journey, at = _seen(journeys)
    code = journeys.code[at].astype(np.int64)
    run = np.diff(journey * n + code, prepend=-1) != 0
    cell, first, visits = np.unique(
        (journey * n + code)[run], return_index=True, return_counts=True
    )
    first_at = at[run][first]
    came, here = np.divmod(cell, n)
    outcome = (
        np.full(len(journeys), -1)
        if query.outcome is None
        else last_with(spelled_out(query.outcome, journeys), journeys)
    )
    ends = np.diff(journey, append=-1) != 0
    lost = ends & (outcome[journey] < 0)
    rows = {
        "reach": (owner[came], here),
        "exit": (owner[journey[lost]], code[lost]),
        "loop": (owner[came[visits > 1]], here[visits > 1]),
        "outcome": (owner[came[outcome[came] >= first_at]], here[outcome[came] >= first_at]),
    }
    keys: list[Key] = [EVERY, *((name, event) for name in rows for event in journeys.events)]
    among = [0] * (n + 1) + [1 + c for _ in range(len(rows) - 1) for c in range(n)]
    walked = owner[journey[ends]]
    series = [np.zeros(len(walked), np.int64)]
    series += [1 + n * k + codes for k, (_, codes) in enumerate(rows.values())]
    persons = [walked, *(persons for persons, _ in rows.values())]
    return _sums(keys, among, np.concatenate(series), np.concatenate(persons))


def of_transitions(journeys: Journeys, _query: transitions.Query) -> Uneven:
    """Keys: ("step", from, to) of all journeys, and ("wait", from, to) of every walk of a step."""
    n, names = len(journeys.events), (*journeys.events, None)
    walks, _ = uneven_steps(journeys)
    source, target = np.divmod(walks.key, n + 1)
    told = zip(source.tolist(), target.tolist(), walks.count.tolist(), strict=True)
    found = Uneven({("wait", names[f], names[t]): (sums[0], sums[1]) for f, t, sums in told})
    if journeys.person is None:
        return found
    journey, at = _seen(journeys)
    code, begins = journeys.code[at].astype(np.int64), np.diff(journey, prepend=-1) != 0
    ends = np.diff(journey, append=-1) != 0
    before = np.where(begins, n, np.roll(code, 1))
    step = np.concatenate([before * (n + 1) + code, code[ends] * (n + 1) + n])
    owner, side = np.concatenate([journey, journey[ends]]), (n + 1) * (n + 1)
    who, taken = np.divmod(np.unique(owner * side + step), side)
    steps, number = np.unique(taken, return_inverse=True)
    pairs = zip(*(part.tolist() for part in np.divmod(steps, n + 1)), strict=True)
    keys: list[Key] = [EVERY, *(("step", names[f], names[t]) for f, t in pairs)]
    person, walked = _owner(journeys), _owner(journeys)[journey[ends]]
    series = np.concatenate([np.zeros(len(walked), np.int64), 1 + number])
    return found.merge(_sums(keys, [0] * len(keys), series, np.concatenate([walked, person[who]])))


def of_positions(journeys: Journeys, query: positions.Query) -> Uneven:
    """Keys: events, of all that are open."""
    if journeys.person is None:
        return Uneven()
    position, _ = stands(journeys, query)
    person, position = _owner(journeys)[position != ENDED], position[position != ENDED]
    keys: list[Key] = [EVERY, *(("stands", event) for event in journeys.events)]
    series = np.concatenate([np.zeros_like(position), 1 + position])
    return _sums(keys, [0] * len(keys), series, np.concatenate([person, person]))


def of_retention(journeys: Journeys, query: retention.Query) -> Uneven:
    """Keys: the first days of cohorts, and all together: who began there how often."""
    if journeys.person is None:
        return Uneven()
    found = entered(journeys, query)
    cohorts, number = np.unique(found.cohort, return_inverse=True)
    days = [query.calendar.first_day(cohort).isoformat() for cohort in cohorts.tolist()]
    person = _owner(journeys)[found.journey]
    series = np.concatenate([np.zeros(len(person), np.int64), 1 + number])
    keys: list[Key] = [EVERY, *(("began", day) for day in days)]
    return _sums(keys, [0] * len(keys), series, np.concatenate([person, person]))


def _seen(journeys: Journeys) -> tuple[I64, I64]:
    """The events that the filter leaves: the journey of each, and where it stands."""
    mask, first = kept(journeys), int(journeys.offset[0])
    journey = np.repeat(np.arange(len(journeys)), np.diff(journeys.offset))
    stays = mask.event[first : journeys.offset[-1]] & mask.journey[journey]
    return journey[stays], np.flatnonzero(stays) + first


def _owner(journeys: Journeys) -> I64:
    """The person of each journey, from 0."""
    if journeys.person is None:
        return np.arange(len(journeys))
    owner = journeys.person.astype(np.int64)
    from_0: I64 = owner - owner.min(initial=owner[0] if len(owner) else 0)
    return from_0


def _summed(keys: list[Key], among: list[int], rows: Iterable[I64]) -> Uneven:
    """The same where the persons of each key are given by themselves."""
    listed = list(rows)
    series = np.repeat(np.arange(len(listed)), [len(one) for one in listed])
    return _sums(keys, among, series, np.concatenate(listed))


def _sums(keys: list[Key], among: list[int], series: I64, person: I64) -> Uneven:
    """The sums by key, of rows (series, person): series k is `keys[k]`, a share of `among[k]`."""
    persons = int(person.max(initial=0)) + 1
    cell, times = np.unique(series * persons + person, return_counts=True)
    which, who = np.divmod(cell, persons)
    wanted = np.array(among, np.int64)[which] * persons + who
    at = np.minimum(np.searchsorted(cell, wanted), max(len(cell) - 1, 0))
    often = np.where(cell[at] == wanted, times[at], 0)
    sums = np.zeros((len(keys), 2), np.int64)
    np.add.at(sums, which, np.column_stack([times * times, times * often]))
    return Uneven(
        {key: (row[0], row[1]) for key, row in zip(keys, sums.tolist(), strict=True) if row[0]}
    )


BY_PERSON: Mapping[str, Callable[[Journeys, Any], Uneven]] = {
    "funnel": of_funnel,
    "touchpoints": of_touchpoints,
    "transitions": of_transitions,
    "positions": of_positions,
    "retention": of_retention,
}
"""By the name of the analysis; those that are missing carry it in what they count."""

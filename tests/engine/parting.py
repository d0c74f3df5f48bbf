"""The same journeys in parts, as an index or a cluster holds them: cut, copied, coded apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from desireline.engine.journeys import Bools, Column, Ids, Journeys, Mask
from desireline.engine.vocabulary import extended


def cut_at(journeys: Journeys, cuts: Sequence[int]) -> list[Journeys]:
    """Slices over the same arrays, cut before these journeys, or before the person's first one."""
    inner = {_persons_first(journeys, cut) for cut in cuts if 0 < cut < len(journeys)}
    bounds = sorted({0, *inner, len(journeys)})
    return [journeys.between(a, b) for a, b in pairwise(bounds)] or [journeys]


def _persons_first(journeys: Journeys, journey: int) -> int:
    while journey and journeys.person_index(journey) == journeys.person_index(journey - 1):
        journey -= 1
    return journey


def knowing(part: Journeys, log: Journeys) -> Journeys:
    """The part with all names of the log: a log knows them all, though each part only its own."""
    return replace(
        part,
        events=extended([part.events, log.events]),
        channels=extended([part.channels, log.channels]),
    )


def copied(part: Journeys, seed: int) -> Journeys:
    """The part in arrays of its own, with a vocabulary of its own in an order of its own.

    Event types, channels and actors that it does not use it does not know; nor does it name
    persons who are not in it.
    """
    rng = np.random.default_rng(seed)
    part = part.trimmed()
    used = rng.permutation(np.unique(part.code))
    code_of = np.zeros(len(part.events) + 1, part.code.dtype)
    code_of[used] = np.arange(len(used))
    owner = [part.person_index(j) for j in range(len(part))]
    persons = sorted(set(owner))
    place = {person: at for at, person in enumerate(persons)}
    channel, channels = _recoded(part.channel, part.channels, rng)
    actor, actors = _recoded(part.actor, part.actors, rng)
    sessions = np.array([place[o] for o in owner], np.int32)
    return replace(
        part,
        offset=part.offset.copy(),
        time=part.time.copy(),
        code=code_of[part.code],
        events=tuple(part.events[code] for code in used),
        ids=_some(part.ids, persons, seed),
        first=0,
        person=None if part.person is None else sessions,
        channel=channel,
        channels=channels,
        actor=actor,
        actors=actors,
        value=None if part.value is None else part.value.copy(),
        columns={name: _copied(column, rng) for name, column in part.columns.items()},
    )


def _some(ids: Ids, persons: list[int], seed: int) -> Ids:
    """The names of some persons: as numbers or, every second time, as text."""
    names = [ids[p] for p in persons]
    if seed % 2 and all(name.isdecimal() for name in names):
        return Ids(integers=np.array(names, np.int64))
    return Ids.of(names)


def _recoded(codes, names, rng):
    if codes is None:
        return None, names
    used = rng.permutation(np.unique(codes[codes > 0]))
    table = np.zeros(len(names), np.uint8)
    table[used] = np.arange(1, len(used) + 1)
    return table[codes], ("", *(names[code] for code in used))


def _copied(column: Column, rng: np.random.Generator) -> Column:
    if column.codes is None:
        return replace(column, numbers=column.numbers.copy())
    used = rng.permutation(np.unique(column.codes[column.codes >= 0]))
    table = np.full(len(column.values) + 1, -1, np.int32)
    table[used] = np.arange(len(used))
    return Column(codes=table[column.codes], values=tuple(column.values[code] for code in used))


def overlaid(journeys: Journeys, persons: Bools, seed: int) -> list[Journeys]:
    """A base in which some persons are hidden, and an overlay that holds all of their journeys.

    `persons` has one bool for each entry of `ids`.
    """
    hidden = np.array([persons[journeys.person_index(j)] for j in range(len(journeys))], np.bool_)
    old = journeys.mask or Mask(
        np.ones(len(journeys.time), np.bool_), np.ones(len(journeys), np.bool_)
    )
    event = old.event.copy()
    if seed % 2:  # an index hides journeys alone; others hide their events as well
        part = slice(int(journeys.offset[0]), int(journeys.offset[-1]))
        event[part] &= ~np.repeat(hidden, np.diff(journeys.offset))
    base = replace(journeys, mask=Mask(event, old.journey & ~hidden))
    return [base, copied(_only(journeys, hidden), seed)]


def _only(journeys: Journeys, wanted: Bools) -> Journeys:
    """These journeys alone, in arrays of their own."""
    part = journeys.trimmed()
    events = np.repeat(wanted, np.diff(part.offset))
    lengths = np.diff(part.offset)[wanted]
    person = np.array([part.person_index(j) for j in np.flatnonzero(wanted)], np.int32)
    held = {name: getattr(part, name) for name in ("time", "code", "channel", "actor", "value")}
    if part.person is None:
        ids, person = part.ids.taken(person), None
    else:
        ids = part.ids
    mask = part.mask
    return replace(
        part,
        offset=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        ids=ids,
        first=0,
        person=person,
        columns={n: _at(c, events) for n, c in part.columns.items()},
        traits={n: _at(c, wanted) for n, c in part.traits.items()},
        mask=None if mask is None else Mask(mask.event[events], mask.journey[wanted]),
        **{name: None if a is None else a[events] for name, a in held.items()},
    )


def _at(column: Column, chosen: Bools) -> Column:
    if column.codes is None:
        return replace(column, numbers=column.numbers[chosen])
    return replace(column, codes=column.codes[chosen])

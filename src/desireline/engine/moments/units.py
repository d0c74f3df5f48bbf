"""The second look: journeys at a touchpoint, whether it went well, and when the outcome came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desireline.engine.inference.describing import Known, known_at, together
from desireline.engine.journeys import I64, Bools, Journeys
from desireline.engine.moments.first_look import Stream, failed, score_of
from desireline.engine.moments.query import Contrast, Query
from desireline.engine.name_hashes import hashes_of, mixed

U64 = NDArray[np.uint64]
MOST = 10_000
"""Journeys that are looked at for one contrast; of more, those with the least keys, which is a
sample at random and the same one however the journeys are cut into parts."""
NEVER = -1


@dataclass(frozen=True, eq=False)
class Standing:
    """Places at which it is settled whether a touchpoint goes well, of the stream's journeys."""

    owner: I64
    known: I64
    """The event (place in the arrays) up to which everything may be known."""
    settled: I64
    """From this moment the outcome counts."""
    went: Bools

    def taken(self, rows: NDArray[np.int64] | Bools) -> Standing:
        """Some of them."""
        return Standing(self.owner[rows], self.known[rows], self.settled[rows], self.went[rows])


@dataclass(frozen=True, eq=False)
class Followed:
    """Standings and what became of them, by key; further rounds of a journey stand behind."""

    key: U64
    round: I64
    went: Bools
    wait: I64
    """Microseconds until the outcome, NEVER where it did not come."""
    follow: I64
    """Microseconds until the log ends."""

    def taken(self, rows: NDArray[np.int64] | Bools) -> Followed:
        """Some of them."""
        return Followed(*(column[rows] for column in vars(self).values()))


@dataclass(frozen=True, eq=False)
class Units:
    """What a contrast is estimated from."""

    n: int
    """Journeys at the touchpoint, all of them."""
    early: int
    """Further ones that had the outcome while it was not settled yet how the touchpoint goes."""
    first: Followed
    known: Known
    """One row for each of `first`."""
    rounds: Followed
    """All rounds of all journeys, for what customers choose themselves."""

    def merged(self, other: Units) -> Units:
        """Both together, those with the least keys."""
        first = _joined([self.first, other.first])
        rows = np.argsort(first.key, kind="stable")[:MOST]
        known = together([self.known, other.known]).taken(rows)
        return Units(
            self.n + other.n,
            self.early + other.early,
            first.taken(rows),
            known,
            _joined([self.rounds, other.rounds]),
        )


def units_of(stream: Stream, query: Query, contrast: Contrast) -> Units:
    """The units of a shard."""
    every = standings(stream, query, contrast)
    keys = _keys(stream.told.log)[every.owner]
    number = _round(every.owner)
    wait, before, early = _outcomes(stream, every, again=contrast.again)
    follow = np.maximum(query.ends - every.settled, 0)
    whole = Followed(keys, number, every.went, wait, follow)
    first = number == 0
    fits = first & (contrast.again | ~before) & ~early
    rows = np.flatnonzero(fits)
    rows = rows[np.argsort(keys[rows], kind="stable")[:MOST]]
    told = stream.told
    known = known_at(told.journeys, every.known[rows], outcome=told.outcome, properties=query.knows)
    repeats = contrast.chooser == "customer" and contrast.quality == "happened"
    rounds = np.flatnonzero(np.full(len(every.owner), repeats and contrast.again))
    missed = int((first & early & (contrast.again | ~before)).sum())
    return Units(int(fits.sum()), missed, whole.taken(rows), known, whole.taken(rounds))


def standing_well(stream: Stream, query: Query, contrast: Contrast, *, went: bool) -> Bools:
    """One bool a journey of the shard: it was compared, and it went well there, or it did not."""
    every = standings(stream, query, contrast)
    before, early = _outcomes(stream, every, again=contrast.again)[1:]
    fits = (_round(every.owner) == 0) & (contrast.again | ~before) & ~early
    found: Bools = np.zeros(len(stream.told.log), np.bool_)
    found[every.owner[fits & (every.went == went)]] = True
    return found


def standings(stream: Stream, query: Query, contrast: Contrast) -> Standing:
    """Where the journeys of a shard stand, in their order, each round."""
    names = list(stream.names)
    here = names.index(contrast.touchpoint)
    if contrast.quality == "quick":
        return _quick(stream, contrast, here)
    stands = [names.index(name) for name in contrast.stands]
    rows = np.flatnonzero(np.isin(stream.code, stands))
    if contrast.quality in ("worked", "liked"):
        return _at_once(stream, query, contrast, rows)
    target = names.index(contrast.reply) if contrast.reply else here
    came = _comes(stream, rows, target, contrast.within)
    went = ~came if contrast.quality == "once" else came
    settled = stream.time[rows] + contrast.within
    return Standing(stream.owner[rows], stream.at[rows], settled, went)


def _at_once(stream: Stream, query: Query, contrast: Contrast, rows: I64) -> Standing:
    """It is settled by the event itself."""
    if contrast.quality == "worked":
        went = ~failed(stream, query)[rows]
    else:
        score = score_of(stream)[rows]
        rows = rows[~np.isnan(score)]
        went = score[~np.isnan(score)] >= contrast.split
    return Standing(stream.owner[rows], stream.at[rows], stream.time[rows], went)


def _quick(stream: Stream, contrast: Contrast, here: int) -> Standing:
    """It came; what is known is known from before the wait."""
    names = list(stream.names)
    stands = [names.index(name) for name in contrast.stands]
    follows = (stream.code[1:] == here) & (stream.owner[1:] == stream.owner[:-1])
    rows = np.flatnonzero(follows & np.isin(stream.code[:-1], stands))
    wait = stream.time[rows + 1] - stream.time[rows]
    return Standing(
        stream.owner[rows], stream.at[rows], stream.time[rows + 1], wait <= contrast.split
    )


def _comes(stream: Stream, rows: I64, target: int, within: int) -> Bools:
    """Whether the target comes after each row, within so long, and before the next such row."""
    places = np.flatnonzero(stream.code == target)
    after = np.searchsorted(places, rows, side="right")
    place = np.append(places, -1)[after]
    inside = np.append(stream.owner, -1)[place] == stream.owner[rows]
    soon = np.append(stream.time, 0)[place] - stream.time[rows] <= within
    found: Bools = (place >= 0) & inside & soon
    return found


def _round(owner: I64) -> I64:
    """Which standing of its journey each is, from 0."""
    new = np.append(True, owner[1:] != owner[:-1])[: len(owner)]
    start = np.flatnonzero(new)
    found: I64 = np.arange(len(owner)) - start[np.cumsum(new) - 1] if len(owner) else owner
    return found


def _outcomes(stream: Stream, every: Standing, *, again: bool) -> tuple[I64, Bools, Bools]:
    """How long until the outcome, once it is settled; was it reached before; and in between."""
    at, owner = stream.payments() if again else (stream.outcome_at, stream.outcome_owner)
    time = stream.told.log.time
    end, whose = np.append(at, 0), np.append(owner, NEVER)
    place = np.searchsorted(at, every.known, side="right")
    early = np.zeros(len(place), np.bool_)
    while True:  # at most a few: outcomes between the standing and when it is settled
        between = (whose[place] == every.owner) & (time[end[place]] <= every.settled)
        if not between.any():
            break
        early |= between
        place = place + between
    there = whose[place] == every.owner
    wait = np.where(there, time[end[place]] - every.settled, NEVER)
    before = stream.first_outcome()[every.owner] <= every.known
    return wait, before, early


def _keys(log: Journeys) -> U64:
    """A number at random for each journey, the same in whatever part it stands."""
    if log.person is None:
        return hashes_of(log.ids, log.first, log.first + len(log))
    person = hashes_of(log.ids, 0, len(log.ids))[log.person]
    begins = log.time[np.minimum(log.offset[:-1], max(len(log.time) - 1, 0))]
    return mixed(person ^ begins.astype(np.uint64))


def _joined(parts: Sequence[Followed]) -> Followed:
    names = list(vars(parts[0]))
    return Followed(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

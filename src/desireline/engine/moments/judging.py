"""From units to effects, and from effects to verdicts."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from desireline.engine.analyses.shares import Z_95
from desireline.engine.compute.threads import processors
from desireline.engine.differences.intervals import Z_POWER, at_once
from desireline.engine.inference import hidden_kinds
from desireline.engine.inference.doubly_robust import FOLDS, Doubly, doubly_robust
from desireline.engine.inference.hidden_kinds import ONE_SIDED, AtOnce, Rounds
from desireline.engine.inference.sensitivity import bias_of, e_value
from desireline.engine.journeys import F64, MICROSECONDS, Bools
from desireline.engine.kernels.rounds import keep_apart
from desireline.engine.moments.query import Contrast, Query
from desireline.engine.moments.result import Effect, Verdict, Why
from desireline.engine.moments.units import NEVER, Followed, Units

Z_ONE_SIDED = math.sqrt(ONE_SIDED)
DAY = 86_400 * MICROSECONDS
PATIENCE = 0.95
FOUND = 0.05
NOBODY = 5
"""With fewer outcomes than this where it did not happen, it is a step on the only way."""
TELLING = 0.01
EARLY = 0.1
"""Where more outcomes than this share come before it is settled, those left over are no like
journeys: whoever was quick has gone."""


@dataclass(frozen=True)
class _Estimated:
    contrast: Contrast
    units: Units
    horizon: int
    found: Doubly
    raw: float
    early: float
    """Outcomes that came before it was settled, for each that counts."""
    rounds: AtOnce | None


def effects_of(units: dict[Contrast, Units], query: Query) -> list[Effect]:
    """The effect of each contrast that can be estimated, tested all at once."""
    with ThreadPoolExecutor(processors()) as pool:
        tried = [*pool.map(lambda contrast: _estimated(contrast, units[contrast], query), units)]
    found = [one for one in tried if one is not None]
    levels = at_once([one.found.p for one in found])
    return [_judged(one, q, query) for one, q in zip(found, levels, strict=True)]


def _estimated(contrast: Contrast, units: Units, query: Query) -> _Estimated | None:
    horizon = _horizon(units.first, query)
    followed = units.first.follow >= horizon
    first, known = units.first.taken(followed), units.known.taken(followed)
    if not len(first.key):
        return None
    came = _came(first, horizon)
    if (came & ~first.went).sum() < NOBODY:
        return None
    told = known.telling(max(10, int(TELLING * len(first.key))))
    fold = (first.key % np.uint64(FOLDS)).astype(np.int64)
    found = doubly_robust(told.scaled(), first.went, came, fold, told.names)
    if found is None:
        return None
    raw = float(came[first.went].mean() - came[~first.went].mean())
    early = units.early / max(float(came.mean()) * units.n, 1.0)
    rounds = _rounds(units, contrast.within, horizon)
    return _Estimated(contrast, units, horizon, found, raw, early, rounds)


def _horizon(first: Followed, query: Query) -> int:
    """How long one waits for the outcome."""
    if query.horizon_days is not None:
        return int(query.horizon_days * DAY)
    waits = first.wait[first.wait != NEVER]
    if not len(waits):
        return 0
    return int(min(np.quantile(waits, PATIENCE), np.median(first.follow)))


def _came(followed: Followed, horizon: int) -> Bools:
    came: Bools = (followed.wait != NEVER) & (followed.wait <= horizon)
    return came


def _rounds(one: Units, within: int, horizon: int) -> AtOnce | None:
    """Rounds that do not overlap: the next begins where the last one's outcome is known."""
    seen = one.rounds.taken(one.rounds.follow > 0)
    if not (seen.follow >= horizon).any():
        return None
    seen = seen.taken(np.lexsort((seen.round, seen.key)))
    came = _came(seen, horizon)
    ends = -seen.follow + np.where(came, seen.wait, horizon)
    begins = -seen.follow - within
    person = np.unique(seen.key, return_inverse=True)[1].astype(np.int64)
    kept = np.zeros(len(person), np.bool_)
    keep_apart(person, begins, ends, kept)
    followed = _part_followed(seen, came, horizon)[kept]
    return hidden_kinds.at_once(Rounds.of(person[kept], seen.went[kept], came[kept], followed))


def _part_followed(rounds: Followed, came: Bools, horizon: int) -> F64:
    """Of the outcomes within the horizon, the share that comes by the end of the log."""
    whole = rounds.follow >= horizon
    waits = np.sort(rounds.wait[whole & came])
    by_then = np.searchsorted(waits, rounds.follow, side="right") / max(len(waits), 1)
    found: F64 = np.where(whole, 1.0, by_then)
    return found


def _judged(one: _Estimated, q: float, query: Query) -> Effect:
    found, contrast = one.found, one.contrast
    verdict, why = _verdict(one, q, query)
    return Effect(
        quality=contrast.quality,
        contrast=contrast,
        chooser=contrast.chooser,
        journeys=one.units.n,
        n=found.n,
        went_well=found.went,
        horizon_days=one.horizon / DAY,
        with_it=found.with_it,
        without=found.without,
        raw=one.raw,
        difference=found.difference,
        low=found.low,
        high=found.high,
        q=q,
        e_value=e_value(found.ratio),
        e_value_low=e_value(found.ratio_near),
        left_out=found.left_out,
        worth=round(min(found.worth_with, found.worth_without)),
        imbalance=found.imbalance,
        strongest=found.strongest,
        rounds=one.rounds,
        verdict=verdict,
        why=why,
        more=_further(one, why, query.smallest),
    )


def _verdict(one: _Estimated, q: float, query: Query) -> tuple[Verdict, Why]:
    """At a moment of truth how it goes changes the outcome by the smallest effect of interest.

    Refuted: the whole interval is smaller than that; or hidden kinds of customers held equal, it is
    sure (to 95 %) to add less than that in the round in which it happens, in the direction that the
    log shows.
    Confirmed: the effect is sure among all that were tested, large enough, and no hidden trait of
    the strength that is asked for explains it away.
    """
    found, smallest = one.found, query.smallest
    if not found.comparable or one.early > EARLY:
        return "undecided", "too_late" if found.comparable else "overlap"
    if max(abs(found.low), abs(found.high)) < smallest:
        return "refuted", "too_small"
    if one.rounds is not None and most_in_its_round(one.rounds, found.difference) < smallest:
        return "refuted", "other_people"
    unsure = q > FOUND or found.low <= 0 <= found.high
    if unsure or abs(found.difference) < smallest:
        return "undecided", "few"
    return ("undecided", "hidden") if _explained(one, query) else ("confirmed", "effect")


def _explained(one: _Estimated, query: Query) -> bool:
    """Whether a hidden trait may make all of it."""
    if one.rounds is not None and _least(one.rounds, one.found.difference) <= 0:
        return True
    theirs = one.contrast.chooser == "customer"
    strength = query.hidden_customer if theirs else query.hidden_company
    return one.found.ratio_near <= bias_of(strength)


def most_in_its_round(rounds: AtOnce, difference: float) -> float:
    """The most that it may add in its own round, in the direction of the difference."""
    return max(rounds.most if difference > 0 else -rounds.least, 0.0)


def _least(rounds: AtOnce, difference: float) -> float:
    """The least that it adds in its own round, in the direction of the difference."""
    return rounds.low if difference > 0 else -rounds.high


def _further(one: _Estimated, why: Why, smallest: float) -> int:
    if why == "few":
        return _more(one.found, smallest)
    if why == "hidden" and one.rounds is not None:
        return more_rounds(one.rounds, one.found.difference, smallest)
    return 0


def more_rounds(rounds: AtOnce, difference: float, smallest: float) -> int:
    """Further journeys until the most that it may add in its round is below the smallest effect.

    In four of five trials, if it adds what it seems to; 0 where that is too much for a refutation.
    """
    adds = rounds.difference if difference > 0 else -rounds.difference
    if adds >= smallest:
        return 0
    error = (most_in_its_round(rounds, difference) - adds) / Z_ONE_SIDED
    apart = max(smallest - max(adds, 0.0), smallest / 2)
    needed = rounds.persons * ((Z_ONE_SIDED + Z_POWER) * error / apart) ** 2
    return max(1, math.ceil(needed) - rounds.persons)


def _more(found: Doubly, smallest: float) -> int:
    """Further journeys until the interval leaves 0 or the smallest effect, in four of five trials.

    The width of an interval falls with the root of the number.
    """
    error = (found.high - found.low) / (2 * Z_95)
    size = abs(found.difference)
    apart = max(size, smallest / 2) if size >= smallest else max(smallest - size, smallest / 2)
    needed = found.n * ((Z_95 + Z_POWER) * error / apart) ** 2
    return max(1, math.ceil(needed) - found.n)


def strongest(effects: list[Effect]) -> Effect | None:
    """The one on which the verdict of a touchpoint stands.

    Whatever is confirmed comes first, then what is undecided: a touchpoint is refuted only where
    every way in which it can go well is.
    """
    order = {"confirmed": 0, "undecided": 1, "refuted": 2}
    ranked = sorted(effects, key=lambda e: (order[e.verdict], -abs(e.difference), e.quality))
    return ranked[0] if ranked else None

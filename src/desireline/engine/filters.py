"""Filters: which events of which journeys stay in view. Events are never copied."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import MICROSECONDS, Bools, Journeys, Mask
from desireline.engine.rules.ast import Channel, Rule
from desireline.engine.rules.matching import matches

Moment = dt.datetime | int
"""A point in time: a datetime (one without zone is UTC), or microseconds since 1970 UTC."""


class FilterImpossible(DesirelineError):
    """A filter contradicts itself or does not fit the journeys."""


@dataclass(frozen=True, eq=False)
class Filter:
    """What stays in view; what is not given restricts nothing.

    An event stays if it fits `start`, `stop`, `channels` and `rule` together. With `whole_journeys`
    a journey in which some event fits stays with all its events.
    """

    start: Moment | None = None
    """The first moment that stays."""
    stop: Moment | None = None
    """The first moment that does not."""
    rule: Rule | None = None
    channels: tuple[str, ...] = ()
    journeys: Bools | None = None
    """One bool a journey: a segment."""
    whole_journeys: bool = False


def filtered(journeys: Journeys, wanted: Filter) -> Journeys:
    """The same journeys with a mask; what an earlier filter excluded stays excluded.

    Filters that look at single events can be applied in any order, with the same result: the
    intersection. A rule that looks back (a sequence, a count) sees what earlier filters left. A
    journey stays if an event of it stays. Raises FilterImpossible.
    """
    _check(journeys, wanted)
    event = _fitting(journeys, wanted)
    old = journeys.mask
    chosen = _journeys_with(journeys, event)
    if wanted.whole_journeys:
        event = np.ones(len(journeys.code), np.bool_) if old is None else old.event
    return replace(journeys, mask=Mask(event, chosen))


def microseconds_at(moment: Moment) -> int:
    """The moment in microseconds since 1970-01-01 UTC, exactly. Raises FilterImpossible."""
    if isinstance(moment, int):
        return moment
    if not isinstance(moment, dt.datetime):
        raise FilterImpossible(
            f"{moment!r} is not a moment.",
            hint="Give a datetime, such as datetime(2026, 3, 31); without a zone it is in UTC.",
        )
    at = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    passed = at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return passed // dt.timedelta(microseconds=1)


def _fitting(journeys: Journeys, wanted: Filter) -> Bools:
    """Where the filter fits, at events still in view, outside of the shard False."""
    part = slice(int(journeys.offset[0]), int(journeys.offset[-1]))
    fits: Bools = np.zeros(len(journeys.code), np.bool_)
    fits[part] = True
    if journeys.mask is not None:
        fits &= journeys.mask.event
    for journey in (journeys.keep_journey, wanted.journeys):
        if journey is not None:
            fits[part] &= np.repeat(journey, np.diff(journeys.offset))
    if wanted.start is not None:
        fits[part] &= journeys.time[part] >= microseconds_at(wanted.start)
    if wanted.stop is not None:
        fits[part] &= journeys.time[part] < microseconds_at(wanted.stop)
    for rule in (Channel(wanted.channels) if wanted.channels else None, wanted.rule):
        if rule is not None:
            fits &= matches(journeys, rule)
    return fits


def _journeys_with(journeys: Journeys, event: Bools) -> Bools:
    held: Bools = np.zeros(len(journeys), np.bool_)
    walked = np.flatnonzero(np.diff(journeys.offset))
    if len(walked):  # reduceat has no word for an empty journey
        covered = event[: journeys.offset[-1]]
        held[walked] = np.logical_or.reduceat(covered, journeys.offset[walked])
    return held


def _check(journeys: Journeys, wanted: Filter) -> None:
    segment = wanted.journeys
    if segment is not None and getattr(segment, "dtype", None) != np.bool_:
        raise FilterImpossible(
            f"A segment is an array of bools, not {type(segment).__name__}.",
            hint="numpy.array([...], dtype=bool) makes one, with one bool a journey.",
        )
    if segment is not None and len(segment) != len(journeys):
        raise FilterImpossible(
            f"The segment has {len(segment):,} entries, but there are {len(journeys):,} journeys.",
            hint="A segment is one bool a journey, of these very journeys.",
        )
    if wanted.start is not None and wanted.stop is not None:
        start, stop = microseconds_at(wanted.start), microseconds_at(wanted.stop)
        if start >= stop:
            raise FilterImpossible(
                f"The filter stops at {_told(stop)}, which is not after its start, {_told(start)}.",
                hint="Exchange start and stop; stop is the first moment that is left out.",
            )


def _told(moment: int) -> str:
    seconds = np.datetime64(moment, "us").astype("datetime64[s]")
    return f"{seconds}Z" if moment % MICROSECONDS == 0 else f"{np.datetime64(moment, 'us')}Z"

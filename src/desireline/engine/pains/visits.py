"""The visits of a shard, and for each signal which of them it could have met and which it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.engine.filters import Filter, filtered
from desireline.engine.journeys import I64, U8, Bools, Column, Journeys
from desireline.engine.kernels import pains as kernel
from desireline.engine.marks import marks
from desireline.engine.pains.query import Query, Settled
from desireline.engine.pains.signals import Signal, fails, is_negative
from desireline.engine.rules.matching import matches
from desireline.engine.telling import Told, Words

Rows = NDArray[Any]
"""Of dtype `kernel.ROW`."""


class Met(NamedTuple):
    """Visits at which a signal could be, and where it is."""

    rows: Rows
    origin: I64 | int | None
    """The place that like visits share beside the touchpoint; -1: none; None: the one before."""
    has: Bools
    may: Bools | None = None
    """Which rows these visits are, if not all."""


@dataclass(frozen=True, eq=False)
class Visits:
    """The visits of a shard."""

    told: Told
    first: Rows
    """First visits, by journey and in order."""
    met: dict[Signal, Met]
    text_at: I64
    """Events in which somebody speaks, rising; and whether something bad is said there."""
    negative: Bools
    texts: dict[int, str]
    """What is said, by number of `said`."""
    said: I64


def told_until(journeys: Journeys, query: Query) -> Told:
    """The journeys of a shard in the words of the map."""
    own = journeys.trimmed()
    if query.as_of is not None:
        own = filtered(own, Filter(stop=query.as_of + 1))
    return (query.words or Words.of(query.journey_map)).tell(own)


def visits_of(told: Told, query: Query, known: Settled) -> Visits:
    """The visits of a shard that are old enough to be judged."""
    rows = _rows(told, query, known)
    judged = told.log.time[rows["at"]] <= known.last - known.follows
    if not query.lives_on:
        judged &= ~rows["had"]
    rows = rows[judged]
    first = rows[rows["number"] == 1]
    text_at, said, texts = _texts(told.log, query)
    bad = {number for number, text in texts.items() if is_negative(text)}
    negative = np.isin(said, np.fromiter(bad, np.int64, len(bad)))
    met = dict(_met(told, query, known, rows, first))
    met["negative_words"] = _spoken(first, text_at, negative)
    return Visits(told, first, met, text_at, negative, texts, said)


def _rows(told: Told, query: Query, known: Settled) -> Rows:
    log, walked = told.log, told.journeys
    assert walked.mask is not None  # noqa: S101 - telling sets it
    seen = np.ones(len(log.time), np.bool_) if log.mask is None else log.mask.event
    failing = np.array([fails(name) for name in log.events], np.bool_)
    acts = np.array([name in known.own for name in log.actors], np.bool_)
    nobody = np.zeros(len(log.time), np.bool_)
    marks = kernel.Marks(
        counts=walked.mask.event,
        channel=np.zeros(len(log.time), np.uint8) if log.channel is None else log.channel,
        leads=np.array(
            [[name in led for name in log.channels] for led in known.channels], np.bool_
        ).reshape(len(known.channels), len(log.channels)),
        outcome=nobody if told.outcome is None else told.outcome,
        own=seen if log.actor is None else seen & acts[log.actor],
        failed=_failed(told, query),
        failure=seen & failing[log.code] if len(log.events) else nobody,
    )
    rows = np.empty(int(marks.counts.sum()), kernel.ROW)
    n = kernel.tell_visits(
        log.offset, walked.code, log.time, walked.mask.journey, marks, known.answers,
        known.horizon, known.follows, rows,
    )  # fmt: skip
    return rows[:n]


def _failed(told: Told, query: Query) -> Bools:
    found: Bools = np.zeros(len(told.log.time), np.bool_)
    for number, touchpoint in enumerate(query.journey_map.touchpoints):
        if touchpoint.failed_when is not None:
            held = matches(told.log, touchpoint.failed_when)
            found |= held & (told.journeys.code == number)
    return found


def _met(
    told: Told, query: Query, known: Settled, rows: Rows, first: Rows
) -> list[tuple[Signal, Met]]:
    n = len(query.journey_map.touchpoints)
    place, came = first["touchpoint"].astype(np.int64), first["came_from"].astype(np.int64)
    flags, moved = first["flags"], came >= 0
    limit: I64 = np.where(moved, known.limits[np.maximum(came, 0) * n + place], -1)
    scored, low = _scored(told.log, first, known)
    has_answers: Bools = np.logical_or.reduce(known.answers, axis=1)
    loops: Bools = ~rows["had"] | has_answers[rows["touchpoint"]]
    wide = first["new_from"].astype(np.int64)
    every = np.ones(len(first), np.bool_)
    ways_round: Bools = flags & kernel.DETOUR > 0

    def of_first(may: Bools, has: Bools) -> Met:
        return Met(first, None, has & may, may)

    return [
        ("wait", of_first(limit >= 0, first["wait"] > limit)),
        # After the outcome, coming again is what one hopes for, but for who is answered.
        ("loop", Met(rows, -1, loops & (rows["number"] == 2), loops)),
        ("detour", Met(first, wide, ways_round & moved, moved)),
        (
            "switch",
            of_first(moved & _flagged(flags, kernel.CHOSE), _flagged(flags, kernel.SWITCHED)),
        ),
        ("repeated", of_first(every, _flagged(flags, kernel.AGAIN))),
        (
            "unanswered",
            of_first(has_answers[place], ~_flagged(flags, kernel.ANSWERED)),
        ),
        ("error", of_first(every, _flagged(flags, kernel.FAILED))),
        ("low_score", of_first(scored, low)),
        ("skipped", _skipped(first, known)),
    ]


def _flagged(flags: U8, flag: int) -> Bools:
    has: Bools = (flags & flag) > 0
    return has


def _skipped(first: Rows, known: Settled) -> Met:
    """What the company does for some and not for others, at the next place that both come to."""
    optional = known.offered
    room = np.empty(int(optional.sum()) * (int(first["journey"].max(initial=-1)) + 1), kernel.ROW)
    rows = room[: kernel.tell_skips(first, optional, room)]
    return Met(rows, rows["came_from"].astype(np.int64), rows["number"] == 2)


def _scored(log: Journeys, first: Rows, known: Settled) -> tuple[Bools, Bools]:
    """Which visits have a mark, and which have a low one."""
    scored, low = np.zeros(len(first), np.bool_), np.zeros(len(first), np.bool_)
    for name, below in known.low_below:
        given = marks(log.columns.get(name))
        if given is not None:
            mark = given[first["at"]]
            scored |= ~np.isnan(mark)
            low |= mark < below
    return scored, low


def _texts(log: Journeys, query: Query) -> tuple[I64, I64, dict[int, str]]:
    """Events with words, the number of these words, and the words by number."""
    at, said, texts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], dict[int, str]()
    for name in query.texts:
        column = log.columns.get(name)
        if column is None or column.codes is None:
            continue
        where = np.flatnonzero(column.codes >= 0)
        codes = column.codes[where].astype(np.int64)
        at.append(where)
        said.append(codes + len(texts))
        texts |= _spelled(column, len(texts))
    every, words = np.concatenate(at), np.concatenate(said)
    order = np.argsort(every, kind="stable")
    return every[order], words[order], texts


def _spelled(column: Column, begins: int) -> dict[int, str]:
    return {begins + number: text for number, text in enumerate(column.values)}


def _spoken(first: Rows, text_at: I64, negative: Bools) -> Met:
    if not len(text_at):
        nowhere = np.zeros(len(first), np.bool_)
        return Met(first, None, nowhere, nowhere)
    found = np.minimum(np.searchsorted(text_at, first["at"]), len(text_at) - 1)
    speaks = text_at[found] == first["at"]
    return Met(first, None, negative[found] & speaks, speaks)

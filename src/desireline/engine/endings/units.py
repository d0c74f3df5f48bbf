"""Who stands where a suspicion asks, whom it concerns, and who left: one row a person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.endings.first_look import marks_of
from desireline.engine.endings.settled import Settled, Suspicion
from desireline.engine.endings.walks import Walks
from desireline.engine.journeys import I64, Bools

NOBODY = -1
"""In place of a row or of a reason: there is none."""


@dataclass(frozen=True, eq=False)
class Units:
    """Rows of `Walks` at which somebody stands at a place for the first time."""

    row: I64
    concerned: Bools
    """Whether what is suspected happened to them."""


@dataclass(frozen=True, eq=False)
class Leaving:
    """Who left after which row."""

    ended: I64
    """For each journey the row of its last sign, if it has ended by now; else `NOBODY`."""
    left: Bools
    """One a row: the journey has ended, soon after the row or before it."""
    seen: Bools
    """One a row: the log is long enough to say so."""


def leaving_of(walks: Walks, settled: Settled) -> Leaving:
    """Who left: the last sign is one of churn, or nobody has heard of her for too long since.

    Who was silent for long and came back later has not left.
    """
    ended = ended_by(walks, settled)
    end, n = ended[walks.journey], len(walks.journey)
    silence = settled.silence(walks.code)
    if not n:
        none = np.zeros(0, np.bool_)
        return Leaving(ended, none, none)
    # Whoever closes an account has decided before: that takes longer than falling silent.
    limit = np.where(_churn(walks)[end], silence, settled.within(walks.code))
    left = (end >= 0) & (walks.time[end] - walks.time <= limit)
    return Leaving(ended, left, settled.as_of - walks.time >= silence + settled.longest)


def ended_by(walks: Walks, settled: Settled) -> I64:
    """The row of the last sign of each journey that has ended by now; else `NOBODY`."""
    churn = _churn(walks)
    last = np.full(walks.n, NOBODY, np.int64)
    sign = np.flatnonzero(churn | walks.own)
    last[walks.journey[sign]] = sign  # rows ascend, so the last stays
    if len(sign):
        quiet = settled.as_of - walks.time[last] > settled.silence(walks.code[last])
        last = np.where((last >= 0) & (churn[last] | quiet), last, NOBODY)
    return last


def _churn(walks: Walks) -> Bools:
    return walks.ends.get("churn", np.zeros(len(walks.journey), np.bool_))


def silent_after(walks: Walks, settled: Settled) -> Bools:
    """At which rows a silence of the customer begins that lasts long enough to be an end."""
    n = len(walks.journey)
    if not n:
        return np.zeros(0, np.bool_)
    following = walks.next_marked(walks.own)
    after = np.append(following, n)[np.arange(n) + 1]
    here = after < walks.stop
    until = np.where(here, walks.time[np.minimum(after, n - 1)], settled.as_of)
    quiet: Bools = until - walks.time > settled.silence(walks.code)
    return quiet


def units_of(walks: Walks, suspicion: Suspicion, firsts: tuple[I64, I64]) -> Units:
    """Who stands where it asks, and to whom it happened."""
    row, code = firsts
    act = suspicion.act
    theirs = (walks.code == act) & ~walks.own
    if suspicion.kind in ("unanswered", "went_wrong"):
        here = row[(code == suspicion.place) & walks.own[row]]
        got = _within(walks, here, theirs, suspicion.bound)
        return Units(here, got if suspicion.kind == "went_wrong" else ~got)
    if suspicion.kind == "late":
        asked = row[(code == suspicion.place) & walks.own[row]]
        answer = walks.next_marked(theirs)[asked]
        came = answer < len(walks.journey)
        here = answer[came]
        return Units(here, walks.time[here] - walks.time[asked[came]] > suspicion.bound)
    here = row[code == suspicion.place]
    if suspicion.kind == "no_offer":
        return Units(here, walks.was_served[walks.journey[here], act] > here)
    if suspicion.kind == "went_elsewhere":
        following = np.append(walks.next_marked(walks.elsewhere), len(walks.journey))[here + 1]
        return Units(here, following < walks.stop[here])
    marks = marks_of(walks)
    assert marks is not None  # noqa: S101 - no mark, no suspicion
    given = here[~np.isnan(marks[here])]
    return Units(given, marks[given] <= suspicion.bound)


def _within(walks: Walks, here: I64, marked: Bools, bound: float) -> Bools:
    n = len(walks.journey)
    following = walks.next_marked(marked)[here]
    there = following < n
    wait = walks.time[np.where(there, following, 0)] - walks.time[here]
    return there & (wait <= bound)

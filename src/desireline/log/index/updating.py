"""From layers and what is new in the log to the next layers: the work follows from what is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from desireline.engine.journeys import I64
from desireline.engine.layers import Layers
from desireline.engine.parts import Rows
from desireline.log.identity.people import Circle, People
from desireline.log.index.sharing import ALL, Share

ReadAgain = Callable[[I64], Rows]


@dataclass(frozen=True, eq=False)
class News:
    """What has happened in the log since some layers were made."""

    people: People
    """As they were."""
    circle: Circle
    """Everybody whom changed links may concern, as the links say now."""
    rows: Rows
    """New events; their persons are those of now."""
    n_types: int
    """Event types known by now."""
    share: Share = ALL
    """Whose events are in the layers, and among `rows`."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Who is now part of whom."""

    before: I64
    """Persons as they were (rising), each with all its events part of one person now."""
    now: I64
    """The person that each of them is now."""
    again: I64
    """Persons of now (rising) whose events have to be read again from the log."""


def updated(layers: Layers, news: News, read_again: ReadAgain) -> tuple[Layers, int]:
    """The next layers, and how many events were moved or added.

    `read_again` gives all events of some subjects, the new ones included.
    """
    if not len(news.circle.subjects):
        return _with_events(layers, news)
    subjects, after = news.circle.subjects, news.circle.persons
    whole = news.share.is_all
    moves = _with_ties_read_again(layers, _moves(news)) if whole else _all_again(news)
    reread = np.isin(after, moves.again)
    fresh = news.rows.taken(~np.isin(news.rows.person, moves.again))
    stayed = np.setdiff1d(fresh.person, moves.before)
    before = np.concatenate([moves.before, stayed])
    now = np.concatenate([moves.now, stayed])
    order = np.argsort(before)
    held = layers.rows_of(before[order], now[order])
    pieces = [held, read_again(subjects[reread]) if reread.any() else None, fresh]
    rows = [piece for piece in pieces if piece is not None]
    away = subjects[reread] if whole else subjects
    gone = [before, now, moves.again, news.people.of_subjects(away)]
    left = layers.without(np.unique(np.concatenate(gone)))
    return left.with_rows(rows, news.n_types), sum(map(len, rows))


def _with_events(layers: Layers, news: News) -> tuple[Layers, int]:
    """As `updated`, where nobody has become somebody else."""
    if not len(news.rows):
        return layers, 0
    persons = np.unique(news.rows.person)
    held = layers.rows_of(persons, persons)
    rows = [news.rows] if held is None else [held, news.rows]
    return layers.without(persons).with_rows(rows, news.n_types), sum(map(len, rows))


def _all_again(news: News) -> Moves:
    """Those of a share that changed links may concern: who joins them may come from another one."""
    nobody = news.circle.persons[:0]
    mine = news.share.has(news.circle.persons)
    return Moves(nobody, nobody, np.unique(news.circle.persons[mine]))


def _moves(news: News) -> Moves:
    """The moves that lead from the people of before to those of now.

    A person of which some subjects leave is read again, as a part does not tell the subjects of
    events apart; and so is whoever those subjects join, as equal times are ordered by position.
    """
    after = news.circle.persons
    before = news.people.of_subjects(news.circle.subjects)
    pairs = np.unique(np.stack([before, after], axis=1), axis=0)
    persons, n_after = np.unique(pairs[:, 0], return_counts=True)
    again = np.unique(after[np.isin(before, persons[n_after > 1])])
    whole = pairs[~np.isin(pairs[:, 1], again)]
    moved = np.isin(whole[:, 1], whole[whole[:, 0] != whole[:, 1], 1])
    return Moves(whole[moved, 0], whole[moved, 1], again)


def _with_ties_read_again(layers: Layers, moves: Moves) -> Moves:
    """Events of equal time of persons that are one now: only the log knows which came first."""
    held = layers.rows_of(moves.before, moves.before) if len(moves.before) else None
    if held is None:
        return moves
    joined = moves.now[np.searchsorted(moves.before, held.person)]
    order = np.lexsort((held.person, held.time, joined))
    person, time, old = joined[order], held.time[order], held.person[order]
    same = (person[1:] == person[:-1]) & (time[1:] == time[:-1]) & (old[1:] != old[:-1])
    tied = np.unique(person[1:][same])
    rest = ~np.isin(moves.now, tied)
    return Moves(moves.before[rest], moves.now[rest], np.union1d(moves.again, tied))

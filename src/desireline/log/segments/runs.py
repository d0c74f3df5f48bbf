"""Runs: segments that share no subject, so that a person is in one of them at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log

from desireline.log.segments.catalogue import Segment

Run = list[Segment]

FAN = 4
"""So many runs of about one size become one. An event is rewritten log4(all / sealed at once)
times: three or four times among 20 million; a person is in three files a size at most."""
LEAST_ROWS = 200_000
"""Runs below count as of one size."""


def runs_of(segments: Sequence[Segment]) -> list[Run]:
    """The segments as runs: those made at one moment, as far as they share no subject.

    The files of one merge are made at one moment and share none. Large runs that share none are
    one as well: the chunks of an import, which hold one person after the other.
    """
    made = defaultdict(list)
    for segment in segments:
        made[segment.made_at].append([segment])
    runs = [run for together in made.values() for run in _joined(together)]
    large = [run for run in runs if _rows(run) >= LEAST_ROWS]
    return _joined(large) + [run for run in runs if _rows(run) < LEAST_ROWS]


def to_merge(runs: Sequence[Run]) -> Run:
    """The segments that are best merged next: of the smallest size that has FAN runs; or none."""
    sizes = defaultdict(list)
    for run in runs:
        sizes[_size(run)].append(run)
    for _, alike in sorted(sizes.items()):
        if len(alike) >= FAN:
            return [segment for run in alike for segment in run]
    return []


def _size(run: Run) -> int:
    return int(log(max(_rows(run), LEAST_ROWS) / LEAST_ROWS, FAN))


def _rows(run: Run) -> int:
    return sum(segment.rows for segment in run)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Each run goes behind the first that ends before it begins."""
    found: list[Run] = []
    for run in sorted(runs, key=lambda r: r[0].first_subject):
        for before in found:
            if before[-1].last_subject < run[0].first_subject:
                before.extend(run)
                break
        else:
            found.append(list(run))
    return found

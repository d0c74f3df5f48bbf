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

    The files of one merge are made at one moment and share none.
    """
    made = defaultdict(list)
    for segment in segments:
        made[segment.made_at].append(segment)
    return [run for together in made.values() for run in _apart(together)]


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
    rows = sum(segment.rows for segment in run)
    return int(log(max(rows, LEAST_ROWS) / LEAST_ROWS, FAN))


def _apart(segments: Sequence[Segment]) -> list[Run]:
    """Each segment goes to the first run that ends before it begins."""
    found: list[Run] = []
    for segment in sorted(segments, key=lambda s: s.first_subject):
        for run in found:
            if run[-1].last_subject < segment.first_subject:
                run.append(segment)
                break
        else:
            found.append([segment])
    return found

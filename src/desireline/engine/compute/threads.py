"""Runs an analysis over shards of journeys on threads; kernels release the GIL."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from typing import TypeVar

from desireline.engine.analyses.analysis import Analysis
from desireline.engine.analyses.result import Result
from desireline.engine.journeys import Journeys

Q = TypeVar("Q")
P = TypeVar("P")
R = TypeVar("R", bound=Result)

SMALL = 200_000
"""Events below which starting a second thread costs more than it saves (measured: 0.1 ms)."""


def run(analysis: Analysis[Q, P, R], journeys: Journeys, query: Q, threads: int = 0) -> R:
    """The result of `analysis` for `query`, the same whatever the number of threads.

    `threads` 0 takes one for each processor this process may use.
    """
    wanted = threads or processors()
    count = 1 if threads == 0 and journeys.n_events < SMALL else wanted
    return over(analysis, journeys.shards(count), query)


def processors() -> int:
    """How many processors this process may use (macOS and Windows tell only how many there are)."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def over(analysis: Analysis[Q, P, R], shards: Sequence[Journeys], query: Q) -> R:
    """The result of `analysis` for `query` over all shards, each on a thread of its own."""
    partial = _look(analysis, shards, query)
    again = getattr(analysis, "again", None)
    while again and (further := again(partial, query)) is not None:
        query = further
        partial = analysis.merge(partial, _look(analysis, shards, query))
    return analysis.finish(partial, query)


def _look(analysis: Analysis[Q, P, R], shards: Sequence[Journeys], query: Q) -> P:
    if len(shards) == 1:
        return analysis.partial(shards[0], query)
    with ThreadPoolExecutor(len(shards)) as pool:
        partials = list(pool.map(lambda shard: analysis.partial(shard, query), shards))
    return reduce(analysis.merge, partials)

"""Runs an analysis over parts of the journeys on threads; kernels release the GIL."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

from desireline.engine.analyses.analysis import Analysis
from desireline.engine.analyses.result import Result
from desireline.engine.joining import joined
from desireline.engine.journeys import Journeys

Q = TypeVar("Q")
P = TypeVar("P")
R = TypeVar("R", bound=Result)

SMALL = 200_000
"""Events below which starting a second thread costs more than it saves (measured: 0.1 ms)."""


@dataclass(frozen=True)
class ThreadsCompute:
    """Answers over the parts that `snapshot` gives, each time anew, on threads of this process.

    `threads` 0 takes one for each processor this process may use.
    """

    snapshot: Callable[[], Sequence[Journeys]]
    threads: int = 0

    def ask(self, analysis: Analysis[Q, P, R], query: Q) -> R:
        """The result of `analysis` for `query` over one snapshot."""
        return run(analysis, self.snapshot(), query, self.threads)


def run(
    analysis: Analysis[Q, P, R], journeys: Journeys | Sequence[Journeys], query: Q, threads: int = 0
) -> R:
    """The result of `analysis` for `query`, the same whatever the number of threads and parts.

    `journeys` is one Journeys, or parts of which each person is in exactly one; a journey that a
    part's mask hides counts nowhere. `threads` 0 takes one for each processor this process may use.
    """
    parts = [journeys] if isinstance(journeys, Journeys) else list(journeys) or [joined(())]
    gather = getattr(analysis, "gather", None)
    if gather is not None:
        parts, query = gather(parts, query)
    wanted = threads or processors()
    small = threads == 0 and sum(part.n_events for part in parts) < SMALL
    return over(analysis, shards_of(parts, 1 if small else wanted), query, wanted)


def shards_of(parts: Sequence[Journeys], count: int) -> list[Journeys]:
    """About `count` shards of about as many events each; every part is cut by itself."""
    every = sum(part.n_events for part in parts)
    shares = [-(-count * part.n_events // max(every, 1)) for part in parts]
    return [
        shard for part, n in zip(parts, shares, strict=True) for shard in part.shards(max(n, 1))
    ]


def processors() -> int:
    """How many processors this process may use (macOS and Windows tell only how many there are)."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def over(
    analysis: Analysis[Q, P, R], shards: Sequence[Journeys], query: Q, threads: int | None = None
) -> R:
    """The result of `analysis` for `query` over all shards, on as many threads unless told."""
    wanted = len(shards) if threads is None else min(threads, len(shards))
    partial = look(analysis, shards, query, wanted)
    again = getattr(analysis, "again", None)
    while again and (further := again(partial, query)) is not None:
        query = further
        partial = analysis.merge(partial, look(analysis, shards, query, wanted))
    return analysis.finish(partial, query)


def look(analysis: Analysis[Q, P, R], shards: Sequence[Journeys], query: Q, threads: int) -> P:
    """What some shards contribute together to one look."""
    if threads == 1:
        return _merged(analysis, [analysis.partial(shard, query) for shard in shards], map)
    with ThreadPoolExecutor(threads) as pool:
        partials = list(pool.map(lambda shard: analysis.partial(shard, query), shards))
        return _merged(analysis, partials, pool.map)


def _merged(analysis: Analysis[Q, P, R], partials: list[P], each: Callable[..., Iterable[P]]) -> P:
    """All together, two by two: what is large is then merged few times, and two pairs at once."""
    while len(partials) > 1:
        pairs = [partials[at : at + 2] for at in range(0, len(partials), 2)]
        partials = list(each(lambda pair: reduce(analysis.merge, pair), pairs))
    return partials[0]

"""The shape that every analysis has, so that one runner serves them all."""

from __future__ import annotations

from typing import Protocol, TypeVar

from desireline.engine.analyses.result import Result
from desireline.engine.journeys import Journeys

Q_contra = TypeVar("Q_contra", contravariant=True)
P = TypeVar("P")
R_co = TypeVar("R_co", bound=Result, covariant=True)


class Analysis(Protocol[Q_contra, P, R_co]):
    """A module with these three functions. `merge` is associative and commutative.

    `finish(merge(partial(a), partial(b)))` over the shards a and b of some journeys equals
    `finish(partial(journeys))`, to the last count. Shards need not share arrays or vocabularies,
    but a person is in one of them only. What a query, a partial or a result holds can be pickled,
    and a partial speaks of names, or says which names its codes stand for.

    A module may have a fourth, `again(partial, query)`: the query of a second look over the shards,
    once the first is merged, or None. What the second look contributes is merged into the first.
    Where a query may bring several persons together, it has two more: `brings_together(query)`
    says so, and `gather(parts, query)` gives the parts and the query in whose place the question
    can be asked shard by shard.
    """

    def partial(self, journeys: Journeys, query: Q_contra, /) -> P:
        """What one shard contributes: integers and sketches, and the names that `finish` needs."""
        ...

    def merge(self, a: P, b: P, /) -> P:
        """The contribution of two shards together."""
        ...

    def finish(self, partial: P, query: Q_contra, /) -> R_co:
        """The answer."""
        ...

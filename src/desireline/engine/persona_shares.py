"""How much of the base each persona describes, who is in several, how it drifts, and who in none.

A persona is a rule over a person's journey. The base are persons with any event.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.engine.analyses.result import Result
from desireline.engine.analyses.shares import Share, share
from desireline.engine.filters import Filter, filtered
from desireline.engine.journeys import I64, Bools, Journeys
from desireline.engine.rules.ast import Rule
from desireline.engine.rules.matching import holds_for_journey


@dataclass(frozen=True)
class Query:
    """The rules of personas, by name."""

    names: tuple[str, ...]
    rules: tuple[Rule, ...]
    before: int | None = None
    """Microseconds since 1970: drift is told from what was known before this moment."""


@dataclass(frozen=True)
class PersonaShare:
    """What a persona describes."""

    name: str
    share: Share
    """Of the base."""
    earlier: Share | None
    """Of the base as it was at the earlier moment."""
    alone: int
    """Persons whom no other persona describes."""


@dataclass(frozen=True)
class Overlap:
    """Persons whom two personas describe."""

    a: str
    b: str
    persons: int


@dataclass(frozen=True)
class PersonaShares(Result):
    """What the personas describe, and what they do not."""

    persons: int
    personas: tuple[PersonaShare, ...]
    overlaps: tuple[Overlap, ...]
    """Every pair that shares persons."""
    nobody: Share
    """Persons whom no persona describes."""

    def rows(self) -> list[dict[str, object]]:
        """A row a persona."""
        return [
            {"persona": p.name, "persons": p.share.count, "share": p.share.share, "alone": p.alone}
            for p in self.personas
        ]


@dataclass(frozen=True, eq=False)
class Partial:
    """What a shard contributes."""

    base: int
    together: I64
    """`together[a, b]`: persons in both; on the diagonal, persons in the persona."""
    alone: I64
    nobody: int
    earlier_base: int
    earlier: I64


def partial(journeys: Journeys, query: Query) -> Partial:
    """What one shard contributes. Raises what the rules raise."""
    own = journeys.trimmed()
    held, there = described(own, query)
    counted = held.astype(np.int64)
    times = held.sum(axis=0)
    past, past_there = (held[:, :0], there[:0])
    if query.before is not None:
        past, past_there = described(filtered(own, Filter(stop=query.before)), query)
    return Partial(
        base=int(there.sum()),
        together=counted @ counted.T,
        alone=(held & (times == 1)).sum(axis=1).astype(np.int64),
        nobody=int((there & (times == 0)).sum()),
        earlier_base=int(past_there.sum()),
        earlier=past.sum(axis=1).astype(np.int64),
    )


def merge(a: Partial, b: Partial) -> Partial:
    """Two shards together: each person is in one of them."""
    return Partial(
        a.base + b.base,
        a.together + b.together,
        a.alone + b.alone,
        a.nobody + b.nobody,
        a.earlier_base + b.earlier_base,
        a.earlier + b.earlier,
    )


def finish(partial: Partial, query: Query) -> PersonaShares:
    """The answer."""
    names, together = query.names, partial.together
    return PersonaShares(
        persons=partial.base,
        personas=tuple(
            PersonaShare(
                name=name,
                share=share(int(together[at, at]), partial.base),
                earlier=None
                if query.before is None
                else share(int(partial.earlier[at]), partial.earlier_base),
                alone=int(partial.alone[at]),
            )
            for at, name in enumerate(names)
        ),
        overlaps=tuple(
            Overlap(names[a], names[b], int(together[a, b]))
            for a in range(len(names))
            for b in range(a + 1, len(names))
            if together[a, b]
        ),
        nobody=share(partial.nobody, partial.base),
    )


def described(own: Journeys, query: Query) -> tuple[Bools, Bools]:
    """`held[persona, journey]`, and which journeys have any event in view."""
    there: Bools = np.diff(own.offset) > 0
    if own.mask is not None:
        there &= own.mask.journey
    held = np.zeros((len(query.rules), len(own)), np.bool_)
    for at, rule in enumerate(query.rules):
        held[at] = holds_for_journey(own, rule) & there
    return held, there

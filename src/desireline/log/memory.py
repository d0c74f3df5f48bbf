"""What appending need not ask of the database again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection

from desireline.log.dedup import IdSets
from desireline.log.event_ids import Halves
from desireline.log.identifiers import Name
from desireline.log.recent import Recent

Pair: TypeAlias = tuple[int, int]
"""Two linked subjects, the smaller number first."""

MOST_SUBJECTS = 200_000
"""Identifiers known by heart; about 30 MB."""
MOST_LINKS = 100_000


@dataclass
class Memory:
    """Ids of segments, numbers of subjects, links: what is committed, and nothing else."""

    ids: IdSets
    subjects: Recent[Name, int] = field(default_factory=lambda: Recent(MOST_SUBJECTS))
    links: Recent[Pair, bool] = field(default_factory=lambda: Recent(MOST_LINKS))
    lasting: bool = True
    """Whether it is kept beyond the transaction, which must then begin with it."""
    erasures: int = -1

    def begin(self, erasures: int) -> None:
        """To be called first in a transaction. An erasure makes all numbers of subjects void."""
        if erasures != self.erasures:
            self.subjects.forget()
            self.links.forget()
            self.erasures = erasures

    def known(self, tx: Connection, ids: Iterable[Halves], position: int) -> set[Halves]:
        """Those ids that the log has, whose last position is this one."""
        if self.lasting:
            self.ids.learn(tx, position)
            return self.ids.known(ids)
        return self.ids.seen_by(tx, ids, position)

    def keep(self, subjects: Mapping[Name, int], links: Mapping[Pair, bool]) -> None:
        """Takes in what a transaction found out, after its commit."""
        self.subjects.learn(subjects)
        self.links.learn(links)

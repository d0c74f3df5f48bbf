"""What appending need not ask of the database again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection

from desireline.log.dedup import IdSets
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
    erasures: int = -1
    duplicates_expected: bool = False
    """Whether the last batch had some, so that it pays to look before inserting."""

    def begin(self, tx: Connection, catalogue: int, erasures: int) -> None:
        """Brings it to what a transaction sees. An erasure makes all numbers of subjects void."""
        self.ids.refresh(tx, catalogue)
        if erasures != self.erasures:
            self.subjects.forget()
            self.links.forget()
            self.erasures = erasures

    def keep(self, subjects: Mapping[Name, int], links: Mapping[Pair, bool]) -> None:
        """Takes in what a transaction found out, after its commit."""
        self.subjects.learn(subjects)
        self.links.learn(links)

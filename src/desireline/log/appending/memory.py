"""What appending need not ask of the database again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection

from desireline.log.appending.dedup import IdSets
from desireline.log.event_ids import Id
from desireline.log.forgetting.tombstones import Tombstones
from desireline.log.naming.identifiers import Name
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
    _stones: Tombstones | None = None
    _erased: dict[Name, int] = field(default_factory=dict)

    def begin(self, erasures: int) -> None:
        """To be called first in a transaction. An erasure makes all numbers of subjects void."""
        if erasures != self.erasures:
            self.subjects.forget()
            self.links.forget()
            self._stones, self._erased = None, {}
            self.erasures = erasures

    def erased_at(self, tx: Connection, names: Collection[Name]) -> Mapping[Name, int]:
        """When these were erased, those that were; it may tell of others, too.

        Whom `subjects` knows was asked for already, since it forgets all at each erasure.
        """
        _, unknown = self.subjects.find(names)
        if unknown:
            if not self.lasting:
                self._erased |= Tombstones.read(tx, unknown).erased_at(unknown)
            else:
                if self._stones is None:
                    self._stones = Tombstones.read(tx)
                self._erased |= self._stones.erased_at(unknown)
        return self._erased

    def known(self, tx: Connection, ids: Collection[Id], position: int) -> set[Id]:
        """Those ids that the log has, whose last position is this one."""
        if self.lasting:
            self.ids.learn(tx, position)
            return self.ids.known(ids)
        return self.ids.seen_by(tx, ids, position)

    def keep(self, subjects: Mapping[Name, int], links: Mapping[Pair, bool]) -> None:
        """Takes in what a transaction found out, after its commit."""
        self.subjects.learn(subjects)
        self.links.learn(links)

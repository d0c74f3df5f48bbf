"""How an actor gets its shard of the log, and keeps it fresh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desireline.engine.journeys import Journeys


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds."""

    load: float = 3600.0
    """For all shards to be loaded, at the start and after an actor was lost."""
    answer: float = 600.0
    """For the partials of one look."""


class Held(Protocol):
    """A shard of the log in the memory of the process that loaded it."""

    def parts(self) -> Sequence[Journeys]:
        """All its journeys of one moment, each person in one part; later refreshes change none."""
        ...

    def refresh(self) -> int:
        """Takes in what is new in the log; gives the position up to which `parts` now reach."""
        ...


class Loader(Protocol):
    """Given to each actor, which calls it at its start, and again after a restart.

    It is sent by pickle, so it holds addresses and names, no connections.
    """

    def __call__(self, shard: int, of: int) -> Held:
        """The persons of shard number `shard` (from 0) of `of`; every person is in one shard.

        Which one follows from the person and `of` alone, so that actors need not agree.
        """
        ...

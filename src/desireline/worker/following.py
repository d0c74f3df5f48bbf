"""Keeps the index as fresh as the log, and tells those who wait how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.modules.module import Module
from desireline.modules.rooms import Rooms

EVERY_SECONDS = 0.2
"""How often it is asked whether there is anything new; the question takes a third of a ms."""


class Follower:
    """Reads the log into the index, first whole and then what is new."""

    def __init__(self, rooms: Rooms, modules: Sequence[Module]) -> None:
        self._rooms = rooms
        self._modules = modules

    def follow(self) -> int:
        """The position that answers know from now on."""
        if self._rooms.index is None:
            self._rooms.read_index(self._columns())
        index = self._rooms.index
        position = index.refresh() if index is not None else 0
        self._rooms.pulse.beat(position)
        return position

    def _columns(self) -> frozenset[str]:
        with self._rooms.db.reading() as connection:
            return frozenset().union(*(m.columns(connection) for m in self._modules))

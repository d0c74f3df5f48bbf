"""What was asked for last, kept in memory within bounds."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The values seen last, at least `most`, at most twice as many.

    Two halves instead of a list of who was seen when: what is asked for moves to the young half,
    and when that is full, the old half goes.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """The value, if it is known here."""
        value = self._young.get(key)
        if value is None:
            value = self._old.get(key)
            if value is not None:
                self.learn({key: value})
        return value

    def find(self, keys: Iterable[K]) -> tuple[dict[K, V], list[K]]:
        """The values that are known here by key, and the keys of the others."""
        young, found, unknown = self._young, {}, []
        for key in keys:
            value = young.get(key)
            if value is None and (value := self.get(key)) is None:
                unknown.append(key)
            else:
                found[key] = value
        return found, unknown

    def learn(self, values: Mapping[K, V]) -> None:
        """Takes values in."""
        self._young.update(values)
        if len(self._young) > self._most:
            self._young, self._old = {}, self._young

    def forget(self) -> None:
        """Empties it."""
        self._young, self._old = {}, {}

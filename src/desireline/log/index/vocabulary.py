"""Vocabularies: texts by number. They only grow, so a number means the same in every snapshot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desireline.engine.journeys import F64, I32, I64
from desireline.formats.duck import Duck
from desireline.formats.segment_columns import numbers_of

MOST_NAMES = 256
"""Channels (or actors), the unknown one included, that a byte can number."""


class Vocabulary:
    """Event types, or channels, or actors.

    Where there may be at most `most`, further names get the number of `first[0]`, which is the
    unknown, and are counted in `n_left_out`.
    """

    def __init__(self, first: Sequence[str] = (), most: int | None = None) -> None:
        self._number = {name: number for number, name in enumerate(first)}
        self._most = most
        self._left_out: set[str] = set()
        self._names: tuple[str, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each at its number."""
        if self._names is None:
            self._names = tuple(self._number)
        return self._names

    @property
    def n_left_out(self) -> int:
        """How many names there was no room for."""
        return len(self._left_out)

    def numbers(self, names: Sequence[str]) -> I64:
        """The numbers of `names`; those not met before get the next ones."""
        try:
            return np.array([*map(self._number.__getitem__, names)], np.int64)
        except KeyError:  # seldom: asked for each name, 10,000 take 6 ms instead of 1
            return np.array([self._known(name) for name in names], np.int64)

    def _known(self, name: str) -> int:
        number = self._number.get(name)
        if number is not None:
            return number
        if len(self._number) == self._most:
            self._left_out.add(name)
            return 0
        self._names = None
        return self._number.setdefault(name, len(self._number))


class PropertyVocabulary(Vocabulary):
    """The texts of a property, and the numbers that they mean where all of them are numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: F64 = np.zeros(0)
        self._is_text = False
        self._with_comma = False

    def codes(self, texts: Sequence[str | None]) -> I32:
        """The numbers of `texts`; -1 where one is missing or blank."""
        said = [text for text in dict.fromkeys(texts) if text is not None and text.strip()]
        number: dict[str | None, int] = dict(zip(said, self.numbers(said).tolist(), strict=True))
        return np.array([number.get(text, -1) for text in texts], np.int32)

    def numeric(self, duck: Duck) -> F64 | None:
        """The number that each text means, if all are numbers as in a column of a file.

        New texts are looked at by themselves, but for a comma, which reads in two ways.
        """
        fresh = self.names[len(self._numbers) :]
        if self._is_text or not self.names:
            return None
        if fresh:
            self._with_comma = self._with_comma or any("," in text for text in fresh)
            every = self._with_comma or not len(self._numbers)
            found = numbers_of(duck, self.names if every else fresh)
            self._is_text = found is None
            if found is not None:
                self._numbers = found if every else np.concatenate([self._numbers, found])
        return None if self._is_text else self._numbers

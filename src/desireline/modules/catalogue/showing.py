"""What of events may be shown to everybody: names and values that say nothing of one person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MOST_NAME = 100
MOST_EXAMPLE = 60
MOST_EXAMPLES = 5
LEAST_SUBJECTS = 5
"""A value is an example when so many different identifiers have brought it."""
MOST_CANDIDATES = 64
"""Values of one property that are counted until they are examples; more are no vocabulary."""
MOST_PROPERTIES = 200
"""Properties of one type of which values are counted at all."""
NOT_SHOWN = "(not shown)"
"""Stands for names that may be about a person: those with an e-mail address or many digits."""

_PERSONAL = re.compile(r"@|(?:[0-9][ ().\-/]{0,2}){6}|[0-9a-f]{16}|https?:", re.IGNORECASE)


@lru_cache(100_000)
def shown_name(name: str) -> str:
    """A name as the catalogue keeps it."""
    return NOT_SHOWN if len(name) > MOST_NAME or not name or _PERSONAL.search(name) else name


def is_fit(value: str) -> bool:
    """Whether a value may be an example, once enough persons have brought it.

    None is that looks like an e-mail address, a phone number, an id or an address of a page.
    """
    return 0 < len(value) <= MOST_EXAMPLE and not _PERSONAL.search(value)


class Candidates:
    """Values of one type's properties that may become examples, in the memory of one process.

    Of each is known who brought it. Nothing here is written down: after a restart it is counted
    anew.
    """

    def __init__(self) -> None:
        self._seen: dict[str, dict[str, set[int]]] = {}

    def note(self, name: str, value: str, subject: int) -> bool:
        """Whether the value has become an example of the property in this moment."""
        values = self._seen.get(name)
        if values is None:
            if len(self._seen) >= MOST_PROPERTIES:
                return False
            values = self._seen[name] = {}
        subjects = values.get(value)
        if subjects is None:
            if len(values) < MOST_CANDIDATES and is_fit(value):
                values[value] = {subject}
            return False
        if len(subjects) >= LEAST_SUBJECTS:
            return False
        subjects.add(subject)
        return len(subjects) >= LEAST_SUBJECTS


def with_examples(known: Sequence[str], new: Sequence[str]) -> list[str]:
    """The first few of them, each once."""
    return list(dict.fromkeys([*known, *new]))[:MOST_EXAMPLES]

"""Keeps the catalogue a catalogue: where a program makes up names without end, they become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import TypeVar

from desireline.modules.catalogue.observing import Observed, Span
from desireline.modules.catalogue.showing import NOT_SHOWN

MOST_TYPES = 10_000
MOST_PROPERTIES = 1_000
"""Of one type."""

K = TypeVar("K", bound=Hashable)


def with_few_types(found: Observed, known: Collection[str], n_known: int) -> Observed:
    """The same, new types beyond the bound under the name NOT_SHOWN; `known` are some that are."""
    room = max(MOST_TYPES - n_known, 0)
    new = [name for name in found.types if name not in known and name != NOT_SHOWN]
    left_out = set(new[room:])
    if not left_out:
        return found

    def name_of(type_: str) -> str:
        return NOT_SHOWN if type_ in left_out else type_

    return Observed(
        _renamed(found.types, name_of),
        _renamed(found.kinds, lambda key: (name_of(key[0]), *key[1:])),
        {key: e for key, e in found.examples.items() if key[0] not in left_out},
    )


def with_few_properties(found: Observed, known: Collection[tuple[str, str]]) -> Observed:
    """The same, new properties beyond the bound under NOT_SHOWN; `known` are all of these types."""
    n = Counter(type_ for type_, _ in known)
    left_out = set()
    for type_, name in dict.fromkeys(key[:2] for key in found.kinds):
        if (type_, name) not in known and name != NOT_SHOWN:
            n[type_] += 1
            if n[type_] > MOST_PROPERTIES:
                left_out.add((type_, name))
    if not left_out:
        return found

    def key_of(key: tuple[str, str, str]) -> tuple[str, str, str]:
        return (key[0], NOT_SHOWN, key[2]) if key[:2] in left_out else key

    return Observed(
        found.types,
        _renamed(found.kinds, key_of),
        {key: e for key, e in found.examples.items() if key not in left_out},
    )


def _renamed(spans: dict[K, Span], name_of: Callable[[K], K]) -> dict[K, Span]:
    together: dict[K, list[Span]] = {}
    for key, span in spans.items():
        together.setdefault(name_of(key), []).append(span)
    return {key: _merged(some) for key, some in together.items()}


def _merged(spans: Iterable[Span]) -> Span:
    some = list(spans)
    return Span(sum(s.n for s in some), min(s.first_at for s in some), max(s.last_at for s in some))

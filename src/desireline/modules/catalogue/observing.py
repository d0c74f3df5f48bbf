"""What a batch of events shows: which types and properties there are, and of what kinds.

The loop runs for each property of each event, so it only appends times to lists; what they mean is
told by the batch. Measured in tests/modules/test_catalogue.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from desireline.log.following import Logged
from desireline.modules.catalogue.kinds import KIND_OF, is_time
from desireline.modules.catalogue.showing import NOT_SHOWN, Candidates, shown_name

MOST_PROPERTIES = 500
"""Of one event; those of a larger one are told by the name NOT_SHOWN."""

Times: TypeAlias = list[int]
Slots: TypeAlias = dict[type | str, Times]
"""When a property was of a kind: by the class of its values, `time` for texts that are one."""

_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True)
class Span:
    """How many there were, and when the first and the last one happened."""

    n: int
    first_at: int
    last_at: int

    @classmethod
    def of(cls, *times: Times) -> Span:
        """The span of these times."""
        return cls(sum(map(len, times)), min(map(min, times)), max(map(max, times)))


@dataclass
class Observed:
    """What some events have shown."""

    types: dict[str, Span] = field(default_factory=dict)
    kinds: dict[tuple[str, str, str], Span] = field(default_factory=dict)
    """By type, property and kind of value."""
    examples: dict[tuple[str, str], list[str]] = field(default_factory=dict)


class _Seen:
    """What was seen of one type."""

    __slots__ = ("properties", "times")

    def __init__(self) -> None:
        self.times: Times = []
        self.properties: dict[str, Slots] = {}


class Observer:
    """Looks at events. Keeps in memory which values may become examples."""

    def __init__(self) -> None:
        self._candidates: dict[str, Candidates] = {}

    def observe(self, events: Iterable[Logged]) -> Observed:
        """What these events show."""
        seen: dict[str, _Seen] = {}
        examples: dict[tuple[str, str], list[str]] = {}
        for event in events:
            here = seen.get(event.type)
            if here is None:
                here = seen[event.type] = _Seen()
            here.times.append(event.at)
            if event.properties:
                for name, value in self._note(here, event):
                    key = (shown_name(event.type), shown_name(name))
                    examples.setdefault(key, []).append(value)
        found = _told(seen)
        found.examples = {key: e for key, e in examples.items() if NOT_SHOWN not in key}
        return found

    def _note(self, here: _Seen, event: Logged) -> list[tuple[str, str]]:
        """Takes in the properties of an event; those of their values that now are examples."""
        properties, at, slots_of = _decode(event.properties or "{}"), event.at, here.properties
        if len(properties) > MOST_PROPERTIES:
            properties = {NOT_SHOWN: properties}
        candidates = self._candidates.get(event.type)
        if candidates is None:
            candidates = self._candidates[event.type] = Candidates()
        examples = []
        for name, value in properties.items():
            kind: type | str = value.__class__
            if kind is str:
                if is_time(value):
                    kind = "time"
                elif candidates.note(name, value, event.subject):
                    examples.append((name, value))
            slots = slots_of.get(name)
            if slots is None:
                slots = slots_of[name] = {}
            times = slots.get(kind)
            if times is None:
                slots[kind] = [at]
            else:
                times.append(at)
        return examples


def _told(seen: dict[str, _Seen]) -> Observed:
    """What was seen, under names that may be shown."""
    types: dict[str, list[Times]] = {}
    kinds: dict[tuple[str, str, str], list[Times]] = {}
    for type_, here in seen.items():
        shown = shown_name(type_)
        types.setdefault(shown, []).append(here.times)
        for name, slots in here.properties.items():
            for kind, times in slots.items():
                if kind is not type(None):
                    key = (shown, shown_name(name), KIND_OF[kind])
                    kinds.setdefault(key, []).append(times)
    return Observed(
        {name: Span.of(*times) for name, times in types.items()},
        {key: Span.of(*times) for key, times in kinds.items()},
    )

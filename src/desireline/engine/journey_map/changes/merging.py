"""Two touchpoints as one: their rules and their cells together."""

from __future__ import annotations

import msgspec

from desireline.engine.journey_map.lanes import Cell
from desireline.engine.rules.ast import AnyOf, Event, Rule


def either(a: Rule, b: Rule) -> Rule:
    """The rule that holds where one of them does; of two lists of event types, one list."""
    if isinstance(a, Event) and isinstance(b, Event):
        return Event((*a.names, *(name for name in b.names if name not in a.names)))
    parts = (*_parts(a), *_parts(b))
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def told_together(kept: Cell | None, gone: Cell) -> Cell:
    """The cell that stays, with the words of the one that goes below its own."""
    if kept is None:
        return gone
    if gone.text in ("", kept.text):
        return kept
    text = f"{kept.text}\n{gone.text}" if kept.text else gone.text
    return msgspec.structs.replace(kept, text=text)


def _parts(rule: Rule) -> tuple[Rule, ...]:
    return rule.rules if isinstance(rule, AnyOf) else (rule,)

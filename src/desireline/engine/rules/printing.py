"""Patterns back to text: `parse(to_text(pattern)) == pattern`."""

from __future__ import annotations

from decimal import Decimal

from desireline.engine.rules.ast import Pattern
from desireline.engine.rules.lexing import RESERVED, UNITS, WORD
from desireline.engine.rules.tree import ANYTHING, Either, One, PatternTree, Repeat, Then

SIGNS = {(0, None): "*", (1, None): "+", (0, 1): "?"}


def to_text(pattern: Pattern) -> str:
    """The pattern as a person would write it, with `~>` and `->` and its window."""
    start = "^ " if pattern.from_start else ""
    end = " $" if pattern.to_end else ""
    within = pattern.within_seconds
    window = "" if within is None else f" within {duration(within)}"
    return f"{start}{_tree(pattern.tree)}{end}{window}"


def duration(seconds: float) -> str:
    """A duration in the largest unit that holds it whole: `3d`, `90min`, `1.5s`."""
    for unit, size in reversed(UNITS.items()):
        if seconds and seconds % size == 0:
            return f"{int(seconds // size)}{unit}"
    return f"{Decimal(repr(float(seconds))):f}".removesuffix(".0") + "s"


def quoted(name: str) -> str:
    """The name as it stands in a pattern: bare where it may, else in quotes."""
    if WORD.fullmatch(name) and name not in RESERVED:
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tree(tree: PatternTree) -> str:
    match tree:
        case One(names, negated):
            return _one(names, negated=negated)
        case Either(parts):
            return " | ".join(_inside(p, Either) for p in parts)
        case Then(parts):
            return _then(parts)
        case Repeat(part, low, high):
            return _inside(part, Then, Either, Repeat) + _times(low, high)


def _one(names: tuple[str, ...], *, negated: bool) -> str:
    if not names:
        return "."
    if len(names) == 1 and not negated:
        return quoted(names[0])
    return f"[{'^' if negated else ''}{' '.join(quoted(n) for n in names)}]"


def _then(parts: tuple[PatternTree, ...]) -> str:
    text, last = _inside(parts[0], Then, Either), len(parts) - 1
    skip = False
    for i, part in enumerate(parts[1:], 1):
        if part == ANYTHING and i < last and not skip:
            skip = True
            continue
        text += f" {'~>' if skip else '->'} {_inside(part, Then, Either)}"
        skip = False
    return text


def _inside(tree: PatternTree, *bracketed: type) -> str:
    return f"({_tree(tree)})" if isinstance(tree, bracketed) else _tree(tree)


def _times(low: int, high: int | None) -> str:
    if (low, high) in SIGNS:
        return SIGNS[low, high]
    if high == low:
        return f"{{{low}}}"
    return f"{{{low},{'' if high is None else high}}}"

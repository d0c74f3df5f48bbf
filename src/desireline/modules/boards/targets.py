"""What a target says of an answer: where its figure stands, and whether it is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from desireline.modules.boards.errors import FigureUnknown

Place: TypeAlias = str | int | dict[str, str | int | None]
"""A name, a place in a list, or the entry of a list that has these values."""
Op = Literal["at_least", "at_most"]
State = Literal["unknown", "met", "missed", "unsure"]
Unit = Literal["share", "seconds", "count"]


@dataclass(frozen=True)
class Figure:
    """A number of an answer, with its interval and its n where it has them."""

    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None


def figure_at(result: Any, address: Sequence[Place]) -> Figure | None:
    """The number at an address of a result; None where there is none yet. Raises FigureUnknown.

    `["converted", "share"]`, `["touchpoints", {"event": "cart"}, "exit", "share"]`.
    """
    around, found = None, result
    for place in address:
        around, found = found, _within(found, place, address)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise FigureUnknown(
            f"At {list(address)} stands no number.", hint="Go on to a number: a share, a count."
        )
    known = around if isinstance(around, dict) else {}
    has_interval = address[-1] in ("share", "value")
    low, high = (known.get("low"), known.get("high")) if has_interval else (None, None)
    return Figure(float(found), low, high, known.get("n") if has_interval else None)


def unit_of(address: Sequence[Place]) -> Unit:
    """What the number at an address is in: the last name says it."""
    last = address[-1]
    if last in ("share", "coverage"):
        return "share"
    return "seconds" if last in ("p50", "p90", "mean") else "count"


def state_of(figure: Figure | None, op: Op, threshold: float) -> State:
    """Whether a target is met: for sure where the whole interval is on its side of the threshold.

    A figure without interval is what it is.
    """
    if figure is None:
        return "unknown"
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    if op == "at_most":
        low, high, threshold = -high, -low, -threshold
    if low >= threshold:
        return "met"
    return "missed" if high < threshold else "unsure"


def _within(found: Any, place: Place, address: Sequence[Place]) -> Any:
    if isinstance(found, dict) and isinstance(place, str) and place in found:
        return found[place]
    if isinstance(found, list | tuple) and isinstance(place, int) and 0 <= place < len(found):
        return found[place]
    if isinstance(found, list | tuple) and isinstance(place, dict):
        return next((one for one in found if _has(one, place)), None)
    if found is None:
        return None
    raise FigureUnknown(
        f"The answer has no {place!r} at {list(address)}.", hint=f"There is: {_there(found)}."
    )


def _has(one: Any, wanted: dict[str, str | int | None]) -> bool:
    return isinstance(one, dict) and all(
        name in one and one[name] == value for name, value in wanted.items()
    )


def _there(found: Any) -> str:
    if isinstance(found, dict):
        return ", ".join(found)
    return f"a list of {len(found)}" if isinstance(found, list | tuple) else repr(found)

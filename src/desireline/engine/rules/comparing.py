"""Comparisons of a column (property or trait) with a value: one bool an entry."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import F64, Bools, Column
from desireline.engine.rules.ast import Property, Single, Trait

ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


def compared(column: Column, rule: Property | Trait, part: slice) -> Bools:
    """Where the entries `part` of the column compare with the value as the rule says.

    An absent entry never does. Text is compared once for each distinct text, not for each entry.
    """
    if column.numbers is not None:
        return _numbers(column.numbers[part], rule)
    assert column.codes is not None  # noqa: S101 - a Column holds one of the two
    table = np.zeros(len(column.values) + 1, np.bool_)  # the last entry is where code -1 looks
    table[:-1] = [_text_fits(text, rule) for text in column.values]
    fits: Bools = table[column.codes[part]]
    return fits


def _numbers(numbers: F64, rule: Property | Trait) -> Bools:
    known: Bools = ~np.isnan(numbers)
    if rule.op == "exists":
        return known
    if rule.op == "contains":
        shown = np.array([str(rule.value).casefold() in f"{n:g}" for n in numbers], np.bool_)
        return known & shown
    if isinstance(rule.value, tuple):
        wanted = [n for n in map(_as_number, rule.value) if n is not None]
        return known & np.isin(numbers, np.array(wanted, np.float64))
    value = _as_number(rule.value)
    if value is None:
        return known if rule.op == "ne" else np.zeros_like(known)
    fits: NDArray[np.bool_] = ORDERS[rule.op](numbers, value)
    return known & fits


def _text_fits(text: str, rule: Property | Trait) -> bool:
    if rule.op == "exists":
        return True
    if rule.op == "contains":
        return str(rule.value).casefold() in text.casefold()
    if isinstance(rule.value, tuple):
        return any(_ordered(text, "eq", value) for value in rule.value)
    return rule.value is not None and _ordered(text, rule.op, rule.value)


def _ordered(text: str, op: str, value: Single) -> bool:
    if isinstance(value, bool):
        truth = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
        held = truth.get(text.strip().casefold())
        return held is not None and bool(ORDERS[op](held, value))
    if isinstance(value, str):
        return bool(ORDERS[op](text, value))
    number = _as_number(text)
    if number is None:
        return op == "ne"
    return bool(ORDERS[op](number, value))


def _as_number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]  # what is not a number raises
    except (TypeError, ValueError):
        return None
    return None if np.isnan(number) else number

"""Reads the durations and case notions that people type on the command line."""

from __future__ import annotations

import re

from desireline.engine.casing import CaseBy
from desireline.engine.errors import DesirelineError

UNITS = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


class DurationUnreadable(DesirelineError):
    """A duration that is not a number with a unit."""


class CaseByUnreadable(DesirelineError):
    """A case notion that is none of the three."""


def seconds(text: str) -> float:
    """The seconds of a duration such as `90s`, `30min`, `1.5h`, `3d` or `2w`."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*", text.lower())
    if not found or found[2] not in UNITS:
        raise DurationUnreadable(
            f"{text!r} is not a duration.",
            hint="Write a number and a unit: 30s, 15min, 2h, 3d, 1w.",
        )
    return float(found[1]) * UNITS[found[2]]


def case_by(text: str) -> CaseBy:
    """The case notion of `person`, `session:30min` or `column:order_id`."""
    kind, _, rest = text.partition(":")
    if kind == "person" and not rest:
        return CaseBy(kind="person")
    if kind == "session":
        return CaseBy(kind="session", gap_seconds=seconds(rest or "30min"))
    if kind == "column" and rest:
        return CaseBy(kind="column", column=rest)
    raise CaseByUnreadable(
        f"--case-by {text!r} is not a way to tell journeys apart.",
        hint="Write person, session:30min, or column:NAME (for example column:order_id).",
    )

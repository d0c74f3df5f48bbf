"""What an analysis can be broken down by: channel, actor, a trait, or a property of an event."""

from __future__ import annotations

import numpy as np

from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import I64, Column, Journeys
from desireline.engine.rules.errors import did_you_mean


def values_at(journeys: Journeys, by: str, at: I64, owner: I64) -> tuple[I64, list[str | None]]:
    """The number of a value for each of some events, and the values; None is unknown.

    `at` are places in the arrays, `owner` the journeys that they belong to. Where no part of the
    journeys is called `by`, all are unknown: another shard may know it.
    """
    if by in journeys.traits:
        return _entries(journeys.traits[by], owner)
    if by in journeys.columns:
        return _entries(journeys.columns[by], at)
    for name, codes, known in (
        ("channel", journeys.channel, journeys.channels),
        ("actor", journeys.actor, journeys.actors),
    ):
        if by == name and codes is not None:
            return codes[at].astype(np.int64), [value or None for value in known]
    return np.zeros(len(at), np.int64), [None]


def choices_of(journeys: Journeys) -> tuple[str, ...]:
    """What a question over these journeys can be broken down by."""
    channel = () if journeys.channel is None else ("channel",)
    actor = () if journeys.actor is None else ("actor",)
    return (*journeys.traits, *journeys.columns, *channel, *actor)


def check_choice(
    by: str | None, choices: tuple[str, ...], noun: str, error: type[DesirelineError]
) -> None:
    """Raises `error` where no part knows what to break `noun` ("the funnel") down by."""
    if by is None or by in choices:
        return
    raise error(
        f"There is no channel, actor, trait or property {by!r} to break {noun} down by.",
        hint=f"{did_you_mean(by, choices)} There are: {', '.join(choices) or 'none'}.".strip(),
    )


def _entries(column: Column, at: I64) -> tuple[I64, list[str | None]]:
    if column.numbers is None:
        assert column.codes is not None  # noqa: S101 - a Column holds one of the two
        return column.codes[at].astype(np.int64) % (len(column.values) + 1), [*column.values, None]
    values, number = np.unique(column.numbers[at], return_inverse=True)
    names = [None if np.isnan(v) else f"{v:.15g}" for v in values.tolist()]
    return number.astype(np.int64), names

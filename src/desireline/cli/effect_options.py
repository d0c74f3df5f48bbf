"""What the options of `analyse effect` mean: whom a change reaches, when, and what counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

import click

from desireline.cli.durations import seconds
from desireline.cli.options import EventFile
from desireline.engine.effects import Effect, Hashed, Metric
from desireline.engine.effects.query import Kind
from desireline.engine.rules.ast import Channel, Property, Rule

Function = TypeVar("Function", bound=Callable[..., Any])

DESIGNS = (
    "randomised",
    "synthetic_control",
    "difference_in_differences",
    "interrupted_time_series",
)


def asks_effect(function: Function) -> Function:
    """Adds the options of an effect."""
    for option in reversed(
        [
            click.option("--entered", required=True, metavar="EVENT", help="Who is asked about."),
            click.option("--metric", required=True, metavar="EVENT", help="What may come after."),
            click.option("--within", default="30d", show_default=True, help="For how long."),
            click.option(
                "--counts",
                type=click.Choice(get_args(Kind)),
                default="rate",
                show_default=True,
                help="Whether it comes, the sum of values, the value of each, the time until.",
            ),
            click.option("--sum", is_flag=True, help="The same as --counts value."),
            click.option("--at-most", type=float, help="What one visit counts for at most."),
            click.option("--less", is_flag=True, help="Less of it is better."),
            click.option(
                "--deployed", required=True, metavar="TIME", help="2026-03-02T08:00, UTC."
            ),
            click.option(
                "--group",
                metavar="COL=VALUE",
                help="Whom the change reaches: region=north. Else everybody.",
            ),
            click.option("--control", metavar="COL=VALUE", help="The control; else all others."),
            click.option("--by-lot", is_flag=True, help="A lot decided who is in the group."),
            click.option(
                "--lot",
                metavar="SALT:SHARE",
                help="A lot by hash of the person decided: spring:0.5.",
            ),
            click.option("--unit", metavar="COL", help="Its other values may serve as controls."),
            click.option("--design", type=click.Choice(DESIGNS), help="Else it is chosen."),
        ]
    ):
        function = option(function)
    return function


def effect_of(file: EventFile, asked: Mapping[str, Any]) -> Effect:
    """The effect that the options ask for."""
    drawn = lot(asked["lot"])
    reached, compared = group(asked["group"], "--group"), group(asked["control"], "--control")
    journeys = file.journeys(columns_of(reached, compared, unit=asked["unit"]))
    metric = Metric(
        journeys.rule(asked["metric"]),
        kind="value" if asked["sum"] else asked["counts"],
        within_seconds=seconds(asked["within"]),
        good="less" if asked["less"] else "more",
        at_most=asked["at_most"],
    )
    return journeys.effect(
        asked["entered"],
        metric,
        moment(asked["deployed"]),
        drawn or reached,
        compared=compared,
        by_chance=asked["by_lot"],
        unit=asked["unit"],
        design=asked["design"],
    )


def group(told: str | None, option: str) -> Rule | None:
    """The rule of `region=north`, or of `channel=web`."""
    if told is None:
        return None
    name, sign, value = told.partition("=")
    if not (sign and name and value):
        raise click.BadParameter(
            f"{told!r} names no group. Write a column, =, and its value: region=north.",
            param_hint=option,
        )
    return Channel((value,)) if name == "channel" else Property(name, "eq", value)


def lot(told: str | None) -> Hashed | None:
    """The lot of `spring:0.5`."""
    if told is None:
        return None
    salt, sign, share = told.rpartition(":")
    try:
        return Hashed(salt, float(share)) if sign else Hashed(told)
    except ValueError as error:
        raise click.BadParameter(
            f"{told!r} is no lot. Write its name, :, and the share that it reaches: spring:0.5.",
            param_hint="--lot",
        ) from error


def moment(told: str) -> dt.datetime:
    """The moment of `2026-03-02` or `2026-03-02T08:00`, UTC where no zone is said."""
    try:
        return dt.datetime.fromisoformat(told)
    except ValueError as error:
        raise click.BadParameter(
            f"{told!r} is no moment. Write 2026-03-02 or 2026-03-02T08:00Z.",
            param_hint="--deployed",
        ) from error


def columns_of(*rules: Rule | None, unit: str | None) -> tuple[str, ...]:
    """The columns that must be read along."""
    named = [rule.name for rule in rules if isinstance(rule, Property)]
    return tuple(dict.fromkeys([*named, *([unit] if unit else [])]))

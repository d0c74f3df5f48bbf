"""What a funnel's options say of single steps: optional, soon enough, nothing in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import click

from desireline.cli.durations import seconds
from desireline.engine.analyses.funnel import Step
from desireline.library import Journeys

Function = TypeVar("Function", bound=Callable[..., Any])


def limits_steps(function: Function) -> Function:
    """Adds the options that speak of one step, by its number."""
    for option in reversed(
        [
            click.option(
                "--optional",
                multiple=True,
                type=int,
                metavar="N",
                help="Step N may be missing (1 is the first).",
            ),
            click.option(
                "--within",
                multiple=True,
                metavar="N=TIME",
                help="Step N comes at most so long after the one before: 3=2d.",
            ),
            click.option(
                "--without",
                multiple=True,
                metavar="N=EVENT",
                help="No such event between step N and the one before: 3=support.",
            ),
        ]
    ):
        function = option(function)
    return function


def limited_steps(
    journeys: Journeys,
    names: Sequence[str],
    optional: Sequence[int],
    within: Sequence[str],
    without: Sequence[str],
) -> list[Step]:
    """The steps with what the options say of them. Raises as `Journeys.rule` and click do."""
    steps = [Step(journeys.rule(name), name=name) for name in names]
    for number in optional:
        at = _place(number, steps, "--optional")
        steps[at] = replace(steps[at], optional=True)
    for told in within:
        at, limit = _told(told, steps, "--within")
        steps[at] = replace(steps[at], within_seconds=seconds(limit))
    for told in without:
        at, event = _told(told, steps, "--without")
        steps[at] = replace(steps[at], without=journeys.rule(event))
    return steps


def _told(told: str, steps: Sequence[Step], option: str) -> tuple[int, str]:
    number, sign, rest = told.partition("=")
    if not (sign and rest and number.strip().isdecimal()):
        raise click.BadParameter(
            f"{told!r} names no step. Write the number of the step, =, and what is meant: 2=...",
            param_hint=option,
        )
    return _place(int(number), steps, option), rest


def _place(number: int, steps: Sequence[Step], option: str) -> int:
    if not 1 <= number <= len(steps):
        raise click.BadParameter(
            f"There is no step {number}. The steps are 1 to {len(steps)}.", param_hint=option
        )
    return number - 1

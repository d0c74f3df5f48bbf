"""`desireline analyse`: one analysis of a file of events, to standard output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from desireline.cli.durations import seconds
from desireline.cli.funnel_steps import limited_steps, limits_steps
from desireline.cli.map_files import with_map
from desireline.cli.options import EventFile, reads_events
from desireline.cli.output import FORMATS
from desireline.cli.progress import tell
from desireline.engine.analyses.paths import MOST_DEPTH
from desireline.engine.analyses.result import Result


@click.group(help="Ask one analysis of a file of events.")
def command() -> None:
    """The group; each analysis is a command of its own."""


def analysis(function: Callable[..., Result]) -> click.Command:
    """Makes a command of a function from a file and options to a result."""

    @click.option(
        "--format",
        "shape",
        type=click.Choice(list(FORMATS)),
        default="table",
        show_default=True,
        help="How to print it.",
    )
    def command_function(shape: str, **options: Any) -> None:
        FORMATS[shape](function(**options))

    options = getattr(function, "__click_params__", [])
    reading = reads_events(command_function)
    made = command.command(function.__name__, help=function.__doc__)(reading)
    made.params = [*made.params, *reversed(options)]
    return made


ROLES = ("channel", "actor")
"""What a funnel can be broken down by beside columns, whatever the file calls it."""


@analysis
def transitions(file: EventFile) -> Result:
    """What directly follows what, how often, and after what wait."""
    found = file.journeys().transitions()
    if found.negative_waits:
        waits = (
            "1 wait was" if found.negative_waits == 1 else f"{found.negative_waits:,} waits were"
        )
        tell(f"By the order told, {waits} negative; below zero counts as 0.")
    return found


@analysis
@click.option("--top", type=click.IntRange(0), metavar="N", help="The N most frequent; else all.")
def variants(file: EventFile, top: int | None) -> Result:
    """The distinct ways that were walked, most frequent first."""
    return file.journeys().variants(top=top)


@analysis
@click.option(
    "--step",
    "steps",
    multiple=True,
    required=True,
    metavar="EVENT",
    help="A step: an event type, or a pattern. Give it once for each step, in order.",
)
@click.option("--window", metavar="TIME", help="From the first step to the last: 30min, 7d ...")
@click.option("--strict", is_flag=True, help="The next event must be the next step.")
@click.option("--every", is_flag=True, help="Count every entry, not each journey once.")
@click.option("--breakdown", metavar="COL", help="One funnel for each value of this column.")
@limits_steps
def funnel(
    file: EventFile,
    steps: tuple[str, ...],
    window: str | None,
    strict: bool,
    every: bool,
    breakdown: str | None,
    **limits: Any,
) -> Result:
    """How many get through some steps in order, and what the others did instead."""
    named = () if breakdown is None or breakdown in ROLES else (breakdown,)
    journeys = file.journeys(named)
    return journeys.funnel(
        limited_steps(journeys, steps, **limits),
        window_seconds=seconds(window) if window else None,
        strict=strict,
        count_by="entry" if every else "journey",
        by=breakdown,
    )


@analysis
@click.option("--anchor", required=True, metavar="EVENT", help="The event to look around.")
@click.option(
    "--depth",
    type=click.IntRange(1, MOST_DEPTH),
    default=4,
    show_default=True,
    help="How many steps to follow.",
)
@click.option(
    "--top",
    type=click.IntRange(0),
    default=6,
    show_default=True,
    help="Branches told; the rest is folded.",
)
@click.option("--every", is_flag=True, help="Every occurrence, not the first of each journey.")
def paths(file: EventFile, anchor: str, depth: int, top: int, every: bool) -> Result:
    """What people do after and before an event."""
    return file.journeys().paths(anchor, depth=depth, top=top, every=every)


_MAP = click.option("--map", "map_path", metavar="MAP.yaml", help="Your map; else a draft.")


@analysis
@_MAP
def touchpoints(file: EventFile, map_path: str | None) -> Result:
    """The figures of each touchpoint of a map."""
    journeys, journey_map = with_map(file, map_path)
    return journeys.touchpoints(journey_map)


@analysis
@_MAP
def positions(file: EventFile, map_path: str | None) -> Result:
    """At which touchpoint each open journey stands, and since when."""
    journeys, journey_map = with_map(file, map_path)
    return journeys.positions(journey_map)

"""`desireline analyse`: one analysis of a file of events, to standard output."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from desireline.cli.durations import seconds
from desireline.cli.effect_options import asks_effect, effect_of
from desireline.cli.funnel_steps import limited_steps, limits_steps
from desireline.cli.map_files import with_map
from desireline.cli.options import EventFile, reads_events
from desireline.cli.output import FORMATS
from desireline.cli.progress import tell
from desireline.engine.analyses.paths import MOST_DEPTH
from desireline.engine.analyses.result import Result
from desireline.engine.analyses.retention_counts import MOST_COLUMNS
from desireline.engine.calendar import PERIODS
from desireline.engine.moments.query import SMALLEST
from desireline.engine.saying import in_words


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


@analysis
@click.option("--begins", metavar="EVENT", help="The first event that counts; else any.")
@click.option("--back", metavar="EVENT", help="What brings back: an event or a pattern; else any.")
@click.option(
    "--period",
    type=click.Choice(PERIODS),
    default="week",
    show_default=True,
    help="How long a cohort is, and each period after it.",
)
@click.option("--zone", default="UTC", show_default=True, help="Whose clocks: Europe/Warsaw ...")
@click.option("--rolling", is_flag=True, help="Back in that period or later; else exactly in it.")
@click.option(
    "--periods",
    type=click.IntRange(1, MOST_COLUMNS),
    default=8,
    show_default=True,
    help="Periods told after the first.",
)
@click.option("--breakdown", metavar="COL", help="One line for each value at the first event.")
def retention(
    file: EventFile,
    begins: str | None,
    back: str | None,
    rolling: bool,
    breakdown: str | None,
    zone: str,
    **options: Any,
) -> Result:
    """Who comes back in which period. One that is not over yet has a count and no share."""
    named = () if breakdown is None or breakdown in ROLES else (breakdown,)
    kind = "on_or_after" if rolling else "on"
    return file.journeys(named).retention(
        begins, back, kind=kind, time_zone=zone, by=breakdown, **options
    )


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


@analysis
@_MAP
@click.option("--known-only", is_flag=True, help="Leave out events that no touchpoint means.")
def conformance(file: EventFile, map_path: str | None, known_only: bool) -> Result:
    """How far journeys follow a map, where they leave it, and what that costs."""
    journeys, journey_map = with_map(file, map_path)
    found = journeys.conformance(journey_map, strangers=not known_only)
    for message in in_words(found):
        tell(message.text)
    return found


@analysis
@_MAP
@click.option(
    "--silence", "silence_days", type=float, help="Days of silence after which somebody is gone."
)
def endings(file: EventFile, map_path: str | None, silence_days: float | None) -> Result:
    """Why persons leave, when, after what, and where each of them stands by now."""
    journeys, journey_map = with_map(file, map_path)
    found = journeys.endings(journey_map, silence_days=silence_days)
    for message in in_words(found):
        tell(message.text)
    return found


@analysis
@asks_effect
def effect(file: EventFile, **asked: Any) -> Result:
    """Whether a change made a difference, with what speaks for it and against it."""
    found = effect_of(file, asked)
    for message in in_words(found):
        tell(message.text)
    return found


@analysis
@_MAP
@click.option("--outcome", metavar="EVENT", help="What should follow; else the map's outcome.")
@click.option(
    "--smallest",
    type=click.FloatRange(0.001, 0.5),
    default=SMALLEST,
    show_default=True,
    help="The smallest effect on the chance of the outcome that is of interest.",
)
@click.option("--within", metavar="TIME", help="How long one waits for the outcome: 30d ...")
def moments(
    file: EventFile,
    map_path: str | None,
    outcome: str | None,
    smallest: float,
    within: str | None,
) -> Result:
    """Which touchpoints decide whether the outcome comes, and which only seem to."""
    journeys, journey_map = with_map(file, map_path)
    days = seconds(within) / 86_400 if within else None
    found = journeys.moments(journey_map, outcome, smallest=smallest, horizon_days=days)
    for message in in_words(found):
        tell(message.text)
    return found


@analysis
@_MAP
@click.option("--score", "scores", multiple=True, metavar="COL", help="A column with marks.")
@click.option("--text", "texts", multiple=True, metavar="COL", help="One with what people say.")
def pains(
    file: EventFile, map_path: str | None, scores: tuple[str, ...], texts: tuple[str, ...]
) -> Result:
    """Where it hurts on a map, whom, and what it costs."""
    journeys, journey_map = with_map(file, map_path, columns=(*scores, *texts))
    found = journeys.pains(journey_map, scores=scores, texts=texts)
    for message in in_words(found):
        tell(message.text)
    return found

"""`desireline retention`: for how long what is kept."""

from __future__ import annotations

import click

from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import open_workspace
from desireline.log.opening import open_store
from desireline.modules.audit.facade import COMMAND_LINE
from desireline.modules.rights.facade import EVENT, FAILED, Kept, Period, RightsDesk
from desireline.settings import Settings

ALL, FAILED_EVENTS = "--all", "--failed-events"


@click.group(help="Say for how long what is kept, and let go what was kept long enough.")
def command() -> None:
    """The group."""


def _named(function: click.decorators.FC) -> click.decorators.FC:
    """Which events are meant: one type, all that have no period of their own, or failed ones."""
    function = click.option(ALL, "others", is_flag=True, help="All without a period.")(function)
    failed = click.option(FAILED_EVENTS, "failed", is_flag=True, help="Failed events.")
    return click.argument("type_", metavar="[TYPE]", default="")(failed(function))


@command.command(name="set", help="Keep events of a TYPE for so many months.")
@_named
@click.option("--months", type=click.IntRange(1, 1200), required=True)
@names_workspace
def set_command(type_: str, others: bool, failed: bool, months: int, settings: Settings) -> None:
    """Prints one sentence."""
    what = _what(type_, others, failed)
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        desk = RightsDesk(workspace.database, open_store(workspace), workspace.clock)
        desk.set_period(Period(what, type_, months), COMMAND_LINE)
    click.echo(f"Kept for {months} months: {_shown(what, type_)}.")


@command.command(name="lift", help="Keep events of a TYPE for ever again, or as all others.")
@_named
@names_workspace
def lift(type_: str, others: bool, failed: bool, settings: Settings) -> None:
    """Prints one sentence."""
    what = _what(type_, others, failed)
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        desk = RightsDesk(workspace.database, open_store(workspace), workspace.clock)
        desk.lift_period(what, type_, COMMAND_LINE)
    click.echo(f"No period any more: {_shown(what, type_)}.")


@command.command(name="list", help="Show the periods; what is not listed is kept for ever.")
@names_workspace
def list_command(settings: Settings) -> None:
    """Prints a line for each."""
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        desk = RightsDesk(workspace.database, open_store(workspace), workspace.clock)
        found = desk.periods()
    for one in found:
        click.echo(f"{one.months:5} months  {_shown(one.what, one.type)}")
    if not found:
        click.echo("Everything is kept for ever: desireline retention set TYPE --months 24.")


@command.command(name="apply", help="Let go what was kept long enough, as a server does daily.")
@click.option("--dry-run", is_flag=True, help="Only say how much it would be.")
@names_workspace
def apply(dry_run: bool, settings: Settings) -> None:
    """Prints one sentence."""
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        desk = RightsDesk(workspace.database, open_store(workspace), workspace.clock)
        if dry_run:
            click.echo(f"Would go: {_counted(desk.count_outdated())}.")
        else:
            click.echo(f"Gone: {_counted(desk.apply_periods(COMMAND_LINE))}.")


def _what(type_: str, others: bool, failed: bool) -> str:
    if sum((bool(type_), others, failed)) != 1:
        raise click.UsageError(f"Name one type of events, or {ALL}, or {FAILED_EVENTS}.")
    return FAILED if failed else EVENT


def _shown(what: str, type_: str) -> str:
    return "failed events" if what == FAILED else type_ or "all other events"


def _counted(kept: Kept) -> str:
    return (
        f"{kept.events:,} events, {kept.failed_events:,} failed events;"
        f" {kept.segments:,} files written anew"
    )

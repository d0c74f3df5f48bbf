"""`desireline source`: write keys, by which programs and web pages may add events."""

from __future__ import annotations

import click

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.workspace import open_workspace
from desireline.modules.sources.facade import Source, SourceBook
from desireline.settings import Settings


@click.group(help="Make, list and turn off write keys for those who send events.")
def command() -> None:
    """The group."""


@command.command(name="add", help="Make a source; prints its write key, this once.")
@click.argument("name")
@click.option("--quota", type=click.IntRange(0), metavar="EVENTS", help="Events a day (UTC).")
@names_workspace
def add(settings: Settings, name: str, quota: int | None) -> None:
    """Prints the key alone, so that a script can take it."""
    with open_workspace(settings, exclusive=False, create=True) as workspace:
        click.echo(SourceBook(workspace.database, workspace.clock).add(name, quota))


@command.command(name="list", help="List the sources; keys are kept as hashes, and not shown.")
@names_workspace
def list_command(settings: Settings) -> None:
    """Prints a line for each."""
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        found = SourceBook(workspace.database, workspace.clock).listed()
    if not found:
        click.echo("There is no source yet: desireline source add NAME makes one.")
    width = max((len(source.name) for source in found), default=0)
    for source in found:
        click.echo(f"{source.name:{width}}  {_line(source)}")


@command.command(name="off", help="Turn a source off: its key is refused from then on.")
@click.argument("name")
@names_workspace
def off(settings: Settings, name: str) -> None:
    """Prints one sentence."""
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        SourceBook(workspace.database, workspace.clock).turn_off(name)
    click.echo(f"The source {name} takes nothing any more. What it has sent stays.")


@command.command(name="consent", help="Respect who has said no to tracking, or not.")
@click.argument("name")
@click.argument("switch", type=click.Choice(["on", "off"]))
@names_workspace
def consent(settings: Settings, name: str, switch: str) -> None:
    """Prints one sentence."""
    asks = switch == "on"
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        SourceBook(workspace.database, workspace.clock).ask_consent(name, asks=asks)
    said = "takes nothing of persons who have said no to tracking" if asks else "takes all events"
    click.echo(f"The source {name} {said}.")


@command.command(name="signals", help="Refuse what comes with Sec-GPC or DNT, or mark it.")
@click.argument("name")
@click.argument("does", type=click.Choice(["mark", "refuse"]))
@names_workspace
def signals(settings: Settings, name: str, does: str) -> None:
    """Prints one sentence."""
    refuses = does == "refuse"
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        SourceBook(workspace.database, workspace.clock).refuse_opted_out(name, refuses=refuses)
    said = "takes nothing that comes" if refuses else "keeps and marks what comes"
    click.echo(f"The source {name} {said} with Sec-GPC or DNT.")


def _line(source: Source) -> str:
    quota = (
        "no quota"
        if source.quota is None
        else f"{source.used_today:,} of {source.quota:,} events today"
    )
    state = "on" if source.off_at is None else f"off since {iso(source.off_at)}"
    state += "  respects who said no" if source.asks_consent else ""
    state += "  refuses Sec-GPC and DNT" if source.refuses_opted_out else ""
    return f"key ...{source.key_end}  made {iso(source.made_at)}  {quota}  {state}"

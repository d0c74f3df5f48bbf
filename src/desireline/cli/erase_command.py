"""`desireline erase`: a person goes, from everywhere."""

from __future__ import annotations

import click

from desireline.cli.progress import tell
from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import open_workspace
from desireline.log.opening import open_store
from desireline.log.segments.erasing import Erased
from desireline.modules.audit.facade import COMMAND_LINE
from desireline.modules.rights.facade import RightsDesk, Who
from desireline.settings import Settings


@click.command(help="Erase a person from everywhere: WHO is email:ann@example.com, user_id:42.")
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@names_workspace
def command(who: str, yes: bool, settings: Settings) -> None:
    """Asks first, since nothing brings the person back."""
    if not yes:
        click.confirm(f"Erase {who} for good?", abort=True, err=True)
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        db, store = workspace.database, open_store(workspace)
        desk = RightsDesk(db, store, workspace.clock, workspace.data_dir, settings.country)
        say("Erased", *desk.erase(who, COMMAND_LINE))


def say(what: str, who: Who, done: Erased) -> None:
    """One line of what was done, and what is left to do."""
    click.echo(
        f"{what} person {who.person}: {done.subjects:,} identifiers, {done.events:,} events,"
        f" {done.mentions:,} mentions in events of others, {done.failed_events:,} failed events;"
        f" {done.segments:,} files were written anew."
    )
    if not done.emptied:
        tell("A reader held the write-ahead log: run this again, so that no byte is left in it.")
    for folder in done.untold:
        tell(f"The book of erasures in {folder} could not be written; desireline doctor says when.")

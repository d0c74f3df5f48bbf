"""`desireline anonymise`: the events of a person stay, and are nobody's."""

from __future__ import annotations

import click

from desireline.cli.erase_command import say
from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import open_workspace
from desireline.log.opening import open_store
from desireline.modules.audit.facade import COMMAND_LINE
from desireline.modules.rights.facade import RightsDesk
from desireline.settings import Settings


@click.command(help="Make a person's events nobody's; every count stays as it is.")
@click.argument("who")
@click.option(
    "--keep", "keeps", multiple=True, metavar="PATH", help="Declared safe: properties.plan."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@names_workspace
def command(who: str, keeps: tuple[str, ...], yes: bool, settings: Settings) -> None:
    """Asks first, since nobody can tell afterwards whose they were."""
    if not yes:
        click.confirm(f"Make {who} anonymous for good?", abort=True, err=True)
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        db, store = workspace.database, open_store(workspace)
        desk = RightsDesk(db, store, workspace.clock, workspace.data_dir, settings.country)
        say("Made anonymous:", *desk.anonymise(who, COMMAND_LINE, keeps))

"""`desireline access`: everything that the workspace holds about a person."""

from __future__ import annotations

from pathlib import Path

import click

from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import open_workspace
from desireline.log.opening import open_store
from desireline.modules.audit.facade import COMMAND_LINE
from desireline.modules.rights.facade import RightsDesk
from desireline.settings import Settings


@click.command(
    help="Write down everything about a person: WHO is email:ann@example.com, user_id:42."
)
@click.argument("who")
@click.option(
    "--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; else it is printed."
)
@names_workspace
def command(who: str, form: str, output: Path | None, settings: Settings) -> None:
    """JSON is one document, CSV a zip with a file for each table."""
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        db, store = workspace.database, open_store(workspace)
        desk = RightsDesk(db, store, workspace.clock, country=settings.country)
        pieces = desk.access(who, COMMAND_LINE, form)
        with click.open_file(str(output or "-"), "wb") as file:
            for piece in pieces:
                file.write(piece)

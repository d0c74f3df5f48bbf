"""`desireline backup`: a copy of the whole workspace, taken while the server runs."""

from __future__ import annotations

from pathlib import Path

import click

import desireline.registry  # noqa: F401 - the tables of all modules
from desireline.cli.progress import reading_bar
from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import open_workspace
from desireline.log.backup import back_up
from desireline.log.opening import open_store
from desireline.modules.audit.facade import COMMAND_LINE, get_head, record
from desireline.settings import Settings


@click.command(help="Copy the whole workspace into a new folder, while the server runs.")
@click.argument("folder", type=click.Path(path_type=Path))
@names_workspace
def command(folder: Path, settings: Settings) -> None:
    """Prints where the backup is and what is in it."""
    opened = open_workspace(settings, exclusive=False, create=False)
    with opened as workspace, reading_bar() as progress:
        with workspace.database.transaction() as tx:
            record(tx, COMMAND_LINE, "backup_begun", clock=workspace.clock)
            head = get_head(tx)
        made = back_up(workspace, open_store(workspace), folder.absolute(), progress)
    size = sum(part.bytes for part in made.parts)
    click.echo(f"{folder} holds {made.position:,} events in {size / 1e6:,.1f} MB.")
    click.echo(f"The head of the audit log in it, to be kept elsewhere: {head}")
    click.echo(f"Restore it with: desireline restore {folder} --data NEW_FOLDER")

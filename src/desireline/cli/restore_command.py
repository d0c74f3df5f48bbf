"""`desireline restore`: a workspace from a backup."""

from __future__ import annotations

from pathlib import Path

import click

import desireline.registry  # noqa: F401 - the tables of all modules
from desireline.cli.progress import reading_bar
from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import open_workspace
from desireline.log.backup import Backup, restore
from desireline.log.opening import open_store
from desireline.settings import Settings


@click.command(help="Make a workspace from a backup; nothing is sent from it until you say so.")
@click.argument("folder", type=click.Path(path_type=Path))
@names_workspace
def command(folder: Path, settings: Settings) -> None:
    """Prints what was restored. The workspace must be empty, or not there yet."""
    Backup.read(folder)  # before a workspace is made for nothing
    opened = open_workspace(settings, exclusive=True, create=True)
    with opened as workspace, reading_bar() as progress:
        found = restore(folder, workspace, open_store(workspace), progress)
    click.echo(f"{settings.data_dir} holds {found.position:,} events again.")
    click.echo(
        "Nothing is sent from it: the backup may be older than what was sent since."
        " When you have looked: desireline outgoing thaw"
    )

"""`desireline restore`: a workspace from a backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

import desireline.registry  # noqa: F401 - the tables of all modules
from desireline.cli.progress import reading_bar
from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import open_workspace
from desireline.log.backup import Backup, books_for, restore
from desireline.log.opening import open_store
from desireline.log.segments.erasing import Erased
from desireline.modules.audit.facade import COMMAND_LINE, record
from desireline.settings import Settings


@click.command(help="Make a workspace from a backup; nothing is sent from it until you say so.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--erasures",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The book of erasures, where it does not lie beside the backup.",
)
@click.option(
    "--without-erasures",
    is_flag=True,
    help="The book is lost; bring back whoever was erased since.",
)
@names_workspace
def command(
    folder: Path, erasures: tuple[Path, ...], without_erasures: bool, settings: Settings
) -> None:
    """Prints what was restored. The workspace must be empty, or not there yet."""
    backup = Backup.read(folder)  # before a workspace is made for nothing
    told = None if without_erasures else erasures
    if told is not None:
        books_for(folder, backup, told)
    opened = open_workspace(settings, exclusive=True, create=True)
    with opened as workspace, reading_bar() as progress:
        said = {"position": backup.position, "without_erasures": without_erasures}
        noted = partial(
            record, who=COMMAND_LINE, what="workspace_restored", details=said, clock=workspace.clock
        )
        found = restore(folder, workspace, open_store(workspace), progress, told, noted)
    click.echo(f"{settings.data_dir} holds {found.backup.position:,} events again.")
    click.echo(_about(found.erased, without_erasures))
    click.echo(
        "Nothing is sent from it: the backup may be older than what was sent since."
        " When you have looked: desireline outgoing thaw"
    )


def _about(erased: Erased, without_erasures: bool) -> str:
    if without_erasures:
        return "Whoever was erased after the backup was taken is back: nobody told who that is."
    return (
        f"Erased again, as after the backup: {erased.subjects:,} identifiers,"
        f" {erased.events:,} events."
    )

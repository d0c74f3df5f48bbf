"""`desireline outgoing`: whether anything leaves the workspace, and the operator's say in it."""

from __future__ import annotations

import click

from desireline.cli.workspace import names_workspace
from desireline.kit.outbox import freeze, frozen_why, thaw
from desireline.kit.workspace import open_workspace
from desireline.modules.audit.facade import COMMAND_LINE, record
from desireline.settings import Settings


@click.group(help="Say whether messages may leave the workspace.")
def command() -> None:
    """The group."""


@command.command(name="status", help="Say whether anything may leave, and why not.")
@names_workspace
def status(settings: Settings) -> None:
    """Prints one sentence."""
    with (
        open_workspace(settings, exclusive=False, create=False) as workspace,
        workspace.database.reading() as reading,
    ):
        why = frozen_why(reading)
    click.echo("Messages may leave." if why is None else f"Nothing leaves: {why}.")


@command.command(name="freeze", help="Let nothing leave any more.")
@click.option("--why", default="an operator said so", show_default=True, help="For who asks later.")
@names_workspace
def freeze_command(why: str, settings: Settings) -> None:
    """Prints one sentence."""
    with (
        open_workspace(settings, exclusive=False, create=False) as workspace,
        workspace.database.transaction() as tx,
    ):
        freeze(tx, why, workspace.clock)
        record(tx, COMMAND_LINE, "outgoing_frozen", clock=workspace.clock)
    click.echo("Nothing leaves from now on.")


@command.command(name="thaw", help="Let messages leave again.")
@names_workspace
def thaw_command(settings: Settings) -> None:
    """Prints one sentence."""
    with (
        open_workspace(settings, exclusive=False, create=False) as workspace,
        workspace.database.transaction() as tx,
    ):
        thaw(tx)
        record(tx, COMMAND_LINE, "outgoing_thawed", clock=workspace.clock)
    click.echo("Messages may leave again.")

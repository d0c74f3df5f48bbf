"""`desireline import`: files of events into the log of a workspace, each event once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from desireline.cli.options import (
    FORM_OPTIONS,
    ROLE_OPTIONS,
    TEXT_OPTIONS,
    named_columns,
    report,
    told_choices,
    told_roles,
)
from desireline.cli.progress import counting_bar, tell
from desireline.cli.workspace import names_workspace
from desireline.formats.event_rows.opening import HowToRead
from desireline.formats.event_rows.own_ids import ToldIds
from desireline.kit.workspace import open_workspace
from desireline.log.importing import HowToImport, ImportReport, Log, import_events
from desireline.log.opening import open_store
from desireline.settings import Settings

NO_COLUMNS = "none"
USUAL_IDENTIFIER = "user_id"


def _with_role_options(function: Any) -> Any:
    for option in reversed((*ROLE_OPTIONS, *TEXT_OPTIONS, *FORM_OPTIONS)):
        function = option(function)
    return function


@click.command(help="Put the events of files into the workspace, each event once.")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@_with_role_options
@click.option(
    "--columns",
    metavar="COL[,COL]",
    help="Further columns to keep as properties: all of them if not told, or none.",
)
@click.option("--id", "id_", metavar="COL", help="Column with the events' own ids.")
@click.option(
    "--identifier",
    metavar="KIND",
    help="What the case is: user_id (the default), email, phone, anonymous_id, or a word of yours.",
)
@names_workspace
def command(paths: tuple[Path, ...], settings: Settings, **options: Any) -> None:
    """Says of each file what was read and what became of it; makes the workspace if need be."""
    with open_workspace(settings, exclusive=False, create=True) as workspace:
        how = _how(options, workspace.id)
        log = Log(workspace.database, open_store(workspace), workspace.clock)
        for path in paths:
            with counting_bar() as progress:
                done = import_events(log, path, how, progress)
            if done.read is not None:
                report(done.read)
            for sentence in _explained(done):
                tell(sentence)
            click.echo(_summed_up(done))


def _how(options: dict[str, Any], salt: str) -> HowToImport:
    roles, told = replace(told_roles(options), columns="all"), options["columns"]
    if told is not None:
        roles = replace(roles, columns=() if told == NO_COLUMNS else named_columns(told))
    read = HowToRead(
        roles=roles,
        ids=ToldIds(options["id_"]),
        time_format=options["time_format"],
        encoding=options["encoding"],
        delimiter=options["delimiter"],
        choices=replace(told_choices(options), identifier=options["identifier"], salt=salt),
    )
    return HowToImport(read, options["identifier"] or USUAL_IDENTIFIER)


def _explained(done: ImportReport) -> list[str]:
    said = []
    if done.before:
        said.append(f"{done.source} was imported before: the very same file, read in the same way.")
    if done.resumed:
        said.append(f"Went on where an import of {done.source} had been cut off.")
    if done.failed:
        said.append("The rows that were set aside are kept as failed events.")
    return said


def _summed_up(done: ImportReport) -> str:
    return (
        f"Imported {done.source}: {done.rows:,} received = {done.stored:,} stored"
        f" + {done.duplicate:,} duplicate + {done.failed:,} failed."
    )

"""`desireline import`: files of events into the log of a workspace, each event once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from desireline.cli.mappings import Kept, commented, keep, looked, may_be_saved, told_or_saved
from desireline.cli.options import MAPPING_OPTIONS, report
from desireline.cli.progress import counting_bar, tell
from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import Workspace, open_workspace
from desireline.log.importing import HowToImport, ImportReport, Log, import_events
from desireline.log.opening import open_store
from desireline.modules.consent.facade import TrackingHistory
from desireline.settings import Settings


def _with_mapping_options(function: Any) -> Any:
    for option in reversed(MAPPING_OPTIONS):
        function = option(function)
    return function


@click.command(help="Put the events of files into the workspace, each event once.")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@_with_mapping_options
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
@click.option(
    "--tracking/--no-tracking",
    default=None,
    help="Set aside, or not, what people did while they had said no to tracking; done for access"
    " logs, Segment and PostHog unless told.",
)
@click.option(
    "--mapping",
    "mapping_name",
    metavar="NAME|FILE",
    help="A saved mapping, or a file of one; none: not even one saved for such columns.",
)
@click.option("--show-mapping", is_flag=True, help="Only say what would be done, and why.")
@click.option(
    "--save-mapping", metavar="NAME|FILE", help="Keep the mapping, in the workspace or a file."
)
@names_workspace
def command(
    paths: tuple[Path, ...],
    mapping_name: str | None,
    show_mapping: bool,
    save_mapping: str | None,
    settings: Settings,
    **options: Any,
) -> None:
    """Says of each file what was read and what became of it; makes the workspace if need be."""
    with open_workspace(settings, exclusive=False, create=True) as workspace:
        kept = Kept(workspace)
        told = told_or_saved(kept, mapping_name, options)
        for path in paths:
            found = None
            if show_mapping or save_mapping or may_be_saved(kept, mapping_name, told):
                found = looked(kept, path, told, never_saved=mapping_name is not None)
            if save_mapping and found:
                tell(keep(kept, save_mapping, found))
            if show_mapping and found:
                click.echo(commented(found), nl=False)
                continue
            mapping = told
            if found and found.saved:
                tell(f"{found.why} It was used; --mapping none would not.")
                mapping = found.suggestion.mapping
            _import(workspace, path, HowToImport(mapping, workspace.id))


def _import(workspace: Workspace, path: Path, how: HowToImport) -> None:
    store, country = open_store(workspace), workspace.settings.country
    db = workspace.database
    log = Log(db, store, workspace.clock, country, TrackingHistory(db))
    with counting_bar() as progress:
        done = import_events(log, path, how, progress)
    if done.read is not None:
        report(done.read)
    for sentence in _explained(done):
        tell(sentence)
    click.echo(_summed_up(done))


def _explained(done: ImportReport) -> list[str]:
    said = []
    if done.before:
        said.append(f"{done.source} was imported before: the very same file, read in the same way.")
    if done.resumed:
        said.append(f"Went on where an import of {done.source} had been cut off.")
    if done.erased:
        said.append(f"{done.erased:,} rows are of before the erasure of a person: not kept.")
    if done.refused:
        said.append(f"{done.refused:,} rows are of persons who had said no to tracking: not kept.")
    if done.failed > done.erased + done.refused:
        said.append("The rows that were set aside are kept as failed events.")
    return said


def _summed_up(done: ImportReport) -> str:
    return (
        f"Imported {done.source}: {done.rows:,} received = {done.stored:,} stored"
        f" + {done.duplicate:,} duplicate + {done.failed:,} failed."
    )

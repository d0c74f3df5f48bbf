"""`desireline export`: the events of a workspace as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from desireline.cli.progress import working
from desireline.cli.workspace import names_workspace
from desireline.formats.log_files import Wanted
from desireline.formats.log_writing import AS
from desireline.kit.workspace import open_workspace
from desireline.log.exporting import export_events
from desireline.log.moments import microseconds
from desireline.log.opening import open_store
from desireline.settings import Settings


class Moment(click.ParamType[int]):
    """A time in ISO 8601, as microseconds."""

    name = "moment"

    def convert(self, value: Any, param: Any, ctx: Any) -> int:  # noqa: ARG002
        """Raises what is wrong with it, as the collectors say it."""
        return value if isinstance(value, int) else microseconds(value)


@click.command(help="Write the events of the workspace to a file.")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--since", type=Moment(), metavar="TIME", help="Only events from this time on.")
@click.option("--until", type=Moment(), metavar="TIME", help="Only events before this time.")
@click.option("--type", "types", multiple=True, metavar="NAME", help="Only this type; repeatable.")
@click.option(
    "--as", "form", type=click.Choice(list(AS)), help="The form, if the name does not say it."
)
@names_workspace
def command(
    path: Path,
    since: int | None,
    until: int | None,
    types: tuple[str, ...],
    form: str | None,
    settings: Settings,
) -> None:
    """The end of the name says the form, or --as: all but Parquet may be packed with .gz.

    In CSV, a text that a spreadsheet would compute gets an apostrophe in front.
    """
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        store = open_store(workspace)
        with working("Exporting"):
            wanted = Wanted(since, until, types)
            count = export_events(workspace.database, store, path, wanted, form)
    click.echo(f"Wrote {count:,} events to {path}.")

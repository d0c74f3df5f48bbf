"""`desireline failed`: events that could not be stored, why, and once more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.workspace import open_workspace
from desireline.log.decoding import Limits
from desireline.log.envelope import Failed
from desireline.log.failed import Which
from desireline.modules.audit.facade import COMMAND_LINE
from desireline.modules.collect.failures import Failures
from desireline.modules.collect.failures_routes import readable
from desireline.modules.rooms import Rooms
from desireline.settings import Settings


@click.group(help="Show events that could not be stored, and take them in again.")
def command() -> None:
    """The group."""


@command.command(name="reasons", help="Say why events failed, and how many, by source.")
@click.option("--source", help="Only of this source.")
@names_workspace
def reasons(settings: Settings, source: str | None) -> None:
    """Prints two lines for each reason."""
    with _failures(settings) as failures:
        found = failures.reasons(Which(source))
    for one in found:
        click.echo(f"{one.events:>8,}  {one.source}  {one.code}  last {iso(one.last_at)}")
        click.echo(f"          {one.reason}")
    if not found:
        click.echo("No event waits to be replayed.")


@command.command(name="list", help="List failed events, the newest first.")
@click.option("--source", help="Only of this source.")
@click.option("--code", help="Only for this reason.")
@click.option("--most", type=click.IntRange(1, 1000), default=20, show_default=True)
@names_workspace
def list_command(settings: Settings, source: str | None, code: str | None, most: int) -> None:
    """Prints a line for each."""
    with _failures(settings) as failures:
        found, n = failures.listed(Which(source, code), most=most)
    for one in found:
        click.echo(f"{one.id:>6}  {iso(one.received_at)}  {one.source}  {one.code}  {one.reason}")
    if n > len(found):
        click.echo(f"{n - len(found):,} more: --most shows more of them.")
    if not n:
        click.echo("No event waits to be replayed.")


@command.command(name="show", help="Show a failed event: what came, and what is wrong with it.")
@click.argument("number", type=int)
@names_workspace
def show(settings: Settings, number: int) -> None:
    """Prints the reason, and the body in lines."""
    with _failures(settings) as failures:
        found, form = failures.one(number)
    protocol = "our own form" if form is None else f"the protocol {form.protocol.name}"
    click.echo(f"{found.source}, {iso(found.received_at)}, in {protocol}: {found.code}")
    click.echo(found.reason)
    click.echo(readable(found.body))


@command.command(name="replay", help="Take a failed event in again, or all that are meant.")
@click.argument("number", type=int, required=False)
@click.option("--all", "all_", is_flag=True, help="All that wait, or all of a source or code.")
@click.option("--source", help="With --all: only of this source.")
@click.option("--code", help="With --all: only for this reason.")
@click.option(
    "--body",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that is read instead of what came.",
)
@names_workspace
def replay(
    settings: Settings,
    number: int | None,
    all_: bool,
    source: str | None,
    code: str | None,
    body: Path | None,
) -> None:
    """Prints what became of them."""
    if (number is None) != all_ or (all_ and body is not None):
        raise click.UsageError("Name one failed event, or say --all; --body goes with one.")
    with _failures(settings) as failures:
        if number is not None:
            mended = None if body is None else body.read_bytes()
            for verdict in failures.replay(number, COMMAND_LINE, mended):
                click.echo(_said(verdict) if isinstance(verdict, Failed) else verdict.verdict)
            return
        _replay_all(failures, Which(source, code))


def _replay_all(failures: Failures, which: Which) -> None:
    stored = duplicate = failed = 0
    newest, _ = failures.listed(which, most=1)
    upto = newest[0].id if newest else 0
    while True:
        done = failures.replay_many(which, COMMAND_LINE, upto=upto)
        stored, duplicate = stored + done.counts["stored"], duplicate + done.counts["duplicate"]
        failed += done.counts["failed"]
        for one in done.failed:
            click.echo(_said(one))
        if not done.left:
            break
    click.echo(f"{stored:,} stored, {duplicate:,} duplicate, {failed:,} failed again.")


def _said(failed: Failed) -> str:
    return f"failed again as {failed.failed_id}: {failed.reason} {failed.hint}".rstrip()


@contextmanager
def _failures(settings: Settings) -> Iterator[Failures]:
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        rooms = Rooms.of(workspace)
        told = settings.limits
        try:
            yield Failures(rooms, Limits(body=told.body_bytes, event=told.event_bytes))
        finally:
            rooms.appender.close()
            rooms.reader.close()

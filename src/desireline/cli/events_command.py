"""`desireline events`: the last events of the workspace, and those that come."""

from __future__ import annotations

import sys
import time
from typing import Any

import click
import msgspec

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.workspace import open_workspace
from desireline.log.envelope import Event
from desireline.modules.collect.arrivals import Arrivals, Arrived, Wanted
from desireline.modules.rooms import Rooms
from desireline.settings import Settings

LOOK_SECONDS = 1.0
MOST_AT_ONCE = 200
WIDTH = 100
"""Characters of the properties that a line shows."""


@click.command(help="Show the last events, and with --follow those that come, until Ctrl-C.")
@click.option("--follow", is_flag=True, help="Go on with those that come.")
@click.option("--last", type=click.IntRange(0, 500), default=20, show_default=True)
@click.option("--source", multiple=True, help="Only of this source; may be given several times.")
@click.option("--type", "types", multiple=True, help="Only of this type; several times, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, whole.")
@names_workspace
def command(
    settings: Settings,
    follow: bool,
    last: int,
    source: tuple[str, ...],
    types: tuple[str, ...],
    as_json: bool,
) -> None:
    """Prints a line for each. Beside a running server, too: it reads the same log."""
    wanted = Wanted(source, types)
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        rooms = Rooms.of(workspace)
        try:
            arrivals = Arrivals(rooms)
            found = arrivals.last(wanted, max(last, 1))
            if last:
                _print(found, as_json)
            while follow:
                time.sleep(LOOK_SECONDS)
                found = arrivals.after(found.position, wanted, MOST_AT_ONCE)
                _print(found, as_json)
        finally:
            rooms.appender.close()
            rooms.reader.close()


def _print(found: Arrived, as_json: bool) -> None:
    if found.left_out:
        click.echo(f"... {found.left_out:,} more, not shown ...", err=True)
    for position, event in found.events:
        click.echo(_whole(position, event) if as_json else _line(position, event))
    sys.stdout.flush()


def _whole(position: int, event: Event) -> str:
    told: dict[str, Any] = {"position": position, **msgspec.to_builtins(event)}
    told |= {"at": iso(event.at), "received_at": iso(event.received_at)}
    return msgspec.json.encode(told).decode()


def _line(position: int, event: Event) -> str:
    who = " ".join(f"{kind}:{value}" for kind, value in event.identifiers.items())
    worth = "" if event.value is None else f"  {event.value:g} {event.currency or ''}".rstrip()
    says = msgspec.json.encode(event.properties).decode() if event.properties else ""
    says = says if len(says) <= WIDTH else says[: WIDTH - 3] + "..."
    return f"{position:>8}  {iso(event.at)}  {event.source}  {event.type}  {who}{worth}  {says}"

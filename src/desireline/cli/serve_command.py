"""`desireline serve`: the live server of a workspace."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from desireline.cli.progress import tell
from desireline.cli.serving import serve, work
from desireline.cli.workspace import names_workspace
from desireline.log.tables import log_state
from desireline.modules.maps.repository import list_maps
from desireline.modules.rooms import Rooms
from desireline.modules.sources.facade import SourceBook
from desireline.modules.team.facade import first_owner_link
from desireline.settings import ROLES, SecretUnreadable, Settings, read_settings


@click.command(help="Serve a workspace: take events in, show living maps.")
@names_workspace
@click.option("--host", metavar="ADDRESS", help="Where to listen; only this machine by default.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Which port; 0 takes a free one.")
@click.option("--role", type=click.Choice(ROLES), help="What this process does.")
@click.option(
    "--compute",
    metavar="WHERE",
    help="Where analyses run: threads, ray://auto, or a cluster's head: ray://HOST:6379.",
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file with the token that callers have to send.",
)
@click.option("--browser", is_flag=True, help="Open the page by itself.")
def command(settings: Settings, token_file: Path | None, browser: bool, **told: Any) -> None:
    """Prints the address and what it opened; serves until it is stopped with Ctrl-C."""
    settings = _with(settings, told, token_file)
    if settings.role == "worker":
        work(settings, lambda: tell(f"Working on {settings.data_dir} (Ctrl-C stops it)"))
        return

    def ready(address: str, rooms: Rooms) -> None:
        click.echo(f"Desireline is at {address} (Ctrl-C stops it)")
        link = first_owner_link(rooms, address)
        if link is not None:
            click.echo(f"Own it, with an account for yourself: {link} (once, within 24 hours)")
        tell(f"Workspace {settings.data_dir}: {_content(rooms)}.")
        key = SourceBook(rooms.db, rooms.clock).first()
        if key is not None:
            tell(f"Clients may send events with the write key {key}, which is shown this once;")
            tell("desireline source add NAME makes more.")
        if browser:
            webbrowser.open(address)

    serve(settings, ready)


def _with(settings: Settings, told: dict[str, Any], token_file: Path | None) -> Settings:
    """The settings with what was told on the command line over them."""
    token = None if token_file is None else _token_in(token_file)
    return read_settings(
        data_dir=settings.data_dir, database_url=settings.database_url, token=token, **told
    )


def _token_in(file: Path) -> str:
    token = file.read_text(encoding="utf-8").strip()
    if not token:
        raise SecretUnreadable(f"{file} is empty.", hint="Write the token into it.")
    return token


def _content(rooms: Rooms) -> str:
    """What is in the workspace, in words."""
    with rooms.db.reading() as connection:
        events = connection.execute(select(log_state.c.position)).scalar_one()
        maps = len(list_maps(connection))
    return f"{_many(events, 'event')}, {_many(maps, 'map')}"


def _many(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"

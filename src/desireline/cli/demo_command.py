"""`desireline demo`: the simulated shop's living map, from nothing."""

from __future__ import annotations

import webbrowser
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from desireline.cli.demo_shop import Shop
from desireline.cli.demo_walkers import Walkers
from desireline.cli.progress import reading_bar, tell
from desireline.cli.serving import serve
from desireline.formats.writing import write_events
from desireline.kit.clock import SystemClock
from desireline.kit.workspace import open_workspace
from desireline.log.importing.importer import Log, import_events
from desireline.log.opening import open_store
from desireline.modules.rooms import Rooms
from desireline.modules.team.facade import first_owner_link
from desireline.settings import Settings, read_settings


@click.command(help="Simulate a shop, discover its map, and watch it live on this machine.")
@click.option(
    "--persons",
    type=click.IntRange(1),
    default=50_000,
    show_default=True,
    help="How many visitors.",
)
@click.option("--seed", default=7, show_default=True, help="The same seed gives the same shop.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    help="On 127.0.0.1; 0 takes a free one.",
)
@click.option(
    "--speed",
    type=click.FloatRange(0, 10_000),
    default=120.0,
    show_default=True,
    help="How much faster than the clock the visitors walk; 0 lets them stand.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep the workspace in this folder; else it goes when the demo stops.",
)
@click.option("--browser", is_flag=True, help="Open the page by itself.")
def command(
    persons: int, seed: int, port: int, speed: float, data: Path | None, browser: bool
) -> None:
    """Prints the address of the map, and serves until it is stopped with Ctrl-C."""
    with TemporaryDirectory(prefix="desireline-demo-") if data is None else nullcontext(data) as at:
        settings = _settings(Path(at), port)
        shop = _laid_down(settings, persons, seed)
        walkers = Walkers(shop, speed, tell)

        links: list[str] = []

        def at_map(address: str) -> None:
            click.echo(f"The map is at {address} (Ctrl-C stops it)")
            if links:
                tell(f"Own it, with an account for yourself: {links[0]}")
            if browser:
                webbrowser.open(address)

        def ready(address: str, rooms: Rooms) -> None:
            rooms.closing.append(walkers.stop)
            links.extend(filter(None, [first_owner_link(rooms, address)]))
            walkers.start(address, at_map)

        serve(settings, ready)


def _settings(folder: Path, port: int) -> Settings:
    """A workspace of its own on this machine, whatever the environment says of others."""
    told = read_settings({}, data_dir=folder, port=port)
    return replace(told, log_level="warning")


def _laid_down(settings: Settings, persons: int, seed: int) -> Shop:
    """The shop, with its history in the log of the workspace; what is there already stays."""
    with reading_bar() as progress, TemporaryDirectory() as scratch:
        progress("Simulating the shop", 0.0)
        shop, history = Shop.simulated(persons, seed, SystemClock().now())
        progress("Writing its history", 0.3)
        file = Path(scratch) / f"shop-{persons}-{seed}.parquet"
        count = write_events([history], file)
        progress("Importing its history", 0.4)
        with open_workspace(settings, exclusive=True, create=True) as workspace:
            log = Log(workspace.database, open_store(workspace), workspace.clock)

            def told(_: str, done: int, total: int) -> None:
                progress("Importing its history", 0.4 + 0.6 * done / max(total, 1))

            import_events(log, file, progress=told)
    tell(f"Simulated {persons:,} visitors, and imported {count:,} events of theirs.")
    return shop

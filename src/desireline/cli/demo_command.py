"""`desireline demo`: the simulated shop's journey map, from nothing."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from desireline.cli.progress import reading_bar, tell
from desireline.cli.serving import serve_folder
from desireline.formats.page import write_page
from desireline.library import simulate


@click.command(help="Simulate a shop, discover its map, and serve it on this machine.")
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
@click.option("--browser", is_flag=True, help="Open the page by itself.")
def command(persons: int, seed: int, port: int, browser: bool) -> None:
    """Prints the address, and serves until it is stopped with Ctrl-C."""
    with reading_bar() as progress:
        progress("Simulating the shop", 0.1)
        journeys = simulate(persons=persons, seed=seed)
        progress("Discovering its map", 0.5)
        journey_map = journeys.discover(name="Cat-fountain shop").journey_map
        progress("Computing the figures", 0.8)
        living = journeys.bind(journey_map)
    for sentence in living.headline():
        tell(sentence)
    with TemporaryDirectory() as folder:
        write_page(living.to_dict(), Path(folder))
        with serve_folder(Path(folder), port) as (address, wait):
            click.echo(f"The map is at {address}/map.html (Ctrl-C stops it)")
            if browser:
                webbrowser.open(f"{address}/map.html")
            wait()

"""`desireline map`: from a file of events to a journey map, as a page and as data."""

from __future__ import annotations

from pathlib import Path

import click

from desireline.cli.map_files import with_map
from desireline.cli.options import EventFile, reads_events
from desireline.cli.progress import tell, working
from desireline.formats.map_yaml import write_map
from desireline.formats.page import write_page


@click.command(help="Turn a file of events into a journey map.")
@reads_events
@click.option("--map", "map_path", metavar="MAP.yaml", help="A map of yours, instead of a draft.")
@click.option("--name", metavar="TEXT", help="The map's name; else that of the file.")
@click.option("--out", metavar="DIR", default="out", show_default=True, help="Where to write.")
def command(file: EventFile, map_path: str | None, name: str | None, out: str) -> None:
    """Writes map.html (self-contained), map.json (document and figures) and map.yaml to DIR."""
    journeys, journey_map = with_map(file, map_path, name)
    with working("Computing the figures"):
        living = journeys.bind(journey_map)
        page, data = write_page(living.to_dict(), Path(out))
        write_map(journey_map, Path(out) / "map.yaml")
    for sentence in living.headline():
        tell(sentence)
    click.echo(f"Wrote {page}\nWrote {data}\nWrote {Path(out) / 'map.yaml'}")

"""`desireline simulate`: writes the events of the cat-fountain shop, and the truth behind them."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from desireline.cli.progress import reading_bar, tell
from desireline.formats.whole_files import write_whole
from desireline.formats.writing import write_events
from desireline.sim import shop as simulated_shop


@click.command(help="Write the events of a simulated shop.")
@click.option(
    "--persons",
    type=click.IntRange(1),
    default=50_000,
    show_default=True,
    help="How many visitors.",
)
@click.option("--seed", default=7, show_default=True, help="The same seed gives the same events.")
@click.option(
    "--out",
    metavar="FILE",
    default="shop.parquet",
    show_default=True,
    help="Where to: .parquet, .csv or .jsonl (with .gz, too).",
)
@click.option("--truth", metavar="FILE", help="Where to write what was planted, as JSON.")
def command(persons: int, seed: int, out: str, truth: str | None) -> None:
    """Streams the events to the file, so that tens of millions need little memory."""
    shop = simulated_shop(persons=persons, seed=seed)
    with reading_bar() as progress:
        chunks = shop.chunks(progress=lambda share: progress("Simulating", share))
        count = write_events(chunks, Path(out))
    if truth:
        raw = msgspec.json.format(msgspec.json.encode(shop.truth.to_dict()), indent=2)
        write_whole(Path(truth), raw.decode() + "\n")
        tell(f"Wrote what was planted to {truth}.")
    click.echo(f"Wrote {count:,} events of {persons:,} visitors to {out}.")

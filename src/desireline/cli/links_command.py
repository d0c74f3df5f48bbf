"""`desireline links`: which identifiers are one person, and why; merged and un-merged by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import click

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.workspace import open_workspace
from desireline.log.appending.dedup import IdSets
from desireline.log.appending.writing import write
from desireline.log.opening import open_store
from desireline.log.segments.reading import LogReader
from desireline.modules.audit.facade import COMMAND_LINE
from desireline.modules.links.facade import LinkBook, Outcome, Shown
from desireline.settings import Settings

BECAUSE = click.option("--because", required=True, metavar="TEXT", help="Why; it is kept.")
BY = click.option("--by", default=COMMAND_LINE, metavar="NAME", help="Who decides.")


@click.group(help="Say which identifiers are one person, take it back, and see why.")
def command() -> None:
    """The group."""


@command.command(name="merge", help="FIRST and SECOND are one person: email:ann@example.com.")
@click.argument("first")
@click.argument("second")
@BECAUSE
@BY
@names_workspace
def merge(settings: Settings, first: str, second: str, because: str, by: str) -> None:
    """Prints one sentence."""
    with _book(settings) as book:
        found = book.merge(first, second, because, by)
    click.echo(
        f"They are person {found.person}."
        if found.changed
        else f"They were confirmed to be person {found.person} before."
    )


@command.command(name="unmerge", help="FIRST and SECOND are two persons: takes their link back.")
@click.argument("first")
@click.argument("second")
@BECAUSE
@BY
@names_workspace
def unmerge(settings: Settings, first: str, second: str, because: str, by: str) -> None:
    """Prints one sentence."""
    with _book(settings) as book:
        click.echo(_unmerged(book.unmerge(first, second, because, by)))


@command.command(name="list", help="The links of a PERSON with their evidence.")
@click.argument("person")
@names_workspace
def list_command(settings: Settings, person: str) -> None:
    """Prints a line for each."""
    with _book(settings) as book:
        found = book.links_of_named(person)
    for shown in found:
        click.echo(_line(shown))
    if not found:
        click.echo("Nothing is linked with this person's one identifier.")


@command.command(name="refused", help="Links that join nobody, the newest first: decide them.")
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True)
@names_workspace
def refused(settings: Settings, most: int) -> None:
    """Prints a line for each, and how many there are."""
    with _book(settings) as book:
        found, total = book.refused(most=most)
    for shown in found:
        click.echo(_line(shown))
    click.echo(f"{len(found):,} of {total:,} links that join nobody.")


@contextmanager
def _book(settings: Settings) -> Iterator[LinkBook]:
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        db, clock = workspace.database, workspace.clock
        with LogReader(db, open_store(workspace)) as reader:
            ids = IdSets(reader.ids_of)
            yield LinkBook(db, clock, partial(write, ids=ids, clock=clock), settings.country)


def _unmerged(found: Outcome) -> str:
    if found.person != found.other:
        return f"They are the persons {found.person} and {found.other}."
    way = " - ".join(f"{end.kind}:{end.value}" for end in found.way)
    return f"The link is taken back. They are still one person, {found.person}, by {way}."


def _line(shown: Shown) -> str:
    row = shown.row
    first, second = (f"{end.kind}:{end.value}" for end in shown.ends)
    state = "withdrawn" if not row.counts else f"refused: {shown.refused}" if shown.refused else ""
    sure = "confirmed" if row.confirmed_at is not None else ""
    decided = f"{row.decided_by}: {row.because}" if row.decided_by else ""
    said = [f"{first} - {second}", row.evidence, row.source, iso(row.at), sure, state, decided]
    return "  ".join(part for part in said if part)

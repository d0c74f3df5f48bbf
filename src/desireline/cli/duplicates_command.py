"""`desireline duplicates`: persons who are probably one, and what is decided about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from desireline.cli.records_file import Question, answer
from desireline.cli.workspace import names_workspace
from desireline.kit.workspace import open_workspace
from desireline.log.appending.dedup import IdSets
from desireline.log.appending.writing import write
from desireline.log.opening import open_store
from desireline.log.segments.reading import LogReader
from desireline.modules.duplicates.facade import (
    METHODS,
    THRESHOLD,
    DuplicateQueue,
    Explanation,
    Suggestion,
    Wanted,
)
from desireline.settings import Settings

NUMBER = click.argument("number", type=click.IntRange(1))
METHOD = click.option(
    "--by",
    "method",
    type=click.Choice(list(METHODS)),
    default="own",
    show_default=True,
    help="How records are compared; splink needs the extra [dedupe].",
)


@click.group(help="Find persons who are probably one, and decide about them.")
def command() -> None:
    """The group."""


@command.command(
    name="find", help="Search the workspace, or the rows of FILES, which are told together."
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@METHOD
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which is which.")
@click.option("--without", multiple=True, metavar="FIELD", help="Do not compare by this.")
@click.option("--truth", metavar="COLUMN", help="Says whose a row is: prints precision and recall.")
@click.option("--truth-part", metavar="REGEX", help="The part of it that does; its first group.")
@click.option("--threshold", type=click.FloatRange(0, 1), default=THRESHOLD, show_default=True)
@click.option("--most", type=click.IntRange(0), default=20, show_default=True, help="Pairs shown.")
@names_workspace
def find_command(settings: Settings, **told: Any) -> None:
    """Of a workspace one sentence; of files the pairs, or the scores."""
    asked = Question(**told)
    if asked.files:
        answer(asked)
        return
    with _queue(settings) as queue:
        run = queue.find(asked.method)
    click.echo(
        f"{run.persons:,} persons, {run.compared:,} pairs compared: {run.suggested:,} suggestions,"
        f" {run.new:,} of them new; {run.gone:,} went. desireline duplicates list shows them."
    )


@command.command(name="list", help="List suggestions, the most probable first.")
@click.option(
    "--state",
    type=click.Choice(["open", "accepted", "rejected"]),
    default="open",
    show_default=True,
)
@click.option("--person", default="", metavar="WHO", help="17, or email:ann@shop.example.")
@click.option("--most", type=click.IntRange(1, 1000), default=20, show_default=True)
@names_workspace
def list_command(settings: Settings, state: str, person: str, most: int) -> None:
    """Prints two lines for each."""
    with _queue(settings) as queue:
        found = queue.page(Wanted(state=state, limit=most), person).suggestions
        counts = queue.counts()
    for one in found:
        click.echo(_lines(one))
    click.echo(", ".join(f"{n:,} {name}" for name, n in counts.items()) + ".")


@command.command(name="accept", help="The two of the suggestion NUMBER are one person.")
@NUMBER
@names_workspace
def accept(settings: Settings, number: int) -> None:
    """Prints one sentence."""
    with _queue(settings) as queue:
        one = queue.accept(number)
    click.echo(f"Persons {one.a} and {one.b} are one now; desireline links unmerge takes it back.")


@command.command(name="reject", help="The two of the suggestion NUMBER are two, for good.")
@NUMBER
@names_workspace
def reject(settings: Settings, number: int) -> None:
    """Prints one sentence."""
    with _queue(settings) as queue:
        one = queue.reject(number)
    click.echo(f"Persons {one.a} and {one.b} are two, and are not suggested again.")


def _lines(one: Suggestion) -> str:
    why = msgspec.json.decode(one.explanation, type=Explanation)
    head = f"{one.id}  persons {one.a} and {one.b}  {one.probability:.3f}"
    return f"{head}\n   {why.sentence}"


@contextmanager
def _queue(settings: Settings) -> Iterator[DuplicateQueue]:
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        reader = LogReader(workspace.database, open_store(workspace))
        ids = IdSets(reader.ids_of)
        writes = partial(write, ids=ids, clock=workspace.clock)
        try:
            yield DuplicateQueue(workspace.database, workspace.clock, writes)
        finally:
            reader.close()

"""`desireline consent`: what a person agreed to, and whether something may be done with her."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.workspace import open_workspace
from desireline.log.moments import microseconds
from desireline.modules.audit.facade import COMMAND_LINE
from desireline.modules.consent.facade import (
    ConsentBook,
    ConsentText,
    Decision,
    Purpose,
    Row,
    State,
)
from desireline.modules.rooms import Rooms
from desireline.settings import Settings

STATES: dict[str, State] = {"grant": "granted", "deny": "denied", "withdraw": "withdrawn"}


@click.group(help="Enter and list consents, and ask whether something may be done.")
def command() -> None:
    """The group."""


@command.command(name="may", help="Say whether it may be done, and why; exit code 1 if not.")
@click.argument("person")
@click.argument("purpose")
@click.option("--channel", default="", metavar="NAME", help="Such as email; else all at once.")
@click.option("--at", metavar="TIME", help="ISO 8601; else now.")
@names_workspace
def may(person: str, purpose: str, channel: str, at: str | None, settings: Settings) -> None:
    """PERSON is a number or an identifier, such as email:ann@example.com."""
    with _book(settings) as book:
        when = None if at is None else microseconds(at)
        found = book.may(book.subject_of(person), purpose, channel, when)
    said = f"{'yes' if found.allowed else 'no'}: {found.because.replace('_', ' ')}"
    click.echo(said if found.row is None else f"{said}, {_told(found.row)}")
    if not found.allowed:
        sys.exit(1)


@command.command(name="list", help="List what a person decided, by all of her identifiers.")
@click.argument("person")
@names_workspace
def list_command(person: str, settings: Settings) -> None:
    """Prints a line for each decision."""
    with _book(settings) as book:
        found = book.rows(book.subject_of(person))
    if not found:
        click.echo("Nothing was decided.")
    for row in found:
        click.echo(f"{row.purpose}  {row.channel or 'all channels'}  {row.state}  {_told(row)}")


@command.command(name="enter", help="Enter a decision by hand: grant, deny or withdraw.")
@click.argument("decision", type=click.Choice(list(STATES)))
@click.argument("person")
@click.argument("purpose")
@click.option("--channel", default="", metavar="NAME", help="Such as email; else all.")
@click.option("--proof", default="by hand", show_default=True, help="How it is known.")
@click.option(
    "--text", "text_version", default="", metavar="VERSION", help="The text that was agreed to."
)
@click.option("--language", default="", metavar="CODE", help="Of the text.")
@names_workspace
def enter(decision: str, person: str, purpose: str, settings: Settings, **words: str) -> None:
    """Prints one sentence."""
    with _book(settings, create=True) as book:
        state, at = STATES[decision], book.now()
        decided = Decision(purpose=purpose, state=state, at=at, by=COMMAND_LINE, **words)
        row = book.enter(person, decided)
    click.echo(f"Entered as decision {row.id}: {row.purpose} is {row.state}.")


@command.command(name="purposes", help="List what consents are for; add one with --add.")
@click.option("--add", metavar="NAME", help="A purpose of your own.")
@click.option("--says", default="", metavar="TEXT", help="With --add: what it means.")
@click.option("--unless-refused", is_flag=True, help="With --add: it needs no consent.")
@names_workspace
def purposes(add: str | None, says: str, unless_refused: bool, settings: Settings) -> None:
    """Prints a line for each."""
    with _book(settings, create=True) as book:
        if add is not None:
            book.add_purpose(Purpose(add, says, not unless_refused), COMMAND_LINE)
        found = book.purposes()
    width = max(len(one.name) for one in found)
    for one in found:
        needs = "needs consent" if one.needs_consent else "unless refused"
        click.echo(f"{one.name:{width}}  {needs:14}  {one.says}")


@command.command(name="text", help="Keep a version of the words that people agree to.")
@click.argument("purpose")
@click.argument("version")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="", metavar="CODE", help="Such as de.")
@names_workspace
def text_command(purpose: str, version: str, file: Path, language: str, settings: Settings) -> None:
    """Prints its hash."""
    words = file.read_text(encoding="utf-8")
    with _book(settings, create=True) as book:
        kept = book.add_text(ConsentText(purpose, version, language, words, "", 0, COMMAND_LINE))
    click.echo(f"{purpose} {version}: SHA-256 {kept.sha256}")


@contextmanager
def _book(settings: Settings, *, create: bool = False) -> Iterator[ConsentBook]:
    with open_workspace(settings, exclusive=False, create=create) as workspace:
        rooms = Rooms.of(workspace)
        try:
            yield ConsentBook(rooms.db, rooms.clock, rooms.appender.write, settings.country)
        finally:
            rooms.appender.close()
            rooms.reader.close()


def _told(row: Row) -> str:
    how = f" by {row.proof}" if row.proof else ""
    return f"{iso(row.at)}{how}"

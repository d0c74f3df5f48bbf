"""`desireline accounts`: companies and households, and who is in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.workspace import open_workspace
from desireline.log.opening import open_store
from desireline.log.segments.reading import LogReader
from desireline.modules.accounts.facade import Account, AccountBook, Member, Told
from desireline.modules.audit.facade import COMMAND_LINE
from desireline.settings import Settings

ACCOUNT = click.argument("account")


@click.group(help="List companies and households, and say who is in them.")
def command() -> None:
    """The group."""


@command.command(name="list", help="List the accounts.")
@click.option("--search", default="", metavar="TEXT", help="Part of a name or key.")
@click.option("--most", type=click.IntRange(1, 10_000), default=100, show_default=True)
@names_workspace
def list_command(settings: Settings, search: str, most: int) -> None:
    """Prints a line for each."""
    with _book(settings) as book:
        found = book.listed(search, limit=most)
    if not found:
        click.echo("There is no such account.")
    for one in found:
        click.echo(_line(one))


@command.command(name="show", help="Show an ACCOUNT: its number, or key:acme.")
@ACCOUNT
@names_workspace
def show(settings: Settings, account: str) -> None:
    """Prints what is said of it and who is in it."""
    with _book(settings) as book:
        found, said = book.shown(account)
        members = book.members(account, also_former=True)
    click.echo(_line(found))
    for trait in said:
        click.echo(f"  {trait.name}: {trait.value}  ({trait.source}, {iso(trait.at)})")
    for member in members:
        click.echo(_member_line(member))


@command.command(name="add", help="Make an account with a KEY of its own.")
@click.argument("key")
@click.option("--name", default="", metavar="TEXT")
@click.option("--kind", type=click.Choice(["company", "household"]), default="company")
@names_workspace
def add(settings: Settings, key: str, name: str, kind: str) -> None:
    """Prints its line."""
    with _book(settings) as book:
        click.echo(_line(book.add(key, Told(name, kind), source="command line")))


@command.command(name="join", help="A PERSON (email:ann@firm.example) is in an ACCOUNT from now.")
@ACCOUNT
@click.argument("person")
@click.option("--role", default="", metavar="TEXT", help="buyer, user, decision maker, ...")
@names_workspace
def join(settings: Settings, account: str, person: str, role: str) -> None:
    """Prints one sentence."""
    with _book(settings) as book:
        number = book.join(account, person, role, by=COMMAND_LINE)
    click.echo(f"It is membership {number}.")


@command.command(name="leave", help="The membership NUMBER of an ACCOUNT ends now.")
@ACCOUNT
@click.argument("number", type=click.IntRange(1))
@names_workspace
def leave(settings: Settings, account: str, number: int) -> None:
    """Prints one sentence."""
    with _book(settings) as book:
        book.leave(account, number, by=COMMAND_LINE)
    click.echo("It has ended; that it was is kept.")


@command.command(name="suggest", help="Companies that e-mail domains suggest.")
@click.option("--accept", metavar="DOMAIN", help="Make this one an account, with all of them.")
@names_workspace
def suggest(settings: Settings, accept: str | None) -> None:
    """Prints a line for each."""
    with _book(settings) as book:
        if accept is not None:
            click.echo(_line(book.accept(accept, by=COMMAND_LINE)))
            return
        for one in book.suggestions():
            state = f"account {one.account}" if one.account else "no account yet"
            click.echo(f"{one.domain}  {len(one.persons):,} persons  {state}")


def _line(one: Account) -> str:
    named = f"  {one.name}" if one.name else ""
    return f"{one.id}  {one.key}{named}  {one.kind}, {one.members:,} members"


def _member_line(one: Member) -> str:
    until = "" if one.until is None else f" until {iso(one.until)}"
    role = f" as {one.role}" if one.role else ""
    return f"  membership {one.id}: person {one.subject}{role} since {iso(one.since)}{until}"


@contextmanager
def _book(settings: Settings) -> Iterator[AccountBook]:
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        reader = LogReader(workspace.database, open_store(workspace))
        try:
            yield AccountBook(workspace.database, reader, workspace.clock, settings.country)
        finally:
            reader.close()

"""`desireline team`: who may sign in, and the way back for whoever locked herself out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.roles import ROLES
from desireline.kit.workspace import open_workspace
from desireline.modules.team.facade import (
    AT_THE_MACHINE,
    Change,
    Invitations,
    Member,
    Members,
    Office,
    join_link,
    welcome_link,
)
from desireline.settings import Settings

ROLE = click.Choice(ROLES)


@click.group(help="List, invite and remove members; a new link for whoever is locked out.")
def command() -> None:
    """The group."""


@command.command(name="list", help="List the members.")
@names_workspace
def list_command(settings: Settings) -> None:
    """Prints a line for each."""
    with _office(settings) as office:
        found = Members(office).listed()
    if not found:
        click.echo("Nobody owns this workspace yet: desireline team link makes the way in.")
    width = max((len(one.row.email) for one in found), default=0)
    for one in found:
        click.echo(f"{one.row.email:{width}}  {_line(one)}")


@command.command(name="invite", help="Invite somebody; prints the link, this once.")
@click.argument("email")
@click.option("--role", type=ROLE, default="viewer", show_default=True, help="As what.")
@names_workspace
def invite(settings: Settings, email: str, role: str) -> None:
    """Prints the link alone, so that a script can take it."""
    with _office(settings) as office:
        _, token = Invitations(office).invite(email, role, [], AT_THE_MACHINE)
    click.echo(join_link(_address(settings), token))


@command.command(name="role", help="Give a member another role.")
@click.argument("email")
@click.argument("role", type=ROLE)
@names_workspace
def set_role(settings: Settings, email: str, role: str) -> None:
    """Prints one sentence."""
    with _office(settings) as office:
        members = Members(office)
        found = members.change(members.number_of(email), Change(role=role), AT_THE_MACHINE)
    click.echo(f"{found.row.name} is {found.row.role} from now on.")


@command.command(name="remove", help="Remove a member: all sessions end, what was written stays.")
@click.argument("email")
@names_workspace
def remove(settings: Settings, email: str) -> None:
    """Prints one sentence."""
    with _office(settings) as office:
        members = Members(office)
        members.remove(members.number_of(email), AT_THE_MACHINE)
    click.echo(f"{email} is no member any more.")


@command.command(name="link", help="Make a link for an owner: opens once, within 24 hours.")
@names_workspace
def link(settings: Settings) -> None:
    """Prints the link alone."""
    with _office(settings) as office:
        token = Invitations(office).owner_token(AT_THE_MACHINE)
    click.echo(welcome_link(_address(settings), token))


@contextmanager
def _office(settings: Settings) -> Iterator[Office]:
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        yield Office(workspace.database, workspace.clock, settings)


def _address(settings: Settings) -> str:
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def _line(one: Member) -> str:
    row = one.row
    names = ", ".join(name for _, name in one.departments)
    seen = "never seen" if row.seen_at is None else f"seen {iso(row.seen_at)}"
    told = [row.role, row.name, names, "second factor" if one.two_factor else ""]
    told += [seen, "" if row.off_at is None else f"shut out since {iso(row.off_at)}"]
    return "  ".join(filter(None, told))

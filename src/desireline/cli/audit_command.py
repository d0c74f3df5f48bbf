"""`desireline audit`: what people with access did, and whether the list of it is whole."""

from __future__ import annotations

import sys

import click

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.workspace import open_workspace
from desireline.modules.audit.facade import AuditBook, Entry, Head
from desireline.settings import Settings


@click.group(help="Say what people with access did, and check that nobody changed the list.")
def command() -> None:
    """The group."""


@command.command(name="list", help="List what was done, newest first.")
@click.option("--who", metavar="NAME", help="Only what they did.")
@click.option("--what", metavar="FACT", help="Only such facts: map_published.")
@click.option("--about", metavar="KIND:KEY", help="Only about this: map:shop, person:17.")
@click.option("--before", type=click.IntRange(1), metavar="NUMBER", help="Only earlier ones.")
@click.option("--most", type=click.IntRange(1, 10_000), default=100, show_default=True)
@names_workspace
def list_command(
    who: str | None,
    what: str | None,
    about: str | None,
    before: int | None,
    most: int,
    settings: Settings,
) -> None:
    """Prints a line for each."""
    wanted = {"who": who, "what": what, "about": about}
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        found = AuditBook(workspace.database).listed(wanted, before, most)
    if not found:
        click.echo("There is no such entry.")
    for entry in found:
        click.echo(_line(entry))


@command.command(name="verify", help="Read all of it; say what was changed, removed or cut off.")
@click.option("--head", metavar="HEAD", help="A head that was printed earlier, kept elsewhere.")
@names_workspace
def verify_command(head: str | None, settings: Settings) -> None:
    """Prints each finding, else the head; exit code 1 if there is a finding."""
    known = None if head is None else Head.read(head)
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        findings, now = AuditBook(workspace.database).verified(known)
    for finding in findings:
        click.echo(f"BAD  {finding.sentence}\n     {finding.hint}")
    if findings:
        sys.exit(1)
    click.echo(f"All well: {now.number:,} entries. The head, to be kept elsewhere: {now}")


def _line(entry: Entry) -> str:
    told = f"{entry.number:>6}  {iso(entry.at)}  {entry.who}: {entry.what}"
    details = "" if entry.details == "{}" else f"  {entry.details}"
    return f"{told}{f'  {entry.about}' if entry.about else ''}{details}"

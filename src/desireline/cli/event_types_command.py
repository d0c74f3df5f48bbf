"""`desireline event-types`: which types of events there are, and what is odd about them."""

from __future__ import annotations

import click

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.workspace import open_workspace
from desireline.modules.catalogue.facade import CatalogueBook, Property, Type
from desireline.settings import Settings


@click.command(help="List the types of events, or show one with its properties.")
@click.argument("name", required=False)
@click.option("--odd", is_flag=True, help="Only those with findings.")
@names_workspace
def command(settings: Settings, name: str | None, odd: bool) -> None:
    """Prints a line a type; of one, all that is known."""
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        book = CatalogueBook(workspace.database, workspace.clock)
        if name is not None:
            _show(book.type(name))
            return
        types = [one for one in book.types() if one.has_findings or not odd]
    if not types:
        click.echo("Nothing odd." if odd else "No event was seen yet.")
    width = max((len(one.row.name) for one in types), default=0)
    for one in types:
        click.echo(f"{one.row.name:{width}}  {_line(one)}")


def _line(one: Type) -> str:
    row, said = one.row, []
    seen = f"last {iso(row.last_at)}" if row.events else "never seen"
    found = [*one.findings, *(finding for p in one.properties for finding in p.findings)]
    codes = sorted({finding.code for finding in found})
    said += [row.owner] if row.owner else []
    said += [", ".join(codes)] if codes else []
    return "  ".join([f"{row.events:>12,} events", seen, *said])


def _show(one: Type) -> None:
    click.echo(f"{one.row.name}  {_line(one)}")
    if one.row.description:
        click.echo(f"  {one.row.description}")
    for finding in one.findings:
        click.echo(f"  ! {finding.sentence}")
    width = max((len(p.row.name) for p in one.properties), default=0)
    for known in one.properties:
        click.echo(f"  {known.row.name:{width}}  {_kinds(known)}".rstrip())
        for finding in known.findings:
            click.echo(f"  {'':{width}}  ! {finding.sentence}")


def _kinds(known: Property) -> str:
    seen = ", ".join(f"{kind.kind} {kind.n:,}" for kind in known.kinds) or "never seen"
    said = f"declared {known.row.declared_kind}" if known.row.declared_kind else ""
    examples = f"e.g. {', '.join(known.examples)}" if known.examples else ""
    return "  ".join(part for part in (seen, said, examples, known.row.description) if part)

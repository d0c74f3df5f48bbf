"""`desireline enrich`: what follows from a value, and which fields are derived of persons."""

from __future__ import annotations

import re
from ipaddress import ip_address

import click

from desireline.cli.workspace import names_workspace
from desireline.engine.analyses.times import iso
from desireline.kit.workspace import open_workspace
from desireline.modules.enrichment.facade import SOURCE_KINDS, EnrichmentBook, FieldState, derive
from desireline.settings import Settings


@click.command(help="Say what follows from a value, from open data; or show and switch the fields.")
@click.argument("value", required=False)
@click.option("--of", "kind", type=click.Choice(SOURCE_KINDS), help="What the value is.")
@click.option("--show", is_flag=True, help="List the fields that are derived.")
@click.option("--on", metavar="FIELD", help="Derive a field from now on.")
@click.option("--off", metavar="FIELD", help="Derive a field no more; what was derived stays.")
@click.option("--withdraw", metavar="FIELD", help="Take a field that is off from all persons.")
@names_workspace
def command(
    settings: Settings,
    *,
    value: str | None,
    kind: str | None,
    show: bool,
    on: str | None,
    off: str | None,
    withdraw: str | None,
) -> None:
    """A value needs no workspace; fields do."""
    if value is not None:
        _try(value, (kind,) if kind else _kinds_of(value))
        return
    if not (show or on or off or withdraw):
        raise click.UsageError("Give a value, or --show.")
    with open_workspace(settings, exclusive=False, create=False) as workspace:
        book = EnrichmentBook(workspace.database, workspace.clock)
        for name in filter(None, (on, off)):
            field = book.switch(name, on=name == on)
            click.echo(f"{name} is {'on' if field.off_at is None else 'off'}.")
        if withdraw:
            click.echo(f"{book.withdraw(withdraw):,} values of {withdraw} were withdrawn.")
        if show:
            _show(book.fields())


def _try(value: str, kinds: tuple[str, ...]) -> None:
    found = [fact for kind in kinds for fact in derive(kind, value, frozenset())]
    for fact in found:
        said = "yes" if fact.value is True else fact.value
        click.echo(f"{fact.name:15}  {said:24}  {fact.confidence:.0%}  {fact.source}")
    if not found:
        click.echo(f"Nothing follows from {value!r} as {' or '.join(kinds)}.")


def _kinds_of(value: str) -> tuple[str, ...]:
    """What a value may be, by its look."""
    if "@" in value:
        return ("email",)
    if value.startswith("+") and sum(sign.isdigit() for sign in value) > 4:
        return ("phone",)
    if re.match(r"\w+/[0-9.]+ \(", value):
        return ("agent",)
    try:
        ip_address(value)
    except ValueError:
        is_locale = re.fullmatch(r"[A-Za-z]{2}([-_][A-Za-z]{2}.*)?", value)
        return ("language",) if is_locale else ("name", "company")
    return ("address",)


def _show(fields: list[FieldState]) -> None:
    for field in fields:
        state = "on" if field.off_at is None else f"off since {iso(field.off_at)}"
        of = field.about.follows_from
        click.echo(f"{field.name:16}  {of:8}  {state:3}  {field.about.says}")

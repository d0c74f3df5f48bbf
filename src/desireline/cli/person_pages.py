"""A person and a timeline on a terminal: as wide as there is room, nothing by colour alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from desireline.cli.output import PIPED_WIDTH
from desireline.engine.numbers import duration, percent
from desireline.modules.people.facade import (
    FoundPerson,
    KnownHabit,
    KnownInterest,
    KnownTouch,
    KnownTrait,
    PersonProfile,
    TimelineEntry,
    TimelineList,
)

MOST_HOURS = 3
SHOWN_PROPERTIES = 4
SAID_ELSEWHERE = ("value", "total", "revenue", "currency", "department")
"""Properties that other columns say already."""


def print_found(persons: Sequence[FoundPerson], mark: str) -> None:
    """A line for each person that was found."""
    if not persons:
        click.echo("Nobody's identifier or name begins so.")
        return
    rows = [(str(one.person), one.name or "-", f"{one.kind}:{one.value}") for one in persons]
    _console().print(_table(("person", "name", "found by"), rows))
    if mark:
        click.echo(f"More: --after {mark}")


def print_profile(found: PersonProfile) -> None:
    """All that is known, each with where it comes from."""
    console = _console()
    console.print(Text(f"Person {found.person}", style="bold"))
    of = "" if found.is_whole else "the last "
    seen = f"{_time(found.first_seen_at)} to {_time(found.last_seen_at)}"
    console.print(Text(f"Seen {seen}; read from {of}{found.events:,} events."))
    _part(console, "Known by", ("kind", "value", ""), _identifiers(found))
    _part(console, "Traits", ("", "", "said by", "since", "sure"), map(_trait, found.traits))
    touches = (("first", found.first_touch), ("last", found.last_touch))
    came = [_touch(name, one) for name, one in touches if one is not None]
    _part(console, "Came", ("touch", "when", "source", "from", "campaign"), came)
    _part(
        console,
        "Interests (inferred)",
        ("topic", "share", "n", "visits", "how", "last evidence"),
        map(_interest, found.interests),
    )
    where = found.preferred_channel or "none stands out"
    _part(console, f"Channels (preferred: {where})", SHARES, map(_habit, found.channels))
    when = found.preferred_hours or "too few events"
    hours = map(_habit, found.hours[:MOST_HOURS])
    whose = f"{found.time_zone}, by {found.time_zone_from}"
    _part(console, f"Hours in {whose} (preferred: {when})", SHARES, hours)
    for currency, total in found.value.items():
        console.print(Text(f"\nOrdered less refunded: {total:,.2f} {currency}".rstrip()))


SHARES = ("", "share", "95 % interval", "n")


def print_timeline(found: TimelineList) -> None:
    """A line for each entry, further facts below it."""
    console = _console()
    if not found.entries:
        click.echo("Nothing happened that was asked for.")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("when", "channel", "department", "what", ""):
        table.add_column(name, no_wrap=name == "when", overflow="fold")
    for one in found.entries:
        cells = (_time(one.at), one.channel or "-", one.department or "-", _what(one), _told(one))
        table.add_row(*map(Text, cells))
    if found.entries:
        console.print(table)
    if found.next:
        click.echo(f"More: --after {found.next}")


def _console() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else _piped_width())


def _piped_width() -> int:
    return min(Console().width, PIPED_WIDTH)


def _part(console: Console, title: str, heads: Sequence[str], rows: Any) -> None:
    listed = list(rows)
    if listed:
        console.print(Text(f"\n{title}", style="bold"))
        console.print(_table(heads, listed))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="italic")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))  # as text: a name may look like rich's markup
    return table


def _identifiers(found: PersonProfile) -> list[tuple[str, str, str]]:
    known = found.identifiers
    return [(one.kind, one.value, "verified" if one.verified else "not verified") for one in known]


def _trait(one: KnownTrait) -> tuple[str, ...]:
    by = f"{one.said_by}, {one.source}" if one.source else one.said_by
    return one.name, _plain(one.value), by, _time(one.since), _percent(one.confidence)


def _touch(name: str, one: KnownTouch) -> tuple[str, ...]:
    return name, _time(one.at), one.source, one.referrer or "-", one.campaign or "-"


def _interest(one: KnownInterest) -> tuple[str, ...]:
    how = ", ".join(f"{name} {n}" for name, n in one.how.items())
    last = one.examples[0]
    evidence = f"{last.how} {last.what}, {_time(last.at)}"
    return one.topic, _percent(one.share), str(one.n), str(one.visits), how, evidence


def _habit(one: KnownHabit) -> tuple[str, ...]:
    between = f"{percent(one.low, 0)} to {percent(one.high, 0)} %"
    return one.name, _percent(one.share), between, f"{one.n} of {one.of}"


def _what(one: TimelineEntry) -> str:
    if one.what == "visit":
        span = duration(one.duration_seconds) if one.duration_seconds else "a moment"
        return f"visit, {one.count} {'look' if one.count == 1 else 'looks'}, {span}"
    return one.type.replace("_", " ")


def _told(one: TimelineEntry) -> str:
    """What else there is to say of an entry, documents last."""
    parts = []
    if one.what == "visit":
        parts.append(", ".join(s.what if s.n == 1 else f"{s.what} ({s.n})" for s in one.seen))
    ends = " = ".join(f"{s.kind}:{s.value}" for s in one.by)
    if one.what == "link":
        parts.append(f"{ends}, evidence: {one.evidence}")
    elif len(one.by) > 1:
        parts.append(ends)
    if one.value is not None:
        parts.append(f"{one.value:,.2f} {one.currency or ''}".rstrip())
    shown = [
        (name, value)
        for name, value in one.properties.items()
        if isinstance(value, str | int | float) and name not in SAID_ELSEWHERE
    ]
    parts += [f"{name}: {_plain(value)}" for name, value in shown[:SHOWN_PROPERTIES]]
    parts += [f"[{a.name}{f', {a.bytes:,} bytes' if a.bytes else ''}]" for a in one.attachments]
    return "; ".join(part for part in parts if part)


def _percent(share: float) -> str:
    return f"{percent(share, 0)} %"


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= 60 else f"{text[:57]}..."


def _time(iso: str | None) -> str:
    """To the minute; a date and a time of day are all that a reader needs."""
    return "-" if iso is None else iso[:16].replace("T", " ")

"""Writes a result to standard output as JSON, CSV or a table."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.table import Table

from desireline.engine.analyses.result import Result


def as_json(result: Result) -> None:
    """All of the result."""
    raw = msgspec.json.encode(result.to_dict())
    sys.stdout.write(msgspec.json.format(raw, indent=2).decode() + "\n")


def as_csv(result: Result) -> None:
    """The main table, with a header."""
    rows = result.rows()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(rows[0] if rows else ())
    writer.writerows(row.values() for row in rows)


def as_table(result: Result) -> None:
    """The main table, for reading."""
    rows = result.rows()
    if not rows:
        click.echo("No rows.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, value in rows[0].items():
        numeric = isinstance(value, int | float) and not isinstance(value, bool)
        table.add_column(name.replace("_", " "), justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(shown(v) for v in row.values()))
    Console(highlight=False, width=None if sys.stdout.isatty() else 200).print(table)


def shown(value: Any) -> str:
    """A value as a person reads it: thousands apart, three significant digits."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return " > ".join(str(v) for v in value)
    return str(value)


FORMATS: dict[str, Callable[[Result], None]] = {
    "json": as_json,
    "csv": as_csv,
    "table": as_table,
}

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
from rich.text import Text

from desireline.engine.analyses.result import Result
from desireline.engine.numbers import duration

PIPED_WIDTH = 120
"""Characters a line where there is no terminal to ask."""
SECONDS = "_seconds"
WRAPPED = 24
"""Characters below which a column of words is not narrowed."""


def as_json(result: Result) -> None:
    """All of the result."""
    raw = msgspec.json.encode(result.to_dict())
    sys.stdout.write(msgspec.json.format(raw, indent=2).decode() + "\n")


def as_csv(result: Result) -> None:
    """The main table, with a header."""
    rows = result.rows()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(rows[0] if rows else ())
    writer.writerows(
        [" > ".join(v) if isinstance(v, list | tuple) else v for v in row.values()] for row in rows
    )


def as_table(result: Result) -> None:
    """The main table, for reading; where it is too wide, one row below the other."""
    rows = [{k: shown(k, v) for k, v in row.items()} for row in result.rows()]
    if not rows:
        click.echo("No rows.")
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    words = {k for k, v in result.rows()[0].items() if isinstance(v, str | list | tuple)}
    if sum(_width(k, rows, k in words) for k in rows[0]) <= console.width:
        console.print(_table(rows, words))
    else:
        _one_below_the_other(console, rows)


def _width(name: str, rows: list[dict[str, str]], words: bool) -> int:
    """What a column takes, and two between columns; words may wrap."""
    widest = max(len(title(name)), *(len(row[name]) for row in rows))
    return 2 + (min(widest, WRAPPED) if words else widest)


def _table(rows: list[dict[str, str]], words: set[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in rows[0]:
        left = name in words
        table.add_column(title(name), justify="left" if left else "right", no_wrap=not left)
    for row in rows:
        table.add_row(*map(Text, row.values()))  # as text: a name may look like rich's markup
    return table


def _one_below_the_other(console: Console, rows: list[dict[str, str]]) -> None:
    widest = max(len(title(name)) for name in rows[0])
    for row in rows:
        (_, first), *rest = row.items()
        console.print(first, style="bold", markup=False)
        for name, value in rest:
            console.print(f"  {title(name):<{widest}}  {value}", markup=False)


def title(name: str) -> str:
    """The heading of a column: durations say their own unit."""
    return name.removesuffix(SECONDS).replace("_", " ")


def shown(name: str, value: Any) -> str:
    """A value as a person reads it: thousands apart, three significant digits, units written."""
    if value is None:
        return "-"
    if name.endswith(SECONDS):
        return duration(value) if value else "0 seconds"
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

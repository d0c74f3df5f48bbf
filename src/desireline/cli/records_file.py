"""Duplicates among the rows of files: found, and scored where the truth is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from desireline.cli.progress import tell
from desireline.engine.errors import DesirelineError
from desireline.formats.plain_columns import Texts, read_columns
from desireline.modules.duplicates.facade import (
    Found,
    Records,
    explained,
    fields_of,
    method_of,
    scored,
)


class ColumnUnknown(DesirelineError):
    """A file has no column of this name."""


class FieldUntold(DesirelineError):
    """An option does not say which field a column is."""


@dataclass(frozen=True)
class Question:
    """What is asked of the rows of files."""

    files: tuple[Path, ...]
    columns: tuple[str, ...]
    without: tuple[str, ...]
    truth: str | None
    truth_part: str | None
    method: str
    threshold: float
    most: int


def answer(asked: Question) -> None:
    """Prints the pairs, or with a known truth the scores."""
    texts = _texts(asked.files)
    named = _named(asked, list(texts))
    listed = ", ".join(f"{column} ({field})" for field, column in named.items())
    tell(f"Compared by {listed or 'nothing: no column has a known name'}.")
    records = Records.of({field: texts[column] for field, column in named.items()})
    find = method_of(asked.method)
    if asked.truth is None:
        _print_pairs(records, find(records, asked.threshold), asked.most)
        return
    if asked.truth not in texts:
        raise _unknown(asked.truth, list(texts))
    _print_scores(find(records, 0.001), _part(texts[asked.truth], asked.truth_part), asked)


def _texts(files: Sequence[Path]) -> dict[str, Texts]:
    """The columns of all files, one below the other; what one lacks is missing in its rows."""
    found: dict[str, Texts] = {}
    rows = 0
    for file in files:
        columns = read_columns(file)
        more = len(next(iter(columns.values()), []))
        for name in dict.fromkeys((*found, *columns)):
            before = found.setdefault(name, [None] * rows)
            before.extend(columns.get(name, [None] * more))
        rows += more
    return found


def _named(asked: Question, columns: list[str]) -> dict[str, str]:
    named = fields_of(column for column in columns if column != asked.truth)
    for told in asked.columns:
        field, equals, column = told.partition("=")
        if not equals:
            raise FieldUntold(
                f"--column {told!r} does not say which field it is.",
                hint="Say --column family_name=Nachname.",
            )
        if column not in columns:
            raise _unknown(column, columns)
        named[field] = column
    return {field: column for field, column in named.items() if field not in asked.without}


def _unknown(column: str, columns: list[str]) -> ColumnUnknown:
    return ColumnUnknown(
        f"There is no column {column!r}.", hint=f"The columns are {', '.join(columns)}."
    )


def _part(texts: Texts, pattern: str | None) -> Texts:
    """The part of each value that says whose the row is; a row that says nobody is its own."""
    found: Texts = []
    for row, text in enumerate(texts):
        match = re.search(pattern, text) if pattern and text else None
        told = match[match.re.groups and 1] if match else None if pattern else text
        found.append(f"row {row}" if told is None else f"= {told}")
    return found


def _print_pairs(records: Records, found: Found, most: int) -> None:
    for place in range(min(most, len(found.a))):
        a, b = int(found.a[place]) + 1, int(found.b[place]) + 1
        why = explained(records, found, place).sentence
        click.echo(f"rows {a} and {b}  {found.probability[place]:.3f}  {why}")
    click.echo(f"{len(found.a):,} pairs of {records.n:,} rows are probably one person.")


def _print_scores(found: Found, truth: Texts, asked: Question) -> None:
    suggested = int((found.probability >= asked.threshold).sum())
    scores = scored(truth, found.a, found.b, suggested)
    reached = scores.precision_at_recall
    click.echo(
        f"{scores.true_pairs:,} true pairs among {len(truth):,} rows;"
        f" {scores.suggested:,} suggested, {scores.right:,} of them right."
    )
    click.echo(
        f"precision {scores.precision:.4f}  recall {scores.recall:.4f}  F1 {scores.f1:.4f}"
        f"  precision at recall 0.9: {'not reached' if reached is None else f'{reached:.4f}'}"
    )

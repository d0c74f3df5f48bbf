"""The options with which every command reads a file of events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec

from desireline.cli.durations import case_by as parse_case_by
from desireline.cli.progress import reading_bar, tell
from desireline.engine.casing import CaseBy
from desireline.engine.errors import DesirelineError
from desireline.engine.journeys import Provenance
from desireline.engine.rules.builders import prop
from desireline.formats.errors import ColumnMissing
from desireline.formats.mapping import Mapping, read_mapping
from desireline.formats.mapping.document import checked
from desireline.formats.opening import FORMS
from desireline.formats.segment_columns import MACHINE
from desireline.library import Journeys, read_events


class BotsUnmarked(DesirelineError):
    """Bots are to be told apart in a file that marks none."""


@dataclass(frozen=True)
class EventFile:
    """A file of events as the user named it, and what it means."""

    path: str
    mapping: Mapping
    case_by: CaseBy | None
    """What makes one journey, where the user said so."""
    bots: str = "with"
    """What is marked as no human being's: `with` it, `without`, or `only` that."""

    def journeys(self, columns: tuple[str, ...] = ()) -> Journeys:
        """Its journeys as the user wants them told apart, with further columns."""
        return told_apart(self.persons(columns), self.case_by or CaseBy())

    def persons(self, columns: tuple[str, ...] = ()) -> Journeys:
        """One journey a person, before they are told apart in another way.

        Says on standard error what was taken and what was set aside. `columns` are further columns
        that the command needs (for its rules, say).
        """
        if self.case_by and self.case_by.column:
            columns = (*columns, self.case_by.column)
        if self.bots != "with":
            columns = (*columns, MACHINE)
        journeys = self._read(columns)
        report(journeys.provenance)
        if self.bots == "with":
            return journeys
        is_machine = prop(MACHINE, "exists")
        return journeys.where(is_machine if self.bots == "only" else ~is_machine)

    def _read(self, columns: tuple[str, ...]) -> Journeys:
        try:
            with reading_bar() as progress:
                return read_events(
                    self.path, mapping=self.mapping, columns=columns, progress=progress
                )
        except ColumnMissing as missing:
            if MACHINE not in str(missing):
                raise
            raise BotsUnmarked(
                f"{self.path} does not say which of its events are no human being's.",
                hint="Access logs and exports of the log do. Leave --bots out.",
            ) from missing


def told_apart(persons: Journeys, case_by: CaseBy) -> Journeys:
    """Other journeys of the same events; says which events belong to none of them."""
    cased = persons.by(case_by)
    for note in cased.provenance.notes[len(persons.provenance.notes) :]:
        tell(note)
    return cased


def report(provenance: Provenance) -> None:
    """Says what was read as what, and every row that was set aside (the first ones in full)."""
    taken = ", ".join(f"{role} = {column}" for role, column in provenance.columns.items())
    rows = "1 row" if provenance.rows == 1 else f"{provenance.rows:,} rows"
    tell(f"Read {rows} of {provenance.source} ({taken}).")
    for note in provenance.notes:
        tell(note)
    if provenance.set_aside:
        rows = "1 row" if provenance.set_aside == 1 else f"{provenance.set_aside:,} rows"
        tell(f"Set aside {rows} that could not be read:")
        for row in provenance.examples:
            column = f", column {row.column}" if row.column else ""
            tell(f"  {provenance.unit} {row.row:,}{column}: {row.value!r}: {row.reason}")
        if provenance.set_aside > len(provenance.examples):
            tell(f"  and {provenance.set_aside - len(provenance.examples):,} more.")


def reads_events(function: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the FILE argument and its options; it gets them as one `file: EventFile`."""

    @wraps(function)
    def with_file(
        path: str, case_by: str | None, mapping_path: Path | None, bots: str, **rest: Any
    ) -> None:
        base = None if mapping_path is None else read_mapping(mapping_path)
        told = told_mapping(rest, base or Mapping())
        how = None if case_by is None else parse_case_by(case_by)
        function(file=EventFile(path, told, how, bots), **rest)

    for option in reversed(OPTIONS):
        with_file = option(with_file)
    return with_file


def told_mapping(options: dict[str, Any], base: Mapping) -> Mapping:
    """What MAPPING_OPTIONS say, over `base`; they are taken out of `options`."""
    told = {field: options.pop(option) for option, field in FIELDS.items() if option in options}
    for name in ("order", "properties"):
        if told.get(name) is not None:
            text = told[name]
            told[name] = () if text == NO_COLUMNS else named_columns(text)
    told["own"] = tuple(told["own"]) or None
    said = {field: value for field, value in told.items() if value is not None}
    return checked(msgspec.structs.replace(base, **said))


def named_columns(text: str | None) -> tuple[str, ...]:
    """The names in `COL,COL`."""
    return tuple(name for name in (text or "").split(",") if name)


FIELDS = {
    "case": "who",
    "event": "event",
    "time": "time",
    "order": "order",
    "channel": "channel",
    "actor": "actor",
    "value": "value",
    "delimiter": "delimiter",
    "encoding": "encoding",
    "time_format": "time_format",
    "time_zone": "time_zone",
    "read_as": "form",
    "object_type": "object_type",
    "own": "own",
    "body": "body_signs",
    "columns": "properties",
    "id_": "id",
    "identifier": "identifier",
    "tracking": "tracking",
}
"""Options, and what of a mapping they say."""
NO_COLUMNS = "none"

ROLE_OPTIONS = (
    click.option("--case", metavar="COL", help="Column that says whose journey an event is on."),
    click.option("--event", metavar="COL", help="Column that says what happened."),
    click.option("--time", metavar="COL", help="Column that says when."),
    click.option("--order", metavar="COL[,COL]", help="Columns that decide the sequence instead."),
    click.option("--channel", metavar="COL", help="Column with the channel."),
    click.option("--actor", metavar="COL", help="Column that says who acted."),
    click.option("--value", metavar="COL", help="Column with an amount of money."),
)
"""What each column is for."""
TEXT_OPTIONS = (
    click.option("--delimiter", metavar="CHAR", help="Of a CSV file, if it is not found."),
    click.option("--encoding", metavar="NAME", help="Of a text file that is not UTF-8: cp1252 ..."),
    click.option("--time-format", metavar="FMT", help="Such as %d.%m.%Y %H:%M, if not found."),
    click.option("--time-zone", metavar="ZONE", help="Of times that say none: Europe/Berlin."),
)
"""How the text of a file is written."""
FORM_OPTIONS = (
    click.option(
        "--read-as",
        "read_as",
        type=click.Choice(FORMS),
        help="What the file is, if its name and content do not tell.",
    ),
    click.option(
        "--object-type", metavar="TYPE", help="OCEL: what makes a journey, such as order."
    ),
    click.option(
        "--own", multiple=True, metavar="DOMAIN", help="Mail: a domain of your own; repeatable."
    ),
    click.option(
        "--body",
        type=click.IntRange(0, 10_000),
        metavar="N",
        help="Mail: signs of the text that are kept; 0 for none. 200 if not told.",
    ),
)
"""What to know of a file whose form says itself what its events mean."""
MAPPING_OPTIONS = (*ROLE_OPTIONS, *TEXT_OPTIONS, *FORM_OPTIONS)
OPTIONS = (
    click.argument("path", metavar="FILE"),
    *ROLE_OPTIONS,
    click.option(
        "--mapping",
        "mapping_path",
        type=click.Path(path_type=Path),
        metavar="MAPPING.yaml",
        help="What the file means, as import --save-mapping writes it; other options go before.",
    ),
    click.option(
        "--case-by",
        metavar="HOW",
        help="What makes one journey: person (the default), session:30min, or column:NAME.",
    ),
    click.option(
        "--bots",
        type=click.Choice(["with", "without", "only"]),
        default="with",
        show_default=True,
        help="What is marked as no human being's: in, out, or nothing else.",
    ),
    *TEXT_OPTIONS,
    *FORM_OPTIONS,
)

"""The map with which a file of events is read: the user's, or a draft discovered in it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from desireline.cli.options import EventFile, told_apart
from desireline.cli.progress import tell, working
from desireline.engine.casing import CaseBy
from desireline.engine.journey_map import JourneyMap
from desireline.engine.marks import SCORES
from desireline.engine.rules import unknown_names
from desireline.engine.rules.errors import did_you_mean
from desireline.formats.map_yaml import read_map
from desireline.formats.roles import IfThere
from desireline.library import Journeys

MARKS = tuple(map(IfThere, SCORES))
"""How people felt is told where the file has it."""


def with_map(
    file: EventFile,
    map_path: str | None,
    name: str | None = None,
    columns: tuple[str, ...] = (),
) -> tuple[Journeys, JourneyMap]:
    """The persons of a file with the columns that the map needs, and the map.

    The map says what makes one journey, and `--case-by` overrules it. `columns` are further ones.
    """
    columns = (*columns, *MARKS)
    if map_path is None:
        persons = file.persons(columns)
        title = name or Path(file.path).name.split(".")[0].replace("_", " ")
        cased = told_apart(persons, file.case_by or CaseBy())
        with working("Discovering the map"):
            drawn = cased.discover(name=title, case_by=file.case_by).journey_map
        if not drawn.touchpoints:
            case = persons.provenance.columns.get("case", file.path)
            tell(
                f"No event type has a place of its own in the journeys by {case}: each is too rare"
                " or comes anywhere. Name the column that tells journeys apart with --case,"
                " or the one that says what happened with --event."
            )
        return persons, drawn
    designed = read_map(Path(map_path))
    if file.case_by:
        designed = msgspec.structs.replace(designed, case_by=file.case_by)
    journeys = file.persons((*designed.columns_needed(), *columns))
    told_apart(journeys, designed.case_by)
    for touchpoint in designed.touchpoints:
        for unknown in unknown_names(touchpoint.rule, journeys):
            asked = f"Touchpoint {touchpoint.name!r} asks for the {unknown.kind} {unknown.name!r}"
            meant = did_you_mean(unknown.name, journeys.events)
            tell(f"{asked}, which is not in {file.path}. {meant}".strip())
    return journeys, designed

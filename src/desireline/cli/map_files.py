"""The map with which a file of events is read: the user's, or a draft discovered in it."""

from __future__ import annotations

from pathlib import Path

from desireline.cli.options import EventFile
from desireline.engine.journey_map import JourneyMap
from desireline.engine.rules import columns_of
from desireline.formats.map_yaml import read_map
from desireline.library import Journeys


def with_map(
    file: EventFile, map_path: str | None, name: str | None = None
) -> tuple[Journeys, JourneyMap]:
    """The journeys of a file with the columns that the map needs, and the map."""
    if map_path is None:
        journeys = file.read()
        title = name or Path(file.path).name.split(".")[0].replace("_", " ")
        return journeys, journeys.discover(name=title).journey_map
    designed = read_map(Path(map_path))
    return file.read(columns_of_map(designed)), designed


def columns_of_map(journey_map: JourneyMap) -> tuple[str, ...]:
    """The columns that the rules of a map ask for, and that its journeys are made by."""
    rules = [t.rule for t in journey_map.touchpoints]
    if journey_map.goal.outcome is not None:
        rules.append(journey_map.goal.outcome)
    needed = {name for rule in rules for name in columns_of(rule)}
    if journey_map.case_by.column:
        needed.add(journey_map.case_by.column)
    return tuple(sorted(needed))

"""The map with which a file of events is read: the user's, or a draft discovered in it."""

from __future__ import annotations

from pathlib import Path

from desireline.cli.options import EventFile
from desireline.cli.progress import tell
from desireline.engine.journey_map import JourneyMap
from desireline.engine.rules import unknown_names
from desireline.engine.rules.errors import did_you_mean
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
    journeys = file.read(tuple(designed.columns_needed()))
    for touchpoint in designed.touchpoints:
        for unknown in unknown_names(touchpoint.rule, journeys):
            asked = f"Touchpoint {touchpoint.name!r} asks for the {unknown.kind} {unknown.name!r}"
            meant = did_you_mean(unknown.name, journeys.events)
            tell(f"{asked}, which is not in {file.path}. {meant}".strip())
    return journeys, designed

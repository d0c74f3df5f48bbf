"""Maps to begin from, one an industry, bound to the e-commerce events that Segment names."""

from __future__ import annotations

from functools import cache
from importlib import resources

from desireline.engine.journey_map import JourneyMap
from desireline.formats.map_yaml import loads


@cache
def templates() -> dict[str, JourneyMap]:
    """The templates by key, in the order of their keys."""
    files = sorted(
        (file for file in resources.files(__package__).iterdir() if file.name.endswith(".yaml")),
        key=lambda file: file.name,
    )
    read = (loads(file.read_text(encoding="utf-8"), file.name) for file in files)
    return {template.key: template for template in read}

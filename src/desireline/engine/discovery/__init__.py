"""Discovery: from journeys that nobody has described to the draft of their map."""

from desireline.engine.discovery.discover import Discovery, OutcomeUnknown, discover
from desireline.engine.discovery.draft import (
    Draft,
    FoundOutcome,
    FoundStage,
    FoundTouchpoint,
    LeftOutType,
)
from desireline.engine.discovery.finding import find

__all__ = [
    "Discovery",
    "Draft",
    "FoundOutcome",
    "FoundStage",
    "FoundTouchpoint",
    "LeftOutType",
    "OutcomeUnknown",
    "discover",
    "find",
]

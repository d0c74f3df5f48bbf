"""The analyses by name: one entry here makes an analysis known to all faces."""

from __future__ import annotations

from typing import Any

from desireline.engine.analyses import (
    funnel,
    paths,
    positions,
    retention,
    touchpoints,
    transitions,
    variants,
)
from desireline.engine.analyses.analysis import Analysis

ANALYSES: dict[str, Analysis[Any, Any, Any]] = {
    "transitions": transitions,
    "variants": variants,
    "funnel": funnel,
    "paths": paths,
    "touchpoints": touchpoints,
    "positions": positions,
    "retention": retention,
}
